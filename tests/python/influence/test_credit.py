"""Credit as a user calls it."""

import linkpin as lp
import numpy as np
import pytest


def test_published_games():
    costs = {"a": 6, "b": 12, "c": 42}
    result = lp.shapley(costs, lambda who: max(costs[i] for i in who))
    np.testing.assert_allclose(result.values, [2, 5, 35], atol=1e-12)
    assert result.exact
    assert result.total == 42
    large = [120, 60, 40, 30]
    values = lp.shapley(4, lambda who: max(large[i] for i in who)).values
    np.testing.assert_allclose(values, [80.8333, 20.8333, 10.8333, 7.5], atol=5e-5)
    np.testing.assert_allclose(lp.shapley_success([0.5, 0.2]).values, [0.45, 0.15])
    np.testing.assert_allclose(lp.shapley_success([0.5, 0.2, 0.1]).values, [0.428333, 0.143333, 0.068333], atol=5e-7)


def test_sampled_games_have_intervals():
    result = lp.shapley(20, lambda who: len(who) ** 2, permutations=400, seed=1)
    assert not result.exact
    assert "sampled" in result.method
    assert result.values.sum() == pytest.approx(400)
    np.testing.assert_allclose(result.values, 20, atol=3)
    assert result.interval.columns == ["player", "shapley", "low", "high"]
    assert result == lp.shapley(20, lambda who: len(who) ** 2, permutations=400, seed=1)
    with pytest.raises(lp.InputError, match="finite"):
        lp.shapley(2, lambda who: float("nan"))
    with pytest.raises(ZeroDivisionError):
        lp.shapley(2, lambda who: 1 / 0)


def test_credit_for_reach():
    # Carers' diary and trial both reach the guideline, the survey alone the law.
    net = lp.Network.from_edges(
        ["diary", "trial", "survey", "survey"],
        ["guideline", "guideline", "guideline", "law"],
        groups={"diary": "carers", "trial": "university", "survey": "university", "guideline": "", "law": ""},
    )
    result = lp.shapley_reach(net, ["diary", "trial", "survey"], ["guideline", "law"])
    np.testing.assert_allclose(result.values, [1 / 3, 1 / 3, 4 / 3])
    assert result.total == 2 == pytest.approx(result.values.sum())
    by_group = lp.shapley_reach(net, ["diary", "trial", "survey"], ["guideline", "law"], groups="group")
    rows = {r["player"]: r for r in by_group.table.rows()}
    assert rows["carers"]["shapley"] == pytest.approx(0.5)
    assert rows["carers"]["fractional"] == pytest.approx(1 / 3)
    assert rows["university"]["only"] == 1
    assert by_group.table["fractional"].sum() == pytest.approx(2)
    with pytest.raises(lp.InputError, match="belongs to none"):
        lp.shapley_reach(net, ["guideline"], ["law"], groups="group")


def test_credit_for_success_by_group():
    result = lp.shapley_success({"ann": 0.5, "ben": 0.2, "cat": 0.1}, groups={"ann": "x", "ben": "y", "cat": "x"})
    assert result.players == ["x", "y"]
    np.testing.assert_allclose(result.values, lp.shapley_success([0.55, 0.2]).values)
    with pytest.raises(lp.InputError, match="has none"):
        lp.shapley_success({"ann": 0.5}, groups={})
