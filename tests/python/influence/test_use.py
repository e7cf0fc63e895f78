"""Utilisation and payback as a user calls them."""

import linkpin as lp
import numpy as np
import pytest


def eco():
    return lp.Ecosystem.from_columns(
        {
            "id": ["p", "c", "t"],
            "kind": ["evidence", "policy", "policy"],
            "sector": ["university", "council", "nhs"],
            "payback": ["knowledge", "policy and product", None],
        },
        {
            "from": ["p", "p", "p"],
            "to": ["c", "t", "t"],
            "kind": ["informs"] * 3,
            "rung": ["reference", "application", "transmission"],
            "use": ["conceptual", "instrumental", None],
        },
    )


def test_how_far_it_went():
    result = lp.utilisation(eco())
    assert result.table["rung"][0] == "transmission"
    assert result.table["passed"].tolist() == [3, 2, 2, 1, 1, 1]
    assert np.isnan(result.table["share"][0])
    assert result.table["share"][1] == pytest.approx(2 / 3)
    assert dict(zip(result.summary["use"], result.summary["ties"], strict=True))["not said"] == 1
    by = lp.utilisation(eco(), by="sector").table
    assert by["group"].tolist() == ["council"] * 6 + ["nhs"] * 6
    with pytest.raises(lp.InputError, match="utilisation: by = region"):
        lp.utilisation(eco(), by="region")


def test_what_it_paid_back():
    result = lp.payback(eco())
    assert result.summary["category"][0] == "knowledge"
    assert result.summary["entities"].tolist() == [1, 0, 1, 0, 0]
    with pytest.raises(lp.InputError, match="payback"):
        lp.payback(lp.Ecosystem.from_columns({"id": ["a"]}))
