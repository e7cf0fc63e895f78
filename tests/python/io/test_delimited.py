"""Tables in plain text: encodings, delimiters and decimal marks found by looking, and what cannot be taken."""

from __future__ import annotations

import csv
import io

import pytest
from graph_files import entity, symmetric, ties
from hypothesis import given, settings
from hypothesis import strategies as st
from linkpin.io import InputError, draft_of
from linkpin.io.text import scan

TABLE = "from,to,weight\nCafé,Zürich,2\nZürich,Łódź,1\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_encodings(encoding):
    draft = draft_of(TABLE.encode(encoding))
    assert ties(draft, "weight") == [("Café", "Zürich", 2.0), ("Zürich", "Łódź", 1.0)]
    assert "encoding: UTF-" in draft.about["read"]


def test_windows_1252_is_taken_and_said():
    draft = draft_of(TABLE.replace("Łódź", "Lodz – £").encode("cp1252"))
    assert ("Zürich", "Lodz – £") in ties(draft)
    assert "Windows-1252" in draft.about["read"]


def test_a_named_encoding_that_is_wrong_is_refused():
    with pytest.raises(InputError, match="not in this encoding"):
        draft_of("from,to\né,b\n".encode("cp1252"), encoding="utf-8")
    with pytest.raises(InputError, match="not known"):
        draft_of(b"from,to\na,b\n", encoding="klingon")


@pytest.mark.parametrize(("mark", "words"), [(",", "comma"), (";", "semicolon"), ("\t", "tab"), ("|", "bar")])
def test_delimiters(mark, words):
    draft = draft_of(f"from{mark}to{mark}note\na{mark}b{mark}x y\nb{mark}c{mark}z\n".encode())
    assert ties(draft, "note") == [("a", "b", "x y"), ("b", "c", "z")]
    assert f"delimiter: {words}" in draft.about["read"]


def test_decimal_commas():
    draft = draft_of(b"from;to;weight\na;b;1,5\nb;c;2\n")
    assert draft.ties["weight"] == [1.5, 2.0]
    assert "decimal mark: comma" in draft.about["read"]
    assert draft_of(b"from;to;weight\na;b;1,234\n").issues[0].remedy.startswith("say decimal=")
    assert draft_of(b"from;to;weight\na;b;1,234\n", decimal=".").ties["weight"] == [1234.0]


def test_plain_lists_and_remarks():
    draft = draft_of(b"# Directed graph\n# Nodes: 3\n# FromNodeId\tToNodeId\n1\t2\n2\t3\n")
    assert ties(draft) == [("1", "2"), ("2", "3")]
    assert "remark: Nodes: 3" in draft.about["read"]
    draft = draft_of(b"1 2 0.5\n2 3 0.25\n")
    assert ties(draft, "weight") == [("1", "2", 0.5), ("2", "3", 0.25)]
    assert "no heading" in draft.about["read"]


def test_a_list_without_heading_is_told_by_its_names():
    draft = draft_of(b"ann,bob\nbob,cat\ncat,ann\n")
    assert ties(draft) == [("ann", "bob"), ("bob", "cat"), ("cat", "ann")]


def test_a_bare_lists_issues_count_from_its_own_first_row():
    draft = draft_of(b"ann,bob\nbob,\ncat,ann\n")
    assert [issue.row for issue in draft.issues] == [2]


def test_every_name_of_the_two_ends():
    from linkpin.io.headings import EDGE_PAIRS

    for first, second in EDGE_PAIRS:
        assert ties(draft_of(f"{first},{second}\na,b\n".encode())) == [("a", "b")], (first, second)


def test_attributes_are_kept_and_typed():
    text = b"Source,Target,Type,Weight,since,sure,note\na,b,Directed,2,2018,TRUE,\nb,c,Undirected,NaN,,false,x\n"
    draft = draft_of(text)
    assert symmetric(draft) == {"arc": False, "edge": True}
    assert draft.ties["kind"] == ["arc", "edge"]
    assert draft.ties["weight"] == [2.0, None]
    assert draft.ties["since"] == [2018, None]
    assert draft.ties["sure"] == [True, False]
    assert draft.ties["note"] == [None, "x"]
    assert [(i.row, i.column, i.value) for i in draft.issues] == [(3, "Weight", "NaN")]


