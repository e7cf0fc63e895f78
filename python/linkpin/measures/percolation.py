"""How the largest part of a network shrinks as its members fail."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from linkpin import _core
from linkpin.catalogue import described
from linkpin.measures._arguments import Progress
from linkpin.network import Network
from linkpin.result import Result
from linkpin.table import Table

__all__ = ["percolation"]


@described("percolation")
def percolation(
    net: Network,
    scores: npt.ArrayLike | Result | None = None,
    *,
    orders: int = 100,
    seed: int = 0,
    threads: int = 0,
    progress: Progress = None,
) -> Result:
    """
    Parameters
    ----------
    net
        The network; direction is left aside.
    scores
        Who has most fails first: one number a vertex, or a result by vertex such as ``lp.degree(net)``. None lets all
        fail in random order.
    orders
        How many random orders are tried; with scores, chance decides between equal ones only.
    seed
        Of the random orders.

    The result's ``.table`` has failed, share_failed, and largest, least, most: the share of all members in the largest
    part, on average and at its ends over the orders. ``.robustness`` has one value an order.
    """
    given = scores.values if isinstance(scores, Result) else scores
    values = None if given is None else np.asarray(given, dtype=float)
    value, mean, least, most, robustness, provenance = _core.percolation(
        net._net, values, orders, seed, threads, progress
    )
    n = max(net.n, 1)
    failed = np.arange(net.n + 1)
    table = Table(
        {
            "failed": failed,
            "share_failed": failed / n,
            "largest": mean / n,
            "least": least / n,
            "most": most / n,
        },
        title="percolation",
    )
    return Result(provenance, net=net, value=value, table=table, robustness=robustness)
