"""Composite indices as a user asks for them."""

import linkpin as lp
import numpy as np
import pytest

PARTS = {"reach": [3.0, 5, 9, 7], "trust": [2.0, 4, 3, 1], "cost": [9.0, 2, 5, 1]}


def test_the_components_stand_beside_the_index():
    r = lp.composite(PARTS, units=["A", "B", "C", "D"], lower_is_better=["cost"], seed=1, draws=100)
    assert r.table.columns[:3] == ["unit", "index", "rank"] and r.table.columns[-3:] == list(PARTS)
    np.testing.assert_array_equal(r.table["cost"], PARTS["cost"])
    shares = np.column_stack([r.acceptability[f"rank {k}"] for k in range(1, 5)])
    np.testing.assert_allclose(shares.sum(axis=0), 1)
    np.testing.assert_allclose(shares.sum(axis=1), 1)
    assert r.drivers["factor"].tolist() == ["weights", "normalisation", "aggregation"]
    assert r.weights["weight"].tolist() == pytest.approx([1 / 3] * 3)
    assert r.interval_of == "ranks: weights, normalisation and aggregation"
    assert any("components" in w for w in r.warnings)
    assert r == lp.composite(PARTS, units=["A", "B", "C", "D"], lower_is_better=["cost"], seed=1, draws=100, threads=2)


def test_a_frame_names_its_units():
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(PARTS, index=["A", "B", "C", "D"])
    r = lp.composite(frame, {"reach": 2, "trust": 1}, normalisations="min-max", aggregations="arithmetic", seed=0)
    assert r.table["unit"].tolist() == ["A", "B", "C", "D"]
    assert r.weights["weight"].tolist() == pytest.approx([2 / 3, 1 / 3, 0])
    # By hand: min-max with floor .01; unit C has reach 1, trust .01 + .99 * 2 / 3.
    assert r.table["index"][2] == pytest.approx(2 / 3 + (0.01 + 0.99 * 2 / 3) / 3)


def test_geometric_against_numpy():
    r = lp.composite(PARTS, normalisations="reference", aggregations="geometric", seed=0, draws=10)
    x = np.column_stack([np.array(v) / max(v) for v in PARTS.values()])
    np.testing.assert_allclose(r.table["index"], np.exp(np.log(x).mean(axis=1)), rtol=1e-12)


def test_what_makes_no_index_is_refused():
    with pytest.raises(lp.InputError, match="nothing"):
        lp.composite(PARTS, {"nothing": 1})
    with pytest.raises(lp.InputError, match="unit 1"):
        lp.composite({"a": [1, np.nan], "b": [1, 2]})
    with pytest.raises(lp.InputError, match="min-max"):
        lp.composite(PARTS, normalisations="best")
    with pytest.raises(lp.InputError, match="one a component"):
        lp.composite(PARTS, [1, 2])


def test_text_among_the_components_is_named():
    with pytest.raises(lp.InputError, match=r"component who: .*units"):
        lp.composite({"who": ["a", "b"], "ties": [1, 2]})
