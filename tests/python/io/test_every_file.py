"""Every file of the shared data that should read: what it gives, and what a person is told where it does not read.

The figures stand in two tables, `expected_tables.csv` and `expected_graph_files.csv`; their last column says how they
were counted without linkpin. Figures of edge lists, matrices and Kumu's files are counted again here.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from graph_files import DATA, data
from linkpin.io import InputError, draft_of

HERE = Path(__file__).parent
MUST_READ = ("formats_", "fcm_mentalmodeler", "texas_flood_partner_survey")


def expected() -> dict[str, dict[str, str]]:
    rows: dict[str, dict[str, str]] = {}
    for name in ("expected_tables.csv", "expected_graph_files.csv"):
        with (HERE / name).open(encoding="utf-8", newline="") as stream:
            rows.update({row["file"]: row for row in csv.DictReader(stream)})
    return rows


EXPECTED = expected()


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_file_reads_or_is_refused_as_expected(name):
    row = EXPECTED[name]
    path = data(name)
    if row["refused"]:
        with pytest.raises(InputError) as refusal:
            draft_of(path)
        assert row["refused"].lower() in str(refusal.value).lower()
        assert path.name in str(refusal.value)
        return
    draft = draft_of(path)
    assert draft.counts() == tuple(int(row[c]) for c in ("entities", "ties", "reports", "issues"))
    eco = draft.ecosystem()
    assert (len(eco.entities), len(eco.ties), len(eco.reports)) == draft.counts()[:3]
    assert len(eco.issues) == draft.counts()[3]
    assert all(issue.reason and issue.remedy for issue in draft.issues)


def test_every_file_that_must_read_has_its_figures():
    if not DATA.exists():
        pytest.skip(f"needs {DATA}")
    folders = [p for p in DATA.iterdir() if p.is_dir() and p.name.startswith(MUST_READ)]
    files = {f"{p.parent.name}/{p.name}" for folder in folders for p in folder.iterdir() if p.name != "SOURCE.md"}
    assert files
    assert files <= EXPECTED.keys()


def counted(how: str) -> list[str]:
    """The tables in plain text whose figures were counted in a certain way."""
    return [n for n, row in EXPECTED.items() if n.endswith(".csv") and how in row["counted_by"]]


def cells(path: Path) -> list[list[str]]:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = path.read_text(encoding)
            break
        except UnicodeDecodeError:
            continue
    mark = ";" if text.splitlines()[0].count(";") else ","
    return list(csv.reader(text.splitlines(), delimiter=mark))


@pytest.mark.parametrize("name", counted("cells that are not zero"))
def test_matrices_counted_cell_by_cell(name):
    path = data(name)
    rows = cells(path)
    filled = sum(float(cell) != 0 for row in rows[1:] for cell in row[1:] if cell.strip())
    half = EXPECTED[name]["counted_by"].startswith("half")
    loops = (
        sum(float(row[i]) != 0 for i, row in enumerate(rows[1:], 1) if i < len(row) and row[i].strip()) if half else 0
    )
    assert draft_of(path).counts()[1] == ((filled - loops) // 2 + loops if half else filled)


@pytest.mark.parametrize("name", counted("lines"))
def test_tables_counted_line_by_line(name):
    path = data(name)
    rows = [row for row in cells(path)[1:] if any(cell.strip() for cell in row)]
    entities, ties, reports, _ = draft_of(path).counts()
    if reports:
        asked = 2 if "two ratings" in EXPECTED[name]["counted_by"] else 1
        assert reports == len(rows) * asked
        assert entities == len({row[0] for row in rows} | {row[2] for row in rows})
    elif ties:
        assert ties == len(rows)
    else:
        assert entities == len(rows)


def test_kumu_workbooks_counted_by_another_reader():
    openpyxl = pytest.importorskip("openpyxl")
    for name in ("paypal-mafia.xlsx", "snap-to-tutorial-data.xlsx"):
        path = data(f"formats_kumu/{name}")
        book = openpyxl.load_workbook(path)
        sizes = [
            sum(any(c is not None for c in row) for row in book[s].values) - 1 for s in ("Elements", "Connections")
        ]
        assert list(draft_of(path).counts()[:2]) == sizes


def test_kumu_json_counted_by_its_members():
    for name in ("kumu-changelabs-template.json", "snap-to-tutorial-project.json"):
        path = data(f"formats_kumu/{name}")
        content = json.loads(path.read_text("utf-8"))
        assert draft_of(path).counts()[:2] == (len(content["elements"]), len(content["connections"]))


def test_texas_ratings_keep_every_answer_as_it_was_given():
    path = data("texas_flood_partner_survey/ratings_long.csv")
    rows = list(csv.DictReader(path.open(encoding="utf-8", newline="")))
    draft = draft_of(path)
    # Counted in the file: 2 and 42 blanks, 35 "Not Applicable" in either spelling, of the first rating only.
    said = list(zip(draft.reports["item"], draft.reports["state"], strict=True))
    assert said.count(("information_usefulness", "did not respond")) == sum(
        not r["information_usefulness"] for r in rows
    )
    assert said.count(("confidence_in_capacity", "did not respond")) == sum(
        not r["confidence_in_capacity"] for r in rows
    )
    assert said.count(("information_usefulness", "not asked")) == sum(
        r["information_usefulness"].lower() == "not applicable" for r in rows
    )
    words = {a for a in draft.reports["answer"] if a is not None}
    assert words == {r[c] for r in rows for c in ("information_usefulness", "confidence_in_capacity")} - {
        "",
        "Not applicable",
        "Not Applicable",
    }
    types = dict(zip(draft.entities["id"], draft.entities["type"], strict=True))
    assert types == {**{r["target"]: None for r in rows}, **{r["respondent"]: r["respondent_type"] for r in rows}}
