"""Reconciled reports as a user asks for them."""

import linkpin as lp
import numpy as np
import pytest
import reference as data


def small():
    return lp.Ecosystem.from_columns(
        {"id": ["a", "b", "c"], "label": ["Carers <b>", "Council", "Trust"]},
        reports={
            "respondent": ["a", "b", "b", "c"],
            "from": ["a", "b", "a", "c"],
            "to": ["b", "c", "b", None],
            "item": ["advice"] * 4,
            "state": ["answered", "answered", "answered", "did not respond"],
            "value": [1, 1, 0, None],
        },
    )


def test_the_table_says_who_disagrees():
    r = lp.reconcile(small())
    assert r.table["from"].tolist() == ["a", "b"]
    assert r.table["verdict"].tolist() == ["conflict", "one word"]
    assert r.conflicts["to"].tolist() == ["b"]
    by = {row["respondent"]: row for row in r.by_respondent.rows()}
    assert by["a"]["claimed_alone"] == 1 and by["b"]["denied_alone"] == 1
    assert by["a"]["label"] == "Carers <b>"
    assert r.value == 0 and (r.sender_ties, r.receiver_ties, r.both_ties) == (1, 0, 0)
    assert "Krackhardt" in r.reference


@pytest.mark.parametrize("rule", ["sender", "receiver", "union", "intersection", "min", "mean", "max"])
def test_the_network_is_made_of_what_reconcile_returns(rule):
    eco = small()
    table = lp.reconcile(eco, rule).table
    told = {(f, t): v for f, t, v in zip(table["from"], table["to"], table["value"], strict=True) if v > 0}
    net = eco.network(rule=rule)
    assert dict(zip(zip(net.ties["source"], net.ties["target"], strict=True), net.weights, strict=True)) == told


def test_an_agreement_that_nobody_could_show_is_said_to_be_undefined():
    one_end = lp.Ecosystem.from_columns(
        {"id": ["a", "b"]},
        reports={"respondent": ["a"], "from": ["a"], "to": ["b"], "item": ["advice"], "value": [1]},
    )
    r = lp.reconcile(one_end)
    assert np.isnan(r.value)
    assert any("told of from both ends" in w for w in r.warnings)


def test_what_is_not_there_is_refused_by_name():
    with pytest.raises(lp.InputError, match="advice"):
        lp.reconcile(small(), item="trust")
    with pytest.raises(lp.InputError, match="romney-batchelder"):
        lp.reconcile(small(), rule="majority")


def test_a_real_survey_of_two_questions():
    folder = data.folder("texas_flood_partner_survey")
    sharing, ratings = data.columns(folder / "information_sharing_edges.csv"), data.columns(folder / "ratings_long.csv")
    who = list(dict.fromkeys(sharing["respondent"] + ratings["respondent"]))
    whom = list(dict.fromkeys(sharing["target"] + ratings["target"]))
    n, m = len(sharing["target"]), len(ratings["target"])
    eco = lp.Ecosystem.from_columns(
        {"id": who + whom, "kind": ["respondent"] * len(who) + ["agency"] * len(whom)},
        reports={
            "respondent": sharing["respondent"] + ratings["respondent"],
            "from": sharing["respondent"] + ratings["respondent"],
            "to": sharing["target"] + ratings["target"],
            "item": ["shares information"] * n + ["rated"] * m,
            "value": np.ones(n + m),
        },
    )
    shared, rated = (lp.reconcile(eco, item=item) for item in ("shares information", "rated"))
    # 466 ticks and 464 rows, each a word that only its respondent can give: agencies were not asked.
    assert (len(shared.table), len(rated.table)) == (466, 464)
    assert set(shared.table["verdict"]) == {"one word"}
    assert np.isnan(shared.value)
    assert eco.network(item="rated").m == 464


def test_frames_are_columns_too():
    pandas = pytest.importorskip("pandas")
    said = {"respondent": ["a", "b"], "from": ["a", "b"], "to": ["b", None], "state": ["answered", "did not respond"]}
    eco = lp.Ecosystem.from_columns(
        pandas.DataFrame({"id": ["a", "b"]}), None, pandas.DataFrame({**said, "value": [1.0, None]})
    )
    assert eco.reports["to"].tolist() == ["b", None]
    assert eco.network(rule="sender").observed_share == 0.5


@pytest.mark.parametrize(("state", "known"), [("did not respond", 1.0), ("declined", 2 / 3), ("not asked", 2 / 3)])
def test_the_partners_word_stands_for_those_alone_who_did_not_respond(state, known):
    eco = lp.Ecosystem.from_columns(
        {"id": ["a", "b", "c"]},
        reports={
            "respondent": ["a", "a", "b", "c"],
            "from": ["a", "a", "b", "c"],
            "to": ["b", "c", "a", None],
            "item": ["advice"] * 4,
            "state": ["answered"] * 3 + [state],
            "value": [1, 1, 0, None],
        },
    )
    net = eco.network(nonresponse="reconstruct")
    assert net.observed_share == pytest.approx(known)
    assert net.m == (3 if state == "did not respond" else 2)
