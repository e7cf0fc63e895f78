"""Waves: compared, exported, and the next one asked."""

import csv
import shutil
import subprocess

import linkpin as lp
import pytest


def two_waves():
    return lp.Ecosystem.from_columns(
        {"id": ["a", "b", "c", "d"], "label": ["Carers <b>", "Council", "Trust", "Late"]},
        reports={
            "respondent": ["a", "a", "b", "c", "a", "b", "d"],
            "from": ["a", "a", "b", "c", "a", "b", "d"],
            "to": ["b", "c", "a", None, "b", None, "a"],
            "item": ["contact"] * 7,
            "wave": ["1", "1", "1", "1", "2", "2", "2"],
            "state": ["answered", "answered", "answered", "did not respond", "answered", "answered", "answered"],
            "value": [1, 1, 1, None, 1, None, 1],
        },
    )


def test_stayers_and_composition():
    r = lp.compare_waves(two_waves(), [1, 2])
    assert r.members["wave 1"].tolist() == [True, True, True, False]
    assert r.members["wave 2"].tolist() == [True, True, False, True]
    ties = next(r.ties.rows())
    assert (ties["stayers"], ties["joiners"], ties["leavers"]) == (2, 1, 1)
    assert (ties["kept"], ties["gained"], ties["lost"]) == (1, 0, 1)
    row = next(r.table.rows())
    assert row["score"] == "density"
    assert row["difference"] == pytest.approx(row["stayers_difference"] + row["composition"])
    assert len(r.growth) == 0
    assert any("only 2 stayed" in w for w in r.warnings)


def test_scores_by_vertex_and_default_waves():
    r = lp.compare_waves(two_waves(), statistic={"ties": lambda net: lp.degree(net, mode="out")})
    assert r.waves == ["1", "2"]
    assert r.table["score"].tolist() == ["ties"]
    assert r.table["stayers_before"][0] == 1.5 and r.table["stayers_after"][0] == 0.5


