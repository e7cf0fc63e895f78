"""Fragmentation and key players as a user calls them."""

import itertools

import linkpin as lp
import networkx
import numpy as np
import pytest
from linkpin.measures.key_players import fragmentation, key_players


@pytest.fixture
def net():
    # A path of five.
    return lp.Network.from_edges(list("abcd"), list("bcde"), directed=False)


def test_fragmentation(net):
    assert fragmentation(net).value == 0
    # Inverse distances of a path of five: 4 + 3/2 + 2/3 + 1/4, twice.
    assert fragmentation(net, distance_weighted=True).value == pytest.approx(1 - 2 * (4 + 1.5 + 2 / 3 + 0.25) / 20)
    assert np.isnan(fragmentation(lp.Network.from_edges([], [], nodes=1)).value)


def test_key_players(net):
    result = key_players(net, 1)
    assert result.sets == [["c"]]
    assert result.value == pytest.approx(1 - 4 / 12)
    assert result.exact
    assert result.seed is None
    assert list(result.table.rows()) == [{"set": 0, "id": "c"}]
    near = key_players(net, 1, criterion="reach", distance_weighted=False, steps=1)
    assert near.count == 3
    assert near.sets == [["b"], ["c"], ["d"]]
    assert key_players(net, 1, criterion="reach", normalized="all").value == pytest.approx(3 / 5)
    assert key_players(net, 1, criterion="reach", distance_weighted=False, steps=1, most_sets=1).sets == [["b"]]


@pytest.mark.parametrize("seed", range(5))
def test_reach_by_the_formula(seed):
    g = networkx.gnm_random_graph(12, 14, seed=seed)
    net = lp.Network.from_edges(*zip(*g.edges, strict=True), nodes=12, directed=False)
    d = dict(networkx.all_pairs_shortest_path_length(g))

    def reach(members):
        others = set(g) - set(members)
        return sum(1 / min((d[m][v] for m in members if v in d[m]), default=np.inf) for v in others) / len(others)

    best = max(reach(s) for s in itertools.combinations(g, 3))
    assert key_players(net, 3, criterion="reach", exact=True).value == pytest.approx(best)


def test_search_says_that_it_is_one(net):
    result = key_players(net, 2, exact=False, seed=3)
    assert result.seed == 3
    assert not result.exact
    assert "better set may exist" in result.warnings[0]
    assert result == key_players(net, 2, exact=False, seed=3, threads=2)


def test_refusals(net):
    with pytest.raises(lp.InputError, match="k = 5"):
        key_players(net, 5)
    with pytest.raises(lp.InputError, match="fragmentation, reach"):
        key_players(net, 1, criterion="degree")
    large = lp.Network.from_edges(range(5000), range(1, 5001))
    with pytest.raises(lp.InputError, match="would take about"):
        key_players(large, 6, exact=True)
