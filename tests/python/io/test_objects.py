"""Frames, graphs and matrices in memory."""

from __future__ import annotations

import datetime
from typing import Any

import igraph
import networkx as nx
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import scipy.sparse
from graph_files import data, entity, symmetric, ties
from linkpin.io import InputError, objects
from linkpin.io import read as read_ecosystem

ROWS: dict[str, list[Any]] = {"from": ["a", "b"], "to": ["b", "c"], "weight": [1.5, None], "why": ["x", None]}


@pytest.mark.parametrize(
    "frame",
    [pd.DataFrame(ROWS), pl.DataFrame(ROWS), pa.table(ROWS), pl.DataFrame(ROWS).lazy()],
    ids=["pandas", "polars", "pyarrow", "polars lazy"],
)
def test_edge_lists_in_frames(frame: Any) -> None:
    assert objects.takes(frame)
    draft = objects.read(frame)
    assert ties(draft, "weight", "why", "kind") == [("a", "b", 1.5, "x", "tie"), ("b", "c", None, None, "tie")]
    assert symmetric(objects.read(frame, directed=False)) == {"tie": True}


def test_matrices_in_frames_have_their_labels_in_the_index() -> None:
    frame = pd.DataFrame([[0, 1, 0], [1, 0, 2], [0, 2, 0]], index=list("xyz"), columns=list("xyz"))
    draft = objects.read(frame)
    assert ties(draft, "weight") == [("x", "y", 1.0), ("y", "z", 2.0)]
    assert symmetric(draft) == {"tie": True}


def test_types_of_cells() -> None:
    frame = pd.DataFrame(
        {
            "source": [1, 2],
            "target": [2, 3],
            "on": pd.to_datetime(["2020-02-01", None]),
            "kind": pd.Categorical(["p", "q"]),
            "count": pd.array([1, None], dtype="Int64"),
            "sure": [True, False],
        }
    )
    draft = objects.read(frame)
    assert draft.ties["on"] == ["2020-02-01", None]
    assert ties(draft, "kind", "count", "sure") == [("1", "2", "p", 1, True), ("2", "3", "q", None, False)]


def test_infinite_and_undefined_weights_are_issues() -> None:
    frame = pl.DataFrame({"from": ["a", "b", "c"], "to": ["b", "c", "a"], "weight": [float("nan"), float("inf"), -2.0]})
    draft = objects.read(frame)
    assert draft.ties["weight"] == [None, None, 2.0]
    assert [(issue.row, issue.column) for issue in draft.issues] == [(2, "weight"), (3, "weight")]


def test_frames_by_name_as_tables_that_belong_together() -> None:
    nodes = pd.DataFrame({"Id": [1, 2], "Label": ["A", "B"]})
    draft = objects.read({"nodes": nodes, "edges": pd.DataFrame({"Source": [1], "Target": [2]})})
    assert draft.entities == {"id": ["1", "2"], "label": ["A", "B"]}
    assert ties(draft) == [("1", "2")]


def test_frames_with_linkpins_own_columns_are_taken_as_they_are() -> None:
    frames = {
        "entities": pl.DataFrame({"id": ["a", "b", "b"], "roles": [["x", "y"], None, None]}),
        "ties": pl.DataFrame({"from": ["a", "a"], "to": ["b", "zz"], "weight": [2.0, 1.0]}),
        "reports": pl.DataFrame(
            {"respondent": ["a", "b"], "from": ["a", "b"], "to": [None, "a"], "item": ["t", "t"], "value": [None, 0.0]}
        ).with_columns(state=pl.Series(["did not respond", None])),
    }
    draft = objects.read(frames)
    assert entity(draft, "a") == {"id": "a", "roles": ("x", "y")}
    assert ties(draft, "weight") == [("a", "b", 2.0)]
    assert draft.reports["state"] == ["did not respond", "answered"]
    assert [(issue.file, issue.row, issue.column) for issue in draft.issues] == [
        ("entities", 4, "id"),
        ("ties", 3, "to"),
    ]


