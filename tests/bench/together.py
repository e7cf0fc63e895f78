"""linkpin beside itself: many sources at once and one at a time, and many replicates of a whole scorecard."""

from __future__ import annotations

import resource
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import linkpin as lp
import numpy as np
from common import SIZES, Options, Task, clock, differs, median, network, rmat, show, verdict


@cache
def large() -> tuple[Any, Any, Any]:
    """Return ten million ties between random pairs, 64 sources and 10,000 targets."""
    rng = np.random.default_rng(1)
    n, m = 1_000_000, 10_000_000
    net = lp.Network.from_edges(rng.integers(0, n, m), rng.integers(0, n, m), nodes=n)
    return net, rng.choice(n, 64, replace=False), rng.choice(n, n // 100, replace=False)


def reach(options: Options) -> list[str]:
    net, sources, targets = large()
    one = median(lambda: lp.reach(net, sources[:1], targets), options, 3)
    many = median(lambda: lp.reach(net, sources, targets), options, 3)
    return [f"64 {show(many)}, one {show(one)}: {many / one:.2f} times", "at most 3 times", verdict(many <= 3 * one)]


def katz(skewed: bool) -> Callable[[Options], list[str]]:
    """Single runs are timed on eight of the sources and taken 8 times. The step is half of the largest it may be."""

    def run(options: Options) -> list[str]:
        net, sources, _ = large()
        if skewed:
            net = network(rmat(*SIZES["l"]))
        step = 0.5 / lp.eigenvector(net).eigenvalue
        starts = np.zeros((64, net.n))
        starts[np.arange(64), sources] = 1
        singles = [
            clock(lambda s=s: lp.katz(net, step, personalisation=s, threads=options.threads)) for s in starts[:8]
        ]
        together, answer = clock(lambda: lp.katz(net, step, personalisation=starts, threads=options.threads))
        if any(differs(answer.matrix[k], single.values, 1e-9) for k, (_, single) in enumerate(singles)):
            raise RuntimeError("columns differ from single runs")
        alone = 8 * sum(seconds for seconds, _ in singles)
        measured = f"together {show(together)}, 64 runs {show(alone)} (from 8): {alone / together:.2f}x"
        return [measured, "4x", verdict(alone >= 4 * together)]

    return run


def survey(density: float = 0.05, n: int = 200) -> lp.Network:
    rng = np.random.default_rng(1)
    tied = (rng.random((n, n)) < density) & ~np.eye(n, dtype=bool)
    return lp.Network.from_edges(*np.nonzero(tied), nodes=n, groups=[f"sector {i % 5}" for i in range(n)])


def unanswered(net: lp.Network) -> lp.Network:
    """The same survey as reports, of which every tenth organisation gave none."""
    tied = set(zip(net.sources.tolist(), net.targets.tolist(), strict=True))
    pairs = [(u, v) for u in range(net.n) for v in range(net.n) if u != v]
    silent = [u % 10 == 0 for u, _ in pairs]
    reports = {
        "respondent": [net.names[u] for u, _ in pairs],
        "from": [net.names[u] for u, _ in pairs],
        "to": [net.names[v] for _, v in pairs],
        "state": ["did not respond" if s else "answered" for s in silent],
        "value": [float("nan") if s else float(p in tied) for s, p in zip(silent, pairs, strict=True)],
    }
    eco = lp.Ecosystem.from_columns({"id": net.names, "sector": net.vertices["group"]}, None, reports)
    return eco.network()


def processor(call: Callable[[], Any]) -> float:
    """Return the seconds of all threads together."""
    begun = resource.getrusage(resource.RUSAGE_SELF)
    call()
    ended = resource.getrusage(resource.RUSAGE_SELF)
    return ended.ru_utime + ended.ru_stime - begun.ru_utime - begun.ru_stime


def scorecard(net: lp.Network, options: Options) -> list[str]:
    """Processor time stands beside: half of it is what two idle cores take."""

    def call() -> Any:
        return lp.scorecard(net, replicates=1000, seed=1, threads=options.threads)

    busy = processor(call)
    taken = median(call, options, 3)
    return [f"{show(taken)} (processor time {show(busy)})", "under 5 s", verdict(taken < 5)]


def five_scores(options: Options) -> list[str]:
    net, five = survey(), ["density", "reciprocity", "ei_index", "centralization", "transitivity"]
    more = {"groups": "group", "replicates": 1000, "seed": 1, "threads": options.threads}
    return [show(median(lambda: lp.bootstrap(net, five, **more), options, 3)), "", ""]


def tasks() -> Iterator[Task]:
    yield Task("own", "reach from 64 sources beside one", "l", reach, "large")
    for skewed, drawn in ((True, "R-MAT"), (False, "ties at random")):
        yield Task("own", f"Katz from 64 sources beside 64 single runs, {drawn}", "l", katz(skewed), "large")
    yield Task("own", "five scores, 1,000 replicates, 200 organisations", "-", five_scores, "survey")
    surveys = {
        "all answered": lambda: survey(),
        "a tenth silent": lambda: unanswered(survey()),
        "denser": lambda: survey(0.15),
        "denser, a tenth silent": lambda: unanswered(survey(0.15)),
    }
    for which, made in surveys.items():
        name = f"whole scorecard, 1,000 replicates, 200 organisations, {which}"
        yield Task("own", name, "-", lambda options, made=made: scorecard(made(), options), "survey")
