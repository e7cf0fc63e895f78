"""What the functions of influence take alike: the ends of paths, chances of ties, seeds, players."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from linkpin import _core
from linkpin.ecosystem import Ecosystem
from linkpin.measures._arguments import Groups, labels, to_groups
from linkpin.network import Ids, Network

Ends: TypeAlias = "str | int | Iterable[Any]"
Chances: TypeAlias = "str | float | npt.ArrayLike"


def ends(function: str, argument: str, net: Network, given: Ends) -> Ids:
    """Return vertex numbers, from one name or number or several of them."""
    try:
        return net.ids([given] if isinstance(given, (str, int, np.integer)) else given)
    except _core.InputError as error:
        raise _core.InputError(f"{function}: {argument}: {error}") from None


def kinds_of(given: str | Iterable[str]) -> list[str]:
    """Return one kind, or several of them, as a list."""
    return [given] if isinstance(given, str) else list(given)


def tie_kinds(function: str, eco: Ecosystem, ties: str | Iterable[str] | None) -> list[str] | None:
    """Return kinds of tie as a list, None where none are named; InputError for one that the ecosystem does not have."""
    if ties is None:
        return None
    known = list(dict.fromkeys(eco.ties["kind"].tolist())) if "kind" in eco.ties else []
    chosen = kinds_of(ties)
    unknown = next((kind for kind in chosen if kind not in known), None)
    if unknown is not None:
        raise _core.InputError(
            f"{function}: ties = {unknown}: the ecosystem has: {', '.join(map(str, known)) or 'none'}"
        )
    return chosen


def chances(net: Network, given: Chances) -> str | npt.NDArray[np.float64]:
    """Return a column name as it is, and one number a tie from a number for all or one each."""
    if isinstance(given, str):
        return given
    values = np.asarray(given, dtype=float)
    return np.full(net.m, float(values)) if values.ndim == 0 else values


def drawn_seed(seed: int | None) -> int:
    """Return the seed, or one drawn from the machine."""
    return secrets.randbits(32) if seed is None else int(seed)


def players(function: str, net: Network, sources: Sequence[int] | Ids, groups: Groups | None) -> tuple[Any, list[str]]:
    """Return the number of the player of each source, and what the players are called."""
    if groups is None:
        names = net.names
        return None, [names[v] for v in sources]
    of = labels(net, to_groups(net, groups))
    chosen = [of[v] for v in sources]
    if None in chosen:
        who = net.names[sources[chosen.index(None)]]
        raise _core.InputError(f"{function}: groups: {who!r} belongs to none: give every source a group")
    called = list(dict.fromkeys(str(c) for c in chosen))
    return np.array([called.index(str(c)) for c in chosen], dtype=np.int32), called
