"""The mask reaches every measure: it counts observed dyads only, or says that it cannot."""

import linkpin as lp
import numpy as np
import pytest


def holed():
    rng = np.random.default_rng(1)
    n, silent = 16, 4
    told = (rng.random((n, n)) < 0.3) & ~np.eye(n, dtype=bool)
    told[n - silent :] = False
    source, target = np.nonzero(told)
    answered = np.arange(n) < n - silent
    return lp.Network.from_edges(source, target, nodes=n, observed=answered, groups=["x", "y"] * (n // 2)), told


READ_AS_ABSENT = [
    "articulation_points",
    "betweenness",
    "bridges",
    "closeness",
    "clustering",
    "components",
    "constraint",
    "coreness",
    "degree",
    "diameter",
    "eccentricity",
    "effective_size",
    "efficiency",
    "eigenvector",
    "fragmentation",
    "harmonic",
    "hierarchy",
    "hits",
    "katz",
    "mean_distance",
    "pagerank",
    "strength",
    "transitivity",
    "triad_census",
]


@pytest.mark.parametrize("name", READ_AS_ABSENT)
def test_what_reads_gaps_as_absent_says_so(name):
    net, _ = holed()
    assert any("not observed" in w for w in getattr(lp, name)(net).warnings)


def test_what_can_counts_observed_dyads_only():
    net, told = holed()
    assert lp.density(net).value == told[:12].sum() / (12 * 15)
    among = told[:12, :12]
    assert lp.reciprocity(net).value == pytest.approx((among & among.T).sum() / among.sum())
    mixing = lp.mixing_matrix(net, "group")
    assert sum(mixing.table["dyads"]) == 12 * 15
