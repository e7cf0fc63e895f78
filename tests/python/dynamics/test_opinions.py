"""Opinions as a user asks for them."""

import linkpin as lp
import numpy as np
import pytest

# Friedkin & Johnsen's group of four.
W = [[0.22, 0.12, 0.36, 0.3], [0.147, 0.215, 0.344, 0.294], [0, 0, 1, 0], [0.09, 0.178, 0.446, 0.286]]
U = [25, 25, 75, 85]


def test_the_published_group_settles_as_published():
    result = lp.friedkin_johnsen(W, U, 1 - np.diag(W))
    np.testing.assert_allclose(result.values, [60.0208, 59.9840, 75, 74.9862], atol=5e-5)
    np.testing.assert_allclose(lp.degroot(W, U).values, 75)
    assert result.table.columns == ["id", "first", "settled"]
    assert "Friedkin" in result.reference


def test_scipy_matrices_and_networks_are_taken():
    scipy = pytest.importorskip("scipy.sparse")
    dense = lp.friedkin_johnsen(W, U, 0.5).values
    np.testing.assert_array_equal(lp.friedkin_johnsen(scipy.csr_array(np.array(W)), U, 0.5).values, dense)
    rows, columns = np.nonzero(W)
    net = lp.Network.from_edges(rows, columns, np.array(W)[rows, columns], nodes=4)
    asks = lp.friedkin_johnsen(net, U, 0.5, flow="backward")
    np.testing.assert_allclose(asks.values, dense)
    np.testing.assert_allclose(lp.friedkin_johnsen(net.reversed(), U, 0.5).values, dense)


def test_who_is_told_follows_who_tells():
    net = lp.Network.from_edges(["teller"], ["told"], nodes=["teller", "told", "alone"])
    result = lp.degroot(net, [1.0, 0.0, 0.5])
    assert dict(zip(result.names, result.values, strict=True)) == {"teller": 1.0, "told": 1.0, "alone": 0.5}


def test_opinions_that_swing_are_undefined_and_said_so():
    result = lp.degroot([[0, 1], [1, 0]], [0.0, 1.0])
    assert np.isnan(result.values).all()
    assert "never settle" in result.warnings[0]


def test_refusals_name_the_place():
    with pytest.raises(lp.InputError, match="row 1"):
        lp.degroot([[1, 0], [0.5, 0.4]], [0, 1])
    with pytest.raises(lp.InputError, match="dimensions"):
        lp.degroot([1, 2], [0, 1])
    with pytest.raises(lp.InputError, match="flow"):
        lp.degroot(lp.Network.from_edges([0], [1]), [0, 1], flow="sideways")
