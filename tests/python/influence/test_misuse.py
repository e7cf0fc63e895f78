"""What a measure says to who gives it the wrong thing: function, argument, value and remedy."""

import linkpin as lp
import pytest


@pytest.fixture(scope="module")
def eco():
    return lp.Ecosystem.from_columns(
        {"id": ["paper", "plan"], "kind": ["evidence", "policy"], "date": ["2018", "2020"]},
        {"from": ["paper"], "to": ["plan"], "kind": ["informs"]},
    )


@pytest.fixture(scope="module")
def net(eco):
    return lp.knowledge_network(eco)


def test_things_of_the_wrong_kind_are_named(eco, net):
    with pytest.raises(lp.InputError, match=r"pathways: net = Ecosystem.*: give a network"):
        lp.pathways(eco, "paper", "plan", 0.5)
    with pytest.raises(lp.InputError, match=r"lags: eco = Network.*: give the ecosystem"):
        lp.lags(net)
    with pytest.raises(lp.InputError, match=r"reach: what = 'folder': give the ecosystem"):
        lp.reach("folder")
    with pytest.raises(lp.InputError, match=r"pathways: k = 1.5: give a whole number"):
        lp.pathways(net, "paper", "plan", 0.5, k=1.5)
    with pytest.raises(lp.InputError, match=r"reliability: seed = -1: give 0 or more"):
        lp.reliability(net, "paper", "plan", 0.5, seed=-1)
    with pytest.raises(lp.InputError, match=r"shapley_success: .*'x': give numbers"):
        lp.shapley_success({"ann": "x"})


def test_what_a_callback_raises_stays_its_own():
    def worth(_):
        raise ValueError("not known")

    with pytest.raises(ValueError, match="not known") as error:
        lp.shapley(3, worth)
    assert not isinstance(error.value, lp.InputError)
    with pytest.raises(lp.InputError, match=r"shapley: worth = None \(0\): return a number"):
        lp.shapley(3, lambda _: None)
    with pytest.raises(TypeError, match="unexpected keyword"):
        lp.shapley(3, len, colour="red")


def test_names_and_kinds_that_are_not_there(eco, net):
    with pytest.raises(lp.InputError, match=r"reach: sources: .*'nobody'"):
        lp.reach(eco, "nobody")
    with pytest.raises(lp.InputError, match=r"reach_sensitivity: sources = None"):
        lp.reach_sensitivity(lp.Ecosystem.from_columns({"id": ["a"]}))
    with pytest.raises(lp.InputError, match=r"stranded: ties = loves: the ecosystem has: informs"):
        lp.stranded(eco, ties=["loves"])
    with pytest.raises(lp.InputError, match=r"gap_worth: gaps = .*pairs of names"):
        lp.gap_worth(net, "paper", "plan", [("paper", "plan", 1)], p=0.5)
    with pytest.raises(lp.InputError, match=r"shapley: players = -1"):
        lp.shapley(-1, len)


def test_one_kind_may_be_given_as_a_text(eco):
    one, several = (lp.lags(eco, "evidence", "policy", ties=ties, seed=1) for ties in ("informs", ["informs"]))
    assert one.counts == several.counts
    assert len(one.pairs) == 1
    assert lp.stranded(eco, ties="informs").table["reaches"].tolist() == ["policy"]


def test_a_map_says_what_is_wrong_with_it():
    with pytest.raises(lp.InputError, match=r"CognitiveMap: weights: .*rows of numbers"):
        lp.CognitiveMap(["a", "b"], [["x", "y"], ["x", "y"]])
    with pytest.raises(lp.InputError, match=r"CognitiveMap.run: most_steps = 1.5: give a whole number"):
        lp.CognitiveMap(["a"], [[0]]).run([1], most_steps=1.5)


def test_whom_to_tell_says_what_it_lacks():
    net = lp.Network.from_edges(["a", "b"], ["b", "c"], weight=[2.0, 1.0])
    with pytest.raises(lp.InputError, match=r"spread: p = None: .*up to 2, are no chances"):
        lp.spread(net, ["a"])
    with pytest.raises(lp.InputError, match=r"choose_seeds: k = None"):
        lp.choose_seeds(net, p=0.5)
    with pytest.raises(lp.InputError, match=r"choose_seeds: groups = None: floors need groups"):
        lp.choose_seeds(net, 1, p=0.5, floors={"carers": 0.5})


def test_a_result_shows_its_interval_and_how_to_read_it(net):
    said = repr(lp.reliability(net, "paper", "plan", 0.5, "sampled", seed=1))
    assert "interval: 0.4" in said and "Wilson" in said
    assert "how to read it: " in said
