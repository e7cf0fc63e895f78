"""What the columns of a table become: names with a meaning in linkpin keep it, all others are attributes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from .cells import Cell, is_blank, text_of, typed
from .draft import Draft
from .sheet import Sheet, key_of

__all__ = ["ENTITY_NAMES", "REPORT_NAMES", "TEXT_NAMES", "TIE_NAMES", "attribute_name", "column_values"]

ENTITY_NAMES = ("label", "kind", "sector", "roles", "start", "end", "source", "evidence")
TIE_NAMES = ("kind", "weight", "confidence", "start", "end", "wave", "source", "evidence", "label")
REPORT_NAMES = ("item", "wave", "state", "value", "source")
TEXT_NAMES = frozenset(
    {"id", "label", "kind", "sector", "roles", "start", "end", "wave", "source", "evidence", "item", "state"}
)


def attribute_name(heading: str, meanings: Iterable[str], taken: Iterable[str]) -> str:
    """The column a heading becomes: one of `meanings` where it says so, else itself, set apart from those `taken`."""
    key = key_of(heading)
    name = next((m for m in meanings if key_of(m) == key), heading)
    return f"{name} (column)" if name in set(taken) else name


def column_values(sheet: Sheet, draft: Draft, name: str, cells: Sequence[Cell]) -> list[Any] | None:
    """A column's values by one type, texts where the name asks for texts; None where every cell is blank."""
    if all(is_blank(cell) for cell in cells):
        sheet.empty_columns.append(name)
        return None
    if name in TEXT_NAMES:
        return [text_of(cell) for cell in cells]
    column = typed(cells, sheet.decimal)
    if column.codes:
        draft.note(f"{sheet.file}: column {name!r}: NA, null or the like is missing, in cells: {column.codes}")
    return column.values
