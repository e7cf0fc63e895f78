"""Main path analysis: along which citations most of the ways from early to late work run."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from linkpin import _core
from linkpin.catalogue import described
from linkpin.measures._arguments import Progress
from linkpin.network import Network
from linkpin.result import Result
from linkpin.table import Table

__all__ = ["main_path", "traversal_weights"]

Dates: TypeAlias = "str | npt.ArrayLike"


def _numbers(counts: tuple[bytes, int]) -> list[int]:
    data, size = counts
    if size == 0:
        return []
    return [int.from_bytes(data[at : at + size], "little") for at in range(0, len(data), size)]


def _dates(dates: Dates) -> str | tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return a column name as it is; numbers and dates, one a vertex, as the first and last moment each may mean."""
    if isinstance(dates, str):
        return dates
    given = np.asarray(dates)
    if given.dtype.kind in "fiu":
        return given.astype(float), given.astype(float)
    texts = [None if v is None else str(v) for v in given.tolist()]
    first, last, precision, missing = _core.dates(texts)
    wrong = np.flatnonzero(precision == 255)
    if len(wrong):
        raise _core.InputError(
            f"main_path: dates = {texts[wrong[0]]!r} (vertex {wrong[0]}): write dates as 2023, 2023-05 or 2023-05-31"
        )
    unknown = np.asarray(missing).astype(bool)
    return np.where(unknown, np.nan, first), np.where(unknown, np.nan, last)


def _tie_table(net: Network, ties: Any, weights: list[int], title: str) -> Table:
    names = np.array(net.names, dtype=object)
    numbers = np.empty(len(weights), dtype=object)
    numbers[:] = weights
    return Table(
        {
            "source": lambda: names[net.sources[ties]],
            "target": lambda: names[net.targets[ties]],
            "weight": numbers,
        },
        title=title,
    )


@described("traversal_weights")
def traversal_weights(
    net: Network,
    kind: str = "spc",
    *,
    flow: str = "forward",
    cycles: str = "drop-strong",
    dates: Dates = "date",
    progress: Progress = None,
) -> Result:
    """
    Parameters
    ----------
    net
        A directed network.
    kind
        ``"spc"`` (ways from a source to a sink), ``"splc"`` (ways from anybody before to a sink), or ``"spnp"`` (ways
        from anybody before to anybody after).
    cycles
        ``"drop-strong"`` leaves out ties inside strong components, ``"by-date"`` ties that do not lead from an earlier
        to a later vertex.
    dates
        For ``"by-date"``: the vertex column of dates or numbers, or one a vertex.

    The result has ``.table`` (source, target, weight: whole numbers of any size, one row a tie that is kept),
    ``.total`` (the number of ways from a source to a sink), ``.removed`` (how many ties are kept, and how many left
    out for which reason) and ``.ties`` (the rows of ``net.ties`` that are kept).
    """
    ties, weights, total, removed, provenance = _core.traversal_weights(
        net._net, kind, flow, cycles, _dates(dates), progress
    )
    table = _tie_table(net, ties, _numbers(weights), f"traversal weights, {kind}")
    return Result(provenance, table=table, total=_numbers(total)[0], removed=removed, ties=ties)


@described("main_path")
def main_path(
    net: Network,
    kind: str = "spc",
    search: str = "global",
    *,
    key_routes: int = 1,
    flow: str = "forward",
    cycles: str = "drop-strong",
    dates: Dates = "date",
    progress: Progress = None,
) -> Result:
    """
    Parameters
    ----------
    net
        A directed network.
    kind
        The weight of ties: ``"spc"``, ``"splc"`` or ``"spnp"``, as in :func:`traversal_weights`.
    search
        ``"global"`` (the way whose weights add up to most), ``"local"`` (from the heaviest ties that leave a source,
        always on along the heaviest) or ``"key-route"`` (the heaviest ties of all, each carried on to both ends).
    key_routes
        For ``"key-route"``: how many of the heaviest ties; those as heavy as the last come too.
    flow, cycles, dates
        As in :func:`traversal_weights`.

    The result has ``.vertices`` (names along the flow of knowledge), ``.table`` (source, target, weight of its ties),
    ``.sum`` of the weights, ``.total`` (ways from a source to a sink in the whole network), ``.unique`` and
    ``.removed``.
    """
    vertices, ties, weights, weight_sum, total, unique, removed, provenance = _core.main_path(
        net._net, kind, search, key_routes, flow, cycles, _dates(dates), progress
    )
    names = net.names
    return Result(
        provenance,
        table=_tie_table(net, ties, _numbers(weights), f"main path, {kind}, {search}"),
        vertices=[names[v] for v in vertices],
        sum=_numbers(weight_sum)[0],
        total=_numbers(total)[0],
        unique=unique,
        removed=removed,
    )
