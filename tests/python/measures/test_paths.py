"""Paths as a user calls them, beside igraph and networkx."""

import linkpin as lp
import numpy as np
import pytest
from linkpin.measures.paths import (
    betweenness,
    closeness,
    diameter,
    distances,
    eccentricity,
    harmonic,
    mean_distance,
)

igraph = pytest.importorskip("igraph")
networkx = pytest.importorskip("networkx")


def random_network(seed, n=40, ties=90, directed=True):
    rng = np.random.default_rng(seed)
    source, target = rng.integers(0, n, (2, ties))  # loops, parallel ties and isolates included
    weight = rng.integers(1, 9, ties) / 4
    return lp.Network.from_edges(source, target, weight, directed=directed, nodes=n)


def star():
    return lp.Network.from_edges(["hub"] * 4, ["a", "b", "c", "d"], directed=False)


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("seed", range(10))
def test_igraph_gives_the_same(seed, directed):
    net = random_network(seed, directed=directed)
    graph = net.to_igraph()
    inverse = 1 / np.array(graph.es["weight"])
    np.testing.assert_allclose(betweenness(net).values, graph.betweenness(), rtol=1e-9)
    np.testing.assert_allclose(betweenness(net, directed=False).values, graph.betweenness(directed=False), rtol=1e-9)
    np.testing.assert_allclose(
        betweenness(net, lengths="inverse").values, graph.betweenness(weights=inverse), rtol=1e-9, atol=1e-12
    )
    for mode in ("out", "in", "all"):
        np.testing.assert_allclose(
            harmonic(net, mode).values, graph.harmonic_centrality(mode=mode, normalized=False), rtol=1e-12
        )
        np.testing.assert_allclose(
            closeness(net, mode).values, graph.closeness(mode=mode, normalized=False), rtol=1e-12
        )
        np.testing.assert_allclose(
            closeness(net, mode, normalized="component").values, graph.closeness(mode=mode), rtol=1e-12
        )
        np.testing.assert_array_equal(eccentricity(net, mode).values, graph.eccentricity(mode=mode))
        np.testing.assert_array_equal(distances(net, mode=mode).matrix, graph.distances(mode=mode))
    np.testing.assert_allclose(
        harmonic(net, "out", lengths="inverse").values,
        graph.harmonic_centrality(mode="out", weights=inverse, normalized=False),
        rtol=1e-12,
    )
    assert diameter(net).value == graph.diameter()
    assert mean_distance(net).value == pytest.approx(graph.average_path_length(), rel=1e-12)


@pytest.mark.parametrize("seed", range(5))
def test_networkx_gives_the_same(seed):
    net = random_network(seed, directed=False).simplified()
    graph = networkx.Graph(net.to_networkx())
    names = net.names
    by_name = networkx.betweenness_centrality(graph)
    np.testing.assert_allclose(
        betweenness(net, normalized="freeman").values, [by_name[v] for v in names], rtol=1e-9, atol=1e-12
    )
    by_name = networkx.closeness_centrality(graph)
    ours = np.nan_to_num(closeness(net, normalized="wasserman_faust").values)  # networkx gives isolates 0
    np.testing.assert_allclose(ours, [by_name[v] for v in names], rtol=1e-12)


def test_two_modes_by_column_or_labels():
    edges = [("ann", "board"), ("ann", "panel"), ("bob", "board"), ("cy", "panel"), ("cy", "jury")]
    people = {"ann", "bob", "cy"}
    source, target = zip(*edges, strict=True)
    net = lp.Network.from_edges(list(source), list(target), directed=False)
    labels = ["person" if v in people else "group" for v in net.names]
    by_name = networkx.bipartite.betweenness_centrality(networkx.Graph(edges), people)
    found = betweenness(net, normalized="two_mode", two_mode=labels)
    np.testing.assert_allclose(found.values, [by_name[v] for v in net.names], rtol=1e-12)
    assert found.normalisation == "two_mode"
    by_name = networkx.bipartite.closeness_centrality(networkx.Graph(edges), people)
    codes = np.array([v in people for v in net.names])
    found = closeness(net, normalized="two_mode", two_mode=codes)
    np.testing.assert_allclose(found.values, [by_name[v] for v in net.names], rtol=1e-12)
    with pytest.raises(lp.InputError, match=r"betweenness: two_mode has '2' beside '0' and '1'"):
        betweenness(net, normalized="two_mode", two_mode=[0, 1, 2, 0, 1, 0])
    with pytest.raises(lp.InputError, match=r"closeness: two_mode"):
        closeness(net, normalized="two_mode", two_mode=[0, 1])


