"""What the benchmarks share: graphs, the libraries that hold them, the clock, and tasks that answer with a row."""

from __future__ import annotations

import importlib
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
SIZES = {"tiny": (30, 120), "s": (10_000, 100_000), "m": (100_000, 1_000_000), "l": (1_000_000, 10_000_000)}


@dataclass(frozen=True)
class Options:
    """How the run was asked for."""

    rounds: int = 5
    threads: int = 2
    slow: float = 4.0  # seconds after which a library is not asked a second time


@dataclass(frozen=True)
class Task:
    """One row of a table: `run` returns the cells after the name and the graph."""

    section: str
    name: str
    size: str
    run: Callable[[Options], list[str]]
    held: str = ""  # tasks that hold the same graphs share a process

    @property
    def process(self) -> str:
        return self.held or f"{self.section} {self.name} {self.size}"


@dataclass(frozen=True, eq=False)
class Graph:
    """The same ties for every library."""

    directed: bool
    n: int
    source: npt.NDArray[np.int64]
    target: npt.NDArray[np.int64]


@cache
def rmat(n: int, m: int, directed: bool = True) -> Graph:
    """Return distinct ties without loops, in the skew of R-MAT (0.57, 0.19, 0.19, 0.05), vertices shuffled."""
    random = np.random.default_rng(2026)
    bits = int(np.ceil(np.log2(n)))
    renamed = random.permutation(1 << bits)
    keys = np.empty(0, dtype=np.int64)
    while len(keys) < m:
        u, v = np.zeros((2, m), dtype=np.int64)
        for _ in range(bits):
            drawn = random.random(m, dtype=np.float32)
            lower = drawn >= 0.76
            u, v = 2 * u + lower, 2 * v + (((drawn >= 0.57) & ~lower) | (drawn >= 0.95))
        u, v = renamed[u] % n, renamed[v] % n
        if not directed:
            u, v = np.minimum(u, v), np.maximum(u, v)
        keys = np.union1d(keys, (u * n + v)[u != v])
    keys = random.permutation(keys)[:m]
    return Graph(directed, n, keys // n, keys % n)


def network(g: Graph, weight: Any = None) -> Any:
    import linkpin

    return linkpin.Network.from_edges(g.source, g.target, weight, directed=g.directed, nodes=g.n)


def _igraph(g: Graph) -> Any:
    import igraph

    return igraph.Graph(g.n, np.column_stack([g.source, g.target]), directed=g.directed)


def _networkx(g: Graph) -> Any:
    import networkx

    graph = networkx.DiGraph() if g.directed else networkx.Graph()
    graph.add_nodes_from(range(g.n))
    graph.add_edges_from(zip(g.source.tolist(), g.target.tolist(), strict=True))
    return graph


def _networkit(g: Graph) -> Any:
    import networkit

    ends = (g.source.astype(np.uint64), g.target.astype(np.uint64))
    return networkit.GraphFromCoo(ends, n=g.n, directed=g.directed)


def _scipy(g: Graph) -> Any:
    from scipy import sparse

    a = sparse.csr_array((np.ones(len(g.source)), (g.target, g.source)), shape=(g.n, g.n))
    return a if g.directed else (a + a.T).tocsr()


BUILDERS = {"linkpin": network, "igraph": _igraph, "networkit": _networkit, "scipy": _scipy, "networkx": _networkx}


@cache
def held(library: str, size: str, directed: bool) -> Any:
    """Return a library's own form of a graph, made once and outside the clock."""
    return BUILDERS[library](rmat(*SIZES[size], directed))


def version(library: str) -> str | None:
    """Return the version of what installs here; None where it does not."""
    try:
        return str(getattr(importlib.import_module(library), "__version__", "?"))
    except ImportError:
        return None


def clock(call: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    answer = call()
    return time.perf_counter() - start, answer


def median(call: Callable[[], Any], options: Options, rounds: int = 0) -> float:
    """Return the median seconds; what is slow is called once."""
    taken: list[float] = []
    while len(taken) < (rounds or options.rounds):
        taken.append(clock(call)[0])
        if taken[-1] > options.slow:
            break
    return statistics.median(taken)


def differs(a: Any, b: Any, tolerance: float) -> bool:
    """Return whether answers differ by more than a share of the largest value; NaN equals NaN."""
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    scale = float(np.nanmax(np.abs(a), initial=1.0))
    return a.shape != b.shape or not np.allclose(a, b, rtol=tolerance, atol=tolerance * scale, equal_nan=True)


def show(seconds: float) -> str:
    for unit, factor in (("s", 1.0), ("ms", 1e3)):
        if seconds * factor >= 1:
            return f"{seconds * factor:.3g} {unit}"
    return f"{seconds * 1e6:.3g} µs"


def verdict(met: bool | None) -> str:
    return "" if met is None else "yes" if met else "**no**"


Call = Callable[[], Any]


def compare(
    calls: Mapping[str, Call],
    tolerance: float,
    wanted: Mapping[str, float],
    options: Options,
    scale: Mapping[str, float] | None = None,
) -> list[str]:
    """Let the libraries take turns, linkpin first; return its time, the peers', what was wanted and whether it is met.

    A call may return a function, which makes its answer comparable when the clock has stopped. `wanted` is by peer,
    "best" for whichever is the fastest; `scale` multiplies the seconds of a peer that was asked a part of the question.
    """
    times: dict[str, list[float]] = {name: [] for name in calls}
    wrong: dict[str, str] = {}
    ours: Any = None
    for _ in range(options.rounds):
        for name, call in calls.items():
            if name in wrong or (times[name] and times[name][0] > options.slow):
                continue
            try:
                seconds, answer = clock(call)
                if callable(answer):
                    answer = answer()
            except Exception as error:  # a peer's failure is a cell, not the end
                if name == "linkpin":
                    raise
                wrong[name] = f"fails ({type(error).__name__}: {str(error)[:60]})"
                continue
            if name == "linkpin" and ours is None:
                ours = answer
            elif differs(ours, answer, tolerance):
                if name == "linkpin":
                    raise RuntimeError("linkpin answers something else the second time")
                wrong[name] = "answers something else"
                continue
            times[name].append(seconds)
    found = {
        name: statistics.median(t) * (scale or {}).get(name, 1.0) for name, t in times.items() if name not in wrong
    }
    own = found.pop("linkpin")
    order = sorted(found, key=lambda name: found[name])
    cells = [f"{name} {show(found[name])} ({found[name] / own:.3g}x)" for name in order]
    cells += [f"{name} {why}" for name, why in wrong.items()]
    asked = {
        who: (found[order[0]] if who == "best" and order else found.get(who), least) for who, least in wanted.items()
    }
    met = all(peer >= least * own for peer, least in asked.values() if peer is not None)
    known = any(peer is not None for peer, _ in asked.values())
    said = ", ".join(f"{least:g}x" if who == "best" else f"{least:g}x {who}" for who, least in wanted.items())
    return [show(own), ", ".join(cells) or "none installs", said, verdict(met if known else None)]


@dataclass
class Comparison:
    """One question on one graph: by library, a call that answers it from what the library holds."""

    name: str
    size: str
    directed: bool
    calls: dict[str, Callable[[Any], Any]]
    wanted: dict[str, float] = field(default_factory=dict)
    tolerance: float = 1e-9
    repeat: int = 1

    def __call__(self, options: Options) -> list[str]:
        def repeated(library: str) -> Call:
            graph = held(library, self.size, self.directed)  # built before the clock starts

            def call() -> Any:
                for _ in range(self.repeat):
                    answer = self.calls[library](graph)
                return answer

            return call

        there = [name for name in self.calls if version(name) is not None]
        return compare({name: repeated(name) for name in there}, self.tolerance, self.wanted, options)

    def task(self) -> Task:
        kind = "directed" if self.directed else "undirected"
        return Task("peers", self.name, self.size, self, held=f"{self.size} {kind}")


def alone(code: str, *arguments: str) -> str:
    """Return what a fresh process prints, which has the benchmarks' folder and linkpin on its path."""
    here = str(Path(__file__).resolve().parent)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([here, *filter(None, sys.path)])}
    done = subprocess.run([sys.executable, "-c", code, *arguments], env=environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr.strip().splitlines()[-1] if done.stderr.strip() else f"ended {done.returncode}")
    return done.stdout
