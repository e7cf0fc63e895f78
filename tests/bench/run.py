#!/usr/bin/env python3
"""How fast linkpin's kernels are beside those of other libraries, on the same graphs in one run.

    tests/bench/run.py [--sizes s,m] [--only betweenness,pagerank] [--rounds 3] [--threads 2] [--slow 60] [--markdown]

Sizes (R-MAT, vertices / ties): s 10,000 / 100,000, m 100,000 / 1,000,000, l 1,000,000 / 10,000,000; tiny is 30 / 120,
called over and over. A peer that is not installed is left out, and one that is known to take longer than `--slow`
seconds for a case is not asked. Every answer is compared with linkpin's before its time counts; a difference ends the
run. Prints, per case, the median of each library and how many times as long as linkpin it takes.
"""

from __future__ import annotations

import argparse
import importlib
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from types import ModuleType
from typing import Any

import numpy as np
import numpy.typing as npt

SIZES = {"tiny": (30, 120), "s": (10_000, 100_000), "m": (100_000, 1_000_000), "l": (1_000_000, 10_000_000)}
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Graph:
    """The same ties for every library; each makes its own form of them once, outside the clock."""

    size: str
    directed: bool
    n: int
    source: npt.NDArray[np.int64]
    target: npt.NDArray[np.int64]
    weight: Floats


