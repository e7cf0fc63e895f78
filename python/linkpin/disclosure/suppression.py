"""Suppression of small counts in tables that are published with their totals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from linkpin import _core
from linkpin.catalogue import described
from linkpin.result import Result
from linkpin.table import Table

__all__ = ["CountFrame", "listed", "read_frames", "suppress"]

WHY = ("shown", "small", "protects others")


class CountFrame:
    """A frame of counts read as cells: which columns name them, which count, and the labels of each cell."""

    def __init__(self, frame: Any, name: str, by: Sequence[str] | None, function: str) -> None:
        """Take any frame; ``by`` names the columns that are not counts."""
        try:
            columns = _columns_of(frame)
        except TypeError:
            kind = type(frame).__name__
            raise _core.InputError(f"{function}: table is a {kind}: give a frame, or a dictionary of columns") from None
        if not columns:
            raise _core.InputError(f"{function}: table {name} has no columns: give a frame of counts")
        unknown = [c for c in by or () if c not in columns]
        if unknown:
            raise _core.InputError(f"{function}: by = {unknown[0]!r}: the columns are {', '.join(columns)}")
        self.name, self.columns = name, columns
        self.by = [c for c, v in columns.items() if (c in by if by is not None else v.dtype.kind not in "fiu")]
        self.counted = [c for c in columns if c not in self.by]
        if not self.counted:
            which = f"table {name}" if name else "table"
            raise _core.InputError(
                f"{function}: {which} = {', '.join(columns)}: it has no column of numbers, so no counts"
            )
        self.rows = len(next(iter(columns.values())))
        whole = [_whole(columns[c], c, function) for c in self.counted]
        self.counts: npt.NDArray[np.int64] = np.concatenate(whole) if whole else np.zeros(0, np.int64)
        labels = {c: [_label(v) for v in columns[c].tolist()] for c in self.by}
        if len(set(zip(*labels.values(), strict=True))) < self.rows or not labels:
            labels[f"row of {name}" if name else "row"] = [str(i + 1) for i in range(self.rows)]
        cells = {dimension: values * len(self.counted) for dimension, values in labels.items()}
        if len(self.counted) > 1:
            cells[f"column of {name}" if name else "column"] = [c for c in self.counted for _ in range(self.rows)]
        self.dimensions = cells

    def parts(self) -> tuple[Any, ...]:
        """Return what the core takes."""
        return (self.name, list(self.dimensions), list(self.dimensions.values()), self.counts)

    def marks(self, published: Any, function: str) -> npt.NDArray[np.uint8]:
        """Return one mark a cell: True for all, or a frame or array of the shape of the counts."""
        if published is None or published is False or published is True:
            return np.full(len(self.counts), published is True, dtype=np.uint8)
        if isinstance(published, (list, tuple, np.ndarray)) and not hasattr(published, "columns"):
            array = np.asarray(published, dtype=bool)
            array = array[:, None] if array.ndim == 1 else array
        else:
            marked = _columns_of(published)
            none = np.zeros(self.rows, dtype=bool)
            array = np.column_stack([np.asarray(marked.get(c, none), dtype=bool) for c in self.counted])
        if array.shape != (self.rows, len(self.counted)):
            raise _core.InputError(
                f"{function}: published = array of shape {array.shape}: "
                f"give one mark a count: {(self.rows, len(self.counted))}"
            )
        marks: npt.NDArray[np.uint8] = array.T.ravel().astype(np.uint8)
        return marks

    def filled(self, values: npt.NDArray[np.float64]) -> Table:
        """Return the frame as it came, with other values in the place of its counts."""
        blocks = dict(zip(self.counted, values.reshape(len(self.counted), self.rows), strict=True))
        return Table({c: blocks.get(c, v) for c, v in self.columns.items()}, title=self.name)


def _columns_of(frame: Any) -> dict[str, npt.NDArray[Any]]:
    if isinstance(frame, Result):
        frame = frame.table
    if isinstance(frame, (Mapping, Table)):
        return {str(c): _plain(Table({str(c): frame[c]})[str(c)]) for c in frame}
    import narwhals.stable.v1 as nw

    index = getattr(frame, "index", None)
    if index is not None and hasattr(frame, "reset_index") and type(index).__name__ != "RangeIndex":
        frame = frame.reset_index()  # a crosstab names its rows there
        frame.columns = [str(c) for c in frame.columns]
    native = nw.from_native(frame, eager_only=True)
    return {c: _plain(native[c].to_numpy()) for c in native.columns}


def _plain(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return numbers as numbers, also where some are missing, and all else as it is."""
    if values.dtype.kind in "fiub":
        return values
    told = [v for v in values.tolist() if v is not None]
    if told and all(isinstance(v, (int, float)) and not isinstance(v, bool) for v in told):
        return np.array([np.nan if v is None else v for v in values.tolist()], dtype=float)
    return np.asarray(values, dtype=object)


