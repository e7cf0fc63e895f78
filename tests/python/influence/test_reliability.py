"""Reliability as a user calls it."""

import csv
from pathlib import Path

import linkpin as lp
import pytest

DATA = Path(__file__).parents[3] / ".." / "shared" / "data"


def bridge(directed=True):
    return lp.Network.from_edges(["s", "s", "a", "a", "b"], ["a", "b", "b", "t", "t"], directed=directed)


def test_the_bridge():
    # Undirected .97848, directed .97119 at .9 and .46875 at .5.
    assert lp.reliability(bridge(False), "s", "t", p=0.9).value == pytest.approx(0.97848, abs=1e-14)
    result = lp.reliability(bridge(), ["s"], ["t"], p=0.9)
    assert result.value == pytest.approx(0.97119, abs=1e-14)
    assert result.exact
    assert "exact" in result.method
    assert lp.reliability(bridge(), "s", "t", p=[0.5] * 5).value == pytest.approx(0.46875, abs=1e-14)
    assert lp.reliability(bridge(), "t", "s", p=0.5, flow="backward").value == pytest.approx(0.46875, abs=1e-14)


def test_columns_and_sampling():
    net = lp.Network.from_edges(
        ["s", "s", "a", "b"], ["a", "b", "t", "t"], attributes={"probability": [0.9, 0.5, 0.9, 0.5]}
    )
    want = 1 - (1 - 0.81) * (1 - 0.25)
    assert lp.reliability(net, "s", "t").value == pytest.approx(want)
    sampled = lp.reliability(net, "s", "t", method="sampled", seed=4)
    assert "sampled" in sampled.method
    assert sampled.interval[0] < want < sampled.interval[1]
    assert sampled.seed == 4
    assert sampled == lp.reliability(net, "s", "t", method="sampled", seed=4, threads=3)
    assert lp.reliability(net, "s", "t", method="sampled").seed is not None
    with pytest.raises(lp.InputError, match="from 0 to 1"):
        lp.reliability(net, "s", "t", p=2.0)
    with pytest.raises(lp.InputError, match="auto, exact, sampled, bounds"):
        lp.reliability(net, "s", "t", method="noisy-or")
    with pytest.raises(lp.InputError):
        lp.reliability(net, "s", "nobody")


def test_too_large_for_an_exact_answer():
    folder = DATA / "oracles" / "chemnet_pol"
    if not folder.exists():
        pytest.skip("reference data oracles is not here")
    with (folder / "input_edges.csv").open() as file:
        rows = list(csv.DictReader(file))
    net = lp.Network.from_edges([r["from"] for r in rows], [r["to"] for r in rows])
    with pytest.raises(lp.LimitError, match="outcomes"):
        lp.reliability(net, "SRU", "BMI", p=0.5, method="exact")
    result = lp.reliability(net, "SRU", "BMI", p=0.5, samples=6400, seed=1)
    assert not result.exact
    low, high = result.bounds
    assert low < result.interval[0] < result.value < result.interval[1] <= 1
    assert result.value < high


def test_a_chain_of_uncertain_ties():
    chain = lp.chain_chance([2, 2], [2, 2])
    assert chain.value == pytest.approx(0.25)
    assert chain.variance == pytest.approx(0.0275)
    assert chain.interval[0] < 0.25 < chain.interval[1]
    with pytest.raises(lp.InputError, match="chain_chance"):
        lp.chain_chance([1], [0])


def test_scientific_information_from_sru_to_bmi_is_exact_to_the_last_digit():
    # Where each tie carries with 1/2 the chance is a count of outcomes over a power of two: see test_reliability.cpp.
    folder = DATA / "oracles" / "chemnet_scito"
    if not folder.exists():
        pytest.skip("reference data oracles is not here")
    with (folder / "input_edges.csv").open() as file:
        rows = list(csv.DictReader(file))
    net = lp.Network.from_edges([r["from"] for r in rows], [r["to"] for r in rows])
    result = lp.reliability(net, "SRU", "BMI", p=0.5, method="exact")
    assert result.value == pytest.approx(40010428703270184367319617062529067097 / 2**125, abs=2e-16)
