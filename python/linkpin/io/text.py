"""Delimited text as rows of cells: the core's scanner, and what only Python adds: named encodings, plain lists."""

from __future__ import annotations

import codecs
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from linkpin import _core

from .refusal import FileError, LimitError, refuse

__all__ = ["FILE_LIMIT", "Scan", "looks_like_text", "scan"]

FILE_LIMIT = 1 << 31  # bytes of one table; its cells become Python's texts

_UTF32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, *_UTF32)
_NO_DELIMITER = "\x1f"  # a character that texts do not have, so that each line stays one cell
_DELIMITER_WORDS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", " ": "white space"}
_ENCODING_WORDS = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 with a byte order mark",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "cp1252": "Windows-1252 (the text is not UTF-8; name another with encoding= if letters look wrong)",
}


@dataclass
class Scan:
    """The rows of a delimited text, what they were read by, a sentence on each of that, and cells cut badly.

    `broken` holds row (from 1) and position (from 0) of cells that go on after their closing quotation mark.
    """

    rows: list[list[str]]
    delimiter: str
    decimal: str
    notes: list[str]
    broken: list[tuple[int, int]] = field(default_factory=list)


def looks_like_text(head: bytes) -> bool:
    """Whether bytes begin like text in an encoding that `scan` reads."""
    if head.startswith(_BOMS) or _bare_utf16(head):
        return True
    return bool(head.strip()) and b"\0" not in head


def _bare_utf16(head: bytes) -> bool:
    """UTF-16 without a byte order mark: every second byte of Latin text is zero."""
    sample = head[:512]
    even, odd, half = sample[0::2].count(0), sample[1::2].count(0), len(sample) // 2
    return half >= 4 and min(even, odd) == 0 and max(even, odd) > 0.6 * half


def scan(source: Path | bytes, *, encoding: str | None = None, delimiter: str | None = None) -> Scan:
    """Read delimited text into rows of cells, blank rows kept so that row numbers stay those of the file.

    `encoding` and `delimiter` override what is found by looking; a delimiter of " " means any white space. Raises
    LimitError for a file or cell beyond the limits, InputError for text that a named encoding does not allow.
    """
    name = "bytes" if isinstance(source, bytes) else source.name
    size = len(source) if isinstance(source, bytes) else source.stat().st_size
    if size > FILE_LIMIT:
        refuse("read", "file, bytes", size, f"more than {FILE_LIMIT} for one table; write a data package", name,
               error=LimitError)  # fmt: skip
    if delimiter is not None and len(delimiter) != 1:
        refuse("read", "delimiter", delimiter, "give one character, for instance ; or a tab")
    words = None
    if encoding is not None or _head(source).startswith(_UTF32):
        source, words = _decoded(source, encoding or "utf-32"), encoding and f"{encoding}, as asked"
        words = words or "UTF-32"
    mark = _NO_DELIMITER if delimiter == " " else delimiter
    rows, report = _core.io.scan_csv(source, name=name, delimiter=mark)
    notes = [f"encoding: {words or _ENCODING_WORDS[report['encoding']]}"]
    if report["repaired"]:
        notes.append(f"{report['repaired']} bytes did not fit the encoding and were read as Windows-1252 or left out")
    found = " " if delimiter == " " else report["delimiter"]
    if delimiter in (None, " ") and (split := _split(rows, asked=delimiter == " ")) is not None:
        rows, found = split, " "
    notes.append(f"delimiter: {_DELIMITER_WORDS.get(found, found)}")
    return Scan(rows, found, "," if report["decimal_comma"] else ".", notes, report["broken"])


def _head(source: Path | bytes) -> bytes:
    if isinstance(source, bytes):
        return source[:4]
    try:
        with source.open("rb") as stream:
            return stream.read(4)
    except OSError as error:
        refuse("read", "path", source, error.strerror or "cannot be opened", error=FileError)


def _decoded(source: Path | bytes, encoding: str) -> bytes:
    """The text as UTF-8."""
    content = source if isinstance(source, bytes) else source.read_bytes()
    try:
        return content.decode(encoding).removeprefix("\ufeff").encode("utf-8")
    except LookupError:
        refuse("read", "encoding", encoding, "this encoding is not known; try utf-8, utf-16 or cp1252")
    except UnicodeError as error:
        at = f"byte {error.start}" if isinstance(error, UnicodeDecodeError) else ""
        refuse("read", "encoding", encoding, "the text is not in this encoding; name the right one with encoding=", at)


def _split(rows: list[list[str]], *, asked: bool) -> list[list[str]] | None:
    """Lines of one cell each cut at white space: a plain list of ties, or None where they are not so cut.

    Lines that begin with # are remarks and stay whole.
    """
    lines: list[Any] = [row[0] if row else "" for row in rows]
    if any(len(row) > 1 for row in rows):
        return None
    cut = [[line] if line.lstrip().startswith("#") else line.split() for line in lines]
    widths = {len(row) for row in cut if row and not row[0].lstrip().startswith("#")}
    return cut if asked or (len(widths) == 1 and min(widths) > 1) else None
