"""Matrices in text and workbooks: square and oblong, with and without labels, mirrored or not."""

from __future__ import annotations

import numpy as np
import pytest
from graph_files import entity, symmetric, ties
from linkpin.io import InputError, draft_of
from test_surveys import workbook


def text_of(labels, matrix, corner=""):
    return "\n".join(
        [",".join([corner, *labels]), *(",".join([n, *map(str, r)]) for n, r in zip(labels, matrix, strict=True))]
    ).encode()


def test_random_matrices_give_their_cells():
    """The slow twin: every cell that is not zero is a tie, one a pair where the matrix mirrors itself."""
    rng = np.random.default_rng(7)
    for number in range(1000):
        n = int(rng.integers(3, 9))
        matrix = rng.integers(-2, 4, (n, n)) * (rng.random((n, n)) < rng.random())
        if number % 3 == 0:
            matrix = np.triu(matrix) + np.triu(matrix, 1).T
        labels = [f"v{i}" for i in rng.permutation(n)]
        draft = draft_of(text_of(labels, matrix))
        mirrored = (matrix == matrix.T).all() and bool((matrix * (1 - np.eye(n, dtype=int))).any())
        expected = {
            (labels[i], labels[j]): matrix[i, j]
            for i in range(n)
            for j in range(i if mirrored else 0, n)
            if matrix[i, j] != 0
        }
        found = {(a, b): (w or 1) * (s or 1) for a, b, w, s in ties(draft, "weight", "sign")}
        assert found == expected, number
        assert draft.entities["id"] == labels
        if expected:
            assert symmetric(draft) == {"tie": mirrored}


def test_direction_can_be_said():
    text = text_of("ABC", [[0, 1, 0], [1, 0, 2], [0, 2, 0]])
    assert symmetric(draft_of(text)) == {"tie": True}
    assert len(ties(draft_of(text, directed=True))) == 4
    draft = draft_of(text_of("ABC", [[0, 1, 0], [0, 0, 2], [1, 3, 0]]), directed=False)
    assert sorted(ties(draft, "weight")) == [("A", "B", 1), ("B", "C", 2), ("C", "A", 1)]
    assert "halves of the matrix differ" in draft.issues[0].reason


def test_half_a_matrix_is_undirected():
    draft = draft_of(b",A,B,C\nA,,,\nB,1,,\nC,0,2,\n")
    assert symmetric(draft) == {"tie": True}
    assert ties(draft, "weight") == [("B", "A", 1), ("C", "B", 2)]


def test_ticks_sums_and_cells_that_cannot_be_read():
    draft = draft_of(b",A,B,C,Total\nA,,x,,1\nB,yes,,no,1\nC,,perhaps,inf,0\nTotal,1,1,0,2\n", directed=True)
    assert ties(draft) == [("A", "B"), ("B", "A")]
    assert draft.entities["id"] == ["A", "B", "C"]
    assert {(i.row, i.column, i.value) for i in draft.issues if i.row} == {(4, "B", "perhaps"), (4, "C", "inf")}


def test_attributes_beside_a_matrix():
    draft = draft_of(b"Organisation,Sector,A,B,C\nA,public,0,1,0\nB,private,0,0,1\nC,,1,0,0\n")
    assert ties(draft) == [("A", "B"), ("B", "C"), ("C", "A")]
    assert entity(draft, "B") == {"id": "B", "sector": "private"}


def test_partners_without_a_row():
    draft = draft_of(b",A,B,C,D\nA,0,1,0,1\nB,1,0,1,0\nC,0,0,0,1\n")
    assert draft.entities["id"] == ["A", "B", "C", "D"]
    assert "1 of 4 columns have no row: D" in draft.about["read"]


def test_without_labels_or_corner():
    draft = draft_of(b"0 1 0\n0 0 1\n1 0 0\n")
    assert ties(draft) == [("1", "2"), ("2", "3"), ("3", "1")]
    assert "no labels" in draft.about["read"]
    draft = draft_of(b'"a","b","c"\n"a",0,1,0\n"b",0,0,1\n"c",1,0,0\n')
    assert ties(draft) == [("a", "b"), ("b", "c"), ("c", "a")]


def test_two_sets():
    draft = draft_of(b",E1,E2,E3\nann,1,0,2\nbob,0,0,1\n")
    assert ties(draft, "weight") == [("ann", "E1", 1), ("ann", "E3", 2), ("bob", "E3", 1)]
    assert entity(draft, "ann")["kind"] == "actor"
    assert entity(draft, "E2")["kind"] == "affiliation"
    assert draft_of(b"id,wealth,age,ties\nann,103,45,3\nbob,7,33,2\n").counts()[1] == 0
    assert draft_of(b"id,wealth,age,ties\nann,103,45,3\nbob,7,33,2\n", shape="matrix").counts()[1] == 6
    with pytest.raises(InputError, match="labels in the first row"):
        draft_of(b"a\nb\n", shape="matrix")


def test_workbooks_read_as_text_does():
    rows = [["", "A", "B", "C"], ["A", 0, 1.5, 0], ["B", 0, 0, 2], ["C", 1, None, 0]]
    assert ties(draft_of(workbook({"S": rows})), "weight") == [("A", "B", 1.5), ("B", "C", 2.0), ("C", "A", 1.0)]


def test_a_member_called_total_stays():
    draft = draft_of(b",A,B,Total\nA,0,1,0\nB,0,0,1\nTotal,1,1,0\n")
    assert draft.entities["id"] == ["A", "B", "Total"]
    assert ties(draft) == [("A", "B"), ("B", "Total"), ("Total", "A"), ("Total", "B")]
