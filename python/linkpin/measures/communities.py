"""Communities: groups that the ties themselves form."""

from __future__ import annotations

import numpy as np

from linkpin import _core
from linkpin.catalogue import described
from linkpin.measures._arguments import Progress, Weights
from linkpin.network import Network
from linkpin.result import Result
from linkpin.table import Table

__all__ = ["communities"]


@described("communities")
def communities(
    net: Network,
    *,
    objective: str = "modularity",
    resolution: float = 1.0,
    weights: Weights = None,
    directed: bool = True,
    seed: int = 0,
    trials: int = 1,
    iterations: int = 0,
    randomness: float = 0.01,
    threads: int = 0,
    progress: Progress = None,
) -> Result:
    """
    Parameters
    ----------
    objective
        ``"modularity"`` or ``"cpm"`` (the constant Potts model).
    resolution
        Higher values give more and smaller communities. For cpm it is the density that tells inside from outside.
    directed
        Follow the network; False reads arcs as undirected ties, those of a pair added.
    seed
        Of the search; the same seed gives the same communities.
    trials
        Independent searches, of which the best is kept.
    iterations
        Passes over the network at most; 0 until nothing improves.
    randomness
        Of the refinement, in mean tie weights.
    threads
        Trials run side by side on so many; 0 for as many as the process may use.

    The result has ``.values`` (a community number a vertex, 0 the largest), ``.membership`` (the same as integers),
    ``.value`` (the quality), ``.modularity``, ``.iterations``, ``.table`` (community, size, internal, external) and
    ``.by_node`` (id, community).
    """
    membership, quality, at_one, passes, sizes, internal, external, provenance = _core.communities(
        net._net, objective, resolution, weights, directed, seed, trials, iterations, randomness, threads, progress
    )
    table = Table(
        {"community": np.arange(len(sizes)), "size": sizes, "internal": internal, "external": external},
        title="communities",
    )
    return Result(
        provenance,
        net=net,
        value=quality,
        values=membership.astype(np.float64),
        table=table,
        membership=membership,
        modularity=at_one,
        iterations=passes,
        by_node=Table({"id": net.names, "community": membership}, title="by node"),
    )
