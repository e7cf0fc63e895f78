"""Voting power as a user calls it."""

import itertools
import math
from fractions import Fraction

import linkpin as lp
import numpy as np
import pytest

EEC = {"DE": 4, "FR": 4, "IT": 4, "BE": 2, "NL": 2, "LU": 1}


def by_orders(weights, quota):
    """Go through every order of the members and see who turns a losing coalition into a winning one."""
    turns = [0] * len(weights)
    for order in itertools.permutations(range(len(weights))):
        total = 0
        for i in order:
            total += weights[i]
            if total >= quota:
                turns[i] += 1
                break
    return [Fraction(t, math.factorial(len(weights))) for t in turns]


def test_the_eec_of_1958():
    # Felsenthal & Machover 1998, The Measurement of Voting Power, chapter 5.
    result = lp.power_index(EEC, 12)
    np.testing.assert_array_equal(result.values, np.array([14, 14, 14, 9, 9, 0]) / 60)
    assert list(map(float, by_orders(list(EEC.values()), 12))) == result.values.tolist()
    banzhaf = lp.power_index(EEC, 12, "banzhaf")
    np.testing.assert_array_equal(banzhaf.values, np.array([5, 5, 5, 3, 3, 0]) / 21)
    assert banzhaf.table.columns == ["member", "votes", "power", "absolute", "pivots"]
    assert banzhaf.table["member"].tolist() == list(EEC)
    assert "10.2307/1951053" in result.reference
    assert "banzhaf" in banzhaf.method


def test_the_security_council():
    # Five vetoes, ten others, nine votes carry: C(9, 3) 8! 6! / 15! = 4/2145 each; C(9, 3) = 84 swings of 5080.
    council = [7] * 5 + [1] * 10
    np.testing.assert_array_equal(lp.power_index(council, 39).values[[0, 14]], [421 / 2145, 4 / 2145])
    np.testing.assert_array_equal(lp.power_index(council, 39, "banzhaf").values[[0, 14]], [848 / 5080, 84 / 5080])


def test_a_chair_with_a_casting_vote():
    # Of four with one vote each the chair decides second or third in the order: half of the orders.
    for quota in (2, 2.5, 3):
        result = lp.power_index([1, 1, 1, 1], quota, casting=0)
        np.testing.assert_array_equal(result.values, [1 / 2, 1 / 6, 1 / 6, 1 / 6])
    named = lp.power_index({"chair": 1, "ann": 1}, 2, casting="chair")
    np.testing.assert_array_equal(named.values, [1, 0])
    assert lp.power_index([1, 1, 1], 2, casting=0).warnings == [
        "the casting vote changes nothing: votes can never be equal"
    ]


def test_blocs_are_scored_as_one():
    result = lp.power_index([1] * 7, 4, blocs=["council"] * 4 + ["carers", "carers", None], names=list("abcdefg"))
    assert result.table["member"].tolist() == ["council", "carers", "g"]
    assert result.table["votes"].tolist() == [4, 2, 1]
    np.testing.assert_array_equal(result.values, [1, 0, 0])


def test_shares_add_to_one_and_follow_votes():
    rng = np.random.default_rng(4)
    for _ in range(100):
        votes = rng.integers(0, 30, rng.integers(1, 40))
        if votes.sum() == 0:
            continue
        for kind in ("shapley-shubik", "banzhaf"):
            values = lp.power_index(votes, votes.sum() // 2 + 1, kind).values
            assert values.sum() == pytest.approx(1, abs=1e-12)
            order = np.argsort(votes, kind="stable")
            assert (np.diff(values[order]) >= -1e-15).all()
            assert (values[votes == 0] == 0).all()


def test_nobody_has_power():
    result = lp.power_index([1, 1], 3)
    assert np.isnan(result.values).all()
    assert result.warnings == ["nobody has power: all votes together do not reach the quota"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([1, -1], 1), "voter 1"),
        (([1, 1], 0), "quota"),
        (([[1, 1]], 1), "dimensions"),
        (([1, 1], 2, "owen"), "choose one of: shapley-shubik, banzhaf"),
        (([1, 1], 2, "banzhaf", 2), "casting = 2"),
        (([1, 1], 2, "banzhaf", "x"), "name one of: 0, 1"),
    ],
)
def test_refusals(arguments, message):
    with pytest.raises(lp.InputError, match=message):
        lp.power_index(*arguments)
