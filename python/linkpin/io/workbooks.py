"""Workbooks (xlsx): every sheet a table, read by calamine after a look for what would swell beyond the machine."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

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
TEXT_LIMIT = 1 << 30  # bytes of text in cells, a shared text counted as often as it is used

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PLACE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_SHARED = re.compile(rb'\bt="s"[^>]*>\s*<(?:\w+:)?v>([0-9]{1,9})<')
_ITEM = re.compile(rb"<(?:\w+:)?si[ >]")


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


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number


def _check_sheets(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], name: str) -> None:
    """Refuse a sheet whose few cells span a huge rectangle, and short references to long shared texts."""
    lengths = _shared_lengths(archive, name)
    total = 0
    for info in members:
        if not re.fullmatch(r"xl/worksheets/[^/]+\.xml", info.filename):
            continue
        rows = columns = 0
        rest = b""
        for chunk in chunks(archive, info, name):
            text = rest + chunk
            cut = text.rfind(b"<")  # a tag is not looked at before it is whole
            text, rest = (text[:cut], text[cut:]) if cut > 0 and len(text) - cut < 1 << 20 else (text, b"")
            for letters, digits in _PLACE.findall(text):
                rows, columns = max(rows, int(digits)), max(columns, _column_number(letters))
            total += sum(lengths[int(i)] for i in _SHARED.findall(text) if int(i) < len(lengths))
        if rows * columns > CELL_LIMIT:
            refuse(
                "read",
                "sheet, cells",
                rows * columns,
                f"more than {CELL_LIMIT}: delete stray cells far from the table, or save the sheet as CSV",
                f"{name}, {info.filename}",
                error=LimitError,
            )
        if total > TEXT_LIMIT:
            refuse("read", "workbook, bytes of text", total, f"more than {TEXT_LIMIT}", name, error=LimitError)


def _shared_lengths(archive: zipfile.ZipFile, name: str) -> list[int]:
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    text = b"".join(chunks(archive, archive.getinfo("xl/sharedStrings.xml"), name))
    starts = [m.start() for m in _ITEM.finditer(text)]
    return [end - start for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


def sheets_of(source: Source, file: str) -> list[Sheet]:
    """Every sheet of a workbook. Raises InputError where it is damaged, LimitError where it would not fit."""
    import python_calamine

    with opened(source) as archive:
        if not is_workbook(archive):
            refuse("read", "file", file, "this office document is no workbook; save its table as xlsx or CSV")
        members = safe_members(archive, file)
        _check_sheets(archive, members, file)
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
