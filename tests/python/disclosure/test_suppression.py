"""Suppression of small counts, attacked by linear programmes of scipy over all that is published."""

import itertools

import linkpin as lp
import numpy as np
import pytest

optimize = pytest.importorskip("scipy.optimize")
sparse = pytest.importorskip("scipy.sparse")


def random_frame(number):
    """A table over two or three dimensions, skewed so that some counts are small."""
    rng = np.random.default_rng([2026, number])
    dimensions = int(rng.choice([2, 2, 3]))
    shape = tuple(rng.integers(2, 7 - dimensions, dimensions) if dimensions == 3 else rng.integers(2, 6, 2))
    counts = rng.poisson(rng.gamma(1.5, 12, shape))
    cells = list(itertools.product(*map(range, shape)))
    frame = {f"d{k}": [str(c[k]) for c in cells] for k in range(dimensions)}
    frame["n"] = [int(counts[c]) for c in cells]
    return frame, counts


def published(result, counts):
    """What is printed, read from the result alone: cells and totals as (which cells, value or NaN)."""
    dimensions = [f"d{k}" for k in range(counts.ndim)]
    labels = np.array(list(itertools.product(*map(range, counts.shape))))
    figures = [(np.arange(counts.size) == i, v) for i, v in enumerate(result.table["n"].tolist())]
    for row in result.totals.rows():
        inside = np.full(counts.size, True)
        for k, d in enumerate(dimensions):
            if row[d] is not None:
                inside &= labels[:, k] == int(row[d])
        assert np.isnan(row["total"]) or row["total"] == counts.ravel()[inside].sum()
        figures.append((inside, row["total"]))
    return figures


def attack(figures, shared=()):
    """Smallest and largest value of each hidden figure, given the shown ones and which sums are the same.

    The programmes of one table share nothing but their constraints, so all are solved as one: a copy for each.
    """
    far = 1e4
    shown = [(inside, v) for inside, v in figures if not np.isnan(v)]
    hidden = [inside for inside, v in figures if np.isnan(v)]
    if not hidden:
        return []
    rows = [inside.astype(float) for inside, _ in shown] + list(shared)
    equal = sparse.csr_array(np.array(rows).reshape(-1, len(hidden[0])))
    copies = 2 * len(hidden)
    found = optimize.linprog(
        np.concatenate([way * inside.astype(float) for way in (1, -1) for inside in hidden]),
        A_eq=sparse.block_diag([equal] * copies) if rows else None,
        b_eq=np.tile([v for _, v in shown] + [0.0] * len(shared), copies) if rows else None,
        bounds=(0, far),
        method="highs",
    )
    assert found.status == 0
    ends = found.x.reshape(2, len(hidden), -1)
    return [(i, ends[0, k][i].sum(), ends[1, k][i].sum()) for k, i in enumerate(hidden)]


def test_nobody_can_work_out_what_is_hidden():
    # Every total of every margin counts as published unless the result hides it.
    attacked = 0
    for number in range(1000):
        frame, counts = random_frame(number)
        result = lp.suppress(frame, threshold=5)
        shown = result.table["n"]
        assert not np.any((shown > 0) & (shown < 5))
        attacked += check_ranges(published(result, counts), counts.ravel(), number)
    assert attacked > 5000


def check_ranges(figures, counts, number, shared=()):
    """Attack what is hidden; returns how many figures were attacked."""
    found = attack(figures, shared)
    for inside, low, high in found:
        true = counts[inside].sum()
        if 1 <= true < 5:
            assert low <= 1 + 1e-6 and high >= 4 - 1e-6, (number, true, low, high)
        else:
            assert high - low >= 4 - 1e-6, (number, true, low, high)
    return len(found)


def linked_frames(number):
    """Two tables of the same people, area by age and area by sex: they share the totals by area and the whole."""
    rng = np.random.default_rng([2027, number])
    areas, ages, sexes = rng.integers(2, 5, 3)
    people = rng.poisson(rng.gamma(1.2, 4, (areas, ages, sexes)))
    frames = {}
    for name, counts in (("age", people.sum(axis=2)), ("sex", people.sum(axis=1))):
        cells = list(itertools.product(range(counts.shape[0]), range(counts.shape[1])))
        frames[name] = {
            "area": [str(a) for a, _ in cells],
            name: [str(k) for _, k in cells],
            "n": [int(counts[c]) for c in cells],
        }
    return frames


def test_nobody_can_work_out_what_tables_that_share_totals_hide():
    attacked = 0
    for number in range(1000):
        frames = linked_frames(number)
        result = lp.suppress(frames, threshold=5)
        assert not result.warnings
        counts = np.concatenate([frame["n"] for frame in frames.values()])
        cells = [(name, *cell) for name, f in frames.items() for cell in zip(f["area"], f[name], strict=True)]
        values = np.concatenate([result.tables[name]["n"] for name in frames])
        figures = [(np.arange(len(cells)) == i, v) for i, v in enumerate(values)]
        shared = []
        for row in result.totals.rows():
            # Where a total belongs to both tables, each states it, and both statements are about the same people.
            own = [
                np.array([n == name and row["area"] in (None, a) and row[name] in (None, k) for n, a, k in cells])
                for name in frames
                if all(row[other] is None for other in frames if other != name)
            ]
            figures += [(inside, row["total"]) for inside in own]
            shared += [own[0].astype(float) - own[1]] if len(own) == 2 else []
        attacked += check_ranges(figures, counts, number, shared)
    assert attacked > 4000


