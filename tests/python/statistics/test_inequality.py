"""Inequality and its parts as a user calls them, beside numpy and scipy."""

import linkpin as lp
import numpy as np
import pytest


def test_theil_and_atkinson_are_what_numpy_and_scipy_give():
    gmean = pytest.importorskip("scipy.stats").gmean
    entropy = pytest.importorskip("scipy.stats").entropy
    rng = np.random.default_rng(7)
    for _ in range(50):
        x = rng.lognormal(size=rng.integers(2, 30))
        # Theil's T is the divergence of the shares from even ones, L the other way round.
        even = np.full(len(x), 1 / len(x))
        assert lp.theil(x).value == pytest.approx(entropy(x / x.sum(), even), abs=1e-13)
        assert lp.theil(x, "L").value == pytest.approx(entropy(even, x / x.sum()), abs=1e-13)
        assert lp.atkinson(x, 1).value == pytest.approx(1 - gmean(x) / x.mean(), abs=1e-13)
        assert lp.atkinson(x, 0.5).value == pytest.approx(1 - np.mean(np.sqrt(x / x.mean())) ** 2, abs=1e-13)


def test_parts_by_group():
    # R 4.2: s <- tapply(x, g, sum) / sum(x); sum(s * log(tapply(x, g, mean) / mean(x))).
    x, groups = [1, 2, 3, 4, 10, 0.5], ["carers", "carers", "council", "council", None, None]
    theil = lp.decompose_inequality(x, groups)
    assert theil.between == pytest.approx(0.1077799932363345, abs=1e-14)
    assert theil.within == pytest.approx(0.2687539074700052, abs=1e-14)
    assert theil.table["group"].tolist() == ["carers", "council", None]
    assert theil.table["share"].sum() == pytest.approx(1)
    gini = lp.decompose_inequality(x, groups, "gini")
    assert gini.value == pytest.approx(lp.gini(x).value)
    assert gini.between + gini.within + gini.overlap == pytest.approx(gini.value)
    atkinson = lp.decompose_inequality(x, groups, "atkinson", epsilon=1)
    assert (1 - atkinson.between) * (1 - atkinson.within) == pytest.approx(1 - atkinson.value)
    assert "atkinson" in atkinson.method


def test_having_nothing_is_stated():
    assert lp.theil([0, 1], "L").warnings == ["1 of 2 have nothing, which makes Theil's L infinite"]
    assert lp.atkinson([0, 1], 1).warnings == ["1 of 2 have nothing, which makes Atkinson's index 1"]
    assert lp.theil([0, 0]).warnings == ["undefined: there is nothing that is shared"]
    split = lp.decompose_inequality([0, 0, 5], ["carers", "carers", "university"])
    assert split.within == 0
    assert split.table["zeros"].tolist() == [2, 0]
    assert len(split.warnings) == 2


def test_refusals():
    with pytest.raises(lp.InputError, match="position 1"):
        lp.theil([1, -2])
    with pytest.raises(lp.InputError, match="epsilon"):
        lp.atkinson([1, 2], 0)
    with pytest.raises(lp.InputError, match="theil-t, theil-l, atkinson, gini"):
        lp.decompose_inequality([1, 2], ["a", "b"], "variance")
    with pytest.raises(lp.InputError, match="length"):
        lp.decompose_inequality([1, 2], ["a"])
