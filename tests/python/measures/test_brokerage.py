"""Brokerage as a user calls it."""

import linkpin as lp
import numpy as np
import pytest
from linkpin.measures.brokerage import brokerage, brokerage_two_mode

ROLES = ["w_I", "w_O", "b_IO", "b_OI", "b_O", "t"]


@pytest.fixture
def net():
    # a1 -> a2 -> b1 -> c1, and a1 -> b1.
    return lp.Network.from_edges(
        ["a1", "a2", "b1", "a1", "a2"],
        ["a2", "b1", "c1", "b1", "a3"],
        nodes=["a1", "a2", "a3", "b1", "c1"],
        groups=["a", "a", "a", "b", "c"],
    )


def test_roles_by_vertex_and_whole(net):
    result = brokerage(net, "group")
    assert result.raw.columns == ["id", "group", *ROLES]
    rows = {row["id"]: row for row in result.raw.rows()}
    # a1 -> a2 -> a3 is open within a; a1 -> a2 -> b1 is closed; a1, a2 -> b1 -> c1 join three groups.
    assert [rows["a2"][role] for role in ROLES] == [1, 0, 0, 0, 0, 1]
    assert [rows["b1"][role] for role in ROLES] == [0, 0, 0, 0, 2, 2]
    assert result.whole["role"].tolist() == ROLES
    assert result.whole["raw"].tolist() == [1, 0, 0, 0, 2, 3]
    # d = 5 / 20, q = d^2 (1 - d): expected coordinator in a group of three q * 2 * 1 (Gould & Fernandez 1989).
    assert result.expected["w_I"][0] == pytest.approx(0.25**2 * 0.75 * 2)
    z = (result.raw["b_O"] - result.expected["b_O"]) / result.sd["b_O"]
    np.testing.assert_allclose(result.z["b_O"], z)
    assert result.table is result.raw
    with pytest.raises(AttributeError, match=r"no \.p"):
        _ = result.p


def test_groups_in_any_form(net):
    want = brokerage(net, "group").raw
    by_label = brokerage(net, np.array(["a", "a", "a", "b", "c"]))
    by_name = brokerage(net, {"a1": "a", "a2": "a", "a3": "a", "b1": "b", "c1": "c"})
    assert by_label.raw == want
    assert by_name.raw == want
    missing = brokerage(net, ["a", "a", None, "b", float("nan")])
    assert missing.raw["t"][:2].tolist() == [0, 0]
    assert np.isnan(missing.raw["t"][2])
    assert missing.raw["group"].tolist() == ["a", "a", None, "b", None]
    assert "2 of 5 vertices have no group" in missing.warnings[0]
    with pytest.raises(lp.InputError, match="no vertex has this name"):
        brokerage(net, {"nobody": "a"})
    with pytest.raises(lp.InputError, match="vertex columns are"):
        brokerage(net, "sector")


def test_permutation_p(net):
    result = brokerage(net, "group", permutations=199, seed=4)
    assert result.seed == 4
    assert ((result.p["w_I"] > 0) & (result.p["w_I"] <= 1)).all()
    assert np.isnan(result.p["t"]).all()
    assert result.p == brokerage(net, "group", permutations=199, seed=4, threads=1).p
    assert set(result.whole.columns) == {
        "role", "raw", "expected", "sd", "z", "p", "p_greater", "p_less", "p_error",
    }  # fmt: skip


def test_two_modes():
    # ann and cy share no group; ben sits with both.
    net = lp.Network.from_edges(
        ["ann", "ben", "ben", "cy"], ["board", "board", "panel", "panel"], directed=False,
    )  # fmt: skip
    groups = {"ann": "care", "ben": "care", "cy": "research"}
    result = brokerage_two_mode(net, groups, ["ann", "ben", "cy"])
    assert result.raw["id"].tolist() == ["ann", "ben", "cy"]
    assert result.raw["b_IO"].tolist() == [0, 1, 0]
    assert result.raw["t"].tolist() == [0, 1, 0]
    assert result.whole.columns == ["role", "raw"]
    truth = np.isin(net.names, ["ann", "ben", "cy"])
    assert brokerage_two_mode(net, groups, truth).raw == result.raw
    with pytest.raises(lp.InputError, match="two-mode"):
        brokerage_two_mode(net, groups, ["ann", "board"])
