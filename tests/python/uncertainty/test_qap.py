"""Correlation and regression of networks as a user calls them, beside R's sna."""

import os
from pathlib import Path

import linkpin as lp
import numpy as np
import pytest

DATA = Path(os.environ.get("LINKPIN_DATA", Path(__file__).resolve().parents[4] / "shared" / "data"))
TRADE = DATA / "mrqap_trade"
PREDICTORS = ("crudematerials", "foods", "manufacturedgoods", "minerals")


def trade(name):
    if not TRADE.exists():
        pytest.skip("reference data mrqap_trade is not here; set LINKPIN_DATA to the folder with it")
    return np.loadtxt(TRADE / f"{name}.dat")


def test_trade_explains_embassies_as_in_sna():
    # R 4.2.2, sna 2.7-1: netlm(diplomatic, list(...), mode = "digraph", nullhyp = "qapspp", reps = 2000), seed 42.
    want = {
        "(intercept)": (0.339307616325730477, 12.2459752720702788, 0.0, 0.0),
        "crudematerials": (0.109232909005463300, 2.4449274380408896, 0.0110, 0.0285),
        "foods": (0.049975495591082046, 1.1566707690597926, 0.1450, 0.2920),
        "manufacturedgoods": (0.367435047723983055, 8.2254347700163368, 0.0, 0.0),
        "minerals": (0.140150746537943072, 3.2675299727922642, 0.0065, 0.0180),
    }
    result = lp.mrqap(trade("diplomatic"), {name: trade(name) for name in PREDICTORS}, permutations=1999, seed=3)
    for row in result.table.rows():
        estimate, t, greater, both = want[row["term"]]
        assert row["estimate"] == pytest.approx(estimate, abs=1e-8)
        assert row["t"] == pytest.approx(t, abs=1e-8)
        for got, other in ((row["p_greater"], greater), (row["p_two_sided"], both)):
            p = max(other, 1 / 2000)
            assert abs(got - other) < 4 * np.sqrt(2 * p * (1 - p) / 2000) + 1 / 2000
    assert result.dyads == 24 * 23
    assert result.seed == 3


def test_trade_explains_embassies_in_logits_as_in_sna():
    # Estimates and t of R 4.2.2's glm on 552 dyads, run until nothing changes (epsilon = 1e-15); netlogit of sna
    # stops at 1e-8 and has the same to 1e-7. Its p of greater and two-sided: nullhyp = "qapspp", reps = 1000, seed 42.
    want = {
        "(intercept)": (-0.78063360242860835, -4.9888652661554, 0.961, 0.039),
        "crudematerials": (0.59623526112749703, 2.2286318189015, 0.011, 0.025),
        "foods": (0.30928172079386035, 1.1578714644304, 0.137, 0.279),
        "manufacturedgoods": (1.80356007541593488, 6.7829547432742, 0.0, 0.0),
        "minerals": (1.61641049360426758, 3.7598355027612, 0.004, 0.006),
    }
    predictors = {name: trade(name) for name in PREDICTORS}
    result = lp.mrqap(trade("diplomatic"), predictors, outcome="binary", permutations=999, seed=3)
    for row in result.table.rows():
        estimate, t, greater, both = want[row["term"]]
        assert row["estimate"] == pytest.approx(estimate, abs=1e-8)
        assert row["t"] == pytest.approx(t, abs=1e-6)
        for got, other in ((row["p_greater"], greater), (row["p_two_sided"], both)):
            p = max(other, 1 / 1000)
            assert abs(got - other) < 4 * np.sqrt(2 * p * (1 - p) / 1000) + 1 / 1000
    assert result.aic == pytest.approx(514.732803145772, abs=1e-6)
    assert result.deviance == pytest.approx(504.732803145772, abs=1e-6)


