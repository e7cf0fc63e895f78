"""Brokerage, and correlation and regression of networks, beside R's sna on the same matrices.

R's time grows evenly with the permutations, so it is asked for few and scaled to 1,000; what a call costs without any
is taken off by the difference of two numbers of them.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import linkpin as lp
import numpy as np
from common import Floats, Options, Task, differs, median, show, verdict

PERMUTATIONS = 1000

HEAD = """
suppressMessages(library(sna))
arguments <- commandArgs(TRUE)
few <- as.integer(arguments[2]); many <- as.integer(arguments[3])
read <- function(name) as.matrix(read.table(file.path(arguments[1], name)))
clock <- function(call) { begun <- proc.time()[[3]]; call(); proc.time()[[3]] - begun }
a_permutation <- function(call)
  max(clock(function() call(many)) - clock(function() call(few)), 1e-9) / (many - few)
answer <- function(values, seconds) cat(format(values, digits = 17), "\\n", format(seconds, digits = 6), "\\n")
"""

MRQAP = """
y <- read("y"); x <- lapply(c("x1", "x2", "x3"), read)
fit <- netlm(y, x, nullhyp = "qapspp", reps = 1)
answer(fit$coefficients, 1000 * a_permutation(function(k) netlm(y, x, nullhyp = "qapspp", reps = k)))
"""

QAP = """
y <- read("y"); d <- array(0, c(2, nrow(y), nrow(y))); d[1, , ] <- y; d[2, , ] <- read("x1")
answer(gcor(d, g1 = 1, g2 = 2), 1000 * a_permutation(function(k) qaptest(d, gcor, g1 = 1, g2 = 2, reps = k)))
"""

BROKERAGE = """
y <- read("y"); group <- scan(file.path(arguments[1], "group"), quiet = TRUE)
found <- brokerage(y, group)
answer(t(found$raw.nli[, 1:5]), median(sapply(1:3, function(i) clock(function() brokerage(y, group)))))
"""


def matrices(n: int) -> dict[str, Floats]:
    rng = np.random.default_rng(n)
    x = {f"x{k}": rng.normal(size=(n, n)) + rng.normal(size=(n, 1)) for k in (1, 2, 3)}
    return {"y": 0.3 * x["x1"] + rng.normal(size=(n, n)), **x}


def ask_r(script: str, files: dict[str, Floats], few: int = 0, many: int = 0) -> tuple[Floats, float]:
    """Return R's answer and its seconds."""
    with tempfile.TemporaryDirectory() as folder:
        for name, values in files.items():
            np.savetxt(Path(folder) / name, values, fmt="%.17g")
        path = Path(folder) / "run.R"
        path.write_text(HEAD + script)
        command = ["Rscript", str(path), folder, str(few), str(many)]
        done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr.strip()[-150:])
    *values, seconds = done.stdout.split()
    return np.array(values, dtype=float), float(seconds)


def beside(
    ours: float, answer: object, script: str, files: dict[str, Floats], wanted: float, few: int = 0, many: int = 0
) -> list[str]:
    said = f"{wanted:,g}x"
    if shutil.which("Rscript") is None:
        return [show(ours), "R is not installed", said, ""]
    theirs, seconds = ask_r(script, files, few, many)
    if differs(np.ravel(answer), theirs, 1e-9):
        return [show(ours), "R sna answers something else", said, ""]
    scaled = f", scaled from {many - few} permutations" if many else ""
    return [
        show(ours),
        f"R sna {show(seconds)} ({seconds / ours:,.0f}x{scaled})",
        said,
        verdict(seconds >= wanted * ours),
    ]


def mrqap(n: int, few: int, many: int) -> Callable[[Options], list[str]]:
    def run(options: Options) -> list[str]:
        files = matrices(n)
        x = {name: files[name] for name in ("x1", "x2", "x3")}
        taken = median(
            lambda: lp.mrqap(files["y"], x, permutations=PERMUTATIONS, seed=1, threads=options.threads), options
        )
        found = lp.mrqap(files["y"], x, permutations=1, seed=1).table["estimate"]
        return beside(taken, found, MRQAP, files, 2000, few, many)

    return run


def qap(n: int, few: int, many: int) -> Callable[[Options], list[str]]:
    """Both matrices are of ties, which one dyad in twenty has."""

    def run(options: Options) -> list[str]:
        rng = np.random.default_rng(n + 1)
        files = {name: (rng.random((n, n)) < 0.05).astype(float) * (1 - np.eye(n)) for name in ("y", "x1")}

        def call(permutations: int) -> lp.Result:
            return lp.qap(files["y"], files["x1"], permutations=permutations, seed=1, threads=options.threads)

        return beside(median(lambda: call(PERMUTATIONS), options), call(1).value, QAP, files, 1000, few, many)

    return run


def brokerage(density: float) -> Callable[[Options], list[str]]:
    def run(options: Options) -> list[str]:
        n = 500
        rng = np.random.default_rng(n)
        y = ((rng.random((n, n)) < density) & ~np.eye(n, dtype=bool)).astype(float)
        group = np.arange(n) % 5
        net = lp.Network.from_edges(*np.nonzero(y), nodes=n, groups=[str(g) for g in group])
        taken = median(lambda: lp.brokerage(net, "group", threads=options.threads), options)
        raw = lp.brokerage(net, "group").raw
        found = np.column_stack([raw[role] for role in ("w_I", "w_O", "b_IO", "b_OI", "b_O")])
        return beside(taken, found, BROKERAGE, {"y": y, "group": group}, 200)

    return run


def tasks() -> Iterator[Task]:
    for density in (0.05, 0.1):
        name = f"Gould-Fernandez brokerage, 500 vertices, {density:.0%} of dyads tied"
        yield Task("peers", name, "-", brokerage(density))
    for n, few, many in ((100, 10, 110), (500, 2, 12)):
        yield Task("peers", f"QAP correlation, 1,000 permutations, {n} vertices", "-", qap(n, few, many))
    for n, few, many in ((100, 2, 12), (500, 1, 3)):
        yield Task("peers", f"MRQAP, 3 predictors, 1,000 permutations, {n} vertices", "-", mrqap(n, few, many))
