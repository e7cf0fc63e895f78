#!/usr/bin/env python3
"""How fast spread and the choice of seeds are beside what else installs, on the same network in one run.

    tests/bench/diffusion.py [--edges FILE] [--seeds 50] [--simulations 100] [--outcomes 1000] [--rounds 3]

Peers are used as their own documentation does: cynetdiff and ndlib simulate; no peer chooses seeds, so plain lazy
greedy (CELF) on cynetdiff's simulations stands for what their users write. FILE has "n m" and then "tail head chance"
a line (NetHEPT's form); without it an R-MAT network of 10,000 vertices with chances of 1 / ties into the head is made.
The spread of every choice is judged by the same 10,000 fresh outcomes. Prints seconds and ratios; only ratios of one
run count.
"""

from __future__ import annotations

import argparse
import heapq
import statistics
import time
from collections.abc import Callable
from typing import Any

import linkpin as lp
import numpy as np
import numpy.typing as npt
from common import SIZES, rmat


def read(path: str | None) -> tuple[int, npt.NDArray[Any], npt.NDArray[Any], npt.NDArray[np.float64]]:
    """Return number of vertices, tails, heads and chances."""
    if path is None:
        g = rmat(*SIZES["s"])
        return g.n, g.source, g.target, 1.0 / np.bincount(g.target, minlength=g.n)[g.target]
    with open(path, encoding="utf-8") as file:
        n = int(file.readline().split()[0])
    rows = np.loadtxt(path, skiprows=1)
    return n, rows[:, 0].astype(int), rows[:, 1].astype(int), rows[:, 2]


def clocked(call: Callable[[], Any], rounds: int) -> tuple[float, Any]:
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        answer = call()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken), answer


def cynetdiff_model(n: int, tails: Any, heads: Any, chances: Any) -> Any:
    from cynetdiff.models import IndependentCascadeModel

    order = np.argsort(tails, kind="stable")
    starts = np.searchsorted(tails[order], np.arange(n)).astype(np.uint32)
    return IndependentCascadeModel(
        starts, heads[order].astype(np.uint32), activation_probs=chances[order].astype(np.float32)
    )


def simulated(model: Any, seeds: list[int], outcomes: int) -> float:
    model.set_seeds(seeds)
    total = 0
    for _ in range(outcomes):
        model.reset_model()
        model.advance_until_completion()
        total += model.get_num_activated_nodes()
    return total / outcomes


def celf(model: Any, n: int, k: int, simulations: int) -> list[int]:
    """Leskovec et al. 2007: greedy, asking again only for the vertex that leads."""
    heap = [(-simulated(model, [v], simulations), v, 0) for v in range(n)]
    heapq.heapify(heap)
    chosen: list[int] = []
    reached = 0.0
    while len(chosen) < k:
        gain, v, asked = heapq.heappop(heap)
        if asked == len(chosen):
            chosen.append(v)
            reached -= gain
        else:
            heapq.heappush(heap, (reached - simulated(model, [*chosen, v], simulations), v, len(chosen)))
    return chosen


def ndlib_spread(n: int, tails: Any, heads: Any, chances: Any, seeds: list[int], outcomes: int) -> Callable[[], float]:
    import networkx
    from ndlib.models.epidemics import IndependentCascadesModel
    from ndlib.models.ModelConfig import Configuration

    graph = networkx.DiGraph()
    graph.add_nodes_from(range(n))
    graph.add_edges_from(zip(tails.tolist(), heads.tolist(), strict=True))
    config = Configuration()
    config.add_model_initial_configuration("Infected", seeds)
    for u, v, p in zip(tails.tolist(), heads.tolist(), chances.tolist(), strict=True):
        config.add_edge_configuration("threshold", (u, v), p)

    def run() -> float:
        total = 0
        for _ in range(outcomes):
            model = IndependentCascadesModel(graph)
            model.set_initial_status(config)
            while True:
                counts = model.iteration()["node_count"]
                if counts[1] == 0:
                    break
            total += counts[2]
        return total / outcomes

    return run


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--edges")
    options.add_argument("--seeds", type=int, default=50)
    options.add_argument("--simulations", type=int, default=100)
    options.add_argument("--outcomes", type=int, default=1000)
    options.add_argument("--rounds", type=int, default=3)
    given = options.parse_args()
    n, tails, heads, chances = read(given.edges)
    net = lp.Network.from_edges(tails, heads, chances, nodes=n)
    print(f"{n:,} vertices, {len(tails):,} ties, {given.seeds} seeds")

    def judge(seeds: Any) -> str:
        spread = lp.spread(net, seeds, p="weight", method="sampled", seed=99)
        return f"reaches {spread.value:.1f} ({spread.interval[0]:.1f} to {spread.interval[1]:.1f})"

    ours, choice = clocked(lambda: lp.choose_seeds(net, given.seeds, p="weight", seed=1), given.rounds)
    print(f"choice, linkpin: {ours:.3g} s; {judge(choice.seeds)}", flush=True)
    seeds = net.ids(choice.seeds).tolist()
    spread, ours_reached = clocked(
        lambda: lp.spread(net, seeds, p="weight", method="sampled", replicates=given.outcomes, seed=2), given.rounds
    )
    print(f"spread, linkpin: {spread:.3g} s for {given.outcomes:,} outcomes; {ours_reached.value:.1f}", flush=True)
    try:
        model = cynetdiff_model(n, tails, heads, chances)
        taken, reached = clocked(lambda: simulated(model, seeds, given.outcomes), given.rounds)
        print(f"spread, cynetdiff: {taken:.3g} s ({taken / spread:.3g}x); {reached:.1f}", flush=True)
        taken, chosen = clocked(lambda: celf(model, n, given.seeds, given.simulations), 1)
        print(f"choice, CELF on cynetdiff: {taken:.3g} s ({taken / ours:.3g}x); {judge(chosen)}", flush=True)
    except ImportError:
        print("cynetdiff is not installed")
    try:
        few = max(1, given.outcomes // 20)
        taken, reached = clocked(ndlib_spread(n, tails, heads, chances, seeds, few), 1)
        taken *= given.outcomes / few
        print(f"spread, ndlib: {taken:.3g} s ({taken / spread:.3g}x), from {few} outcomes; {reached:.1f}", flush=True)
    except ImportError:
        print("ndlib is not installed")


if __name__ == "__main__":
    main()