def test_networks_are_matched_by_name():
    trust = lp.Network.from_edges(["a", "b", "c", "d"], ["b", "c", "a", "a"], [1.0, 2.0, 3.0, 5.0])
    money = lp.Network.from_edges(["d", "c", "b", "a"], ["a", "a", "c", "c"], nodes=["d", "c", "b", "a"])
    by_name = lp.qap(trust, money, seed=1)
    plain = np.zeros((4, 4))
    for u, v in (("a", "b"), ("b", "c"), ("c", "a"), ("d", "a")):
        plain["abcd".index(u), "abcd".index(v)] = 1
    other = np.zeros((4, 4))
    for u, v in (("d", "a"), ("c", "a"), ("b", "c"), ("a", "c")):
        other["abcd".index(u), "abcd".index(v)] = 1
    off = ~np.eye(4, dtype=bool)
    assert by_name.value == pytest.approx(np.corrcoef(plain[off], other[off])[0, 1])
    assert by_name.value == pytest.approx(lp.qap(plain, other, seed=1).value)
    weighted = lp.qap(trust, money, weights="weight", seed=1)
    assert weighted.value != pytest.approx(by_name.value)
    stranger = lp.Network.from_edges(["a", "b", "c"], ["b", "c", "x"])
    with pytest.raises(lp.InputError, match="not in every network"):
        lp.qap(trust, stranger)


def test_frames_are_matched_by_name():
    pandas = pytest.importorskip("pandas")
    rng = np.random.default_rng(1)
    names = list("abcdefg")
    y, x = (pandas.DataFrame(rng.normal(size=(7, 7)), names, names) for _ in range(2))
    shuffled = x.loc[names[::-1], names[::-1]]
    assert lp.qap(y, shuffled, seed=1).value == pytest.approx(lp.qap(y, x, seed=1).value)


def test_unanswered_dyads_stay_out():
    rng = np.random.default_rng(2)
    y, x = rng.normal(size=(2, 10, 10))
    y[3] = np.nan
    result = lp.mrqap(y, {"x": x}, permutations=99, seed=1)
    assert result.dyads == 81
    assert any("9 of 90 dyads" in w for w in result.warnings)
    seen = ~np.isnan(y) & ~np.eye(10, dtype=bool)
    slope = np.polyfit(x[seen], y[seen], 1)
    assert result.table["estimate"].tolist() == pytest.approx(slope[::-1].tolist())


def test_a_relation_between_binary_networks():
    rng = np.random.default_rng(4)
    x = rng.normal(size=(20, 20))
    y = (rng.random((20, 20)) < 1 / (1 + np.exp(-x))).astype(float)
    result = lp.mrqap(y, {"x": x}, outcome="binary", permutations=99, seed=1)
    assert result.table["estimate"][1] == pytest.approx(1, abs=0.5)
    assert result.table["p_two_sided"][1] == pytest.approx(0.01)
    assert result.deviance < result.null_deviance
    with pytest.raises(lp.InputError, match="continuous, binary"):
        lp.mrqap(y, {"x": x}, outcome="count")


def test_results_say_what_they_are():
    rng = np.random.default_rng(5)
    y, x = rng.normal(size=(2, 9, 9))
    result = lp.qap(y, x, permutations=99)
    assert isinstance(result.seed, int)
    again = lp.qap(y, x, permutations=99, seed=result.seed)
    assert again.p == result.p
    assert result.table.columns == lp.mrqap(y, {"x": x}, permutations=9).table.columns
    assert 0 < result.p <= 1
    assert "Krackhardt" in result.reference
    assert "Dekker" in lp.mrqap.__doc__
    for threads in (1, 2, 8):
        assert lp.mrqap(y, {"x": x}, seed=1, threads=threads).table == lp.mrqap(y, {"x": x}, seed=1).table
    with pytest.raises(lp.InputError, match="square"):
        lp.qap(np.zeros((2, 3)), np.zeros((2, 3)))
    with pytest.raises(lp.InputError, match="name of the outcome"):
        lp.mrqap(y, {"y": x})
