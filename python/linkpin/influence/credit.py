"""Credit: who made it possible that policy was reached, in shares that add up to what they divide."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np

from linkpin import _core
from linkpin.catalogue import described
from linkpin.influence._ends import Ends, drawn_seed, ends, players
from linkpin.measures._arguments import Groups, Progress
from linkpin.network import Network
from linkpin.result import Result
from linkpin.table import Table

__all__ = ["shapley", "shapley_reach", "shapley_success"]


def _credit(answer: Any, called: list[str], title: str) -> Result:
    shares, fractional, alone, only, total, provenance = answer
    table = Table(
        {"player": called, "shapley": shares, "fractional": fractional, "alone": alone, "only": only}, title=title
    )
    result = Result(provenance, value=total, values=shares, table=table, players=called, total=total)
    result._names = lambda: called
    return result


@described("shapley_reach")
def shapley_reach(
    net: Network,
    sources: Ends,
    targets: Ends,
    *,
    groups: Groups | None = None,
    flow: str = "forward",
    steps: int = 0,
    progress: Progress = None,
) -> Result:
    """
    Parameters
    ----------
    sources
        Names or numbers of the vertices that share the credit: evidence, people, organisations.
    targets
        Names or numbers of the vertices that are reached: policies.
    groups
        Share the credit among the groups of the sources instead (organisations, sectors): a vertex column, or one
        label a vertex.
    steps
        Reach no further than this; 0 for any number of steps.

    The result has ``.values`` (one a player), ``.total`` (targets reached by anybody: what the shares add up to) and
    ``.table``: player, shapley, fractional (every target divided among the sources that reach it alike), alone (what
    the player reaches without the others) and only (what nobody else reaches).
    """
    from_ = ends("shapley_reach", "sources", net, sources)
    numbers, called = players("shapley_reach", net, from_, groups)
    answer = _core.shapley_reach(
        net._net, from_, ends("shapley_reach", "targets", net, targets), numbers, flow, steps, progress
    )
    return _credit(answer, called, "credit for reach")


@described("shapley_success")
def shapley_success(
    p: Mapping[Any, float] | Iterable[float],
    *,
    groups: Mapping[Any, Any] | Iterable[Any] | None = None,
    progress: Progress = None,
) -> Result:
    """
    Parameters
    ----------
    p
        The chance of each contributor to succeed alone: a mapping from name, or one number each.
    groups
        Share the credit among groups of contributors instead: a mapping from name, or one label each.

    The result has ``.values`` (one a player), ``.total`` (the chance that anybody succeeds: what the shares add up to)
    and ``.table``: player, shapley, fractional (in proportion to the chances), alone and only.
    """
    names = [str(k) for k in p] if isinstance(p, Mapping) else None
    chances = np.array(list(p.values() if isinstance(p, Mapping) else p), dtype=float)
    called = names or [str(i) for i in range(len(chances))]
    numbers = None
    if groups is not None:
        if isinstance(groups, Mapping):
            by_name = {str(k): str(v) for k, v in groups.items()}
            missing = [name for name in called if name not in by_name]
            if missing:
                raise _core.InputError(f"shapley_success: groups: {missing[0]!r} has none: give every contributor one")
            of = [by_name[name] for name in called]
        else:
            of = [str(v) for v in groups]
        called = list(dict.fromkeys(of))
        numbers = np.array([called.index(g) for g in of], dtype=np.int32)
    return _credit(_core.shapley_success(chances, numbers, progress), called, "credit for success")


@described("shapley")
def shapley(
    players: int | Iterable[Any],
    worth: Callable[[frozenset[Any]], float],
    *,
    most_exact: int = 16,
    permutations: int = 10_000,
    level: float = 0.95,
    seed: int | None = None,
    progress: Progress = None,
) -> Result:
    """
    Parameters
    ----------
    players
        The players, or their number n: then they are 0 to n - 1.
    worth
        What a coalition, given as a frozenset of players, is worth. The empty one is worth 0 and is not asked for.
    most_exact
        Up to so many players every coalition is asked for; beyond, random orders are drawn.
    permutations, level, seed
        Of a sampled answer: how many orders, the level of the intervals, the seed (None draws one).

    The result has ``.values`` (one a player), ``.total`` (the worth of all, which they add up to), ``.exact``,
    ``.table`` (player, shapley, low, high).
    """
    if isinstance(players, int) and players < 0:
        raise _core.InputError(f"shapley: players = {players}: give their number, 0 or more, or the players themselves")
    who = list(range(players)) if isinstance(players, int) else list(players)
    if len(set(who)) != len(who):
        raise _core.InputError("shapley: players: one stands twice: give each player once")

    def of(numbers: list[int]) -> float:
        coalition = frozenset(who[i] for i in numbers)
        value = worth(coalition)
        try:
            return float(value)
        except TypeError:
            what = f"{value!r} ({', '.join(str(who[i]) for i in numbers)})"
            raise _core.InputError(f"shapley: worth = {what}: return a number") from None

    values, low, high, total, exact, provenance = _core.shapley(
        len(who), of, most_exact, permutations, level, drawn_seed(seed), progress
    )
    called = [str(w) for w in who]
    table = Table({"player": called, "shapley": values, "low": low, "high": high}, title="Shapley values")
    result = Result(
        provenance,
        value=total,
        values=values,
        table=table,
        players=who,
        total=total,
        exact=exact,
        how="exact" if exact else "sampled",
    )
    result._names = lambda: called
    if not exact:
        result.interval = table
        result.interval_of = f"Monte Carlo error alone, {level:.0%}"
    return result
