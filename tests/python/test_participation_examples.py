"""The two examples of participation: every row is in its document, the figures are those that it prints."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import linkpin as lp
import pytest

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT.parent / "shared" / "seeds"
DOCUMENTS = {"active-involvement": "004_*.txt", "carer-participation": "002_*.txt"}


def plain(text: str) -> str:
    return " ".join(text.split())


def document(name: str) -> str:
    found = sorted(SEEDS.glob(DOCUMENTS[name]))
    if not found:
        pytest.skip(f"the document behind {name} is not here ({SEEDS})")
    return plain(found[0].read_text(encoding="utf-8"))


def rows(name: str, table: str) -> list[dict[str, str]]:
    with open(ROOT / "examples" / name / f"{table}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def both(name: str) -> list[dict[str, str]]:
    return rows(name, "entities") + rows(name, "ties")


def described(name: str) -> dict:
    return json.loads((ROOT / "examples" / name / "datapackage.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_passage_stands_in_its_document(name: str) -> None:
    text = document(name)
    missing = [(row, part) for row in both(name) for part in row["evidence"].split(" … ") if part not in text]
    assert not missing


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_row_names_its_source_and_quotes_at_most_25_words(name: str) -> None:
    listed = {source["key"] for source in described(name)["sources"]}
    for row in both(name):
        assert row["source"] in listed
        assert 1 <= sum(len(part.split()) for part in row["evidence"].split(" … ")) <= 25, row


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_figure_stands_in_its_own_passage(name: str) -> None:
    for row in both(name):
        for column in ("count", "percent", "attendance", "feedback_forms", "monitoring_forms"):
            if row.get(column):
                assert re.search(rf"(?<!\d){row[column]}(?!\d)", row["evidence"]), row


@pytest.mark.parametrize("name", DOCUMENTS)
def test_ids_and_labels_are_unique_and_everything_is_declared(name: str) -> None:
    entities, ties = rows(name, "entities"), rows(name, "ties")
    ids = {row["id"] for row in entities}
    assert len(ids) == len(entities) == len({row["label"] for row in entities})
    assert max(len(row["label"]) for row in entities) <= 32
    alone = ids - {end for row in ties for end in (row["from"], row["to"])}
    assert alone == ({"gay-lesbian-carers", "substance-misuse-carers"} if name == "carer-participation" else set())
    header = (ROOT / "include" / "linkpin" / "model" / "kinds.hpp").read_text(encoding="utf-8")
    usual = set(re.findall(r'\{"(\w+)", Flow::', header))
    assert {row["kind"] for row in ties} <= usual | {kind["name"] for kind in described(name)["linkpin"]["kinds"]}
    for resource, data in zip(described(name)["resources"], (entities, ties), strict=True):
        declared = {field["name"]: field.get("constraints", {}) for field in resource["schema"]["fields"]}
        assert list(data[0]) == list(declared)
        for row in data:
            for column, constraints in declared.items():
                assert row[column] or not constraints.get("required"), (row, column)
                assert not row[column] or row[column] in constraints.get("enum", [row[column]]), (row, column)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_it_reads_whole_and_without_an_issue(name: str) -> None:
    eco = lp.read(ROOT / "examples" / name)
    assert len(eco.issues) == 0
    assert eco.entities["id"].tolist() == [row["id"] for row in rows(name, "entities")]


def test_pooled_over_both_events_8_of_the_35_who_answered_are_carers() -> None:
    m = lp.monitoring(lp.read(ROOT / "examples" / "active-involvement"))
    assert (
        "8 of the 35 who answered the question “Carer?” said “Yes”; as 50 others did not answer, it could be between "
        "8 and 58 of the about 85 people who were there, if nobody is counted twice."
    ) in m.sentences
    asked = {(r["event"], r["characteristic"]): r for r in m.questions.rows()}
    assert asked[None, "Carer?"]["forms"] == 36  # 26 and 10
    assert asked["air-2023-10-24", "Carer?"]["left_blank"] == 1  # 3 + 6 of 10 forms
    assert asked["air-2023-10-13", "Transgender?"]["left_blank"] == 2  # 2 + 22 of 26
    assert {r["attended"] for r in m.questions.rows() if r["event"] is None} == {85}
    assert m.table["published"].all()


def test_the_printed_percentages_keep_their_denominators() -> None:
    ties = rows("active-involvement", "ties")
    forms = {
        row["id"]: int(row["feedback_forms"]) for row in rows("active-involvement", "entities") if row["feedback_forms"]
    }
    possible = {}
    for event, question in sorted({(row["to"], row["characteristic"]) for row in ties if row["percent"]}):
        printed = [
            float(row["percent"])
            for row in ties
            if row["percent"] and (row["to"], row["characteristic"]) == (event, question)
        ]
        assert sum(printed) == 100
        possible[event, question] = lp.fractions(printed, forms[event]).denominators
    assert all(possible.values())
    # "77% found it very interesting": of 14 forms it can only be 10 of 13, so one form left the question blank.
    assert possible["air-2023-10-24", "Interest"] == [13]
    assert possible["air-2023-10-13", "Interest"] == [13, 22]


def test_groups_that_nobody_is_on_record_for_are_named() -> None:
    absent = lp.absent_groups(lp.read(ROOT / "examples" / "carer-participation"))
    assert absent.table["id"].tolist() == ["gay-lesbian-carers", "substance-misuse-carers"]


def test_one_carer_is_speaker_and_carer_at_once() -> None:
    people = lp.capacities(lp.read(ROOT / "examples" / "active-involvement")).table
    found = dict(zip(people["id"].tolist(), people["capacities"].tolist(), strict=True))
    assert {"carer", "speaker"} <= set(found["savi-hensman"])


def test_the_forums_and_boards_are_those_the_summary_lists() -> None:
    # Twelve of the list "examples of how carers are participating", the regular forums, and the reference group.
    boards = [row for row in rows("carer-participation", "entities") if row["kind"] == "board"]
    assert len(boards) == 14
