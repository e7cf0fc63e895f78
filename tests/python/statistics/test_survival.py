"""Curves of times as users call them. 6-MP and placebo: Freireich et al. 1963; values of R's survival 3.5-3."""

import linkpin as lp
import numpy as np
import pytest

TREATED = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
RELAPSED = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
TIME, OBSERVED = TREATED + PLACEBO, RELAPSED + [1] * 21
GROUPS = ["6-MP"] * 21 + ["placebo"] * 21


def test_the_published_curve():
    result = lp.kaplan_meier(TREATED, RELAPSED)
    table = result.table
    assert table["time"].tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert table["survival"].round(4).tolist() == [0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482]
    assert table["lower"][0] == pytest.approx(0.619717955265984, abs=1e-12)
    assert table["upper"][-1] == pytest.approx(0.680142628495241, abs=1e-12)
    assert result.median == 23
    assert "log-log" in result.interval_of
    assert len(result.interval) == 7


def test_groups_get_a_curve_each_and_observed_may_be_booleans():
    result = lp.kaplan_meier(TIME, np.array(OBSERVED, dtype=bool), groups=GROUPS)
    assert result.summary["group"].tolist() == ["6-MP", "placebo"]
    assert result.summary["median"].tolist() == [23, 8]
    frame = result.table.to_pandas()
    assert frame.groupby("group").size().to_dict() == {"6-MP": 7, "placebo": 12}
    alone = lp.kaplan_meier(TREATED, RELAPSED).table["survival"]
    assert frame.loc[frame.group == "6-MP", "survival"].tolist() == alone.tolist()


def test_clusters_are_counted_within_their_group():
    result = lp.kaplan_meier(TIME, OBSERVED, groups=GROUPS, clusters=[f"award {i // 3}" for i in range(42)])
    assert result.summary["clusters"].tolist() == [7, 7]
    assert result.table["error"][0] == pytest.approx(0.132260014253222, abs=1e-12)
    assert any(w.startswith("6-MP: only 7 clusters") for w in result.warnings)


def test_logrank_with_and_without_clusters():
    result = lp.logrank(TIME, OBSERVED, GROUPS)
    assert result.value == pytest.approx(16.7929409892165)
    assert result.p == pytest.approx(4.16880910933948e-05)
    assert result.table["group"].tolist() == ["6-MP", "placebo"]
    assert result.table["expected"].sum() == pytest.approx(30)
    robust = lp.logrank(TIME, OBSERVED, GROUPS, clusters=[i // 3 for i in range(42)])
    assert robust.value == pytest.approx(8.05625267108959)


def test_what_is_truncated_says_so():
    result = lp.right_truncated([1, 2, 2, 5], [9, 9, 9, 9])
    assert result.table["survival"].tolist() == pytest.approx([0.75, 0.25, 0])
    assert "does not say what share" in result.warnings[0]


def test_turnbull_takes_a_missing_end_as_not_yet():
    result = lp.turnbull([0, 1, 2, 5], [1, 2, 4, np.nan], replicates=50, seed=3)
    assert result.table["mass"].sum() == pytest.approx(1)
    assert np.isinf(result.table["right"][-1])
    assert result.seed == 3
    assert result.interval_of.endswith("50 draws of rows")
    assert lp.turnbull([0], [1], replicates=2).seed is not None


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: lp.kaplan_meier([1, -2], [1, 1]), "row 1"),
        (lambda: lp.kaplan_meier([1, np.nan], [1, 1]), "time = nan"),
        (lambda: lp.kaplan_meier([1], [2]), "give True"),
        (lambda: lp.kaplan_meier(["soon"], [1]), "one number a row"),
        (lambda: lp.kaplan_meier([[1]], [1]), "dimensions"),
        (lambda: lp.kaplan_meier([1, 2], [1]), "observed"),
        (lambda: lp.logrank([1, 2], [1, 1], ["a"]), "groups has 1 labels"),
        (lambda: lp.logrank([1, 2], [1, 1], ["a", None]), "row 1"),
        (lambda: lp.turnbull([2], [1]), "before from"),
        (lambda: lp.kaplan_meier([1, 2], [1, 1], clusters=["a"]), "clusters has 1 labels"),
    ],
)
def test_refusals(call, says):
    with pytest.raises(lp.InputError, match=says):
        call()


def test_nothing_gives_nothing_and_says_so():
    assert len(lp.kaplan_meier([], []).table) == 0
    assert lp.kaplan_meier([], []).warnings
    assert len(lp.kaplan_meier([], [], groups=[]).table) == 0
    assert np.isnan(lp.logrank([], [], []).value)
