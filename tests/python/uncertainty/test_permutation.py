"""Permutation and conditional uniform graph tests as a user calls them."""

import linkpin as lp
import numpy as np
import pytest


def clubs(seed=1, n=24, within=0.35, across=0.1):
    rng = np.random.default_rng(seed)
    group = np.arange(n) % 2
    chance = np.where(group[:, None] == group[None, :], within, across)
    source, target = np.nonzero((rng.random((n, n)) < chance) & ~np.eye(n, dtype=bool))
    return lp.Network.from_edges(source, target, nodes=n, groups=["ab"[g] for g in group])


def test_ties_within_groups_are_found():
    net = clubs()
    result = lp.permutation_test(net, lp.ei_index, "group", seed=1)
    assert result.value == lp.ei_index(net, "group").value
    assert result.p == min(1, 2 * min(result.p_greater, result.p_less))
    assert result.p_less < 0.01
    assert result.p_error < 0.01
    assert result.seed == 1
    assert "Phipson" in result.reference


def test_a_callable_is_called_with_network_and_groups():
    net = clubs()
    fast = lp.permutation_test(net, "ei_index", "group", permutations=199, seed=2)
    slow = lp.permutation_test(net, lambda g, labels: lp.ei_index(g, labels), "group", permutations=199, seed=2)
    assert slow.p == fast.p
    seen = []

    def within(g, labels):
        seen.append(list(labels))
        return sum(labels[u] == labels[v] for u, v in zip(g.sources, g.targets, strict=True))

    labels = ["a" if i < 5 else "b" for i in range(23)] + [None]
    lp.permutation_test(net, within, labels, permutations=20, seed=3)
    assert all(s[23] is None and sorted(s[:23]) == sorted(labels[:23]) for s in seen)
    assert len(seen) == 21


def test_pairs_of_groups():
    net = clubs()
    values = np.where(np.arange(24) % 2 == 0, 10.0, 0.0) + np.random.default_rng(1).random(24)
    result = lp.compare_groups(net, values, "group", seed=1)
    row = next(result.table.rows())
    assert (row["a"], row["b"], row["delta"]) == ("a", "b", 1.0)
    assert row["p"] == pytest.approx(0.001, abs=0.001)
    assert row["p_adjusted"] == row["p"]
    assert result.value > 0.9
    by_measure = lp.compare_groups(net, lp.degree, "group", seed=1)
    by_name = lp.compare_groups(net, "degree", "group", seed=1)
    assert by_measure.table == by_name.table
    with pytest.raises(lp.InputError, match="choose one of"):
        lp.compare_groups(net, "wealth", "group")
    smallest = lp.detectable_differences(net, lp.degree, "group")
    assert smallest.table["smallest"][0] > 0
    assert abs(smallest.table["observed"][0] - by_measure.table["difference"][0]) < 1e-12


def test_conditional_uniform_graphs():
    rng = np.random.default_rng(5)
    n = 20
    half = np.triu(rng.random((n, n)) < 0.12, 1)
    mutual = lp.Network.from_edges(*np.nonzero(half | half.T), nodes=n)
    by_ties = lp.cug_test(mutual, lp.reciprocity, "ties", replicates=499, seed=1)
    assert by_ties.value == 1
    assert by_ties.p_greater == pytest.approx(1 / 500)
    by_dyads = lp.cug_test(mutual, lp.reciprocity, "dyads", replicates=99, seed=1)
    assert by_dyads.p == 1
    assert any("few values" in w for w in by_dyads.warnings)
    by_degrees = lp.cug_test(mutual, "reciprocity", "degrees", replicates=99, seed=1)
    assert by_degrees.p_greater == pytest.approx(0.01)
    many = lp.cug_test(mutual, lambda g: [lp.density(g).value, lp.reciprocity(g).value], "ties", replicates=99, seed=1)
    assert len(many.table) == 2
    with pytest.raises(lp.InputError, match="size, ties, dyads, degrees"):
        lp.cug_test(mutual, "density", "luck")


def test_brokerage_beside_chance():
    # One broker between two groups that never meet.
    source = ["a1", "a2", "a3", "hub", "hub", "hub", "a1", "b1"]
    target = ["hub", "hub", "hub", "b1", "b2", "b3", "a2", "b2"]
    names = ["a1", "a2", "a3", "b1", "b2", "b3", "hub"]
    net = lp.Network.from_edges(source, target, nodes=names, groups=[x[0] for x in names])
    for null in ("groups", "degrees", "ties", "dyads"):
        result = lp.brokerage_test(net, "group", null, replicates=199, seed=1)
        assert len(result.table) == 7 * 6
        rows = {(r["id"], r["role"]): r for r in result.table.rows()}
        assert rows["hub", "b_O"]["observed"] == 9
        assert rows["hub", "b_O"]["p_greater"] < 0.3
        assert rows["hub", "b_O"]["p_adjusted"] >= rows["hub", "b_O"]["p"]
    with pytest.raises(lp.InputError, match="choose one of"):
        lp.brokerage_test(net, "group", "magic")


def test_threads_give_the_same_numbers():
    net = clubs(n=40)
    for call in (
        lambda t: lp.permutation_test(net, "modularity", "group", permutations=199, seed=1, threads=t).p,
        lambda t: lp.cug_test(net, "transitivity", "degrees", replicates=199, seed=1, threads=t).p,
        lambda t: lp.compare_groups(net, "betweenness", "group", permutations=199, seed=1, threads=t).p,
    ):
        assert call(1) == call(2) == call(8)


def test_the_mixing_matrix_is_tested_cell_by_cell():
    net = clubs()
    result = lp.permutation_test(net, lp.mixing_matrix, "group", permutations=199, seed=1)
    assert result.table["from"].tolist() == ["a", "a", "b", "b"]
    assert result.table["to"].tolist() == ["a", "b", "a", "b"]
    cells = lp.mixing_matrix(net, "group").table
    assert result.table["observed"].tolist() == cells["rate"].tolist()
    assert result.table["p_greater"][0] < 0.05 < result.table["p_greater"][1]
    assert (result.table["p_adjusted"] >= result.table["p"]).all()
    by_name = lp.permutation_test(net, "mixing_matrix", "group", permutations=199, seed=1)
    assert by_name.table["p"].tolist() == result.table["p"].tolist()


def test_refusals_name_the_function_that_was_called():
    net = clubs()
    with pytest.raises(lp.InputError, match="brokerage_test: null"):
        lp.brokerage_test(net, "group", "size")
    with pytest.raises(lp.InputError, match="brokerage_test: adjust"):
        lp.brokerage_test(net, "group", replicates=20, adjust="bonferroni")
    with pytest.raises(lp.InputError, match="compare_groups: adjust"):
        lp.compare_groups(net, lp.degree, "group", adjust="bonferroni")
