#!/usr/bin/env python3
"""How fast regression and correlation of networks are beside R's sna, on the same matrices in one run.

    tests/bench/uncertainty.py [--sizes 100,500] [--threads 0] [--no-r]

1,000 permutations each: MRQAP with double semi-partialling and three predictors (sna::netlm, nullhyp = "qapspp") and
QAP correlation (sna::qaptest with gcor). R's time grows evenly with the permutations, so it is measured with few and
extrapolated from the difference of two numbers of them; coefficients are compared before any time counts. Beside these
1,000 bootstrap replicates of five scores, and of the whole scorecard, on a survey of 200; the latter where all answered
and where a tenth did not, with 5 % of the ties and with 15 %. Processor time stands beside, half of which is what two
idle cores take. Needs Rscript with sna for the peers.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import linkpin as lp
import numpy as np

PERMUTATIONS = 1000

R = """
suppressMessages(library(sna))
arguments <- commandArgs(TRUE)
folder <- arguments[1]; few <- as.integer(arguments[2]); many <- as.integer(arguments[3])
read <- function(name) as.matrix(read.table(file.path(folder, name)))
y <- read("y"); x <- lapply(c("x1", "x2", "x3"), read)
clock <- function(call) { begun <- proc.time()[[3]]; call(); proc.time()[[3]] - begun }
fit <- netlm(y, x, nullhyp = "qapspp", reps = 1)
cat(format(fit$coefficients, digits = 17), "\\n")
a <- clock(function() netlm(y, x, nullhyp = "qapspp", reps = few))
b <- clock(function() netlm(y, x, nullhyp = "qapspp", reps = many))
d <- array(0, c(2, nrow(y), nrow(y))); d[1, , ] <- y; d[2, , ] <- x[[1]]
k <- 10 * many
q <- clock(function() qaptest(d, gcor, g1 = 1, g2 = 2, reps = k)) / k
cat((b - a) / (many - few), q, "\\n")
"""


def matrices(n: int) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    rng = np.random.default_rng(n)
    x = {f"x{k}": rng.normal(size=(n, n)) + rng.normal(size=(n, 1)) for k in (1, 2, 3)}
    return 0.3 * x["x1"] + rng.normal(size=(n, n)), x


def median(call: Callable[[], object], rounds: int = 5) -> float:
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        call()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def of_r(n: int, y: np.ndarray, x: dict[str, np.ndarray], coefficients: np.ndarray) -> tuple[float, float]:
    """Seconds of R for all permutations: regression, correlation."""
    few, many = (2, 12) if n <= 100 else (1, 3)
    with tempfile.TemporaryDirectory() as folder:
        for name, values in {"y": y, **x}.items():
            np.savetxt(Path(folder) / name, values, fmt="%.17g")
        script = Path(folder) / "run.R"
        script.write_text(R)
        command = ["Rscript", str(script), folder, str(few), str(many)]
        lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    np.testing.assert_allclose(coefficients, [float(v) for v in lines[0].split()], atol=1e-8)
    regression, correlation = (float(v) for v in lines[1].split())
    return PERMUTATIONS * regression, PERMUTATIONS * correlation


def show(case: str, own: float, peer: float | None) -> None:
    beside = "" if peer is None else f"   R sna {peer:10.3g} s   {peer / own:8,.0f}x"
    print(f"{case:48} {own:10.4g} s{beside}", flush=True)


def processor(call: Callable[[], object]) -> float:
    """Seconds of all threads together."""
    begun = resource.getrusage(resource.RUSAGE_SELF)
    call()
    ended = resource.getrusage(resource.RUSAGE_SELF)
    return ended.ru_utime + ended.ru_stime - begun.ru_utime - begun.ru_stime


def unanswered(net: lp.Network) -> lp.Ecosystem:
    """The same survey as reports, of which every tenth organisation gave none."""
    tied = {(a, b) for a, b in zip(net.sources.tolist(), net.targets.tolist(), strict=True)}
    pairs = [(u, v) for u in range(net.n) for v in range(net.n) if u != v]
    silent = [u % 10 == 0 for u, _ in pairs]
    return lp.Ecosystem.from_columns(
        {"id": net.names, "sector": net.vertices["group"]},
        None,
        {
            "respondent": [net.names[u] for u, _ in pairs],
            "from": [net.names[u] for u, _ in pairs],
            "to": [net.names[v] for _, v in pairs],
            "state": ["did not respond" if s else "answered" for s in silent],
            "value": [float("nan") if s else float(p in tied) for s, p in zip(silent, pairs, strict=True)],
        },
    )


def survey(n: int = 200, density: float = 0.05) -> lp.Network:
    rng = np.random.default_rng(1)
    tied = (rng.random((n, n)) < density) & ~np.eye(n, dtype=bool)
    return lp.Network.from_edges(*np.nonzero(tied), nodes=n, groups=[f"sector {i % 5}" for i in range(n)])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="100,500")
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--no-r", action="store_true", help="linkpin alone")
    options = parser.parse_args()
    more = {"permutations": PERMUTATIONS, "seed": 1, "threads": options.threads}
    for n in map(int, options.sizes.split(",")):
        y, x = matrices(n)
        ties = (np.random.default_rng(n + 1).random((n, n)) < 0.05).astype(float)
        regression = median(lambda y=y, x=x: lp.mrqap(y, x, **more))
        correlation = median(lambda y=y, x=x: lp.qap(y, x["x1"], **more))
        sparse = median(lambda y=y, ties=ties: lp.qap(y, ties, **more))
        peers: tuple[float | None, float | None] = (None, None)
        if not options.no_r and shutil.which("Rscript"):
            peers = of_r(n, y, x, lp.mrqap(y, x, permutations=1, seed=1).table["estimate"])
        show(f"MRQAP, 3 predictors, {n} vertices", regression, peers[0])
        show(f"QAP correlation, dense, {n} vertices", correlation, peers[1])
        show(f"QAP correlation, 5 % ties, {n} vertices", sparse, peers[1])
    net = survey()
    five = ["density", "reciprocity", "ei_index", "centralization", "transitivity"]
    own = median(
        lambda: lp.bootstrap(net, five, groups="group", replicates=1000, seed=1, threads=options.threads), rounds=3
    )
    show("1,000 replicates of five scores, 200 vertices", own, None)
    dense = survey(density=0.15)
    cases = {
        "all answered": net,
        "a tenth silent": unanswered(net).network(),
        "denser": dense,
        "denser, a tenth silent": unanswered(dense).network(),
    }
    for what, of in cases.items():
        more = {"replicates": 1000, "seed": 1, "threads": options.threads}
        taken = processor(lambda of=of, more=more: lp.scorecard(of, **more))
        own = median(lambda of=of, more=more: lp.scorecard(of, **more), rounds=3)
        show(f"1,000 replicates of the scorecard, {what}", own, None)
        print(f"{'  processor time':48} {taken:10.4g} s")


if __name__ == "__main__":
    main()
