"""Missing answers as a user meets them."""

import linkpin as lp
import numpy as np
import pytest


def holed(seed=1, n=20, silent=5):
    rng = np.random.default_rng(seed)
    truth = (rng.random((n, n)) < 0.3) & ~np.eye(n, dtype=bool)
    truth[n - silent :] = False
    source, target = np.nonzero(truth)
    answered = np.arange(n) < n - silent
    groups = ["a" if i % 2 else "b" for i in range(n)]
    return lp.Network.from_edges(source, target, nodes=n, observed=answered, groups=groups)


def test_the_usual_scores_under_every_treatment():
    net = holed()
    r = lp.missing_sensitivity(net, seed=1, imputations=4)
    assert r.table.columns[2:] == [
        "available",
        "complete",
        "partner",
        "preferential",
        "hot deck",
        "block",
        "regression",
        "low",
        "high",
    ]
    assert r.table["score"].tolist()[0] == "density"
    row = next(r.table.rows())
    assert row["available"] == lp.density(net).value
    assert row["complete"] == lp.density(lp.treated(net, "complete")).value
    assert row["low"] <= row["partner"] <= row["high"]
    assert r.unanswered == 5 * 19
    assert r == lp.missing_sensitivity(net, seed=1, imputations=4)


def test_scores_by_vertex_and_by_name():
    net = holed()
    scores = {"in-degree": lambda n: lp.degree(n, mode="in"), "parts": lambda n: {"n": n.n, "m": n.m}}
    r = lp.missing_sensitivity(net, scores, imputations=2, seed=2, groups="group")
    assert r.table["score"].tolist() == ["in-degree"] * 20 + ["n", "m"]
    assert r.table["id"].tolist()[-1] is None
    assert np.isnan(r.table["complete"][19]) and r.table["complete"][20] == 15
    assert r.ranks["available"][0] == 1 and r.ranks["score"].tolist() == ["in-degree"]


def test_reports_take_the_partners_word_on_the_tie_itself():
    # c did not respond, but a said that c helps a: under the sender's rule only "partner" has that tie.
    eco = lp.Ecosystem.from_columns(
        {"id": ["a", "b", "c"]},
        reports={
            "respondent": ["a", "a", "b", "c"],
            "from": ["a", "c", "b", "c"],
            "to": ["b", "a", "a", None],
            "state": ["answered", "answered", "answered", "did not respond"],
            "value": [1, 1, 1, None],
        },
    )
    r = lp.missing_sensitivity(eco, {"ties": lambda n: n.m}, rule="sender", treatments=["available", "partner"], seed=0)
    assert (r.table["available"][0], r.table["partner"][0]) == (2, 3)


def test_trust_falls_with_the_response_rate():
    full = lp.treated(holed(silent=0), "available")
    r = lp.missing_trust(
        full, {"betweenness": lp.betweenness}, (0.9, 0.5), replicates=20, seed=3, treatments="available"
    )
    assert r.table["rank_correlation"][0] > r.table["rank_correlation"][1]
    assert r.table["treatment"].tolist() == ["available"] * 2


def test_pooling_claims_an_interval_only_with_a_variance_inside():
    bare = lp.pool([2, 3, 4, 5, 6])
    assert bare.value == 4 and bare.interval is None and bare.warnings
    rubin = lp.pool([2, 3, 4, 5, 6], [1, 1.1, 1.2, 1.3, 1.4])
    assert rubin.total == pytest.approx(4.2) and rubin.interval[0] < 4 < rubin.interval[1]
    alike = lp.pool([2, 2, 2], [1, 1, 1])  # imputations that all agree: a normal interval
    assert ".df = ∞" in str(alike)
    assert alike.interval == pytest.approx((2 - 1.959963984540054, 2 + 1.959963984540054))
    with pytest.raises(lp.InputError, match="estimates"):
        lp.pool([1, float("nan")])


def test_wrong_calls_say_what_to_do():
    with pytest.raises(lp.InputError, match=r"treated: treatment = magic: .*hot deck"):
        lp.treated(holed(), "magic")
    with pytest.raises(lp.InputError, match="one number a vertex"):
        lp.missing_sensitivity(holed(), lambda net: [1, 2, 3])
    with pytest.raises(ZeroDivisionError):  # a statistic's own error comes through
        lp.missing_sensitivity(holed(), lambda net: 1 / 0)


def test_imputations_return_the_ties_that_partners_told_of():
    rng = np.random.default_rng(7)
    upper = np.triu(rng.random((20, 20)) < 0.3, 1)
    truth = upper | upper.T
    answered = np.arange(20) < 16
    groups = ["a" if i % 2 else "b" for i in range(20)]
    net = lp.Network.from_edges(
        *np.nonzero(truth & answered[:, None]), nodes=20, observed=answered, groups=groups, directed=True
    )
    one = lp.bootstrap(net, "reciprocity", "imputations", replicates=60, seed=1, groups="group")
    assert one.interval_of == "non-response" and one.interval[1] > 0.9 and one.mean > 0.85
    first = lp.treated(net, "regression", groups="group", seed=1, replicate=0)
    assert one.draws[0, 0] == lp.reciprocity(first).value
    again = lp.bootstrap(net, "reciprocity", "imputations", replicates=60, seed=1, groups="group", threads=2)
    assert (again.draws == one.draws).all()


def test_imputations_know_the_groups_they_are_given():
    rng = np.random.default_rng(3)
    group = np.arange(24) % 2
    truth = rng.random((24, 24)) < np.where(group[:, None] == group[None, :], 0.5, 0.03)
    np.fill_diagonal(truth, False)
    answered = np.arange(24) < 18
    net = lp.Network.from_edges(
        *np.nonzero(truth & answered[:, None]), nodes=24, observed=answered, groups=["ab"[g] for g in group]
    )
    whole = lp.Network.from_edges(*np.nonzero(truth), nodes=24, groups=["ab"[g] for g in group])
    low, high = lp.bootstrap(net, "ei_index", "imputations", replicates=200, seed=1, groups="group").interval
    assert low <= lp.ei_index(whole, "group").value <= high < -0.6


def test_what_is_undefined_under_a_treatment_is_said():
    silent = lp.Ecosystem.from_columns(
        {"id": ["a", "b"]},
        reports={"respondent": ["a", "b"], "from": ["a", "b"], "to": [None] * 2, "state": ["did not respond"] * 2},
    )
    r = lp.missing_sensitivity(silent, lp.density, treatments=["available", "complete"], seed=1)
    assert any("density is undefined under every treatment" in w for w in r.warnings), r.warnings
    assert not any("undefined" in w for w in lp.missing_sensitivity(holed(), lp.density, seed=1).warnings)
