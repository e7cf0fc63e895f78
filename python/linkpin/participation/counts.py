"""Counts by category as people give them: mappings, tables and frames, crossed and by area."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from linkpin import _core
from linkpin.io.answers import no_answer
from linkpin.table import Table

__all__ = ["counted", "joined"]

_VALUES = ("count", "n", "people", "number", "share", "population")
CROSS = " and "


def counted(
    function: str, argument: str, given: Any, by: str | Sequence[str] | None, area: str | None
) -> dict[Any, dict[str, float]]:
    """Return counts by area (None where there is one) and category; crossed categories are joined by "and".

    Rows of one category are added up. Raises InputError for shapes and columns that say nothing of the kind.
    """
    if isinstance(given, Mapping) and not _is_table(given):
        found: dict[str, float] = {}
        for key, value in given.items():
            name = _name(key if isinstance(key, tuple) else (key,))
            found[name] = found.get(name, 0.0) + _number(function, argument, name, value)
        return {None: found}
    rows = _rows(given)
    if rows is None:
        raise _core.InputError(
            f"{function}: {argument}: {type(given).__name__}: give a mapping from category to number, or a table"
        )
    heads = list(rows)
    value = next((name for name in _VALUES if name in heads), None)
    if value is None:
        raise _core.InputError(f"{function}: {argument}: no column of {', '.join(_VALUES)}: it has {', '.join(heads)}")
    if area is not None and area not in heads:
        raise _core.InputError(f"{function}: area = {area}: {argument} has the columns {', '.join(heads)}")
    keys = [by] if isinstance(by, str) else list(by or (h for h in heads if h not in (value, area)))
    missing = [key for key in keys if key not in heads]
    if missing or not keys:
        wanted = ", ".join(missing) or "a characteristic"
        raise _core.InputError(f"{function}: {argument}: no column {wanted}: it has {', '.join(heads)}")
    out: dict[Any, dict[str, float]] = {}
    for i in range(len(rows[value])):
        place = None if area is None else rows[area][i]
        name = _name(tuple(rows[key][i] for key in keys))
        of_area = out.setdefault(place, {})
        of_area[name] = of_area.get(name, 0.0) + _number(function, argument, name, rows[value][i])
    return out


def _is_table(given: Any) -> bool:
    return any(name in given for name in _VALUES) and all(
        isinstance(v, (list, tuple, np.ndarray)) for v in given.values()
    )


def _name(parts: tuple[Any, ...]) -> str:
    """A category's name. One part without an answer leaves the whole without one."""
    for part in parts:
        if no_answer(str(part)) is not None:
            return str(part)
    return CROSS.join(str(p) for p in parts)


def _number(function: str, argument: str, name: str, value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        raise _core.InputError(f"{function}: {argument} = {value!r} ({name}): give a number") from None


def _rows(given: Any) -> dict[str, list[Any]] | None:
    """Columns of anything that is a table: ours, a mapping of lists, a Series, or a frame that narwhals knows."""
    if isinstance(given, Table):
        return {name: given[name].tolist() for name in given.columns}
    if isinstance(given, Mapping):
        return {str(name): list(values) for name, values in given.items()}
    if hasattr(given, "items") and hasattr(given, "index") and not hasattr(given, "columns"):  # a pandas Series
        names = [CROSS.join(map(str, k)) if isinstance(k, tuple) else str(k) for k in given.index]
        return {"category": names, "count": given.tolist()}
    import narwhals.stable.v1 as nw

    frame = nw.from_native(given, eager_only=True, pass_through=True)
    if frame is given:
        return None
    return {name: frame[name].to_list() for name in frame.columns}


def joined(tables: Sequence[Table], area: str | None, places: Sequence[Any]) -> Table:
    """Put the tables of the areas under each other."""
    if area is None:
        return tables[0]
    columns: dict[str, Any] = {
        area: [place for table, place in zip(tables, places, strict=True) for _ in range(len(table))]
    }
    for name in tables[0].columns:
        columns[name] = np.concatenate([table[name] for table in tables])
    return Table(columns, title=tables[0].title)
