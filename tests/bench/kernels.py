"""The kernels beside those of other libraries: one comparison a question, the wanted ratios beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import linkpin as lp
import numpy as np
from common import SIZES, Call, Comparison, Floats, Options, Task, compare, held, network, rmat
from linkpin import _core


def few(size: str, count: int, seed: int = 7) -> list[int]:
    """Return some vertices, the same at every call."""
    return [int(v) for v in np.random.default_rng(seed).choice(SIZES[size][0], count, replace=False)]


def starts(size: str) -> Floats:
    columns = np.zeros((64, SIZES[size][0]))
    columns[np.arange(64), few(size, 64)] = 1.0
    return columns


def of_networkit(name: str, *arguments: Any, **options: Any) -> Callable[[Any], Any]:
    def call(graph: Any) -> Any:
        import networkit

        return getattr(networkit.centrality, name)(graph, *arguments, **options).run().scores()

    return call


def of_networkx(name: str, **options: Any) -> Callable[[Any], Floats]:
    def call(graph: Any) -> Floats:
        import networkx

        values = getattr(networkx, name)(graph, **options)
        return np.array([values[v] for v in range(len(graph))])

    return call


def scipy_walk(a: Any, tolerance: float, restart: Floats | None = None) -> Floats:
    """Power iteration for PageRank, one column a start."""
    n = a.shape[0]
    leaving = np.asarray(a.sum(axis=0)).ravel()
    per_unit = np.divide(1.0, leaving, out=np.zeros(n), where=leaving > 0)
    fresh = np.full((n, 1), 1.0 / n) if restart is None else restart.T
    x, change = fresh.copy(), np.inf
    while change * 0.85 / 0.15 > tolerance:
        stuck = x[leaving == 0].sum(axis=0)
        new = 0.85 * (a @ (per_unit[:, None] * x)) + (0.15 + 0.85 * stuck) * fresh
        change = np.abs(new - x).sum(axis=0).max()
        x = new
    return x.ravel() if restart is None else x.T.copy()


def scipy_constraint(a: Any) -> Floats:
    """Burt's constraint by a sparse product, in blocks of rows so that it fits."""
    n = a.shape[0]
    degree = np.asarray(a.sum(axis=1)).ravel()
    with np.errstate(divide="ignore"):
        share = a.multiply(np.where(degree > 0, 1.0 / degree, 0.0)[:, None]).tocsr()
    total = np.zeros(n)
    for first in range(0, n, 5000):
        rows = share[first : first + 5000]
        both = rows + (rows @ share).multiply(a[first : first + 5000] != 0)
        total[first : first + 5000] = np.asarray(both.multiply(both).sum(axis=1)).ravel()
    return np.where(degree > 0, total, np.nan)


def scipy_katz(a: Any, alpha: float) -> Floats:
    x, change = np.ones(a.shape[0]), np.inf
    while change > 1e-10 * np.abs(x).max():
        new = alpha * (a @ x) + 1.0
        change = np.abs(new - x).max()
        x = new
    return x


def unit(values: Any) -> Floats:
    values = np.asarray(values, dtype=float)
    return values / np.linalg.norm(values)


@cache
def alpha(size: str, directed: bool) -> float:
    """Return a step for Katz that is safe whatever the eigenvalue: below 1 over the largest degree."""
    g = rmat(*SIZES[size], directed)
    return 0.9 / float(np.bincount(g.source, minlength=g.n).max() + np.bincount(g.target, minlength=g.n).max())


