"""Conditional uniform graph tests: is a score unusual among all networks that share what is held fixed?"""

from __future__ import annotations

from linkpin import _core
from linkpin.catalogue import described
from linkpin.measures._arguments import Groups, Progress
from linkpin.network import Network
from linkpin.result import Result
from linkpin.uncertainty._arguments import to_seed
from linkpin.uncertainty._statistics import Statistic, choose
from linkpin.uncertainty.permutation import tested

__all__ = ["cug_test"]


@described("cug_test")
def cug_test(
    net: Network,
    statistic: Statistic,
    condition: str = "ties",
    *,
    groups: Groups | None = None,
    replicates: int = 1999,
    seed: int | None = None,
    swaps: int = 20,
    threads: int = 0,
    progress: Progress = None,
) -> Result:
    """
    Parameters
    ----------
    statistic
        A measure (``lp.reciprocity``), its name, or any callable from a network to a number, an array or a result.
    condition
        What random networks share with this one: its ``"size"``, its number of ``"ties"``, its ``"dyads"`` (mutual,
        one-way, none), or every vertex's ``"degrees"`` (rewiring).
    groups
        For measures of groups: a vertex column, a mapping from name, or one label a vertex.
    replicates
        How many random networks.
    seed
        Drawn and told in the result where None.
    swaps
        For ``"degrees"``: swaps of two ties' ends that are tried for each tie.

    The result has ``.value``, ``.p`` (two-sided), ``.p_greater``, ``.p_less``, ``.p_error``, ``.mean``, ``.sd`` and
    ``.attainable``; for several numbers a ``.table`` with these columns.
    """
    chosen = choose("cug_test", net, statistic, groups)
    columns, provenance = _core.cug_test(
        chosen.net,
        chosen.statistic,
        chosen.groups,
        condition,
        replicates,
        to_seed(seed),
        swaps,
        threads,
        progress,
    )
    how = f"{replicates:,} random networks of the same {condition}"
    return tested(provenance, columns, net, replicates, how)
