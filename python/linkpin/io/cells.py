"""What a cell says: blank, number, date or text; and the one type that a whole column has."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Sequence
from typing import Any

__all__ = ["MISSING_CODES", "Cell", "TypedColumn", "is_blank", "is_doubtful", "number_of", "text_of", "typed"]

Cell = Any  # str, int, float, bool, a date of datetime, or None: what files and workbooks give

# What R, Excel and databases write for "no value"; taken as such in columns that otherwise hold numbers.
MISSING_CODES = frozenset({"na", "n/a", "#n/a", "nan", "null", "none", ".", "-"})

_POINT = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?")
_COMMA = re.compile(r"[+-]?(?:\d+(?:,\d*)?|,\d+)(?:[eE][+-]?\d+)?")
_POINT_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_COMMA_GROUPED = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_INTEGER = re.compile(r"[+-]?\d{1,18}")
_PADDED = re.compile(r"[+-]?0\d")  # 007 is a code, not a number


def is_blank(cell: Cell) -> bool:
    """Nothing, or nothing but white space (a no-break space counts as white)."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def text_of(cell: Cell) -> str | None:
    """The cell as text on one line, as it identifies something; None where blank. 3.0 is "3", dates are ISO."""
    if type(cell) is str:
        return " ".join(cell.split()) or None
    if is_blank(cell):
        return None
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime.datetime):
        return (cell.date() if cell.time() == datetime.time() else cell).isoformat()
    if isinstance(cell, (datetime.date, datetime.time)):
        return cell.isoformat()
    return str(cell)


def number_of(cell: Cell, decimal: str = ".") -> int | float | None:
    """The number a cell holds, or None where it holds none. Words for infinity and not-a-number give those."""
    if not isinstance(cell, str):
        return _number_of_value(cell)
    text = cell.strip()
    if _INTEGER.fullmatch(text):
        return int(text)
    text = text.replace("\u2212", "-")
    if (_POINT if decimal == "." else _COMMA).fullmatch(text):
        return float(text.replace(",", "."))
    if decimal == "." and _POINT_GROUPED.fullmatch(text):
        return number_of(text.replace(",", ""))
    if decimal == "," and _COMMA_GROUPED.fullmatch(text):
        return number_of(text.replace(".", ""), ",")
    if text.lower().lstrip("+-") in ("inf", "infinity", "nan"):
        return float(text)
    return None


def _number_of_value(cell: Cell) -> int | float | None:
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() and abs(cell) < 1e15 else cell
    return int(cell) if isinstance(cell, int) else None


class TypedColumn:
    """A column's values of one type (int, float, bool or str), None where missing, and how many codes were missing."""

    def __init__(self, values: list[Any], codes: int = 0) -> None:
        self.values = values
        self.codes = codes


def typed(cells: Sequence[Cell], decimal: str = ".") -> TypedColumn:
    """Give a column one type: numbers where every cell is one, true and false where every cell is, else text.

    Codes for "no value" (NA, NaN, null, ...) are missing in a column of numbers and stay texts in a column of texts.
    """
    present = [cell for cell in cells if not is_blank(cell)]
    if present and all(isinstance(c, bool) or str(c).strip().lower() in ("true", "false") for c in present):
        return TypedColumn([None if is_blank(c) else str(c).strip().lower() == "true" for c in cells])
    values: list[Any] = []
    codes = numbers = 0
    for cell in cells:
        if is_blank(cell):
            values.append(None)
            continue
        number = _plain_number(cell, decimal)
        if number is not None:
            numbers += 1
            values.append(number)
        elif isinstance(cell, str) and cell.strip().lower() in MISSING_CODES:
            codes += 1
            values.append(None)
        else:
            return TypedColumn([_kept_text(c) for c in cells])
    if not numbers:
        return TypedColumn([_kept_text(c) for c in cells])
    if any(isinstance(value, float) for value in values):
        values = [None if value is None else float(value) for value in values]
    return TypedColumn(values, codes)


def _plain_number(cell: Cell, decimal: str) -> int | float | None:
    if isinstance(cell, str) and _PADDED.match(cell.strip()):
        return None
    number = number_of(cell, decimal)
    return number if number is not None and math.isfinite(number) else None


def _kept_text(cell: Cell) -> str | None:
    """Text with its inner line breaks, for attributes."""
    if isinstance(cell, str):
        return cell.strip() or None
    return text_of(cell)


def is_doubtful(cells: Sequence[str], decimal: str, delimiter: str) -> bool:
    """Whether cells leave room for the other decimal mark.

    So they do where commas stand before three digits only ("1,234": a decimal, or grouped thousands) and no number has
    a point, unless commas part the cells; and where the mark is a point, but a comma alone explains a number ("1,5").
    """
    texts = [text for cell in cells if (text := cell.strip()) and (text[0].isdigit() or text[0] in "+-.,")]
    commas = [text for text in texts if "," in text and "." not in text and _COMMA.fullmatch(text)]
    grouped = [text for text in commas if _POINT_GROUPED.fullmatch(text)]
    if len(commas) > len(grouped):
        return decimal == "."
    return bool(grouped) and delimiter != "," and not any("." in text and number_of(text, decimal) for text in texts)
