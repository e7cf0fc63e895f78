"""How far vertices are from each other, and who stands on the shortest ways between them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from linkpin import _core
from linkpin.catalogue import described
from linkpin.measures._arguments import Progress, Weights, to_modes
from linkpin.network import Network
from linkpin.result import Result
from linkpin.table import Table

__all__ = [
    "betweenness",
    "closeness",
    "diameter",
    "distances",
    "eccentricity",
    "harmonic",
    "mean_distance",
    "sampled_betweenness",
]


@described("distances")
def distances(
    net: Network,
    sources: Iterable[Any] | None = None,
    mode: str = "out",
    *,
    lengths: Weights = None,
    threads: int = 0,
    progress: Progress = None,
) -> Result:
    """
    Parameters
    ----------
    sources
        Names, numbers or truth values of the vertices to start from; None for all.

    The result's ``.matrix`` has one row a source and one column a vertex, infinite where there is no way; ``.table``
    lists the pairs with a way between them.
    """
    chosen = None if sources is None else net.ids(sources)
    found, flat, provenance = _core.distances(net._net, chosen, mode, lengths, threads, progress)
    matrix = flat.reshape(len(found), net.n)

    def pairs() -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
        rows, columns = np.nonzero(np.isfinite(matrix))
        return rows, columns

    names = np.array(net.names, dtype=object)
    table = Table(
        {
            "source": lambda: names[found[pairs()[0]]],
            "target": lambda: names[pairs()[1]],
            "distance": lambda: matrix[pairs()],
        }
    )
    return Result(provenance, net=net, table=table, matrix=matrix, sources=names[found].tolist())


@described("closeness")
def closeness(
    net: Network,
    mode: str = "all",
    *,
    lengths: Weights = None,
    normalized: str | None = None,
    two_mode: str | npt.ArrayLike | None = None,
    threads: int = 0,
    progress: Progress = None,
) -> Result:
    """
    Parameters
    ----------
    normalized
        None, "freeman", "component", "wasserman_faust" or "two_mode".
    two_mode
        For "two_mode": a vertex column or one label a vertex, of which there are two.
    """
    values, provenance = _core.closeness(
        net._net, mode, lengths, normalized, to_modes("closeness", net, two_mode), threads, progress
    )
    return Result(provenance, net=net, values=values)


@described("harmonic")
def harmonic(
    net: Network,
    mode: str = "all",
    *,
    lengths: Weights = None,
    normalized: str | None = None,
    threads: int = 0,
    progress: Progress = None,
) -> Result:
    """
    Parameters
    ----------
    normalized
        None (a sum) or "freeman" (divided by n - 1).
    """
    values, provenance = _core.harmonic(net._net, mode, lengths, normalized, threads, progress)
    return Result(provenance, net=net, values=values)


@described("betweenness")
def betweenness(
    net: Network,
    *,
    directed: bool = True,
    lengths: Weights = None,
    normalized: str | None = None,
    two_mode: str | npt.ArrayLike | None = None,
    sources: Iterable[Any] | None = None,
    pivots: int = 0,
    seed: int = 0,
    threads: int = 0,
    progress: Progress = None,
) -> Result:
    """
    Parameters
    ----------
    normalized
        None, "freeman", "two_mode" or "two_mode_1997".
    two_mode
        For the two-mode choices: a vertex column or one label a vertex, of which there are two.
    sources
        Count only paths that start at these vertices.
    pivots
        Above 0: estimate from so many random sources; ``.standard_error`` then has one value a vertex. Few pivots find
        rare go-betweens seldom, so plus or minus two standard errors covers less than 95 %.
    seed
        Of the pivots.
    """
    chosen = None if sources is None else net.ids(sources)
    values, error, provenance = _core.betweenness(
        net._net,
        directed,
        lengths,
        normalized,
        to_modes("betweenness", net, two_mode),
        chosen,
        pivots,
        seed,
        threads,
        progress,
    )
    if error is None:
        return Result(provenance, net=net, values=values)
    return Result(provenance, net=net, values=values, standard_error=error)


@described("eccentricity")
def eccentricity(
    net: Network, mode: str = "all", *, lengths: Weights = None, threads: int = 0, progress: Progress = None
) -> Result:
    values, provenance = _core.eccentricity(net._net, mode, lengths, threads, progress)
    return Result(provenance, net=net, values=values)


@described("diameter")
def diameter(
    net: Network, *, directed: bool = True, lengths: Weights = None, threads: int = 0, progress: Progress = None
) -> Result:
    """
    The result's ``.ends`` names two vertices that are so far apart.
    """
    value, u, v, provenance = _core.diameter(net._net, directed, lengths, threads, progress)
    ends = (net.names[u], net.names[v]) if u >= 0 else None
    return Result(provenance, net=net, value=value, ends=ends)


@described("mean_distance")
def mean_distance(
    net: Network, *, directed: bool = True, lengths: Weights = None, threads: int = 0, progress: Progress = None
) -> Result:
    """
    The result's ``.pairs`` counts the ordered pairs with a way between them, ``.all_pairs`` all of them.
    """
    value, pairs, all_pairs, provenance = _core.mean_distance(net._net, directed, lengths, threads, progress)
    return Result(provenance, net=net, value=value, pairs=pairs, all_pairs=all_pairs)


@described("sampled_betweenness")
def sampled_betweenness(
    net: Network,
    error: float = 0.01,
    *,
    level: float = 0.95,
    directed: bool = True,
    lengths: Weights = None,
    seed: int = 0,
    threads: int = 0,
    progress: Progress = None,
) -> Result:
    """
    Parameters
    ----------
    error
        How far any value may lie from the exact one.
    level
        The probability that all of them lie within it.
    seed
        Of the random pairs.
    threads, progress
        0 threads for as many as the process may use; progress is called with the share of a round done.

    The result's ``.interval`` has low and high of every vertex; ``.pairs`` says how many random pairs were looked at.
    """
    values, pairs, most, provenance = _core.sampled_betweenness(
        net._net, error, level, directed, lengths, seed, threads, progress
    )
    result = Result(provenance, net=net, values=values, error=error, level=level, pairs=pairs, most_pairs=most)
    result.interval = Table(
        {"id": net.names, "low": np.maximum(values - error, 0), "high": np.minimum(values + error, 1)}
    )
    result.interval_of = f"the exact values, all together with probability {level:g} over the random pairs"
    return result
