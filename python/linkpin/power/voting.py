"""Voting power: how often a member of a board that votes by weight is the one who decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from linkpin import _core
from linkpin.catalogue import described
from linkpin.measures._arguments import Progress
from linkpin.result import Result
from linkpin.table import Table

__all__ = ["power_index"]

Votes: TypeAlias = "npt.ArrayLike | Mapping[Any, float]"


@described("power_index")
def power_index(
    weights: Votes,
    quota: float,
    kind: str = "shapley-shubik",
    casting: int | str | None = None,
    *,
    names: Sequence[Any] | None = None,
    blocs: Iterable[Any] | None = None,
    progress: Progress = None,
) -> Result:
    """
    Parameters
    ----------
    weights
        Votes of each member: numbers, or a mapping from name to votes.
    quota
        A coalition wins with at least this many votes.
    kind
        ``"shapley-shubik"`` or ``"banzhaf"``.
    casting
        The chair who decides when exactly half of all votes are for: a position counted from 0, or a name.
    names
        What to call the members; the keys of a mapping, or ``"0"``, ``"1"``, ... unless given.
    blocs
        One label a member: those who share one always vote alike and are scored as one. A missing label is a member
        who votes alone.
    """
    if isinstance(weights, Mapping):
        names = list(weights) if names is None else names
        weights = list(weights.values())
    votes = np.asarray(weights, dtype=float)
    if votes.ndim != 1:
        raise _core.InputError(f"power_index: weights has {votes.ndim} dimensions: give one number a member")
    members = [str(v) for v in (range(len(votes)) if names is None else names)]
    if len(members) != len(votes):
        raise _core.InputError(f"power_index: names has length {len(members)}: give one a member: {len(votes)}")
    labels, codes = _numbered(members, blocs)
    values, absolute, pivots, possible, provenance = _core.power_index(
        votes, float(quota), kind, _chair(members, casting), codes, progress
    )
    held = votes if not len(codes) else np.bincount(codes, weights=votes)
    table = Table({"member": labels, "votes": held, "power": values, "absolute": absolute, "pivots": pivots})
    return Result(provenance, values=values, table=table, absolute=absolute, pivots=pivots, possible=possible)


def _chair(members: list[str], casting: int | str | None) -> int:
    if casting is None:
        return -1
    if isinstance(casting, str):
        if members.count(casting) != 1:
            raise _core.InputError(f"power_index: casting = {casting!r}: name one of: {', '.join(members)}")
        return members.index(casting)
    if not 0 <= casting < len(members):
        raise _core.InputError(f"power_index: casting = {casting}: name one of the members, counted from 0")
    return int(casting)


def _numbered(members: list[str], blocs: Iterable[Any] | None) -> tuple[list[str], npt.NDArray[np.int32]]:
    """Return what is scored and which of it each member belongs to."""
    if blocs is None:
        return members, np.empty(0, dtype=np.int32)
    given = list(blocs)
    if len(given) != len(members):
        raise _core.InputError(f"power_index: blocs has length {len(given)}: give one a member: {len(members)}")
    # A member who votes alone is no member of a bloc that happens to bear his name.
    keys = [(True, m) if b is None or b != b else (False, str(b)) for m, b in zip(members, given, strict=True)]
    place = {key: i for i, key in enumerate(dict.fromkeys(keys))}
    return [name for _, name in place], np.array([place[key] for key in keys], dtype=np.int32)
