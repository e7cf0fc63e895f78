"""Who is missing, as users call it."""

from __future__ import annotations

import linkpin as lp
import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st


def two_events(attendance: int | None = 85) -> lp.Ecosystem:
    """The carer question of two events in October 2023 (NIHR ARC South London, February 2024)."""
    return lp.Ecosystem.from_columns(
        {
            "id": ["yes", "no", "first", "second", "both"],
            "kind": ["group", "group", "event", "event", "event"],
            "monitoring_forms": [None, None, 26, 10, None],
            "attendance": [None, None, None, None, attendance],
        },
        {
            "from": ["yes", "no", "yes", "no", "first", "second"],
            "to": ["first", "first", "second", "second", "both", "both"],
            "kind": ["counted_at"] * 4 + ["member_of"] * 2,
            "characteristic": ["Carer?"] * 4 + [None] * 2,
            "category": ["Yes", "No", "Yes", "No", None, None],
            "count": [5, 21, 3, 6, None, None],
        },
    )


def test_pooled_carers_in_one_sentence() -> None:
    m = lp.monitoring(two_events())
    assert m.sentences[0] == (
        "8 of the 35 who answered the question “Carer?” said “Yes”; as 50 others did not answer, it could be between "
        "8 and 58 of the 85 people who were there, if nobody is counted twice."
    )
    row = next(r for r in m.table.rows() if r["event"] is None and r["category"] == "Yes")
    assert (row["count"], row["answered"]) == (8, 35)
    assert row["bound_low"] == pytest.approx(8 / 85)
    assert row["bound_high"] == pytest.approx(58 / 85)
    asked = next(r for r in m.questions.rows() if r["event"] is None)
    assert (asked["left_blank"], asked["not_returned"], asked["attended"]) == (1, 49, 85)


def test_without_attendance_there_is_no_interval_either() -> None:
    m = lp.monitoring(two_events(None))
    assert np.isnan(m.table["low"]).all()
    assert np.isnan(m.table["bound_low"]).all()
    assert "not known" in m.sentences[0]
    assert lp.monitoring(two_events(None), attended=85).table["bound_high"][4] == pytest.approx(58 / 85)
    assert lp.monitoring(two_events(), "second").table["count"].tolist() == [3, 6, 3, 6]


def test_representation_takes_mappings_tables_and_frames_alike() -> None:
    counts, population = {"carer": 8, "other": 27}, {"carer": 9, "other": 91}
    expected = lp.representation(counts, population, attended=85)
    assert expected.without == {"prefer not to say": 0, "left blank": 0, "not returned": 50}
    assert expected.table["bound_high"][0] == pytest.approx(58 / 85)
    pandas_frame = pd.DataFrame({"group": list(counts), "count": list(counts.values())})
    polars_frame = pl.DataFrame({"group": list(population), "share": [0.09, 0.91]})
    series = pd.Series(counts)
    table = lp.Table({"group": list(counts), "count": list(counts.values())})
    for ours in (pandas_frame, table, series, {"group": list(counts), "count": list(counts.values())}):
        got = lp.representation(ours, polars_frame, attended=85)
        np.testing.assert_allclose(got.table["ratio_low"], expected.table["ratio_low"])
        assert got.table["category"].tolist() == ["carer", "other"]


def test_reasons_for_no_answer_are_told_by_name() -> None:
    r = lp.representation(
        {"carer": 8, "other": 27, "Prefer not to say": 2, "question left blank": 1, "Form not returned": 47},
        {"carer": 0.1, "other": 0.9},
    )
    assert r.without == {"prefer not to say": 2, "left blank": 1, "not returned": 47}
    assert r.answered == 35
    assert r.table["category"].tolist() == ["carer", "other"]
    assert any("50 of 85" in w for w in r.warnings)
    assert len(lp.representation({"carer": 1}, {"carer": 1}).warnings) == 1  # nobody is said to be missing: told


def test_crossed_characteristics_and_areas() -> None:
    counts = pd.DataFrame(
        {
            "area": ["Lambeth", "Lambeth", "Sutton"],
            "carer": ["yes", "no", "yes"],
            "gender": ["female", "male", "female"],
            "count": [3, 5, 2],
        }
    )
    population = pd.DataFrame(
        {
            "area": ["Lambeth"] * 3 + ["Sutton"] * 2,
            "carer": ["yes", "no", "no", "yes", "no"],
            "gender": ["female", "male", "female", "female", "male"],
            "count": [10, 50, 40, 20, 80],
        }
    )
    r = lp.representation(counts, population, area="area")
    assert r.table["area"].tolist() == ["Lambeth", "Lambeth", "Lambeth", "Sutton", "Sutton"]
    assert r.table["category"].tolist()[0] == "yes and female"
    assert r.absent == ["Lambeth: no and female", "Sutton: no and male"]
    single = lp.representation(counts, population, by="gender")
    assert single.table["count"].tolist() == [5, 5]
    crossed = lp.representation({("yes", "female"): 3, ("no", "male"): 5}, {("yes", "female"): 1, ("no", "male"): 9})
    assert crossed.table["category"].tolist() == ["yes and female", "no and male"]


