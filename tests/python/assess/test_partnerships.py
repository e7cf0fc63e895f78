"""Partnerships beside one another, on numbers done by hand."""

import linkpin as lp
import numpy as np
import pytest

KINDS = {"p": "partnership", "e": "evidence", "g": "policy", "o": "outcome", "m": "person", "v": "event"}


def eco(ties, stages=None, **columns):
    """Ids say their kind by their first letter; a tie is from, to, kind."""
    ids = sorted({end for a, b, _ in ties for end in (a, b)})
    own = {name: [values.get(i) for i in ids] for name, values in columns.items()}
    of_ties = {} if stages is None else {"stage": [stages.get(t) for t in ties]}
    return lp.Ecosystem.from_columns(
        {"id": ids, "kind": [KINDS[i[0]] for i in ids], **own},
        {
            "from": [t[0] for t in ties],
            "to": [t[1] for t in ties],
            "kind": [t[2] for t in ties],
            **of_ties,
        },
    )


FOUR = [
    *[(m, "p1", "member_of") for m in ("m1", "m2", "m3", "m3")],
    ("m1", "m2", "collaborates"),
    ("m2", "m1", "collaborates"),
    ("p1", "e1", "produces"),
    ("e1", "g1", "informs"),
    ("g1", "o1", "leads_to"),
    *[(m, "p2", "member_of") for m in ("m3", "m4")],
    ("m4", "e2", "produces"),
    ("e2", "g1", "informs"),
    ("g2", "e2", "cites"),
    ("m5", "p3", "member_of"),
    ("p3", "e3", "produces"),
    ("m6", "p4", "member_of"),
]
ROLES = {"m1": ["carer", "researcher"], "m5": ["researcher"]}
DATES = {"e1": "2010-01-01", "e2": "2011", "e3": "2012-01-01", "g1": "2014-01-01", "g2": "2012"}


def row_of(table, key, value):
    return next(r for r in table.rows() if r[key] == value)


def test_every_partnership_has_its_row():
    result = lp.partnerships(eco(FOUR, roles=ROLES))
    rows = {row["partnership"]: row for row in result.table.rows()}
    assert [rows[p]["members"] for p in ("p1", "p2", "p3", "p4")] == [3, 2, 1, 1]
    # Nobody in p2 and p4 has roles on record: unknown, and not nobody.
    np.testing.assert_array_equal([rows[p]["carers"] for p in ("p1", "p2", "p3", "p4")], [1, np.nan, 0, np.nan])
    assert rows["p1"]["collaboration"] == pytest.approx(1 / 3)
    assert rows["p2"]["collaboration"] == 0
    assert np.isnan(result.table["collaboration"][2])
    assert [rows[p]["policies"] for p in ("p1", "p2", "p3", "p4")] == [1, 2, 0, 0]
    # g1 is shared by two, g2 is one's own.
    assert [rows[p]["credit"] for p in ("p1", "p2", "p3", "p4")] == [0.5, 1.5, 0, 0]
    assert [rows[p]["evidence"] for p in ("p1", "p2", "p3", "p4")] == [1, 1, 1, 0]
    assert [rows[p]["outcomes"] for p in ("p1", "p2", "p3", "p4")] == [1, 1, 0, 0]
    np.testing.assert_array_equal([rows[p]["nearest"] for p in ("p1", "p2", "p3", "p4")], [2, 2, np.nan, np.nan])
    assert "score" not in " ".join(result.table.columns)


def test_association_is_exact_and_says_how_little_it_is():
    result = lp.partnerships(eco(FOUR))
    assert (result.with_impact, result.without_impact) == (2, 2)
    row = row_of(result.association, "measure", "members")
    # 3, 2 with impact, 1, 1 without: of six splits only this one and its mirror differ by 1.5.
    assert (row["with_impact"], row["without_impact"], row["difference"]) == (2.5, 1, 1.5)
    assert row["p"] == pytest.approx(2 / 6)
    # Holm over members and evidence, the two columns that can be compared: 1 and 1 against 1 and 0 is as far as any.
    assert row_of(result.association, "measure", "evidence")["p"] == 1
    assert row["p_adjusted"] == pytest.approx(4 / 6)
    assert (row["partnerships"], row["reached"]) == (4, 2)
    collaboration = row_of(result.association, "measure", "collaboration")
    assert collaboration["partnerships"] == 2  # both reached a policy: nothing to compare with
    assert np.isnan(collaboration["p"])
    assert "4 partnerships, 2 of which" in result.warnings[0]
    assert "cause" in result.warnings[0]
    assert not {"policies", "credit", "reach", "lag"} & set(result.association["measure"].tolist())