@cache
def rmat(size: str, directed: bool) -> Graph:
    """Return distinct ties without loops, in the skew of R-MAT (0.57, 0.19, 0.19, 0.05), vertices shuffled."""
    n, m = SIZES[size]
    random = np.random.default_rng(2026)
    bits = int(np.ceil(np.log2(n)))
    renamed = random.permutation(1 << bits)
    keys = np.empty(0, dtype=np.int64)
    while len(keys) < m:
        u, v = np.zeros((2, m), dtype=np.int64)
        for _ in range(bits):
            quarter = np.searchsorted([0.57, 0.76, 0.95], random.random(m))
            u, v = 2 * u + (quarter >> 1), 2 * v + (quarter & 1)
        u, v = renamed[u] % n, renamed[v] % n
        if not directed:
            u, v = np.minimum(u, v), np.maximum(u, v)
        keys = np.union1d(keys, (u * n + v)[u != v])
    keys = random.permutation(keys)[:m]
    return Graph(size, directed, n, keys // n, keys % n, random.integers(1, 17, m).astype(float))


class Library:
    """A peer: how it holds a graph, and its version."""

    def __init__(self, name: str, module: str, build: Callable[[Graph], Any]) -> None:
        self.name = name
        self.build = cache(build)
        self.module: ModuleType | None
        try:
            self.module = importlib.import_module(module)
        except ImportError:
            self.module = None

    def __str__(self) -> str:
        return f"{self.name} {getattr(self.module, '__version__', '?')}"


def to_linkpin(g: Graph) -> Any:
    import linkpin

    return linkpin.Network.from_edges(g.source, g.target, g.weight, directed=g.directed, nodes=g.n)


def to_igraph(g: Graph) -> Any:
    import igraph

    graph = igraph.Graph(g.n, np.column_stack([g.source, g.target]), directed=g.directed)
    graph.es["weight"] = g.weight
    return graph


def to_networkx(g: Graph) -> Any:
    import networkx

    graph = networkx.DiGraph() if g.directed else networkx.Graph()
    graph.add_nodes_from(range(g.n))
    graph.add_edges_from(zip(g.source.tolist(), g.target.tolist(), strict=True))
    return graph


def to_networkit(g: Graph) -> Any:
    import networkit

    ends = (g.source.astype(np.uint64), g.target.astype(np.uint64))
    return networkit.GraphFromCoo(ends, n=g.n, directed=g.directed)


def to_scipy(g: Graph) -> Any:
    from scipy import sparse

    a = sparse.csr_array((np.ones(len(g.source)), (g.target, g.source)), shape=(g.n, g.n))
    return a if g.directed else (a + a.T).tocsr()


LIBRARIES = {
    library.name: library
    for library in (
        Library("linkpin", "linkpin", to_linkpin),
        Library("igraph", "igraph", to_igraph),
        Library("networkit", "networkit", to_networkit),
        Library("scipy", "scipy", to_scipy),
        Library("networkx", "networkx", to_networkx),
    )
}


@dataclass
class Case:
    """One question on one graph: by library, a call that answers it and the seconds it is known to take."""

    name: str
    graph: tuple[str, bool]
    tolerance: float
    calls: dict[str, Callable[[Any, Graph], Any]]
    seconds: dict[str, float] = field(default_factory=dict)
    repeat: int = 1


def pivots(g: Graph) -> list[int]:
    return [int(v) for v in np.random.default_rng(7).choice(g.n, 256, replace=False)]


def scipy_pagerank(a: Any, g: Graph, tolerance: float, restart: Floats | None = None) -> Floats:
    """Power iteration; `restart` has one column a walk."""
    leaving = np.asarray(a.sum(axis=0)).ravel()
    per_unit = np.divide(1.0, leaving, out=np.zeros(g.n), where=leaving > 0)
    fresh = np.full((g.n, 1), 1.0 / g.n) if restart is None else restart
    x = fresh.copy()
    change = np.inf
    while change * 0.85 / 0.15 > tolerance:
        stuck = x[leaving == 0].sum(axis=0)
        new = 0.85 * (a @ (per_unit[:, None] * x)) + (0.15 + 0.85 * stuck) * fresh
        change = np.abs(new - x).sum(axis=0).max()
        x = new
    return x.ravel() if restart is None else x.T.copy()


def restarts(g: Graph) -> Floats:
    columns = np.zeros((64, g.n))
    columns[np.arange(64), np.random.default_rng(9).choice(g.n, 64, replace=False)] = 1.0
    return columns


def networkit_run(name: str, *arguments: Any, **options: Any) -> Callable[[Any, Graph], Any]:
    def call(graph: Any, _: Graph) -> Any:
        import networkit

        return np.array(getattr(networkit.centrality, name)(graph, *arguments, **options).run().scores())

    return call


def by_vertex(name: str, **options: Any) -> Callable[[Any, Graph], Floats]:
    """Return a measure of networkx as an array."""

    def call(graph: Any, g: Graph) -> Floats:
        import networkx

        values = getattr(networkx, name)(graph, **options)
        return np.array([values[v] for v in range(g.n)])

    return call


def cases() -> Iterator[Case]:
    """Yield every case, the cheap ones first."""
    import linkpin as lp

    for directed in (False, True):
        kind = "directed" if directed else "undirected"
        yield Case(
            f"betweenness, exact, {kind}",
            ("s", directed),
            1e-9,
            {
                "linkpin": lambda net, g: lp.betweenness(net).values,
                "igraph": lambda graph, g: graph.betweenness(),
                "networkit": lambda graph, g: networkit_run("Betweenness")(graph, g) / (1 if g.directed else 2),
                "networkx": by_vertex("betweenness_centrality", normalized=False),
            },
            {"igraph": 20, "networkit": 30, "networkx": 1200},
        )
    yield Case(
        "betweenness, 256 sources",
        ("m", False),
        1e-9,
        {
            "linkpin": lambda net, g: lp.betweenness(net, sources=pivots(g)).values,
            "igraph": lambda graph, g: graph.betweenness(sources=pivots(g)),
        },
        {"igraph": 15},
    )
    yield Case(
        "betweenness, lengths, 256 sources",
        ("s", True),
        1e-9,
        {
            "linkpin": lambda net, g: lp.betweenness(net, lengths="weight", sources=pivots(g)).values,
            "igraph": lambda graph, g: graph.betweenness(weights="weight", sources=pivots(g)),
        },
    )
    yield Case(
        "harmonic",
        ("s", False),
        1e-9,
        {
            "linkpin": lambda net, g: lp.harmonic(net).values,
            "igraph": lambda graph, g: graph.harmonic_centrality(normalized=False),
            "networkit": networkit_run("HarmonicCloseness", False),
            "networkx": by_vertex("harmonic_centrality"),
        },
        {"igraph": 6, "networkit": 17, "networkx": 300},
    )
    yield Case(
        "closeness",
        ("s", False),
        1e-9,
        {
            "linkpin": lambda net, g: lp.closeness(net).values,
            "igraph": lambda graph, g: graph.closeness(normalized=False),
        },
        {"igraph": 6},
    )
    for size in ("m", "l"):
        # igraph's solver stops at 1e-10; the others at the same bound of the error.
        yield Case(
            "PageRank, 1e-10",
            (size, True),
            1e-9,
            {
                "linkpin": lambda net, g: lp.pagerank(net).values,
                "igraph": lambda graph, g: graph.pagerank(),
                "scipy": lambda a, g: scipy_pagerank(a, g, 1e-10),
            },
        )
        yield Case(
            "PageRank, 1e-6",
            (size, True),
            1e-6,
            {
                "linkpin": lambda net, g: lp.pagerank(net, tolerance=1e-6).values,
                "networkit": networkit_run("PageRank", 0.85, 1e-6),
                "scipy": lambda a, g: scipy_pagerank(a, g, 1e-6),
                "networkx": by_vertex("pagerank", tol=1e-6 / SIZES[size][0]),
            },
            {"networkx": 5 if size == "m" else 600},
        )
    yield Case(
        "PageRank from 64 sources, 1e-6",
        ("m", True),
        1e-6,
        {
            "linkpin": lambda net, g: lp.pagerank(net, personalisation=restarts(g), tolerance=1e-6).matrix,
            "scipy": lambda a, g: scipy_pagerank(a, g, 1e-6, restarts(g).T),
        },
    )
    yield Case(
        "eigenvector",
        ("m", False),
        1e-6,
        {
            "linkpin": lambda net, g: lp.eigenvector(net).values,
            "igraph": lambda graph, g: graph.eigenvector_centrality(),
        },
    )
    for name, call, peer in (
        ("betweenness", lp.betweenness, lambda graph, g: graph.betweenness()),
        ("harmonic", lp.harmonic, lambda graph, g: graph.harmonic_centrality(normalized=False)),
        ("PageRank", lp.pagerank, lambda graph, g: graph.pagerank()),
    ):
        ours = {"linkpin": lambda net, g, call=call: call(net).values, "igraph": peer}
        yield Case(f"{name}, 1,000 calls", ("tiny", False), 1e-9, ours, repeat=1000)


def timed(call: Callable[[Any, Graph], Any], held: Any, g: Graph, repeat: int) -> tuple[float, Floats]:
    start = time.perf_counter()
    for _ in range(repeat):
        answer = call(held, g)
    return time.perf_counter() - start, np.asarray(answer, dtype=float)


def differs(a: Floats, b: Floats, tolerance: float) -> bool:
    scale = np.nanmax(np.abs(a), initial=1.0)
    return a.shape != b.shape or not np.allclose(a, b, rtol=tolerance, atol=tolerance * scale, equal_nan=True)


def measure(case: Case, rounds: int, slow: float) -> dict[str, float]:
    """Return the median seconds by library; the libraries take turns."""
    g = rmat(*case.graph)
    asked = [name for name in case.calls if LIBRARIES[name].module is not None and case.seconds.get(name, 0) <= slow]
    times: dict[str, list[float]] = {name: [] for name in asked}
    ours: Floats | None = None
    for _ in range(rounds):
        for name in asked:
            seconds, answer = timed(case.calls[name], LIBRARIES[name].build(g), g, case.repeat)
            times[name].append(seconds)
            if ours is None:
                ours = answer
            elif differs(ours, answer, case.tolerance):
                sys.exit(f"{case.name}: {name} answers something else")
    return {name: statistics.median(taken) for name, taken in times.items()}


def show(seconds: float) -> str:
    return f"{1e3 * seconds:.3g} ms" if seconds < 1 else f"{seconds:.3g} s"


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sizes", default="tiny,s,m")
    options.add_argument("--only", default="", help="parts of the names of cases, separated by commas")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--threads", type=int, default=2)
    options.add_argument("--slow", type=float, default=60)
    options.add_argument("--markdown", action="store_true")
    given = options.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: given.threads])
    if LIBRARIES["networkit"].module is not None:
        LIBRARIES["networkit"].module.setNumberOfThreads(given.threads)

    there = [str(library) for library in LIBRARIES.values() if library.module is not None]
    print(f"{platform.machine()}, Python {platform.python_version()}, {given.threads} threads; {', '.join(there)}\n")
    names = [name for name in LIBRARIES if name != "linkpin"]
    columns = ["case", "graph", "linkpin", *names]
    widths = [36, 6, 10, *(20 for _ in names)]
    separator = " | " if given.markdown else "  "

    def line(cells: list[str]) -> None:
        padded = separator.join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
        print(f"| {padded} |" if given.markdown else padded, flush=True)

    line(columns)
    if given.markdown:
        line(["-" * width for width in widths])
    wanted = [part for part in given.only.split(",") if part]
    for case in cases():
        if case.graph[0] not in given.sizes.split(","):
            continue
        if wanted and not any(part.lower() in case.name.lower() for part in wanted):
            continue
        found = measure(case, given.rounds, given.slow)
        ours = found.pop("linkpin")
        peers = [f"{show(found[n])} ({found[n] / ours:.3g}x)" if n in found else "-" for n in names]
        line([case.name, case.graph[0], show(ours), *peers])
    return 0


if __name__ == "__main__":
    sys.exit(main())
