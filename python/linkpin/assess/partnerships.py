"""Partnerships side by side: what went into each, what came of it, and whether the two go together."""

from __future__ import annotations

from linkpin import _core, columns
from linkpin.catalogue import described
from linkpin.ecosystem import Ecosystem
from linkpin.result import Result

__all__ = ["partnerships"]


@described("partnerships")
def partnerships(eco: Ecosystem) -> Result:
    """
    Parameters
    ----------
    eco
        An ecosystem with entities of the kind partnership, and member_of ties into them.

    The result's ``.table`` has one row a partnership (partnership, members, sectors, carers, collaboration, evidence,
    policies, credit, outcomes); ``.association`` sets those that reached a policy beside those that did not (measure,
    with_impact, without_impact, difference, p, partnerships); ``.with_impact`` and ``.without_impact`` count them.
    """
    rows, association, reached, others, provenance = _core.partnerships(eco._eco)
    return Result(
        provenance,
        table=columns.table(rows, "partnerships"),
        association=columns.table(association, "what goes with impact"),
        with_impact=reached,
        without_impact=others,
    )
