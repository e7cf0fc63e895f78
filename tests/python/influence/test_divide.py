"""The divide, evidence and overlap as users call them, and what the report says of them."""

from pathlib import Path

import linkpin as lp
import numpy as np
import pytest
from linkpin.report.divide import sections

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"


def data(name):
    if not (DATA / name).exists():
        pytest.skip(f"reference data is not here: {DATA / name}")
    return lp.read(DATA / name)


def test_two_communities_and_the_tie_that_closes_them():
    sides = ["research"] * 3 + ["commissioning"] * 3 + ["broker"]
    net = lp.Network.from_edges(
        ["r1", "r1", "c1", "c1", "r1", "x"],
        ["r2", "r3", "c2", "c3", "x", "c1"],
        nodes=["r1", "r2", "r3", "c1", "c2", "c3", "x"],
        directed=False,
    )
    found = lp.divide(net, sides, "research", "commissioning", new_ties=1)
    # Distances across: r1-c1 2; r1-c2, r1-c3, r2-c1, r3-c1 3; the four others 4.
    assert found.value == pytest.approx((1 / 2 + 4 / 3 + 4 / 4) / 9)
    assert found.new_ties["a"].tolist() == ["r1"]
    assert found.new_ties["b"].tolist() == ["c1"]
    assert found.new_ties["closeness"][0] == pytest.approx((1 + 4 / 2 + 4 / 3) / 9)
    brokers = {row["id"]: row for row in found.brokers.rows()}
    assert brokers["x"]["brokerage"] == 9
    assert brokers["x"]["bridge"]
    assert dict(found.summary.rows().__next__()) == {"what": "members_a", "value": 3.0}
    with pytest.raises(lp.InputError, match="broker, commissioning, research"):
        lp.divide(net, sides, "research", "funders")


def carers():
    return lp.Ecosystem.from_columns(
        {
            "id": ["a", "b", "c", "e", "f", "p", "u"],
            "kind": ["project", "project", "project", "evidence", "evidence", "policy", "person"],
            "topics": [("respite", "debt"), ("respite", "debt"), ("housing",), ("respite",), None, None, None],
            "evidence_type": [None, None, None, "community report", "peer-reviewed", None, None],
        },
        {"from": ["u", "p"], "to": ["a", "e"], "kind": ["leads", "cites"]},
    )


def test_evidence_that_reaches_policy_and_the_rest():
    found = lp.stranded(carers())
    assert dict(zip(found.table["id"], found.table["reaches"], strict=True)) == {"e": "policy", "f": "nothing"}
    shares = {r["evidence_type"]: (r["share"], r["lower"], r["upper"]) for r in found.summary.rows()}
    assert shares["community report"][0] == 1
    assert shares["peer-reviewed"][0] == 0
    assert all(low <= share <= high for share, low, high in shares.values())


def test_overlap_gap_map_and_prior_work():
    eco = carers()
    pairs = lp.overlap(eco).table
    assert (pairs["a"].tolist(), pairs["b"].tolist()) == (["a"], ["b"])
    assert pairs["shared"].tolist() == [("respite", "debt")]
    grid = lp.gap_map(eco)
    assert grid.table["count"].sum() == 2
    prior = lp.prior_work(eco, ["respite", "telecare"])
    assert set(prior.table["id"]) == {"a", "b", "e"}
    assert prior.summary["id"].tolist() == ["u"]
    assert any("telecare" in w for w in prior.warnings)
    with pytest.raises(lp.InputError, match="name the topics"):
        lp.prior_work(eco, [])
    with pytest.raises(lp.InputError, match="no such column"):
        lp.crossover(eco, by="maker")


def test_real_data():
    fish = data("researchfish_2019")
    found = lp.stranded(fish)
    # Two works are cited by DOI, one of them by two policies; 785 publications and cited works are known.
    assert len(found.table) == 785
    assert found.summary["reached"].sum() == 2
    subjects = data("gtr/esrc_project_subjects_2mode.csv")
    pairs = lp.overlap(subjects, most=20)
    assert len(pairs.table) == 20
    assert (np.diff(pairs.table["similarity"]) <= 0).all()
    cited = lp.crossover(data("openalex/works.jsonl"))
    assert cited.warnings


def test_the_report_says_it_and_escapes_what_comes_from_data():
    said = {s.key: s.body for s in sections(carers())}
    assert "Of 2 pieces of evidence, 1 led on" in said["evidence"]
    assert "respite, debt" in said["overlap"]
    hostile = lp.Ecosystem.from_columns(
        {
            "id": ["<script>1</script>", "<b>"],
            "kind": ["project", "project"],
            "topics": [("<img src=x>", "z"), ("<img src=x>", "z")],
        }
    )
    assert all("<script" not in s.body and "<img" not in s.body for s in sections(hostile))
    assert sections(lp.Ecosystem.from_columns({"id": ["a"]})) == []


def test_what_has_only_a_start_is_dated_by_it():
    eco = lp.Ecosystem.from_columns(
        {
            "id": ["a", "b", "law"],
            "kind": ["evidence", "evidence", "policy"],
            "topics": ["care", "care", "care"],
            "date": [None, "2021", None],
            "start": ["2019-04", "1999", None],
        },
        {"from": ["a"], "to": ["law"], "kind": ["informs"]},
    )
    assert lp.stranded(eco).table["date"].tolist() == ["2019-04", "2021"]
    assert dict(zip(*(lp.prior_work(eco, "care").table[c] for c in ("id", "date")), strict=True))["a"] == "2019-04"
