"""A list of ties read straight into a network."""

from __future__ import annotations

from pathlib import Path

import linkpin as lp
import numpy as np
import pytest


def test_named_ends_weights_and_further_columns(tmp_path: Path) -> None:
    path = tmp_path / "ties.csv"
    path.write_text("source,target,weight,kind\ncarers,council,2.5,trusts\ncouncil,nhs,1,funds\n", encoding="utf-8")
    net, issues = lp.read_network_csv(path)
    assert net.names == ["carers", "council", "nhs"]
    assert net.directed
    np.testing.assert_array_equal(net.weights, [2.5, 1.0])
    assert len(issues) == 0


def test_it_is_the_network_of_the_same_ties(tmp_path: Path) -> None:
    random = np.random.default_rng(8)
    ends = random.integers(40, size=(2, 300))
    ends[0, 0] = 39
    weight = random.integers(1, 9, 300)
    path = tmp_path / "numbered.csv"
    np.savetxt(path, np.column_stack([*ends, weight]), "%d", ",", header="from,to,weight", comments="")
    net = lp.read_network_csv(path, numbered=True, parallel="merge").network
    same = lp.Network.from_edges(*ends, weight, nodes=40, parallel="merge")
    for side in ("out", "in"):
        for ours, theirs in zip(net.csr(side), same.csr(side), strict=True):
            np.testing.assert_array_equal(ours, theirs)


def test_what_is_refused_is_told(tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text("from,to,weight\na,b,1\na,,2\nb,c,-3\n", encoding="utf-8")
    net, issues = lp.read_network_csv(path)
    assert net.m == 1
    assert sorted(set(issues["row"])) == [3, 4]
    empty = tmp_path / "empty.csv"
    empty.touch()
    with pytest.raises(lp.InputError, match="empty file"):
        lp.read_network_csv(empty)
    with pytest.raises(lp.InputError, match="parallel = 'sum'"):
        lp.read_network_csv(path, parallel="sum")
