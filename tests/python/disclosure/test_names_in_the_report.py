"""Names of people reach a report only where somebody says so."""

from pathlib import Path

import linkpin as lp
import pytest
from linkpin.cli import main

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "adult-social-care"


def made(about=None, **columns):
    entities = {
        "id": ["p-1", "p-2", "p-3", "trust"],
        "kind": ["person"] * 3 + ["organisation"],
        "label": ["Zelda Quist", "Yorick Plum", "Xenia Oakes", "An NHS trust"],
        **columns,
    }
    ties = {"from": ["p-1", "p-2", "p-3", "p-1"], "to": ["trust", "trust", "trust", "p-2"], "kind": ["member_of"] * 4}
    return lp.Ecosystem.from_columns(entities, ties, about=about)


def page(tmp_path, eco, **options):
    return lp.report(eco, tmp_path / "report.html", **options).read_text(encoding="utf-8")


def test_people_stand_under_pseudonyms_unless_named(tmp_path):
    hidden = page(tmp_path, made())
    assert "Quist" not in hidden and "p-1" not in hidden and "An NHS trust" in hidden and "person 1" in hidden
    assert "Quist" in page(tmp_path, made(), names=True)
    one = page(tmp_path, made(), names=["p-2"])
    assert "Plum" in one and "Quist" not in one
    assert "Oakes" in page(tmp_path, made(may_be_named=[None, None, True, None]))
    assert "Quist" in page(tmp_path, made({"names_published": "true"}))


def test_those_who_declined_are_not_there(tmp_path):
    shown = page(tmp_path, made(study=["declined", None, None, None]), names=True)
    assert "Quist" not in shown and "Plum" in shown


def test_the_example_names_those_whom_its_documents_print(tmp_path):
    assert lp.read(EXAMPLE).about["names_published"] == "true"
    assert lp.publication(lp.read(EXAMPLE)).value == 0


def test_people_of_a_network_stand_under_pseudonyms_as_well(tmp_path):
    net = made().network()
    hidden = page(tmp_path, net)
    assert "Quist" not in hidden and "p-1" not in hidden and "An NHS trust" in hidden and "person 1" in hidden
    assert "Quist" in page(tmp_path, net, names=True)
    one = page(tmp_path, net, names=["p-2"])
    assert "Plum" in one and "Quist" not in one
    assert net.names[0] == "p-1"  # the caller's own network is as it was


def test_a_scorecard_is_computed_once_and_must_be_of_what_is_shown(tmp_path):
    eco = made()
    shown = lp.publication(eco, threshold=0).eco
    card = lp.scorecard(shown)
    assert page(tmp_path, shown, names=True, card=card) == page(tmp_path, shown, names=True)
    with pytest.raises(lp.InputError, match="card"):
        page(tmp_path, lp.read(EXAMPLE), card=card)


def test_the_command_line_names_nobody_unless_asked(tmp_path, capsys):
    made().save(tmp_path / "data")
    table, out = tmp_path / "card.csv", tmp_path / "out.html"

    def told(*more):
        assert main(["score", str(tmp_path / "data"), "--table", str(table), "--report", str(out), *more]) == 0
        return capsys.readouterr().out + table.read_text(encoding="utf-8") + out.read_text(encoding="utf-8")

    assert "Quist" not in told() and "p-1" not in told()
    assert "Quist" in told("--names")
    one = told("--names", "p-2", "--disclose", "0")
    assert "Plum" in one and "Quist" not in one
