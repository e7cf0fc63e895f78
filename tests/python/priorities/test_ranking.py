"""Rankings as a user gives them: arrays, frames, mappings."""

import itertools

import linkpin as lp
import numpy as np
import pytest

# Tennessee's capital: 42, 26, 15 and 17 voters in a hundred.
CITIES = ["Memphis", "Nashville", "Chattanooga", "Knoxville"]
VOTES = [[1, 2, 3, 4]] * 42 + [[4, 1, 2, 3]] * 26 + [[4, 3, 1, 2]] * 15 + [[4, 3, 2, 1]] * 17


def test_concordance_is_friedmans_statistic():
    stats = pytest.importorskip("scipy.stats")
    rng = np.random.default_rng(2)
    for _ in range(30):
        judges, items = rng.integers(2, 8), rng.integers(3, 7)
        ranks = rng.integers(1, 6, (judges, items))
        result = lp.concordance(ranks, seed=1, permutations=99)
        if np.isnan(result.value):
            continue
        want = stats.friedmanchisquare(*ranks.T)
        assert result.chi_square == pytest.approx(want.statistic, abs=1e-10)
        assert result.p_chi_square == pytest.approx(want.pvalue, abs=1e-10)
        assert result.value == pytest.approx(want.statistic / (judges * (items - 1)), abs=1e-12)


def test_concordance_as_users_call_it():
    # R 4.2: friedman.test(rbind(...))$statistic / (3 * 4) = 0.9074074074074074.
    ranks = {"carers": [1, 2.5, 2.5, 4, 5], "council": [1.5, 1.5, 3, 4, 5], "funder": [1, 2, 4, 4, 4]}
    result = lp.concordance(ranks)
    assert result.value == pytest.approx(0.9074074074074074, abs=1e-14)
    assert result.exact
    assert result.seed is None
    assert result.table["rank_sum"].tolist() == [3.5, 6, 9.5, 12, 14]
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(ranks.values(), index=list(ranks), columns=list("abcde"))
    assert lp.concordance(frame).table["item"].tolist() == list("abcde")
    assert lp.concordance(-frame, best="high").value == result.value
    sampled = lp.concordance(ranks, test="permutation", permutations=999, seed=3)
    assert sampled.seed == 3
    assert abs(sampled.p - result.p) < 5 * sampled.monte_carlo_error + 1e-3
    assert sampled.p == lp.concordance(ranks, test="permutation", permutations=999, seed=3, threads=2).p


def test_agreement_of_pairs():
    stats = pytest.importorskip("scipy.stats")
    rng = np.random.default_rng(5)
    ranks = rng.integers(1, 5, (4, 6))
    table = lp.agreement(ranks, 2).table
    for row in table.rows():
        want = stats.kendalltau(ranks[int(row["a"])], ranks[int(row["b"])]).statistic
        assert row["tau"] == pytest.approx(want, abs=1e-12)
        assert row["top_low"] <= row["top"] <= row["top_high"]
    lists = lp.agreement({"carers": {"respite": 1, "pay": 2, "work": 3}, "council": {"pay": 1, "respite": 2}}, 1)
    assert lists.table["a"].tolist() == ["carers"]
    # Nothing shared at depth 1, both at 2: (1 - p) p^1 2/2 and more, with p = 0.9.
    assert 0.09 < lists.table["overlap_low"][0] < lists.table["overlap"][0] < lists.table["overlap_high"][0] < 1
    assert lists.warnings == ["1 of 2 judges left items out: no tau and no top with them"]


