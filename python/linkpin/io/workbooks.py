"""Workbooks (xlsx): every sheet a table, read by calamine after a look for what would swell beyond the machine."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.parsers import expat

from .cells import Cell
from .detect import Format, Source
from .draft import Draft
from .options import TableOptions
from .refusal import LimitError, refuse
from .sheet import Sheet
from .tables import read_sheets
from .zips import chunks, is_zip, opened, safe_members

__all__ = ["CELL_LIMIT", "FORMATS", "is_workbook", "read", "sheets_of"]

CELL_LIMIT = 20_000_000  # cells of the rectangle that a sheet's cells span
TEXT_LIMIT = 1 << 28  # characters of shared texts, each counted as often as it is used

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")


def is_workbook(archive: zipfile.ZipFile) -> bool:
    """Whether a zip container is a workbook of the xlsx family."""
    return "xl/workbook.xml" in archive.namelist()


def _probe(head: bytes, path: Path | None) -> bool:
    return is_zip(head) and (b"[Content_Types].xml" in head or b"xl/" in head or b"docProps/" in head)


def _probe_old(head: bytes, path: Path | None) -> bool:
    return head.startswith(_OLE) or (is_zip(head) and b"mimetypeapplication/vnd.oasis.opendocument" in head[:128])


def _read_old(source: Source, **given: Any) -> Draft:
    """Refuse the older and other office formats with the way out."""
    name = source.name if isinstance(source, Path) else "bytes"
    refuse("read", "file", name, "linkpin reads workbooks as xlsx; open it and save it as .xlsx or CSV")


class _Span:
    """What a workbook's part would grow to: the rectangle its cells span, and the shared texts they repeat.

    calamine allocates the whole rectangle, and the process ends where that fails, so every part is looked at first.
    """

    def __init__(self, lengths: list[int] | None = None) -> None:
        self.rows = self.columns = self.references = self.text = 0
        self.texts: list[int] = []  # lengths of this part's own shared texts
        self._lengths = lengths
        self._row = self._column = 0
        self._shared = self._in_value = self._in_text = False
        self._value = ""

    def parse(self, pieces: Iterator[bytes], name: str, where: str) -> None:
        """Go through a part; one that is no XML is refused where it is to be XML, or already had cells."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        if self._lengths is not None:  # what stands in the elements takes three times as long
            parser.EndElementHandler = self._end
            parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = lambda *_: refuse(
            "read", "workbook", name, "it declares entities of its own, as no spreadsheet does; do not trust it", where
        )
        try:
            for piece in pieces:
                parser.Parse(piece, False)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            if where.endswith((".xml", ".rels")) or self.rows:
                refuse("read", "file", name, f"the workbook is damaged ({error}); open and save it again", where)

    def _start(self, element: str, attributes: dict[str, str]) -> None:
        if ":" in element:
            element = element.rpartition(":")[2]
        if element == "c":
            place = _REFERENCE.fullmatch(attributes.get("r", ""))
            self._column = _column_number(place[1]) if place else self._column + 1
            self._row = int(place[2]) if place else self._row
            self.rows, self.columns = max(self.rows, self._row), max(self.columns, self._column)
            self._shared = attributes.get("t") == "s"
            self.references += self._shared
        elif element == "row":
            self._row = int(attributes["r"]) if attributes.get("r", "").isdecimal() else self._row + 1
            self._column = 0
        elif element == "v":
            self._in_value, self._value = self._shared, ""
        elif element == "si":
            self._in_text = True
            self.texts.append(0)

    def _end(self, element: str) -> None:
        element = element.rpartition(":")[2]
        if element == "v" and self._in_value and self._lengths is not None:
            self._in_value = False
            if self._value.strip().isdecimal() and int(self._value) < len(self._lengths):
                self.text += self._lengths[int(self._value)]
        elif element == "si":
            self._in_text = False

    def _text(self, text: str) -> None:
        if self._in_value:
            self._value += text[:20]
        elif self._in_text:
            self.texts[-1] += len(text)


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = 26 * number + ord(letter) - 64
    return number


def _check_parts(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], name: str) -> None:
    """Refuse a sheet whose few cells span a huge rectangle, and many references to long shared texts."""
    references = 0
    for info in members:
        span = _Span()
        span.parse(chunks(archive, info, name), name, info.filename)
        references += span.references
        if span.rows * span.columns > CELL_LIMIT:
            refuse(
                "read",
                "sheet, cells",
                span.rows * span.columns,
                f"more than {CELL_LIMIT}: delete stray cells far from the table, or save the sheet as CSV",
                f"{name}, {info.filename}",
                error=LimitError,
            )
    lengths: list[int] = []
    for info in members:
        if info.filename.endswith("sharedStrings.xml"):
            span = _Span([])
            span.parse(chunks(archive, info, name), name, info.filename)
            lengths = span.texts
    if references * max(lengths, default=0) <= TEXT_LIMIT:
        return
    total = 0
    for info in members:
        span = _Span(lengths)
        span.parse(chunks(archive, info, name), name, info.filename)
        total += span.text
    if total > TEXT_LIMIT:
        refuse("read", "workbook, characters", total, f"more than {TEXT_LIMIT}; save it as CSV", name, error=LimitError)


def sheets_of(source: Source, file: str) -> list[Sheet]:
    """Every sheet of a workbook. Raises InputError where it is damaged, LimitError where it would not fit."""
    import python_calamine

    with opened(source) as archive:
        if not is_workbook(archive):
            refuse("read", "file", file, "this office document is no workbook; save its table as xlsx or CSV")
        members = safe_members(archive, file)
        _check_parts(archive, members, file)
    try:
        content = io.BytesIO(source if isinstance(source, bytes) else source.read_bytes())
        workbook = python_calamine.CalamineWorkbook.from_filelike(content)
        tabs = [m.name for m in workbook.sheets_metadata if m.typ == python_calamine.SheetTypeEnum.WorkSheet]
        grids: list[tuple[str, list[list[Cell]]]] = [
            (name, workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in tabs
        ]
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # a panic in calamine is no Exception
        refuse("read", "file", file, f"the workbook is damaged ({error}); open it in a spreadsheet and save it again")
    return [Sheet(file if len(grids) == 1 else f"{file} [{name}]", name, rows) for name, rows in grids]


def read(source: Source, **given: Any) -> Draft:
    """Read a workbook; the options are those of every table (`TableOptions`)."""
    options = TableOptions.of(given)
    file = source.name if isinstance(source, Path) else "bytes"
    return read_sheets(sheets_of(source, file), options, file)


FORMATS = [Format("workbook (xlsx)", _probe, read), Format("workbook of another kind", _probe_old, _read_old)]
