"""Counts and names of people on their way into the report: hidden unless the caller says otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from linkpin.disclosure.publication import publication, respect_consent
from linkpin.disclosure.suppression import suppress
from linkpin.ecosystem import Ecosystem
from linkpin.table import Table

__all__ = ["disclosing", "people", "people_table", "shown"]

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
