"""Reconstruction as a user asks for it."""

import linkpin as lp
import numpy as np
import pytest


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


def test_what_cannot_be_done_is_refused():
    with pytest.raises(lp.InputError, match="nobody answered"):
        lp.reconstruct(lp.Ecosystem.from_columns({"id": ["a"]}))
    with pytest.raises(lp.InputError, match="errors"):
        lp.reconstruct(survey(n=4)[0], errors="tie")
