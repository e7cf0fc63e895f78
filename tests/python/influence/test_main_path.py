"""Main paths as a user calls them."""

import json
from pathlib import Path

import linkpin as lp
import numpy as np
import pytest

DATA = Path(__file__).parents[3] / ".." / "shared" / "data"
TIES = ["AC", "CE", "CH", "EG", "GH", "HK", "BC", "BD", "BJ", "DF", "DI", "FH", "FI", "IL", "IM", "JM", "MN"]


def example():
    return lp.Network.from_edges([t[0] for t in TIES], [t[1] for t in TIES])


def test_the_published_example():
    # Liu & Lu 2012.
    table = lp.traversal_weights(example(), kind="splc").table
    found = {s + t: w for s, t, w in zip(table["source"], table["target"], table["weight"], strict=True)}
    assert [found[t] for t in TIES] == [2, 3, 3, 4, 5, 12, 2, 5, 1, 6, 4, 3, 6, 6, 6, 2, 9]
    path = lp.main_path(example(), kind="splc")
    assert "".join(path.vertices) == "BDFIMN"
    assert path.sum == 32
    assert path.unique
    assert path.removed["kept"] == len(TIES)
    assert path.to_pandas()["weight"].sum() == 32


def test_citations_run_against_knowledge():
    net = lp.Network.from_edges([t[1] for t in TIES], [t[0] for t in TIES])
    assert "".join(lp.main_path(net, flow="backward").vertices) == "BDFIMN"
    routes = lp.main_path(net, search="key-route", flow="backward")
    assert set("BDHK") <= set(routes.vertices)
    assert set(lp.main_path(net, search="local", flow="backward").vertices) >= set("BDFI")


def test_dates_as_texts_columns_and_numbers():
    net = lp.Network.from_edges(["a", "b", "c"], ["b", "c", "a"])
    by_text = lp.traversal_weights(net, cycles="by-date", dates=["2001", "2003-05", None])
    assert by_text.removed["kept"] == 1
    assert by_text.removed["undated"] == 2
    by_number = lp.traversal_weights(net, cycles="by-date", dates=[1, 2, 2])
    assert by_number.removed == {**by_number.removed, "kept": 1, "on_date": 1, "against_date": 1}
    with pytest.raises(lp.InputError, match="dates"):
        lp.traversal_weights(net, cycles="by-date")
    with pytest.raises(lp.InputError, match="2001x"):
        lp.traversal_weights(net, cycles="by-date", dates=["2001x", None, None])
    with pytest.raises(lp.InputError, match="spc, splc, spnp"):
        lp.main_path(net, kind="heaviest")
    assert lp.main_path(lp.Network.from_edges([], [], nodes=["a"])).vertices == []


def test_high_energy_physics():
    folder = DATA / "cite_hepth"
    if not folder.exists():
        pytest.skip("reference data cite_hepth is not here")
    lines = (folder / "hep-th-new.net").read_text(errors="replace").splitlines()
    start = next(i for i, line in enumerate(lines) if line.lower().startswith("*arcs"))
    arcs = np.array([line.split()[:2] for line in lines[start + 1 :] if line.strip()], dtype=int) - 1
    net = lp.Network.from_edges(arcs[:, 0], arcs[:, 1], nodes=27770)
    assert net.m == 352807
    oracle = json.loads((DATA / "oracles" / "spc_hepth" / "summary.json").read_text())
    path = lp.main_path(net)
    assert path.removed["kept"] == oracle["dag_arcs"] == 235855
    assert path.total == int(oracle["total_source_sink_paths"])
    assert path.sum == int(oracle["global_main_path_SPC_sum"])
    weights = lp.traversal_weights(net)
    assert max(weights.table["weight"]) == int(oracle["max_SPC"])
    vector = (folder / "date-new.vec").read_text().split()
    dates = np.array(vector[-27770:], dtype=float)
    dated = lp.main_path(net, cycles="by-date", dates=dates, flow="backward")
    assert dated.removed["kept"] == 351389
    assert dated.removed["on_date"] == 335
    assert len(str(dated.total)) == 87
