"""Structural holes as a user calls them, beside igraph and networkx."""

import linkpin as lp
import numpy as np
import pytest
from linkpin.measures.holes import (
    constraint,
    constraint_two_mode,
    effective_size,
    effective_size_two_mode,
    efficiency,
    hierarchy,
)

igraph = pytest.importorskip("igraph")
networkx = pytest.importorskip("networkx")


def random_network(seed, n=30, ties=80, directed=True, loops=True):
    rng = np.random.default_rng(seed)
    source, target = rng.integers(0, n, (2, ties))
    keep = np.full(ties, True) if loops else source != target
    weight = rng.integers(1, 9, ties) / 4
    return lp.Network.from_edges(source[keep], target[keep], weight[keep], directed=directed, nodes=n)


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("seed", range(20))
def test_constraint_is_igraphs(seed, directed):
    # Parallel ties, loops and isolates included.
    net = random_network(seed, directed=directed)
    graph = net.to_igraph()
    np.testing.assert_allclose(constraint(net).values, graph.constraint(), rtol=1e-12)
    np.testing.assert_allclose(constraint(net, "weight").values, graph.constraint(weights="weight"), rtol=1e-12)


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("weights", [None, "weight"])
def test_effective_size_is_networkxs(seed, weights):
    net = random_network(seed, n=20, directed=True, loops=False)
    simple = net.simplified()
    graph = networkx.DiGraph()
    graph.add_nodes_from(simple.names)
    for row in simple.ties.rows():
        graph.add_edge(row["source"], row["target"], weight=row["weight"])
    # Vertices are named, because without them networkx 3.6 with a recent scipy divides by the wrong maxima.
    want = networkx.effective_size(graph, simple.names, weight=weights)
    want = np.array([want[v] for v in simple.names])
    defined = ~np.isnan(want)  # networkx leaves out who has incoming ties only
    assert defined.sum() > 10
    np.testing.assert_allclose(effective_size(simple, weights).values[defined], want[defined], rtol=1e-12)


def test_weights_are_named_given_or_left_out():
    net = random_network(3, loops=False)
    by_name = constraint(net, "weight").values
    np.testing.assert_array_equal(by_name, constraint(net, net.weights).values)
    assert not np.array_equal(by_name, constraint(net).values, equal_nan=True)
    with pytest.raises(lp.InputError, match="constraint: weights"):
        constraint(net, [1.0, 2.0])
    with pytest.raises(lp.InputError, match="tie columns"):
        constraint(net, "trust")


def test_results_say_what_they_are():
    # A triangle and an isolate: each of three contacts who know each other, constraint 2 (1/2 + 1/4)^2 = 1.125.
    net = lp.Network.from_edges(["a", "b", "c"], ["b", "c", "a"], directed=False, nodes=["a", "b", "c", "d"])
    result = constraint(net)
    np.testing.assert_allclose(result.values[:3], 1.125)
    assert np.isnan(result.values[3])
    assert result.warnings == ["1 of 4 vertices have no score: they have no contacts"]
    assert result.table.columns == ["id", "constraint"]
    assert "10.1016" in result.reference
    assert effective_size(net).values[0] == pytest.approx(1.0)
    assert efficiency(net).values[0] == pytest.approx(0.5)
    assert hierarchy(net).values[0] == pytest.approx(0.0)
    assert "Burt" in constraint.__doc__


def test_two_modes():
    net = lp.Network.from_edges(["ann", "ben", "ben"], ["board", "board", "panel"], directed=False)
    # Ann's only group leads back to ben alone.
    values = dict(zip(net.names, constraint_two_mode(net).values, strict=True))
    assert values["ann"] == pytest.approx(1.0)
    assert dict(zip(net.names, effective_size_two_mode(net).values, strict=True))["ben"] == pytest.approx(1.0)
    triangle = lp.Network.from_edges(["a", "b", "c"], ["b", "c", "a"], directed=False)
    with pytest.raises(lp.InputError, match="two modes only"):
        constraint_two_mode(triangle)
