"""How opinions settle when people heed one another."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from linkpin import _core
from linkpin.catalogue import described
from linkpin.dynamics._matrix import Entries, entries
from linkpin.measures._arguments import Progress
from linkpin.network import Network
from linkpin.result import Result
from linkpin.table import Table

__all__ = ["degroot", "friedkin_johnsen"]


def _heeding(function: str, w: Any, flow: str) -> Entries:
    """Return who heeds whom, rows summing to 1. Along a forward tie the head heeds the tail."""
    if not isinstance(w, Network):
        return entries(function, "w", w)
    if flow not in ("forward", "backward"):
        raise _core.InputError(f"{function}: flow = {flow!r}: choose one of: forward, backward")
    source, target, weight = w.sources, w.targets, w.weights
    who, whom = (target, source) if flow == "forward" else (source, target)
    if not w.directed:
        off = source != target
        who, whom = np.concatenate([source, target[off]]), np.concatenate([target, source[off]])
        weight = np.concatenate([weight, weight[off]])
    total = np.bincount(who, weights=weight, minlength=w.n)
    alone = np.flatnonzero(total == 0)  # who heeds nobody keeps to its own opinion
    total[alone] = 1.0
    keep = weight > 0
    who, whom, weight = who[keep], whom[keep], weight[keep]
    return (
        np.concatenate([who, alone]),
        np.concatenate([whom, alone]),
        np.concatenate([weight / total[who], np.ones(len(alone))]),
        w.n,
        w.n,
    )


def _result(net: Any, first: npt.NDArray[np.float64], answer: tuple[Any, ...]) -> Result:
    values, error, provenance = answer
    named = net.names if isinstance(net, Network) else [str(i) for i in range(len(values))]
    table = Table({"id": named, "first": first, "settled": values}, title="opinions")
    return Result(provenance, net=net if isinstance(net, Network) else None, values=values, table=table, error=error)


@described("degroot")
def degroot(
    w: npt.ArrayLike | Network,
    x: npt.ArrayLike,
    *,
    flow: str = "forward",
    tolerance: float = 1e-12,
    progress: Progress = None,
) -> Result:
    """
    Parameters
    ----------
    w
        Row i says how much member i heeds each member and sums to 1; dense or scipy. Of a network the weights are
        taken, divided by their sum; who heeds nobody keeps to its own opinion.
    x
        The first opinions.
    flow
        Of a network: along a ``"forward"`` tie the head heeds the tail (u informs v); along a ``"backward"`` one the
        tail heeds the head (u asks v).
    tolerance
        Of iteration beyond 2,000 unknowns, as a share of the range of opinions.

    The result's ``.table`` has id, first, settled; ``.error`` is the proved bound of iteration, 0 where there was none.
    """
    first = np.asarray(x, dtype=float)
    return _result(w, first, _core.degroot(_heeding("degroot", w, flow), first, tolerance, progress))


@described("friedkin_johnsen")
def friedkin_johnsen(
    w: npt.ArrayLike | Network,
    u: npt.ArrayLike,
    susceptibility: npt.ArrayLike,
    *,
    flow: str = "forward",
    tolerance: float = 1e-12,
    progress: Progress = None,
) -> Result:
    """
    Parameters
    ----------
    w
        Row i says how much member i heeds each member and sums to 1; dense or scipy. Of a network the weights are
        taken, divided by their sum; who heeds nobody keeps to its own opinion.
    u
        The first opinions, to which members hold on as far as they are not susceptible.
    susceptibility
        One number for all, or one a member: 0 for stubborn, 1 for open.
    flow
        Of a network: along a ``"forward"`` tie the head heeds the tail (u informs v); along a ``"backward"`` one the
        tail heeds the head (u asks v).
    tolerance
        Of iteration beyond 2,000 unknowns, as a share of the range of opinions.

    The result's ``.table`` has id, first, settled; ``.error`` is the proved bound of iteration, 0 where there was none.
    """
    first = np.asarray(u, dtype=float)
    open_ = np.asarray(susceptibility, dtype=float)
    if open_.ndim == 0:
        open_ = np.full(first.shape, float(open_))
    matrix = _heeding("friedkin_johnsen", w, flow)
    return _result(w, first, _core.friedkin_johnsen(matrix, first, open_, tolerance, progress))
