"""Watering down: how much of what was learnt is left when it arrives, and at which tie most of it is lost."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from linkpin import _core
from linkpin.catalogue import described
from linkpin.influence._ends import Chances, Ends, chances, ends
from linkpin.measures._arguments import Progress
from linkpin.network import Network
from linkpin.result import Result
from linkpin.table import Table

__all__ = ["watering_down"]


@described("watering_down")
def watering_down(
    net: Network,
    sources: Ends,
    targets: Ends,
    fidelity: Chances = "fidelity",
    *,
    flow: str = "forward",
    progress: Progress = None,
) -> Result:
    """
    Parameters
    ----------
    net
        The network; an undirected tie carries both ways.
    sources, targets
        Names or numbers of vertices: where it was learnt, and where it should arrive.
    fidelity
        The share of what is said that each tie keeps, in [0, 1]: a tie column (empty: not known), one number a tie, or
        one for all.

    ``.values`` has what is kept at each target, NaN where nothing arrives; ``.table`` a row for each that is reached:
    target, kept, steps, unknown (ties on the way whose fidelity nobody stated), path, and the tie where most is lost
    (lost_from, lost_to, keeps); ``.paths`` the names along each. ``.ties`` has every tie that any of these ways takes:
    source, target, fidelity, ways.
    """
    to = ends("watering_down", "targets", net, targets)
    shares = chances(net, fidelity)
    ways, _, on_ways, provenance = _core.watering_down(
        net._net, ends("watering_down", "sources", net, sources), to, shares, flow, progress
    )
    names = net.names
    keeps = np.asarray(net.ties[shares] if isinstance(shares, str) else shares, dtype=float)
    start, end = (net.sources, net.targets) if flow == "forward" else (net.targets, net.sources)
    kept = {target: share for target, share, *_ in ways}

    paths = [[names[v] for v in way[2]] for way in ways]

    def at_weakest(tie: int, side: npt.NDArray[np.int32]) -> str | None:
        return None if tie < 0 else names[side[tie]]

    table = Table(
        {
            "target": [names[way[0]] for way in ways],
            "kept": np.array([way[1] for way in ways], dtype=float),
            "steps": np.array([len(way[3]) for way in ways], dtype=int),
            "unknown": np.array([way[4] for way in ways], dtype=int),
            "path": [" > ".join(path) for path in paths],
            "lost_from": [at_weakest(way[5], start) for way in ways],
            "lost_to": [at_weakest(way[5], end) for way in ways],
            "keeps": np.array([np.nan if way[5] < 0 else keeps[way[5]] for way in ways], dtype=float),
        },
        title="what is left of it",
    )
    taken = np.flatnonzero(on_ways)
    ties = Table(
        {
            "source": [names[v] for v in start[taken]],
            "target": [names[v] for v in end[taken]],
            "fidelity": keeps[taken],
            "ways": on_ways[taken].astype(int),
        },
        title="ties that it takes",
    )
    values = np.array([kept.get(int(v), np.nan) for v in to], dtype=float)
    result = Result(provenance, net=net, values=values, table=table, ties=ties, paths=paths)
    result._names = lambda: [names[v] for v in to]
    return result
