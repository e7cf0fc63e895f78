"""Answers on forms are tables to read, not participants on the map."""

from __future__ import annotations

import linkpin as lp
from linkpin.assess.landscape import actors, categories, landscape


def event() -> lp.Ecosystem:
    """Two answers that are counted, one of which is a group that also speaks for itself; nobody's data."""
    return lp.Ecosystem.from_columns(
        {"id": ["old", "young", "ann", "event"], "kind": ["group", "group", "person", "event"]},
        {
            "from": ["old", "young", "young", "ann"],
            "to": ["event"] * 4,
            "kind": ["counted_at", "counted_at", "takes_part_in", "takes_part_in"],
            "count": [7, 8, None, None],
        },
        {"respondent": ["ann"], "from": ["ann"], "to": ["young"], "item": ["knows"], "value": [1]},
        about={"title": "An event"},
    )


def test_answers_on_forms_are_not_on_the_map():
    eco = event()
    assert categories(eco) == {"old"}
    assert landscape(eco).names == ["young", "ann", "event"]
    card = lp.scorecard(eco)
    assert "old" not in {row["subject"] for row in card.table.rows()}


def test_what_is_left_is_as_it_was():
    left = actors(event())
    assert left.entities["id"].tolist() == ["young", "ann", "event"]
    assert left.ties["kind"].tolist() == ["counted_at", "takes_part_in", "takes_part_in"]
    assert left.about["title"] == "An event"
    assert len(left.reports) == 1


def test_without_forms_nothing_changes():
    eco = lp.Ecosystem.from_columns({"id": ["a", "b"]}, {"from": ["a"], "to": ["b"]})
    assert categories(eco) == set()
    assert actors(eco) is eco
    assert landscape(eco).n == 2
