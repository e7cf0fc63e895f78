"""Rankings of several judges: how far they agree, one order made of many, and a panel's ratings."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Any

import numpy as np

from linkpin import _core
from linkpin.catalogue import described
from linkpin.measures._arguments import Progress
from linkpin.priorities._ballots import Ballots, ballots, need, numbered
from linkpin.result import Result
from linkpin.table import Table

__all__ = ["agreement", "concordance", "consensus", "delphi"]

_PAIR = ("tau", "overlap", "overlap_low", "overlap_high", "top", "top_low", "top_high", "top_by_chance")
_PANEL = (
    "ratings",
    "median",
    "percentile_30",
    "percentile_70",
    "allowed",
    "disagreement",
    "verdict",
    "changed",
    "stayed",
    "previous_median",
)


@described("concordance")
def concordance(
    ranks: Any,
    *,
    best: str = "low",
    test: str = "automatic",
    permutations: int = 9999,
    seed: int | None = None,
    threads: int = 0,
    progress: Progress = None,
) -> Result:
    """
    Parameters
    ----------
    ranks
        One row a judge, one column an item: an array, a frame, or a mapping from judge to ranks. Only the order
        counts; equal ranks are ties.
    best
        ``"low"`` (ranks: 1 is best) or ``"high"`` (votes, ratings).
    test
        ``"automatic"``, ``"exact"`` or ``"permutation"``.
    permutations
        How many, where the chance is not exact.
    seed
        Of the permutations; None draws one, and the result records it.
    """
    given = ballots("concordance", ranks, best)
    remedy = "every judge ranks every item; items a judge left out may share the last place"
    need("concordance", "ranks", given, ~np.isnan(given.ranks), remedy)
    value, sums, parts, provenance = _core.concordance(
        given.ranks,
        len(given.items),
        test,
        permutations,
        secrets.randbits(32) if seed is None else seed,
        threads,
        progress,
    )
    table = Table({"item": given.items[: len(sums)], "rank_sum": sums}, title="concordance")
    return Result(provenance, value=value, table=table, **parts)


@described("agreement")
def agreement(ranks: Any, k: int = 3, *, persistence: float = 0.9, best: str = "low") -> Result:
    """
    Parameters
    ----------
    ranks
        One row a judge, one column an item: an array, a frame, or a mapping from judge to ranks. A missing rank is
        an item left out.
    k
        How many at the top are compared.
    persistence
        Of rank-biased overlap: chance that a reader goes on from one rank to the next.
    best
        ``"low"`` (ranks: 1 is best) or ``"high"`` (votes, ratings).
    """
    given = ballots("agreement", ranks, best)
    rows, provenance = _core.agreement(given.ranks, len(given.items), k, persistence)
    columns: dict[str, list[Any]] = {
        "a": [given.judges[row[0]] for row in rows],
        "b": [given.judges[row[1]] for row in rows],
        **{name: [row[i + 2] for row in rows] for i, name in enumerate(_PAIR)},
    }
    return Result(provenance, table=Table(columns, title="agreement"))


@described("consensus")
def consensus(
    ranks: Any,
    method: str = "borda",
    *,
    groups: Iterable[Any] | None = None,
    best: str = "low",
    progress: Progress = None,
) -> Result:
    """
    Parameters
    ----------
    ranks
        One row a judge, one column an item: an array, a frame, or a mapping from judge to ranks. Equal ranks are no
        preference between the two, a missing rank is none about any pair with it.
    method
        ``"borda"``, ``"condorcet"`` or ``"kemeny"``.
    groups
        One label a judge: what the consensus costs each group.
    best
        ``"low"`` (ranks: 1 is best) or ``"high"`` (votes, ratings).
    """
    given = ballots("consensus", ranks, best)
    names, codes = numbered("consensus", groups, len(given.judges))
    places, scores, cycles, winner, overruled, best_orders, costs, provenance = _core.consensus(
        given.ranks, len(given.items), method, codes, progress
    )
    order = np.argsort(places, kind="stable")
    table = Table(
        {"item": [given.items[i] for i in order], "rank": places[order], "score": scores[order]}, title="consensus"
    )
    cost = Table(
        {
            "group": names[: len(costs)],
            **{c: [row[i] for row in costs] for i, c in enumerate(("judges", "preferences", "overruled", "share"))},
        },
        title="what the consensus costs each group",
    )
    return Result(
        provenance,
        table=table,
        cost=cost,
        cycles=[[given.items[i] for i in cycle] for cycle in cycles],
        winner=given.items[winner] if winner >= 0 else None,
        overruled=overruled,
        best_orders=best_orders,
    )


def _rated(argument: str, ratings: Any) -> Ballots:
    given = ballots("delphi", ratings)
    fine = np.isnan(given.ranks) | np.isin(given.ranks, np.arange(1, 10))
    need("delphi", argument, given, fine, "ratings are whole numbers from 1 to 9, or missing", "panellist")
    return given


@described("delphi")
def delphi(ratings: Any, previous: Any = None) -> Result:
    """
    Parameters
    ----------
    ratings
        One row a panellist, one column an item, whole numbers from 1 to 9; missing where not rated.
    previous
        The round before, of the same panellists and items in the same order.
    """
    given = _rated("ratings", ratings)
    before = np.empty(0) if previous is None else _rated("previous", previous).ranks
    rows, provenance = _core.delphi(given.ranks, len(given.items), before)
    names = _PANEL[:-3] if previous is None else _PANEL
    table = Table(
        {"item": given.items[: len(rows)], **{c: [row[i] for row in rows] for i, c in enumerate(names)}},
        title="delphi",
    )
    return Result(provenance, table=table)