def test_a_wave_asked_filled_in_and_read_back(tmp_path):
    eco = two_waves()
    form = lp.survey(eco, wave=3, path=tmp_path / "wave3.csv")
    assert form.columns[-2:] == ["last answer", "answer"]
    assert set(form["respondent"]) == {"a", "b", "d"}  # those asked in wave 2
    assert form["partner label"].tolist()[0] in ("Council", "Late")
    rows = list(csv.reader((tmp_path / "wave3.csv").open(encoding="utf-8-sig")))
    head = rows[0]
    for row in rows[1:]:
        if row[head.index("respondent")] == "a":
            row[head.index("answer")] = "2" if row[head.index("partner")] == "b" else "0"
    with (tmp_path / "filled.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    back = lp.read(tmp_path / "filled.csv")
    assert back.waves == ["3"] and back.items == ["contact"]
    net = back.network(item="contact", wave=3, rule="sender")
    assert net.m == 1 and net.weights.tolist() == [2.0]
    assert net.is_observed("a", "d") == "answered"
    assert net.is_observed("b", "a") == "did not respond"
    assert dict(zip(back.entities["id"], back.entities["label"], strict=True))["a"] == "Carers <b>"
    assert eco == two_waves()


def test_free_recall_with_a_cap(tmp_path):
    form = lp.survey(two_waves(), 3, tmp_path / "recall.csv", design="free recall", cap=2)
    assert form["cap"].tolist() == [2.0] * len(form)
    by_a = [p for w, p in zip(form["respondent"], form["partner"], strict=True) if w == "a"]
    assert by_a == ["b", None, None]
    text = (tmp_path / "recall.csv").read_text(encoding="utf-8-sig").splitlines()
    filled = [line + "1" if line.split(",")[2] == "b" else line for line in text]
    (tmp_path / "filled.csv").write_text("\n".join(filled), encoding="utf-8")
    back = lp.read(tmp_path / "filled.csv")
    assert len(back.issues) == 0 and "left empty" in back.about["read"]
    assert "names capped at 2" in back.network(wave=3).lens
    assert any("capped at 2" in w for w in lp.reconcile(back, wave=3).warnings)
    net = back.network(wave=3)
    for measure in (lp.degree, lp.density, lp.centralization, lp.betweenness, lp.reciprocity, lp.scorecard):
        assert sum("names capped at 2" in w for w in measure(net).warnings) == 1, measure
        assert sum("names capped at 2" in w for w in measure(net.undirected()).warnings) == 1, measure


def test_matrices_for_rsiena_and_statnet(tmp_path):
    eco = two_waves()
    files = lp.save_waves(eco, tmp_path / "siena")
    assert [f.name for f in files] == ["wave-1.txt", "wave-2.txt", "members.csv", "composition.txt"]
    one = [line.split() for line in files[0].read_text().splitlines()]
    assert one[0] == ["0", "1", "1", "10"] and one[2] == ["NA", "NA", "0", "10"]
    assert files[3].read_text().splitlines() == ["1 2", "1 2", "1 1.5", "1.5 2"]
    named = lp.save_waves(eco, tmp_path / "statnet", format="statnet")
    rows = list(csv.reader(named[0].open(encoding="utf-8")))
    assert rows[0] == ["", "a", "b", "c"] and rows[3] == ["c", "NA", "NA", "0"]
    with pytest.raises(lp.InputError, match="statnet"):
        lp.save_waves(eco, tmp_path, format="pnet")
    with pytest.raises(lp.InputError, match="save_waves: waves = 9"):
        lp.save_waves(eco, tmp_path, [1, 9])


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not here")
def test_r_reads_the_matrices(tmp_path):
    lp.save_waves(two_waves(), tmp_path)
    lp.save_waves(two_waves(), tmp_path, format="statnet")
    code = (
        f"m <- as.matrix(read.table('{tmp_path}/wave-1.txt')); "
        f"s <- as.matrix(read.csv('{tmp_path}/wave-1.csv', row.names=1, check.names=FALSE)); "
        "cat(dim(m), sum(m == 10, na.rm=TRUE), sum(is.na(m)), dim(s), sum(s, na.rm=TRUE))"
    )
    out = subprocess.run(["Rscript", "-e", code], capture_output=True, text=True, check=True)
    assert out.stdout.split() == ["4", "4", "6", "2", "3", "3", "3"]


def test_what_cannot_be_asked_is_refused(tmp_path):
    eco = two_waves()
    with pytest.raises(lp.InputError, match="already asked"):
        lp.survey(eco, wave=2)
    with pytest.raises(lp.InputError, match="no entity"):
        lp.survey(eco, wave=3, boundary=["z"])
    with pytest.raises(lp.InputError, match="free recall"):
        lp.survey(eco, wave=3, design="list")
    with pytest.raises(lp.InputError, match="no reports"):
        lp.survey(lp.Ecosystem.from_columns({"id": ["a"]}), wave=2)
    with pytest.raises(lp.InputError, match="1, 2"):
        lp.compare_waves(eco, [1, 5])


def test_a_folder_with_a_file_a_wave_holds_all_waves(tmp_path):
    first = tmp_path / "first.csv"
    first.write_text(
        "respondent,partner,item,wave,answer\na,b,q,1,1\nb,a,q,1,0\nb,c,q,1,1\nc,a,q,1,1\n", encoding="utf-8"
    )
    second = tmp_path / "second.csv"
    lp.survey(lp.read(first), wave=2, path=second)
    lines = second.read_text(encoding="utf-8-sig").splitlines()
    second.write_text("\n".join([lines[0], *(line + "1" for line in lines[1:])]), encoding="utf-8")
    both = lp.read(tmp_path)
    assert both.waves == ["1", "2"] and len(both.issues) == 0
    assert lp.compare_waves(both).waves == ["1", "2"]
