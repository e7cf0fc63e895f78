"""GEXF: attributes, defaults, directions, time, hierarchy, and what is refused."""

from __future__ import annotations

import networkx as nx
import pytest
from graph_files import data, entity, issue_columns, read, symmetric, ties
from linkpin.io import InputError


def gexf(inside: str, given: str = 'defaultedgetype="directed"') -> str:
    return f'<gexf version="1.2" xmlns="http://www.gexf.net/1.2draft"><graph {given}>{inside}</graph></gexf>'


NODES = '<nodes><node id="a" label="A"/><node id="b"/></nodes>'


def test_reads_a_directed_graph() -> None:
    draft = read(gexf(NODES + '<edges><edge id="0" source="a" target="b" weight="2.5" label="x"/></edges>'))
    assert ties(draft, "kind", "weight", "label", "id") == [("a", "b", "tie", 2.5, "x", "0")]
    assert entity(draft, "a") == {"id": "a", "label": "A"}
    assert symmetric(draft) == {"tie": False}
    assert draft.issues == []


def test_edges_are_undirected_by_default() -> None:
    draft = read(gexf(NODES + '<edges><edge source="a" target="b"/></edges>', given=""))
    assert symmetric(draft) == {"tie": True}


def test_mixed_directions_become_two_kinds_and_mutual_edges_two_ties() -> None:
    edges = '<edges><edge source="a" target="b" type="undirected"/><edge source="a" target="b" type="mutual"/></edges>'
    draft = read(gexf(NODES + edges))
    assert ties(draft, "kind") == [("a", "b", "edge"), ("a", "b", "arc"), ("b", "a", "arc")]
    assert symmetric(draft) == {"edge": True, "arc": False}
    assert "mutual" in draft.about["read"]


def test_edges_come_before_nodes_too() -> None:
    assert ties(read(gexf('<edges><edge source="a" target="b"/></edges>' + NODES))) == [("a", "b")]


def test_ties_without_a_weight_have_1_where_others_have_one() -> None:
    # 97 of the 254 edges of this file have no weight attribute (counted with grep); GEXF says that they have 1.
    draft = read(data("formats_gexf/les_miserables.gexf"))
    assert draft.ties["weight"].count(1.0) == 97
    assert sum(draft.ties["weight"]) == 820  # the sum of the published co-appearance weights


def test_defaults_and_types_of_attributes() -> None:
    draft = read(data("formats_gexf/data.gexf"))
    assert draft.entities["frog"] == [True, True, True, False]
    assert draft.entities["indegree"] == [1.0, 2.0, 1.0, 1.0]
    assert draft.about["creator"] == "Gephi.org"


def test_lists_in_every_spelling() -> None:
    # The file's own point: six spellings of the list a, b, c (the quotes in "single" belong to the second member).
    found = entity(read(data("formats_gexf/v1_3.gexf")), "Suzy")
    for name in ("pipe", "comma", "raw", "double", "mixed"):
        assert found[name] == ("a", "b", "c")
    assert found["single"] == ("a", "'b'", "c")
    assert found["numbers"] == ("1", "1.5", "2")


def test_edge_kinds_of_version_1_3() -> None:
    assert ties(read(data("formats_gexf/v1_3.gexf")), "kind") == [("John", "Suzy", "likes")]


def test_old_files_name_attributes_by_id() -> None:
    draft = read(data("formats_gexf/arctic.gexf"))
    assert draft.counts()[:2] == (1715, 6676)  # tags counted with grep
    assert entity(draft, "1")["occurrences"] == 143  # the file's line for New York


def test_periods_spells_and_changing_values() -> None:
    draft = read(data("formats_gexf/networkit_dynamicTest.gexf"))
    assert ties(draft, "start", "end")[1] == ("0", "2", "2009-03-01", "2009-03-10")
    assert entity(draft, "0")["start"] == "2009-03-01"
    assert "start" not in entity(draft, "2")  # its first spell has no beginning
    assert entity(draft, "2")["end"] == "2009-03-10"
    assert draft.entities["indegree"] == [1.0, 1.0, 1.0, 1.0]  # the last of each
    assert [c for _, c in issue_columns(draft)] == ["indegree", "indegree", "spells", "indegree"]


def test_an_edge_with_spells_becomes_a_tie_for_each() -> None:
    spells = '<spells><spell start="2001" end="2003"/><spell start="2005-06-01T00:00:00"/></spells>'
    draft = read(gexf(f'{NODES}<edges><edge source="a" target="b">{spells}</edge></edges>'))
    assert ties(draft, "start", "end") == [("a", "b", "2001", "2003"), ("a", "b", "2005-06-01", None)]