def _label(value: Any) -> str:
    missing = value is None or value == "" or (isinstance(value, float) and np.isnan(value))
    return "(not given)" if missing else str(value)


def _whole(values: npt.NDArray[Any], column: str, function: str) -> npt.NDArray[np.int64]:
    try:
        numbers = np.asarray(values, dtype=float)
    except (TypeError, ValueError):
        numbers = np.full(len(values), np.nan)
    wrong = np.flatnonzero(~np.isfinite(numbers) | (numbers != np.round(numbers)))
    if len(wrong):
        row = int(wrong[0])
        raise _core.InputError(
            f"{function}: column {column} = {values.tolist()[row]} (row {row}): "
            "counts are whole numbers and none is missing"
        )
    return numbers.astype(np.int64)


def read_frames(table: Any, by: Sequence[str] | None, function: str) -> list[CountFrame]:
    """Read one frame, several in a list, or several by name."""
    if isinstance(table, Mapping) and table and all(_is_frame(v) for v in table.values()):
        return [CountFrame(frame, str(name), _present(frame, by), function) for name, frame in table.items()]
    if isinstance(table, (list, tuple)) and table and all(_is_frame(v) for v in table):
        return [CountFrame(f, f"table {i + 1}", _present(f, by), function) for i, f in enumerate(table)]
    return [CountFrame(table, "", by, function)]


def _is_frame(value: Any) -> bool:
    return isinstance(value, (Mapping, Table, Result)) or hasattr(value, "columns")


def _present(frame: Any, by: Sequence[str] | None) -> list[str] | None:
    """Of the columns that name cells, those that this one of several tables has."""
    return None if by is None else [c for c in by if c in _columns_of(frame)]


@described("suppress")
def suppress(
    table: Any,
    threshold: int = 5,
    *,
    by: str | Sequence[str] | None = None,
    zeros: bool = False,
    published: Any = None,
    progress: Callable[[float], None] | None = None,
) -> Result:
    """
    Parameters
    ----------
    table
        A frame of counts without totals (pandas, polars, a dictionary of columns, a linkpin table); or several by name
        or in a list, whose totals of the same labels are then linked. Columns of numbers are counts, all others name
        the cells.
    threshold
        Counts from 1 to one below it are hidden.
    by
        The columns that name cells, where some of them hold numbers (a year).
    zeros
        Hide zeros too.
    published
        What its source has shown already, and so stays shown: True for all of it, or a frame or array of marks of the
        counts' shape; for several tables, by name.

    The result's ``.table`` is the frame as it came with null for what is hidden (``.tables`` holds each of several),
    ``.totals`` every total with null where it must be hidden too, ``.value`` the share of cells hidden. For your eyes
    only, ``.ranges`` says of each hidden figure why it is hidden and between which values it lies for an attacker.
    """
    frames = read_frames(table, [by] if isinstance(by, str) else by, "suppress")
    marks = [f.marks(published.get(f.name) if _by_name(published, frames) else published, "suppress") for f in frames]
    found, provenance = _core.suppress([f.parts() for f in frames], threshold, zeros, marks, progress)
    hidden = found["showing"] > 0
    shown = np.where(hidden, np.nan, found["count"].astype(float))
    tables = {f.name: f.filled(shown[at]) for f, at in zip(frames, found["figure_of"], strict=True)}
    cells = np.unique(np.concatenate([*found["figure_of"], np.zeros(0, np.int32)]).astype(np.int64))
    share = float(hidden[cells].mean()) if len(cells) else 0.0
    return Result(
        provenance,
        value=share,
        table=next(iter(tables.values())) if len(tables) == 1 else listed(found, cells, {"count": shown}),
        tables=tables,
        totals=listed(found, np.flatnonzero(found["is_total"]), {"total": shown}),
        ranges=listed(
            found,
            np.flatnonzero(hidden),
            {
                "count": found["count"],
                "why": np.array(WHY, dtype=object)[found["showing"]],
                "low": found["low"],
                "high": found["high"],
            },
        ),
        hidden=int(hidden.sum()),
        exposed=found["exposed"],
    )


def _by_name(published: Any, frames: Sequence[CountFrame]) -> bool:
    return isinstance(published, Mapping) and any(f.name in published for f in frames)


def listed(found: Mapping[str, Any], which: npt.NDArray[Any], values: Mapping[str, npt.NDArray[Any]]) -> Table:
    """Return figures as rows: their labels (None for all), then values."""
    names = [dict(zip(*found["names"][i], strict=True)) for i in which]
    dimensions: Iterable[str] = dict.fromkeys(d for n in names for d in n)
    columns: dict[str, Any] = {}
    for d in dimensions:
        column = np.empty(len(names), dtype=object)
        column[:] = [n.get(d) or None for n in names]
        columns[d] = column
    return Table({**columns, **{name: v[which] for name, v in values.items()}})
