"""The gap table: what people put first, beside what is funded and what is researched."""

from __future__ import annotations

from linkpin import _core, columns
from linkpin.catalogue import described
from linkpin.ecosystem import Ecosystem
from linkpin.result import Result

__all__ = ["priority_gap"]


@described("priority_gap")
def priority_gap(eco: Ecosystem, item: str | None = None, *, best: str = "low", groups: str = "sector") -> Result:
    """
    Parameters
    ----------
    eco
        The ecosystem; see the conventions below for what is read.
    item
        The question whose reports say how people see the priorities; None takes the first that asks of them.
    best
        ``"low"`` (ranks: 1 is best) or ``"high"`` (votes, ratings).
    groups
        Entity column of the respondents.
    """
    if best not in ("low", "high"):
        raise _core.InputError(f"priority_gap: best = {best!r}: choose one of: 'low' (ranks), 'high' (votes, ratings)")
    table, by_group, cost, money, research, provenance = _core.priority_gap(
        eco._eco, item or "", best == "high", groups
    )
    return Result(
        provenance,
        table=columns.table(table, "priorities, money and research"),
        groups=columns.table(by_group, "the order within each group"),
        cost=columns.table(cost, "what the shared order costs each group"),
        money_tau=money,
        research_tau=research,
    )
