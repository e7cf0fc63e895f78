"""GraphML of igraph, networkx, yEd and visone."""

from __future__ import annotations

import igraph
import networkx as nx
import pytest
from graph_files import data, entity, issue_columns, read, symmetric, ties
from linkpin.io import InputError

KEYS = '<key id="w" for="edge" attr.name="weight" attr.type="double"/>'


def graphml(inside: str, default: str = "directed", keys: str = KEYS) -> str:
    return (
        f'<graphml xmlns="http://graphml.graphdrawing.org/xmlns">{keys}'
        f'<graph edgedefault="{default}">{inside}</graph></graphml>'
    )


def test_directions_follow_the_graph_or_the_edge() -> None:
    nodes = '<node id="a"/><node id="b"/>'
    inside = nodes + '<edge source="a" target="b"/><edge source="b" target="a" directed="false"/>'
    draft = read(graphml(inside))
    assert ties(draft, "kind") == [("a", "b", "arc"), ("b", "a", "edge")]
    assert symmetric(draft) == {"arc": False, "edge": True}
    assert symmetric(read(graphml(nodes + '<edge source="a" target="b"/>', "undirected"))) == {"tie": True}


def test_defaults_white_space_and_spellings_of_truth() -> None:
    draft = read(data("formats_graphml/test.graphml"))
    # The file's own comments: defaults yellow and 1, spaces trimmed, fAlSe is false, the key d3 is not for nodes.
    assert draft.entities["gender"] == [True, True, False, True, False, False]
    assert entity(draft, "n1")["color"] == "yellow"
    assert entity(draft, "n3")["color"] == 'red "with entities"'
    assert draft.ties["weight"] == [1.0, 1.0, 2.0, None, None, None, 1.1]
    assert issue_columns(draft) == [(20, "d3")]
    assert draft.about["date"] == "2006-11-12"


def test_a_name_is_a_label_where_there_is_none() -> None:
    draft = read(data("formats_graphml/graphml-whitespace.xml"))
    assert draft.entities["label"] == ["spam", None, "ham", "bacon", "eggs"]
    assert draft.entities["type"] == [True, None, True, True, True]
    assert draft.entities["weight"] == [1.0, None, 3.0, 4.0, 5.0]


def test_labels_of_yed_and_the_drawing_told_once() -> None:
    draft = read(data("formats_graphml/graphml-yed.xml"))
    assert draft.entities["label"] == ["A", "B", "X"]
    assert ties(draft, "id") == [("n1", "n0", "e0"), ("n2", "n1", "e1")]
    assert [c for _, c in issue_columns(draft)] == ["data", "port"]


def test_labels_of_desktop_yed_and_visone() -> None:
    keys = '<key id="d0" for="node" yfiles.type="nodegraphics"/><key id="d1" for="edge" yfiles.type="edgegraphics"/>'
    inside = (
        '<node id="a"><data key="d0"><y:ShapeNode><y:Fill color="#FFCC00"/>'
        "<y:NodeLabel>Alpha\n</y:NodeLabel></y:ShapeNode></data></node>"
        '<edge id="e" source="a" target="a"><data key="d1"><y:EdgeLabel>self</y:EdgeLabel></data></edge>'
    )
    draft = read(graphml(inside, keys=keys))
    assert draft.entities["label"] == ["Alpha"]
    assert draft.ties["label"] == ["self"]


def test_hyperedges_are_refused_and_nested_graphs_read_with_their_parent() -> None:
    inside = """
<node id="g"><graph edgedefault="directed"><node id="a"/><node id="b"/><edge source="a" target="b"/></graph></node>
<hyperedge><endpoint node="a"/><endpoint node="b"/><endpoint node="g"/></hyperedge>"""
    draft = read(graphml(inside))
    assert entity(draft, "a") == {"id": "a", "parent": "g"}
    assert ties(draft) == [("a", "b")]
    assert issue_columns(draft) == [(3, "hyperedge"), (0, "graph")]
    assert draft.issues[0].value == "a, b, g"


def test_several_graphs_need_a_choice() -> None:
    text = (
        '<graphml><graph id="one" edgedefault="directed"><node id="a"/></graph>'
        '<graph id="two" edgedefault="directed"><node id="b"/><node id="c"/></graph></graphml>'
    )
    first = read(text)
    assert first.entities["id"] == ["a"]
    assert "one is read" in first.issues[0].reason
    assert read(text, network="two").entities["id"] == ["b", "c"]
    assert read(text, network=2).entities["id"] == ["b", "c"]
    with pytest.raises(InputError, match="one, two"):
        read(text, network="three")


def test_wrong_ends_and_values_are_issues() -> None:
    keys = KEYS + '<key id="n" for="node" attr.name="age" attr.type="int"/><key id="s" for="edge" attr.name="say"/>'
    inside = """
<node id="a"><data key="n">7.5</data></node>
<node id="a"/>
<edge source="a" target="x"/>
<edge source="a" target="a"><data key="w">inf</data></edge>
<edge source="a" target="a"><data key="w">-3</data></edge>
<edge source="a" target="a"><data key="s">other</data><data key="q">?</data></edge>"""
    draft = read(graphml(inside, keys=keys))
    wanted = [(2, "age"), (3, "id"), (4, "target"), (5, "weight"), (6, "weight"), (7, "q")]
    assert sorted(issue_columns(draft)) == wanted
    assert ties(draft, "weight", "sign") == [("a", "a", None, None), ("a", "a", 3.0, -1), ("a", "a", None, None)]


def test_entity_bombs_are_refused() -> None:
    bomb = '<!DOCTYPE graphml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + graphml('<node id="&b;"/>')
    with pytest.raises(InputError, match="declare entities"):
        read(bomb)


def test_reads_what_networkx_and_igraph_write(tmp_path: object) -> None:
    graph = nx.MultiDiGraph(name="N")
    graph.add_node("a", size=1.5, label="A", ok=True)
    graph.add_edge("a", "b", weight=2, why="x")
    graph.add_edge("a", "b", weight=3)
    draft = read("\n".join(nx.generate_graphml(graph)))
    assert ties(draft, "weight", "why") == [("a", "b", 2, "x"), ("a", "b", 3, None)]
    assert entity(draft, "a") == {"id": "a", "size": 1.5, "label": "A", "ok": True}
    other = igraph.Graph([(0, 1), (1, 2)], directed=False)
    other.vs["name"] = ["x", "y", "z"]
    other.es["weight"] = [1.0, 2.5]
    path = tmp_path / "g.graphml"  # type: ignore[operator]
    other.write_graphml(str(path))
    draft = read(path)
    assert draft.entities["label"] == ["x", "y", "z"]
    assert draft.ties["weight"] == [1.0, 2.5]
    assert symmetric(draft) == {"tie": True}


@pytest.mark.filterwarnings("ignore:Unknown attribute key")
def test_agrees_with_igraph_on_the_files() -> None:
    for name in ("test.graphml", "graphml-default-attrs.xml", "graphml-whitespace.xml"):
        path = data(f"formats_graphml/{name}")
        graph, draft = igraph.Graph.Read_GraphML(str(path)), read(path)
        assert draft.counts()[:2] == (graph.vcount(), graph.ecount())
        assert draft.entities["id"] == graph.vs["id"]
