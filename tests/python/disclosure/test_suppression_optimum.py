"""How many cells are hidden beside the fewest possible, which an integer programme finds on small tables."""

import linkpin as lp
import numpy as np
import pytest

optimize = pytest.importorskip("scipy.optimize")
sparse = pytest.importorskip("scipy.sparse")

THRESHOLD = 5
FAR = 60  # no change that protects needs to go further


def sums_of(shape):
    """Which cells each total adds, one row a total: rows, columns (and layers), and everybody."""
    labels = np.array(list(np.ndindex(shape)))
    kept = [k for k in np.ndindex(*[2] * len(shape)) if not all(k)]
    rows = []
    for keep in kept:
        chosen = labels * np.array(keep)
        rows += [np.all(chosen == key, axis=1).astype(float) for key in np.unique(chosen, axis=0)]
    return np.unique(np.array(rows), axis=0)


def fewest(counts):
    """Fewest cells that protect with every total shown, or None where no set of cells can."""
    a = counts.ravel().astype(float)
    n = len(a)
    m = sums_of(counts.shape)
    small = (a > 0) & (a < THRESHOLD)
    eye = sparse.eye_array(n)
    blocks, low, high = [], [], []
    # Variables: hidden or not, then two changes of all cells for each cell, upward and downward for it.
    width = n + 2 * n * n

    def add(rows, at_least, at_most):
        blocks.append(rows)
        low.append(np.broadcast_to(at_least, rows.shape[0]))
        high.append(np.broadcast_to(at_most, rows.shape[0]))

    def placed(parts):
        found = [sparse.csr_array((next(iter(parts.values())).shape[0], n))] * (1 + 2 * n)
        for at, part in parts.items():
            found[at] = part
        return sparse.hstack(found)

    for k in range(2 * n):
        add(placed({1 + k: sparse.csr_array(m)}), 0, 0)
        add(placed({0: -FAR * eye, 1 + k: eye}), -np.inf, 0)
        add(placed({0: sparse.diags_array(a), 1 + k: eye}), 0, np.inf)
    for k in range(n):
        unit = sparse.csr_array((np.ones(1), ([0], [k])), shape=(1, n))
        if small[k]:
            add(placed({1 + 2 * k: unit}), THRESHOLD - 1 - a[k], np.inf)
            add(placed({2 + 2 * k: unit}), -np.inf, 1 - a[k])
        else:
            add(placed({0: -(THRESHOLD - 1) * unit, 1 + 2 * k: unit, 2 + 2 * k: -unit}), 0, np.inf)
    bounds = optimize.Bounds(
        np.concatenate([small.astype(float), np.full(2 * n * n, -FAR)]),
        np.concatenate([np.ones(n), np.full(2 * n * n, FAR)]),
    )
    found = optimize.milp(
        np.concatenate([np.ones(n), np.zeros(2 * n * n)]),
        constraints=optimize.LinearConstraint(sparse.vstack(blocks), np.concatenate(low), np.concatenate(high)),
        integrality=np.concatenate([np.ones(n), np.zeros(2 * n * n)]),
        bounds=bounds,
        options={"time_limit": 20},
    )
    assert width == len(bounds.lb)
    return None if found.status == 2 else round(found.fun)


def compare(shape, number_of_tables, seed):
    """Hidden cells of ours and fewest possible, over tables where cells alone can protect."""
    rng = np.random.default_rng(seed)
    ours, best, cells, exact = 0, 0, 0, 0
    done = 0
    while done < number_of_tables:
        counts = rng.poisson(rng.gamma(1.5, 12, shape))
        totals = sums_of(shape) @ counts.ravel()
        if totals.min() < THRESHOLD or not np.any((counts > 0) & (counts < THRESHOLD)):
            continue
        optimum = fewest(counts)
        labels = list(np.ndindex(shape))
        frame = {f"d{k}": [str(c[k]) for c in labels] for k in range(len(shape))}
        result = lp.suppress({**frame, "n": counts.ravel()}, THRESHOLD)
        totals_hidden = bool(np.isnan(result.totals["total"]).any())
        assert totals_hidden == (optimum is None)  # a total goes only where cells alone cannot protect
        if optimum is None:
            continue
        hidden = int(np.isnan(result.table["n"]).sum())
        assert hidden >= optimum
        ours, best, cells = ours + hidden, best + optimum, cells + counts.size
        exact += hidden == optimum
        done += 1
    return ours / cells, best / cells, exact / number_of_tables


def test_few_more_cells_are_hidden_than_must_be():
    ours, best, exact = compare((3, 4), 12, 2026)
    assert best <= ours <= 1.15 * best
    assert exact >= 0.5


if __name__ == "__main__":
    print("| table | tables | hidden | fewest possible | tables at the fewest |")
    print("|---|---|---|---|---|")
    for size, tables in (((3, 3), 100), ((4, 4), 60), ((5, 5), 20), ((2, 2, 3), 60)):
        a, b, c = compare(size, tables, 2026)
        print(f"| {' x '.join(map(str, size))} | {tables} | {a:.1%} | {b:.1%} | {c:.0%} |", flush=True)
