"""Every real file of research, funding and policy: how many rows go in, are kept and refused, and why.

The table is `expected_records.csv`, and `docs/readers.md` shows it. `rows` is counted here without linkpin's readers.
`python test_records.py` writes both as they come out now.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from pathlib import Path

import linkpin as lp
import pytest
from graph_files import DATA, data
from linkpin.io import Draft, InputError, draft_of

HERE = Path(__file__).parent
PAGE = HERE.parents[2] / "docs" / "readers.md"
FOLDERS = (
    "researchfish_2019", "gtr", "openalex", "ror_crossref", "nihr_odp_2017", "ref2014_case_studies", "360giving",
    "policy_documents_preprints", "cite_hepth", "cite_smagri", "cite_smallworld",
)  # fmt: skip
COLUMNS = ("file", "reader", "rows", "kept", "refused", "entities", "ties", "issues", "why")
ASIDE = re.compile(r"SOURCE|LICEN|SOURCES|\.md$")
# Elements of the XML that are records, counted by their own tags.
RECORDS_IN_XML = {
    "gtr/gtr_project_page_xml.txt": r"<gtr:(?:project|organisationrole|personrole|leadresearchorganisation)[ >]|"
    r"<gtr:(?:disseminationoutput|impactsummaryoutput|keyfindingsoutput|publication|"
    r"artisticandcreativeproductoutput)>",
    "ror_crossref/crossref_full.xml": "<journal_article ",
    "ror_crossref/crossref_partial-funders.xml": "<fundref_data>",
}
INTRODUCTION = """\
# What the readers make of real files

Public files of research, funding and policy, each read alone: how many rows or records went in, how many were kept, how
many refused, and why. A row that is kept may still have cells that are not taken as they stand; those are counted under
*why*, and `eco.issues` lists every one with file, row, column, value, reason and remedy. Files that are not read are
schemas, lists of codes, and Pajek's partitions and vectors, which are given beside the network that they are about; a
network has a row for each of its ties. `python tests/python/io/test_records.py` writes this page; the tests count the
rows a second time, without linkpin, and compare.

No file of **Overton** is here, because its data is licensed, and none of the **JSON** of the Gateway to Research and of
**Crossref**: those readers are tested on small files made in the forms that their publishers describe
(`tests/python/io/test_sources.py`), and have not met a real export. What there is of OpenAlex, ROR and 360Giving is
samples and test files of a few records, some broken on purpose."""
csv.field_size_limit(1 << 30)


def expected() -> dict[str, dict[str, str]]:
    with (HERE / "expected_records.csv").open(encoding="utf-8", newline="") as stream:
        return {row["file"]: row for row in csv.DictReader(stream)}


def plain(reason: str) -> str:
    """A reason without what it names, so that like ones count together."""
    if "was already said to have" in reason:
        return "another row says otherwise of the same entity; the first is kept"
    return re.sub(r"(called|taken for|differs from|of something else) .*", r"\1 ...", reason)


def as_read(name: str) -> tuple[dict[str, str], Draft | None]:
    """One row of the table, and what was read."""
    try:
        draft = draft_of(DATA / name)
    except InputError as error:
        why = re.sub(r" \(.*\)", "", str(error).split(": ", 2)[-1].split(";")[0])
        return dict.fromkeys(COLUMNS, "") | {"file": name, "reader": "none", "why": why}, None
    said = draft.about.get("read", "")
    reader = re.search(r"read as (?:.* by the map )?(.*)", said)
    counts = re.search(r"rows in (\d+), kept (\d+), refused (\d+)", said)
    entities, ties, _, issues = draft.counts()
    reasons = Counter(plain(issue.reason) for issue in draft.issues)
    why = "; ".join(f"{n} x {reason}" for reason, n in reasons.most_common(4))
    in_all = str(max(entities, ties))  # a plain table or a network has a row for each
    numbers = counts.groups() if counts else (in_all, in_all, "0")
    words = reader[1] if reader else "Pajek" if name.endswith((".net", ".paj")) else "plain table"
    return dict(zip(COLUMNS, (name, words, *numbers, str(entities), str(ties), str(issues), why), strict=True)), draft


def page(rows: dict[str, dict[str, str]]) -> str:
    """The table as a page of the docs, one heading a set of data."""
    lines = [INTRODUCTION]
    for folder in FOLDERS:
        lines += [f"\n## {folder}\n", "| file | read as | rows in | kept | refused | entities | ties | why |"]
        lines.append("|---|---|--:|--:|--:|--:|--:|---|")
        for name, row in rows.items():
            if name.startswith(f"{folder}/"):
                reader = row["reader"] if row["reader"] != "none" else "not read"
                numbers = [f"{int(n):,}" if n else "" for n in (row[c] for c in COLUMNS[2:7])]
                why = row["why"].replace("|", "\\|").replace(" x ", " × ")
                lines.append(f"| `{name.split('/')[1]}` | " + " | ".join((reader, *numbers, why)) + " |")
    read = [row for row in rows.values() if row["rows"]]
    total = [sum(int(row[c]) for row in read) for c in ("rows", "kept", "refused")]
    in_all = "{:,} rows in, {:,} kept, {:,} refused".format(*total)
    lines.append(f"\nIn all {len(read)} of {len(rows)} files are read: {in_all}.")
    return "\n".join(lines) + "\n"


def rows_in(path: Path, name: str) -> int | None:
    """The rows or records of a file, counted without linkpin's readers."""
    if name in RECORDS_IN_XML:
        return len(re.findall(RECORDS_IN_XML[name], path.read_text("utf-8")))
    if path.suffix in (".net", ".paj"):
        sections = re.split(r"(?m)^\*", path.read_text("latin-1"))
        ties = [part.strip().splitlines() for part in sections if re.match("(?i)arcs|edges", part)]
        lists = [lines for lines in ties if "list" in lines[0].lower()]  # one vertex, then all that it points to
        return sum(len(lines) - 1 for lines in ties if lines not in lists) + sum(
            len(line.split()) - 1 for lines in lists for line in lines[1:]
        )
    if path.suffix == ".jsonl":
        return sum(bool(line.strip()) for line in path.read_text("utf-8").split("\n"))
    if path.suffix == ".json":
        content = json.loads(path.read_text("utf-8"))
        return len(content["grants"]) if "grants" in content else 1
    with path.open(encoding="cp1252" if "cp1252" in name or "policy_docs" in name else "utf-8-sig", newline="",
                   errors="replace") as stream:  # fmt: skip
        return sum(any(cell.strip() for cell in row) for row in csv.reader(stream)) - 1


