"""What the rooms above the graph add to the report: one function a room, silent where the data has nothing of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from linkpin.ecosystem import Ecosystem
from linkpin.report.html import Raw

__all__ = ["Section", "of_rooms"]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page: anchor, heading, what it says, the scores that the end of the page explains, and what of it
    stands at the top of the page already.
    """

    key: str
    title: str
    body: Raw
    measures: tuple[str, ...] = ()
    brief: tuple[str, ...] = ()


# Modules of this package in reading order; each has sections(eco), with what this ecosystem has something to say in.
_ROOMS: tuple[str, ...] = (
    "participation",  # one a line
    "missing",  # one a line
    "lived",  # one a line
    "power",  # one a line
    "priorities",  # one a line
    "feedback",  # one a line
    "funding",  # one a line
    "influence",  # one a line
    "lags",  # one a line
    "partnerships",  # one a line
    "dynamics",  # one a line
    "uncertainty",  # one a line
    "divide",  # one a line
)


def of_rooms(eco: Ecosystem) -> list[Section]:
    """Return the sections of every room, in reading order."""
    found: list[Section] = []
    for room in _ROOMS:
        sections: Callable[[Ecosystem], list[Section]] = import_module(f"linkpin.report.{room}").sections
        found += sections(eco)
    return found
