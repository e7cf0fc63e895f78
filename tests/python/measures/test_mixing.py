"""Mixing as a user calls it, beside igraph."""

import linkpin as lp
import numpy as np
import pytest
from linkpin.measures.mixing import assortativity, blau, degree_assortativity, ei_index, mixing_matrix, modularity

igraph = pytest.importorskip("igraph")


def random_network(seed, directed, n=40, ties=120):
    rng = np.random.default_rng(seed)
    source, target = rng.integers(0, n, (2, ties))
    return lp.Network.from_edges(
        source, target, rng.integers(1, 9, ties) / 4, directed=directed, nodes=n, groups=rng.integers(0, 4, n)
    )


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("seed", range(10))
def test_values_are_igraphs(seed, directed):
    net = random_network(seed, directed)
    graph = net.to_igraph()
    codes = [int(label) for label in net.vertices["group"]]
    for resolution in (1.0, 0.5):
        got = modularity(net, "group", "weight", resolution=resolution).value
        want = graph.modularity(codes, weights="weight", resolution=resolution, directed=True)
        assert got == pytest.approx(want, abs=1e-12)
    # igraph counts loops in assortativity; here they are left out.
    graph.simplify(multiple=False, loops=True)
    assert assortativity(net, "group").value == pytest.approx(graph.assortativity_nominal(codes), abs=1e-12)
    assert degree_assortativity(net).value == pytest.approx(graph.assortativity_degree(), abs=1e-12)


def test_ei_index_by_group_and_node():
    net = lp.Network.from_edges(
        ["a", "b", "c"], ["b", "c", "a"], [2.0, 1.0, 1.0], nodes=["a", "b", "c", "d"], groups=["x", "x", "y", "y"]
    )
    result = ei_index(net, "group")
    assert result.value == pytest.approx((2 - 1) / 3)
    assert (result.external, result.internal) == (2, 1)
    assert ei_index(net, "group", "weight").value == pytest.approx(0.0)
    assert result.by_group.columns == ["group", "size", "internal", "external", "EI"]
    assert result.by_group["size"].tolist() == [2, 2]
    assert result.by_group["EI"].tolist() == pytest.approx([1 / 3, 1.0])
    assert result.by_node["blau"][:3].tolist() == pytest.approx([0.5, 0.5, 0.0])
    assert np.isnan(result.by_node["EI"][3])
    np.testing.assert_array_equal(blau(net, "group").values, result.by_node["blau"])
    assert blau(net, "group").whole == pytest.approx(0.5)


def test_only_observed_dyads_count():
    # d did not answer: nothing is known of its row.
    net = lp.Network.from_edges(
        ["a", "b"], ["b", "c"], nodes=["a", "b", "c", "d"], groups=["x", "x", "y", "y"],
        observed=[True, True, True, False],
    )  # fmt: skip
    result = mixing_matrix(net, "group")
    assert result.groups == ["x", "y"]
    assert result.ties.tolist() == [[1, 1], [0, 0]]
    assert result.dyads.tolist() == [[2, 4], [2, 1]]
    assert result.rate[0].tolist() == [0.5, 0.25]
    assert result.table.columns == ["from", "to", "ties", "dyads", "rate", "weight"]
    assert len(result.table) == 4


def test_undefined_is_said():
    net = lp.Network.from_edges([], [], nodes=["a", "b"])
    result = ei_index(net, ["x", "y"])
    assert np.isnan(result.value)
    assert any("undefined" in w for w in result.warnings)
    with pytest.raises(lp.InputError, match="one label a vertex"):
        ei_index(net, ["x"])
