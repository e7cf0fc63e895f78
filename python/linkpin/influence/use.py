"""The use of research: how far it went, in which way it was used, and what it paid back."""

from __future__ import annotations

from typing import Any

from linkpin import _core, columns
from linkpin.catalogue import described
from linkpin.ecosystem import Ecosystem
from linkpin.result import Result

__all__ = ["payback", "utilisation"]


@described("utilisation")
def utilisation(eco: Ecosystem, *, by: str | None = None, level: float = 0.95) -> Result:
    """
    Parameters
    ----------
    eco
        An ecosystem whose ties have the columns ``rung`` or ``use``.
    by
        Column of the entity that knowledge comes to, such as its sector: a ladder for each of its values.
    level
        Of the intervals.

    ``.table`` has a row a rung (group, rung, here, passed, share of those who passed the rung below, lower, upper);
    ``.summary`` a row a way of use (use, ties).
    """
    result = _tables(_core.utilisation(eco._eco, by or "", level), "the ladder of utilisation", "ways of use")
    result.interval = result.table
    result.interval_of = f"share that went on from the rung below, Wilson {level:.0%}"
    return result


@described("payback")
def payback(eco: Ecosystem) -> Result:
    """
    Parameters
    ----------
    eco
        An ecosystem whose entities have the column ``payback``.

    ``.summary`` has a row a category (category, entities), ``.table`` one for each kind of entity in it.
    """
    return _tables(_core.payback(eco._eco), "what it paid back, by kind", "what it paid back")


def _tables(found: tuple[Any, Any, Any], title: str, summary: str) -> Result:
    return Result(found[2], table=columns.table(found[0], title=title), summary=columns.table(found[1], title=summary))
