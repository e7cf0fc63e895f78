"""Surveys in the three shapes they come in: what was asked, of whom, and what became of every cell."""

from __future__ import annotations

import io
import json
import shutil
from collections import Counter
from pathlib import Path

import pytest
from graph_files import entity
from linkpin.io import FileError, InputError, draft_of
from linkpin.io.columnmap import load_map, ready_made, verbal_scales
from linkpin.io.headings import ALIKE, alikeness

FIXTURES = Path(__file__).parent / "fixtures"
ORGANISATIONS = ["Council", "Clinic", "Carers Network", "University", "Care Home Group", "Housing Trust"]
ITEMS = [
    "frequency",
    "intensity",
    "trust_reliability",
    "trust_mission",
    "trust_openness",
    "value_power",
    "value_involvement",
    "value_resources",
]


def answers(draft, item):
    """What was said on an item: (respondent, partner) -> (state, value); partner None for a whole row."""
    r = draft.reports
    return {
        (who, to): (state, value)
        for who, to, about, state, value in zip(
            r["respondent"], r["to"], r["item"], r["state"], r.get("value", [None] * len(r["to"])), strict=True
        )
        if about == item
    }


def workbook(sheets):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_partner_like_export_reads_without_a_map():
    """partner-wide.csv: five of six organisations answered; headings as exports write them, one misspelt."""
    draft = draft_of(FIXTURES / "partner-wide.csv")
    assert sorted(draft.entities["id"]) == sorted(ORGANISATIONS)
    assert list(dict.fromkeys(draft.reports["item"])) == ITEMS
    # Counted in the file: 8 items; 4 rows with answers of 5 partners each, and for the silent ones a row state an item.
    assert draft.counts() == (6, 0, 8 * (4 * 5 + 2), 4)
    council = entity(draft, "Council")
    assert council["job_title"] == "Officer"
    assert council["months_in_post"] == 24
    assert council["contributions"] == ("Funding", "Data")
    assert council["outcomes"] == ("Better access",)
    assert council["Region"] == "North"
    assert "months_in_post" not in entity(draft, "University")  # the cell says n/a


def test_zero_not_asked_no_answer_and_declined_are_told_apart():
    draft = draft_of(FIXTURES / "partner-wide.csv")
    often = answers(draft, "frequency")
    assert often["Council", "Clinic"] == ("answered", 4)  # Every week
    assert often["Council", "University"] == ("answered", 0)  # Never
    assert often["Council", "Housing Trust"] == ("answered", 0)  # left blank by one who answered
    assert often["Carers Network", "Care Home Group"] == ("declined", None)
    assert often["Care Home Group", None] == ("did not respond", None)  # has no row
    assert often["Housing Trust", None] == ("did not respond", None)  # has a row without an answer
    assert often["University", "Housing Trust"] == ("did not respond", None)  # Fortnightly is no answer of the map
    trust = answers(draft, "trust_reliability")
    assert trust["Council", "University"] == ("not asked", None)
    assert trust["Council", "Clinic"] == ("answered", 4)
    assert Counter(state for state, _ in trust.values()) == {"answered": 8, "not asked": 12, "did not respond": 2}


def test_guesses_and_refusals_are_issues():
    draft = draft_of(FIXTURES / "partner-wide.csv")
    told = {(i.row, i.column.split(" [")[0], i.value) for i in draft.issues}
    assert told == {
        (1, "Resource Contribtion", "value_resources"),  # heading matched on likeness
        (3, "Q12. Power/Influence", "9"),  # outside 1 to 4
        (5, "Q7. Frequency", "Fortnightly"),
        (5, "Q8. Level of Relationship", "Cooperativ"),  # answer matched on likeness
    }
    assert "'Support and commitment' read as value_involvement (alike 1.00)" in draft.about["read"]
    assert "frequency: 7 answered, 10 blank read as zero, 1 declined, 1 refused, 1 zero" in draft.about["read"]
    assert answers(draft, "intensity")["University", "Clinic"] == ("answered", 1)
    assert [r for r in draft.reports["answer"] if r == "Fortnightly"] == ["Fortnightly"]


def test_a_users_map_extends_a_ready_made_one():
    draft = draft_of(FIXTURES / "partner-wide.csv", columns=FIXTURES / "survey-2023.json", wave="2023")
    assert answers(draft, "frequency")["University", "Housing Trust"] == ("answered", 4)
    assert len(draft.issues) == 3
    assert set(draft.reports["wave"]) == {"2023"}
    assert "survey of 2023, version 2" in draft.about["read"]