def test_a_wide_frame_keeps_its_shape():
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"area": ["N", "S", "E"], "carer": [3, 12, 20], "other": [30, 41, 25]})
    result = lp.suppress(frame)
    out = result.to_pandas()
    assert list(out.columns) == ["area", "carer", "other"]
    assert out["carer"].isna()[0] and out["other"].isna()[0]
    assert out.isna().to_numpy().sum() == 4 and result.hidden == 4
    assert result.value == pytest.approx(4 / 6)
    totals = {tuple(r.values())[:2]: r["total"] for r in result.totals.rows()}
    assert totals["N", None] == 33 and totals[None, "carer"] == 35 and totals[None, None] == 131
    assert set(result.ranges["why"]) == {"small", "protects others"}
    assert result.to_polars()["carer"].null_count() == 2
    assert lp.suppress(frame, threshold=2).hidden == 0


def test_a_crosstab_and_a_frame_without_labels_are_read():
    pandas = pytest.importorskip("pandas")
    answers = pandas.DataFrame({"group": list("aabbbbbbbb") * 3, "yes": [True, False] * 15})
    table = lp.suppress(pandas.crosstab(answers["group"], answers["yes"])).table
    assert table.columns == ["group", "False", "True"] and len(table) == 2
    bare = lp.suppress({"x": [1, 50, 60], "y": [20, 30, 40]})
    assert np.isnan(bare.table["x"][0]) and bare.table.columns == ["x", "y"]


def test_tables_that_share_totals_are_protected_together():
    age = {"area": ["N", "N", "S", "S"], "age": ["young", "old"] * 2, "n": [3, 9, 17, 18]}
    sex = {"area": ["N", "N", "S", "S"], "sex": ["f", "m"] * 2, "n": [5, 7, 19, 16]}
    both = lp.suppress({"age": age, "sex": sex})
    assert list(both.tables) == ["age", "sex"] and np.isnan(both.tables["age"]["n"][0])
    assert not both.warnings and both.exposed == 0
    sex["n"][0] = 4
    assert "disagree" in lp.suppress({"age": age, "sex": sex}).warnings[0]


def test_figures_already_published_stay_shown_where_marked():
    # The online event of 24 October 2023 as its report printed it: small counts that the source itself has shown.
    event = {"carer": ["Yes", "No"], "n": [3, 6]}
    assert np.isnan(lp.suppress(event).table["n"][0])
    assert lp.suppress(event, published=True).table["n"].tolist() == [3, 6]
    marked = lp.suppress(event, published={"n": [True, False]})
    assert marked.table["n"][0] == 3
    years = {"year": [2022, 2023, 2024], "n": [2, 20, 30]}
    assert lp.suppress(years, by="year").table["year"].tolist() == [2022, 2023, 2024]
    assert np.isnan(lp.suppress(years, by="year").table["n"][0])


def test_zeros_are_hidden_when_asked():
    frame = {"g": list("abcd"), "n": [0, 9, 30, 40]}
    assert lp.suppress(frame).hidden == 0
    result = lp.suppress(frame, zeros=True)
    assert np.isnan(result.table["n"][0])
    zero = next(r for r in result.ranges.rows() if r["g"] == "a")
    assert zero["low"] == 0 and zero["high"] >= 4


@pytest.mark.parametrize(
    ("frame", "options", "message"),
    [
        ({"n": [1.5]}, {}, "whole numbers"),
        ({"g": ["a"], "n": [None]}, {}, "whole numbers|no column of numbers"),
        ({"n": [-1]}, {}, "not negative"),
        ({"g": ["a"]}, {}, "no column of numbers"),
        ({"n": [3]}, {"threshold": 1}, "threshold = 1"),
        ({"n": [3]}, {"by": "year"}, "by = 'year'"),
        ({"n": [3]}, {"published": [True, False]}, "one mark a count"),
        ({}, {}, "no columns"),
    ],
)
def test_refusals(frame, options, message):
    with pytest.raises(lp.InputError, match=message):
        lp.suppress(frame, **options)


def test_the_promise_stands_in_the_docstring():
    assert "Guaranteed against" in lp.suppress.__doc__
    assert lp.suppress({"g": ["a"], "n": [3]}).reference.count("10.1287/mnsc.47.7.1008.9805") == 1


def test_what_is_no_table_of_counts_is_refused_in_words():
    for table, said in (
        ({"group": ["a", "b"], "n": [None, 4]}, "column n = nan .row 0.: counts are whole numbers"),
        ({"group": ["a", "b"], "n": [1.5, 4]}, "column n = 1.5 .row 0."),
        ({"group": ["a", "b"]}, "no column of numbers, so no counts"),
        ([3, 9, 12], "table is a list"),
    ):
        with pytest.raises(lp.InputError, match=said):
            lp.suppress(table)
