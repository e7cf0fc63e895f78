"""Composite indices, with everything that the choice of weights, normalisation and aggregation does to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from linkpin import _core
from linkpin.catalogue import described
from linkpin.measures._arguments import Progress
from linkpin.result import Result
from linkpin.table import Table
from linkpin.uncertainty._arguments import to_seed

__all__ = ["composite"]


@described("composite")
def composite(
    components: Mapping[str, Any] | Any,
    weights: Mapping[str, float] | Sequence[float] | None = None,
    *,
    units: Iterable[Any] | None = None,
    lower_is_better: Iterable[str] = (),
    normalisations: str | Sequence[str] = ("min-max", "z-score", "rank"),
    aggregations: str | Sequence[str] = ("arithmetic", "geometric"),
    concentration: float = 0.0,
    floor: float = 0.01,
    draws: int = 1000,
    level: float = 0.95,
    seed: int | None = None,
    threads: int = 0,
    progress: Progress = None,
) -> Result:
    """
    Parameters
    ----------
    components
        Values by name, one a unit: a mapping, a Table, or a frame.
    weights
        Nominal weights by name or in order; by default all alike.
    units
        What each row is called; by default the frame's index, or numbers.
    lower_is_better
        Names of components of which less is better.
    normalisations
        The first is the nominal one; the others are as likely in the analysis: "min-max", "z-score", "rank",
        "reference" (share of the best).
    aggregations
        The same for "arithmetic" and "geometric".
    concentration
        Weights are drawn from a Dirichlet distribution around the nominal ones, the closer the larger this is; 0: all
        weights are equally likely.
    floor
        What min-max gives the worst unit.
    draws
        Of weights.
    level
        Of the rank intervals.
    seed
        None draws one and records it.

    The result's ``.table`` has unit, index, rank, expected_rank, rank_low, rank_high, first (the share of all choices
    in which the unit is best) and the components beside them. ``.acceptability`` has the share of each rank,
    ``.drivers`` the Sobol indices of the mean shift of ranks, ``.drivers_by_unit`` those of each unit's rank,
    ``.weights`` the weight of each component beside what it really has, ``.central_weights`` the weights with which
    a unit comes first.
    """
    if hasattr(components, "columns"):
        names = [str(c) for c in components.columns]
        columns = [_numbers(name, components[c]) for name, c in zip(names, components.columns, strict=True)]
        index = getattr(components, "index", None)
        units = list(index) if units is None and index is not None and not callable(index) else units
    else:
        names = [str(c) for c in components]
        columns = [_numbers(name, list(v)) for name, v in zip(names, components.values(), strict=True)]
    lower = set(lower_is_better)
    unknown = lower - set(names) | (set(weights) - set(names) if isinstance(weights, Mapping) else set())
    if unknown:
        raise _core.InputError(f"composite: component = {min(unknown)!r}: there are {', '.join(names)}")
    found, parts, acceptability, central, shift, by_unit, mean_shift, provenance = _core.composite(
        names,
        columns,
        _weights(weights, names),
        [name not in lower for name in names],
        [normalisations] if isinstance(normalisations, str) else list(normalisations),
        [aggregations] if isinstance(aggregations, str) else list(aggregations),
        concentration,
        floor,
        draws,
        level,
        to_seed(seed),
        threads,
        progress,
    )
    n = len(found)
    called = [str(u) for u in units] if units is not None else [str(i) for i in range(n)]
    if len(called) != n:
        raise _core.InputError(f"composite: units, length = {len(called)}: give one name a unit ({n})")
    heads = ("index", "rank", "expected_rank", "rank_low", "rank_high", "first")
    scores = {name: np.array(column) for name, column in zip(heads, zip(*found, strict=True), strict=True)}
    shares = np.asarray(acceptability).reshape(n, n)
    best = np.asarray(central).reshape(n, len(names))
    result = Result(
        provenance,
        value=mean_shift,
        table=Table({"unit": called, **scores, **dict(zip(names, columns, strict=True))}, title="composite index"),
        acceptability=Table({"unit": called, **{f"rank {r + 1}": shares[:, r] for r in range(n)}}, title="ranks"),
        weights=Table(
            {
                name: list(c) if name == "component" else np.array(c)
                for name, c in zip(
                    ("component", "weight", "correlation_ratio", "r_squared", "importance"),
                    list(zip(*parts, strict=True))[:5],
                    strict=True,
                )
            },
            title="what each component is worth",
        ),
        normalised=Table({"unit": called, **{p[0]: p[5] for p in parts}}, title="normalised components"),
        central_weights=Table({"unit": called, **dict(zip(names, best.T, strict=True))}, title="central weights"),
        drivers=_drivers(shift),
        how=f"{draws:,} draws of weights",
        drivers_by_unit=Table(
            {
                "unit": [u for u, rows in zip(called, by_unit, strict=True) for _ in rows],
                "factor": [r[0] for rows in by_unit for r in rows],
                "first": np.array([r[1] for rows in by_unit for r in rows]),
                "total": np.array([r[2] for rows in by_unit for r in rows]),
            },
            title="which choice drives each rank",
        ),
    )
    result.interval = Table(
        {"unit": called, "lower": scores["rank_low"], "upper": scores["rank_high"]}, title="intervals of ranks"
    )
    result.interval_of = "ranks: weights, normalisation and aggregation"
    return result


def _numbers(name: str, values: Any) -> np.ndarray[Any, Any]:
    try:
        return np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as no:
        raise _core.InputError(
            f"composite: component {name}: {no}: give numbers; what the units are called belongs into units"
        ) from None


def _weights(weights: Mapping[str, float] | Sequence[float] | None, names: list[str]) -> list[float]:
    if weights is None:
        return [1.0] * len(names)
    if isinstance(weights, Mapping):
        return [float(weights.get(name, 0.0)) for name in names]
    given = [float(w) for w in weights]
    if len(given) != len(names):
        raise _core.InputError(f"composite: weights, length = {len(given)}: give one a component ({len(names)})")
    return given


def _drivers(rows: list[tuple[str, float, float]]) -> Table:
    return Table(
        {
            "factor": [r[0] for r in rows],
            "first": np.array([r[1] for r in rows]),
            "total": np.array([r[2] for r in rows]),
        },
        title="which choice drives the ranks",
    )