def test_groups_with_nobody_are_named_in_words() -> None:
    r = lp.representation({"white": 20}, {"white": 80, "Black": 20})
    assert r.absent == ["Black"]
    assert r.sentences[1] == "Nobody who answered is “Black”, who are 20% of the population."


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.integers(0, 40), min_size=1, max_size=6),
    st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 60)),
)
def test_shares_add_to_one_and_bounds_hold_the_share(counts: list[int], missing: tuple[int, int, int]) -> None:
    names = [f"c{i}" for i in range(len(counts))]
    given_counts = dict(zip(names, counts, strict=True)) | dict(
        zip(("prefer not to say", "left blank", "not returned"), missing, strict=True)
    )
    t = lp.representation(given_counts, dict.fromkeys(names, 1)).table
    if sum(counts):
        assert t["share"].sum() == pytest.approx(1)
        assert (t["bound_low"] <= t["share"] + 1e-12).all()
        assert (t["bound_high"] >= t["share"] - 1e-12).all()
        assert (t["low"] <= t["share"]).all()
        assert (t["high"] >= t["share"]).all()


@pytest.mark.parametrize(
    ("counts", "reference", "options", "word"),
    [
        ({"a": 1.5}, {"a": 1}, {}, "whole number"),
        ({"a": -1}, {"a": 1}, {}, "whole number"),
        ({"a": "many"}, {"a": 1}, {}, "give a number"),
        ({"a": 5}, {"a": 1}, {"attended": 3}, "attended = 3"),
        ({"a": 1}, {"a": 0}, {}, "population"),
        (7, {"a": 1}, {}, "mapping"),
        (pd.DataFrame({"a": ["x"], "count": [1]}), {"x": 1}, {"area": "borough"}, "borough"),
        (pd.DataFrame({"a": ["x"], "count": [1]}), {"x": 1}, {"by": "b"}, "no column b"),
        (pd.DataFrame({"a": ["x"], "b": [1]}), {"x": 1}, {}, "no column of"),
    ],
)
def test_what_cannot_be_compared_is_refused(counts: object, reference: object, options: dict, word: str) -> None:
    with pytest.raises(lp.InputError, match=word):
        lp.representation(counts, reference, **options)


def test_printed_percentages_keep_their_denominators() -> None:
    # Overall feedback of 13 October 2023: 22 forms, "77% found it very interesting, 23% fairly interesting".
    f = lp.fractions([77, 23], 22)
    assert f.denominators == [13, 22]
    assert list(f.table["counts"]) == [(10, 3), (17, 5)]
    assert lp.fractions(33.3, 10, decimals=1).denominators == [3, 6, 9]
    assert lp.fractions([91, 9], 22).denominators == [11, 22]
    assert "no whole numbers" in lp.fractions([1, 99], 10).warnings[0]
    with pytest.raises(lp.InputError, match="percentages"):
        lp.fractions(120, 10)


def test_absent_groups_and_policies() -> None:
    eco = lp.Ecosystem.from_columns(
        {
            "id": ["carers", "hidden", "trust", "council", "event"],
            "label": [None, "Carers of people with <b>substance</b> misuse", None, None, None],
            "kind": ["group", "group", "organisation", "organisation", "event"],
            "hidden_group_policy": [None, None, "has none", "unknown", None],
        },
        {"from": ["carers"], "to": ["event"], "kind": ["takes_part_in"]},
    )
    absent = lp.absent_groups(eco)
    assert absent.value == 1
    assert absent.table["label"].tolist() == ["Carers of people with <b>substance</b> misuse"]
    policy = lp.hidden_group_policy(eco)
    assert policy.value == 0
    assert policy.bounds == (0.0, 0.5)
    assert policy.without == ["trust"]
    assert policy.table["organisations"].tolist() == [0, 1, 1]


def test_the_crosswalk_has_sources_and_no_numbers_to_average() -> None:
    c = lp.crosswalk("placation", "arnstein", "iap2")
    assert c.levels == ["consult", "involve"]
    assert lp.crosswalk(1, "arnstein").levels == []
    assert all(c.table["source"])
    assert set(c.table["basis"]) == {"same scale", "published", "same word", "reading"}
    assert c.table["low"].dtype == object  # levels are words
    with pytest.raises(lp.InputError, match="the scale has inform"):
        lp.crosswalk("manipulation", "iap2")
    with pytest.raises(lp.InputError, match="iap2, arnstein, rest, scie"):
        lp.crosswalk("inform", "likert")


def test_our_own_readings_in_the_crosswalk_say_so():
    rows = list(lp.crosswalk().table.rows())
    ours = [r for r in rows if r["basis"] == "reading"]
    assert ours and all(r["source"].startswith("linkpin's reading of ") for r in ours)
    assert not any("reading" in r["source"] for r in rows if r["basis"] != "reading")
    asked = lp.crosswalk("full decision-making", "scie")
    assert asked.levels == ["collaborate", "empower"]
    assert [(r["scale"], r["basis"]) for r in asked.basis.rows()] == [
        ("iap2", "same scale"),
        ("iap2", "same scale"),
        ("scie", "reading"),
    ]
