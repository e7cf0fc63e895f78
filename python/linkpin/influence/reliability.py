"""Reliability: the chance that at least one whole path carries."""

from __future__ import annotations

from linkpin import _core
from linkpin.catalogue import described
from linkpin.influence._ends import Chances, Ends, chances, drawn_seed, ends
from linkpin.measures._arguments import Progress
from linkpin.network import Network
from linkpin.result import Result

__all__ = ["reliability"]


@described("reliability")
def reliability(
    net: Network,
    sources: Ends,
    targets: Ends,
    p: Chances = "probability",
    method: str = "auto",
    *,
    flow: str = "forward",
    budget: float = 5e7,
    samples: int = 100_000,
    level: float = 0.95,
    seed: int | None = None,
    threads: int = 0,
    progress: Progress = None,
) -> Result:
    """
    Parameters
    ----------
    net
        The network; an undirected tie carries both ways.
    sources, targets
        Names or numbers of vertices: the path may start at any source and end at any target.
    p
        The chance of each tie: a tie column, one number a tie, or one number for all.
    method
        ``"exact"`` refuses, with an estimate, what would take more than ``budget``; ``"sampled"`` draws; ``"bounds"``
        gives what is certain; ``"auto"`` is exact where that is affordable, and sampled else.
    budget
        Outcomes that an exact answer may look at; ten million take a few seconds.
    samples, level, seed
        Of a sampled answer: how many replicates, the level of Wilson's interval, and the seed (None draws one).

    The result has ``.value``, ``.bounds`` (certain), ``.interval`` (of a sampled answer), ``.exact``, ``.how``,
    ``.outcomes`` (looked at, or estimated), and ``.vertices`` and ``.ties_left`` of the largest part that could not be
    reduced.
    """
    value, bounds, interval, how, exact, outcomes, vertices, ties, provenance = _core.reliability(
        net._net,
        ends("reliability", "sources", net, sources),
        ends("reliability", "targets", net, targets),
        chances(net, p),
        flow,
        method,
        budget,
        samples,
        level,
        drawn_seed(seed),
        threads,
        progress,
    )
    result = Result(
        provenance,
        net=net,
        value=value,
        how=how,
        bounds=bounds,
        exact=exact,
        outcomes=outcomes,
        vertices=vertices,
        ties_left=ties,
    )
    if result.how == "sampled":
        result.interval = interval
        result.interval_of = f"Monte Carlo error alone, Wilson {level:.0%}"
    return result
