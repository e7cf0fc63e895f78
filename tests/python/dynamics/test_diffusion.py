"""Spread and the choice of seeds as a user asks for them."""

import os
from pathlib import Path

import linkpin as lp
import numpy as np
import pytest

DATA = Path(os.environ.get("LINKPIN_DATA", Path(__file__).parents[3] / ".." / "shared" / "data"))

BRIDGE = lp.Network.from_edges(["s", "s", "a", "a", "b"], ["a", "b", "b", "t", "t"], nodes=["s", "a", "b", "t"])


def random_network(n=300, ties=1500, seed=1):
    rng = np.random.default_rng(seed)
    return lp.Network.from_edges(*rng.integers(0, n, (2, ties)), nodes=n, groups=["carers", "staff"] * (n // 2))


def test_the_bridge_is_known():
    ic = lp.spread(BRIDGE, ["s"], p=0.5)
    assert ic.value == 2.59375
    assert ic.exact
    assert ic.interval is None
    assert ic.seed is None
    lt = lp.spread(BRIDGE, "s", "lt", 0.5)
    assert lt.value == 2.875
    assert dict(zip(lt.names, lt.values, strict=True)) == {"s": 1.0, "a": 0.5, "b": 0.75, "t": 0.625}


def test_chances_come_from_where_they_are():
    net = lp.Network.from_edges(BRIDGE.sources, BRIDGE.targets, [0.5] * 5)
    assert lp.spread(net, [0]).value == 2.59375
    assert lp.spread(net, [0], p=[0.5] * 5).value == 2.59375
    assert lp.spread(net, [0], p="weighted cascade", model="lt").value == 4
    assert lp.spread(net.reversed(), [0], flow="backward").value == 2.59375
    with pytest.raises(lp.InputError, match="probability"):
        lp.spread(BRIDGE, ["s"])


def test_sampling_keeps_its_seed_and_its_interval():
    result = lp.spread(BRIDGE, ["s"], p=0.5, method="sampled", seed=7)
    assert result.seed == 7
    low, high = result.interval
    assert low < 2.59375 < high
    assert "10,000" in result.interval_of
    assert lp.spread(BRIDGE, ["s"], p=0.5, method="sampled", seed=7) == result
    drawn = lp.spread(BRIDGE, ["s"], p=0.5, method="sampled", replicates=10)
    assert lp.spread(BRIDGE, ["s"], p=0.5, method="sampled", replicates=10, seed=drawn.seed) == drawn


def test_seeds_come_with_their_guarantee():
    exact = lp.choose_seeds(BRIDGE, 1, p=0.5)
    assert exact.seeds == ["s"]
    assert exact.value == 2.59375
    assert "1 - 1/e = 63.2%" in exact.guarantee
    net = random_network()
    sampled = lp.choose_seeds(net, 5, p="weighted cascade", seed=3)
    assert not sampled.exact
    assert sampled.table.columns == ["order", "id", "gain", "cost"]
    assert "epsilon = 53.2%" in sampled.guarantee
    spread = lp.spread(net, sampled.seeds, p="weighted cascade", seed=4)
    assert sampled.interval[0] <= spread.value <= sampled.interval[1]
    assert lp.choose_seeds(net, 5, p="weighted cascade", seed=3, threads=1) == sampled


def test_budgets_name_the_weaker_factor():
    costs = {"s": 3.0, "a": 1.0, "b": 1.0, "t": 1.0}
    result = lp.choose_seeds(BRIDGE, costs=costs, budget=2.0, p=0.5)
    assert result.cost <= 2
    assert "s" not in result.seeds
    assert "(1 - 1/e)/2 = 31.6%" in result.guarantee
    with pytest.raises(lp.InputError, match="'t'"):
        lp.choose_seeds(BRIDGE, costs={"s": 1, "a": 1, "b": 1}, budget=2, p=0.5)


def test_floors_are_met_or_said_to_be_out_of_reach():
    net = lp.Network.from_edges(
        ["x", "x", "x", "y"], ["a", "b", "c", "d"], groups=["staff", "staff", "staff", "staff", "carers", "carers"],
        nodes=["x", "a", "b", "c", "y", "d"],
    )  # fmt: skip
    plain = lp.choose_seeds(net, 1, p=1.0)
    assert plain.seeds == ["x"]
    fair = lp.choose_seeds(net, 1, p=1.0, floors={"carers": 1.0})
    assert fair.seeds == ["y"]
    assert fair.floors == "met"
    assert fair.price == 2
    both = lp.choose_seeds(net, 1, p=1.0, floors={"carers": 0.5, "staff": 0.5})
    assert both.floors == "infeasible"
    assert "no choice within the limits meets all" in both.warnings[-1]
    never = lp.choose_seeds(random_network(), 2, p=0.01, floors={"carers": 0.9}, seed=1)
    assert never.floors == "infeasible"
    row = next(r for r in never.groups.rows() if r["group"] == "carers")
    assert row["most_possible"] < row["floor"] == 135
    assert row["shortfall"] > 100
    with pytest.raises(lp.InputError, match="'guests'"):
        lp.choose_seeds(net, 1, p=1.0, floors={"guests": 0.5})


@pytest.mark.skipif(not (DATA / "nethept").exists(), reason="nethept is not here")
def test_nethept():
    rows = np.loadtxt(DATA / "nethept" / "NetHEPT.txt", skiprows=1)
    net = lp.Network.from_edges(rows[:, 0].astype(int), rows[:, 1].astype(int), rows[:, 2], nodes=15233)
    choice = lp.choose_seeds(net, 50, seed=2)
    assert lp.spread(net, choice.seeds, seed=3, replicates=3000).value > 0.99 * 1296