def test_kinds_of_tie_keep_their_direction():
    draft = draft_of(b"from,to,kind,direction\na,b,funds,directed\na,c,meets,undirected\nb,c,meets,undirected\n")
    assert symmetric(draft) == {"meets": True}
    draft = draft_of(b"from,to,kind,direction\na,b,meets,directed\na,c,meets,undirected\n")
    assert draft.ties["kind"] == ["meets", "meets (undirected)"]
    assert symmetric(draft_of(b"from,to\na,b\n", directed=False)) == {"tie": True}


def test_refused_rows_and_cells_say_where():
    draft = draft_of(
        b"from,to,weight,start\na,,1,2018\n,,,\na,b,x,2018-05\na,c,2,03/05/2018\na,d,-3,\na,e,1,2018,extra\n"
    )
    assert ties(draft, "weight", "sign") == [("a", "b", None, 1), ("a", "c", 2, 1), ("a", "d", 3, -1), ("a", "e", 1, 1)]
    told = {(i.row, i.column, i.value) for i in draft.issues}
    assert told == {(2, "to", "a |  | 1 | 2018"), (4, "weight", "x"), (7, "column 5", "extra")}
    eco = draft.ecosystem()
    assert ("start", "03/05/2018") in zip(eco.issues["column"], eco.issues["value"], strict=True)


def test_columns_can_be_named():
    text = b"Giver,Taker,Pounds\na,b,5\n"
    with pytest.raises(InputError, match="no heading names"):
        draft_of(b"Grantor,Pounds,Pounds\na,b,5\na,c,7\na,d,7\n")
    draft = draft_of(text.replace(b"Giver", b"Grantor"), columns={"from": "Grantor", "to": "taker", "weight": "Pounds"})
    assert ties(draft, "weight") == [("a", "b", 5.0)]
    with pytest.raises(InputError, match="no such heading"):
        draft_of(text, columns={"from": "Gives", "to": "Taker"})
    with pytest.raises(InputError, match="tables take columns"):
        draft_of(text, colour="blue")


def test_entities_alone():
    draft = draft_of(b"id,label,type,staff\na,A,gov,3\nb,B,ngo,\na,A2,,\n,x,,\n")
    assert draft.counts()[:2] == (2, 0)
    assert entity(draft, "a") == {"id": "a", "label": "A", "type": "gov", "staff": 3}
    assert {(i.row, i.column) for i in draft.issues} == {(4, "id"), (4, "label"), (5, "id")}


def test_names_written_twice_are_told():
    draft = draft_of(b"from,to\nAge UK,b\nage uk,c\n")
    assert draft.counts()[0] == 4
    assert [i.value for i in draft.issues] == ["age uk"]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=6), min_size=3, max_size=3
        ),
        min_size=1,
        max_size=8,
    ),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.sampled_from([",", ";", "\t", "|"]),
)
def test_cells_come_back_as_they_were_written(rows, encoding, mark):
    """The slow twin: Python's csv module writes, and what is scanned is what was written."""
    table = [["from", "to", "note"], *rows]
    stream = io.StringIO()
    csv.writer(stream, delimiter=mark, quoting=csv.QUOTE_ALL).writerows(table)
    found = scan(stream.getvalue().encode(encoding), delimiter=mark)
    assert found.rows == table


def test_a_quotation_mark_inside_a_cell_is_told():
    draft = draft_of(b'from,to,note\na,b,"so called" partner\nb,c,x\n')
    assert [(i.row, i.column) for i in draft.issues] == [(2, "column 3")]
    assert "partner" in draft.ties["note"][0]


def test_white_space_can_be_asked_for():
    assert ties(draft_of(b"from  to\na  b\nc d\n", delimiter=" ")) == [("a", "b"), ("c", "d")]
