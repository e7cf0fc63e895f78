"""Boards and what stands around them: seats, interlocks, agenda, gates, dominance, power over and power with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from linkpin import _core, columns
from linkpin.catalogue import described
from linkpin.ecosystem import Ecosystem
from linkpin.measures._arguments import Progress
from linkpin.network import Network
from linkpin.result import Result
from linkpin.table import Table

__all__ = ["agenda", "boards", "dominance", "gatekeepers", "interlocks", "meeting_power", "power_relations"]


@described("meeting_power")
def meeting_power(
    votes: npt.ArrayLike,
    attendance: npt.ArrayLike,
    quorum: int = 0,
    casting: int | None = None,
    *,
    progress: Progress = None,
) -> Result:
    """
    Parameters
    ----------
    votes
        Of each member, in whole numbers.
    attendance
        Probability that each member comes; one number stands for all.
    quorum
        How many members must be there.
    casting
        The chair who decides when votes are equal, as a position counted from 0.
    """
    given = np.asarray(votes)
    if given.ndim != 1 or not np.array_equal(given, np.floor(given)):
        raise _core.InputError("meeting_power: votes: give one whole number a member")
    comes = np.asarray(attendance, dtype=float)
    if comes.ndim == 0:
        comes = np.full(given.shape, float(comes))
    quorate, decisive, present = _core.meeting_power(
        given.astype(np.int64), comes, quorum, -1 if casting is None else casting, progress
    )
    table = Table({"votes": given, "attendance": comes, "decisive": decisive, "decisive_if_present": present})
    return Result({"measure": "meeting_power"}, value=quorate, values=decisive, table=table)


@described("boards")
def boards(eco: Ecosystem, blocs: str = "sector", *, at: str | None = None, progress: Progress = None) -> Result:
    """
    Parameters
    ----------
    eco
        The ecosystem; see the conventions below for the columns that are read.
    blocs
        Entity column: those who share a value might vote together.
    at
        A date ("2023", "2023-05", "2023-05-31"): only seats held at some time in it; None takes all on record.
    """
    seats, rules, parts, provenance = _core.boards(eco._eco, blocs, None if at is None else str(at), progress)
    return Result(
        provenance,
        table=columns.table(seats, "seats"),
        boards=columns.table(rules, "boards"),
        blocs=columns.table(parts, "blocs"),
    )


@described("interlocks")
def interlocks(eco: Ecosystem, *, at: str | None = None) -> Result:
    """
    Parameters
    ----------
    eco
        The ecosystem, with boards and their members.
    at
        A date ("2023", "2023-05"): only seats held at some time in it; None takes all on record.
    """
    pairs, members, provenance = _core.interlocks(eco._eco, None if at is None else str(at))
    return Result(
        provenance, table=columns.table(pairs, "interlocks"), members=columns.table(members, "who has several seats")
    )


@described("gatekeepers")
def gatekeepers(
    net: Network,
    sources: str | Iterable[Any],
    targets: str | Iterable[Any],
    *,
    mode: str = "out",
    progress: Progress = None,
) -> Result:
    """
    Parameters
    ----------
    sources
        The community: names of vertices.
    targets
        Decisions, or whoever takes them: names of vertices.
    mode
        ``"out"`` along the ties, ``"in"`` against them, ``"all"`` either way.
    """
    if mode not in ("out", "in", "all"):
        raise _core.InputError(f"gatekeepers: mode = {mode!r}: choose one of: out, in, all")
    names = net.names
    place = {name: i for i, name in enumerate(names)}
    starts, ends = (_vertices(place, what, given) for what, given in (("sources", sources), ("targets", targets)))
    gates, provenance = _core.gatekeepers(net._net, starts, ends, mode != "in", mode != "out", progress)
    rows = [(names[t], names[g], i + 1) for t, _, on_the_way in gates for i, g in enumerate(on_the_way)]
    table = Table({c: [row[i] for row in rows] for i, c in enumerate(("target", "gatekeeper", "position"))})
    reached = Table(
        {
            "target": [names[t] for t, _, _ in gates],
            "reached": [bool(reached) for _, reached, _ in gates],
            "gatekeepers": [len(found) for _, _, found in gates],
        }
    )
    return Result(provenance, table=table, targets=reached)


@described("agenda")
def agenda(eco: Ecosystem, groups: str = "sector", *, level: float = 0.95) -> Result:
    """
    Parameters
    ----------
    eco
        The ecosystem; see the conventions below for the ties that are read.
    groups
        Entity column of those who raise items.
    level
        Of the intervals.
    """
    rows, items, provenance = _core.agenda(eco._eco, groups, level)
    return Result(provenance, table=columns.table(rows, "agenda"), items=columns.table(items, "items"))


@described("dominance")
def dominance(
    eco: Ecosystem,
    groups: str = "sector",
    *,
    kinds: Sequence[str] = ("person", "organisation", "group"),
    epsilon: float = 0.5,
) -> Result:
    """
    Parameters
    ----------
    eco
        The ecosystem.
    groups
        Entity column.
    kinds
        Kinds of entity that could hold a seat, lead, receive money, write or have contacts.
    epsilon
        Of Atkinson's index.
    """
    shares, parts, provenance = _core.dominance(eco._eco, groups, list(kinds), epsilon)
    return Result(provenance, table=columns.table(shares, "dominance"), parts=columns.table(parts, "parts"))


@described("power_relations")
def power_relations(
    eco: Ecosystem,
    groups: str = "sector",
    *,
    over: Sequence[str] = ("funds", "governs", "employs"),
    together: Sequence[str] = ("collaborates", "trusts"),
    progress: Progress = None,
) -> Result:
    """
    Parameters
    ----------
    eco
        The ecosystem.
    groups
        Entity column.
    over
        Kinds of tie by which one end can direct the other.
    together
        Kinds of tie by which two act together.
    """
    members, rows, provenance = _core.power_relations(eco._eco, groups, list(over), list(together), progress)
    return Result(provenance, table=columns.table(members, "power over, power with"), groups=columns.table(rows))


def _vertices(place: dict[str, int], what: str, given: str | Iterable[Any]) -> npt.NDArray[np.int32]:
    wanted = [given] if isinstance(given, str) else [str(v) for v in given]
    for name in wanted:
        if name not in place:
            raise _core.InputError(f"gatekeepers: {what} = {name!r}: no vertex has this name; see net.names")
    return np.array([place[name] for name in wanted], dtype=np.int32)
