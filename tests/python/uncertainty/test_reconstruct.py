"""Reconstruction as a user asks for it."""

import csv
import os
from pathlib import Path

import linkpin as lp
import numpy as np
import pytest

DATA = Path(os.environ.get("LINKPIN_DATA", Path(__file__).resolve().parents[4] / "shared" / "data"))


def lines(name):
    if not (DATA / name).exists():
        pytest.skip(f"reference data {name} is not here; set LINKPIN_DATA to the folder with it")
    with open(DATA / name, newline="") as file:
        return list(csv.reader(file))


def survey(seed=1, n=20, items=("contact", "joint work"), density=0.2, miss=0.2, alarm=0.05, receivers=True):
    rng = np.random.default_rng(seed)
    ids = [f"o{i}" for i in range(n)]
    truth = rng.random((n, n)) < density
    rows = []
    for item in items:
        for i in range(n):
            for j in range(n):
                if i == j:
                    continue
                for who in (i, j) if receivers else (i,):
                    said = rng.random() < (1 - miss if truth[i, j] else alarm)
                    rows.append((ids[who], ids[i], ids[j], item, float(said)))
    respondent, from_, to, item, value = zip(*rows, strict=True)
    reports = {"respondent": respondent, "from": from_, "to": to, "item": item, "value": value}
    return lp.Ecosystem.from_columns({"id": ids}, reports=reports), truth


def test_four_words_a_tie_bring_the_network_back():
    eco, truth = survey()
    r = lp.reconstruct(eco)
    assert r.identified and abs(r.value - 0.2) < 0.05
    assert abs(r.rates["false_negative"][0] - 0.2) < 0.08 and abs(r.rates["false_positive"][0] - 0.05) < 0.04
    found = r.likely.to_scipy().toarray() > 0
    by_union = eco.network(item="contact").to_scipy().toarray() > 0
    off = ~np.eye(20, dtype=bool)
    assert (found != truth)[off].sum() < (by_union != truth)[off].sum()
    assert r.likely.ties["confidence"].min() >= 0.5


def test_two_words_give_a_range_and_no_estimate():
    eco, _ = survey(items=("contact",))
    r = lp.reconstruct(eco, seed=1)
    assert not r.identified and np.isnan(r.value) and r.likely is None
    assert r.interval[0] <= 0.2 <= r.interval[1]
    assert r.interval_of == "density: all values that the reports allow"
    assert any("not identified" in w for w in r.warnings)
    known = lp.reconstruct(eco, false_positive=0.05)
    assert known.identified and abs(known.value - 0.2) < 0.08


def test_gibbs_has_intervals_and_a_recorded_seed():
    eco, _ = survey(n=10)
    r = lp.reconstruct(eco, method="gibbs", errors="respondent", draws=50, burn=20, chains=2)
    again = lp.reconstruct(
        eco, method="gibbs", errors="respondent", draws=50, burn=20, chains=2, seed=r.seed, threads=2
    )
    assert r == again and r.interval[0] < r.value < r.interval[1]
    assert r.rates["of"].tolist() == [f"o{i}" for i in range(10)]
    assert (r.rates["false_negative_low"] <= r.rates["false_negative_high"]).all()


def test_the_rates_it_finds_are_those_of_the_bootstrap():
    eco, truth = survey(items=("contact", "joint work"))
    found = lp.reconstruct(eco, errors="respondent")
    call = {"resample": "reports", "item": "contact", "replicates": 200, "seed": 1}
    result = lp.bootstrap(eco, lp.density, errors=found, **call)
    want = truth[~np.eye(20, dtype=bool)].mean()
    assert result.interval[0] <= want <= result.interval[1]
    rates = {
        name: dict(zip(found.rates["of"].tolist(), found.rates[name].tolist(), strict=True))
        for name in ("false_positive", "false_negative")
    }
    np.testing.assert_array_equal(lp.bootstrap(eco, lp.density, **call, **rates).draws, result.draws)
    alike = lp.bootstrap(eco, lp.density, errors=lp.reconstruct(eco), **call)
    assert alike.interval[0] <= want <= alike.interval[1]
    with pytest.raises(lp.InputError, match="do not identify error rates"):
        lp.bootstrap(eco, lp.density, errors=lp.reconstruct(eco, "contact", seed=1), **call)
    with pytest.raises(lp.InputError, match="not both"):
        lp.bootstrap(eco, lp.density, errors=found, false_positive=0.1, **call)


