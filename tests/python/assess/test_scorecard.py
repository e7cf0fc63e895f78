"""Every score of a scorecard has an interval, or says in words why it has none."""

import math

import linkpin as lp
import numpy as np
import pytest
from linkpin.assess import words


def survey(n=34, silent=(), seed=1):
    """Ask everybody about everybody else, at random; some do not answer."""
    rng = np.random.default_rng(seed)
    ids = [f"o{i}" for i in range(n)]
    who, source, target, said = [], [], [], []
    for i in range(n):
        for j in range(n):
            if i != j:
                who.append(ids[i])
                source.append(ids[i])
                target.append(ids[j])
                strength = 0.3 if j < n // 6 else 0.12
                said.append(math.nan if i in silent else float(rng.random() < strength))
    return lp.Ecosystem.from_columns(
        {"id": ids, "label": [f"Organisation {i}" for i in ids], "sector": [f"s{i % 3}" for i in range(n)]},
        {"from": [], "to": [], "kind": []},
        reports={
            "respondent": who,
            "from": source,
            "to": target,
            "value": said,
            "state": ["did not respond" if math.isnan(v) else "answered" for v in said],
        },
    )


def rows_of(card, **wanted):
    return [r for r in card.table.rows() if all(r[k] == v for k, v in wanted.items())]


@pytest.fixture(scope="module")
def net():
    rng = np.random.default_rng(1)
    tied = (rng.random((34, 34)) < 0.12) & ~np.eye(34, dtype=bool)
    return lp.Network.from_edges(*np.nonzero(tied), nodes=34, groups=[f"s{i % 3}" for i in range(34)])


def test_the_intervals_are_those_of_the_bootstrap(net):
    card = lp.scorecard(net, replicates=300, seed=5)
    alone = lp.bootstrap(net, lp.density, replicates=300, seed=5)
    density = rows_of(card, measure="density")[0]
    assert (density["low"], density["high"]) == alone.interval
    assert density["value"] == alone.value
    assert density["covers"] == min(alone.coverage[:2])
    ei = rows_of(card, measure="ei_index", of="network")[0]
    theirs = lp.bootstrap(net, lp.ei_index, groups="group", replicates=300, seed=5)
    assert (ei["low"], ei["high"]) == pytest.approx(theirs.interval)


def test_every_score_has_an_interval_or_a_reason(net):
    card = lp.scorecard(net, replicates=100)
    for r in card.table.rows():
        assert (r["interval_of"] is None) == bool(r["why_not"])
        assert math.isnan(r["low"]) == (r["interval_of"] is None)
        assert r["how_sure"]
        if r["interval_of"] is not None:
            assert r["low"] <= r["value"] <= r["high"]
    assert {r["why_not"] for r in rows_of(card, of="vertex")} == {"of itself"}
    assert rows_of(card, measure="bridges")[0]["why_not"] == "hangs on ties"
    assert rows_of(card, measure="group_share")[0]["why_not"] == "counted"


def test_missing_answers_give_ranks_their_intervals():
    eco = survey(silent=(2, 7, 11, 20))
    card = lp.scorecard(eco, replicates=200, top=0)
    degrees = rows_of(card, measure="degree", of="vertex")
    assert len(degrees) == 34
    assert {r["interval_of"] for r in degrees} == {"non-response"}
    assert all(1 <= r["rank_low"] <= r["rank_high"] <= 34 for r in degrees)
    wide = {r["subject"]: r["high"] - r["low"] for r in degrees}
    silent = [wide[f"o{i}"] for i in (2, 7, 11, 20)]
    assert min(silent) >= np.median(list(wide.values()))
    assert any("of 34; too few answers to say more" in r["how_sure"] for r in degrees)
    assert rows_of(card, measure="density")[0]["interval_of"] == "vertices"
    assert rows_of(card, measure="mean_distance")[0]["interval_of"] == "non-response"


