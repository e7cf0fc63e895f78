"""Participation, deciding, lived experience and linkage, as users call them."""

from __future__ import annotations

import math

import linkpin as lp
import numpy as np
import pytest


def forum() -> lp.Ecosystem:
    """Six invented positions, nobody's data: three carers who are consulted, three researchers of whom two decide."""
    who = ["a", "b", "c", "d", "e", "f"]
    return lp.Ecosystem.from_columns(
        {
            "id": [*who, "forum", "board", "project"],
            "kind": ["person"] * 6 + ["board", "board", "project"],
            "setting": [None] * 6 + ["grassroots", "strategic", None],
        },
        {
            "from": [*who, "d", "a", "forum"],
            "to": ["forum"] * 6 + ["board", "project", "project"],
            "kind": ["takes_part_in"] * 8 + ["member_of"],
            "capacity": [
                "carer",
                "carer",
                "carer|researcher",
                "researcher",
                "researcher",
                "researcher",
                None,
                None,
                None,
            ],
            "level": ["consult"] * 3 + ["empower", "empower", "consult", None, None, None],
            "scale": ["iap2"] * 6 + [None] * 3,
            "stage": ["design"] * 6 + [None, "analysis", None],
            "start": ["2022"] * 6 + ["2023-05-01", "2023", None],
            "support_offered": ["payment|respite"] + [None] * 8,
            "support_declined": ["payment"] + [None] * 8,
            "declined_because": ["<i>benefits</i>"] + [None] * 8,
        },
    )


def test_participation_has_tables_in_words_and_numbers() -> None:
    p = lp.participation(forum())
    assert p.table["group"].tolist() == [None, "carer", "researcher"]
    assert p.table["participations"].tolist() == [8, 3, 4]
    assert p.table["share"][1:].sum() == pytest.approx(1)
    assert p.medians["median_low"].tolist()[0] == "consult"
    assert p.reached["surely"].tolist()[0] == 2
    assert p.sentences[0].startswith("The middle level of all participations is “consult” on the IAP2 spectrum")
    assert p.stages["stage"].tolist()[:2] == ["design", "analysis"]
    assert any("carer" in s for s in p.sentences)
    assert "10.1093/biomet/26.4.404" in p.reference


def test_no_table_of_levels_holds_a_mean() -> None:
    p = lp.participation(forum())
    for name in ("median_low", "median_high", "low", "high"):
        assert all(isinstance(v, str) for v in p.medians[name].tolist())
    assert not [c for t in (p.levels, p.medians, p.reached) for c in t.columns if "mean" in c]


def test_consulted_not_deciding_says_so() -> None:
    d = lp.consulted_not_deciding(forum(), permutations=999, seed=3)
    assert d.decisions_from == "level"
    assert d.seed == 3
    assert d.table["decision_share"].tolist() == [0, 1]
    assert d.sentences[0].startswith("The group “carer” is")
    again = lp.consulted_not_deciding(forum(), permutations=999, seed=3, threads=1)
    assert d.table == again.table
    assert math.isnan(lp.consulted_not_deciding(forum(), permutations=0).table["p"][0])


def test_all_the_way_through_follows_people_in_a_project() -> None:
    t = lp.all_the_way_through(forum())
    assert t.sentences[0] == "1 of the 6 who shaped the question is still there at analysis."
    assert t.sentences[-1] == "None of the 6 who shaped the question are still there to the end."


def test_support_keeps_reasons_as_given() -> None:
    s = lp.support(forum())
    assert s.table["support"].tolist()[:2] == ["payment", "respite"]
    assert s.reasons["reason"].tolist() == ["<i>benefits</i>"]
    assert "&lt;i&gt;" in s.reasons._repr_html_()


def test_people_of_two_groups_are_bridges() -> None:
    c = lp.capacities(forum())
    assert c.table["id"].tolist()[0] == "c"
    assert c.table["capacities"].tolist()[0] == ("carer", "researcher")
    assert c.value == pytest.approx(1 / 6)
    assert c.bridges["people"].tolist() == [1]


