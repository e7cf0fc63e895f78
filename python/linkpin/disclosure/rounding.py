"""Controlled rounding of tables of counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from linkpin import _core
from linkpin.catalogue import described
from linkpin.disclosure.suppression import listed, read_frames
from linkpin.result import Result

__all__ = ["round_counts"]


@described("round_counts")
def round_counts(
    table: Any,
    base: int = 5,
    *,
    by: str | Sequence[str] | None = None,
    progress: Callable[[float], None] | None = None,
) -> Result:
    """
    Parameters
    ----------
    table
        A frame of counts without totals, or several by name or in a list, as for :func:`linkpin.suppress`.
    base
        Figures become multiples of it.
    by
        The columns that name cells, where some of them hold numbers (a year).

    The result's ``.table`` is the frame as it came with rounded counts (``.tables`` holds each of several), ``.totals``
    every rounded total, ``.additive`` whether all sums hold, ``.value`` the mean change of a cell.
    """
    frames = read_frames(table, [by] if isinstance(by, str) else by, "round_counts")
    found, provenance = _core.round_counts([f.parts() for f in frames], base, progress)
    rounded = found["rounded"]
    tables = {f.name: f.filled(rounded[at]) for f, at in zip(frames, found["figure_of"], strict=True)}
    cells = np.unique(np.concatenate([*found["figure_of"], np.zeros(0, np.int32)]).astype(np.int64))
    change = np.abs(rounded - found["count"])[cells]
    return Result(
        provenance,
        value=float(change.mean()) if len(cells) else 0.0,
        table=next(iter(tables.values())) if len(tables) == 1 else listed(found, cells, {"count": rounded}),
        tables=tables,
        totals=listed(found, np.flatnonzero(found["is_total"]), {"total": rounded}),
        additive=found["additive"],
    )