def test_confidences_give_ties_their_intervals():
    eco = lp.Ecosystem.from_columns(
        {"id": list("abcdef")},
        {
            "from": list("aaabcd"),
            "to": list("bcdcde"),
            "kind": ["collaborates"] * 6,
            "confidence": [1, 1, 0.5, 1, 1, math.nan],
        },
    )
    card = lp.scorecard(eco, replicates=400, seed=3)
    degree = {r["subject"]: r for r in rows_of(card, measure="degree", of="vertex")}
    assert (degree["a"]["low"], degree["a"]["high"]) == (2, 3)
    assert degree["e"]["low"] == degree["e"]["high"] == 1
    assert any("nobody claimed" in w for w in card.warnings)


def test_reports_that_err_give_everything_an_interval():
    card = lp.scorecard(survey(), false_positive=0.02, false_negative=0.1, replicates=100)
    given = [r for r in card.table.rows() if r["interval_of"] is not None]
    assert {r["interval_of"] for r in given} == {"reports"}
    assert {r["of"] for r in given} == {"network", "group", "vertex"}


def test_the_numbers_do_not_depend_on_the_threads():
    eco = survey(silent=(1, 2))
    cards = [lp.scorecard(eco, replicates=60, seed=4, threads=t).table for t in (1, 2, 8)]
    assert cards[0] == cards[1] == cards[2]
    assert lp.scorecard(eco, replicates=60, seed=5).table != cards[0]


def test_intervals_can_be_left_out_and_are_on_large_maps(net):
    off = lp.scorecard(net, replicates=0)
    assert np.isnan(off.table["low"]).all()
    assert set(off.table["why_not"]) == {"not asked"}
    assert off.replicates == 0
    rng = np.random.default_rng(2)
    large = lp.Network.from_edges(rng.integers(0, 1500, 3000), rng.integers(0, 1500, 3000), nodes=1500)
    card = lp.scorecard(large)
    assert set(card.table["why_not"]) == {"large"}
    assert "replicates=200" in card.table["how_sure"][0]


@pytest.mark.parametrize("n", [0, 1, 2])
def test_tiny_networks_say_that_they_are(n):
    card = lp.scorecard(lp.Network.from_edges([], [], nodes=n))
    assert set(card.table["why_not"]) == {"few"}


def test_a_card_with_as_many_scores_as_vertices_is_no_score_by_vertex():
    for n in range(14, 24):  # 16 scores of the network without groups
        ring = lp.Network.from_edges(range(n), [(i + 1) % n for i in range(n)], nodes=n)
        assert rows_of(lp.scorecard(ring, replicates=20), measure="density")[0]["interval_of"] == "vertices"


def test_wrong_options_are_refused(net):
    with pytest.raises(lp.InputError, match="replicates"):
        lp.scorecard(net, replicates=5)
    with pytest.raises(lp.InputError, match="replicates"):
        lp.scorecard(net, replicates=-1)
    with pytest.raises(lp.InputError, match="level"):
        lp.scorecard(net, level=1.0)
    with pytest.raises(lp.InputError, match="false_positive"):
        lp.scorecard(net, false_positive=0.1)


@pytest.mark.parametrize(
    ("rank", "said"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (21, "21st"), (113, "113th")],
)
def test_places_are_spelled(rank, said):
    assert words.ordinal(rank) == said


def test_the_words_of_an_interval():
    row = {"measure": "degree", "variant": "", "value": 5.0, "low": 3.0, "high": 9.0, "rank_low": 3.0, "rank_high": 9.0}
    said = words.how_sure({**row, "interval_of": "non-response", "covers": math.nan, "why_not": ""}, 34)
    assert said == "Between the 3rd and the 9th of 34; too few answers to say more (the score itself between 3 and 9)."
    row = {
        "measure": "ei_index",
        "variant": "",
        "value": 0.0,
        "low": -0.2,
        "high": 0.1,
        "rank_low": math.nan,
        "rank_high": math.nan,
    }
    said = words.how_sure({**row, "interval_of": "vertices", "covers": 0.87, "why_not": ""}, 34)
    assert said.startswith("Between 40% and 55% crossing, had other participants like these taken part")
    assert said.endswith("87% of cases, not 95%.")


def test_that_some_have_no_group_is_said_once():
    net = lp.Network.from_edges(["a", "b", "c", "d"], ["b", "c", "d", "a"])
    card = lp.scorecard(net, ["x", "x", "y", None], replicates=0)
    assert sum("no group" in w for w in card.warnings) == 1
