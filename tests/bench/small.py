"""Surveys: what a call costs on 30 organisations, and whether a second thread ever makes a kernel slower."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from typing import Any

import linkpin as lp
import numpy as np
from common import Options, Task, clock, show, verdict

Kernel = Callable[[Any, int], Any]


def network(n: int) -> lp.Network:
    rng = np.random.default_rng(n)
    tied = (rng.random((n, n)) < min(0.5, 8 / n)) & ~np.eye(n, dtype=bool)
    weight = rng.integers(1, 5, int(tied.sum())).astype(float)
    return lp.Network.from_edges(*np.nonzero(tied), weight, nodes=n, groups=[str(i % 4) for i in range(n)])


def plain(name: str, **more: Any) -> Kernel:
    call = getattr(lp, name)
    return lambda net, threads: call(net, threads=threads, **more)


def matrix(net: lp.Network) -> Any:
    return net.to_scipy().toarray().astype(float)


KERNELS: dict[str, Kernel] = {
    **{
        name: plain(name)
        for name in (
            *("betweenness", "closeness", "harmonic", "eccentricity", "diameter", "mean_distance", "distances"),
            *("eigenvector", "pagerank", "hits", "constraint", "effective_size", "efficiency", "hierarchy"),
            *("clustering", "transitivity", "triad_census", "sampled_betweenness", "percolation", "fragmentation"),
        )
    },
    "katz": plain("katz", alpha=0.01),
    "betweenness, lengths": plain("betweenness", lengths="weight"),
    "pagerank, 64 starts": lambda net, threads: lp.pagerank(net, personalisation=np.eye(net.n)[:64], threads=threads),
    "brokerage, 99 permutations": plain("brokerage", groups="group", permutations=99),
    "key players, 3": plain("key_players", k=3),
    "communities": plain("communities"),
    "bootstrap, 100 replicates": plain("bootstrap", statistic="density", replicates=100, seed=1),
    "permutation test, 99": plain("permutation_test", statistic="ei_index", groups="group", permutations=99, seed=1),
    "QAP, 99": lambda net, threads: lp.qap(net, net.reversed(), permutations=99, seed=1, threads=threads),
    "MRQAP, 99": lambda net, threads: lp.mrqap(net, {"x": net.reversed()}, permutations=99, seed=1, threads=threads),
    "spread": lambda net, threads: lp.spread(net, net.names[:3], p=0.1, method="sampled", seed=1, threads=threads),
    "seed choice": lambda net, threads: lp.choose_seeds(net, 3, p=0.1, method="sampled", seed=1, threads=threads),
    "scorecard, 20 replicates": plain("scorecard", replicates=20),
}


def ratio(kernel: Kernel, net: lp.Network, seconds: float = 0.25) -> float:
    """Return time of two threads over time of one: the median of many turns, each the least of a few calls."""
    once = max(clock(lambda: kernel(net, 1))[0], clock(lambda: kernel(net, 2))[0])
    calls = max(1, min(200, int(0.005 / once)))
    turns = max(3, min(15, int(seconds / (2 * calls * once))))

    def batch(threads: int) -> float:
        return clock(lambda: [kernel(net, threads) for _ in range(calls)])[0]

    ones, twos = zip(*((batch(1), batch(2)) for _ in range(turns)), strict=True)
    return statistics.median(twos) / statistics.median(ones)


def threads(name: str) -> Callable[[Options], list[str]]:
    """A ratio up to 1.05 is taken for the clock's own noise."""

    def run(_: Options) -> list[str]:
        found = [ratio(KERNELS[name], network(n)) for n in (30, 100, 500)]
        return [*(f"{r:.2f}" for r in found), verdict(max(found) <= 1.05)]

    return run


def overhead(options: Options) -> list[str]:
    """What the cheapest measure costs by way of Python: nearly nothing but the call."""
    net, turns = network(30), range(2 + options.rounds)
    taken = {
        name: min(clock(lambda call=call: [call(net) for _ in range(1000)])[0] for _ in turns) / 1000
        for name, call in (
            ("density", lp.density),
            ("degree", lp.degree),
            ("coreness", lp.coreness),
            ("constraint", lp.constraint),
            ("PageRank", lp.pagerank),
        )
    }
    measured = ", ".join(f"{name} {show(seconds)}" for name, seconds in taken.items())
    return [measured, "density under 20 µs", verdict(taken["density"] < 20e-6)]


def ten_thousand(_: Options) -> list[str]:
    net = network(30)
    taken = clock(lambda: [lp.betweenness(net) for _ in range(10_000)])[0]
    return [show(taken), "under 1 s", verdict(taken < 1)]


def tasks() -> Iterator[Task]:
    yield Task("own", "a call from Python, 30 vertices", "-", overhead, "small")
    yield Task("own", "10,000 runs of betweenness, 30 vertices", "-", ten_thousand, "small")
    for name in KERNELS:
        yield Task("small", name, "-", threads(name), "threads")
