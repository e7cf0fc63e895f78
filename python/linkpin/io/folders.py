"""Folders: linkpin's own data package, or tables that belong together (nodes and edges) as tools export them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import native, workbooks
from .delimited import sheet_of
from .detect import Format, Source, head_of
from .draft import Draft, Issue
from .headings import edge_pair
from .options import TableOptions
from .refusal import InputError, LimitError, refuse
from .sheet import Sheet
from .tables import read_sheets
from .text import looks_like_text
from .zips import is_zip

if TYPE_CHECKING:
    from ..ecosystem import Ecosystem

__all__ = ["FORMATS", "is_package", "read"]

FILE_LIMIT = 500
_PARTS = ("entities.csv", "ties.csv", "reports.csv")
_TABLE_ENDINGS = (".csv", ".tsv", ".tab", ".xlsx", ".xlsm")
_ROLE = re.compile(
    r"[_\- .]*(nodes?|vertices|entities|elements|edges?|edgelist|ties|links|connections|matrix|adjacency)$",
    flags=re.IGNORECASE,
)


def is_package(folder: Path) -> bool:
    """Whether a folder is linkpin's own: one of its tables is there by name, with or without a datapackage.json."""
    if any((folder / name).is_file() for name in _PARTS):
        return True
    description = folder / "datapackage.json"
    if not description.is_file() or description.stat().st_size > 1 << 26:
        return False
    try:
        package = json.loads(description.read_text("utf-8-sig"))
        names = {resource["name"] for resource in package["resources"]}
    except (ValueError, KeyError, TypeError, RecursionError, OSError):
        return False
    return bool(names & {"entities", "ties", "reports"})


def _probe(head: bytes, path: Path | None) -> bool:
    return path is not None and path.is_dir()


def read(source: Source, **given: Any) -> Draft | Ecosystem:
    """Read a folder: a data package as it is, else all its tables together.

    Two tables of ties and entities become one network; several tables of ties become kinds, named for their files. A
    matrix that has the name of an edge list beside it is left out, and said so.
    """
    if isinstance(source, bytes):
        raise AssertionError("a folder has a path")
    if is_package(source):
        if given:
            refuse("read", "option", next(iter(given)), "a data package takes no options", source.name)
        return native.read_package(source)
    options = TableOptions.of(given)
    sheets, issues, aside = _sheets(source, options)
    if not sheets:
        refuse("read", "folder", source, "there is no table in it that linkpin reads; name a file in it")
    tied = [s for s in sheets if edge_pair(s.keys)]
    draft = read_sheets(
        sheets,
        options,
        source.name,
        several_matrices_are_a_survey=not tied,
        kinds_by_name=len(tied) > 1,
    )
    draft.issues.extend(issues)
    if aside:
        draft.note(f"not read, being no tables: {', '.join(aside)}; name such a file to read it alone")
    return draft


def _sheets(folder: Path, options: TableOptions) -> tuple[list[Sheet], list[Issue], list[str]]:
    sheets: list[Sheet] = []
    issues: list[Issue] = []
    aside: list[str] = []

    def leave(path: Path, reason: str) -> None:
        issues.append(Issue(path.name, 0, "", "", reason, "read it alone, or take it out of the folder"))

    paths = sorted(p for p in folder.iterdir() if p.is_file() and not p.name.startswith("."))
    if len(paths) > FILE_LIMIT:
        refuse("read", "folder, files", len(paths), f"more than {FILE_LIMIT}; name the file", error=LimitError)
    stems = {_stem(p) for p in paths if re.search(r"edges?|edgelist|ties|links|connections", p.stem, re.IGNORECASE)}
    for path in paths:
        head = head_of(path)
        is_table = path.suffix.lower() in _TABLE_ENDINGS and (looks_like_text(head) or is_zip(head))
        if not is_table:
            if path.name.lower().endswith((".md", ".txt", ".json")):
                aside.append(path.name)
            else:
                leave(path, "the file is no table and was left out of the folder's reading")
        elif re.search(r"matrix|adjacency", path.stem, re.IGNORECASE) and _stem(path) in stems:
            leave(path, "an edge list of the same name is in the folder; the matrix was left out")
        else:
            try:
                if is_zip(head):
                    sheets.extend(workbooks.sheets_of(path, path.name))
                else:
                    sheet, found = sheet_of(path, options, path.name, _stem(path))
                    sheet.name = _stem(path) if edge_pair(sheet.keys) else path.stem
                    sheets.append(sheet)
                    issues.extend(found)
            except InputError as error:
                leave(path, str(error))
    return sheets, issues, aside


def _stem(path: Path) -> str:
    return _ROLE.sub("", path.stem) or path.stem


FORMATS = [Format("data package or folder of tables", _probe, read)]
