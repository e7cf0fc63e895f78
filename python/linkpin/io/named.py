"""Columns whose meaning the model fixes: dates, weights and confidences as it takes them, the rest told as issues."""

from __future__ import annotations

import calendar
import datetime
import math
import re
from collections.abc import Callable, Sequence
from typing import Any

__all__ = ["checked", "iso_date"]

Tell = Callable[[str, object, str, str], None]

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ]\d{2}:\d{2}.*)?")
_DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_SLASHES = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})/(\d{1,2})(?:/(\d{1,2}))?")
_WORDS = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?\s+)?([A-Za-z]{3,9})\.?,?\s+(\d{4})")
_AMERICAN = re.compile(r"([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,\s*(\d{4})")
_MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_name) if n}
_MONTHS |= {name[:3]: n for name, n in _MONTHS.items()} | {"sept": 9}


def iso_date(value: object) -> str | None:
    """A date as 2018, 2018-05 or 2018-05-03; None for what is no date, or could be one of two (03/05/2018)."""
    if isinstance(value, (datetime.datetime, datetime.date)):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value).strip()
    if found := _ISO.fullmatch(text) or _YEAR_FIRST.fullmatch(text):
        return _joined(found[1], found[2], found[3])
    if found := _DAY_FIRST.fullmatch(text):
        return _joined(found[3], found[2], found[1])
    if found := _WORDS.fullmatch(text):
        return _joined(found[3], _MONTHS.get(found[2].lower(), 0), found[1])
    if found := _AMERICAN.fullmatch(text):
        return _joined(found[3], _MONTHS.get(found[1].lower(), 0), found[2])
    if found := _SLASHES.fullmatch(text):
        first, second = int(found[1]), int(found[2])
        if first > 12 or first == second:
            return _joined(found[3], second, first)
        if second > 12:
            return _joined(found[3], first, second)
    return None


def _joined(year: str, month: str | int | None, day: str | int | None) -> str | None:
    if month is None:
        return year if day is None and int(year) > 0 else None
    try:
        whole = datetime.date(int(year), int(month), int(day) if day is not None else 1)
    except ValueError:
        return None
    return whole.isoformat() if day is not None else whole.isoformat()[:7]


def checked(name: str, column: Sequence[Any], tell: Tell) -> list[Any]:
    """A column with the values that its name asks for; `tell(column, value, reason, remedy)` hears what had to go.

    Columns of other names come back as they are.
    """
    if name in ("start", "end"):
        return [_date(name, value, tell) for value in column]
    if name in ("weight", "confidence", "value"):
        return [_number(name, value, tell) for value in column]
    return list(column)


def _date(name: str, value: Any, tell: Tell) -> str | None:
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    date = iso_date(value)
    if date is None:
        reason = "this is no date, or could be one of two; it is left out"
        tell(name, value, reason, "write 2018, 2018-05 or 2018-05-03")
    return date


def _number(name: str, value: Any, tell: Tell) -> float | None:
    if value is None:
        return None
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if name == "confidence" and not 0 <= number <= 1:
        tell(name, value, "a confidence lies between 0 and 1; it is left out", "divide percentages by 100")
        return None
    if not math.isfinite(number) or (name == "weight" and number < 0):
        what = "a finite number" + (", zero or more" if name == "weight" else "")
        tell(name, value, f"a {name} is {what}; it is left out", "give such a number, or leave the cell empty")
        return None
    return number
