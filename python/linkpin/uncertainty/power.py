"""The other way round: what could this survey have shown, and how much more would settle it?"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from linkpin import _core
from linkpin.catalogue import described
from linkpin.measures._arguments import Groups, to_groups
from linkpin.network import Network
from linkpin.result import Result
from linkpin.table import Table
from linkpin.uncertainty._statistics import Statistic
from linkpin.uncertainty.permutation import measure_by_vertex

__all__ = ["answers_needed", "detectable_differences"]


@described("detectable_differences")
def detectable_differences(
    net: Network,
    statistic: Statistic | npt.ArrayLike,
    groups: Groups,
    *,
    power: float = 0.8,
    level: float = 0.95,
) -> Result:
    """
    Parameters
    ----------
    statistic
        A measure by vertex (``lp.degree``), its name, a callable from a network to one number a vertex, or the numbers.
    power
        The chance of finding the difference if it is there.
    level
        Of the test: 1 less the chance of a false finding.

    The result's ``.table`` has a row a pair: a, b, size_a, size_b, observed, spread, smallest.
    """
    values = measure_by_vertex("detectable_differences", statistic, net)
    a, b, columns, provenance = _core.detectable_differences(net._net, values, to_groups(net, groups), level, power)
    heads = ("size_a", "size_b", "observed", "spread", "smallest")
    table = Table({"a": a, "b": b, **dict(zip(heads, columns, strict=True))}, title="pairs")
    return Result(provenance, net=net, table=table, power=power, level=level)


@described("answers_needed")
def answers_needed(
    result: Result, first: object, second: object, *, answers: float | None = None, level: float = 0.95
) -> Result:
    """
    Parameters
    ----------
    result
        What ``bootstrap`` gave for a measure by vertex, with ties or reports resampled.
    first, second
        The two vertices by name.
    answers
        How many answers there are now; by default one a vertex.
    level
        How sure one wants to be of which is higher.

    The result has ``.value`` (how many more answers), ``.factor`` (times as many), ``.difference`` and
    ``.standard_error``.
    """
    names = result.names
    draws = result.draws
    if draws.shape[1] != len(names):
        raise _core.InputError(f"answers_needed: result of {result.measure}: give intervals of a measure by vertex")
    if str(first) == str(second):
        raise _core.InputError(f"answers_needed: second = {second!r}: the same as first: name two vertices to compare")
    pair = []
    for vertex in (first, second):
        if str(vertex) not in names:
            raise _core.InputError(f"answers_needed: vertex {vertex!r}: no vertex has this name")
        pair.append(np.ascontiguousarray(draws[:, names.index(str(vertex))]))
    now = float(len(names)) if answers is None else float(answers)
    difference, error, factor, more, provenance = _core.answers_needed(pair[0], pair[1], now, level)
    return Result(provenance, value=more, factor=factor, difference=difference, standard_error=error, answers=now)
