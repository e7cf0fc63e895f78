"""Who is tied to those who are themselves well tied: eigenvector, Katz, PageRank, hubs and authorities."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from linkpin import _core
from linkpin.catalogue import described
from linkpin.measures._arguments import Progress, Weights
from linkpin.network import Network
from linkpin.result import Result
from linkpin.table import Table

__all__ = ["eigenvector", "hits", "katz", "pagerank"]


def _columns(function: str, net: Network, personalisation: npt.ArrayLike | None) -> npt.NDArray[np.float64] | None:
    """Return one value a vertex in each column, or None."""
    if personalisation is None:
        return None
    columns = np.ascontiguousarray(personalisation, dtype=np.float64)
    if columns.ndim > 2 or columns.shape[-1] != net.n:
        raise _core.InputError(
            f"{function}: personalisation has the shape {columns.shape}: give ({net.n},) or (columns, {net.n})"
        )
    return columns


def _by_column(
    net: Network,
    provenance: dict[str, Any],
    values: npt.NDArray[np.float64],
    count: int,
    columns: npt.NDArray[np.float64] | None,
    convergence: dict[str, Any],
) -> Result:
    """Return values by vertex, or a matrix where several columns were given."""
    if columns is None or columns.ndim == 1:
        return Result(provenance, net=net, values=values, convergence=convergence)
    matrix = values.reshape(count, net.n)
    table = Table({"id": net.names, **{f"column {i}": matrix[i] for i in range(count)}})
    return Result(provenance, net=net, table=table, matrix=matrix, convergence=convergence)


@described("eigenvector")
def eigenvector(
    net: Network,
    *,
    directed: bool = True,
    weights: Weights = None,
    loops: bool = True,
    threads: int = 0,
    progress: Progress = None,
) -> Result:
    """
    Parameters
    ----------
    loops
        Whether loops count.

    The result's ``.eigenvalue`` is the largest one, ``.convergence`` says how the iteration ended.
    """
    values, eigenvalue, convergence, provenance = _core.eigenvector(
        net._net, directed, weights, loops, threads, progress
    )
    return Result(provenance, net=net, values=values, eigenvalue=eigenvalue, convergence=convergence)


@described("katz")
def katz(
    net: Network,
    alpha: float = 0.1,
    beta: float = 1.0,
    *,
    personalisation: npt.ArrayLike | None = None,
    directed: bool = True,
    weights: Weights = None,
    loops: bool = True,
    normalized: str | None = None,
    threads: int = 0,
    progress: Progress = None,
) -> Result:
    """
    Parameters
    ----------
    alpha
        What a step keeps; below 1 / the largest eigenvalue.
    beta
        What every vertex has of its own.
    personalisation
        One value a vertex that beta is multiplied by, shape (n,), or several starts at once, shape (columns, n).
    loops
        Whether loops count.
    normalized
        None, "l2" (squares sum to 1) or "maximum" (the largest is 1).

    With several columns the result has ``.matrix`` (columns, n) instead of ``.values``.
    """
    columns = _columns("katz", net, personalisation)
    values, count, convergence, provenance = _core.katz(
        net._net, alpha, beta, columns, directed, weights, loops, normalized, threads, progress
    )
    return _by_column(net, provenance, values, count, columns, convergence)


@described("pagerank")
def pagerank(
    net: Network,
    damping: float = 0.85,
    *,
    weights: Weights = None,
    personalisation: npt.ArrayLike | None = None,
    directed: bool = True,
    loops: bool = True,
    tolerance: float = 1e-10,
    threads: int = 0,
    progress: Progress = None,
) -> Result:
    """
    Parameters
    ----------
    damping
        Probability that the walk follows a tie rather than starting anew.
    personalisation
        Where a walk starts anew: one value a vertex, shape (n,), or several at once, shape (columns, n).
    loops
        Whether loops count.
    tolerance
        Of the sum of absolute errors.

    With several columns the result has ``.matrix`` (columns, n) instead of ``.values``.
    """
    columns = _columns("pagerank", net, personalisation)
    values, count, convergence, provenance = _core.pagerank(
        net._net, damping, directed, weights, loops, columns, tolerance, threads, progress
    )
    return _by_column(net, provenance, values, count, columns, convergence)


@described("hits")
def hits(
    net: Network,
    *,
    weights: Weights = None,
    loops: bool = True,
    threads: int = 0,
    progress: Progress = None,
) -> Result:
    """
    Parameters
    ----------
    loops
        Whether loops count.

    The result's ``.table`` has id, hub and authority.
    """
    hub, authority, eigenvalue, convergence, provenance = _core.hits(net._net, weights, loops, threads, progress)
    table = Table({"id": lambda: np.array(net.names, dtype=object), "hub": hub, "authority": authority})
    return Result(provenance, net=net, table=table, eigenvalue=eigenvalue, convergence=convergence)
