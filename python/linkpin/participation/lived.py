"""Lived experience: several capacities in one person, who stays, and on whose shoulders it rests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from linkpin import _core, columns
from linkpin.catalogue import described
from linkpin.ecosystem import Ecosystem
from linkpin.network import Network
from linkpin.result import Result
from linkpin.table import Table

__all__ = ["burden", "capacities", "continuity", "fuzzy_brokerage"]

ROLES = ("w_I", "w_O", "b_IO", "b_OI", "b_O", "t")


@described("capacities")
def capacities(eco: Ecosystem, *, level: float = 0.95) -> Result:
    """
    Parameters
    ----------
    eco
        An ecosystem.
    level
        Of the interval.

    The result's ``.value`` is the share of people with a capacity who hold several, with ``.interval``; ``.table`` has
    id, capacities, number and participations of each; ``.bridges`` has a, b, people (who hold both), either and share.
    """
    people, bridges, several, share, interval, provenance = _core.capacities(eco._eco, level)
    result = Result(
        provenance,
        value=share,
        table=columns.table(people, "capacities"),
        bridges=columns.table(bridges, "bridges"),
        several=several,
    )
    result.interval = interval
    result.interval_of = "the share among people like these"
    return result


@described("fuzzy_brokerage")
def fuzzy_brokerage(
    net: Network,
    groups: str | Mapping[Any, Mapping[str, float]],
    *,
    permutations: int = 0,
    seed: int = 0,
    threads: int = 0,
    progress: Callable[[float], object] | None = None,
) -> Result:
    """
    Parameters
    ----------
    groups
        A list column of the vertices ("roles"), each of its values an equal share; or shares by name of the vertex and
        group, such as ``{"ann": {"carer": 0.5, "researcher": 0.5}}``.
    permutations
        How often the memberships are shuffled; 0 for none.
    seed
        Of the shuffles.

    The result's ``.table`` has id and the roles w_I, w_O, b_IO, b_OI, b_O and t; ``.whole`` the same for the network;
    with permutations ``.p_greater`` and ``.p_less`` beside.
    """
    chosen: Any = groups
    if not isinstance(groups, (str, Mapping)):
        shown = type(groups).__name__
        raise _core.InputError(f"fuzzy_brokerage: groups = {shown}: give a list column, or shares by vertex and group")
    if not isinstance(groups, str):
        unknown = set(map(str, groups)) - set(net.names)
        if unknown:
            raise _core.InputError(f"fuzzy_brokerage: groups = {min(unknown)!r}: no vertex has this name")
        given = {str(name): of for name, of in groups.items()}
        names = sorted({str(g) for of in given.values() for g in of})
        shares = [[float(given.get(v, {}).get(g, 0.0)) for g in names] for v in net.names]
        chosen = (names, np.asarray(shares, dtype=float).reshape(-1))
    by_role, whole, greater, less, provenance = _core.fuzzy_brokerage(
        net._net, chosen, permutations, seed, threads, progress
    )
    parts: dict[str, Any] = {"whole": Table({"role": list(ROLES), "raw": whole}, title="whole network")}
    if permutations > 0:
        parts["p_greater"] = Table({"id": net.names, **greater}, title="p greater")
        parts["p_less"] = Table({"id": net.names, **less}, title="p less")
    return Result(provenance, net=net, table=Table({"id": net.names, **by_role}, title="fuzzy brokerage"), **parts)


@described("continuity")
def continuity(eco: Ecosystem, by: str = "year", *, level: float = 0.95) -> Result:
    """
    Parameters
    ----------
    eco
        An ecosystem with dated ties of kind takes_part_in.
    by
        "year" of the participation's start, or "wave".
    level
        Of the interval.

    The result's ``.table`` has period, contributors, joined, back, stayed, left, share (of the last period's who
    stayed), low and high.
    """
    table, provenance = _core.continuity(eco._eco, by, level)
    result = Result(provenance, table=columns.table(table, "continuity"))
    result.interval_of = "the share who stay among contributors like these"
    return result


@described("burden")
def burden(eco: Ecosystem, *, most: float = 0.1) -> Result:
    """
    Parameters
    ----------
    eco
        An ecosystem with ties of kind takes_part_in.
    most
        Which share of those who take part are the most asked; one person at least.

    The result's ``.value`` is the share of all participations they hold, ``.shoulders`` how many they are, ``.equal``
    what they would hold if all took part alike, ``.gini`` how unequal it is; ``.table`` has id, participations, share
    and cumulative, the most asked first.
    """
    table, value, shoulders, equal, gini, provenance = _core.burden(eco._eco, most)
    return Result(
        provenance,
        value=value,
        table=columns.table(table, "burden"),
        shoulders=shoulders,
        equal=equal,
        gini=gini,
    )