def test_fuzzy_brokerage_of_crisp_groups_is_brokerage() -> None:
    net = lp.Network.from_edges(["a", "b", "b"], ["b", "c", "d"], groups={"a": "x", "b": "x", "c": "y", "d": "x"})
    crisp = {"a": {"x": 1}, "b": {"x": 1}, "c": {"y": 1}, "d": {"x": 1}}
    fuzzy = lp.fuzzy_brokerage(net, crisp, permutations=19)
    plain = lp.brokerage(net, [next(iter(crisp[n])) for n in net.names])
    for role in ("w_I", "w_O", "b_IO", "b_OI", "b_O", "t"):
        np.testing.assert_allclose(fuzzy.table[role], plain.raw[role])
    assert "Experimental" in lp.fuzzy_brokerage.__doc__
    half = lp.fuzzy_brokerage(net, {**crisp, "b": {"x": 0.5, "y": 0.5}})
    assert half.table["t"].sum() == fuzzy.table["t"].sum()
    with pytest.raises(lp.InputError, match="no vertex"):
        lp.fuzzy_brokerage(net, {"zoe": {"x": 1}})


def test_continuity_burden_and_linkage() -> None:
    c = lp.continuity(forum())
    assert c.table["period"].tolist() == ["2022", "2023"]
    assert c.table["stayed"].tolist() == [0, 2]
    b = lp.burden(forum())
    assert (b.shoulders, b.value) == (1, 0.25)
    w = lp.linkage(forum())
    assert w.value == 1
    assert w.table["id"].tolist() == ["d"]
    assert w.table["cut_off"].tolist() == [1]
    assert w.independent == 1


def test_an_ecosystem_without_participation_is_told_not_scored() -> None:
    eco = lp.Ecosystem.from_columns({"id": ["x"]})
    for call in (lp.participation, lp.burden, lp.capacities, lp.linkage):
        assert call(eco).warnings
    assert len(lp.support(eco).table) == 0
    assert len(lp.continuity(eco).table) == 0
    assert len(lp.monitoring(eco).table) == 0
    with pytest.raises(lp.InputError, match="choose one of: capacity"):
        lp.participation(eco, "sector")


def test_stages_that_are_spelled_otherwise_are_named() -> None:
    eco = lp.Ecosystem.from_columns(
        {"id": ["a", "e"], "kind": ["person", "event"]},
        {"from": ["a"], "to": ["e"], "kind": ["takes_part_in"], "stage": ["Priorities"]},
    )
    assert any("on record are: priorities" in w for w in lp.all_the_way_through(eco).warnings)


def test_tables_drawn_with_the_same_margins_say_what_shuffling_people_says() -> None:
    rng = np.random.default_rng(5)
    people = 40
    held = rng.choice(["carer", "carer|officer", "officer", "researcher", None], people).tolist()
    times = rng.integers(1, 5, people)
    rows = [(i, bool(decides)) for i in range(people) for decides in rng.random(times[i]) < 0.4]
    eco = lp.Ecosystem.from_columns(
        {"id": [*(f"p{i}" for i in range(people)), "e"], "kind": ["person"] * people + ["event"]},
        {
            "from": [f"p{i}" for i, _ in rows],
            "to": ["e"] * len(rows),
            "kind": ["takes_part_in"] * len(rows),
            "capacity": [held[i] for i, _ in rows],
            "level": ["empower" if decides else "consult" for _, decides in rows],
            "scale": ["iap2"] * len(rows),
        },
    )
    result = lp.consulted_not_deciding(eco, permutations=20_000, seed=1).table
    decided = np.bincount([i for i, decides in rows if decides], minlength=people)
    parts = [set((who or "").split("|")) - {""} for who in held]
    member = np.array([[(g in own) / max(1, len(own)) for g in result["group"].tolist()] for own in parts])

    def differences(order):
        of, known = member[order], member[order].sum(axis=1) > 0
        return decided @ of / decided[known].sum() - times @ of / times[known].sum()

    observed = differences(np.arange(people))
    shuffles = np.array([differences(rng.permutation(people)) for _ in range(10_000)])
    assert result["difference"] == pytest.approx(observed)
    assert result["p_less"] == pytest.approx((shuffles <= observed + 1e-12).mean(axis=0), abs=0.03)
    assert result["p_greater"] == pytest.approx((shuffles >= observed - 1e-12).mean(axis=0), abs=0.03)
