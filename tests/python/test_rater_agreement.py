"""Agreement within organisations as a user asks for it."""

import linkpin as lp
import pytest


def test_shrout_and_fleiss():
    # Shrout & Fleiss 1979, table 2: ICC(1,1) = .17, ICC(1,4) = .44.
    values = [9, 2, 5, 8, 6, 1, 3, 2, 8, 4, 6, 8, 7, 1, 2, 6, 10, 5, 6, 9, 6, 2, 4, 7]
    r = lp.rater_agreement(values, [f"t{i // 4}" for i in range(24)], options=10)
    assert r.value == pytest.approx(0.17, abs=0.005) and r.icc2 == pytest.approx(0.44, abs=0.005)
    assert r.table["group"].tolist() == [f"t{i}" for i in range(6)]


def test_people_become_organisations():
    eco = lp.Ecosystem.from_columns(
        {"id": ["A", "B", "p1", "p2"]},
        {"from": ["p1", "p2"], "to": ["A", "A"], "kind": ["affiliated_with"] * 2},
        {"respondent": ["p1", "p2"], "from": ["p1", "p2"], "to": ["B", "B"], "item": ["trust"] * 2, "value": [4, 2]},
    )
    r = lp.aggregate_reports(eco)
    assert r.ecosystem.reports["respondent"].tolist() == ["A"] and r.ecosystem.reports["value"].tolist() == [3.0]
    assert r.table["item"].tolist() == ["trust"]
    with pytest.raises(lp.InputError, match="majority"):
        lp.aggregate_reports(eco, combine="vote")