def test_rows_of_respondent_and_partner():
    """partner-rows.csv: Windows-1252, semicolons, decimal commas, codes for missing answers."""
    draft = draft_of(FIXTURES / "partner-rows.csv", columns=str(FIXTURES / "survey-2023.json"))
    assert draft.entities["id"] == ["Council", "Clinic", "Café Kollektiv"]
    assert draft.entities["type"] == ["public", "health", "voluntary"]
    assert answers(draft, "hours") == {
        ("Council", "Clinic"): ("answered", 2.5),
        ("Council", "Café Kollektiv"): ("answered", 0.5),
        ("Clinic", "Council"): ("answered", 12.0),
        ("Clinic", "Café Kollektiv"): ("answered", 0.0),
    }
    assert answers(draft, "frequency")["Council", "Café Kollektiv"] == ("did not respond", None)  # 99
    assert answers(draft, "trust_reliability")["Council", "Café Kollektiv"] == ("declined", None)
    assert answers(draft, "value_involvement")["Clinic", "Council"] == ("not asked", None)
    assert set(draft.reports["Comment"]) == {"well established", "via the board", None}
    assert {(i.row, i.column) for i in draft.issues} == {(5, "Reliability"), (6, "Respondent")}


def test_one_question_a_row():
    text = (
        b"respondent,partner,question,answer,wave\nA,B,trust,3,1\nA,B,value,declined,1\nB,A,trust,0,1\nA,B,trust,2,2\n"
    )
    draft = draft_of(text)
    assert answers(draft, "trust") == {("A", "B"): ("answered", 2), ("B", "A"): ("answered", 0)}
    assert answers(draft, "value") == {("A", "B"): ("declined", None)}
    assert draft.reports["wave"] == ["1", "1", "1", "2"]
    assert draft.issues == []


def test_words_on_other_peoples_ties():
    text = b"respondent,from,to,value\nA,A,B,1\nB,A,B,0\nC,A,B,1\nC,,A,1\n"
    reports = draft_of(text).reports
    said = list(zip(*(reports[name] for name in ("respondent", "from", "to", "value")), strict=True))
    assert said == [("A", "A", "B", 1), ("B", "A", "B", 0), ("C", "A", "B", 1), ("C", "C", "A", 1)]
    assert draft_of(text).issues == []
    twice = draft_of(b"respondent,from,to,value\nB,A,B,0\nB,C,B,1\nB,A,B,1\n")
    assert [i.row for i in twice.issues] == [4]


def test_a_pair_answered_twice_is_told():
    draft = draft_of(b"respondent,partner,trust\nA,B,3\nA,B,2\n")
    assert [(i.row, i.column) for i in draft.issues] == [(3, "trust")]


def matrices():
    trust = [["", "A", "B", "C"], ["A", "", 3, "n/a"], ["B", 2, "", "declined"], ["C", "", "", ""]]
    contact = [["", "A", "B", "C"], ["A", 0, 1, 0], ["B", 1, 0, ""], ["C", 0, 0, 0]]
    return {"Reliability": trust, "contact": contact}


def test_one_matrix_a_question():
    draft = draft_of(workbook(matrices()))
    assert draft.counts()[1] == 0
    # Without a map, blanks of a matrix that says 0 are no answers, of one that never does they are zeros.
    assert answers(draft, "contact")["B", "C"] == ("did not respond", None)
    assert answers(draft, "contact")["A", "C"] == ("answered", 0)
    mapped = draft_of(workbook(matrices()), columns="partner")
    trust = answers(mapped, "trust_reliability")
    assert trust == {
        ("A", "B"): ("answered", 3),
        ("A", "C"): ("not asked", None),
        ("B", "A"): ("answered", 2),
        ("B", "C"): ("declined", None),
        ("C", None): ("did not respond", None),
    }


def test_matrices_as_ties_or_as_a_survey_when_asked():
    draft = draft_of(workbook(matrices()), shape="matrix")
    assert draft.counts()[1:3] == (3, 0)  # contact mirrors itself: one tie
    assert set(draft.ties["kind"]) == {"Reliability", "contact"}
    text = b",A,B,C\nA,0,1,0\nB,1,0,\nC,0,1,0\n"
    plain = draft_of(text)
    assert plain.counts()[1:3] == (3, 0)
    assert 'shape="survey"' in plain.issues[0].remedy
    asked = draft_of(text, shape="survey", item="advice")
    assert answers(asked, "advice")["B", "C"] == ("did not respond", None)


