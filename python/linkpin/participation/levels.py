"""Levels of participation as ordinals, and what corresponds to what between the scales."""

from __future__ import annotations

import re
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
    where it lies below the other's lowest, and ``.basis`` has the rows that this rests on: ``basis`` is "reading" where
    no published table says so and it is linkpin's own reading of the definitions. ``.scales`` has the scales with their
    levels, from the least to the most.
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
    table = columns.table(_core.crosswalk(), "crosswalk")
    parts: dict[str, Any] = {}
    if level is not None:
        found = _core.crosswalk_level(str(level), scale, to)
        asked = {str(level).strip(), " ".join(re.split(r"[\s_-]+", str(level).strip().lower()))}
        rests = [
            row
            for row in table.rows()
            if (row["scale"] == scale.strip().lower() and asked & {row["level"], str(row["rank"])})
            or (row["scale"] == to.strip().lower() and row["level"] in found)
        ]
        parts = {"levels": found, "basis": Table({c: [r[c] for r in rests] for c in table.columns}, title="basis")}
    return Result({"measure": "crosswalk"}, table=table, scales=known, **parts)
