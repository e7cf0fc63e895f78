"""Columns of any type with missing values, on their way between Python and the core.

A column crosses the border as a tuple: its type and the arrays that hold it. Types are ``number``, ``integer``,
``boolean``, ``text``, ``list`` (several texts a cell) and ``date`` (with its precision).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from linkpin import _core
from linkpin.table import Table

__all__ = ["Column", "decode", "encode", "encode_all", "table"]

Column = tuple[Any, ...]

# Names whose type is fixed by the model, whatever their values look like.
_NAMED: dict[str, str] = {
    "label": "text",
    "kind": "text",
    "sector": "text",
    "roles": "list",
    "start": "date",
    "end": "date",
    "source": "text",
    "evidence": "text",
    "weight": "number",
    "confidence": "number",
    "wave": "text",
    "item": "text",
    "state": "text",
    "value": "number",
    "cap": "number",
}


def _is_missing(value: object) -> bool:
    return value is None or (isinstance(value, (float, np.floating)) and bool(np.isnan(value)))


def _type_of(values: Sequence[Any]) -> str:
    kinds = {type(v) for v in values if not _is_missing(v)}
    if not kinds or kinds == {str}:
        return "text"
    if all(issubclass(k, (bool, np.bool_)) for k in kinds):
        return "boolean"
    if all(issubclass(k, (int, np.integer)) and not issubclass(k, bool) for k in kinds):
        return "integer"
    if all(issubclass(k, (int, float, np.number)) and not issubclass(k, bool) for k in kinds):
        return "number"
    if all(issubclass(k, (datetime.date, datetime.datetime)) for k in kinds):
        return "date"
    if all(issubclass(k, (list, tuple, set, frozenset)) for k in kinds):
        return "list"
    return "text"


def _list_text(value: object) -> str:
    if isinstance(value, (set, frozenset)):
        value = sorted(map(str, value))
    return "|".join(map(str, value)) if isinstance(value, Iterable) and not isinstance(value, str) else str(value)


def _date_text(value: object) -> str:
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def _text(value: object) -> str:
    return value if isinstance(value, str) else str(value)


def _encode_array(values: npt.NDArray[Any]) -> Column | None:
    if values.dtype.kind == "f":
        return ("number", values.astype(np.float64, copy=False))
    if values.dtype.kind in "iu":
        return ("integer", values.astype(np.int64), None)
    if values.dtype.kind == "b":
        return ("boolean", values.astype(np.uint8), None)
    return None


def encode(name: str, values: Iterable[Any], type: str | None = None) -> Column:
    """Return the column tuple for ``values``.

    Parameters
    ----------
    name
        Name of the column; names with a fixed meaning (``start``, ``weight``, ...) have a fixed type.
    values
        One value a row; ``None`` and NaN are missing.
    type
        The type to take, where it is known.

    Raises
    ------
    linkpin.InputError
        For a value that the column's type cannot hold, naming it and its row.
    """
    wanted = type or _NAMED.get(name)
    if isinstance(values, np.ndarray):
        column = _encode_array(values)
        if column is not None and wanted in (None, column[0]):
            return column
    rows: list[Any] = [v.item() if isinstance(v, np.generic) else v for v in values]
    kind = wanted or _type_of(rows)
    missing = np.fromiter((_is_missing(v) for v in rows), dtype=np.uint8, count=len(rows))
    mask = missing if missing.any() else None
    try:
        if kind == "number":
            return ("number", np.array([np.nan if _is_missing(v) else float(v) for v in rows], dtype=np.float64))
        if kind == "integer":
            return ("integer", np.array([0 if _is_missing(v) else int(v) for v in rows], dtype=np.int64), mask)
    except (TypeError, ValueError, OverflowError) as error:
        raise _core.InputError(f"column {name}: {error}: every value must be a {kind} or missing") from None
    if kind == "boolean":
        return ("boolean", np.array([0 if _is_missing(v) else bool(v) for v in rows], dtype=np.uint8), mask)
    if kind == "date":
        return _encode_dates(name, rows)
    spell = _list_text if kind == "list" else _text
    codes, levels = _core.codes([None if _is_missing(v) else spell(v) for v in rows])
    return (kind, codes, levels)


def _encode_dates(name: str, rows: Sequence[Any]) -> Column:
    texts = [None if _is_missing(v) or v == "" else _date_text(v) for v in rows]
    first, last, precision, missing = _core.dates(texts)
    wrong = np.flatnonzero(precision == 255)
    if len(wrong):
        row = int(wrong[0])
        raise _core.InputError(
            f"column {name} = {texts[row]!r} (row {row}): write dates as 2023, 2023-05 or 2023-05-31"
        )
    return ("date", first, last, precision, missing if missing.any() else None)


def encode_all(columns: Mapping[str, Iterable[Any]], leave_out: Iterable[str] = ()) -> dict[str, Column]:
    """Encode every column but those in ``leave_out``."""
    skipped = set(leave_out)
    return {name: encode(name, values) for name, values in columns.items() if name not in skipped}


def _masked(values: list[Any], mask: npt.NDArray[np.uint8] | None) -> npt.NDArray[Any]:
    out = np.empty(len(values), dtype=object)
    out[:] = values
    if mask is not None:
        out[mask.astype(bool)] = None
    return out


def decode(column: Column) -> npt.NDArray[Any]:
    """Return the values as a numpy array.

    Numbers come as float64 with NaN where missing; integers and booleans keep their type, or are objects with None
    where some are missing; texts and dates (ISO, to their own precision) are objects; lists are tuples of texts.
    """
    kind = column[0]
    if kind == "number":
        return np.asarray(column[1])
    if kind in ("integer", "boolean"):
        values = np.asarray(column[1]) if kind == "integer" else np.asarray(column[1]).astype(bool)
        return values if column[2] is None else _masked(values.tolist(), np.asarray(column[2]))
    if kind == "date":
        dates = _core.date_texts(column[1], np.minimum(column[3], 2))
        return _masked(list(dates), None if column[4] is None else np.asarray(column[4]))
    codes = np.asarray(column[1])
    levels: list[Any] = list(column[2])
    if kind == "list":
        levels = [tuple(part.strip() for part in text.split("|") if part.strip()) for text in levels]
    table = np.empty(len(levels) + 1, dtype=object)
    for code, level in enumerate(levels):
        table[code] = level
    table[-1] = None  # code -1 is missing
    out: npt.NDArray[Any] = table[codes]
    return out


def table(parts: Mapping[str, Column], title: str = "") -> Table:
    """Return a frame of the core as a table."""
    return Table({name: decode(column) for name, column in parts.items()}, title=title)
