"""The scorecard: the whole reading as one tidy table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from linkpin import _core
from linkpin.assess import words
from linkpin.assess.landscape import landscape
from linkpin.catalogue import described
from linkpin.ecosystem import Ecosystem
from linkpin.network import Network
from linkpin.result import Result
from linkpin.table import Table

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
        Of the search for communities.
    threads
        0 for as many as the process may use.
    progress
        Called with the share done.
    **lens
        For an ecosystem: the options of ``eco.network``.

    The result's ``.table`` has measure, variant, of (network, group, vertex), subject, label, value, rank, reading (a
    plain sentence) and caveat.
    """
    if isinstance(eco, Network) and lens:
        raise _core.InputError(
            f"scorecard: {', '.join(lens)}: a network is already derived; give the ecosystem instead"
        )
    net = eco if isinstance(eco, Network) else landscape(eco, **lens)
    column = default_groups(net) if groups is None else groups
    chosen = column if column is None or isinstance(column, str) else ["" if g is None else str(g) for g in column]
    rows, provenance = _core.scorecard(net._net, chosen, top, seed, threads, progress)
    if net.observed_share < 1:
        provenance["warnings"].insert(
            0, f"only {words.share(net.observed_share)} of the possible ties were asked about and answered"
        )
    labels = dict(zip(net.names, net.labels(), strict=True))
    subjects = [row[3] for row in rows]
    shown = [labels.get(s, s) if row[2] == "vertex" else s for s, row in zip(subjects, rows, strict=True)]
    table = Table(
        {
            "measure": [row[0] for row in rows],
            "variant": [row[1] for row in rows],
            "of": [row[2] for row in rows],
            "subject": subjects,
            "label": shown,
            "value": np.array([row[4] for row in rows], dtype=float),
            "rank": np.array([row[5] if row[5] > 0 else np.nan for row in rows], dtype=float),
            "reading": [words.sentence(row[0], row[1], row[4], s) for row, s in zip(rows, shown, strict=True)],
            "caveat": [words.caveat(row[0]) for row in rows],
        },
        title="scorecard",
    )
    return Result(provenance, table=table, net=net, groups=column if isinstance(column, str) else None)
