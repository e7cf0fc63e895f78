"""Tests with group labels: would who belongs to which group matter as much by chance?"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from linkpin import _core
from linkpin.catalogue import described
from linkpin.measures._arguments import Groups, Progress, labels, to_groups
from linkpin.measures.mixing import mixing_matrix
from linkpin.network import Network
from linkpin.result import Result
from linkpin.table import Table
from linkpin.uncertainty._arguments import to_seed
from linkpin.uncertainty._statistics import Statistic, choose_of_groups, numbers

__all__ = ["brokerage_test", "compare_groups", "permutation_test"]

ROLES = ("w_I", "w_O", "b_IO", "b_OI", "b_O", "t")


def tested(
    provenance: dict[str, Any],
    columns: dict[str, Any],
    net: Network,
    replicates: int,
    how: str,
    rows: dict[str, Any] | None = None,
) -> Result:
    """Return the result of one test, or a table of several, headed by what its rows are."""
    parts: dict[str, Any] = {"replicates": replicates, "permutations": replicates, "how": how}
    if rows is not None or len(columns["observed"]) > 1:
        if rows is None:
            count = len(columns["observed"])
            rows = {"id": net.names} if count == net.n else {"score": np.arange(count)}
        table = Table({**rows, **columns}, title=provenance["measure"])
        return Result(provenance, net=net, table=table, **parts)
    one: dict[str, Any] = {name: float(column[0]) for name, column in columns.items()}
    value = one.pop("observed")
    if one["attainable"] < 0.045:
        provenance["warnings"].append(
            f"the score takes few values: a test at 5 % rejects chance in {one['attainable']:.1%} of cases only"
        )
    table = Table({"observed": np.array([value]), **{name: np.array([v]) for name, v in one.items()}})
    return Result(provenance, net=net, value=value, table=table, **parts, **one)


@described("permutation_test")
def permutation_test(
    net: Network,
    statistic: Statistic,
    groups: Groups,
    permutations: int = 1999,
    seed: int | None = None,
    *,
    threads: int = 0,
    progress: Progress = None,
) -> Result:
    """
    Parameters
    ----------
    statistic
        ``lp.ei_index``, ``lp.assortativity``, ``lp.modularity`` or their names, ``lp.mixing_matrix`` (the share of
        possible ties that are there, from each group to each), or any callable that is called as
        ``statistic(net, groups)`` with a list of labels (None where there is none) and returns a number, an array or a
        result.
    groups
        A vertex column, a mapping from name, or one label a vertex; None and NaN are missing and stay where they are.
    permutations
        How often the groups are shuffled.
    seed
        Drawn and told in the result where None.

    The result has ``.value``, ``.p`` (two-sided), ``.p_greater``, ``.p_less``, ``.p_error`` (Monte Carlo standard error
    of p), ``.mean`` and ``.sd`` under the null hypothesis, and ``.attainable``, the level that a test at 5 % really
    has; for several numbers a ``.table`` with these columns, and for the mixing matrix from, to and p_adjusted (Holm).
    """
    given = to_groups(net, groups)
    mixing = statistic is mixing_matrix or statistic == "mixing_matrix"
    columns, provenance = _core.permutation_test(
        net._net,
        choose_of_groups("permutation_test", _rates if mixing else statistic),
        given,
        permutations,
        to_seed(seed),
        threads,
        progress,
    )
    how = f"{permutations:,} permutations"
    if not mixing:
        return tested(provenance, columns, net, permutations, how)
    cells = mixing_matrix(net, given).table
    columns["p_adjusted"] = _core.adjusted_p(columns["p"], "holm")
    return tested(provenance, columns, net, permutations, how, {"from": cells["from"], "to": cells["to"]})


def _rates(net: Network, groups: Groups) -> npt.NDArray[np.float64]:
    rates: npt.NDArray[np.float64] = mixing_matrix(net, groups).rate
    return rates


@described("compare_groups")
def compare_groups(
    net: Network,
    statistic: Statistic | npt.ArrayLike,
    groups: Groups,
    *,
    permutations: int = 1999,
    adjust: str = "holm",
    seed: int | None = None,
    threads: int = 0,
    progress: Progress = None,
) -> Result:
    """
    Parameters
    ----------
    statistic
        A measure by vertex (``lp.betweenness``), a callable from a network to one number a vertex, or the numbers.
    permutations
        How often the groups are shuffled.
    adjust
        For the number of pairs: ``"holm"``, ``"benjamini-hochberg"`` or ``"none"``.
    seed
        Drawn and told in the result where None.

    The result has ``.value`` (eta squared), ``.p`` (of any difference at all), ``.p_error``, and ``.table`` with a row
    a pair: a, b, size_a, size_b, mean_a, mean_b, difference, delta (Cliff's), p, p_adjusted, p_error.
    """
    values = measure_by_vertex("compare_groups", statistic, net)
    eta, p, error, a, b, columns, provenance = _core.compare_groups(
        net._net, values, to_groups(net, groups), permutations, to_seed(seed), adjust, threads, progress
    )
    heads = ("size_a", "size_b", "mean_a", "mean_b", "difference", "delta", "p", "p_adjusted", "p_error")
    table = Table({"a": a, "b": b, **dict(zip(heads, columns, strict=True))}, title="pairs")
    how = f"{permutations:,} permutations{_adjusted(adjust)}"
    return Result(provenance, net=net, value=eta, table=table, p=p, p_error=error, permutations=permutations, how=how)


def _adjusted(adjust: str) -> str:
    return "" if adjust == "none" else f", p adjusted by {adjust.title()}"


def measure_by_vertex(function: str, statistic: Statistic | npt.ArrayLike, net: Network) -> npt.NDArray[np.float64]:
    """Return the scores of a measure by vertex, of a callable, or as they were given: one number a vertex."""
    values = numbers(_scores(function, statistic, net))
    if len(values) != net.n:
        called = getattr(statistic, "__name__", type(statistic).__name__)
        raise _core.InputError(
            f"{function}: statistic = {called}: it gives {len(values)} for {net.n} vertices; give a measure by vertex, "
            "such as lp.betweenness, or one number a vertex"
        )
    return values


def _scores(function: str, statistic: Statistic | npt.ArrayLike, net: Network) -> Any:
    import linkpin

    if isinstance(statistic, str):
        by_vertex = _core.statistic_names()[1]
        if statistic not in by_vertex:
            raise _core.InputError(f"{function}: statistic = {statistic!r}: choose one of: {', '.join(by_vertex)}")
        if statistic in ("indegree", "outdegree"):
            return linkpin.degree(net, mode=statistic.removesuffix("degree"))
        return getattr(linkpin, statistic)(net)
    return statistic(net) if callable(statistic) else statistic


@described("brokerage_test")
def brokerage_test(
    net: Network,
    groups: Groups,
    null: str = "groups",
    *,
    replicates: int = 1999,
    adjust: str = "benjamini-hochberg",
    seed: int | None = None,
    threads: int = 0,
    progress: Progress = None,
) -> Result:
    """
    Parameters
    ----------
    groups
        A vertex column, a mapping from name, or one label a vertex.
    null
        What chance is: ``"groups"`` shuffled over the vertices, or ties at random that keep the ``"degrees"``
        (rewiring), the ``"dyads"`` (mutual, one-way, none) or the number of ``"ties"``.
    replicates
        How many networks or shuffles.
    adjust
        For the number of vertices and roles: ``"benjamini-hochberg"``, ``"holm"`` or ``"none"``.
    seed
        Drawn and told in the result where None.

    The result's ``.table`` has a row for each vertex and role: id, group, role, observed, mean, sd, z, p, p_adjusted,
    p_greater, p_less, p_error.
    """
    if null not in ("groups", "degrees", "dyads", "ties"):
        raise _core.InputError(f"brokerage_test: null = {null!r}: choose one of: groups, degrees, dyads, ties")
    given = to_groups(net, groups)
    if null == "groups":
        columns, provenance = _core.permutation_test(
            net._net, "brokerage", given, replicates, to_seed(seed), threads, progress
        )
    else:
        column = "groups of the statistic"
        core = _core.with_groups(net._net, given, column)
        columns, provenance = _core.cug_test(
            core, "brokerage", column, null, replicates, to_seed(seed), 20, threads, progress
        )
    provenance["measure"] = "brokerage_test"
    k = len(ROLES)
    with np.errstate(invalid="ignore", divide="ignore"):
        z = (columns["observed"] - columns["mean"]) / columns["sd"]
    z[~np.isfinite(z)] = np.nan
    table = Table(
        {
            "id": [name for name in net.names for _ in range(k)],
            "group": [label for label in labels(net, given) for _ in range(k)],
            "role": list(ROLES) * net.n,
            "observed": columns["observed"],
            "mean": columns["mean"],
            "sd": columns["sd"],
            "z": z,
            "p": columns["p"],
            "p_adjusted": _core.adjusted_p(columns["p"], adjust),
            "p_greater": columns["p_greater"],
            "p_less": columns["p_less"],
            "p_error": columns["p_error"],
        },
        title="brokerage",
    )
    chance = "groups shuffled" if null == "groups" else f"ties at random, the same {null}"
    how = f"{chance}, {replicates:,} replicates{_adjusted(adjust)}"
    return Result(provenance, net=net, table=table, null=null, replicates=replicates, how=how)
