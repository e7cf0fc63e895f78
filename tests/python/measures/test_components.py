"""Components, cut vertices, bridges and cores as a user calls them."""

import igraph
import linkpin as lp
import numpy as np
import pytest
from linkpin.measures.components import articulation_points, biconnected_components, bridges, components, coreness


@pytest.fixture
def net():
    # Two triangles joined by c - d; g is alone.
    return lp.Network.from_edges(list("aabcdde"), list("bccdeff"), nodes=list("abcdefg"), directed=False)


def test_components(net):
    result = components(net)
    assert result.value == 2
    assert result.values.tolist() == [0, 0, 0, 0, 0, 0, 1]
    assert result.membership.dtype == np.int32
    assert result.sizes.tolist() == [6, 1]
    assert list(result.table.rows())[6] == {"id": "g", "component": 1, "size": 1}
    ring = lp.Network.from_edges([0, 1, 2, 2], [1, 2, 0, 3])
    assert components(ring, mode="strong").sizes.tolist() == [3, 1]
    with pytest.raises(lp.InputError, match="weak, strong"):
        components(ring, "out")


def test_what_holds_it_together(net):
    cut = articulation_points(net)
    assert cut.points == ["c", "d"]
    assert cut.values.tolist() == [0, 0, 1, 1, 0, 0, 0]
    assert cut.value == 2
    tied = bridges(net)
    assert list(tied.table.rows()) == [{"from": "c", "to": "d"}]
    assert tied.value == 1
    parts = biconnected_components(net)
    assert parts.sets == [["a", "b", "c"], ["c", "d"], ["d", "e", "f"]]
    assert parts.table["component"].tolist() == [0, 0, 0, 1, 1, 2, 2, 2]
    assert coreness(net).values.tolist() == [2, 2, 2, 2, 2, 2, 0]


def test_directed_ties_are_one_dyad():
    pair = lp.Network.from_edges(["a", "b"], ["b", "a"])
    assert bridges(pair).value == 1
    doubled = lp.Network.from_edges(["a", "a"], ["b", "b"], directed=False)
    assert bridges(doubled).value == 0


@pytest.mark.parametrize("seed", range(20))
def test_agrees_with_igraph(seed):
    rng = np.random.default_rng(seed)
    source, target = rng.integers(0, 60, (2, 75))
    keep = source != target
    ends = list(zip(source[keep].tolist(), target[keep].tolist(), strict=True))
    for directed in (False, True):
        net = lp.Network.from_edges(source[keep], target[keep], nodes=60, directed=directed)
        g = igraph.Graph(60, ends, directed=directed)
        assert components(net).membership.tolist() == g.connected_components(mode="weak").membership
        strong = g.connected_components(mode="strong")
        sizes = np.array(strong.sizes())[strong.membership]
        mine = components(net, "strong")
        assert mine.sizes[mine.membership].tolist() == sizes.tolist()
        for mode in ("all", "out", "in"):
            assert coreness(net, mode).values.tolist() == g.coreness(mode=mode)
        simple = g.as_undirected().simplify() if directed else g
        assert np.flatnonzero(articulation_points(net).values).tolist() == sorted(simple.articulation_points())
        assert {frozenset(map(int, s)) for s in biconnected_components(net).sets} == {
            frozenset(s) for s in simple.biconnected_components()
        }
        mine = {frozenset((int(r["from"]), int(r["to"]))) for r in bridges(net).table.rows()}
        assert mine == {frozenset(simple.es[e].tuple) for e in simple.bridges()}
