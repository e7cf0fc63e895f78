"""What every measure answers with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from linkpin import catalogue
from linkpin.table import Table

if TYPE_CHECKING:
    import pandas
    import polars

    from linkpin.cite import Citation
    from linkpin.network import Network

__all__ = ["Fingerprint", "Result"]


class Fingerprint(NamedTuple):
    """Which network a result is of: its size and a hash over ties, weights and direction."""

    n: int
    m: int
    hash: int


class Result:
    """The answer of one measure, with all that is needed to cite, check and read it.

    A result has ``.value`` (one number), ``.values`` (float64, in ``net.names`` order) or ``.table``; asking for one
    it does not have raises AttributeError and says which it has. Further parts of the answer (``.by_group``,
    ``.sets``, ...) are attributes too; ``dir(result)`` lists them. Undefined values are NaN in ``.values``, null in
    frames, and named in ``.warnings``.
    """

    __slots__ = (
        "_names",
        "_parts",
        "_table",
        "_value",
        "_values",
        "interval",
        "interval_of",
        "lens",
        "measure",
        "network",
        "normalisation",
        "seed",
        "warnings",
    )

    def __init__(
        self,
        provenance: Mapping[str, Any],
        *,
        net: Network | None = None,
        value: float | int | None = None,
        values: npt.NDArray[np.float64] | None = None,
        table: Table | None = None,
        **parts: Any,
    ) -> None:
        """Made by the measures, not by hand."""
        self.measure: str = provenance["measure"]
        self.normalisation: str = provenance.get("normalisation", "")
        self.warnings: list[str] = list(provenance.get("warnings", ()))
        self.lens: str = provenance.get("lens", "")
        network = provenance.get("network")  # nothing but zeros where the measure is not of one network
        self.network: tuple[int, int, int] | None = network if network and any(network) else None
        self.seed: int | None = provenance.get("seed")
        self.interval: tuple[float, float] | Table | None = None
        self.interval_of: str | None = None
        self._value = value
        self._values = values
        self._table = table
        self._names = None if net is None else net._shared_names()
        self._parts = parts

    def _have(self) -> str:
        own = [n for n in ("value", "values", "table") if getattr(self, f"_{n}") is not None]
        return ", ".join("." + n for n in [*own, *self._parts])

    @property
    def value(self) -> float | int:
        """The answer as one number (NaN where it is undefined)."""
        if self._value is None:
            raise AttributeError(f"the result of {self.measure} is not one number: it has {self._have()}")
        return self._value

    @property
    def values(self) -> npt.NDArray[np.float64]:
        """One number a vertex, in the order of the network's names."""
        if self._values is None:
            raise AttributeError(f"the result of {self.measure} is not by vertex: it has {self._have()}")
        return self._values

    @property
    def table(self) -> Table:
        """The answer as a table; results by vertex have the columns id and the measure's name."""
        if self._table is not None:
            return self._table
        if self._values is not None:
            return Table({"id": self.names, self.measure: self._values})
        if self._value is not None:
            return Table({"measure": [self.measure], "value": np.array([self._value], dtype=float)})
        raise AttributeError(f"the result of {self.measure} has no table: it has {self._have()}")

    @property
    def names(self) -> list[str]:
        """Ids of the vertices, in the order of ``.values``."""
        return [] if self._names is None else self._names()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            return self._parts[name]
        except KeyError:
            raise AttributeError(f"the result of {self.measure} has no .{name}: it has {self._have()}") from None

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._parts]

    @property
    def entry(self) -> catalogue.Entry:
        """The catalogue's entry of the measure."""
        return catalogue.entry(self.measure)

    @property
    def method(self) -> str:
        """What was computed, and the normalisation by name."""
        e = self.entry
        how = f", {self._parts['how']}" if "how" in self._parts else ""
        return e.title + (f", normalisation: {self.normalisation}" if self.normalisation else "") + how

    @property
    def reference(self) -> str:
        """Where the measure was published."""
        return self.entry.cited

    @property
    def orientation(self) -> str:
        """What a high value means, and who influences whom."""
        return self.entry.orientation

    def __float__(self) -> float:
        return float(self.value)

    def __len__(self) -> int:
        return len(self.table) if self._values is None else len(self._values)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Result):
            return NotImplemented
        same = self.measure == other.measure and self.network == other.network and self.seed == other.seed
        return (
            same
            and _equal(self._value, other._value)
            and _equal(self._values, other._values)
            and (self._table == other._table)
        )

    __hash__ = None  # type: ignore[assignment]

    def __getstate__(self) -> dict[str, Any]:
        state = {name: getattr(self, name) for name in self.__slots__ if name != "_names"}
        state["_names"] = None if self._names is None else self._names()
        return state

    def __setstate__(self, state: dict[str, Any]) -> None:
        names = state.pop("_names")
        for name, value in state.items():
            setattr(self, name, value)
        self._names = None if names is None else lambda: names

    def cite(self) -> Citation:
        """Return how to cite this: measure, options, version and source as ``.text`` and ``.bibtex``."""
        from linkpin import cite

        return cite.cite(self)

    def to_pandas(self) -> pandas.DataFrame:
        """Return the table as a pandas DataFrame (needs pandas)."""
        return self.table.to_pandas()

    def to_polars(self) -> polars.DataFrame:
        """Return the table as a polars DataFrame (needs polars)."""
        return self.table.to_polars()

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Give the table to any Arrow reader."""
        return self.table.__arrow_c_stream__(requested_schema)

    def plot(self, **options: Any) -> Any:
        """Draw the result; returns a matplotlib Axes. Options are those of :func:`linkpin.plots.plot`."""
        from linkpin import plots

        return plots.plot(self, **options)

    def __repr__(self) -> str:
        from linkpin import display

        return display.result_text(self)

    def _repr_html_(self) -> str:
        from linkpin import display

        return display.result_html(self)


def _equal(a: Any, b: Any) -> bool:
    if a is None or b is None:
        return a is b
    return bool(np.array_equal(np.asarray(a, dtype=float), np.asarray(b, dtype=float), equal_nan=True))
