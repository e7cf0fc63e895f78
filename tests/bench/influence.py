#!/usr/bin/env python3
"""Many sources at once beside one at a time, on ten million ties, and the main path of a large citation network.

Only ratios of one run count. Needs about 4 GB; --ties makes it smaller.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import linkpin as lp
import numpy as np

HEPTH = Path(__file__).parents[3] / "shared" / "data" / "cite_hepth" / "hep-th-new.net"


def seconds(work: Callable[[], Any], rounds: int) -> float:
    """Return the least time of some rounds."""
    best = float("inf")
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def main() -> None:
    """Print one line a comparison."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--ties", type=int, default=10_000_000)
    options.add_argument("--rounds", type=int, default=2)
    given = options.parse_args()
    rng = np.random.default_rng(1)
    n = given.ties // 10
    net = lp.Network.from_edges(rng.integers(0, n, given.ties), rng.integers(0, n, given.ties), nodes=n)
    sources = rng.choice(n, 64, replace=False)
    targets = rng.choice(n, n // 100, replace=False)
    one = seconds(lambda: lp.reach(net, sources[:1], targets), given.rounds)
    many = seconds(lambda: lp.reach(net, sources, targets), given.rounds)
    print(f"reach, {net.m:,} ties: 1 source {one:.2f} s, 64 sources {many:.2f} s: {many / one:.2f} times (at most 3)")
    starts = np.zeros((64, n))
    starts[np.arange(64), sources] = 1
    alpha = 0.02
    single = seconds(lambda: [lp.katz(net, alpha, personalisation=s) for s in starts[:4]], given.rounds) / 4
    together = seconds(lambda: lp.katz(net, alpha, personalisation=starts), 1)
    cheaper = 64 * single / together
    print(f"Katz: 1 source {single:.2f} s, 64 sources {together:.2f} s: {cheaper:.1f} times cheaper (aim: 4)")
    if HEPTH.exists():
        lines = HEPTH.read_text(errors="replace").splitlines()
        start = next(i for i, line in enumerate(lines) if line.lower().startswith("*arcs"))
        arcs = np.array([line.split()[:2] for line in lines[start + 1 :] if line.strip()], dtype=int) - 1
        cited = lp.Network.from_edges(arcs[:, 0], arcs[:, 1], nodes=27770)
        path = lp.main_path(cited)
        took = seconds(lambda: lp.main_path(cited), given.rounds)
        print(f"main path of hep-th: {took:.3f} s, {path.removed['kept']:,} ties kept, {path.total:.3e} paths")


if __name__ == "__main__":
    main()
