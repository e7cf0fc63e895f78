"""Cognitive maps as a user reads and runs them."""

import csv
import os
import pickle
from pathlib import Path

import linkpin as lp
import numpy as np
import pytest

DATA = Path(os.environ.get("LINKPIN_DATA", Path(__file__).parents[3] / ".." / "shared" / "data"))
need_data = pytest.mark.skipif(not (DATA / "fcm_mentalmodeler").exists(), reason="fcm_mentalmodeler is not here")

SMALL = lp.CognitiveMap(["support", "stress"], [[0, -0.6], [0.3, 0]])


@need_data
@pytest.mark.parametrize("name", ["fire_model", "fish_wetland", "fish_wetland_mod2", "fishery-manager"])
def test_mental_modeler_files_give_the_reference_map(name):
    read = lp.CognitiveMap.read(DATA / "fcm_mentalmodeler" / f"{name}.mmp")
    with open(DATA / "oracles" / f"fcm_{name}" / "weights.csv", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    np.testing.assert_array_equal(read.weights, np.array([[float(x) for x in row[1:]] for row in rows[1:]]))
    assert [n.split(" (")[0] for n in read.names] == [n.split(" (")[0] for n in rows[0][1:]]
    with open(DATA / "oracles" / f"fcm_{name}" / "steady_states.csv", encoding="utf-8") as file:
        states = {(r[0], r[1], r[2]): r for r in csv.reader(file)}
    want = states["kosko", "sigmoid", "all_ones"]
    result = read.run(np.ones(len(read.names)), tolerance=1e-12)
    assert result.verdict == "fixed point"
    assert result.steps == int(want[4])
    np.testing.assert_allclose(result.values, [float(x) for x in want[5:]], atol=5.1e-13)


@need_data
def test_the_two_notations_are_one_map():
    folder = DATA / "fcm_mentalmodeler"
    old, new = (lp.CognitiveMap.read(folder / f"{name}.mmp") for name in ("fish_wetland", "fish_wetland_mod2"))
    assert old.names == new.names
    np.testing.assert_array_equal(old.weights, new.weights)
    assert set(old.concepts["type"]) == {"ordinary", "driver", "receiver"}


def test_what_if_says_what_follows():
    table = SMALL.what_if({"support": 1.0}, rule="kosko", transfer="sigmoid")
    assert table.columns == ["concept", "without", "held", "difference"]
    assert table["difference"][0] > 0 > table["difference"][1]
    assert table["held"][0] == 1.0


def test_a_run_has_its_path_and_its_verdict():
    result = SMALL.run({"support": 1.0}, transfer="tanh", rule="modified")
    assert result.trajectory.columns == ["step", "support", "stress"]
    assert len(result.trajectory) == result.steps + 1
    assert result.trajectory["support"][0] == 1.0
    assert result.verdict in ("fixed point", "cycle", "chaos", "unsettled")
    np.testing.assert_array_equal(result.table["state"], result.values)


def test_learning_keeps_the_ties_and_reaches_its_ranges():
    result = SMALL.learn([0.5, 0.5], {"stress": (0.0, 1.0)})
    assert result.reached
    assert (result.map.weights != 0).tolist() == (SMALL.weights != 0).tolist()
    lost = SMALL.learn([0.5, 0.5], {"stress": (0.99, 1.0)}, most_steps=50)
    assert not lost.reached
    assert lost.warnings


def test_maps_of_ties_and_networks():
    eco = lp.Ecosystem.from_columns(
        {"id": ["a", "b", "c"], "label": ["Trust", "Trust", "Uptake"]},
        {
            "from": ["a", "a", "b", "c"],
            "to": ["c", "c", "c", "a"],
            "kind": ["influences"] * 3 + ["funds"],
            "weight": [0.4, 0.6, 0.5, 1.0],
            "sign": [1, 1, -1, 1],
        },
        kinds=[{"name": "influences"}],
    )
    made = lp.CognitiveMap.from_ecosystem(eco)
    assert made.names == ["Trust (a)", "Trust (b)", "Uptake"]
    np.testing.assert_allclose(made.weights, [[0, 0, 0.5], [0, 0, -0.5], [0, 0, 0]])
    net = lp.Network.from_edges(["a"], ["b"], [0.5])
    np.testing.assert_allclose(lp.CognitiveMap.from_network(net, [-1]).weights, [[0, -0.5], [0, 0]])
    with pytest.raises(lp.InputError, match="kinds = trusts"):
        lp.CognitiveMap.from_ecosystem(lp.Ecosystem.from_columns({"id": ["a"]}), kinds=["trusts"])


def test_refusals_name_the_concept():
    with pytest.raises(lp.InputError, match="'hope'"):
        SMALL.run({"hope": 1.0})
    with pytest.raises(lp.InputError, match="support on stress"):
        lp.CognitiveMap(["support", "stress"], [[0, 2], [0, 0]])
    with pytest.raises(lp.InputError, match="shape"):
        lp.CognitiveMap(["a"], [[0, 0.5]])
    with pytest.raises(lp.InputError, match="rule"):
        SMALL.run([1, 1], rule="guess")
    again = pickle.loads(pickle.dumps(SMALL))
    np.testing.assert_array_equal(again.weights, SMALL.weights)
