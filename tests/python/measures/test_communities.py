"""Communities as a user calls them, beside igraph."""

import random

import linkpin as lp
import numpy as np
import pytest
from linkpin.measures.communities import communities
from linkpin.measures.mixing import modularity

igraph = pytest.importorskip("igraph")


def graph_of(seed, n=150, groups=5, inside=0.25, outside=0.03):
    rng = np.random.default_rng(seed)
    u, v = np.triu_indices(n, 1)
    kept = rng.random(len(u)) < np.where(u % groups == v % groups, inside, outside)
    return lp.Network.from_edges(u[kept], v[kept], rng.random(kept.sum()) + 0.5, directed=False, nodes=n)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("objective", ["modularity", "cpm"])
def test_quality_is_not_below_igraphs(seed, objective):
    net = graph_of(seed)
    graph = net.to_igraph()
    resolution = {"modularity": 1.0, "cpm": 0.1}[objective]
    got = communities(net, objective=objective, resolution=resolution, weights="weight", seed=seed, trials=20)

    def quality(membership):
        if objective == "modularity":
            return graph.modularity(membership, weights="weight")
        labels = np.asarray(membership)
        inside = sum(e["weight"] for e in graph.es if labels[e.source] == labels[e.target])
        sizes = np.bincount(labels)
        return inside - resolution * (sizes * (sizes - 1) / 2).sum()

    best = -np.inf
    for trial in range(5):
        random.seed(trial)
        found = graph.community_leiden(
            objective_function=objective.upper() if objective == "cpm" else objective,
            weights="weight",
            resolution=resolution,
            n_iterations=-1,
        )
        best = max(best, quality(found.membership))
    assert got.value == pytest.approx(quality(got.membership.tolist()), abs=1e-9)
    assert got.value >= best - 1e-3 * abs(best)


def test_planted_groups_come_back():
    net = graph_of(1, inside=0.5)
    result = communities(net, seed=2)
    assert result.table["size"].tolist() == [30] * 5
    for k in range(5):
        assert len(set(result.membership[k::5])) == 1
    assert result.value == pytest.approx(modularity(net, result.membership).value)
    assert result.seed == 2
    assert result.by_node.columns == ["id", "community"]
    assert (communities(net, seed=2).membership == result.membership).all()


def test_refusals_name_the_choice():
    net = graph_of(0)
    with pytest.raises(lp.InputError, match="choose modularity or cpm"):
        communities(net, objective="louvain")
    with pytest.raises(lp.InputError, match="trials"):
        communities(net, trials=0)
