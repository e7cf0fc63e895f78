"""The header of a DL file: sizes, format, labels, and where the data begin."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from .plaintext import lines_of
from .refusal import LimitError, refuse

__all__ = ["SIZES", "TOKEN", "Header", "split"]

SIZES = re.compile(r"\b(n|nr|nc|nm)\s*[=:]?\s*(\d+)", re.IGNORECASE)
_FORMAT = re.compile(r"\bformat\s*[=:]?\s*(\w+)", re.IGNORECASE)
_DIAGONAL = re.compile(r"\bdiagonal\s*[=:]?\s*(present|absent)", re.IGNORECASE)
_TITLE = re.compile(r'\btitle\s*[=:]\s*"([^"]*)"', re.IGNORECASE)
_SECTION = re.compile(
    r"\s*(?:(row|col|column|level|matrix|plane)s?\s+)?labels?\s*(?:(embedded)\s*:?|:)\s*(.*)", re.IGNORECASE
)
_DATA = re.compile(r"\s*data\s*:\s*(.*)", re.IGNORECASE)
TOKEN = re.compile(r'"([^"]*)"|\'([^\']*)\'|([^\s,]+)')
SIZE_LIMIT = 1_000_000  # actors that a file may count without naming them


@dataclass
class Header:
    """What a DL file says before its data."""

    rows: int = 0
    columns: int = 0
    levels: int = 1
    format: str = "fullmatrix"
    diagonal: bool = True
    two_mode: bool = False
    row_labels: list[str] = field(default_factory=list)
    column_labels: list[str] = field(default_factory=list)
    level_labels: list[str] = field(default_factory=list)
    embedded_rows: bool = False
    embedded_columns: bool = False
    title: str = ""


def split(source: Path | bytes, codec: str) -> tuple[Header, list[tuple[int, str]]]:
    """The header of a DL file, and the rows of its data with their numbers."""
    header = Header()
    rows: list[tuple[int, str]] = []
    head: list[str] = []
    sections: list[tuple[str, int, list[str]]] = []
    in_data = False
    for row, line in lines_of(source, codec):
        if in_data:
            rows.append((row, line))
            continue
        if row == 1:
            line = re.sub(r"^\W*dl\b", "", line, flags=re.IGNORECASE)
        data, section = _DATA.match(line), _SECTION.match(line)
        if data:
            in_data = True
            rows.append((row, data[1]))
        elif section:
            what = (section[1] or "").lower()
            if section[2]:
                header.embedded_rows |= what in ("", "row")
                header.embedded_columns |= what in ("", "col", "column")
            sections.append((what, row, [section[3]]))
        elif sections and not _settings(line):
            sections[-1][2].append(line)
        else:
            head.append(line)
    if not in_data:
        refuse("read", "data", "missing", 'a DL file has a line "data:" before its numbers')
    _sizes(header, "\n".join(head))
    for what, row, lines in sections:
        _labels(header, what, row, lines)
    return header, rows


def _settings(line: str) -> bool:
    """Whether a line after labels is again about the whole file."""
    return bool(re.match(r"\s*(format|diagonal)\s*[=:]|\s*(n|nr|nc|nm)\s*=", line, re.IGNORECASE))


def _sizes(header: Header, text: str) -> None:
    title = _TITLE.search(text)
    if title:
        header.title, text = title[1], text.replace(title[0], "")
    sizes = {name.lower(): int(number) for name, number in SIZES.findall(text)}
    header.rows = sizes.get("nr", sizes.get("n", 0))
    header.columns = sizes.get("nc", sizes.get("n", 0))
    header.levels = sizes.get("nm", 1)
    header.two_mode = "nc" in sizes and "n" not in sizes
    if not header.rows or not header.columns:
        refuse("read", "n", text.strip()[:60], "say how many actors there are: n=12, or nr=12 and nc=5 for two sets")
    if not header.two_mode and header.rows != header.columns:
        refuse("read", "n", text.strip()[:60], "give either n, or nr and nc")
    if max(header.rows, header.columns) > SIZE_LIMIT or header.levels > SIZE_LIMIT:
        refuse("read", "n", max(header.rows, header.columns), f"DL is read up to {SIZE_LIMIT} actors", error=LimitError)
    if format := _FORMAT.search(text):
        header.format = format[1].lower()
    if diagonal := _DIAGONAL.search(text):
        header.diagonal = diagonal[1].lower() == "present"


def _labels(header: Header, what: str, row: int, lines: list[str]) -> None:
    wanted = {"row": header.rows, "col": header.columns, "column": header.columns, "": header.rows}.get(
        what, header.levels
    )
    labels = [a or b or c for line in lines for a, b, c in TOKEN.findall(line)]
    by_line = [line.strip() for line in lines if line.strip()]
    if not labels:
        return
    if len(labels) != wanted and len(by_line) == wanted:
        labels = by_line  # one label a line, with spaces in it
    if len(labels) != wanted:
        refuse(
            "read",
            f"{what} labels".strip(),
            len(labels),
            f"{wanted} are needed; put a label with spaces in quotes, or each on its own line",
            f"row {row}",
        )
    if what == "row":
        header.row_labels = labels
    elif what in ("col", "column"):
        header.column_labels = labels
    elif what == "":
        header.row_labels = labels
        header.column_labels = header.column_labels if header.two_mode else labels
    else:
        header.level_labels = labels
