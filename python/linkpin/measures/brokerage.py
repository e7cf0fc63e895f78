"""Brokerage: who passes things on between others who are not in touch, and between which groups."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from linkpin import _core
from linkpin.catalogue import described
from linkpin.measures._arguments import Groups, Progress, labels, to_groups
from linkpin.network import Network
from linkpin.result import Result
from linkpin.table import Table

__all__ = ["brokerage", "brokerage_two_mode"]

_Parts = dict[str, dict[str, npt.NDArray[np.float64]]]


def _tables(parts: _Parts, ids: Callable[[], list[str]], groups: Callable[[], list[str | None]]) -> dict[str, Any]:
    """Tables that find the names and labels when somebody looks, once for all of them."""
    first = {"id": cache(ids), "group": cache(groups)}
    return {name: Table({**first, **roles}, title=name) for name, roles in parts.items()}


def _whole(parts: _Parts) -> Table:
    roles = list(parts["raw"])
    columns = {name: np.array([values[role][0] for role in roles]) for name, values in parts.items()}
    return Table({"role": roles, **columns}, title="whole network")


@described("brokerage")
def brokerage(
    net: Network,
    groups: Groups,
    *,
    permutations: int = 0,
    seed: int = 0,
    threads: int = 0,
    progress: Progress = None,
) -> Result:
    """
    Parameters
    ----------
    groups
        A vertex column, a mapping from name, or one label a vertex.
    permutations
        How often the labels are shuffled for the p-values; 0 for none. 999 gives them to about 0.01.
    seed
        Of the permutations.

    The result has ``.raw``, ``.expected``, ``.sd`` and ``.z`` (tables with id, group and the roles w_I, w_O, b_IO,
    b_OI, b_O, t), ``.whole`` (one row a role), and with permutations ``.p``, ``.p_greater``, ``.p_less`` and
    ``.p_error``; ``.table`` is ``.raw``.
    """
    given = to_groups(net, groups)
    by_vertex, whole, provenance = _core.brokerage(net._net, given, permutations, seed, threads, progress)
    tables = _tables(by_vertex, lambda: net.names, lambda: labels(net, given))
    return Result(provenance, net=net, table=tables["raw"], whole=_whole(whole), **tables)


@described("brokerage_two_mode")
def brokerage_two_mode(
    net: Network,
    groups: Groups,
    brokers: str | Iterable[Any],
    *,
    permutations: int = 0,
    seed: int = 0,
    threads: int = 0,
    progress: Progress = None,
) -> Result:
    """
    Parameters
    ----------
    net
        A network whose ties join two modes only.
    groups
        A vertex column, a mapping from name, or one label a vertex; those of the brokers' mode are used.
    brokers
        Which mode brokers: a vertex column of truth values, names, numbers, or one truth value a vertex.
    permutations
        How often the labels are shuffled for the p-values; 0 for none.
    seed
        Of the permutations.

    The result has ``.raw`` (a table with id, group and the roles, one row a broker), ``.whole`` (one row a role), and
    with permutations ``.p``, ``.p_greater``, ``.p_less`` and ``.p_error``; ``.table`` is ``.raw``.
    """
    given = to_groups(net, groups)
    kept = np.zeros(net.n, dtype=np.uint8)
    kept[net.ids(net.vertices[brokers].astype(bool) if isinstance(brokers, str) else brokers)] = 1
    actors, by_actor, whole, provenance = _core.brokerage_two_mode(
        net._net, given, kept, permutations, seed, threads, progress
    )
    tables = _tables(
        by_actor,
        lambda: [net.names[v] for v in actors],
        lambda: list(np.array(labels(net, given), dtype=object)[actors]),
    )
    return Result(provenance, net=net, table=tables["raw"], whole=_whole(whole), **tables)