def partition(membership: Any) -> Floats:
    """Return components numbered in order of their first vertices."""
    _, first, labels = np.unique(np.asarray(membership), return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[labels].astype(float)


def networkit_clustering(graph: Any) -> Call:
    """Return what makes those without two neighbours undefined, as others have it, out of the clock."""
    values = of_networkit("LocalClusteringCoefficient", True)(graph)
    return lambda: [x if graph.degree(v) > 1 else np.nan for v, x in enumerate(values)]


def igraph_cuts(graph: Any) -> Call:
    blocks, cuts = graph.biconnected_components(return_articulation_points=True)
    return lambda: [len(cuts), len(blocks), sum(len(b) for b in blocks)]


def networkit_cuts(graph: Any) -> Call:
    import networkit

    found = networkit.components.BiconnectedComponents(graph).run()

    def count() -> list[int]:
        blocks = [block for block in found.getComponents() if len(block) > 1]
        members = np.concatenate([np.asarray(block, dtype=np.int64) for block in blocks])
        return [int((np.bincount(members) > 1).sum()), len(blocks), len(members)]

    return count


def linkpin_cuts(net: Any) -> Call:
    """Call the core: numbers, and no names of a million vertices. Cuts are those in two sets, as for networkit."""
    sets, _ = _core.biconnected_components(net._net)

    def count() -> list[int]:
        members = np.concatenate([np.asarray(each) for each in sets])
        return [int((np.bincount(members) > 1).sum()), len(sets), len(members)]

    return count


def networkit_components(graph: Any) -> Call:
    import networkit

    found = networkit.components.ParallelConnectedComponents(graph).run()
    return lambda: partition(found.getPartition().getVector())


def scipy_components(a: Any) -> Call:
    from scipy.sparse.csgraph import connected_components

    labels = connected_components(a, directed=False)[1]
    return lambda: partition(labels)


def linkpin_components(net: Any) -> Call:
    labels, _, _ = _core.components(net._net, "weak")
    return lambda: partition(labels)


def igraph_components(graph: Any) -> Call:
    found = graph.connected_components()
    return lambda: partition(found.membership)


def networkit_katz(graph: Any) -> Floats:
    """networkit 11 starts from 1 and finds (1 + beta) times Katz less 1, which for a large beta is Katz."""
    return unit(of_networkit("KatzCentrality", alpha("l", True), 1e9, 1e-10)(graph))


def comparisons() -> Iterator[Comparison]:
    """Yield them with the smaller graphs first."""
    for directed, least in ((False, 15), (True, 8)):
        yield Comparison(
            f"betweenness, exact, {'directed' if directed else 'undirected'}",
            "s",
            directed,
            {
                "linkpin": lambda net: lp.betweenness(net).values,
                "igraph": lambda graph: graph.betweenness(),
                "networkit": lambda graph, half=2 - directed: np.array(of_networkit("Betweenness")(graph)) / half,
            },
            {"best": least},
        )
    yield Comparison(
        "harmonic, exact",
        "s",
        False,
        {
            "linkpin": lambda net: lp.harmonic(net).values,
            "igraph": lambda graph: graph.harmonic_centrality(normalized=False),
            "networkit": of_networkit("HarmonicCloseness", False),
        },
        {"best": 60},
    )
    yield Comparison(
        "closeness, exact",
        "s",
        False,
        {
            "linkpin": lambda net: lp.closeness(net).values,
            "igraph": lambda graph: graph.closeness(normalized=False),
        },
        {"best": 60},
    )
    yield Comparison(
        "betweenness, 256 pivots",
        "m",
        False,
        {
            "linkpin": lambda net: lp.betweenness(net, sources=few("m", 256)).values,
            "igraph": lambda graph: graph.betweenness(sources=few("m", 256)),
        },
        {"best": 7},
    )
    for size in ("m", "l"):
        calls = {"linkpin": lambda net: lp.constraint(net).values}
        if size == "m":  # on l they take hours, or more memory than there is
            calls["igraph"] = lambda graph: graph.constraint()
            calls["scipy"] = scipy_constraint
        yield Comparison("Burt's constraint", size, False, calls, {"igraph": 60, "best": 12} if size == "m" else {})
        yield Comparison(
            "local clustering",
            size,
            False,
            {
                "linkpin": lambda net: lp.clustering(net).values,
                "igraph": lambda graph: graph.transitivity_local_undirected(mode="nan"),
                "networkit": networkit_clustering,
            },
            {"best": 3 if size == "m" else 4},
        )
    yield Comparison(
        "PageRank to 1e-6",
        "l",
        True,
        {
            "linkpin": lambda net: lp.pagerank(net, tolerance=1e-6).values,
            "networkit": of_networkit("PageRank", 0.85, 1e-6),
            "scipy": lambda a: scipy_walk(a, 1e-6),
            "igraph": lambda graph: graph.pagerank(),  # always to 1e-10
        },
        {"networkit": 2.5},
        1e-6,
    )
    yield Comparison(
        "PageRank to 1e-6",
        "m",
        True,
        {
            "linkpin": lambda net: lp.pagerank(net, tolerance=1e-6).values,
            "networkit": of_networkit("PageRank", 0.85, 1e-6),
            "igraph": lambda graph: graph.pagerank(),
            "networkx": of_networkx("pagerank", tol=1e-6 / SIZES["m"][0]),
        },
        {},
        1e-6,
    )
    yield Comparison(
        "Katz",
        "l",
        True,
        {
            "linkpin": lambda net: unit(lp.katz(net, alpha("l", True)).values),
            "networkit": networkit_katz,
            "scipy": lambda a: unit(scipy_katz(a, alpha("l", True))),
        },
        {"networkit": 3},
        1e-6,
    )
    yield Comparison(
        "personalised PageRank, 64 sources, 1e-6",
        "m",
        True,
        {
            "linkpin": lambda net: lp.pagerank(net, personalisation=starts("m"), tolerance=1e-6).matrix,
            "scipy": lambda a: scipy_walk(a, 1e-6, starts("m")),
        },
        {"best": 9},
        1e-6,
    )
    yield Comparison(
        "coreness",
        "l",
        False,
        {
            "linkpin": lambda net: lp.coreness(net).values,
            "networkit": of_networkit("CoreDecomposition"),
            "igraph": lambda graph: graph.coreness(),
        },
        {"best": 1},
    )
    yield Comparison(
        "articulation points and biconnected components",
        "l",
        False,
        {"linkpin": linkpin_cuts, "igraph": igraph_cuts, "networkit": networkit_cuts},
        {"best": 4},
    )
    yield Comparison(
        "weak components",
        "l",
        False,
        {
            "linkpin": linkpin_components,
            "igraph": igraph_components,
            "networkit": networkit_components,
            "scipy": scipy_components,
        },
        {"best": 1},
    )
    for name, ours, theirs in (
        ("betweenness", lp.betweenness, lambda graph: graph.betweenness()),
        ("harmonic", lp.harmonic, lambda graph: graph.harmonic_centrality(normalized=False)),
        ("PageRank", lp.pagerank, lambda graph: graph.pagerank()),
    ):
        calls = {"linkpin": lambda net, ours=ours: ours(net).values, "igraph": theirs}
        yield Comparison(f"{name}, 1,000 calls", "tiny", False, calls, {"best": 1}, repeat=1000)


def percolation(options: Options) -> list[str]:
    """All orders of ours; one order with networkx's union-find, times a hundred."""
    from networkx.utils import UnionFind

    net, g = held("linkpin", "m", False), rmat(*SIZES["m"], False)
    order = np.random.default_rng(3).permutation(g.n)
    rank = np.argsort(order)  # place in which a vertex fails
    last = np.minimum(rank[g.source], rank[g.target])  # a tie is there until its first end fails

    def ours() -> Call:
        lp.percolation(net, orders=100, seed=1, threads=options.threads)
        return lambda: lp.percolation(net, -rank.astype(float), orders=1).table["largest"] * g.n

    def union_find() -> Floats:
        parts, size, largest = UnionFind(range(g.n)), [1] * g.n, np.zeros(g.n + 1)
        by_time = np.argsort(-last, kind="stable")
        ends = np.column_stack([g.source, g.target])[by_time].tolist()
        first = [*np.searchsorted(-last[by_time], -np.arange(g.n), side="left").tolist(), 0]
        first[-1] = len(ends)
        most = 0
        for place in range(g.n - 1, -1, -1):
            most = max(most, 1)
            until = first[place - 1] if place else len(ends)
            for u, v in ends[first[place] : until]:
                u, v = parts[u], parts[v]
                if u != v:
                    parts.union(u, v)
                    size[parts[u]] = joined = size[u] + size[v]
                    most = max(most, joined)
            largest[place] = most
        return largest

    return compare({"linkpin": ours, "networkx": union_find}, 1e-9, {"networkx": 6}, options, {"networkx": 100})


def seeds(size: str) -> Callable[[Options], list[str]]:
    def run(options: Options) -> list[str]:
        g = rmat(*SIZES[size])
        net = network(g, 1.0 / np.bincount(g.target, minlength=g.n)[g.target])

        def ours() -> Call:
            chosen = lp.choose_seeds(net, 50, p="weight", epsilon=0.1, seed=1, threads=options.threads)
            return lambda: [chosen.value]

        return compare({"linkpin": ours}, 1e-9, {}, options)

    return run


def tasks() -> Iterator[Task]:
    for comparison in comparisons():
        yield comparison.task()
    yield Task("peers", "largest part as vertices fail, 100 orders", "m", percolation, held="m undirected")
    for size in ("m", "l"):
        yield Task("peers", "seed choice, OPIM-C, k 50, eps 0.1", size, seeds(size), held=f"{size} directed")
