"""Pajek networks and projects."""

from __future__ import annotations

import igraph
import networkx as nx
import pytest
from graph_files import data, entity, issue_columns, read, symmetric, ties
from linkpin.io import InputError, LimitError


def test_vertices_arcs_and_edges() -> None:
    text = """*Network Small one
*Vertices 3
1 "Ada Lovelace" 0.1 0.2 0.5 box ic Red
2 Bob
*Arcs
1 2 2.5
*Edges
2 3 1 l "works with" w 3
"""
    draft = read(text)
    assert draft.about["title"] == "Small one"
    assert draft.entities == {"id": ["1", "2", "3"], "label": ["Ada Lovelace", "Bob", None]}
    assert ties(draft, "kind", "weight", "label") == [
        ("1", "2", "arc", 2.5, None),
        ("2", "3", "edge", 1, "works with"),
    ]
    assert issue_columns(draft) == [(3, "drawing")]
    assert draft.issues[0].value == "2 lines"


def test_relations_have_names_numbers_and_tags() -> None:
    text = """*Vertices 2
*Arcs :1 "trusts"
1 2
*Arcs :2
2 1
3: 1 2
*Edges :1 "trusts"
1 2
"""
    assert ties(read(text), "kind") == [
        ("1", "2", "trusts"),
        ("2", "1", "relation 2"),
        ("1", "2", "relation 3"),
        ("1", "2", "trusts (undirected)"),
    ]


def test_lists_and_every_kind_of_line_end() -> None:
    # 55 list members counted by hand; the other four hold the path 1-2-...-10 with LF, CR, CR LF and LF CR.
    draft = read(data("formats_pajek/pajek_arcslist.net"))
    assert len(draft.ties["from"]) == 55
    assert ties(draft)[:3] == [("1", "3"), ("1", "5"), ("1", "14")]
    for number in range(1, 5):
        draft = read(data(f"formats_pajek/pajek{number}.net"))
        assert ties(draft) == [(str(i), str(i + 1)) for i in range(1, 10)]
        assert entity(draft, "10")["label"] == "Vert 10"
        assert symmetric(draft) == {"tie": True}
    assert ties(read("*Vertices 3\n*Edgeslist\n1 2 3\n"), "kind") == [("1", "2", "tie"), ("1", "3", "tie")]


def test_matrices_of_one_and_two_modes() -> None:
    draft = read(data("formats_pajek/pajek_bip.net"))
    assert draft.counts()[:2] == (15, 25)  # ones counted in the file
    assert set(zip(draft.entities["id"], draft.entities["kind"], strict=True)) >= {
        ("10", "actor"),
        ("11", "affiliation"),
    }
    assert ties(draft)[:2] == [("1", "11"), ("2", "11")]
    assert "weight" not in draft.ties
    weighted = read("*Vertices 2\n*Matrix\n0 2\n0.5 0\n")
    assert ties(weighted, "weight") == [("1", "2", 2.0), ("2", "1", 0.5)]


def test_the_same_network_as_matrix_and_as_arcs() -> None:
    matrix, arcs = (read(data(f"socialwork_journals/SocialWorkJ.{ending}")) for ending in ("mat", "net"))
    assert sorted(ties(matrix, "weight")) == sorted(ties(arcs, "weight"))
    assert matrix.entities == arcs.entities


def test_negative_weights_keep_size_and_sign() -> None:
    # Ten -1 in the file.
    draft = read(data("formats_pajek/pajek_signed.net"))
    assert draft.ties["sign"].count(-1) == 10
    assert set(draft.ties["weight"]) == {1.0}
    assert [c for _, c in issue_columns(draft)] == ["weight"]


def test_a_project_gives_one_network_its_partitions_and_the_others_by_name() -> None:
    path = data("knoke_bureaucracies/KnokBur.paj")
    first = read(path)
    assert first.counts()[:2] == (10, 49)
    assert first.entities["KnokSec"] == [1, 2, 1, 3, 1, 2, 3, 2, 1, 2]
    assert first.entities["KnokRat"][5] == 2.5
    assert "network=2" in first.issues[0].remedy
    second = read(path, network=2)
    assert len(second.ties["from"]) == 22  # lines between the second *Arcs and *Edges
    assert read(path, network="UciNet\\KnokBur.dat : KNOKM").ties == second.ties
    with pytest.raises(InputError, match="KNOKI"):
        read(path, network="none")


def test_a_project_of_two_modes() -> None:
    draft = read(data("scotland_interlocks/Scotland.paj"))
    assert draft.entities["kind"].count("actor") == 108  # Pajek's own partition [108,136]
    assert entity(draft, "1")["Capital"] == 47236.0
    assert "Capital" not in entity(draft, "109")
    assert [issue.column for issue in draft.issues][:2] == ["Industrial_categories.clu", "Capital.vec"]


