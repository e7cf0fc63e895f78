"""Percolation as a user calls it, beside igraph."""

import linkpin as lp
import numpy as np
import pytest


def random_network(seed, n=40, ties=60):
    source, target = np.random.default_rng(seed).integers(0, n, (2, ties))
    return lp.Network.from_edges(source, target, directed=False, nodes=n)


@pytest.mark.parametrize("seed", range(5))
def test_the_largest_part_is_igraphs(seed):
    igraph = pytest.importorskip("igraph")
    assert igraph
    net = random_network(seed)
    found = lp.percolation(net, -np.arange(net.n), orders=1)
    graph = net.to_igraph()
    for failed in range(net.n):
        rest = graph.subgraph(range(failed, net.n))
        assert found.table["largest"][failed] * net.n == max(rest.connected_components(mode="weak").sizes())


def test_a_result_says_who_fails_first():
    star = lp.Network.from_edges(["hub"] * 4, ["a", "b", "c", "d"], directed=False)
    found = lp.percolation(star, lp.degree(star))
    np.testing.assert_allclose(found.table["largest"], [1, 0.2, 0.2, 0.2, 0.2, 0])
    assert found.value == pytest.approx(0.16)
    assert len(found.robustness) == 100
    assert found.seed == 0
    assert "Schneider" in found.reference


def test_refusals_say_what_to_do():
    net = random_network(1)
    with pytest.raises(lp.InputError, match="one score a vertex: 40"):
        lp.percolation(net, [1, 2, 3])
    with pytest.raises(lp.InputError, match="orders"):
        lp.percolation(net, orders=0)
