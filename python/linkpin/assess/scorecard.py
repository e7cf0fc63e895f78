"""The scorecard: the whole reading as one tidy table."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from linkpin import _core
from linkpin.assess import words
from linkpin.assess.landscape import actors, landscape
from linkpin.catalogue import described
from linkpin.ecosystem import Ecosystem
from linkpin.network import Network
from linkpin.result import Result
from linkpin.table import Table
from linkpin.uncertainty.bootstrap import tellings

__all__ = ["default_groups", "scorecard"]


def default_groups(net: Network) -> str | None:
    """Return the vertex column that names the stakeholder groups: sector, kind or group, where it tells them apart."""
    for name in ("sector", "group", "kind"):
        if name in net.vertices and 2 <= len({v for v in net.vertices[name].tolist() if v is not None}) < net.n:
            return name
    return None


@described("scorecard")
def scorecard(
    eco: Ecosystem | Network,
    groups: str | Sequence[Any] | None = None,
    *,
    top: int = 10,
    seed: int = 0,
    replicates: int | None = None,
    level: float = 0.95,
    false_positive: float | None = None,
    false_negative: float | None = None,
    threads: int = 0,
    progress: Callable[[float], None] | None = None,
    **lens: Any,
) -> Result:
    """
    Parameters
    ----------
    eco
        An ecosystem or a network.
    groups
        A vertex column or one label a vertex; by default the column sector, group or kind, where there is one.
    top
        How many vertices are listed for each score by vertex; 0 lists all.
    seed
        Of the search for communities and of the intervals.
    replicates
        Networks drawn again behind the intervals; by default 200, or none where vertices times (vertices + ties) is
        above 2 million; 0 for no intervals.
    level
        The share of such intervals that should hold the true value.
    false_positive, false_negative
        How often a report tells of a tie that is not there, and misses one that is: intervals are then of what the
        reports say, for an ecosystem those of both senders and receivers.
    threads
        0 for as many as the process may use.
    **lens
        For an ecosystem: the options of ``eco.network``.

    The result's ``.table`` has measure, variant, of (network, group, vertex), subject, label, value, rank, low, high,
    rank_low, rank_high, interval_of (vertices, ties, reports, non-response), covers (the share of such intervals that
    was measured to hold the true value, where it was), why_not (no interval is given), how_sure (the interval in
    words, or why there is none), reading (a plain sentence) and caveat. ``.replicates`` says how many were drawn.
    """
    if isinstance(eco, Network) and lens:
        raise _core.InputError(
            f"scorecard: {', '.join(lens)}: a network is already derived; give the ecosystem instead"
        )
    others: list[Network] = []
    reports = false_positive is not None or false_negative is not None
    if isinstance(eco, Network):
        net = eco
    elif reports:
        net, others = tellings(actors(eco), (), lens)
    else:
        net = landscape(eco, **lens)
    column = default_groups(net) if groups is None else groups
    chosen = column if column is None or isinstance(column, str) else ["" if g is None else str(g) for g in column]
    rows, drawn, provenance = _core.scorecard(
        net._net,
        chosen,
        top,
        seed,
        replicates,
        level,
        math.nan if false_positive is None else false_positive,
        math.nan if false_negative is None else false_negative,
        [other._net for other in others],
        threads,
        progress,
    )
    if net.observed_share < 1:
        provenance["warnings"].insert(
            0, f"only {words.share(net.observed_share)} of the possible ties were asked about and answered"
        )
    provenance["warnings"] = _once(provenance["warnings"])
    labels = dict(zip(net.names, net.labels(), strict=True))
    subjects = [row[3] for row in rows]
    shown = [labels.get(s, s) if row[2] == "vertex" else s for s, row in zip(subjects, rows, strict=True)]
    columns: dict[str, Any] = {
        "measure": [row[0] for row in rows],
        "variant": [row[1] for row in rows],
        "of": [row[2] for row in rows],
        "subject": subjects,
        "label": shown,
        "value": _numbers(row[4] for row in rows),
        "rank": _numbers(row[5] if row[5] > 0 else math.nan for row in rows),
        "low": _numbers(row[6] for row in rows),
        "high": _numbers(row[7] for row in rows),
        "rank_low": _numbers(row[8] for row in rows),
        "rank_high": _numbers(row[9] for row in rows),
        "interval_of": [row[10] for row in rows],
        "covers": _numbers(row[11] for row in rows),
        "why_not": [row[12] for row in rows],
    }
    columns["how_sure"] = [words.how_sure(row, net.n) for row in Table(columns).rows()]
    columns["reading"] = [words.sentence(row[0], row[1], row[4], s) for row, s in zip(rows, shown, strict=True)]
    columns["caveat"] = [words.caveat(row[0]) for row in rows]
    how = f"{drawn} replicates behind each interval" if drawn else "no intervals"
    named = column if isinstance(column, str) else None
    table = Table(columns, title="scorecard")
    return Result(
        provenance,
        table=table,
        net=net,
        groups=named,
        replicates=drawn,
        level=level,
        how=how,
        observed_share=net.observed_share,
    )


def _numbers(values: Iterable[float | None]) -> npt.NDArray[np.float64]:
    return np.array([math.nan if v is None else v for v in values], dtype=np.float64)


def _once(warnings: list[str]) -> list[str]:
    """Leave out what several measures say alike: that some vertices have no group, whose ties are then left out."""
    said: dict[str, str] = {}
    for warning in warnings:
        head, found, _ = warning.partition(" vertices have no group")
        said.setdefault(head + found if found else warning, warning)
    return list(said.values())
