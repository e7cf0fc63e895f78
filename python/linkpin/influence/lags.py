"""How long it takes from one dated event to another: from an award to policy, from an application to an agreement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from linkpin import _core, columns
from linkpin.catalogue import described
from linkpin.ecosystem import Ecosystem
from linkpin.influence._ends import tie_kinds
from linkpin.measures._arguments import Progress
from linkpin.result import Result
from linkpin.table import Table

__all__ = ["lags"]


@described("lags")
def lags(
    eco: Ecosystem,
    from_: str = "award",
    to: str | None = "policy",
    *,
    from_date: str | None = None,
    to_date: str | None = None,
    ties: str | Iterable[str] | None = None,
    steps: int = 1,
    of: str = "first",
    curve: str = "auto",
    groups: str | None = None,
    clusters: str | None = None,
    seen_until: str | int | Mapping[str, str | int] | None = None,
    level: float = 0.95,
    replicates: int = 200,
    seed: int | None = None,
    threads: int = 0,
    progress: Progress = None,
) -> Result:
    """
    Parameters
    ----------
    eco
        The ecosystem.
    from_
        Kind of entity whose date starts the clock.
    to
        Kind whose date stops it; None for two dates of one entity, named by ``from_date`` and ``to_date``.
    from_date, to_date
        Entity columns; None takes ``date``, else ``start``, and for the event also the start of the tie that leads to
        it.
    ties
        Kinds of tie to follow, along the flow of knowledge; None takes produces, informs, cites, adopts, disseminates,
        leads_to and precedes.
    steps
        How many ties there may be between the two.
    of
        ``"first"``: from each start to the first event after it, counting those still waiting; ``"each"``: every pair
        that is there, of which only what has happened is seen.
    curve
        ``"auto"``, ``"kaplan-meier"`` (dates in the middle of what is known), ``"turnbull"``, ``"right-truncated"``.
    groups
        Entity column of the start: a curve for each of its values, and a log-rank test between them.
    clusters
        Entity column of the start whose equal values are not independent; None takes each start for itself.
    seen_until
        Until when events were looked for: a date, or a mapping from the start's ``source`` to a date (None as a key
        gives the date for all others; without it starts of other sources are left out, since nobody looked). None takes
        the latest event there is, and says so.
    level, replicates, seed
        Of the intervals; ``replicates`` and ``seed`` are of the bootstrap where dates are known within bounds.

    ``.table`` is the curve (group, from, until: days; survival, lower, upper); ``.summary`` has a row a group (rows,
    happened, the median between two bounds); ``.pairs`` every lag there is, ``.before`` those whose event precedes its
    start, ``.timed`` what the curve was made from; ``.counts``, ``.seen_until``, and ``.p`` of the test.
    """
    if seed is None:
        seed = int(np.random.SeedSequence().generate_state(1, np.uint64)[0])
    by_source = dict(seen_until) if isinstance(seen_until, Mapping) else {None: seen_until}
    default = by_source.pop(None, None)  # type: ignore[call-overload]
    pairs, timed, curves, test, counts, name, until, provenance = _core.lags(
        eco._eco,
        from_,
        to or "",
        from_date or "",
        to_date or "",
        tie_kinds("lags", eco, ties),
        steps,
        of,
        curve,
        groups or "",
        clusters or "",
        "" if default is None else str(default),
        [(str(source), str(date)) for source, date in by_source.items()],
        level,
        replicates,
        seed,
        threads,
        progress,
    )
    all_pairs = columns.table(pairs, title="lags")
    result = Result(
        provenance,
        table=_stacked(curves, groups is not None),
        summary=_summary(curves, groups is not None),
        pairs=all_pairs,
        before=_where(all_pairs, all_pairs["order"] == "before", "events that precede their start"),
        timed=columns.table(timed, title="what the curve was made from"),
        counts=counts,
        curve=name,
        seen_until=until or _words(by_source),
        chi_square=test[0],
        df=test[1],
        p=test[2],
    )
    result.interval = result.table
    how = "percentile, of a bootstrap" if name == "turnbull" else "log-log"
    result.interval_of = f"survival, {level:.0%} {how}" + ("" if clusters is None else f", over {clusters}")
    return result


def _words(by_source: Mapping[Any, Any]) -> str:
    """The ends by source in words; one date alone where all are the same."""
    ends = {str(date) for date in by_source.values() if date is not None}
    return (
        ends.pop() if len(ends) == 1 else ", ".join(f"{date} ({source})" for source, date in by_source.items() if date)
    )


def _stacked(curves: list[dict[str, Any]], named: bool) -> Table:
    """The curves under each other."""
    names = list(curves[0]["table"]) if curves else ["from", "until", "survival", "lower", "upper"]
    stacked: dict[str, Any] = {}
    if named:
        stacked["group"] = [c["group"] for c in curves for _ in c["table"]["survival"]]
    for name in names:
        stacked[name] = np.concatenate([c["table"][name] for c in curves]) if curves else np.array([], dtype=float)
    return Table(stacked, title="share without the event so far")


def _summary(curves: list[dict[str, Any]], named: bool) -> Table:
    found: dict[str, Any] = {"group": [c["group"] for c in curves]} if named else {}
    found["rows"] = np.array([c["rows"] for c in curves], dtype=np.int64)
    found["happened"] = np.array([c["happened"] for c in curves], dtype=np.int64)
    found["median_from"] = np.array([c["median"][0] for c in curves], dtype=float)
    found["median_until"] = np.array([c["median"][1] for c in curves], dtype=float)
    return Table(found, title="curves")


def _where(table: Table, keep: Any, title: str) -> Table:
    return Table({name: table[name][keep] for name in table.columns}, title=title)
