"""Strategic and grassroots: the ways between them, and who carries them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from linkpin import _core, columns
from linkpin.catalogue import described
from linkpin.ecosystem import Ecosystem
from linkpin.result import Result
from linkpin.table import Table

__all__ = ["linkage"]


@described("linkage")
def linkage(
    eco: Ecosystem,
    kinds: Sequence[str] | None = None,
    *,
    threads: int = 0,
    progress: Callable[[float], object] | None = None,
) -> Result:
    """
    Parameters
    ----------
    eco
        An ecosystem whose boards and events, or the ties to them, say their setting.
    kinds
        Kinds of tie that a way may take; by default those of taking part, membership and leading.
    threads
        0 for as many as the process may use.

    The result's ``.value`` is the share of pairs of a grassroots and a strategic body with a way between them,
    ``.median_steps`` how long it is, ``.independent`` how many ways share nobody in between, ``.both`` the bodies that
    are both. ``.table`` has the carriers: id, label, share (of the linked pairs) and cut_off (pairs lost without it);
    ``.pairs`` each pair with steps and ways.
    """
    pairs, carriers, both, linked, median, independent, provenance = _core.linkage(
        eco._eco, None if kinds is None else list(kinds), threads, progress
    )
    found = columns.table(carriers)
    table = Table(
        {
            "id": found["id"],
            "label": eco.labels(found["id"]),
            "share": found["share"],
            "cut_off": found["cut_off"],
        },
        title="carriers",
    )
    return Result(
        provenance,
        value=linked,
        table=table,
        pairs=columns.table(pairs, "pairs"),
        both=eco.labels(eco.entities["id"][both]),
        median_steps=median,
        independent=independent,
    )
