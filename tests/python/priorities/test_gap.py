"""The gap table as a user calls it."""

import linkpin as lp
import numpy as np
import pytest


def ecosystem(**change):
    entities = {
        "id": ["respite", "pay", "robots", "ann", "ben", "cat", "award", "study", "paper", "fund"],
        "label": ["Respite", "Carers' pay", "Robots", *[None] * 7],
        "kind": ["priority"] * 3 + ["person"] * 3 + ["award", "project", "evidence", "fund"],
        "sector": [None] * 3 + ["carers", "carers", "academic"] + [None] * 4,
    }
    ties = {
        "from": ["award", "study", "study", "paper", "fund", "fund"],
        "to": ["robots", "robots", "pay", "robots", "award", "study"],
        "kind": ["addresses"] * 4 + ["funds"] * 2,
        "amount": [None] * 4 + [100.0, 60.0],
        "currency": [None] * 4 + ["GBP", change.get("currency", "GBP")],
    }
    who, what = ["ann"] * 3 + ["ben"] * 3 + ["cat"] * 3, ["respite", "pay", "robots"] * 3
    reports = {
        "respondent": who,
        "from": who,
        "to": what,
        "item": ["priority"] * 9,
        "value": change.get("value", [1, 2, 3, 2, 1, 3, 3, 2, 1]),
    }
    return lp.Ecosystem.from_columns(entities, ties, reports)


def test_priorities_beside_money_and_research():
    result = lp.priority_gap(ecosystem())
    rows = {row["priority"]: row for row in result.table.rows()}
    # By pairs pay leads two to one against each of the others; respite beats robots two to one.
    assert [rows[p]["rank"] for p in ("pay", "respite", "robots")] == [1, 2, 3]
    # 100 for robots alone, 60 split between robots and pay.
    assert [rows[p]["money"] for p in ("pay", "respite", "robots")] == [30, 0, 130]
    assert rows["robots"]["money_gap"] == -2
    assert rows["respite"]["money_gap"] == 1
    assert [rows[p]["research"] for p in ("pay", "respite", "robots")] == [1, 0, 2]
    assert sum(row["money_share"] for row in rows.values()) == pytest.approx(1)
    assert result.money_tau == pytest.approx(-1 / 3)
    cost = {row["group"]: row["share"] for row in result.cost.rows()}
    assert cost["academic"] == pytest.approx(2 / 3)
    assert cost["carers"] == pytest.approx(1 / 6)
    own = {(row["group"], row["priority"]): row["rank"] for row in result.groups.rows()}
    assert own["academic", "robots"] == 1
    assert own["carers", "robots"] == 3


def test_votes_count_upwards():
    votes = lp.priority_gap(ecosystem(value=[3, 2, 1, 2, 3, 1, 1, 2, 3]), "priority", best="high")
    np.testing.assert_array_equal(votes.table["rank"], lp.priority_gap(ecosystem()).table["rank"])


def test_what_is_not_there_is_said():
    mixed = lp.priority_gap(ecosystem(currency="EUR"))
    assert np.isnan(mixed.table["money"]).all()
    assert np.isnan(mixed.money_tau)
    assert any("several currencies" in w for w in mixed.warnings)
    bare = lp.priority_gap(lp.Ecosystem.from_columns({"id": ["a"], "kind": ["priority"]}))
    assert len(bare.warnings) == 3
    assert np.isnan(bare.table["rank"]).all()
    assert len(lp.priority_gap(lp.Ecosystem.from_columns({"id": []})).table) == 0
    with pytest.raises(lp.InputError, match="see eco"):
        lp.priority_gap(ecosystem(), "favourite")
    with pytest.raises(lp.InputError, match="best"):
        lp.priority_gap(ecosystem(), best="up")