def test_an_ecosystems_own_tables_come_back() -> None:
    eco = read_ecosystem(data("formats_gexf/basic.gexf"))
    again = objects.read({"entities": eco.entities, "ties": eco.ties}).ecosystem()
    assert again.entities == eco.entities
    assert again.ties == eco.ties


def test_networkx_graphs() -> None:
    graph = nx.MultiDiGraph(name="T")
    graph.add_node(1, x=np.float64(3), tags=["p", "q"], since=datetime.date(2020, 1, 2), label="one")
    graph.add_edge(1, 2, key="k", weight=2)
    graph.add_edge(1, 2, weight=2)
    draft = objects.read(graph)
    assert entity(draft, "1") == {"id": "1", "x": 3.0, "tags": ("p", "q"), "since": "2020-01-02", "label": "one"}
    assert ties(draft, "weight", "key") == [("1", "2", 2, "k"), ("1", "2", 2, None)]
    assert draft.about["title"] == "T"
    assert draft.issues == []


def test_networkx_graphs_of_two_modes() -> None:
    # Davis's southern women: 18 women, 14 events, 89 attendances.
    draft = objects.read(nx.davis_southern_women_graph())
    assert draft.counts()[:2] == (32, 89)
    assert draft.entities["kind"].count("actor") == 18
    assert symmetric(draft) == {"tie": True}


def test_nodes_that_look_the_same_stay_apart() -> None:
    graph = nx.Graph()
    graph.add_edge(1, "1", weight=float("nan"))
    graph.add_edge(1, 2, weight=-1, extra={"a": 1})
    draft = objects.read(graph)
    assert len(set(draft.entities["id"])) == 3
    assert sorted(issue.column for issue in draft.issues) == ["extra", "id", "weight", "weight"]
    assert draft.ties["sign"] == [None, -1]


def test_igraph_graphs() -> None:
    graph = igraph.Graph([(0, 1), (1, 2)], directed=True)
    assert objects.read(graph).entities["id"] == ["0", "1", "2"]
    graph.vs["name"] = ["x", "y", "z"]
    graph.vs["size"] = [1, None, 3]
    graph.es["weight"] = [1.0, 2.0]
    graph["name"] = "G"
    draft = objects.read(graph)
    assert draft.entities == {"id": ["x", "y", "z"], "size": [1, None, 3]}
    assert ties(draft, "weight", "kind") == [("x", "y", 1.0, "tie"), ("y", "z", 2.0, "tie")]
    assert draft.about["title"] == "G"
    two_modes = igraph.Graph.Bipartite([False, False, True], [(0, 2), (1, 2)])
    assert objects.read(two_modes).entities["kind"] == ["actor", "actor", "affiliation"]


def test_sparse_and_dense_matrices_agree() -> None:
    rng = np.random.default_rng(7)
    for _ in range(50):
        dense = rng.integers(-1, 3, (5, 5)) * (rng.random((5, 5)) < 0.4)
        sparse, plain = objects.read(scipy.sparse.csr_matrix(dense)), objects.read(dense)
        assert sparse.ties == plain.ties
        found = np.zeros((5, 5))
        for source, target, weight, sign in ties(sparse, "weight", "sign"):
            size = (1 if weight is None else weight) * (sign or 1)
            found[int(source), int(target)] = size
            if symmetric(sparse)["tie"]:
                found[int(target), int(source)] = size
        assert (found == dense).all()


def test_oblong_matrices_and_names() -> None:
    draft = objects.read(np.array([[1, 0], [1, 1], [0, 1]]), names=["p", "q", "r"], columns=["E1", "E2"])
    assert ties(draft) == [("p", "E1"), ("q", "E1"), ("q", "E2"), ("r", "E2")]
    assert draft.entities["kind"] == ["actor"] * 3 + ["affiliation"] * 2
    with pytest.raises(InputError, match="3 different names"):
        objects.read(np.ones((3, 3)), names=["a", "a", "b"])


def test_other_objects_are_refused() -> None:
    assert not objects.takes(3)
    with pytest.raises(InputError, match="give a path"):
        read_ecosystem(object())
    with pytest.raises(TypeError, match="unexpected"):
        objects.read(nx.Graph(), wave=1)
