"""Levels of participation as ordinals, and what corresponds to what between the scales."""

from __future__ import annotations

from typing import Any

from linkpin import _core, columns
from linkpin.catalogue import described
from linkpin.result import Result
from linkpin.table import Table

__all__ = ["crosswalk"]


@described("crosswalk")
def crosswalk(level: str | int | None = None, scale: str = "iap2", to: str = "iap2") -> Result:
    """
    Parameters
    ----------
    level
        A level of ``scale``, by name or by its number from 1; None gives the whole crosswalk.
    scale
        "iap2", "arnstein", "rest" or "scie".
    to
        The scale on which the corresponding levels are wanted.

    The result's ``.table`` has scale, level, rank, low and high (the levels of IAP2's spectrum), basis and source.
    Where a level was asked for, ``.levels`` lists what it may stand for on the other scale, lowest first, and is empty
    where it lies below the other's lowest. ``.scales`` has the scales with their levels, from the least to the most.
    """
    scales = _core.participation_scales()
    known = Table(
        {
            "scale": [key for key, *_ in scales],
            "title": [title for _, title, *_ in scales],
            "levels": [tuple(levels) for _, _, levels, _ in scales],
            "reference": [reference for *_, reference in scales],
        },
        title="scales",
    )
    parts: dict[str, Any] = {} if level is None else {"levels": _core.crosswalk_level(str(level), scale, to)}
    return Result({"measure": "crosswalk"}, table=columns.table(_core.crosswalk(), "crosswalk"), scales=known, **parts)
