"""Counts and names of people on their way into the report: hidden unless the caller says otherwise."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import numpy as np

from linkpin import _core
from linkpin.columns import encode
from linkpin.disclosure.publication import publication, respect_consent
from linkpin.disclosure.suppression import suppress
from linkpin.ecosystem import Ecosystem
from linkpin.network import Network
from linkpin.table import Table

__all__ = ["disclosing", "people", "people_table", "shown", "shown_network"]

_NAMES, _VERTICES = 6, 7  # where a network's state has them
_threshold: ContextVar[int | None] = ContextVar("linkpin_disclosure_threshold", default=5)


@contextmanager
def disclosing(threshold: int | None) -> Iterator[None]:
    """While a report is written: hide counts of people below ``threshold``; None shows all."""
    token = _threshold.set(threshold)
    try:
        yield
    finally:
        _threshold.reset(token)


def shown(eco: Ecosystem, names: bool | Iterable[str]) -> Ecosystem:
    """Return the ecosystem that a report may show: without those who declined, people under pseudonyms unless named."""
    visible: Ecosystem = publication(respect_consent(eco).eco, names=names, threshold=0).eco
    return visible


def shown_network(net: Network, names: bool | Iterable[str]) -> Network:
    """Return the network that a report may show: vertices of kind "person" under pseudonyms unless named."""
    if names is True or "kind" not in net.vertices:
        return net
    allowed = set() if names is False else {str(name) for name in names}
    may = net.vertices["may_be_named"].tolist() if "may_be_named" in net.vertices else [None] * net.n
    kinds = net.vertices["kind"].tolist()
    hidden = [v for v in range(net.n) if kinds[v] == "person" and net.names[v] not in allowed and may[v] is not True]
    if not hidden:
        return net
    ids: list[str] = list(net.names)
    taken = set(ids)
    free = (f"person {i}" for i in itertools.count(1) if f"person {i}" not in taken)
    for v in np.random.default_rng(0).permutation(hidden).tolist():
        ids[v] = next(free)
    state = list(net._net.state())
    state[_NAMES] = ids
    vertices = dict(state[_VERTICES])
    for column in ("label", "full_name"):
        if column in net.vertices:
            told = net.vertices[column].tolist()
            for v in hidden:
                told[v] = ids[v]
            vertices[column] = encode(column, told)
    state[_VERTICES] = vertices
    return Network(_core.Network(*state))


def people(count: int, *, published: bool = False) -> str:
    """Spell one count of people that stands in no table; ``published`` marks what its source has shown already."""
    threshold = _threshold.get()
    small = threshold is not None and 0 < count < threshold
    return f"fewer than {threshold}" if small and not published else f"{count:,}"


def people_table(frame: Any, *, by: Any = None, published: Any = None) -> Table:
    """Return a frame of counts of people with NaN for what must not be shown; arguments are those of ``suppress``."""
    threshold = _threshold.get()
    if threshold is None:
        return suppress(frame, 2, by=by, published=True).table
    return suppress(frame, threshold, by=by, published=published).table
