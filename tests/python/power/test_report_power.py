"""The report's words on power and priorities, also where names are hostile and nothing is known."""

import linkpin as lp
import pytest
from linkpin.report import power, priorities

HOSTILE = "<script>alert('x')</script>"


def town(label="Carers' board"):
    entities = {
        "id": ["board", "panel", "ann", "ben", "cat", "uni", "council", "item", "decision", "respite", "pay"],
        "label": [label, "Panel", "Ann", "Ben", "Cat", "University", label, "Item", "More respite", label, "Pay"],
        "kind": [*["board"] * 2, *["person"] * 3, *["organisation"] * 2, "input", "decision", "priority", "priority"],
        "sector": [None, None, "carers", "carers", "academic", "academic", "council", None, None, None, None],
        "quorum": [3, *[None] * 10],
    }
    rows = [
        ("ann", "board", "member_of", "member", 0.5, None),
        ("ben", "board", "member_of", "member", 0.5, None),
        ("cat", "board", "member_of", "member", 0.9, None),
        ("council", "board", "member_of", "chair", 1.0, None),
        ("ann", "panel", "member_of", None, None, None),
        ("cat", "panel", "member_of", None, None, None),
        ("ann", "item", "raises", None, None, None),
        ("item", "decision", "leads_to", None, None, None),
        ("council", "uni", "funds", None, None, 300.0),
        ("uni", "pay", "addresses", None, None, None),
        ("ann", "cat", "collaborates", None, None, None),
    ]
    names = ("from", "to", "kind", "seat", "attendance", "amount")
    ties = {name: [row[i] for row in rows] for i, name in enumerate(names)}
    who, what = ["ann", "ann", "ben", "ben", "cat", "cat"], ["respite", "pay"] * 3
    reports = {"respondent": who, "from": who, "to": what, "item": ["priority"] * 6, "value": [1, 2, 1, 2, 2, 1]}
    return lp.Ecosystem.from_columns(entities, ties, reports)


def test_power_in_words():
    (section,) = power.sections(town())
    assert section.key == "power"
    assert set(section.measures) == {
        "boards",
        "interlocks",
        "agenda",
        "gatekeepers",
        "dominance",
        "power_relations",
    }
    assert "Most votes: carers, 50%" in section.body
    assert "a meeting has its quorum 70% of the time" in section.body
    assert "Ann sits on 2 boards" in section.body
    assert "From carers, ties lead to 1 of 1 decisions" in section.body
    assert all(name in lp.catalogue.entries() for name in section.measures)


def test_priorities_in_words():
    (section,) = priorities.sections(town())
    assert "comes first by what people say" in section.body
    assert "fewer than 5" in section.body  # two carers and one academic are few
    assert "100%" in section.body  # of the money goes to pay


@pytest.mark.parametrize("room", [power, priorities])
def test_hostile_names_are_shown_as_they_are(room):
    for section in room.sections(town(HOSTILE)):
        assert "<script" not in section.body
        assert "&lt;script&gt;" in section.body


@pytest.mark.parametrize("room", [power, priorities])
def test_nothing_is_said_of_nothing(room):
    assert room.sections(lp.Ecosystem.from_columns({"id": []})) == []
    assert room.sections(lp.Ecosystem.from_columns({"id": ["a"], "kind": ["priority"]})) == []


def test_the_page_holds_both(tmp_path):
    page = lp.report(town(), tmp_path / "page.html").read_text(encoding="utf-8")
    assert 'id="power"' in page
    assert 'id="priorities"' in page
