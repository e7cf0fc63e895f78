"""Pathways: by which ways what is learnt most likely arrives, where it is watered down, and what would help most."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from linkpin import _core
from linkpin.catalogue import described
from linkpin.influence._ends import Chances, Ends, chances, drawn_seed, ends
from linkpin.measures._arguments import Progress
from linkpin.network import Network
from linkpin.result import Result
from linkpin.table import Table

__all__ = ["bottlenecks", "chain_chance", "gap_worth", "pathways"]


@described("pathways")
def pathways(
    net: Network,
    sources: Ends,
    targets: Ends,
    p: Chances = "probability",
    k: int = 1,
    *,
    at_least: float = 0.0,
    fidelity: Chances | None = None,
    flow: str = "forward",
    progress: Progress = None,
) -> Result:
    """
    Parameters
    ----------
    net
        The network; an undirected tie carries both ways.
    sources, targets
        Names or numbers of vertices: a path may start at any source and end at any target.
    p
        The chance of each tie: a tie column, one number a tie, or one number for all.
    k
        So many paths at most.
    at_least
        No path that carries with less chance than this.
    fidelity
        The share of what is said that each tie keeps, given as ``p`` is; experimental.

    The result has ``.value`` (the chance of the likeliest path), ``.paths`` (names along each), ``.more`` (whether
    further paths are within the bounds) and ``.table``: path, steps, chance, fidelity (what is left at the end), and
    weakest_from and weakest_to (the tie where most is lost, None where nothing is).
    """
    found, more, provenance = _core.pathways(
        net._net,
        ends("pathways", "sources", net, sources),
        ends("pathways", "targets", net, targets),
        chances(net, p),
        None if fidelity is None else chances(net, fidelity),
        flow,
        k,
        at_least,
        progress,
    )
    names = net.names
    paths = [[names[v] for v in path[0]] for path in found]

    def weakest(tie: int, side: Any) -> str | None:
        return None if tie < 0 else names[side[tie]]

    start, end = (net.sources, net.targets) if flow == "forward" else (net.targets, net.sources)
    table = Table(
        {
            "path": [" > ".join(path) for path in paths],
            "steps": np.array([len(path) - 1 for path in paths], dtype=int),
            "chance": np.array([path[2] for path in found], dtype=float),
            "fidelity": np.array([path[3] for path in found], dtype=float),
            "weakest_from": [weakest(path[4], start) for path in found],
            "weakest_to": [weakest(path[4], end) for path in found],
        },
        title="pathways",
    )
    return Result(provenance, net=net, value=found[0][2] if found else 0.0, table=table, paths=paths, more=more)


@described("chain_chance")
def chain_chance(a: npt.ArrayLike, b: npt.ArrayLike, *, level: float = 0.95) -> Result:
    """
    Parameters
    ----------
    a, b
        Of each tie in the row, the parameters of the Beta distribution of its chance: as if it had been seen to carry
        ``a`` times and to fail ``b`` times.
    level
        Of the interval.

    The result has ``.value`` (the mean chance that all carry), ``.variance``, and ``.interval``.
    """
    first, second = (np.atleast_1d(np.asarray(x, dtype=float)) for x in (a, b))
    value, variance, interval, provenance = _core.chain_chance(first, second, level)
    result = Result(provenance, value=value, variance=variance)
    result.interval = interval
    result.interval_of = f"the chance, {level:.0%}, by the Beta distribution of the same mean and variance"
    return result


@described("bottlenecks")
def bottlenecks(
    net: Network,
    sources: Ends,
    targets: Ends,
    p: Chances = "probability",
    method: str = "auto",
    *,
    flow: str = "forward",
    budget: float = 5e7,
    samples: int = 100_000,
    seed: int | None = None,
    progress: Progress = None,
) -> Result:
    """
    Parameters
    ----------
    net
        The network; an undirected tie carries both ways.
    sources, targets, p, method, flow, budget, samples, seed, progress
        As in :func:`linkpin.reliability`.

    The result has ``.value`` (the chance as it is), ``.table`` (source, target, in_cut, gain: what the chance would
    gain if the tie were certain, importance: Birnbaum's), ``.brokers`` (id, loss: what the chance would lose without
    it), ``.cut`` (the ties of the likeliest cut), ``.cut_fails`` (the chance that they all fail), ``.exact`` and
    ``.error`` (largest standard error of a sampled gain or loss).
    """
    value, exact, in_cut, cut_fails, gain, importance, loss, error, provenance = _core.bottlenecks(
        net._net,
        ends("bottlenecks", "sources", net, sources),
        ends("bottlenecks", "targets", net, targets),
        chances(net, p),
        flow,
        method,
        budget,
        samples,
        drawn_seed(seed),
        progress,
    )
    names = np.array(net.names, dtype=object)
    tails, heads = names[net.sources], names[net.targets]
    cut = [(str(tails[e]), str(heads[e])) for e in np.flatnonzero(in_cut)]
    table = Table(
        {"source": tails, "target": heads, "in_cut": in_cut.astype(bool), "gain": gain, "importance": importance},
        title="bottlenecks",
    )
    return Result(
        provenance,
        net=net,
        value=value,
        table=table,
        brokers=Table({"id": names, "loss": loss}, title="brokers"),
        cut=cut,
        cut_fails=cut_fails,
        exact=exact,
        how="exact" if exact else "sampled",
        error=error,
    )


@described("gap_worth")
def gap_worth(
    net: Network,
    sources: Ends,
    targets: Ends,
    gaps: Iterable[tuple[Any, Any]] | None = None,
    chance: float = 0.5,
    p: Chances = "probability",
    method: str = "auto",
    *,
    flow: str = "forward",
    budget: float = 5e7,
    samples: int = 100_000,
    seed: int | None = None,
    progress: Progress = None,
) -> Result:
    """
    Parameters
    ----------
    net
        The network; an undirected tie carries both ways.
    sources, targets, p, method, flow, budget, samples, seed, progress
        As in :func:`linkpin.reliability`.
    gaps
        Pairs of names that a new tie would join, along the flow of knowledge; None for every pair without a tie, in
        networks of up to 300 vertices.
    chance
        With what chance a new tie would carry.

    The result's ``.table`` has from, to and gain (what the chance of arriving would gain), largest first; ``.value`` is
    the chance as it is, ``.error`` the largest standard error of a sampled gain.
    """
    if gaps is None:
        if net.n > 300:
            raise _core.InputError(f"gap_worth: gaps = None: {net.n} vertices have too many pairs; name the gaps")
        tails, heads = (net.sources, net.targets) if flow == "forward" else (net.targets, net.sources)
        tied = np.eye(net.n, dtype=bool)
        tied[tails, heads] = True
        if not net.directed:
            tied |= tied.T
            tied |= np.tri(net.n, dtype=bool)
        start, end = (a.astype(np.int32) for a in np.nonzero(~tied))
    else:
        pairs = list(gaps)
        odd = next((pair for pair in pairs if isinstance(pair, str) or len(pair) != 2), None)
        if odd is not None:
            raise _core.InputError(f"gap_worth: gaps = {odd!r}: give pairs of names, from and to")
        start = net.ids([a for a, _ in pairs]) if pairs else np.array([], dtype=np.int32)
        end = net.ids([b for _, b in pairs]) if pairs else np.array([], dtype=np.int32)
    gain, value, exact, error, provenance = _core.gap_worth(
        net._net,
        ends("gap_worth", "sources", net, sources),
        ends("gap_worth", "targets", net, targets),
        start,
        end,
        chance,
        chances(net, p),
        flow,
        method,
        budget,
        samples,
        drawn_seed(seed),
        progress,
    )
    order = np.argsort(-gain, kind="stable")
    names = np.array(net.names, dtype=object)
    table = Table({"from": names[start[order]], "to": names[end[order]], "gain": gain[order]}, title="worth of gaps")
    how = "exact" if exact else "sampled"
    return Result(provenance, net=net, value=value, table=table, exact=exact, how=how, error=error)
