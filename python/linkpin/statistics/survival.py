"""How long until something happens, where for some it has not happened yet, or only the year is known."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from linkpin import _core
from linkpin.catalogue import described
from linkpin.measures._arguments import Progress
from linkpin.result import Result
from linkpin.table import Table

__all__ = ["kaplan_meier", "logrank", "right_truncated", "turnbull"]

_ROWS = ("time", "at_risk", "events", "survival", "error", "lower", "upper")
_WHOLE = ("observations", "happened", "clusters", "last", "median", "median_low", "median_high")


@described("kaplan_meier")
def kaplan_meier(
    time: npt.ArrayLike,
    observed: npt.ArrayLike,
    groups: Iterable[Any] | None = None,
    *,
    clusters: Iterable[Any] | None = None,
    level: float = 0.95,
) -> Result:
    """
    Parameters
    ----------
    time
        How long each one was followed, from its own start.
    observed
        True where it happened at that time; False where until then it had not.
    groups
        One label a row: a curve for each.
    clusters
        One label a row: rows of one cluster (the lags of one award) are not independent, and the intervals say so.
    level
        Of the log-log intervals, one time at a time.

    ``.table`` has a row for each time at which it happened (time, at_risk, events, survival, error, lower, upper, and
    group in front where there are groups), ``.summary`` a row for each curve with its median and the median's interval.
    """
    times, flags = _column("kaplan_meier", "time", time), _flags("kaplan_meier", observed)
    return _curves("kaplan_meier", _core.kaplan_meier, times, flags, groups, clusters, level)


@described("right_truncated")
def right_truncated(
    time: npt.ArrayLike,
    longest: npt.ArrayLike,
    groups: Iterable[Any] | None = None,
    *,
    clusters: Iterable[Any] | None = None,
    level: float = 0.95,
) -> Result:
    """
    Parameters
    ----------
    time
        How long it took, for all that were seen.
    longest
        The longest time that could have been seen for each: from its start to the day of looking.
    groups
        One label a row: a curve for each.
    clusters
        One label a row: rows of one cluster are not independent, and the intervals say so.
    level
        Of the log-log intervals, one time at a time.

    ``.table`` and ``.summary`` as those of ``kaplan_meier``; ``survival`` is conditional on happening within the
    longest time that could be seen.
    """
    times, ends = _column("right_truncated", "time", time), _column("right_truncated", "longest", longest)
    return _curves("right_truncated", _core.right_truncated, times, ends, groups, clusters, level)


@described("logrank")
def logrank(
    time: npt.ArrayLike, observed: npt.ArrayLike, groups: Iterable[Any], *, clusters: Iterable[Any] | None = None
) -> Result:
    """
    Parameters
    ----------
    time
        How long each one was followed, from its own start.
    observed
        True where it happened at that time; False where until then it had not.
    groups
        One label a row: the groups that are compared.
    clusters
        One label a row: rows of one cluster (the lags of one award) are not independent, and the test is then robust.

    ``.value`` is chi-square, with ``.df`` and ``.p``; ``.table`` has a row a group: observations, observed, expected.
    """
    times, flags = _column("logrank", "time", time), _flags("logrank", observed)
    labels, codes = _labelled("logrank", "groups", groups, len(times))
    statistic, df, p, rows, provenance = _core.logrank(
        times, flags, codes, _cluster_codes("logrank", clusters, len(times))
    )
    table = Table(
        {
            "group": labels,
            "observations": np.array([row[0] for row in rows], dtype=np.int64),
            "observed": np.array([row[1] for row in rows], dtype=float),
            "expected": np.array([row[2] for row in rows], dtype=float),
        },
        title="log-rank test",
    )
    return Result(provenance, value=statistic, table=table, df=df, p=p)


@described("turnbull")
def turnbull(
    from_: npt.ArrayLike,
    until: npt.ArrayLike,
    *,
    clusters: Iterable[Any] | None = None,
    level: float = 0.95,
    replicates: int = 0,
    seed: int | None = None,
    threads: int = 0,
    progress: Progress = None,
) -> Result:
    """
    Parameters
    ----------
    from_
        The earliest time at which it may have happened.
    until
        The latest; the same where the time is known, infinite (or NaN) where it had not happened at ``from_``.
    clusters
        One label a row: what the bootstrap draws; each row for itself where there are none.
    level
        Of the bootstrap's percentile intervals.
    replicates
        Of the bootstrap; 0 for no intervals.
    seed
        Of the bootstrap; None draws one, which the result records.

    ``.table`` has a row for each interval in which mass can lie (left, right, mass, survival, and with replicates lower
    and upper); ``.median`` is the earliest and latest time it may be; ``.gap`` bounds what the log-likelihood lacks.
    """
    start = _column("turnbull", "from_", from_)
    end = _column("turnbull", "until", until)
    if seed is None:
        seed = int(np.random.SeedSequence().generate_state(1, np.uint64)[0]) if replicates else 0
    rows, observations, likelihood, gap, converged, median, provenance = _core.turnbull(
        start,
        np.where(np.isnan(end), np.inf, end),
        _cluster_codes("turnbull", clusters, len(start)),
        level,
        replicates,
        seed,
        threads,
        progress,
    )
    result = Result(
        provenance,
        table=Table(rows, title="Turnbull"),
        observations=observations,
        log_likelihood=likelihood,
        gap=gap,
        converged=converged,
        median=median,
    )
    if replicates:
        result.interval = Table({name: rows[name] for name in ("left", "right", "lower", "upper")})
        drawn = "rows" if clusters is None else "clusters"
        result.interval_of = f"survival after each interval, {level:.0%} of {replicates} draws of {drawn}"
    return result


def _curves(
    name: str,
    function: Callable[..., list[dict[str, Any]]],
    time: npt.NDArray[np.float64],
    second: npt.NDArray[Any],
    groups: Iterable[Any] | None,
    clusters: Iterable[Any] | None,
    level: float,
) -> Result:
    labels, codes = ([], None) if groups is None else _labelled(name, "groups", groups, len(time))
    found = function(time, second, codes, len(labels), _cluster_codes(name, clusters, len(time)), level)
    columns: dict[str, Any] = {}
    summary: dict[str, Any] = {}
    if groups is not None:
        columns["group"] = [label for label, f in zip(labels, found, strict=True) for _ in f["rows"]["time"]]
        summary["group"] = labels
    for column in _ROWS:
        columns[column] = np.concatenate([f["rows"][column] for f in found]) if found else np.array([])
    for column in _WHOLE:
        summary[column] = np.array([f["whole"][column] for f in found])
    provenance = {"measure": name, "warnings": _warnings(found, labels)}
    result = Result(provenance, table=Table(columns, title=name), summary=Table(summary, title="curves"))
    keys = [c for c in ("group", "time", "lower", "upper") if c in columns]
    result.interval = Table({c: columns[c] for c in keys})
    result.interval_of = f"survival, {level:.0%} log-log, at each time" + (
        "" if clusters is None else ", over clusters"
    )
    if groups is None:
        result._parts["median"] = found[0]["whole"]["median"]
    return result


def _warnings(found: list[dict[str, Any]], labels: list[str]) -> list[str]:
    if not labels:
        return [w for f in found for w in f["provenance"]["warnings"]]
    return [f"{label}: {w}" for label, f in zip(labels, found, strict=True) for w in f["provenance"]["warnings"]]


def _column(function: str, argument: str, values: npt.ArrayLike) -> npt.NDArray[np.float64]:
    try:
        column = np.asarray(values, dtype=float)
    except (TypeError, ValueError) as error:
        raise _core.InputError(f"{function}: {argument}: {error}: give one number a row") from None
    if column.ndim != 1:
        raise _core.InputError(f"{function}: {argument} has {column.ndim} dimensions: give one number a row")
    return column


def _flags(function: str, observed: npt.ArrayLike) -> npt.NDArray[np.uint8]:
    flags = _column(function, "observed", observed)
    wrong = np.flatnonzero((flags != 0) & (flags != 1))
    if len(wrong):
        row = int(wrong[0])
        raise _core.InputError(f"{function}: observed = {flags[row]:g} (row {row}): give True (it happened) or False")
    return flags.astype(np.uint8)


def _labelled(
    function: str, argument: str, labels: Iterable[Any], rows: int
) -> tuple[list[str], npt.NDArray[np.int32]]:
    """Distinct labels in order of appearance, and the number of each row's."""
    texts = list(labels)
    if len(texts) != rows:
        raise _core.InputError(f"{function}: {argument} has {len(texts)} labels: give one for each of {rows} rows")
    missing = next((i for i, t in enumerate(texts) if t is None or t != t), None)
    if missing is not None:
        raise _core.InputError(
            f"{function}: {argument} has no label (row {missing}): leave such rows out, or name them"
        )
    known: dict[str, int] = {}
    codes = [known.setdefault(str(text), len(known)) for text in texts]
    return list(known), np.array(codes, dtype=np.int32)


def _cluster_codes(function: str, clusters: Iterable[Any] | None, rows: int) -> npt.NDArray[np.int32] | None:
    return None if clusters is None else _labelled(function, "clusters", clusters, rows)[1]