def test_years_written_as_decimals_and_infinite_times() -> None:
    edge = '<edges><edge source="a" target="b" start="1996.0" end="Infinity"/></edges>'
    assert ties(read(gexf(NODES + edge)), "start", "end") == [("a", "b", "1996", None)]


def test_times_that_are_no_dates_keep_their_values_under_another_name() -> None:
    edge = '<edges><edge source="a" target="b" start="3.5"/></edges>'
    draft = read(gexf(NODES + edge))
    assert ties(draft, "start", "start (attribute)") == [("a", "b", None, "3.5")]
    assert "start (attribute)" in draft.about["read"]


def test_the_time_of_day_is_cut_off_and_told() -> None:
    edge = '<edges><edge source="a" target="b" start="2009-03-01T10:30:00"/></edges>'
    draft = read(gexf(NODES + edge))
    assert ties(draft, "start") == [("a", "b", "2009-03-01")]
    assert [c for _, c in issue_columns(draft)] == ["start, end"]


def test_nested_nodes_name_the_node_they_lie_in() -> None:
    inside = '<nodes><node id="a"><nodes><node id="b"/></nodes></node><node id="c" pid="a"/></nodes>'
    draft = read(gexf(inside))
    assert entity(draft, "b")["parent"] == "a"
    assert entity(draft, "c")["parent"] == "a"
    assert "parent" in draft.about["read"]


def test_the_drawing_is_told_once() -> None:
    draft = read(data("formats_gexf/basic.gexf"))
    assert [issue.value for issue in draft.issues] == [
        "3 of color, 2 of size, 2 of position, 2 of shape, 1 of thickness"  # grep -c of each tag
    ]


def test_wrong_ends_ids_and_values_are_issues_with_their_row() -> None:
    text = """<gexf><graph defaultedgetype="directed">
<attributes class="node"><attribute id="0" title="age" type="integer"/></attributes>
<nodes>
<node id="a"><attvalues><attvalue for="0" value="old"/><attvalue for="9" value="x"/></attvalues></node>
<node id="a" label="again"/>
<node label="no id"/>
</nodes>
<edges>
<edge source="a" target="ghost"/>
<edge source="a" target="a" weight="NaN" type="sideways"/>
<edge source="a" target="a" weight="-Infinity" label="other"/>
<edge source="a" target="a" weight="-2"/>
</edges></graph></gexf>"""
    draft = read(text)
    assert sorted(issue_columns(draft)) == sorted(
        [(4, "age"), (4, "9"), (5, "id"), (6, "id"), (9, "target"), (10, "type")]
        + [(row, "weight") for row in (10, 11, 12)]
    )
    assert ties(draft, "weight", "sign") == [("a", "a", None, None), ("a", "a", None, None), ("a", "a", 2.0, -1)]
    assert entity(draft, "a") == {"id": "a", "label": "again"}


def test_repeated_ties_are_kept_and_told() -> None:
    edge = '<edge source="a" target="b"/>'
    draft = read(gexf(f"{NODES}<edges>{edge}{edge}{edge}</edges>"))
    assert len(draft.ties["from"]) == 3
    assert "2 ties say the same" in draft.issues[0].reason


def test_attributes_called_like_ids_and_ends_keep_their_values() -> None:
    declared = (
        '<attributes class="node"><attribute id="0" title="id" type="string"/></attributes>'
        '<attributes class="edge"><attribute id="0" title="from" type="string"/>'
        '<attribute id="1" title="confidence" type="string"/></attributes>'
    )
    nodes = '<nodes><node id="a"><attvalues><attvalue for="0" value="own"/></attvalues></node></nodes>'
    values = '<attvalues><attvalue for="0" value="here"/><attvalue for="1" value="high"/></attvalues>'
    draft = read(gexf(f'{declared}{nodes}<edges><edge source="a" target="a">{values}</edge></edges>'))
    assert entity(draft, "a")["id (attribute)"] == "own"
    assert ties(draft, "from (attribute)", "confidence (attribute)") == [("a", "a", "here", "high")]


def test_agrees_with_networkx() -> None:
    for name in ("formats_gexf/minimal.gexf", "formats_gexf/data.gexf", "formats_gexf/edge_data.gexf"):
        path = data(name)
        graph, draft = nx.read_gexf(path), read(path)
        assert set(draft.entities["id"]) == set(graph.nodes)
        assert sorted(ties(draft)) == sorted(graph.edges())
        assert draft.entities["label"] == [graph.nodes[id]["label"] for id in draft.entities["id"]]


def test_refuses_a_file_without_a_graph() -> None:
    with pytest.raises(InputError, match="no <graph>"):
        read("<gexf/>")
