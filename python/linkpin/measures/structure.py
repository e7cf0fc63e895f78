"""How much and how the network is tied: density, reciprocity, clustering, degrees, centralisation."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from linkpin import _core
from linkpin.catalogue import described
from linkpin.measures._arguments import Progress, Weights, to_modes
from linkpin.network import Network
from linkpin.result import Result
from linkpin.table import Table

__all__ = [
    "centralization",
    "clustering",
    "degree",
    "density",
    "dyad_census",
    "gini",
    "reciprocity",
    "strength",
    "transitivity",
    "triad_census",
]


@described("density")
def density(net: Network, *, two_mode: str | npt.ArrayLike | None = None) -> Result:
    """
    Parameters
    ----------
    net
        The network; only observed dyads count.
    two_mode
        For a two-mode network: a vertex column or one label a vertex, of which there are two. Only dyads between the
        modes can then hold a tie.

    The result has ``.value``, ``.ties`` (dyads with a tie) and ``.dyads`` (those that could hold one).
    """
    value, ties, dyads, provenance = _core.density(net._net, to_modes("density", net, two_mode))
    return Result(provenance, net=net, value=value, ties=ties, dyads=dyads)


@described("reciprocity")
def reciprocity(net: Network, *, kind: str = "edgewise") -> Result:
    """
    Parameters
    ----------
    net
        The network; only dyads observed both ways count.
    kind
        ``"edgewise"`` (the share of ties that are returned) or ``"ratio"`` (mutual dyads among those with any tie).
    """
    value, provenance = _core.reciprocity(net._net, kind)
    return Result(provenance, net=net, value=value)


@described("transitivity")
def transitivity(net: Network, *, threads: int = 0, progress: Progress = None) -> Result:
    """
    Parameters
    ----------
    net
        The network; direction is left aside.

    The result has ``.value``, ``.triangles`` and ``.triples`` (two-step connections).
    """
    value, triangles, triples, provenance = _core.transitivity(net._net, threads, progress)
    return Result(provenance, net=net, value=value, triangles=triangles, triples=triples)


@described("clustering")
def clustering(
    net: Network,
    weights: Weights = None,
    *,
    low_degree: str = "undefined",
    threads: int = 0,
    progress: Progress = None,
) -> Result:
    """
    Parameters
    ----------
    net
        The network; direction is left aside.
    weights
        None (each tie counts 1), ``"weight"`` or another tie column, or one value a tie in the order of ``net.ties``:
        with values, Barrat's weighted coefficient.
    low_degree
        ``"undefined"`` or ``"zero"`` for vertices with fewer than two neighbours.
    """
    values, provenance = _core.clustering(net._net, weights, low_degree, threads, progress)
    return Result(provenance, net=net, values=values)


@described("degree")
def degree(net: Network, mode: str = "all", *, loops: bool = True) -> Result:
    """
    Parameters
    ----------
    mode
        "out" ties leaving, "in" ties entering, "all" both; an undirected network has only "all".
    loops
        Count loops: once in each direction, so twice for "all".
    """
    values, provenance = _core.degree(net._net, mode, loops)
    return Result(provenance, net=net, values=values)


@described("strength")
def strength(net: Network, mode: str = "all", *, weights: Weights = "weight", loops: bool = True) -> Result:
    """
    Parameters
    ----------
    mode
        "out" ties leaving, "in" ties entering, "all" both; an undirected network has only "all".
    weights
        ``"weight"`` or another tie column, one value a tie in the order of ``net.ties``, or None (each tie counts 1).
    loops
        Count loops: once in each direction, so twice for "all".
    """
    values, provenance = _core.strength(net._net, mode, weights, loops)
    return Result(provenance, net=net, values=values)


@described("centralization")
def centralization(
    net: Network,
    of: str = "degree",
    *,
    loops: bool = False,
    threads: int = 0,
    progress: Progress = None,
) -> Result:
    """
    Parameters
    ----------
    net
        The network; loops and parallel ties are left out.
    of
        ``"degree"``, ``"indegree"``, ``"outdegree"``, ``"betweenness"``, ``"closeness"`` or ``"eigenvector"``.
    loops
        Degrees only: count loops, and allow for them in the largest possible value.

    The result has ``.value`` and ``.maximum``, the sum of differences that it is a share of.
    """
    value, maximum, provenance = _core.centralization(net._net, of, loops, threads, progress)
    return Result(provenance, net=net, value=value, maximum=maximum)


@described("dyad_census")
def dyad_census(net: Network) -> Result:
    """
    The result has ``.table`` (type, count) with the rows mutual, asymmetric and null, and ``.unobserved``, the pairs
    that were not observed both ways and stand in none of them.
    """
    mutual, asymmetric, null, unobserved, provenance = _core.dyad_census(net._net)
    table = Table(
        {"type": ["mutual", "asymmetric", "null"], "count": np.array([mutual, asymmetric, null])}, title="dyads"
    )
    return Result(provenance, net=net, table=table, unobserved=unobserved)


@described("triad_census")
def triad_census(net: Network, *, threads: int = 0, progress: Progress = None) -> Result:
    """
    The result has ``.table`` (type, count) with the 16 types in the usual order.
    """
    types, counts, provenance = _core.triad_census(net._net, threads, progress)
    return Result(provenance, net=net, table=Table({"type": types, "count": counts}, title="triads"))


@described("gini")
def gini(values: Result | npt.ArrayLike, *, normalized: str | None = None) -> Result:
    """
    Parameters
    ----------
    values
        What is shared, one number each; or a result by vertex.
    normalized
        None, or ``"corrected"``: times n / (n - 1), so that it is 1 where one holds all.
    """
    if normalized not in (None, "corrected"):
        raise _core.InputError(f"gini: normalized = {normalized!r}: choose one of: None, 'corrected'")
    of = values if isinstance(values, Result) else None
    shares = np.asarray(values if of is None else of.values, dtype=float)
    if shares.ndim != 1:
        raise _core.InputError(f"gini: values has {shares.ndim} dimensions: give one number each")
    value = _core.gini(shares, normalized == "corrected")
    provenance = {
        "measure": "gini",
        "normalisation": normalized or "",
        "lens": "" if of is None else of.lens,
        "network": None if of is None else of.network,
        "warnings": ["undefined: there is nothing that is shared"] if np.isnan(value) else [],
    }
    return Result(provenance, value=value)
