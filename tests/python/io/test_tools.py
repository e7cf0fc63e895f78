"""What other tools export as tables or JSON: Kumu, Gephi, NodeXL, Polinode, Graph Commons; folders and archives."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from graph_files import entity, symmetric, ties
from linkpin.io import InputError, draft_of
from test_surveys import workbook

KUMU = {
    "Elements": [
        ["Label", "Type", "Tags", "Description"],
        ["Clinic", "Organisation", "health|north", None],
        ["Board", "Organisation", None, "meets monthly"],
        ["Board", "Event", "yearly", None],
    ],
    "Connections": [
        ["From", "To", "Type", "Strength", "Direction", "Label"],
        ["Clinic", "Board", "advises", 2, "directed", "since 2019"],
        ["Clinic", "Visitor", "meets", None, "undirected", None],
        ["Clinic", None, "meets", None, "undirected", None],
    ],
    "Old (ignore)": [["From", "To"], ["x", "y"]],
}


def folder(path, **files):
    for name, text in files.items():
        (path / f"{name}.csv").write_text(text, "utf-8")
    return path


def archive(files):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in files.items():
            out.writestr(name, content)
    return stream.getvalue()


def test_kumu_workbook():
    draft = draft_of(workbook(KUMU))
    assert draft.entities["id"] == ["Clinic", "Board", "Board (Event)", "Visitor"]
    assert entity(draft, "Clinic") == {
        "id": "Clinic",
        "label": "Clinic",
        "kind": "Organisation",
        "Tags": ("health", "north"),
    }
    assert ties(draft, "kind", "weight", "label") == [
        ("Clinic", "Board", "advises", 2.0, "since 2019"),
        ("Clinic", "Visitor", "meets", None, None),
    ]
    assert symmetric(draft) == {"meets": True}
    assert {(i.row, i.value) for i in draft.issues} == {
        (0, "Board"),
        (3, "Visitor"),
        (4, "Clinic |  | meets |  | undirected"),
    }
    assert "Old (ignore)" in draft.about["read"]


def test_kumu_ids():
    elements = "ID,Label,Type\n1,Clinic,Organisation\n2,Board,Event\n"
    draft = draft_of(archive({"elements.csv": elements, "connections.csv": "From,To,Type\n1,2,runs\n"}))
    assert ties(draft, "kind") == [("1", "2", "runs")]
    assert entity(draft, "2") == {"id": "2", "label": "Board", "kind": "Event"}


def test_connections_that_name_labels_find_their_ids():
    edges = "From,To\nClinic,Board\nClinic,2\n2,1\n1,2\n"
    draft = draft_of(archive({"nodes.csv": "Id,Label\n1,Clinic\n2,Board\n", "edges.csv": edges}))
    assert ties(draft) == [("1", "2"), ("1", "2"), ("2", "1"), ("1", "2")]


def test_kumu_import_json():
    content = {
        "elements": [
            {"id": 1, "label": "Clinic", "type": "Organisation", "tags": ["health", "north"]},
            {"id": 2, "label": "Board"},
            {"description": "neither id nor label"},
        ],
        "connections": [
            {"id": 7, "from": 1, "to": 2, "type": "advises", "direction": "directed", "strength": 3},
            {"from": 2, "to": 9, "direction": "mutual"},
            {"from": 2},
        ],
    }
    draft = draft_of(json.dumps(content).encode())
    assert entity(draft, "1") == {"id": "1", "label": "Clinic", "kind": "Organisation", "tags": ("health", "north")}
    assert ties(draft, "kind", "weight", "id") == [("1", "2", "advises", 3.0, 7), ("2", "9", "tie", None, None)]
    assert symmetric(draft) == {"tie": True}
    assert [(i.row, i.column) for i in draft.issues] == [(3, "elements"), (2, "connections"), (3, "connections")]


def test_kumu_project_json():
    content = {
        "name": "A map",
        "elements": [
            {"_id": "elem-a", "attributes": {"label": "Clinic", "element type": "Organisation"}},
            {"_id": "elem-b", "attributes": {"label": "Board"}},
        ],
        "connections": [
            {"_id": "conn-1", "from": "elem-a", "to": "elem-b", "direction": "undirected", "delayed": False,
             "reversed": True, "attributes": {"connection type": "+"}},
        ],
        "maps": [{"_id": "map-1"}],
    }  # fmt: skip
    draft = draft_of(json.dumps(content).encode())
    assert draft.about["title"] == "A map"
    assert ties(draft, "kind", "reversed") == [("elem-a", "elem-b", "+", True)]
    assert symmetric(draft) == {"+": True}
    assert "1 maps are pictures" in draft.about["read"]


def test_gephi_folder(tmp_path):
    nodes = "Id,Label,Interval,Modularity Class\na,A,,1\nb,B,,2\nc,C,,1\n"
    edges = "Source,Target,Type,Id,Label,Interval,Weight\na,b,Undirected,0,,,1.0\nb,c,Undirected,1,x,,2.5\n"
    draft = draft_of(folder(tmp_path, nodes=nodes, edges=edges))
    assert draft.counts() == (3, 2, 0, 0)
    assert entity(draft, "c") == {"id": "c", "label": "C", "Modularity Class": 1}
    assert ties(draft, "weight", "label") == [("a", "b", 1.0, None), ("b", "c", 2.5, "x")]
    assert symmetric(draft) == {"tie": True}


def test_nodexl_workbook():
    draft = draft_of(
        workbook(
            {
                "Edges": [
                    ["Visual Properties", None, None, "Other Columns"],
                    ["Vertex 1", "Vertex 2", "Color", "Edge Weight"],
                    ["a", "b", None, 2],
                    ["b", "c", "Red", 1],
                ],
                "Vertices": [[None, "Visual Properties"], ["Vertex", "Shape"], ["a", "Disk"], ["b", None], ["c", None]],
                "Overall Metrics": [["Graph Metric", "Value"], ["Vertices", 3]],
            }
        )
    )
    assert ties(draft, "weight", "Color") == [("a", "b", 2.0, None), ("b", "c", 1.0, "Red")]
    assert entity(draft, "a") == {"id": "a", "Shape": "Disk"}
    assert draft.issues == []


def test_polinode():
    draft = draft_of(workbook({"Nodes": [["id", "Name"], [1, "A"], [2, "B"]], "Edges": [["Source", "Target"], [1, 2]]}))
    assert (ties(draft), entity(draft, "1")) == ([("1", "2")], {"id": "1", "label": "A"})
    content = {
        "nodes": [{"id": "1", "attributes": {"Name": "A", "Team": "x"}}, {"id": "2", "attributes": {"Name": "B"}}],
        "edges": [{"source": "1", "target": "2", "attributes": {"Trust": 3}}, {"source": "1"}],
    }
    draft = draft_of(json.dumps(content).encode())
    assert entity(draft, "1") == {"id": "1", "label": "A", "Team": "x"}
    assert ties(draft, "Trust") == [("1", "2", 3)]
    assert [(i.row, i.column) for i in draft.issues] == [(2, "edges")]


def test_networkx_node_link():
    nx = pytest.importorskip("networkx")
    graph = nx.relabel_nodes(nx.les_miserables_graph(), str)
    draft = draft_of(json.dumps(nx.node_link_data(graph, edges="links")).encode())
    assert draft.counts() == (graph.number_of_nodes(), graph.number_of_edges(), 0, 0)
    assert symmetric(draft) == {"tie": True}
    assert sum(draft.ties["weight"]) == sum(w for _, _, w in graph.edges(data="weight"))


def test_graph_commons():
    text = b"from_name,from_type,to_name,to_type,name,weight\nAnn,Person,Clinic,Organisation,WORKS AT,2\n"
    draft = draft_of(text)
    assert ties(draft, "kind", "weight") == [("Ann", "Clinic", "WORKS AT", 2.0)]
    assert (entity(draft, "Ann")["kind"], entity(draft, "Clinic")["kind"]) == ("Person", "Organisation")


def test_records_in_json():
    assert ties(draft_of(b'[{"from": "a", "to": "b", "kind": "x"}, {"from": "b", "to": "c"}]')) == [
        ("a", "b"),
        ("b", "c"),
    ]


def test_folders_with_several_kinds(tmp_path):
    folder(
        tmp_path,
        trust_edges="from,to\na,b\n",
        advice_edges="from,to\nb,c\n",
        people_nodes="name,code\nAnn,a\nBob,b\nCat,c\n",
        trust_matrix=",a,b\na,0,1\nb,0,0\n",
    )
    (tmp_path / "map.graphml").write_text("<graphml/>", "utf-8")
    draft = draft_of(tmp_path)
    assert sorted(ties(draft, "kind")) == [("a", "b", "trust"), ("b", "c", "advice")]
    assert entity(draft, "a") == {"id": "a", "label": "Ann"}  # the column that the ties name holds the ids
    assert {i.file for i in draft.issues} == {"trust_matrix.csv", "map.graphml"}


def test_a_folder_without_tables_is_refused(tmp_path):
    with pytest.raises(InputError, match="no table in it"):
        draft_of(tmp_path)


def test_rows_above_the_heading_are_noted():
    draft = draft_of(workbook({"S": [["Our network 2023"], [], ["from", "to"], ["a", "b"], ["b", None]]}))
    assert ties(draft) == [("a", "b")]
    assert "row 1, above the heading: Our network 2023" in draft.about["read"]
    assert [i.row for i in draft.issues] == [5]
