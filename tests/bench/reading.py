"""Reading: a list of ties into a network, a data package into an ecosystem, and the memory the former takes."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import linkpin as lp
import numpy as np
from common import SIZES, Options, Task, alone, compare, median, rmat, show, verdict

KINDS = np.array(["collaborates", "funds", "cites", "trusts", "member_of"])


@cache
def folder() -> tempfile.TemporaryDirectory[str]:
    """Return a folder that is gone when the process ends."""
    return tempfile.TemporaryDirectory()


def edge_list(size: str) -> Path:
    """Integer ids and weights of four decimals."""
    import pandas

    path = Path(folder().name) / f"{size}.csv"
    if not path.exists():
        g = rmat(*SIZES[size])
        weight = np.round(10 * np.random.default_rng(1).random(len(g.source)) + 0.0001, 4)
        pandas.DataFrame({"from": g.source, "to": g.target, "weight": weight}).to_csv(path, index=False)
    return path


def to_network(path: Path, threads: int) -> lp.Network:
    net, issues = lp.read_network_csv(path, numbered=True, threads=threads)
    if len(issues):
        raise RuntimeError(f"{len(issues)} rows were refused")
    return net


def edges_into_network(size: str) -> Callable[[Options], list[str]]:
    def run(options: Options) -> list[str]:
        path = edge_list(size)

        def with_igraph() -> Any:
            import igraph
            import pandas

            frame = pandas.read_csv(path)
            graph = igraph.Graph(edges=frame[["from", "to"]].to_numpy(), directed=True)
            graph.es["weight"] = frame["weight"].to_numpy()
            return graph

        def with_networkit() -> Any:
            import networkit
            import pandas

            frame = pandas.read_csv(path)
            ends = (frame["from"].to_numpy().astype(np.uint64), frame["to"].to_numpy().astype(np.uint64))
            n = int(max(ends[0].max(), ends[1].max())) + 1
            return networkit.GraphFromCoo((frame["weight"].to_numpy(), ends), n=n, directed=True, weighted=True)

        def with_scipy() -> Any:
            import pandas
            from scipy import sparse

            frame = pandas.read_csv(path)
            n = int(max(frame["from"].max(), frame["to"].max())) + 1
            a = sparse.csr_array((frame["weight"], (frame["from"], frame["to"])), shape=(n, n))
            return a, a.tocsc()

        def counted(build: Callable[[], Any], count: Callable[[Any], list[float]]) -> Callable[[], Any]:
            def call() -> Callable[[], list[float]]:
                answer = build()
                return lambda: count(answer)

            return call

        calls = {
            "linkpin": counted(
                lambda: to_network(path, options.threads), lambda net: [net.n, net.m, float(net.weights.sum())]
            ),
            "pandas + igraph": counted(with_igraph, lambda g: [g.vcount(), g.ecount(), sum(g.es["weight"])]),
            "pandas + networkit": counted(
                with_networkit, lambda g: [g.numberOfNodes(), g.numberOfEdges(), g.totalEdgeWeight()]
            ),
            "pandas + scipy": counted(with_scipy, lambda a: [a[0].shape[0], a[1].nnz, float(a[0].sum())]),
        }
        return compare(calls, 1e-9, {"pandas + igraph": 8}, options)

    return run


def package(entities: int, ties: int) -> Path:
    """Entities with labels, and ties between random pairs of them with a kind and a weight of four decimals."""
    random = np.random.default_rng(2026)
    path = Path(folder().name) / "package"
    path.mkdir(exist_ok=True)
    with (path / "entities.csv").open("w") as file:
        file.write("id,label,kind\n")
        file.writelines(f"p{i:06d},Person {i},person\n" for i in range(entities))
    ends = random.integers(entities, size=(2, ties))
    kinds = KINDS[random.integers(len(KINDS), size=ties)]
    weights = np.round(10 * random.random(ties), 4)
    with (path / "ties.csv").open("w") as file:
        file.write("from,to,kind,weight\n")
        rows = zip(ends[0].tolist(), ends[1].tolist(), kinds.tolist(), weights.tolist(), strict=True)
        file.writelines(f"p{u:06d},p{v:06d},{kind},{weight}\n" for u, v, kind, weight in rows)
    return path


def data_package(options: Options) -> list[str]:
    """Both read the same bytes from the page cache; pyarrow dictionary-encodes both id columns, as linkpin must."""
    import pyarrow
    from pyarrow import csv

    pyarrow.set_cpu_count(options.threads)
    path = package(100_000, 1_000_000)

    def with_pyarrow() -> int:
        csv.read_csv(path / "entities.csv")
        ties = csv.read_csv(path / "ties.csv")
        ties["from"].dictionary_encode()
        ties["to"].dictionary_encode()
        return int(ties.num_rows)

    if len(lp.read(path).ties) != with_pyarrow():
        raise RuntimeError("another number of ties")
    ours, theirs = median(lambda: lp.read(path), options), median(with_pyarrow, options)
    measured = f"{show(ours)}, pyarrow {show(theirs)}: {ours / theirs:.2f} times as long"
    return [measured, "under 3 times", verdict(ours < 3 * theirs)]


# Linux's own peak of the process that is read, which one started from a large process does not inherit.
HIGH_WATER = "int(open('/proc/self/status').read().split('VmHWM:')[1].split()[0]) * 1024"
PEAK = f"""
import sys
import linkpin as lp
net, _ = lp.read_network_csv(sys.argv[1], numbered=True, threads=int(sys.argv[2]))
net.csr("out"), net.csr("in")
print(net.m, {HIGH_WATER})
"""


def memory(size: str) -> Callable[[Options], list[str]]:
    def run(options: Options) -> list[str]:
        ties, peak = (int(v) for v in alone(PEAK, str(edge_list(size)), str(options.threads)).split())
        bare = int(alone(f"import linkpin; print({HIGH_WATER})"))
        wanted = 600e6 if size == "l" else None
        return [
            f"{peak / 1e6:.0f} MB, of which Python and imports {bare / 1e6:.0f} MB; {ties:,} ties",
            "under 600 MB" if wanted else "",
            verdict(peak < wanted if wanted else None),
        ]

    return run


def tasks() -> Iterator[Task]:
    for size in ("m", "l"):
        yield Task(
            "peers", "CSV to network, integer ids, both directions", size, edges_into_network(size), f"csv {size}"
        )
        yield Task("own", "peak memory of CSV to network in a fresh process", size, memory(size), f"csv {size}")
    yield Task("own", "read a data package of 1,000,000 ties", "-", data_package)
