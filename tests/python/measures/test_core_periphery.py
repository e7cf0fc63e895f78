"""Core and periphery as a user calls it."""

import linkpin as lp
import numpy as np
import pytest
from linkpin.measures.core_periphery import core_periphery


@pytest.fixture
def net():
    # x, y and z are tied to each other and to p, q and r.
    return lp.Network.from_edges(
        ["x", "x", "y", *"xxxyyyzzz"], ["y", "z", "z", *"pqrpqrpqr"], nodes=list("xyzpqr"), directed=False
    )


def test_discrete(net):
    result = core_periphery(net)
    assert result.value == pytest.approx(1)
    assert result.core == ["x", "y", "z"]
    assert result.values.tolist() == [1, 1, 1, 0, 0, 0]
    assert result.exact
    assert "core with any" in result.method
    for pattern in ("core-core", "between-ignored"):
        assert core_periphery(net, pattern=pattern).core[:3] == ["x", "y", "z"]


def test_continuous():
    c = np.array([1, 0.8, 0.5, 0.2])
    u, v = np.triu_indices(4, 1)
    net = lp.Network.from_edges(u, v, 2 * c[u] * c[v], directed=False)
    result = core_periphery(net, model="continuous", weights="weight")
    assert result.value == pytest.approx(1)
    np.testing.assert_allclose(result.values, c, atol=1e-6)
    assert result.core == []


def test_undefined_is_said(net):
    result = core_periphery(lp.Network.from_edges([0, 0, 1], [1, 2, 2], directed=False))
    assert np.isnan(result.value)
    assert "alike" in result.warnings[0]


def test_refusals(net):
    with pytest.raises(lp.InputError, match="core-any, core-core, between-ignored"):
        core_periphery(net, pattern="core")
    with pytest.raises(lp.InputError, match="discrete, continuous"):
        core_periphery(net, model="both")
    with pytest.raises(lp.InputError, match="least squares, correlation"):
        core_periphery(net, model="continuous", fit="best")