def test_partitions_and_vectors_beside_a_network() -> None:
    folder = data("cite_smallworld")
    draft = read(folder / "SmallW.net", partitions=folder / "SmallPY.clu", vectors=[folder / "SmallGCS.vec"])
    project = read(folder / "SmallW.paj")
    assert draft.entities["SmallPY"] == project.entities["SmallWorld PubYear"]
    assert draft.entities["SmallGCS"] == project.entities["SmallWorld GCS"]


def test_a_partition_alone_is_refused_with_what_to_do() -> None:
    for name in ("knoke_bureaucracies/KnokSec.clu", "knoke_bureaucracies/KnokRat.vec", "cite_hepth/date-new.vec"):
        with pytest.raises(InputError, match="partitions="):
            read(data(name))


def test_repeated_arcs_are_told() -> None:
    # The data's own description: the list gives every arc twice, 1,988 lines, 994 arcs.
    draft = read(data("cite_smallworld/SmallW.net"))
    assert len(draft.ties["from"]) == 1988
    assert "994 ties say the same" in draft.issues[0].reason


def test_years_in_brackets_are_periods() -> None:
    text = """*Vertices 2
1 "a" [2001-2005]
2 "b" [2003-*]
*Arcs
1 2 1 [2004]
2 1 1 [1-3,5]
"""
    draft = read(text)
    assert entity(draft, "1") == {"id": "1", "label": "a", "start": "2001", "end": "2006"}
    assert entity(draft, "2")["start"] == "2003"
    assert ties(draft, "start", "end", "times") == [("1", "2", "2004", "2005", None), ("2", "1", None, None, "1-3,5")]


def test_attributes_as_networkx_writes_them(tmp_path: object) -> None:
    graph = nx.DiGraph()
    graph.add_node("a b", age="7")
    graph.add_edge("a b", "c", weight=2.0, why="so it is")
    path = tmp_path / "x.net"  # type: ignore[operator]
    nx.write_pajek(graph, str(path))
    draft = read(path)
    assert entity(draft, "1") == {"id": "1", "label": "a b", "age": 7}
    assert ties(draft, "weight", "why") == [("1", "2", 2.0, "so it is")]


def test_what_is_wrong_is_an_issue_with_its_row() -> None:
    text = """a remark
*Vertices 2
1 "a"
1 "again"
7 "far"
2 "never closed
*Arcs
1 9
1
1 2 much
1 2 nan
*Cluster x
1
"""
    draft = read(text)
    assert sorted(issue_columns(draft)) == sorted(
        [(1, ""), (4, "vertex"), (5, "vertex"), (6, "label"), (8, "tie"), (9, "tie"), (11, ""), (12, "*cluster")]
        + [(row, "weight") for row in (10, 11)]
    )
    assert entity(draft, "2")["label"] == "never closed"
    assert ties(draft, "weight") == [("1", "2", None), ("1", "2", None)]


def test_what_cannot_be_read_is_refused() -> None:
    with pytest.raises(InputError, match="2 rows of 2 are needed, 4 cells"):
        read("*Vertices 2\n*Matrix\n1 0 1\n")
    with pytest.raises(InputError, match="say how many"):
        read("*Vertices many\n")
    with pytest.raises(LimitError, match="list them all"):
        read("*Vertices 2000000000\n*Arcs\n1 2\n")


def test_encodings(tmp_path: object) -> None:
    text = '*Vertices 1\n1 "Müller"\n'
    for codec in ("utf-8", "utf-8-sig", "cp1252", "utf-16"):
        draft = read(text.encode(codec))
        assert draft.entities["label"] == ["Müller"]
        assert "encoding" in draft.about["read"]
    assert read(text.encode("cp852"), encoding="cp852").entities["label"] == ["Müller"]


def test_agrees_with_igraph() -> None:
    for name in ("bipartite", "pajek1", "pajek3", "pajek_arcslist", "pajek_signed"):
        path = data(f"formats_pajek/{name}.net")
        graph, draft = igraph.Graph.Read_Pajek(str(path)), read(path)
        assert draft.counts()[:2] == (graph.vcount(), graph.ecount())
        ends = [(int(a) - 1, int(b) - 1) for a, b in ties(draft)]
        if graph.is_directed():
            assert sorted(ends) == sorted(graph.get_edgelist())
        else:
            assert sorted(map(sorted, ends)) == sorted(map(sorted, graph.get_edgelist()))


def test_a_large_citation_network() -> None:
    # 27,770 vertices and 352,807 lines, as the data's description says; 39 of them loops.
    draft = read(data("cite_hepth/hep-th-new.net"))
    assert draft.counts() == (27770, 352807, 0, 0)
    assert sum(a == b for a, b in ties(draft)) == 39
