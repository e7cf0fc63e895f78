"""What can be scored: a measure of the library, or any callable from a network to a number or to several."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from linkpin import _core
from linkpin.measures._arguments import Groups, to_groups
from linkpin.measures.brokerage import brokerage
from linkpin.measures.holes import constraint, effective_size
from linkpin.measures.key_players import fragmentation
from linkpin.measures.mixing import assortativity, degree_assortativity, ei_index, modularity
from linkpin.measures.paths import betweenness, closeness, harmonic, mean_distance
from linkpin.measures.spectral import eigenvector, pagerank
from linkpin.measures.structure import centralization, clustering, degree, density, reciprocity, strength, transitivity
from linkpin.network import Network
from linkpin.result import Result

__all__ = ["Chosen", "Statistic", "choose", "choose_of_groups", "numbers"]

Statistic: TypeAlias = "str | Callable[..., Any] | list[str | Callable[..., Any]]"

# Measures that are evaluated without Python where they are given as they stand.
_KNOWN: dict[Callable[..., Any], str] = {
    f: f.__name__
    for f in (
        assortativity,
        betweenness,
        brokerage,
        centralization,
        closeness,
        clustering,
        constraint,
        degree,
        degree_assortativity,
        density,
        effective_size,
        ei_index,
        eigenvector,
        fragmentation,
        harmonic,
        mean_distance,
        modularity,
        pagerank,
        reciprocity,
        strength,
        transitivity,
    )
}

_COLUMN = "groups of the statistic"


class Chosen(NamedTuple):
    """A statistic as the core takes it, the network it is of, and the catalogue's name where it has one."""

    statistic: str | list[str] | Callable[[Any], npt.NDArray[np.float64]]
    net: _core.Network
    groups: str
    measure: str
    scores: list[str] | None = None  # what several numbers are called


def numbers(value: Any) -> npt.NDArray[np.float64]:
    """Return what a statistic gave as numbers."""
    try:
        if isinstance(value, Result):
            value = value.values if value._values is not None else value.value
        if value is None:  # numpy would make it NaN, and hide a callable without a return
            raise TypeError
        return np.atleast_1d(np.asarray(value, dtype=np.float64)).ravel()
    except (AttributeError, TypeError, ValueError):
        called = f"result of {value.measure}" if isinstance(value, Result) else type(value).__name__
        raise _core.InputError(
            f"statistic: value = {called}: return a number, an array of numbers, or a result of linkpin that is one"
        ) from None


def _named(function: str, statistic: str) -> str:
    known = [name for names in _core.statistic_names() for name in names]
    if statistic not in known:
        raise _core.InputError(
            f"{function}: statistic = {statistic!r}: choose one of: {', '.join(known)}; or give a callable"
        )
    return statistic


def _name(statistic: Any) -> str | None:
    if isinstance(statistic, str):
        return statistic
    return _KNOWN.get(statistic) if callable(statistic) else None


def choose(function: str, net: Network, statistic: Statistic, groups: Groups | None = None) -> Chosen:
    """Return the statistic of a network."""
    core, column = net._net, ""
    if isinstance(groups, str):
        column = groups
    elif groups is not None:
        column = _COLUMN
        core = _core.with_groups(core, to_groups(net, groups), column)
    if isinstance(statistic, list):
        each = [name for one in statistic if (name := _name(one)) is not None]
        if len(each) < len(statistic):
            raise _core.InputError(
                f"{function}: statistic: a list holds measures of the library: give one callable instead"
            )
        by_vertex = set(each) & {*_core.statistic_names()[1], "brokerage"}
        if by_vertex:
            raise _core.InputError(f"{function}: statistic = {min(by_vertex)!r}: a list holds measures of one number")
        names = [_named(function, str(one)) for one in each]
        return Chosen(names, core, column, "", names)
    name = _name(statistic)
    if name is not None:
        return Chosen(_named(function, name), core, column, name)
    if not callable(statistic):
        raise _core.InputError(f"{function}: statistic = {statistic!r}: give a callable from a network to a number")
    call = statistic
    first = call(net)
    measure = first.measure if isinstance(first, Result) and not isinstance(first, str) else ""
    numbers(first)
    # centralization is one entry for several centralities, of which only that of degree bears its plain name
    measure = "" if measure == "centralization" else measure
    return Chosen(lambda given: numbers(call(Network(given))), core, column, measure)


def choose_of_groups(function: str, statistic: Statistic) -> str | Callable[[Any, Any], npt.NDArray[np.float64]]:
    """Return the statistic of a network and groups."""
    name = _name(statistic)
    of_groups = _core.statistic_names()[2]
    if name is not None and name in of_groups:
        return name
    if not callable(statistic):
        raise _core.InputError(
            f"{function}: statistic = {statistic!r}: choose one of: {', '.join(of_groups)}; "
            "or give a callable of a network and groups"
        )
    try:
        inspect.signature(statistic).bind(None, None)
    except TypeError:
        called = getattr(statistic, "__name__", repr(statistic))
        raise _core.InputError(
            f"{function}: statistic = {called}: it is called with a network and groups, and does not take both; give "
            f"one of {', '.join(of_groups)}, or lambda net, groups: ..."
        ) from None
    except ValueError:  # some callables do not tell
        pass
    call = statistic
    return lambda given, labels: numbers(call(Network(given), labels))