def test_two_ends_of_the_chemicals_study_leave_a_range():
    # Scientific information sent and received, 30 organisations: 189 and 185 ties between two, 101 told from both ends.
    sent, received = lines("chemnet/scito_matrix.csv"), lines("chemnet/scifrom_matrix.csv")
    ids = sent[0][1:]
    told = [
        (ids[who], ids[i], ids[j], float(matrix[i + 1][j + 1]))
        for i in range(30)
        for j in range(30)
        if i != j
        for who, matrix in ((i, sent), (j, received))
    ]
    respondent, from_, to, value = zip(*told, strict=True)
    eco = lp.Ecosystem.from_columns(
        {"id": ids}, reports={"respondent": respondent, "from": from_, "to": to, "value": value}
    )
    open_ = lp.reconstruct(eco, seed=1)
    assert not open_.identified
    assert open_.interval == pytest.approx((0.082, 0.446), abs=0.005)
    assert open_.rates["false_negative_high"][0] == pytest.approx(0.52, abs=0.01)
    assert open_.rates["false_positive_high"][0] == pytest.approx(0.143, abs=0.005)
    # By hand, where nothing is made up: both ends tell of 101 of 870, each of 187 on average, so that each misses
    # 1 - 101 / 187 of 187^2 / 101 ties.
    surely = lp.reconstruct(eco, false_positive=0.0)
    assert surely.value == pytest.approx(187**2 / 101 / 870, abs=1e-4)
    assert surely.rates["false_negative"][0] == pytest.approx(1 - 101 / 187, abs=1e-4)
    assert surely.likely.m == 189 + 185 - 101
    doubted = lp.reconstruct(eco, false_positive=0.05)
    assert doubted.value == pytest.approx(0.280, abs=0.005)


def test_one_word_a_tie_in_the_flood_survey_says_nothing_of_errors():
    rows = lines("texas_flood_partner_survey/information_sharing_edges.csv")[1:]
    who = sorted({row[0] for row in rows})
    named = sorted({row[2] for row in rows})
    eco = lp.Ecosystem.from_columns(
        {"id": who + named},
        reports={
            "respondent": [row[0] for row in rows],
            "from": [row[0] for row in rows],
            "to": [row[2] for row in rows],
            "value": [1.0] * len(rows),
        },
    )
    result = lp.reconstruct(eco, seed=1)
    assert not result.identified
    assert result.interval == (0.0, 1.0)
    assert result.likely is None
    assert any("not identified" in w and "known false-positive rate" in w for w in result.warnings)
    with pytest.raises(lp.InputError, match="do not identify error rates"):
        lp.bootstrap(eco, lp.density, "reports", errors=result)


def test_an_estimate_without_an_interval_says_so():
    eco, _ = survey(items=("contact", "joint work", "advice"))
    assert any("no interval" in w for w in lp.reconstruct(eco, seed=1).warnings)
    posterior = lp.reconstruct(eco, method="gibbs", draws=100, burn=50, seed=1)
    assert posterior.interval is not None and not any("no interval" in w for w in posterior.warnings)


def test_what_cannot_be_done_is_refused():
    with pytest.raises(lp.InputError, match="nobody answered"):
        lp.reconstruct(lp.Ecosystem.from_columns({"id": ["a"]}))
    with pytest.raises(lp.InputError, match="reconstruct: items = colour"):
        lp.reconstruct(survey()[0], "colour")
    with pytest.raises(lp.InputError, match="errors"):
        lp.reconstruct(survey(n=4)[0], errors="tie")
