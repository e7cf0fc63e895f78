"""The adult social care example: every row is in its document, and the counts are those of the documents."""

from __future__ import annotations

import csv
import datetime
import json
import re
from collections import Counter
from pathlib import Path

import linkpin as lp
import networkx as nx
import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "examples" / "adult-social-care"
SEEDS = ROOT.parent / "shared" / "seeds"
DOCUMENTS = {"kendrick-2023": "003_*.txt", "active-involvement-2023": "004_*.txt"}


def rows(name: str) -> list[dict[str, str]]:
    with open(PACKAGE / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ENTITIES = rows("entities")
TIES = rows("ties")
PACKAGE_FILE = json.loads((PACKAGE / "datapackage.json").read_text(encoding="utf-8"))
BY_ID = {row["id"]: row for row in ENTITIES}


def document(source: str) -> str:
    found = sorted(SEEDS.glob(DOCUMENTS[source]))
    if not found:
        pytest.skip(f"the document behind {source} is not here ({SEEDS})")
    return found[0].read_text(encoding="utf-8")


def plain(text: str) -> str:
    return " ".join(text.split())


def fields(resource: str) -> dict[str, dict]:
    schema = next(r for r in PACKAGE_FILE["resources"] if r["name"] == resource)["schema"]
    return {field["name"]: field for field in schema["fields"]}


def ties_of(kind: str) -> list[dict[str, str]]:
    return [row for row in TIES if row["kind"] == kind]


def with_role(role: str) -> list[str]:
    return [row["id"] for row in ENTITIES if row["kind"] == "person" and role in row["roles"].split("|")]


@pytest.mark.parametrize("source", DOCUMENTS)
def test_every_quotation_stands_in_its_document(source: str) -> None:
    text = plain(document(source))
    missing = [
        (row.get("id") or (row["from"], row["to"]), part)
        for row in ENTITIES + TIES
        if row["source"] == source
        for part in row["evidence"].split(" … ")
        if part not in text
    ]
    assert not missing


def test_every_row_names_a_listed_source_and_quotes_at_most_25_words() -> None:
    listed = {source["key"] for source in PACKAGE_FILE["sources"]}
    assert listed == set(DOCUMENTS)
    for row in ENTITIES + TIES:
        assert row["source"] in listed
        assert 1 <= sum(len(part.split()) for part in row["evidence"].split(" … ")) <= 25, row


def test_ids_are_unique_and_ties_end_at_entities() -> None:
    assert len(BY_ID) == len(ENTITIES)
    assert len({row["label"] for row in ENTITIES}) == len(ENTITIES)
    assert max(len(row["label"]) for row in ENTITIES) <= 32  # pictures name dots in full
    assert {end for row in TIES for end in (row["from"], row["to"])} <= BY_ID.keys()
    assert max(Counter((row["from"], row["to"], row["kind"]) for row in TIES).values()) == 1
    assert not [row for row in TIES if row["from"] == row["to"]]


def test_nothing_stands_alone() -> None:
    tied = {end for row in TIES for end in (row["from"], row["to"])}
    assert BY_ID.keys() <= tied


@pytest.mark.parametrize("resource", ["entities", "ties"])
def test_columns_and_cells_are_as_the_package_declares(resource: str) -> None:
    data = ENTITIES if resource == "entities" else TIES
    declared = fields(resource)
    assert list(data[0]) == list(declared)
    for row in data:
        for name, field in declared.items():
            cell = row[name]
            assert cell == cell.strip()
            constraints = field.get("constraints", {})
            assert cell or not constraints.get("required"), (row, name)
            if not cell:
                continue
            assert cell in constraints.get("enum", [cell]), (row, name)
            if field["type"] in ("integer", "number"):
                assert float(cell) >= 0
            if field["type"] == "date":
                assert re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", cell)
                datetime.date.fromisoformat(cell + "-01-01"[len(cell) - 4 :] if len(cell) < 10 else cell)
            if field.get("format") == "list":
                assert all(part == part.strip() and part for part in cell.split("|"))


def test_kinds_of_tie_are_the_usual_ones_or_declared() -> None:
    header = (ROOT / "include" / "linkpin" / "model" / "kinds.hpp").read_text(encoding="utf-8")
    usual = set(re.findall(r'\{"(\w+)", Flow::', header))
    own = {kind["name"] for kind in PACKAGE_FILE["linkpin"]["kinds"]}
    assert {row["kind"] for row in TIES} <= usual | own
    assert own <= {row["kind"] for row in TIES}


def test_every_contributor_on_the_list_is_there_and_nobody_else() -> None:
    listed = document("kendrick-2023").split("\nContributors\n")[1]
    blocks = [plain(block) for block in listed.split("\n\n") if block.strip()][1:]  # the first says what * means
    assert len(blocks) == 19  # names on the document's list
    people = {row["evidence"]: row for row in ENTITIES if "contributor" in row["roles"].split("|")}
    assert set(people) == set(blocks)
    for block, row in people.items():
        assert block.startswith(row["label"])
        assert ("interviewee" in row["roles"].split("|")) == block.endswith("*")


def test_people_are_contributors_or_had_a_part_in_the_events() -> None:
    parts = {"contributor", "chair", "speaker", "facilitator", "note-taker"}
    for row in ENTITIES:
        if row["kind"] == "person":
            assert parts & set(row["roles"].split("|")), row["id"]


def test_the_package_counts_what_the_documents_count() -> None:
    # Evidence synthesis: "interviews with 12 stakeholders"; "Six projects were funded"; "15 Applied Research
    # Collaborations"; "13 NIHR funded Collaborations"; SPARC, PLAF, DLAF and ALAF.
    assert len(with_role("interviewee")) == 12
    six = {row["to"] for row in ties_of("funds") if row["from"] == "asc-partnership-call"}
    assert six == {"script", "kent", "curiosity", "ccp", "parc", "connected"}
    assert BY_ID["asc-partnership-call"]["size"] == "6"
    assert (BY_ID["arcs"]["size"], BY_ID["clahrcs"]["size"]) == ("15", "13")
    fellowships = {row["from"] for row in ties_of("member_of") if row["to"] == "la-fellowships"}
    assert fellowships == {"sparc", "plaf", "dlaf", "alaf"}
    # Each of the six has a lead on the list of contributors: PI or co-lead.
    assert {row["to"] for row in ties_of("leads")} >= six
    # Events: two chairs, three presentations, seven additional facilitators, three note-takers, four topics, "around
    # 85" people; 22 and 14 feedback forms, 26 and 10 diversity forms.
    assert with_role("chair") == ["natasha-curran", "rashmi-kumar"]
    assert len(with_role("speaker")) == 3
    assert len(with_role("facilitator")) == 7
    assert len(with_role("note-taker")) == 3
    assert len({row["to"] for row in ties_of("discusses")}) == 4
    assert BY_ID["air-2023"]["attendance"] == "85"
    first, second = BY_ID["air-2023-10-13"], BY_ID["air-2023-10-24"]
    assert (first["feedback_forms"], second["feedback_forms"]) == ("22", "14")
    assert (first["monitoring_forms"], second["monitoring_forms"]) == ("26", "10")


def test_money_is_counted_once() -> None:
    # "£15m over nearly 7 years"; "1 million euros", "since 2018".
    money = [(row["from"], row["to"], row["amount"], row["currency"], row["start"]) for row in TIES if row["amount"]]
    assert money == [
        ("impact-funding", "impact", "15000000", "GBP", ""),
        ("dutch-government", "living-lab", "1000000", "EUR", "2018"),
    ]
    assert all(row["kind"] == "funds" for row in TIES if row["amount"])


def test_dates_are_those_of_the_documents() -> None:
    dates = {row["id"]: (row["start"], row["end"]) for row in ENTITIES if row["start"] or row["end"]}
    assert dates == {
        "asc-partnership-call": ("2020", ""),  # "put out in 2020"
        "sscr": ("2009", ""),  # "established ... in 2009"
        "arcs": ("2019", ""),  # "In 2019, CLAHRCs were replaced by 15 ARCs"
        "clahrcs": ("", "2019"),
        "hdrcs": ("2022", ""),  # "first commissioned in 2022"
        "next-chapter": ("2022", ""),  # "In 2022, NIHR published"
        "verbeek-2020": ("2020", ""),  # "Verbeek et al., 2020"
        "kendrick-2023": ("2023-11", ""),  # "November 2023"
        "active-involvement-2023": ("2024-02", ""),  # "Published in February 2024"
        "air-2023": ("2023-10", "2023-10"),  # both in October 2023
        "air-2023-10-13": ("2023-10-13", "2023-10-13"),
        "air-2023-10-24": ("2023-10-24", "2023-10-24"),
    }


def test_the_size_of_the_package() -> None:
    # Counted in the package itself, so that a row lost or doubled by an edit is seen.
    assert (len(ENTITIES), len(TIES)) == (121, 156)


def test_it_reads_whole_and_without_an_issue() -> None:
    eco = lp.read(PACKAGE)
    assert len(eco.issues) == 0
    assert [row["id"] for row in eco.entities.rows()] == [row["id"] for row in ENTITIES]
    assert [row["evidence"] for row in eco.ties.rows()] == [row["evidence"] for row in TIES]


def test_the_reading_is_that_of_networkx() -> None:
    # What the notebook and the C++ example say in words, against another library on the same rows.
    actors = ["person", "organisation", "group", "partnership", "fund", "event"]
    net = lp.read(PACKAGE).network(entity_kinds=actors).undirected()
    graph = nx.Graph()
    graph.add_nodes_from(row["id"] for row in ENTITIES if row["kind"] in actors)
    graph.add_edges_from((row["from"], row["to"]) for row in TIES if {row["from"], row["to"]} <= set(graph))
    assert set(net.names) == set(graph)
    pieces = sorted((len(piece) for piece in nx.connected_components(graph)), reverse=True)
    assert sorted(lp.components(net).sizes.tolist(), reverse=True) == pieces
    assert set(lp.articulation_points(net).points) == set(nx.articulation_points(graph))
    between = nx.betweenness_centrality(graph, normalized=False)
    np.testing.assert_allclose(lp.betweenness(net).values, [between[name] for name in net.names], atol=1e-9)