def test_lags_are_from_the_first_evidence_to_the_first_policy_after_it():
    result = lp.partnerships(eco(FOUR, date=DATES), seen_until=2020, covariates=())
    rows = {row["partnership"]: row for row in result.table.rows()}
    assert rows["p1"]["lag"] == pytest.approx(4, abs=0.01)
    # 2011 to 2012: a day at least, two years at most.
    assert rows["p2"]["lag_low"] == pytest.approx(1 / 365.25)
    assert rows["p2"]["lag_high"] == pytest.approx(730 / 365.25)
    assert rows["p3"]["waited"] == pytest.approx(9, abs=0.01)
    assert np.isnan(rows["p4"]["waited"])
    assert result.waiting["year"].tolist() == [1, 4]
    np.testing.assert_allclose(result.waiting["survival"], [2 / 3, 1 / 3])
    assert result.hazard["term"].tolist() == ["in the first year", "each further year"]
    assert result.hazard_counts == {"followed": 3, "left_out": 1, "events": 2, "periods": 14}
    assert any("2 events for 1 term:" in w for w in result.warnings)
    assert result.interval is result.hazard
    assert any("was not given" in w for w in lp.partnerships(eco(FOUR, date=DATES)).warnings)


def test_a_definition_of_reach_is_an_argument():
    assert lp.partnerships(eco(FOUR), steps=1).table["reach"].tolist() == [0, 0, 0, 0]
    assert lp.partnerships(eco(FOUR), steps=2).table["reach"].tolist() == [1, 2, 0, 0]


def test_who_took_part_at_which_stage():
    ties = [*FOUR, ("m1", "v1", "takes_part_in"), ("m2", "v1", "takes_part_in"), ("m5", "v1", "takes_part_in")]
    stages = {(m, "v1", "takes_part_in"): "design" for m in ("m1", "m2", "m5")}
    result = lp.partnerships(eco(ties, stages, roles=ROLES))
    assert list(result.stages.rows()) == [
        {"partnership": "p1", "stage": "design", "participations": 2, "carers": 1},
        {"partnership": "p3", "stage": "design", "participations": 1, "carers": 0},
    ]
    # m1 is a carer, m5 is not, and of m2 it is not known.
    np.testing.assert_array_equal(result.table["carers_at_design"], [1, np.nan, 0, np.nan])
    np.testing.assert_array_equal(result.table["carers_taking_part"], [1, np.nan, 0, np.nan])


def test_what_the_data_does_not_say_is_missing_and_named():
    result = lp.partnerships(lp.Ecosystem.from_columns({"id": ["a"]}))
    assert len(result.table) == 0
    assert any("no ties carry knowledge" in w for w in result.warnings)
    none = lp.partnerships(eco([("m1", "p1", "member_of")]))
    assert np.isnan(none.table["policies"]).all()
    assert np.isnan(none.association["p"]).all()
    assert (none.with_impact, none.without_impact) == (0, 0)
    gaps = next(w for w in none.warnings if w.startswith("the data does not say"))
    for name in ("carers", "participations", "carer_power", "policies", "lag", "outcomes"):
        assert f"{name}," in gaps or gaps.endswith(name)


def test_refusals_name_what_is_wrong():
    with pytest.raises(lp.InputError, match="covariates"):
        lp.partnerships(eco(FOUR), covariates=["credit"])
    with pytest.raises(lp.InputError, match="seen_until"):
        lp.partnerships(eco(FOUR), seen_until="last year")
