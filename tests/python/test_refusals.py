"""A refusal names the function that was called, and the number as it was given."""

import linkpin as lp
import pytest

TIES = {"from": ["a", "b"], "to": ["forum", "forum"], "kind": ["takes_part_in"] * 2, "capacity": ["carer"] * 2}
ECO = lp.Ecosystem.from_columns({"id": ["a", "b", "forum"], "kind": ["person", "person", "event"]}, TIES)


@pytest.mark.parametrize(
    "name",
    [
        "participation",
        "support",
        "all_the_way_through",
        "capacities",
        "continuity",
        "monitoring",
        "hidden_group_policy",
        "feedback",
        "agenda",
        "stranded",
    ],
)
def test_a_level_that_is_none_is_refused_by_the_function_that_was_called(name):
    with pytest.raises(lp.InputError, match=f"^{name}: level = 2: give a level such as 0.95$"):
        getattr(lp, name)(ECO, level=2)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: lp.crosswalk("highest"), "^crosswalk: level = highest"),
        (lambda: lp.crosswalk(1, "ladder"), "^crosswalk: scale = ladder"),
        (
            lambda: lp.concordance([[1, 2], [2, 1]], permutations=0, test="permutation"),
            "^concordance: permutations = 0",
        ),
        (lambda: lp.agreement([[1, 2], [2, 1]], 1, persistence=1.5), "^agreement: persistence = 1.5:"),
        (lambda: lp.round_counts({"a": ["x", "y"], "count": [1, 2]}, base=1), "^round_counts: base = 1:"),
        (lambda: lp.theil([1, -1e-9]), "^theil: values = -1e-09 "),
        (lambda: lp.dominance(ECO, epsilon=-1), "^dominance: epsilon = -1:"),
        (lambda: lp.meeting_power([1, 2], [0.5, 1.0001]), "^meeting_power: attendance = 1.0001 "),
        (lambda: lp.power_index([1, -2], 2), "^power_index: weights = -2 "),
        (lambda: lp.boards(ECO, at="summer"), "^boards: at = summer: give a date"),
        (lambda: lp.publication(ECO, names=["nobody"]), "^publication: names = nobody:"),
        (lambda: lp.representation({"a": 3}, {"a": 0.3}, sample=True), "^representation: reference = 0.3 "),
    ],
)
def test_refusals_name_public_functions_and_whole_numbers(call, said):
    with pytest.raises(lp.InputError, match=said):
        call()


def test_numbers_beyond_all_counting_are_named():
    net = lp.Network.from_edges(["a", "b", "c"], ["b", "c", "a"])
    with pytest.raises(lp.InputError, match="bootstrap: seed = 18446744073709551616: give a smaller number"):
        lp.bootstrap(net, lp.density, seed=2**64)
    with pytest.raises(lp.InputError, match="bootstrap: replicates = 4294967296: give a smaller number"):
        lp.bootstrap(net, lp.density, replicates=2**32)


@pytest.mark.parametrize("call", [lambda net: lp.survey(net, 2), lambda net: lp.save_waves(net, "nowhere")])
def test_a_network_is_no_ecosystem(call):
    with pytest.raises(lp.InputError, match="give the ecosystem itself"):
        call(lp.Network.from_edges(["a"], ["b"]))
