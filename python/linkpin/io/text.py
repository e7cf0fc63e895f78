"""Delimited text as rows of cells: encoding and delimiter found by looking, and limits that hostile files meet."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from .refusal import FileError, InputError, LimitError, refuse

__all__ = ["CELL_LIMIT", "ROW_LIMIT", "Scan", "looks_like_text", "scan"]

ROW_LIMIT = 1 << 26  # characters in one row
CELL_LIMIT = csv.field_size_limit()  # characters in one cell: csv's own, 131,072 unless the program changed it
DELIMITERS = (",", ";", "\t", "|")
SAMPLE_ROWS = 200

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8 with a byte order mark"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)


@dataclass
class Scan:
    """The rows of a delimited text, with the encoding and delimiter they were read by and a sentence on each."""

    rows: list[list[str]]
    encoding: str
    delimiter: str
    notes: list[str]


def looks_like_text(head: bytes) -> bool:
    """Whether bytes begin like text in an encoding that `scan` reads."""
    if any(head.startswith(bom) for bom, _, _ in _BOMS) or _bare_utf16(head):
        return True
    return bool(head.strip()) and b"\0" not in head


def scan(source: Path | bytes, *, encoding: str | None = None, delimiter: str | None = None) -> Scan:
    """Read delimited text into rows of cells, blank rows kept so that row numbers stay those of the file.

    `encoding` and `delimiter` override what is found by looking. Raises LimitError for a row or cell beyond the limits,
    InputError for text that its encoding does not allow.
    """
    with _opened(source) as stream:
        head = stream.read(1 << 16)
    named, words = _encoding(head, encoding)
    notes = [f"encoding: {words}"]
    try:
        rows, mark = _rows(source, named, delimiter)
    except UnicodeDecodeError as error:
        if encoding is not None or named != "utf-8":
            refuse(
                "read",
                "encoding",
                encoding or named,
                "the text is not in this encoding; name the right one with encoding=",
                f"byte {error.start}",
            )
        named = "cp1252"
        notes = ["encoding: Windows-1252 (the text is not UTF-8; name another with encoding= if letters look wrong)"]
        try:
            rows, mark = _rows(source, named, delimiter)
        except UnicodeDecodeError:
            named = "latin-1"
            notes = ["encoding: Latin-1 (the text is neither UTF-8 nor Windows-1252; check it, or name it: encoding=)"]
            rows, mark = _rows(source, named, delimiter)
    notes.append(f"delimiter: {_DELIMITER_WORDS.get(mark, mark)}")
    return Scan(rows, named, mark, notes)


_DELIMITER_WORDS = {
    ",": "comma",
    ";": "semicolon",
    "\t": "tab",
    "|": "bar",
    " ": "white space",
}


def _opened(source: Path | bytes) -> IO[bytes]:
    if isinstance(source, bytes):
        return io.BytesIO(source)
    try:
        return source.open("rb")
    except OSError as error:
        refuse("read", "path", source, error.strerror or "cannot be opened", error=FileError)


def _bare_utf16(head: bytes) -> str | None:
    """UTF-16 without a byte order mark: every second byte of Latin text is zero."""
    sample = head[:512]
    if len(sample) < 8:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > 0.6 * half and even == 0:
        return "utf-16-le"
    if even > 0.6 * half and odd == 0:
        return "utf-16-be"
    return None


def _encoding(head: bytes, named: str | None) -> tuple[str, str]:
    if named is not None:
        try:
            codecs.lookup(named)
        except LookupError:
            refuse("read", "encoding", named, "this encoding is not known; try utf-8, utf-16 or cp1252")
        return named, f"{named}, as asked"
    for bom, codec, words in _BOMS:
        if head.startswith(bom):
            return codec, words
    bare = _bare_utf16(head)
    return (bare, "UTF-16 without a byte order mark") if bare else ("utf-8", "UTF-8")


class _Lines:
    """Lines of a text, never longer than the limit, counted since the last finished row."""

    def __init__(self, stream: io.TextIOWrapper) -> None:
        self._stream = stream
        self.pending = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._stream.readline(ROW_LIMIT + 1)
        if not line:
            raise StopIteration
        self.pending += len(line)
        if self.pending > ROW_LIMIT:
            refuse(
                "read",
                "row, characters",
                f"more than {ROW_LIMIT}",
                "a row this long is not a table; look for a quotation mark that is never closed",
                error=LimitError,
            )
        return line.replace("\0", "\ufffd")


def _rows(source: Path | bytes, encoding: str, delimiter: str | None) -> tuple[list[list[str]], str]:
    if delimiter is None:
        delimiter = _delimiter(source, encoding)
    elif len(delimiter) != 1:
        refuse("read", "delimiter", delimiter, "give one character, for instance ; or a tab")
    rows: list[list[str]] = []
    with _opened(source) as binary, io.TextIOWrapper(binary, encoding=encoding, newline="") as stream:
        lines = _Lines(stream)
        parser = _whitespace_rows(lines) if delimiter == " " else csv.reader(lines, delimiter=delimiter)
        try:
            for row in parser:
                lines.pending = 0
                rows.append(row)
        except csv.Error as error:
            refuse(
                "read",
                "text",
                str(error),
                "a cell is too long, or a quotation mark is never closed",
                f"row {len(rows) + 1}",
                error=LimitError if "limit" in str(error) else InputError,
            )
    return rows, delimiter


def _whitespace_rows(lines: Iterator[str]) -> Iterator[list[str]]:
    """Rows of a plain list split at white space; lines that begin with # are remarks."""
    for line in lines:
        yield [] if line.lstrip().startswith("#") else line.split()


def _delimiter(source: Path | bytes, encoding: str) -> str:
    """The mark that cuts the first rows into the same number of cells, more than one."""
    with _opened(source) as binary, io.TextIOWrapper(binary, encoding=encoding, newline="") as stream:
        sample = []
        for line in _Lines(stream):
            sample.append(line)
            if len(sample) >= SAMPLE_ROWS or sum(map(len, sample[-8:])) > 1 << 20:
                break
    remarks_out = [line for line in sample if line.strip() and not line.startswith("#")]
    best, best_score = "", 0.0
    for mark in DELIMITERS:
        try:
            widths = Counter(len(row) for row in csv.reader(remarks_out, delimiter=mark) if row)
        except csv.Error:
            continue
        if not widths:
            continue
        width, rows = widths.most_common(1)[0]
        score = rows / sum(widths.values()) if width > 1 else 0.0
        if score > best_score + 0.01:
            best, best_score = mark, score
    if best:
        return best
    widths = Counter(len(line.split()) for line in remarks_out)
    if widths:
        width, rows = widths.most_common(1)[0]
        if width > 1 and rows == sum(widths.values()):
            return " "
    return ","
