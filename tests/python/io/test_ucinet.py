"""UCINET's DL language."""

from __future__ import annotations

import igraph
import numpy as np
import pytest
from graph_files import data, entity, issue_columns, read, symmetric, ties
from linkpin.io import InputError, LimitError


def test_a_matrix_that_mirrors_itself_is_undirected() -> None:
    draft = read(data("formats_ucinet_dl/igraph_fullmatrix2.dl"))
    assert symmetric(draft) == {"tie": True}
    assert len(draft.ties["from"]) == 6
    assert draft.entities["id"] == ["barry", "david", "lin", "pat", "russ"]
    both = read(data("formats_ucinet_dl/igraph_fullmatrix2.dl"), directed=True)
    assert len(both.ties["from"]) == 12


def test_labels_in_any_case_of_letters() -> None:
    draft = read(data("formats_ucinet_dl/igraph_fullmatrix4.dl"))
    assert draft.entities["id"] == ["Larry", "david", "Lin", "Pat", "Russ"]
    assert draft.issues == []


def test_several_matrices_are_kinds() -> None:
    path = data("formats_ucinet_dl/PADGETT.DAT")
    draft = read(path)
    # Padgett's families: 20 marriages and 15 business ties.
    assert draft.ties["kind"].count("PADGM") == 20
    assert draft.ties["kind"].count("PADGB") == 15
    assert symmetric(draft) == {"PADGM": True, "PADGB": True}
    knoke = read(data("knoke_bureaucracies/Knok.dat"))
    # Knoke's bureaucracies: 49 information ties and 22 money ties.
    assert [knoke.ties["kind"].count(kind) for kind in ("KNOKI", "KNOKM")] == [49, 22]


def test_two_modes() -> None:
    draft = read(data("formats_ucinet_dl/DAVIS.DAT"))
    assert draft.entities["kind"].count("actor") == 18
    assert draft.entities["kind"].count("affiliation") == 14
    assert ("EVELYN", "E1") in ties(draft)


def test_cells_agree_with_a_plain_reading() -> None:
    path = data("formats_ucinet_dl/SZCID.DAT")
    draft = read(path, directed=True)
    cells = np.array(path.read_text().split("DATA:")[1].split(), float).reshape(16, 16)
    found = np.zeros((16, 16))
    for source, target, weight in ties(draft, "weight"):
        found[draft.entities["id"].index(source), draft.entities["id"].index(target)] = weight
    assert (found == cells).all()


def test_lists_agree_with_igraph() -> None:
    for name in ("edgelist1", "edgelist2", "edgelist3", "edgelist4", "nodelist1"):
        path = data(f"formats_ucinet_dl/igraph_{name}.dl")
        graph, draft = igraph.Graph.Read_DL(str(path)), read(path)
        wanted = {(graph.vs[e.source]["name"].lower(), graph.vs[e.target]["name"].lower()) for e in graph.es}
        assert set(ties(draft)) == wanted


def test_halves_and_missing_diagonals() -> None:
    half = "dl n=3 format=lowerhalf diagonal=absent\nlabels:\na b c\ndata:\n1\n0 2\n"
    assert ties(read(half), "weight", "kind") == [("b", "a", 1.0, "tie"), ("c", "b", 2.0, "tie")]
    upper = "dl n=3 format=upperhalf\nlabels:\na,b,c\ndata:\n0 1 0\n0 2\n0\n"
    assert ties(read(upper), "weight") == [("a", "b", 1.0), ("b", "c", 2.0)]
    full = "dl n=3 diagonal absent\ndata:\n1 0\n1 1\n1 1\n"
    assert ties(read(full)) == [("1", "2"), ("2", "1"), ("2", "3"), ("3", "1"), ("3", "2")]


def test_two_mode_lists_and_embedded_labels() -> None:
    text = 'dl nr=2 nc=2 format=nodelist2\nlabels embedded\ndata:\nann "board one"\nbob "board one" council\n'
    draft = read(text)
    assert ties(draft) == [("ann", "board one"), ("bob", "board one"), ("bob", "council")]
    assert entity(draft, "council")["kind"] == "affiliation"
    numbered = "dl n=3 format=nodelist1b\ndata:\n2 2 3\n0\n1 1\n"
    assert ties(read(numbered)) == [("1", "2"), ("1", "3"), ("3", "1")]


def test_labels_with_spaces_one_a_line() -> None:
    draft = read("dl n=2\nlabels:\nNew York\nOld Town\ndata:\n0 1\n0 0\n")
    assert ties(draft) == [("New York", "Old Town")]


def test_what_is_wrong_is_told() -> None:
    draft = read("dl n=2\nlabels:\nann ann\ndata:\n0 .\nmany 0\n")
    assert issue_columns(draft) == [(0, "labels"), (5, "ann (actor 2)"), (6, "ann")]
    listed = read("dl n=2 format=edgelist1\ndata:\n1 2\n1 7\n1\n2 1 x\n2 1 -1.5\n")
    assert sorted(issue_columns(listed)) == [(4, "data"), (5, "data"), (6, "weight"), (7, "weight")]
    assert ties(listed, "weight", "sign") == [("1", "2", 1.0, 1), ("2", "1", None, None), ("2", "1", 1.5, -1)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("dl n=2\ndata:\n0 1 0\n", "1 matrices of 4 cells"),
        ("dl n=2\nlabels:\na b c\ndata:\n0 0 0 0\n", "2 are needed"),
        ("dl n=2 format=rankedlist1\ndata:\n1 2\n", "export it as one"),
        ("dl n=2\n0 1\n1 0\n", "data"),
        ("dl n=2 nm=2 format=edgelist1\ndata:\n1 2\n", "fullmatrix"),
    ],
)
def test_what_cannot_be_read_is_refused(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read(text)


def test_sizes_are_limited() -> None:
    with pytest.raises(LimitError, match="1000000"):
        read("dl n=2000000000\ndata:\n0\n")
    with pytest.raises(InputError, match="matrices of 1000000000000 cells"):
        read("dl n=1000000\ndata:\n0\n")


def test_the_old_text_format_is_refused_with_what_to_do() -> None:
    with pytest.raises(InputError, match="export it as DL"):
        read(data("knoke_bureaucracies/KnokBur.DAT"))
