"""Rankings as users have them: an array, a frame, or a mapping from judge to ranks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from linkpin import _core

__all__ = ["Ballots", "ballots", "need", "numbered"]


@dataclass(frozen=True, slots=True)
class Ballots:
    """One row a judge, one column an item; NaN where a judge left an item out."""

    ranks: npt.NDArray[np.float64]
    judges: list[str]
    items: list[str]


def ballots(function: str, ranks: Any, best: str = "low") -> Ballots:
    """Return rankings in one shape; with ``best="high"`` (votes, ratings) the sign is turned, so that low is best."""
    if best not in ("low", "high"):
        raise _core.InputError(f"{function}: best = {best!r}: choose one of: 'low' (ranks), 'high' (votes, ratings)")
    judges: list[Any] | None = None
    items: list[Any] | None = None
    if isinstance(ranks, Mapping):
        judges = list(ranks)
        ranks = list(ranks.values())
        if ranks and all(isinstance(row, Mapping) for row in ranks):
            items = list(dict.fromkeys(item for row in ranks for item in row))
            ranks = [[row.get(item, np.nan) for item in items] for row in ranks]
    elif hasattr(ranks, "columns") and hasattr(ranks, "to_numpy"):
        items = list(ranks.columns)
        judges = list(ranks.index) if hasattr(ranks, "index") else None
        ranks = ranks.to_numpy()
    rows: Any
    try:
        rows = list(ranks)
        if not isinstance(ranks, np.ndarray):
            rows = [[np.nan if v is None else v for v in row] for row in rows]
        lengths = {len(row) for row in rows}
        values = np.array(rows, dtype=float) if len(lengths) < 2 else None
    except (TypeError, ValueError) as error:
        raise _core.InputError(f"{function}: ranks: {error}: give one row of numbers a judge") from None
    if values is None:
        raise _core.InputError(
            f"{function}: ranks: one judge has {min(lengths)} and another {max(lengths)}: give every judge all items, "
            "None where one was left out"
        )
    if values.size == 0:
        values = values.reshape(len(values), 0)
    if values.ndim != 2:
        raise _core.InputError(f"{function}: ranks has {values.ndim} dimensions: give one row a judge")
    names = [str(j) for j in (range(len(values)) if judges is None else judges)]
    columns = [str(i) for i in (range(values.shape[1]) if items is None else items)]
    return Ballots(-values if best == "high" else values, names, columns)


def numbered(function: str, labels: Any, count: int) -> tuple[list[str | None], npt.NDArray[np.int32]]:
    """Return the different labels and which of them each of `count` judges has."""
    if labels is None:
        return [None], np.empty(0, dtype=np.int32)
    texts = [None if g is None or g != g else str(g) for g in labels]
    if len(texts) != count:
        raise _core.InputError(f"{function}: groups has length {len(texts)}: give one label a judge: {count}")
    place = {name: i for i, name in enumerate(dict.fromkeys(texts))}
    return list(place), np.array([place[t] for t in texts], dtype=np.int32)


def need(
    function: str, argument: str, given: Ballots, fine: npt.NDArray[np.bool_], remedy: str, who: str = "judge"
) -> None:
    """Refuse the first cell that is not fine, naming judge and item as the user does."""
    wrong = np.argwhere(~fine)
    if not len(wrong):
        return
    judge, item = wrong[0]
    value = given.ranks[judge, item]
    shown = "missing" if np.isnan(value) else f"{abs(value):g}"
    raise _core.InputError(
        f"{function}: {argument} = {shown} ({who} {given.judges[judge]}, item {given.items[item]}): {remedy}"
    )
