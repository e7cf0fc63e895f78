"""Levels are places in an order: no result of any room holds an average of them."""

from pathlib import Path

import linkpin as lp
import numpy as np
import pytest
from linkpin.table import Table

ROOMS = [
    lp.participation,
    lp.support,
    lambda eco: lp.consulted_not_deciding(eco, permutations=9),
    lp.all_the_way_through,
    lp.linkage,
    lp.capacities,
    lp.continuity,
    lp.burden,
    lp.monitoring,
    lp.feedback,
    lp.boards,
    lp.agenda,
    lp.dominance,
    lp.power_relations,
    lp.priority_gap,
    lp.funding,
    lp.partnerships,
    lp.scorecard,
]


def taking_part(level: int, scale: str = "arnstein") -> lp.Ecosystem:
    """Four carers at the lowest level and four at ``level``: an average would follow it, a place in an order not."""
    people = [f"p{i}" for i in range(8)]
    entities = {
        "id": [*people, "event", "priority", "partnership"],
        "kind": ["person"] * 8 + ["event", "priority", "partnership"],
        "sector": ["community"] * 4 + ["research"] * 4 + [None] * 3,
    }
    ties = {
        "from": [*people, "event", *people],
        "to": ["event"] * 8 + ["priority"] + ["partnership"] * 8,
        "kind": ["takes_part_in"] * 8 + ["addresses"] + ["member_of"] * 8,
        "level": [*[1] * 4, *[level] * 4, *[None] * 9],
        "scale": [*[scale] * 8, *[None] * 9],
        "capacity": [*["carer"] * 8, *[None] * 9],
        "stage": [*["design"] * 4, *["analysis"] * 4, *[None] * 9],
    }
    reports = {
        "respondent": people,
        "from": people,
        "to": ["priority"] * 8,
        "item": ["rank"] * 8,
        "value": [1.0] * 8,
    }
    return lp.Ecosystem.from_columns(entities, ties, reports)


def numbers(result) -> list[float]:
    """Every number of a result but the counts by level: its value, and all numeric columns of its tables."""
    found: list[float] = []
    for name in sorted(dir(result)):
        part = getattr(result, name, None) if not name.startswith("_") and name != "levels" else None
        if isinstance(part, float):
            found.append(-1.0 if np.isnan(part) else part)
        if isinstance(part, Table):
            for column in part.columns:
                cells = part[column]
                if cells.dtype.kind in "iufb":
                    found += np.nan_to_num(cells.astype(float), nan=-1.0).tolist()
    return found


# Two levels of a scale that lie on one side of "collaborate", one further up than the other.
@pytest.mark.parametrize(("scale", "lower", "higher"), [("iap2", 4, 5), ("arnstein", 7, 8), ("rest", 4, 5)])
@pytest.mark.parametrize("room", ROOMS, ids=[getattr(r, "__name__", "consulted") for r in ROOMS])
def test_how_far_apart_levels_are_moves_no_number(room, scale, lower, higher):
    """An average would follow the level that half of them are at; a place in an order does not."""
    a, b = (numbers(room(taking_part(level, scale))) for level in (lower, higher))
    assert a == b


def test_the_middle_is_told_in_levels():
    result = lp.participation(taking_part(8))
    row = next(r for r in result.medians.rows() if r["group"] is None)
    # Four at the lowest and four at the highest: the middle is these two, not a level that nobody was at.
    assert (row["median_low"], row["median_high"]) == ("manipulation", "citizen control")
    assert all(result.medians[c].dtype.kind == "O" for c in ("median_low", "median_high", "low", "high"))


def test_the_example_has_no_number_among_its_middles():
    example = Path(__file__).resolve().parents[2] / "examples" / "carer-participation"
    table = lp.participation(lp.read(example)).medians
    assert all(table[c].dtype.kind != "f" for c in table.columns)
