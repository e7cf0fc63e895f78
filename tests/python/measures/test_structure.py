"""Density, reciprocity, clustering, degrees, centralisation and the censuses as a user calls them."""

import igraph
import linkpin as lp
import networkx
import numpy as np
import pytest
from linkpin.measures.structure import (
    centralization,
    clustering,
    degree,
    density,
    dyad_census,
    gini,
    reciprocity,
    strength,
    transitivity,
    triad_census,
)


@pytest.fixture
def net():
    # a <-> b, a -> c -> d, a loop at d; e is alone. Weights 1 to 5 in this order.
    return lp.Network.from_edges(
        ["a", "b", "a", "c", "d"], ["b", "a", "c", "d", "d"], [1, 2, 3, 4, 5], nodes=["a", "b", "c", "d", "e"]
    )


def random_arcs(seed, n=40, m=300):
    rng = np.random.default_rng(seed)
    return rng.integers(0, n, m), rng.integers(0, n, m), rng.integers(1, 9, m).astype(float)


def test_density(net):
    result = density(net)
    assert result.value == 4 / 20
    assert (result.ties, result.dyads) == (4, 20)
    assert density(net.undirected()).value == 3 / 10
    assert result.reference.endswith("https://doi.org/10.1017/CBO9780511815478")


def test_density_of_two_modes_and_of_what_was_observed():
    people = lp.Network.from_edges(["p", "p", "q"], ["x", "y", "y"], nodes=["p", "q", "x", "y", "z"], directed=False)
    assert density(people, two_mode=["person", "person", "event", "event", "event"]).value == 3 / 6
    with pytest.raises(lp.InputError, match="tie 0"):
        density(people, two_mode=[0, 0, 0, 1, 1])
    asked = lp.Network.from_edges(["a"], ["b"], nodes=["a", "b", "c"], observed=[True, False, True])
    assert density(asked).dyads == 4


def test_reciprocity(net):
    assert reciprocity(net).value == 2 / 4
    assert reciprocity(net, kind="ratio").value == 1 / 3
    with pytest.raises(lp.InputError, match="edgewise, ratio"):
        reciprocity(net, kind="mutual")


def test_degree_and_strength(net):
    assert degree(net).values.tolist() == [3, 2, 2, 3, 0]
    assert degree(net, "out", loops=False).values.tolist() == [2, 1, 1, 0, 0]
    assert strength(net, "in").values.tolist() == [2, 1, 3, 9, 0]
    assert strength(net, weights=None).values.tolist() == degree(net).values.tolist()
    assert strength(net, "out", weights=[1, 1, 1, 1, 1]).values.tolist() == [2, 1, 1, 1, 0]
    assert degree(net).table["id"].tolist() == ["a", "b", "c", "d", "e"]
    with pytest.raises(lp.InputError, match="mode = both"):
        degree(net, "both")


def test_clustering_and_transitivity():
    net = lp.Network.from_edges([0, 1, 2, 2], [1, 2, 0, 3], directed=False)
    result = clustering(net)
    assert result.values[:3].tolist() == [1, 1, 1 / 3]
    assert np.isnan(result.values[3])
    assert "1 vertex" in result.warnings[0]
    assert clustering(net, low_degree="zero").values[3] == 0
    whole = transitivity(net)
    assert whole.value == 3 / 5
    assert (whole.triangles, whole.triples) == (1, 5)


@pytest.mark.parametrize("seed", range(20))
def test_agrees_with_igraph_and_networkx(seed):
    source, target, weight = random_arcs(seed)
    keep = source != target
    net = lp.Network.from_edges(source[keep], target[keep], weight[keep], nodes=40, parallel="merge")
    both = net.undirected()
    arcs = net.to_networkx()
    g = igraph.Graph(40, list(zip(source[keep].tolist(), target[keep].tolist(), strict=True)), directed=True)
    g.simplify()
    u = igraph.Graph(40, [(int(a), int(b)) for a, b in both.to_networkx().edges], directed=False)
    u.es["weight"] = [d["weight"] for *_, d in both.to_networkx().edges(data=True)]
    close = {"rtol": 1e-9, "atol": 1e-12}
    np.testing.assert_allclose(density(net).value, g.density(), **close)
    np.testing.assert_allclose(reciprocity(net).value, networkx.overall_reciprocity(arcs), **close)
    np.testing.assert_allclose(reciprocity(net, kind="ratio").value, g.reciprocity(mode="ratio"), **close)
    np.testing.assert_allclose(transitivity(net).value, u.transitivity_undirected(), **close)
    np.testing.assert_allclose(clustering(net).values, u.transitivity_local_undirected(), **close)
    barrat = u.transitivity_local_undirected(weights="weight")
    np.testing.assert_allclose(clustering(both, "weight").values, barrat, **close)
    np.testing.assert_allclose(clustering(net, "weight").values, barrat, **close)
    assert triad_census(net).table["count"].tolist() == list(g.triad_census())
    assert triad_census(net).table["type"].tolist() == list(networkx.triadic_census(arcs))
    assert dyad_census(net).table["count"].tolist() == list(g.dyad_census())
    assert degree(net).values.tolist() == g.degree()


def test_centralization():
    star = lp.Network.from_edges([0, 0, 0, 0], [1, 2, 3, 4], directed=False)
    for of in ("degree", "betweenness", "closeness"):
        assert centralization(star, of).value == pytest.approx(1)
    assert centralization(star, loops=True).value == 12 / 20
    assert centralization(star).maximum == 12
    apart = lp.Network.from_edges([0, 2], [1, 3], directed=False)
    result = centralization(apart, "closeness")
    assert np.isnan(result.value)
    assert "not connected" in result.warnings[0]
    with pytest.raises(lp.InputError, match="choose one of: degree, indegree"):
        centralization(star, "strength")


def test_censuses(net):
    dyads = dyad_census(net)
    assert dyads.table["count"].tolist() == [1, 2, 7]
    assert dyads.unobserved == 0
    assert triad_census(net).table["count"].sum() == 10


def test_gini(net):
    assert gini([0, 0, 5, 0]).value == 0.75
    assert gini([0, 0, 5, 0], normalized="corrected").value == 1
    shares = degree(net)
    assert gini(shares).value == gini(shares.values).value
    assert gini(shares).network == shares.network
    nothing = gini([0, 0])
    assert np.isnan(nothing.value)
    assert "undefined" in nothing.warnings[0]
    with pytest.raises(lp.InputError, match="position 1"):
        gini([1, -1])
    with pytest.raises(lp.InputError, match="dimensions"):
        gini([[1, 2]])
    with pytest.raises(lp.InputError, match="corrected"):
        gini([1], normalized="freeman")


def test_threads_and_progress_change_nothing(net):
    assert clustering(net, threads=1) == clustering(net, threads=2, progress=lambda share: None)
    assert triad_census(net, threads=1).table == triad_census(net, threads=2).table
