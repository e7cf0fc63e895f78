"""Tables in plain text: CSV and its kin, told apart from other text by being cut into cells."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .cells import is_blank, is_doubtful
from .detect import Format, Source
from .draft import Draft, Issue
from .headings import edge_pair
from .options import TableOptions
from .refusal import refuse, shown
from .sheet import Sheet, key_of
from .tables import read_sheets
from .text import looks_like_text, scan

__all__ = ["FORMATS", "sheet_of"]

_SAMPLE_CELLS = 20000
_OTHER_TEXT = (b"<", b"{", b"%pdf")


def _probe(head: bytes, path: Path | None) -> bool:
    if path is not None and path.is_dir():
        return False
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:16].lower()
    return looks_like_text(head) and not start.startswith(_OTHER_TEXT)


def sheet_of(source: Source, options: TableOptions, file: str, name: str) -> tuple[Sheet, list[Issue]]:
    """The one sheet of a delimited text, and the issues that reading it as text met."""
    found = scan(source, encoding=options.encoding, delimiter=options.delimiter)
    issues: list[Issue] = []
    decimal = options.decimal or found.decimal
    notes = [f"{file}: {note}" for note in found.notes]
    notes.append(f"{file}: decimal mark: {'comma' if decimal == ',' else 'point'}")
    if options.decimal is None and is_doubtful(_sample(found.rows), decimal, found.delimiter):
        issues.append(
            Issue(
                file,
                0,
                "",
                "",
                f"numbers are written with both marks, or could be; {decimal!r} was taken for the decimal mark",
                'say decimal="." or decimal="," if that is wrong',
            )
        )
    for row, column in found.broken:
        cell = found.rows[row - 1][column] if column < len(found.rows[row - 1]) else ""
        reason = "the cell goes on after its closing quotation mark; what follows was kept as part of it"
        issues.append(Issue(file, row, f"column {column + 1}", shown(cell), reason, "double the marks inside the cell"))
    sheet = Sheet(file, name, list(found.rows), decimal, notes=notes)
    _skip_remarks(sheet)
    return sheet, issues


def _sample(rows: list[list[str]]) -> list[str]:
    width = max(1, len(rows[0])) if rows else 1
    return [cell for row in rows[: max(1, _SAMPLE_CELLS // width)] for cell in row]


def _skip_remarks(sheet: Sheet) -> None:
    """Blank out lines of remarks on top ("# Nodes: 7115"); the last may be the heading ("# FromNodeId ToNodeId")."""
    last = -1
    for index, row in enumerate(sheet.rows):
        if not row or all(is_blank(c) for c in row):
            continue
        if not row[0].startswith("# "):
            break
        last = index
    if last < 0:
        return
    heading = [sheet.rows[last][0][2:], *sheet.rows[last][1:]]
    is_heading = edge_pair([key_of(cell) for cell in heading]) is not None
    for index in range(last + 1):
        words = " ".join(sheet.rows[index]).strip()
        if words:
            sheet.notes.append(f"{sheet.file}: remark: {words[2:200]}")
        sheet.rows[index] = heading if index == last and is_heading else []
    sheet.heading = 0
    sheet.__post_init__()


def read(source: Source, **given: Any) -> Draft:
    """Read a delimited text; the options are those of every table (`TableOptions`)."""
    options = TableOptions.of(given)
    file = source.name if isinstance(source, Path) else "bytes"
    name = source.stem if isinstance(source, Path) else "table"
    sheet, issues = sheet_of(source, options, file, name)
    if sheet.empty:
        refuse("read", "file", file, "there is nothing in it; export it again")
    draft = read_sheets([sheet], options, file)
    draft.issues.extend(issues)
    return draft


FORMATS = [Format("delimited text (CSV, TSV, lists)", _probe, read)]
