"""The one kind of table that linkpin answers with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import pandas
    import polars

__all__ = ["Table"]

Values = npt.NDArray[Any]


class Table:
    """Named columns of one length.

    ``table["z"]`` is a numpy array; ``table.columns`` the names in order; ``len(table)`` the number of rows.
    ``to_pandas()``, ``to_polars()`` and the Arrow stream protocol (``pyarrow.table(table)``) hand it on. Missing and
    undefined values are NaN in number columns, None in others, and null in every frame.
    """

    __slots__ = ("_columns", "_length", "title")

    def __init__(self, columns: Mapping[str, Any], title: str = "") -> None:
        """Take columns as arrays, sequences, or functions that make the array when it is first asked for."""
        self._columns: dict[str, Values | Callable[[], Values]] = {
            name: values if callable(values) else _as_array(values) for name, values in columns.items()
        }
        lengths = {name: len(v) for name, v in self._columns.items() if not callable(v)}
        if len(set(lengths.values())) > 1:
            raise ValueError(f"Table: columns differ in length: {lengths}; give one value a row")
        self._length = next(iter(lengths.values()), None)
        self.title = title

    @property
    def columns(self) -> list[str]:
        """Names of the columns, in order."""
        return list(self._columns)

    def __getitem__(self, name: str) -> Values:
        """Return one column as a numpy array."""
        try:
            values = self._columns[name]
        except KeyError:
            raise KeyError(f"Table: column {name!r}: there are {', '.join(self._columns) or 'none'}") from None
        if callable(values):
            values = self._columns[name] = _as_array(values())
        return values

    def __contains__(self, name: object) -> bool:
        return name in self._columns

    def __len__(self) -> int:
        """Return the number of rows."""
        if self._length is None:
            self._length = len(self[next(iter(self._columns))]) if self._columns else 0
        return self._length

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def rows(self) -> Iterator[dict[str, Any]]:
        """Go through the rows as dictionaries of plain Python values."""
        columns = {name: self[name].tolist() for name in self._columns}
        for i in range(len(self)):
            yield {name: values[i] for name, values in columns.items()}

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Table):
            return NotImplemented
        return self.columns == other.columns and all(_same(self[name], other[name]) for name in self._columns)

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> tuple[Any, ...]:
        return (Table, ({name: self[name] for name in self._columns}, self.title))

    def to_pandas(self) -> pandas.DataFrame:
        """Return a pandas DataFrame (needs pandas)."""
        import pandas

        return pandas.DataFrame({name: self[name] for name in self._columns})

    def to_polars(self) -> polars.DataFrame:
        """Return a polars DataFrame (needs polars); NaN becomes null."""
        import polars

        return polars.DataFrame(self)

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Give the table to any Arrow reader without pyarrow being installed."""
        from linkpin import _core

        return _core.arrow_stream([(name, self[name]) for name in self._columns])

    def __repr__(self) -> str:
        from linkpin import display

        return display.table_text(self)

    def _repr_html_(self) -> str:
        from linkpin import display

        return display.table_html(self)


def _as_array(values: Any) -> Values:
    if isinstance(values, np.ndarray):
        return values
    rows = list(values)
    if any(isinstance(v, (str, tuple, list)) or v is None for v in rows):
        out = np.empty(len(rows), dtype=object)
        out[:] = rows
        return out
    return np.asarray(rows)


def _same(a: Values, b: Values) -> bool:
    if a.dtype.kind == "f" and b.dtype.kind == "f":
        return bool(np.array_equal(a, b, equal_nan=True))
    return bool(np.array_equal(a, b))


def issues_table(rows: Iterable[tuple[Any, ...]]) -> Table:
    """Return what a reader refused as a table: file, row (the heading is row 1), column, value, reason, remedy."""
    rows = list(rows)
    names = ("file", "row", "column", "value", "reason", "remedy")
    return Table({name: [row[i] for row in rows] for i, name in enumerate(names)}, title="issues")
