#!/usr/bin/env python3
"""How long linkpin takes to read a data package, against pyarrow reading the same bytes and encoding both id columns.

    tests/bench/read.py [--entities 100000] [--ties 1000000] [--rounds 7] [--threads 2] [--limit 3]

Both read entities.csv and ties.csv (from, to, kind, weight) from the page cache, in turns, on the same processors.
Prints the median of each and the ratio; fails where linkpin takes more than `--limit` times as long.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

KINDS = np.array(["collaborates", "funds", "cites", "trusts", "member_of"])


def write_package(folder: Path, entities: int, ties: int) -> None:
    """Entities with labels, and ties between random pairs of them with a kind and a weight of four decimals."""
    random = np.random.default_rng(2026)
    with (folder / "entities.csv").open("w") as file:
        file.write("id,label,kind\n")
        file.writelines(f"p{i:06d},Person {i},person\n" for i in range(entities))
    ends = random.integers(entities, size=(2, ties))
    kinds = KINDS[random.integers(len(KINDS), size=ties)]
    weights = np.round(10 * random.random(ties), 4)
    with (folder / "ties.csv").open("w") as file:
        file.write("from,to,kind,weight\n")
        rows = zip(ends[0].tolist(), ends[1].tolist(), kinds.tolist(), weights.tolist(), strict=True)
        file.writelines(f"p{u:06d},p{v:06d},{kind},{weight}\n" for u, v, kind, weight in rows)


def with_linkpin(folder: Path) -> int:
    import linkpin

    return len(linkpin.read(folder).ties)


def with_pyarrow(folder: Path) -> int:
    from pyarrow import csv

    csv.read_csv(folder / "entities.csv")
    ties = csv.read_csv(folder / "ties.csv")
    ties["from"].dictionary_encode()
    ties["to"].dictionary_encode()
    return int(ties.num_rows)


def seconds(read: Callable[[Path], int], folder: Path, ties: int) -> float:
    start = time.perf_counter()
    found = read(folder)
    taken = time.perf_counter() - start
    if found != ties:
        sys.exit(f"{read.__name__} found {found} ties, not {ties}")
    return taken


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--entities", type=int, default=100_000)
    options.add_argument("--ties", type=int, default=1_000_000)
    options.add_argument("--rounds", type=int, default=7)
    options.add_argument("--threads", type=int, default=2)
    options.add_argument("--limit", type=float, default=3.0)
    given = options.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: given.threads])

    import pyarrow

    pyarrow.set_cpu_count(given.threads)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_package(folder, given.entities, given.ties)
        size = sum(path.stat().st_size for path in folder.iterdir())
        times: dict[str, list[float]] = {"linkpin": [], "pyarrow": []}
        for _ in range(given.rounds + 1):
            times["linkpin"].append(seconds(with_linkpin, folder, given.ties))
            times["pyarrow"].append(seconds(with_pyarrow, folder, given.ties))
    ours, theirs = (statistics.median(rounds[1:]) for rounds in times.values())  # the first one warms up
    print(f"{given.entities} entities, {given.ties} ties, {size / 1e6:.1f} MB, {given.threads} threads")
    print(f"linkpin {1e3 * ours:.0f} ms, pyarrow {1e3 * theirs:.0f} ms: {ours / theirs:.2f} times as long")
    return 1 if ours > given.limit * theirs else 0


if __name__ == "__main__":
    sys.exit(main())
