"""Experts' ratings of influence in words ("+VH" to "-VH"), as FCMpy takes them: JSON, or a workbook of sheets."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from .cells import is_blank, text_of
from .detect import Format
from .draft import Draft
from .refusal import refuse

__all__ = ["FORMATS"]

_STEPS = ("VL", "L", "M", "H", "VH")
_TERMS = {f"{sign}{step}" for sign in "+-" for step in _STEPS}
_STRINGS = "xl/sharedStrings.xml"
_ITEM = "influence"

_Row = tuple[int, dict[str, Any]]


def _default_values() -> dict[str, float]:
    """Evenly spaced: -VH is -1, NA (no influence) 0, +VH 1."""
    values = {f"{sign}{step}": (i + 1) / len(_STEPS) for i, step in enumerate(_STEPS) for sign in "+"}
    return {**values, **{f"-{term[1:]}": -value for term, value in values.items()}, "NA": 0.0}


def _read(source: Path | bytes, *, terms: Mapping[str, float] | None = None) -> Draft:
    """Read experts' ratings as reports: who said how strongly one concept influences another.

    `terms` gives the number of each word; by default they are evenly spaced from -1 (-VH) to 1 (+VH). The word itself
    stays in the column `term`.
    """
    draft = Draft(file=source.name if isinstance(source, Path) else "")
    values = {**_default_values(), **(terms or {})}
    blank = 0
    for expert, rows in _experts(source):
        draft.add_entity(expert, kind="person")
        for row, cells in rows:
            blank += _add(draft, expert, row, cells, values)
    for id in dict.fromkeys([*draft.reports["from"], *draft.reports["to"]]):
        draft.add_entity(id, kind="concept")
    if blank:
        draft.note(f"{blank} pairs of concepts have no rating; nothing is reported of them")
    if terms is None:
        draft.note("ratings in words count evenly from -1 (-VH) to 1 (+VH); terms= gives other numbers")
    return draft


def _add(draft: Draft, expert: str, row: int, cells: Mapping[str, Any], values: Mapping[str, float]) -> bool:
    """Add one rating. Returns whether the row has none."""
    named = {name.strip().lower(): cell for name, cell in cells.items() if name.strip().lower() in ("from", "to")}
    source, target = text_of(named.get("from")), text_of(named.get("to"))
    chosen = [name for name, cell in cells.items() if name.strip().lower() not in ("from", "to") and not is_blank(cell)]
    if not chosen:
        return True
    if source is None or target is None:
        draft.refuse(
            "",
            row,
            expert,
            f"{source or ''} to {target or ''}",
            "a concept is missing; the rating is left out",
            "name both",
        )
        return False
    if len(chosen) > 1:
        draft.refuse(
            "",
            row,
            expert,
            ", ".join(chosen),
            f"{source} to {target} has several ratings; none is taken",
            "mark one word in each row",
        )
        return False
    term = chosen[0].strip()
    if term.lower() == "unsure":
        draft.add_report(expert, source, target, state="declined", item=_ITEM, term=term)
    elif term in values:
        draft.add_report(expert, source, target, item=_ITEM, value=values[term], term=term)
    else:
        draft.refuse(
            "", row, expert, term, "no number is known for this word; the rating is left out", "give it with terms={…}"
        )
    return False


def _experts(source: Path | bytes) -> Iterator[tuple[str, list[_Row]]]:
    head = source[:2] if isinstance(source, bytes) else source.open("rb").read(2)
    if head == b"PK":
        yield from _sheets(source)
    else:
        yield from _objects(source)


def _objects(source: Path | bytes) -> Iterator[tuple[str, list[_Row]]]:
    try:
        content = json.loads(source if isinstance(source, bytes) else source.read_bytes())
    except (ValueError, RecursionError) as error:
        refuse("read", "JSON", str(error), "the file is damaged here; save it again")
    for expert, rows in content.items():
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            refuse("read", "JSON", expert, "give each expert a list of ratings, each with from and to")
        yield str(expert), [(i + 1, row) for i, row in enumerate(rows)]


def _sheets(source: Path | bytes) -> Iterator[tuple[str, list[_Row]]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_object(source if isinstance(source, Path) else io.BytesIO(source))
    except (CalamineError, OSError) as error:
        refuse("read", "workbook", str(error), "the workbook is damaged; save it again")
    for name in book.sheet_names:
        rows: Sequence[Sequence[Any]] = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        if not rows:
            continue
        headings = [text_of(cell) or "" for cell in rows[0]]
        yield name, [(i + 2, dict(zip(headings, row, strict=True))) for i, row in enumerate(rows[1:])]


def _probe(head: bytes, path: Path | None) -> bool:
    if head.startswith(b"PK"):
        strings = _shared_strings(path or head)
        return set(re.findall(r">([^<>]*)</(?:\w+:)?t>", strings)) >= _TERMS
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start.startswith(b"{"):
        return False
    text = start.decode("utf-8", errors="replace")
    return re.match(r'\{\s*"[^"]*"\s*:\s*\[\s*\{\s*"from"\s*:', text, re.IGNORECASE) is not None and all(
        f'"{term}"' in text for term in _TERMS
    )


def _shared_strings(source: Path | bytes) -> str:
    """The first texts of a workbook; "" where there are none."""
    try:
        with (
            zipfile.ZipFile(source if isinstance(source, Path) else io.BytesIO(source)) as archive,
            archive.open(_STRINGS) as stream,
        ):
            return stream.read(1 << 16).decode("utf-8", errors="replace")
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError, ValueError):
        return ""


FORMATS = [Format("FCMpy ratings", _probe, _read)]