def test_three_ways_to_one_order():
    ranks = [dict(zip(CITIES, vote, strict=True)) for vote in VOTES]
    ballots = {str(i): vote for i, vote in enumerate(ranks)}
    kemeny = lp.consensus(ballots, "kemeny", groups=["west"] * 42 + ["rest"] * 58)
    assert kemeny.table["item"].tolist() == ["Nashville", "Chattanooga", "Knoxville", "Memphis"]
    assert kemeny.overruled == 207
    assert kemeny.winner == "Nashville"
    cost = {row["group"]: row for row in kemeny.cost.rows()}
    assert cost["west"]["share"] == pytest.approx(3 / 6)
    assert cost["west"]["overruled"] + cost["rest"]["overruled"] == 207
    assert lp.consensus(ballots, "borda").table["score"].tolist() == [88, 46, -48, -86]
    assert lp.consensus(ballots, "condorcet").cycles == []


def test_kemeny_by_every_order():
    rng = np.random.default_rng(8)
    for _ in range(20):
        votes = np.array([rng.permutation(5) + 1 for _ in range(4)])

        def cost(order, votes=votes):
            place = np.argsort(order)
            before = place[:, None] < place[None, :]
            return sum(int((before & (v[:, None] > v[None, :])).sum()) for v in votes)

        best = min(cost(order) for order in itertools.permutations(range(5)))
        assert lp.consensus(votes, "kemeny").overruled == best


def test_a_circle_of_majorities_is_said():
    result = lp.consensus([[1, 2, 3], [3, 1, 2], [2, 3, 1]], "condorcet")
    assert result.winner is None
    assert result.cycles == [["0", "1", "2"]]
    assert result.table["rank"].tolist() == [2, 2, 2]
    assert "circles" in result.warnings[0]


def test_a_panel():
    columns = [[7, 7, 8, 8, 8, 9, 9, 9, 9], [1, 1, 1, 2, 5, 8, 9, 9, 9], [6, 6, 6, 6, 7, 7, 7, 7, 9]]
    ratings = np.array(columns).T
    table = lp.delphi(ratings).table
    assert table["verdict"].tolist() == ["appropriate", "uncertain", "appropriate"]
    assert table["disagreement"].tolist() == [False, True, False]
    np.testing.assert_allclose(table["percentile_30"], np.quantile(ratings, 0.3, axis=0))
    again = lp.delphi(ratings, previous=np.where(ratings == 9, 8, ratings)).table
    assert again["changed"].tolist() == [4, 3, 1]
    assert again["stayed"].tolist() == [5, 6, 8]


def test_refusals():
    with pytest.raises(lp.InputError, match="judge 1, item 0"):
        lp.concordance([[1, 2], [None, 1]])
    with pytest.raises(lp.InputError, match="ranks"):
        lp.concordance([[1, 2], [1]])
    with pytest.raises(lp.InputError, match="best"):
        lp.concordance([[1, 2]], best="middle")
    with pytest.raises(lp.InputError, match="choose one of: borda, condorcet, kemeny"):
        lp.consensus([[1, 2]], "dictator")
    with pytest.raises(lp.InputError, match="groups"):
        lp.consensus([[1, 2]], groups=["a", "b"])
    with pytest.raises(lp.LimitError, match="16 items"):
        lp.consensus([list(range(17))], "kemeny")
    with pytest.raises(lp.InputError, match="panellist 0, item 1"):
        lp.delphi([[1, 10]])
    assert len(lp.consensus([]).table) == 0


def test_judges_with_different_numbers_of_items_are_told_so():
    with pytest.raises(lp.InputError, match="one judge has 2 and another 3"):
        lp.concordance({"a": [1, 2], "b": [1, 2, 3]})


def test_judges_are_named_as_the_user_names_them():
    with pytest.raises(lp.InputError, match=r"concordance: ranks = missing \(judge ann, item care\)"):
        lp.concordance({"ben": {"care": 1, "money": 2}, "ann": {"money": 1}})
    with pytest.raises(lp.InputError, match=r"delphi: ratings = 10 \(panellist ann, item 1\)"):
        lp.delphi({"ben": [1, 2], "ann": [3, 10]})
    with pytest.raises(lp.InputError, match=r"delphi: previous = 2.5 \(panellist ben, item 0\)"):
        lp.delphi({"ben": [1, 2]}, previous={"ben": [2.5, 3]})