def test_a_single_question_with_partners_as_columns():
    text = b"Respondent,Sector,A,B,C,Remark\nA,public,,2,1,hi\nB,private,3,,declined,\n"
    draft = draft_of(text, columns={"linkpin_map": 1, "items": {"advice": {"minimum": 0, "maximum": 4}}}, item="advice")
    assert answers(draft, "advice") == {
        ("A", "B"): ("answered", 2),
        ("A", "C"): ("answered", 1),
        ("B", "A"): ("answered", 3),
        ("B", "C"): ("declined", None),
        ("C", None): ("did not respond", None),
    }
    assert draft.entities["sector"] == ["public", "private", None]
    assert draft.entities["Remark"] == ["hi", None, None]


def test_spellings_of_one_organisation_are_joined_and_told():
    draft = draft_of(b"respondent,partner,trust\nAge U.K.,B,3\nB,Age UK,2\n")
    assert draft.entities["id"] == ["Age U.K.", "B"]
    assert "read as Age U.K." in draft.issues[0].reason


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"linkpin_map": 2, "items": {}}, "version 1"),
        ({"linkpin_map": 1, "itmes": {}}, "a column map has"),
        ({"linkpin_map": 1, "items": {"x": {"hedings": []}}}, "an item has"),
        ({"linkpin_map": 1, "states": {"silent": ["9"]}}, "a state is one of"),
        ({"linkpin_map": 1, "items": {"x": {"levels": {"a": "b"}}}}, "give a number"),
        ({"linkpin_map": 1, "roster": "half"}, "closed"),
        ({"linkpin_map": 1, "items": []}, "give an object"),
    ],
)
def test_maps_that_cannot_be_used_say_why(columns, words):
    with pytest.raises(InputError, match=words):
        load_map(columns)


def test_maps_in_files(tmp_path):
    with pytest.raises(FileError, match="no such column map"):
        load_map(tmp_path / "none.json")
    broken = tmp_path / "broken.json"
    broken.write_text("{", "utf-8")
    with pytest.raises(InputError, match="not JSON"):
        load_map(broken)
    shutil.copy(FIXTURES / "survey-2023.json", tmp_path / "parent.json")
    (tmp_path / "child.json").write_text(
        json.dumps({"linkpin_map": 1, "extends": "parent.json", "items": {"hours": {"maximum": 10}}}), "utf-8"
    )
    child = load_map(tmp_path / "child.json")
    assert child.items["hours"].scale.maximum == 10
    assert child.items["frequency"].scale.levels["fortnightly"] == 4
    (tmp_path / "loop.json").write_text('{"extends": "loop.json"}', "utf-8")
    with pytest.raises(InputError, match="circle"):
        load_map(tmp_path / "loop.json")


def test_every_ready_made_map_and_scale_is_sound():
    assert {"base", "partner"} <= set(ready_made())
    for name in ready_made():
        cmap = load_map(name)
        for item in cmap.items.values():
            assert all(item.scale.minimum <= v <= item.scale.maximum for v in item.scale.levels.values()), item.name
    for levels in verbal_scales().values():
        assert list(levels.values()) == sorted(levels.values())
    # PARTNER-like: frequency, intensity, three of trust, three of value (instruments page of the reference).
    assert list(load_map("partner").items) == ITEMS


def test_likeness():
    assert alikeness("LEVEL of  involvement", "level of involvement") == 1.0
    assert ALIKE < alikeness("Levl of involvment", "level of involvement") < 1.0
    assert alikeness("Please rate the reliability of your partner", "trust reliability") < ALIKE
    assert alikeness("support for our mission", "level of involvement") < ALIKE
    assert alikeness("", "x") == 0.0


def test_the_network_of_a_survey_counts_only_who_answered():
    eco = draft_of(FIXTURES / "partner-wide.csv").ecosystem()
    net = eco.network(item="frequency", rule="sender")
    # Said with a value above zero: Council 2, Clinic 2, Carers Network 1, University 2.
    assert (net.n, net.m) == (6, 7)
