"""Mental Modeler's maps and experts' ratings in words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from graph_files import data, entity, issue_columns, read, ties
from linkpin.io import InputError


def test_both_notations_give_the_same_map() -> None:
    # The data's own description: the same map with symbols and with numbers.
    symbols, numbers = (read(data(f"fcm_mentalmodeler/{name}.mmp")) for name in ("fish_wetland", "fish_wetland_mod2"))
    assert ties(symbols, "weight", "sign", "kind") == ties(numbers, "weight", "sign", "kind")
    assert symbols.entities["label"] == numbers.entities["label"]
    assert set(symbols.ties["weight"]) == {1.0, 0.62, 0.25}
    assert symbols.ties["influence"][0] == "H+"


def test_groups_states_and_what_is_not_read() -> None:
    draft = read(data("fcm_mentalmodeler/fish_wetland_mod2.mmp"))
    assert entity(draft, "1") == {"id": "1", "label": "Fish population", "kind": "concept", "group": "dfghfdgh"}
    assert [c for _, c in issue_columns(draft)] == ["x, y", "scenarios", "weight"]
    manager = read(data("fcm_mentalmodeler/fishery-manager.mmp"))
    assert manager.entities["preferred state"] == [0.0] * 9
    assert draft.about["title"] == "FCM"


def test_wrong_relationships_are_issues() -> None:
    text = """<mentalmodeler><concepts><concept><id>1</id><name>A</name><relationships>
<relationship><id>9</id><influence>1</influence></relationship>
<relationship><id>1</id><influence>strong</influence><confidence>2</confidence></relationship>
</relationships></concept></concepts></mentalmodeler>"""
    draft = read(text)
    assert issue_columns(draft) == [(3, "influence"), (2, "target")]
    assert ties(draft, "weight", "stated confidence") == [("1", "1", None, 2.0)]
    with pytest.raises(InputError, match="no concepts"):
        read("<mentalmodeler/>")


def test_ratings_are_reports_of_the_experts() -> None:
    # 4 + 4 + 4 + 4 + 3 + 2 rows of the six sheets have a mark.
    draft = read(data("fcm_fcmpy/data_test.xlsx"))
    assert draft.counts() == (10, 0, 21, 0)
    assert entity(draft, "Expert_1")["kind"] == "person"
    assert entity(draft, "C1")["kind"] == "concept"
    first = {name: values[0] for name, values in draft.reports.items()}
    assert (first["from"], first["to"]) == ("C1", "C2")
    assert (first["term"], first["value"], first["state"]) == ("+VH", 1.0, "answered")
    assert len(draft.ecosystem().reports) == 21


def test_ratings_in_json_and_numbers_of_ones_own() -> None:
    path = data("fcm_fcmpy/data_test.json")
    assert read(path).reports["value"] == [0.6, -0.2, 0.4, 0.2]
    assert read(path, terms={"+M": 0.5}).reports["value"] == [0.5, -0.2, 0.4, 0.2]
    assert read(data("fcm_fcmpy/data_test_unsure.json")).counts() == (4, 0, 4, 0)


def test_unsure_is_declined_and_doubtful_ratings_are_issues() -> None:
    terms = ["-VH", "-H", "-M", "-L", "-VL", "NA", "+VL", "+L", "+M", "+H", "+VH", "Unsure", "Odd"]

    def row(source: str, target: str, *marked: str) -> dict[str, object]:
        return {"from": source, "to": target, **{t: 1 if t in marked else "" for t in terms}}

    rows = [
        row("A", "B", "Unsure"),
        row("A", "C", "+L", "+M"),
        row("A", "", "+L"),
        row("B", "A", "Odd"),
        row("C", "A", "NA"),
        row("C", "B"),
    ]
    draft = read(json.dumps({"E": rows}))
    assert draft.reports["state"] == ["declined", "answered"]
    assert draft.reports["value"] == [None, 0.0]
    assert [row for row, _ in issue_columns(draft)] == [2, 3, 4]
    assert "1 pairs" in draft.about["read"]


def test_its_matrix_in_a_workbook_keeps_the_signs(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for cells in (
        ["", "Fish", "Wetland", "Pollution"],
        ["Fish", 0, 0, 0],
        ["Wetland", 1, 0, -0.25],
        ["Pollution", -0.62, 0, 0],
    ):
        book.active.append(cells)
    book.save(tmp_path / "map.xlsx")
    draft = read(tmp_path / "map.xlsx")
    assert sorted(ties(draft, "weight", "sign")) == [
        ("Pollution", "Fish", 0.62, -1),
        ("Wetland", "Fish", 1.0, 1),
        ("Wetland", "Pollution", 0.25, -1),
    ]
