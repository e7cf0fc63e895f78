#!/usr/bin/env python3
"""linkpin beside its peers, beside itself, as graphs grow and on one thread and two: every figure from one command.

    tests/bench/run.py [--output table.md] [--only betweenness,memory] [--sizes tiny,s,m,l] [--rounds 5] [--threads 2]

Sizes (R-MAT, vertices / ties): s 10,000 / 100,000, m 100,000 / 1,000,000, l 1,000,000 / 10,000,000; tiny is 30 / 120.
Rows without such a graph have the size "-". Every answer is compared with linkpin's before its time counts. Tasks that
share a graph share a process; a task that fails, dies or takes longer than `--limit` is told of in its row and the rest
goes on. Rows are printed, and the file is written anew, as they come.
"""

from __future__ import annotations

import argparse
import importlib
import multiprocessing
import os
import platform
import sys
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # for the processes that are started anew

from common import Options, Task, version

MODULES = ("kernels", "reading", "against_r", "together", "small", "growth")
PEERS = ("linkpin", "igraph", "networkit", "scipy", "networkx", "pandas", "pyarrow", "numpy")
SECTIONS = {
    "peers": ("Beside other libraries", ["case", "graph", "linkpin", "peers (times as long)", "wanted", "met"]),
    "own": ("By itself", ["case", "graph", "measured", "wanted", "met"]),
    "small": (
        "Two threads on small networks: time of two over time of one",
        ["kernel", "graph", "30", "100", "500", "met"],
    ),
    "growth": (
        "Growth: time (memory beyond the network), by ties",
        ["kernel", "graph", "1e4", "1e5", "1e6", "1e7", "exponent of time, of memory", "share of bandwidth at 1e7"],
    ),
}


def all_tasks() -> Iterator[Task]:
    for module in MODULES:
        yield from importlib.import_module(module).tasks()


def chosen(only: list[str], sizes: list[str]) -> list[Task]:
    """Return the tasks asked for; those that share a process stand together."""
    wanted = [
        task
        for task in all_tasks()
        if (task.size in sizes or task.size == "-")
        and (not only or any(part.lower() in f"{task.section}: {task.name}".lower() for part in only))
    ]
    order = {process: place for place, process in enumerate(dict.fromkeys(task.process for task in wanted))}
    return sorted(wanted, key=lambda task: order[task.process])


def work(asked: list[tuple[str, str, str]], options: Options, to: Connection) -> None:
    """Answer task after task; runs in a process of its own."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: options.threads])
    if version("networkit") is not None:
        importlib.import_module("networkit").setNumberOfThreads(options.threads)
    by_key = {(task.section, task.name, task.size): task for task in all_tasks()}
    for key in asked:
        try:
            to.send(by_key[key].run(options))
        except Exception as error:
            to.send(f"failed: {type(error).__name__}: {error}".replace("\n", " ").replace("|", "/")[:200])


def answers(tasks: list[Task], options: Options, limit: float) -> Iterator[tuple[Task, list[str] | str]]:
    """Yield each task's row or what went wrong; a process that dies is started again with what is left."""
    spawning = multiprocessing.get_context("spawn")
    left = list(tasks)
    while left:
        here, there = spawning.Pipe(duplex=False)
        keys = [(task.section, task.name, task.size) for task in left]
        worker = spawning.Process(target=work, args=(keys, options, there), daemon=True)
        worker.start()
        there.close()
        while left:
            task = left[0]
            try:
                row = here.recv() if here.poll(limit) else f"stopped after {limit:g} s"
            except EOFError:
                worker.join()
                row = f"its process died ({worker.exitcode})"
            left.pop(0)
            yield task, row
            if isinstance(row, str) and not row.startswith("failed"):
                break
        if not left:
            worker.join(10)  # it puts away the files it wrote
        worker.kill()
        worker.join()


def markdown(rows: dict[str, list[list[str]]], heading: str) -> str:
    text = [heading]
    for section, (title, columns) in SECTIONS.items():
        if rows.get(section):
            text += [f"\n### {title}\n", f"| {' | '.join(columns)} |", "|" + "---|" * len(columns)]
            text += [f"| {' | '.join(cells)} |" for cells in rows[section]]
    return "\n".join(text) + "\n"


def processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        return next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.machine()


def heading(options: Options) -> str:
    there = ", ".join(f"{name} {version(name)}" for name in PEERS if version(name) is not None)
    busy = f"; load {os.getloadavg()[0]:.1f} at the start" if hasattr(os, "getloadavg") else ""
    return (
        f"{processor()}, {os.cpu_count()} processors; {options.threads} threads{busy}; {platform.system()}, "
        f"Python {platform.python_version()}; {there}."
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="tiny,s,m,l")
    parser.add_argument("--only", default="", help="parts of 'section: name', separated by commas")
    parser.add_argument("--rounds", type=int, default=Options.rounds)
    parser.add_argument("--threads", type=int, default=Options.threads)
    parser.add_argument("--slow", type=float, default=Options.slow, help="seconds above which nobody is asked again")
    parser.add_argument("--limit", type=float, default=240, help="seconds after which a task is given up")
    parser.add_argument("--output", type=Path, help="a Markdown file")
    given = parser.parse_args()
    options = Options(given.rounds, given.threads, given.slow)
    tasks = chosen([part for part in given.only.split(",") if part], given.sizes.split(","))
    head = heading(options)
    print(head, flush=True)
    begun = time.monotonic()
    rows: dict[str, list[list[str]]] = {}
    failed = 0
    for process in dict.fromkeys(task.process for task in tasks):
        for task, row in answers([t for t in tasks if t.process == process], options, given.limit):
            columns = SECTIONS[task.section][1]
            failed += isinstance(row, str)
            cells = [task.name, task.size, *([row] if isinstance(row, str) else row)]
            cells += [""] * (len(columns) - len(cells))
            rows.setdefault(task.section, []).append(cells)
            print(f"[{time.monotonic() - begun:5.0f} s] {' | '.join(cells)}", flush=True)
            if given.output:
                given.output.write_text(markdown(rows, head))
    print(f"{len(tasks)} rows, {failed} failed, {time.monotonic() - begun:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
