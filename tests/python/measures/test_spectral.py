"""Spectral centralities as a user calls them, beside igraph and dense algebra."""

import linkpin as lp
import numpy as np
import pytest
from linkpin.measures.spectral import eigenvector, hits, katz, pagerank

igraph = pytest.importorskip("igraph")


def random_network(seed, n=40, ties=160, directed=True):
    rng = np.random.default_rng(seed)
    source, target = rng.integers(0, n, (2, ties))  # loops and parallel ties included
    weight = rng.integers(1, 9, ties) / 4
    return lp.Network.from_edges(source, target, weight, directed=directed, nodes=n)


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("seed", range(10))
def test_igraph_gives_the_same(seed, directed):
    net = random_network(seed, directed=directed)
    graph = net.to_igraph()
    np.testing.assert_allclose(pagerank(net).values, graph.pagerank(), atol=1e-9)
    np.testing.assert_allclose(pagerank(net, weights="weight").values, graph.pagerank(weights="weight"), atol=1e-9)
    np.testing.assert_allclose(pagerank(net, directed=False).values, graph.pagerank(directed=False), atol=1e-9)
    np.testing.assert_allclose(eigenvector(net).values, graph.eigenvector_centrality(), atol=1e-7)
    np.testing.assert_allclose(
        eigenvector(net, weights="weight").values, graph.eigenvector_centrality(weights="weight"), atol=1e-7
    )
    if directed:
        found = hits(net).table
        np.testing.assert_allclose(found["hub"], graph.hub_score(), atol=1e-7)
        np.testing.assert_allclose(found["authority"], graph.authority_score(), atol=1e-7)


def test_eigenvector_says_how_it_ended():
    net = lp.Network.from_edges([0, 1, 2], [1, 2, 0], directed=False)
    found = eigenvector(net)
    assert found.eigenvalue == pytest.approx(2, abs=1e-12)  # of a triangle
    assert found.convergence["converged"]
    chain = lp.Network.from_edges(["a", "b"], ["b", "c"], directed=True)
    assert eigenvector(chain).values.tolist() == [0, 0, 1]
    assert "no cycle" in eigenvector(chain).warnings[0]


def test_many_restarts_in_one_call():
    net = random_network(3)
    graph = net.to_igraph()
    columns = np.eye(net.n)[:20]
    found = pagerank(net, personalisation=columns)
    assert found.matrix.shape == (20, net.n)
    for c in (0, 7, 19):
        np.testing.assert_allclose(found.matrix[c], graph.personalized_pagerank(reset_vertices=[c]), atol=1e-9)
        np.testing.assert_allclose(found.matrix[c], pagerank(net, personalisation=columns[c]).values, atol=1e-9)
    assert found.table.columns == ["id", *(f"column {c}" for c in range(20))]


def test_katz_is_the_resolvent():
    net = random_network(5)
    a = np.zeros((net.n, net.n))
    np.add.at(a, (net.targets, net.sources), 1.0)
    alpha = 0.9 / max(abs(np.linalg.eigvals(a)))
    expected = np.linalg.solve(np.eye(net.n) - alpha * a, np.full(net.n, 2.0))
    np.testing.assert_allclose(katz(net, alpha, 2.0).values, expected, rtol=1e-9)
    assert katz(net, alpha, normalized="maximum").values.max() == 1
    scaled = katz(net, alpha, normalized="l2")
    assert np.linalg.norm(scaled.values) == pytest.approx(1)
    assert scaled.normalisation == "l2"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda net: katz(net, 0.5), "stay below 0.5"),  # the triangle's largest eigenvalue is 2
        (lambda net: katz(net, normalized="sum"), "katz: normalized = sum"),
        (lambda net: pagerank(net, 1.0), "pagerank: damping = 1"),
        (lambda net: pagerank(net, personalisation=np.ones((3, 2))), r"personalisation has the shape \(3, 2\)"),
        (lambda net: pagerank(net, personalisation=[0, 0, 0]), "needs some vertex to start from"),
        (lambda net: eigenvector(net, weights="strength"), "weights = strength"),
    ],
)
def test_refusals_say_what_to_do(call, message):
    net = lp.Network.from_edges([0, 1, 2], [1, 2, 0], directed=False)
    with pytest.raises(lp.InputError, match=message):
        call(net)


def test_katz_from_many_starts_at_once():
    rng = np.random.default_rng(5)
    net = lp.Network.from_edges(rng.integers(0, 60, 400), rng.integers(0, 60, 400), rng.random(400), nodes=60)
    columns = np.eye(60)[:37]
    found = lp.katz(net, alpha=0.05, personalisation=columns, weights="weight")
    assert found.matrix.shape == (37, 60)
    for c in range(37):
        single = lp.katz(net, alpha=0.05, personalisation=columns[c], weights="weight").values
        np.testing.assert_allclose(found.matrix[c], single, rtol=1e-9, atol=1e-11)
    scaled = lp.katz(net, alpha=0.05, personalisation=columns, normalized="l2").matrix
    np.testing.assert_allclose((scaled**2).sum(axis=1), 1)
    with pytest.raises(lp.InputError, match="shape"):
        lp.katz(net, personalisation=np.ones((2, 59)))
