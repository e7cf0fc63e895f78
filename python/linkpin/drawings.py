"""Which form a result is drawn in: by what the result holds, and for a few measures by what they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from linkpin import _core, catalogue, charts, display
from linkpin.assess import words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from linkpin.result import Result
    from linkpin.table import Table

__all__ = ["plot"]

# The column of a table that its bars are of, where it is not the first with numbers.
_COLUMNS = {
    "brokerage": "t",
    "brokerage_two_mode": "total",
    "funding": "amount",
    "partnerships": "evidence",
    "power_relations": "with",
    "composite": "index",
}


def plot(result: Result, *, top: int = 15, ax: Axes | None = None) -> Axes:
    """Draw a result: bars by vertex or row, values with their intervals, curves over time, shaded tables.

    Parameters
    ----------
    result
        What a measure answered.
    top
        How many rows are drawn at most; by vertex the highest.
    ax
        The axes to draw on; by default a new figure.

    Raises
    ------
    InputError
        Where the result has no numbers to draw.
    """
    if result.measure in display.MEMBERSHIPS:
        return _sizes(result, top, ax)
    if result.measure == "mixing_matrix" and len(result.table):
        return _mixing(result, ax)
    if result.measure == "scorecard":
        return _scorecard(result, top, ax)
    table = result._table
    if table is not None and len(table):
        if {"time", "survival"} <= set(table.columns):
            return _survival(result, ax)
        if result.measure == "percolation":
            return _failing(result, ax)
        if {"low", "high"} <= set(table.columns) and {"estimate", "available"} & set(table.columns):
            return _intervals(result, top, ax)
    if result._values is not None:
        return _by_vertex(result, top, ax)
    if result._value is not None:
        return _one_number(result, ax)
    return _rows(result, top, ax)


def _unit(result: Result) -> str:
    """Return the unit for an axis; entries that have several units have none that fits."""
    unit = result.entry.unit
    return "" if unit == "none" or ";" in unit else unit


def _ends(result: Result) -> tuple[float, float] | None:
    found = re.fullmatch(r"(?:above )?(-?[0-9]+)(?: to |, at most )(-?[0-9]+)", result.entry.range)
    return (float(found[1]), float(found[2])) if found else None


def _one_number(result: Result, ax: Axes | None) -> Axes:
    value = [float(result.value)]
    interval = result.interval if isinstance(result.interval, tuple) else (np.nan, np.nan)
    ends = _ends(result)
    if ends is None and np.isnan(interval[0]):
        return charts.bars([result.entry.title], value, ax=ax, unit=_unit(result))
    low, high = ([end] for end in interval)
    return charts.ranges([result.entry.title], value, low, high, ends=ends, ax=ax, unit=_unit(result))


def _by_vertex(result: Result, top: int, ax: Axes | None) -> Axes:
    values = result.values
    names: Sequence[str] = result.names
    if len(names) != len(values):  # by member of a board, player, concept: the table has their names
        first = None if result._table is None else result.table[result.table.columns[0]]
        named = first is not None and len(first) == len(values)
        names = [str(n) for n in first] if named and first is not None else [str(i) for i in range(len(values))]
    order = np.argsort(-np.nan_to_num(values, nan=-np.inf), kind="stable")[:top]
    return charts.bars([names[i] for i in order], values[order], ax=ax, title=result.entry.title, unit=_unit(result))


def _sizes(result: Result, top: int, ax: Axes | None) -> Axes:
    """Draw how many members each part has; the numbers of the parts themselves say nothing."""
    parts, counts = np.unique(result.values, return_counts=True)
    order = np.argsort(-counts, kind="stable")[:top]
    names = [f"part {int(parts[i])}" for i in order]
    return charts.bars(names, counts[order], ax=ax, title=f"{result.entry.title}: sizes", unit="members")


def _mixing(result: Result, ax: Axes | None) -> Axes:
    table = result.table
    names = list(dict.fromkeys([*table["from"].tolist(), *table["to"].tolist()]))
    at = {name: i for i, name in enumerate(names)}
    ties = np.zeros((len(names), len(names)))
    for row in table.rows():
        ties[at[row["from"]], at[row["to"]]] = row["ties"]
    title = f"{result.entry.title}: ties from the row to the column"
    return charts.shades(_words(names), _words(names), ties, ax=ax, title=title)


def _scorecard(result: Result, top: int, ax: Axes | None) -> Axes:
    """Draw the scores of the whole network that lie on a scale of at most 1; others have units of their own."""
    rows = [
        row
        for row in result.table.rows()
        if row["of"] == "network" and row["variant"] != "number" and re.search(r"\b1\b", _range(row["measure"]))
    ][:top]
    names = [words.heading(row["measure"], row["variant"]) for row in rows]
    numbers = ([row[c] for row in rows] for c in ("value", "low", "high"))
    return charts.ranges(names, *numbers, ax=ax, title=f"{result.entry.title}: the whole, on scales up to 1")


def _range(measure: str) -> str:
    return (
        "" if measure in ("components", "mean_distance", "diameter", "communities") else catalogue.entry(measure).range
    )


def _intervals(result: Result, top: int, ax: Axes | None) -> Axes:
    table = result.table
    value = "estimate" if "estimate" in table else "available"
    numbers = (table[c][:top] for c in (value, "low", "high"))
    names = _row_names(table, top)
    if len(table) == 1 and names == ["1"]:
        names = [result.entry.title]
    return charts.ranges(names, *numbers, ax=ax, title=result.entry.title, unit=_unit(result))


def _survival(result: Result, ax: Axes | None) -> Axes:
    table = result.table
    groups = _words(table["group"].tolist()) if "group" in table else [""] * len(table)
    low, high = (table["lower"], table["upper"]) if "lower" in table else (None, None)
    labels = ("time", "share to whom it has not happened yet")
    start = (0.0, 1.0) if result.measure != "right_truncated" else None
    return charts.curves(
        groups, table["time"], table["survival"], low, high, start=start, ax=ax, title=result.entry.title, labels=labels
    )


def _failing(result: Result, ax: Axes | None) -> Axes:
    table = result.table
    labels = ("share of members that failed", "share in the largest part")
    whole = float(max(table["failed"], default=1)) or 1.0
    shares = [table[c].astype(float) for c in ("largest", "least", "most")]
    if max(float(s.max()) for s in shares) > 1:
        shares = [s / whole for s in shares]
    return charts.curves(
        [""] * len(table), table["share_failed"], *shares, ax=ax, title=result.entry.title, labels=labels
    )


def _rows(result: Result, top: int, ax: Axes | None) -> Axes:
    table = result.table
    column = _COLUMNS.get(result.measure)
    if column is None or column not in table:
        column = next((c for c in table.columns if _numbers(table, c) is not None), None)
    numbers = None if column is None else _numbers(table, column)
    if numbers is None or not len(table):
        raise _core.InputError(f"plot: the result of {result.measure} has no numbers to draw; look at .table")
    order = np.arange(len(table))
    if table.columns[0] == "id" or result.measure in _COLUMNS:  # nobody looks for the first of the file
        order = np.argsort(-np.nan_to_num(numbers, nan=-np.inf), kind="stable")
    names = _row_names(table, len(table))
    title = f"{result.entry.title}: {str(column).replace('_', ' ')}"
    return charts.bars([names[i] for i in order[:top]], numbers[order[:top]], ax=ax, title=title, unit=_unit(result))


def _numbers(table: Table, column: str) -> npt.NDArray[np.float64] | None:
    """Return a column as numbers, exact whole numbers of any size included; None for words, truth values and lists."""
    values = table[column]
    if values.dtype.kind in "fiu":
        return values.astype(np.float64)
    known = [v for v in values.tolist() if v is not None]
    if not known or not all(isinstance(v, (int, float)) and not isinstance(v, bool) for v in known):
        return None
    return np.array([np.nan if v is None else float(v) for v in values.tolist()])


def _row_names(table: Table, most: int) -> list[str]:
    """Name rows by their first two columns of words, or number them."""
    named = [c for c in table.columns if table[c].dtype.kind == "O" and _numbers(table, c) is None][:2]
    named = [c for c in named if any(v is not None for v in table[c].tolist())]
    rows = range(min(most, len(table)))
    said = [" – ".join(_words(table[c][i] for c in named if table[c][i] != "")) for i in rows]
    return [name or str(i + 1) for i, name in zip(rows, said, strict=True)]


def _words(values: Any) -> list[str]:
    return ["not known" if v is None else str(v) for v in values]
