"""Watering down as a user calls it."""

import linkpin as lp
import numpy as np
import pytest


def test_the_way_that_keeps_most_and_where_it_is_lost():
    # s > a > t keeps .9 * .5 = .45, s > b > t .6 * .8 = .48.
    net = lp.Network.from_edges(
        ["s", "a", "s", "b"],
        ["a", "t", "b", "t"],
        nodes=["s", "a", "b", "t", "alone"],
        attributes={"fidelity": [0.9, 0.5, 0.6, 0.8]},
    )
    result = lp.watering_down(net, "s", ["t", "alone"])
    assert result.values[0] == pytest.approx(0.48)
    assert np.isnan(result.values[1])
    row = next(result.table.rows())
    assert (row["path"], row["lost_from"], row["lost_to"]) == ("s > b > t", "s", "b")
    assert row["keeps"] == pytest.approx(0.6)
    assert result.ties["source"].tolist() == ["s", "b"]
    assert lp.watering_down(net, "t", "s", flow="backward").table["path"].tolist() == ["t > b > s"]
    assert lp.watering_down(net, "s", "t", fidelity=0.5).values[0] == pytest.approx(0.25)


def test_what_nobody_stated_is_an_upper_bound():
    eco = lp.Ecosystem.from_columns(
        {"id": ["review", "brief", "plan"], "kind": ["evidence", "evidence", "policy"]},
        {"from": ["review", "brief"], "to": ["brief", "plan"], "kind": ["informs", "informs"], "fidelity": [0.7, None]},
    )
    result = lp.watering_down(lp.knowledge_network(eco), "review", "plan")
    assert result.values[0] == pytest.approx(0.7)
    assert result.table["unknown"].tolist() == [1]
    assert any("at most" in warning for warning in result.warnings)


def test_refusals():
    net = lp.Network.from_edges(["s"], ["t"])
    with pytest.raises(lp.InputError, match="fidelity"):
        lp.watering_down(net, "s", "t")
    with pytest.raises(lp.InputError, match="from 0 to 1"):
        lp.watering_down(net, "s", "t", fidelity=2.0)
