"""Belief in a contribution claim, with worked values."""

import itertools

import linkpin as lp
import numpy as np
import pytest

GUN = {"sensitivity": 0.3, "type_one": 0.0}
HOOP = {"sensitivity": 0.8, "type_one": 0.2}


def posterior(*outcomes):
    return lp.contribution(0.5, [{**test, "passed": passed} for test, passed in outcomes]).value


def test_worked_values():
    # By hand: 1 / (1 + T1 / Se), (1 - Se) / ((1 - Se) + (1 - T1)), and their products.
    assert posterior((GUN, True)) == 1
    assert posterior((GUN, False)) == pytest.approx(0.411765, abs=1e-6)
    assert posterior((HOOP, True)) == pytest.approx(0.8)
    assert posterior((HOOP, False)) == pytest.approx(0.2)
    assert posterior((GUN, False), (HOOP, True)) == pytest.approx(0.736842, abs=1e-6)
    assert posterior((GUN, False), (HOOP, False)) == pytest.approx(0.148936, abs=1e-6)
    assert lp.contribution(0.5, [{**HOOP, "passed": True}]).decibans == pytest.approx(6.0206, abs=1e-4)
    assert lp.contribution(0.3, []).value == pytest.approx(0.3)


def test_bounds_hold_the_whole_box():
    # Absent evidence with Se in [.6, .9], T1 in [.05, .3]: least belief where Se is highest and T1 lowest, .1 / 1.05.
    absent = {"sensitivity": (0.6, 0.9), "type_one": (0.05, 0.3), "passed": False}
    result = lp.contribution(0.5, [absent])
    assert result.lower == pytest.approx(0.1 / 1.05)
    assert result.upper == pytest.approx(0.4 / 1.1)
    assert result.interval == (result.lower, result.upper)
    found = {"sensitivity": (0.5, 0.7), "type_one": (0.1, 0.2), "passed": True}
    both = lp.contribution((0.2, 0.6), [absent, found])
    corners = [
        lp.contribution(
            p,
            [
                {**absent, "sensitivity": a, "type_one": b},
                {**found, "sensitivity": c, "type_one": d},
            ],
        ).value
        for p, a, b, c, d in itertools.product((0.2, 0.6), (0.6, 0.9), (0.05, 0.3), (0.5, 0.7), (0.1, 0.2))
    ]
    assert both.lower == pytest.approx(min(corners))
    assert both.upper == pytest.approx(max(corners))


def test_tests_that_depend_on_each_other_count_once():
    one = {"sensitivity": 0.8, "type_one": 0.2, "passed": True}
    twice = lp.contribution(0.5, [{**one, "group": "interviews"}, {**one, "group": "interviews"}])
    assert twice.value == pytest.approx(0.8)
    assert twice.if_independent == pytest.approx(16 / 17)
    # Any dependence: both found with a chance from .6 to .8 if true, from 0 to .2 if false.
    assert twice.lower == pytest.approx(0.6 / 0.8)
    assert twice.upper == 1
    assert any("most telling" in w for w in twice.warnings)
    apart = lp.contribution(0.5, [{**one, "group": "a"}, {**one, "group": "b"}])
    assert apart.value == apart.lower == apart.upper == pytest.approx(16 / 17)


def test_the_bounds_contain_every_joint_distribution():
    # Random dependence between two tests, of which one passed: a joint table with the given margins.
    rng = np.random.default_rng(1)
    tests = [
        {"sensitivity": 0.7, "type_one": 0.4, "passed": True, "group": "g"},
        {"sensitivity": 0.6, "type_one": 0.3, "passed": False, "group": "g"},
    ]
    result = lp.contribution(0.5, tests)
    for _ in range(200):
        chances = []
        for a, b in ((0.7, 0.6), (0.4, 0.3)):
            both = rng.uniform(max(0, a + b - 1), min(a, b))
            chances.append(a - both)  # the first found, the second not
        value = chances[0] / sum(chances)
        assert result.lower - 1e-12 <= value <= result.upper + 1e-12


def test_the_verdict_flips_where_it_says():
    tests = [{"sensitivity": 0.6, "type_one": 0.3, "passed": True}, {**HOOP, "passed": False}]
    result = lp.contribution(0.7, tests)
    flip = result.table["flip_type_one"]
    for i in range(2):
        if np.isnan(flip[i]):
            continue
        moved = [{**t, "type_one": flip[i]} if i == j else t for j, t in enumerate(tests)]
        assert lp.contribution(0.7, moved).value == pytest.approx(0.5)
    assert lp.contribution(result.flip_prior, tests).value == pytest.approx(0.5)
    assert result.table["kind"].tolist() == ["doubly decisive", "doubly decisive"]
    assert np.isfinite(flip).any()


def test_what_cannot_be_is_said():
    never = lp.contribution(0.5, [{"sensitivity": 0.0, "type_one": 0.0, "passed": True}])
    assert np.isnan(never.value)
    assert never.warnings
    for wrong, words in (
        ({"sensitivity": 1.2, "type_one": 0.1, "passed": True}, "sensitivity"),
        ({"sensitivity": (0.9, 0.2), "type_one": 0.1, "passed": True}, "lower to the higher"),
        ({"sensitivity": 0.5, "type_one": float("nan"), "passed": True}, "type_one"),
        ({"sensitivity": 0.5, "passed": True}, "missing"),
        ({"sensitivity": 0.5, "type_one": 0.1, "passed": True, "colour": 1}, "colour"),
    ):
        with pytest.raises(lp.InputError, match=words):
            lp.contribution(0.5, [wrong])
    with pytest.raises(lp.InputError, match="prior"):
        lp.contribution(1.5, [])
    assert "Befani" in lp.contribution(0.5, []).reference


def test_the_joint_box_of_what_was_not_found():
    # Sensitivity .6 to .9, type one .05 to .3, prior .5, evidence absent: at least .1 / (.1 + .95) = .095.
    box = [{"sensitivity": (0.6, 0.9), "type_one": (0.05, 0.3), "passed": False}]
    assert lp.contribution(0.5, box).interval[0] == pytest.approx(0.1 / 1.05)


@pytest.mark.parametrize("passed", ["no", None, 2, float("nan")])
def test_found_or_not_is_said_plainly(passed):
    with pytest.raises(lp.InputError, match="test 1: passed"):
        lp.contribution(0.5, [{"sensitivity": 0.8, "type_one": 0.1, "passed": passed}])
    yes = [{"sensitivity": 0.8, "type_one": 0.1, "passed": np.bool_(True)}]
    assert lp.contribution(0.5, yes).value == pytest.approx(8 / 9)


def test_what_is_no_probability_is_named():
    with pytest.raises(lp.InputError, match="prior = 'likely'"):
        lp.contribution("likely", [])
    with pytest.raises(lp.InputError, match="test 1: type_one"):
        lp.contribution(0.5, [{"sensitivity": 0.8, "type_one": (0.1, 0.2, 0.3), "passed": True}])