@pytest.mark.parametrize("name", sorted(expected()))
def test_file_reads_as_the_table_says(name):
    path = data(name)
    row, draft = as_read(name)
    assert row == expected()[name]
    if row["rows"]:
        assert int(row["rows"]) == rows_in(path, name)
        assert int(row["rows"]) == int(row["kept"]) + int(row["refused"])
        assert draft is not None
        eco = draft.ecosystem()
        assert [str(len(t)) for t in (eco.entities, eco.ties, eco.issues)] == [row[c] for c in COLUMNS[5:8]]


def test_the_table_has_every_file():
    if not DATA.exists():
        pytest.skip(f"needs {DATA}")
    files = {f"{p.parent.name}/{p.name}" for f in FOLDERS for p in (DATA / f).iterdir()}
    assert {f for f in files if not ASIDE.search(f)} == expected().keys()


def test_the_folder_of_a_researchfish_export_is_one_ecosystem():
    eco = lp.read(data("researchfish_2019"))
    kinds = Counter(eco.entities["kind"].tolist())
    # 61 awards, and 167 more that they led to; ids of the other outcomes as counted in the files.
    assert kinds["award"] == 61 + 167
    assert (kinds["policy"], kinds["partnership"], kinds["event"]) == (61, 98, 341)
    ties = Counter(eco.ties["kind"].tolist())
    assert (ties["informs"], ties["disseminates"]) == (80, 457)
    # What the regions, names and sectors of an organisation are is said in many rows, not always alike.
    reasons = {i["column"] for i in eco.issues.rows()}
    assert "sector" in reasons


def test_a_folder_says_which_files_it_did_not_read(tmp_path):
    (tmp_path / "ties.tsv").write_text("from\tto\na\tb\n")
    (tmp_path / "README.md").write_text("what this is\n")
    eco = lp.read(tmp_path)
    assert len(eco.ties) == 1
    assert "not read, being no tables: README.md" in eco.about["read"]


def test_the_page_of_the_docs_is_the_table():
    assert PAGE.read_text("utf-8") == page(expected())


if __name__ == "__main__":
    names = sorted(f"{p.parent.name}/{p.name}" for f in FOLDERS for p in (DATA / f).iterdir())
    rows = [as_read(name)[0] for name in names if not ASIDE.search(name)]
    with (HERE / "expected_records.csv").open("w", encoding="utf-8", newline="") as out:
        table = csv.DictWriter(out, COLUMNS, lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
    for row in rows:
        print("{file:62} {rows:>6} in {kept:>6} kept {refused:>3} refused  {why:.140}".format(**row))
    PAGE.write_text(page({row["file"]: row for row in rows}), "utf-8")
