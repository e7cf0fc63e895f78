"""How time and memory grow with the ties, and what share of the machine's bandwidth a kernel draws.

Memory is the peak above what the process holds before the call. Bandwidth is a triad of doubles on all threads, in the
same process; a kernel's traffic is the least it could do: every array it must read or write, once a sweep. Gathering at
random costs more than that, so a share below one is not all time to be won.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

import linkpin as lp
import numpy as np
from common import Options, Task, clock, network, rmat, show

TIES = (10_000, 100_000, 1_000_000, 10_000_000)
Traffic = Callable[[int, int], float]


def rows(n: int, m: int) -> float:
    """Bytes of one direction's rows, and of a vector of doubles that is read and one that is written."""
    return 4 * m + 4 * n + 16 * n


# The call, and for kernels that memory bounds the bytes of a sweep from vertices and ties.
KERNELS: dict[str, tuple[Callable[[Any, int], Any], Traffic | None]] = {
    "PageRank to 1e-6": (lambda net, threads: lp.pagerank(net, tolerance=1e-6, threads=threads), rows),
    "Katz": (lambda net, threads: lp.katz(net, 1e-5, threads=threads), rows),
    "weak components": (lambda net, _: lp.components(net), lambda n, m: 4 * m + 4 * n + 8 * n),
    "coreness": (lambda net, _: lp.coreness(net), lambda n, m: 8 * m + 8 * n + 8 * n),
    "articulation points": (lambda net, _: lp.articulation_points(net), None),
    "local clustering": (lambda net, threads: lp.clustering(net, threads=threads), None),
    "Burt's constraint": (lambda net, threads: lp.constraint(net, threads=threads), None),
    "betweenness, 64 pivots": (lambda net, threads: lp.betweenness(net, pivots=64, seed=1, threads=threads), None),
    "reach, 64 sources": (lambda net, _: lp.reach(net, np.arange(64), np.arange(64, 128)), None),
    "percolation, 10 orders": (lambda net, threads: lp.percolation(net, orders=10, threads=threads), None),
}


@cache
def grown(ties: int) -> Any:
    return network(rmat(ties // 10, ties))


@cache
def bandwidth(threads: int) -> float:
    """Return bytes a second of a = b + s c: the best of five, blocks small enough that `a` is written once."""
    block, blocks = 1 << 14, 1 << 11
    a, b, c = (np.full(block * blocks, value) for value in (0.0, 1.0, 2.0))

    def share(part: int) -> None:
        for first in range(part * block, len(a), threads * block):
            some = slice(first, first + block)
            np.multiply(c[some], 3.0, out=a[some])
            np.add(a[some], b[some], out=a[some])

    with ThreadPoolExecutor(threads) as pool:
        return 24 * len(a) / min(clock(lambda: list(pool.map(share, range(threads))))[0] for _ in range(5))


def held_bytes(field: str) -> int:
    """Return VmRSS or VmHWM of this process."""
    status = Path("/proc/self/status").read_text()
    return 1024 * int(status.split(f"{field}:")[1].split()[0])


def peak(call: Callable[[], Any]) -> int:
    """Return how far a call rises above what is held; what earlier calls freed is given back first."""
    ctypes.CDLL(None).malloc_trim(0)
    Path("/proc/self/clear_refs").write_text("5")  # the peak starts anew
    before = held_bytes("VmRSS")
    call()
    return max(held_bytes("VmHWM") - before, 0)


def exponent(values: list[float]) -> str:
    """Return the fitted power of the ties, from 1e5 on: below, calls cost more than ties."""
    y = np.array(values[1:])
    if (y <= 0).any():
        return "-"
    return f"{np.polyfit(np.log(TIES[1:]), np.log(y), 1)[0]:.2f}"


def task(name: str) -> Callable[[Options], list[str]]:
    def run(options: Options) -> list[str]:
        kernel, traffic = KERNELS[name]
        seconds, bytes_ = [], []
        for ties in TIES:
            net = grown(ties)
            rounds = options.rounds if ties <= 1_000_000 else min(options.rounds, 2)
            taken = [clock(lambda net=net: kernel(net, options.threads)) for _ in range(rounds)]
            seconds.append(min(t for t, _ in taken))
            result = taken[-1][1]
            bytes_.append(float(peak(lambda net=net: kernel(net, options.threads))))
        cells = [f"{show(t)} ({b / 1e6:.3g} MB)" for t, b in zip(seconds, bytes_, strict=True)]
        share = ""
        if traffic is not None:
            sweeps = result.convergence["iterations"] if name in ("PageRank to 1e-6", "Katz") else 1
            drawn = sweeps * traffic(net.n, net.m) / seconds[-1]
            whole = bandwidth(options.threads)
            share = f"{drawn / whole:.0%} ({drawn / 1e9:.2g} of {whole / 1e9:.3g} GB/s)"
        return [*cells, f"{exponent(seconds)}, {exponent(bytes_)}", share]

    return run


def tasks() -> Iterator[Task]:
    for name in KERNELS:
        yield Task("growth", name, "-", task(name), "growth")