def test_pivots_come_with_seed_and_standard_error():
    net = random_network(1, n=200, ties=900)
    found = betweenness(net, pivots=50, seed=4)
    assert found.seed == 4
    assert "50 random vertices" in " ".join(found.warnings)
    exact = betweenness(net).values
    assert found.standard_error.shape == exact.shape
    # On average over vertices and seeds the estimate is unbiased: its mean error is within five standard errors.
    seeds = range(40)
    errors = np.array([betweenness(net, pivots=50, seed=s).values.mean() - exact.mean() for s in seeds])
    assert abs(errors.mean()) < 5 * errors.std() / np.sqrt(len(seeds))
    assert betweenness(net, pivots=50, seed=4) == found
    assert betweenness(net, pivots=50, seed=4, threads=1) == found


def test_sources_by_name():
    net = star()
    assert betweenness(net, sources=["a"]).values.tolist() == [1.5, 0, 0, 0, 0]  # three pairs, halved as in igraph
    found = distances(net, ["a", "hub"])
    assert found.matrix.tolist() == [[1, 0, 2, 2, 2], [0, 1, 1, 1, 1]]
    assert found.sources == ["a", "hub"]
    assert found.table["distance"].sum() == 11
    with pytest.raises(lp.InputError):
        betweenness(net, sources=["nobody"])


def test_single_numbers_carry_their_parts():
    net = lp.Network.from_edges(["a", "b"], ["b", "c"], directed=True, nodes=["a", "b", "c", "apart"])
    found = mean_distance(net)
    assert (found.value, found.pairs, found.all_pairs) == (pytest.approx(4 / 3), 3, 12)
    assert "3 of 12" in found.warnings[0]
    assert diameter(net).ends == ("a", "c")
    nothing = lp.Network.from_edges([], [], nodes=0)
    assert np.isnan(diameter(nothing).value)
    assert diameter(nothing).ends is None


def test_undefined_closeness_is_masked_and_named():
    net = lp.Network.from_edges(["a"], ["b"], directed=False, nodes=["a", "b", "apart"])
    found = closeness(net)
    assert np.isnan(found.values[2])
    assert "1 of 3" in found.warnings[0]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda net: harmonic(net, "sideways"), "harmonic: mode = sideways"),
        (lambda net: closeness(net, normalized="max"), "closeness: normalized = max"),
        (lambda net: betweenness(net, lengths="cost"), "lengths = cost"),
        (lambda net: betweenness(net, lengths=[1, 2, 0, 1]), "tie 2"),
        (lambda net: betweenness(net, sources=["a"], pivots=2), "not both"),
        (lambda net: distances(net, []), "distances: sources"),
    ],
)
def test_refusals_say_what_to_do(call, message):
    with pytest.raises(lp.InputError, match=message):
        call(star())


def test_sampled_betweenness_says_how_far_off_it_may_be():
    source, target = np.random.default_rng(4).integers(0, 200, (2, 900))
    net = lp.Network.from_edges(source, target, nodes=200)
    exact = lp.betweenness(net, normalized="freeman").values
    found = lp.sampled_betweenness(net, 0.02, seed=3)
    assert np.abs(found.values - exact).max() < 0.02
    assert ((found.interval["low"] <= exact) & (exact <= found.interval["high"])).all()
    assert "0.95" in found.interval_of
    assert 0 < found.pairs <= found.most_pairs
    assert found == lp.sampled_betweenness(net, 0.02, seed=3, threads=1)
    with pytest.raises(lp.InputError, match="error"):
        lp.sampled_betweenness(net, 0)
