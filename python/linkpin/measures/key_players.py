"""Whose loss breaks a network up most, and who together reach most of it."""

from __future__ import annotations

from linkpin import _core
from linkpin.catalogue import described
from linkpin.measures._arguments import Progress
from linkpin.network import Network
from linkpin.result import Result
from linkpin.table import Table

__all__ = ["fragmentation", "key_players"]


@described("fragmentation")
def fragmentation(
    net: Network, *, distance_weighted: bool = False, threads: int = 0, progress: Progress = None
) -> Result:
    """
    Parameters
    ----------
    net
        The network; direction is left aside.
    distance_weighted
        Pairs that are connected still count as apart in part: by 1 - 1 / distance.
    """
    value, provenance = _core.fragmentation(net._net, distance_weighted, threads, progress)
    return Result(provenance, net=net, value=value)


@described("key_players")
def key_players(
    net: Network,
    k: int,
    criterion: str = "fragmentation",
    *,
    distance_weighted: bool | None = None,
    steps: int = 0,
    normalized: str = "others",
    exact: bool | None = None,
    most_sets: int = 1000,
    starts: int = 10,
    seed: int = 0,
    threads: int = 0,
    progress: Progress = None,
) -> Result:
    """
    Parameters
    ----------
    net
        The network; direction is left aside.
    k
        How many players.
    criterion
        ``"fragmentation"`` of the others once the set has left, or ``"reach"`` of the set to the others.
    distance_weighted
        Whether distances count; None for reach only.
    steps
        Reach no further than this; 0 for any number of steps.
    normalized
        Reach divided by the ``"others"`` (n - k) or by ``"all"`` vertices (n).
    exact
        True weighs every set; False chooses greedily with interchange; None weighs every set where that takes seconds.
    most_sets
        How many best sets are listed; all are counted.
    starts, seed
        Of the interchange: one start is greedy, the others are random.

    The result has ``.value``, ``.sets`` (the names in each best set), ``.count`` (how many sets are as good),
    ``.exact``, ``.steps_estimated`` (what weighing every set takes) and ``.table`` (set, id).
    """
    value, count, sets, proven, estimate, provenance = _core.key_players(
        net._net,
        k,
        criterion,
        distance_weighted,
        steps,
        normalized,
        exact,
        most_sets,
        starts,
        seed,
        threads,
        progress,
    )
    names = net.names
    named = [[names[v] for v in members] for members in sets]
    table = Table(
        {
            "set": [i for i, members in enumerate(named) for _ in members],
            "id": [name for members in named for name in members],
        },
        title="key players",
    )
    return Result(
        provenance,
        net=net,
        value=value,
        table=table,
        sets=named,
        count=count,
        exact=proven,
        steps_estimated=estimate,
    )
