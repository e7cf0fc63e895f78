"""How far something spreads from a few, and whom to tell first."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from linkpin import _core
from linkpin.catalogue import described
from linkpin.measures._arguments import Groups, Progress, labels, to_groups
from linkpin.network import Network
from linkpin.result import Result
from linkpin.table import Table

__all__ = ["choose_seeds", "spread"]

Chances: TypeAlias = "float | str | npt.ArrayLike | None"


def _chances(function: str, net: Network, p: Chances) -> Any:
    """Return what was given, or the column probability, or else the weights."""
    if p is None:
        if not net.weighted or "probability" in net.ties.columns:
            return "probability"
        if net.m and net.weights.max() > 1:
            raise _core.InputError(
                f"{function}: p = None: the ties have no column probability, and their weights, up to "
                f"{net.weights.max():g}, are no chances; give one number, a column, or one number a tie"
            )
        return "weight"
    return p if isinstance(p, (str, int, float)) else np.asarray(p, dtype=float)


@described("spread")
def spread(
    net: Network,
    seeds: Iterable[Any] | str,
    model: str = "ic",
    p: Chances = None,
    method: str = "auto",
    seed: int | None = None,
    *,
    flow: str = "forward",
    replicates: int = 10_000,
    level: float = 0.95,
    threads: int = 0,
    progress: Progress = None,
) -> Result:
    """
    Parameters
    ----------
    net
        The network; a tie carries from tail to head, an undirected one either way.
    seeds
        Who starts: names or numbers of vertices.
    model
        ``"ic"``, Independent Cascade, or ``"lt"``, Linear Threshold.
    p
        The chance of each tie: one number, a tie column, one value a tie in the order of ``net.ties``, or ``"weighted
        cascade"`` (1 / ties into the head). None takes the column ``probability``, or else the weights.
    method
        ``"exact"``, ``"sampled"``, or ``"auto"``: exact where that takes up to about a million states.
    seed
        Of the sampling; None draws one, which the result keeps.
    flow
        ``"backward"`` lets ties carry from head to tail, as citations do.
    replicates, level
        Of the sampling, and of the interval of the expected number.

    The result has ``.value``, ``.values`` (the chance of each vertex to be reached), ``.interval`` where sampled,
    ``.standard_error``, ``.exact`` and ``.replicates``.
    """
    start = net.ids([seeds] if isinstance(seeds, str) else seeds)
    drawn = secrets.randbits(63) if seed is None else seed
    value, interval, error, reached, exact, count, provenance = _core.spread(
        net._net,
        start.tolist(),
        model,
        _chances("spread", net, p),
        flow,
        method,
        replicates,
        level,
        drawn,
        threads,
        progress,
    )
    result = Result(
        provenance,
        net=net,
        value=value,
        values=reached,
        exact=exact,
        standard_error=error,
        replicates=count,
    )
    if not exact:
        result.interval = interval
        result.interval_of = f"the expected number reached, from {count:,} sampled outcomes, level {level:g}"
    return result


@described("choose_seeds")
def choose_seeds(
    net: Network,
    k: int | None = None,
    model: str = "ic",
    epsilon: float = 0.1,
    costs: Mapping[Any, float] | npt.ArrayLike | None = None,
    budget: float | None = None,
    floors: Mapping[str, float] | None = None,
    seed: int | None = None,
    *,
    p: Chances = None,
    groups: Groups | None = None,
    method: str = "auto",
    delta: float = 0.0,
    flow: str = "forward",
    level: float = 0.95,
    threads: int = 0,
    progress: Progress = None,
) -> Result:
    """
    Parameters
    ----------
    net
        The network; a tie carries from tail to head, an undirected one either way.
    k
        At most how many seeds; None for any number within the budget.
    model, p, flow
        As in :func:`spread`.
    epsilon
        What the guarantee of sampled choices may lack; smaller takes longer.
    costs, budget
        What each vertex costs as a seed (by name, or one number a vertex; each 1 unless given), and what there is to
        spend.
    floors
        ``{"carers": 0.3}``: at least this share of a group is to be reached.
    seed
        Of the sampling; None draws one, which the result keeps.
    groups
        A vertex column or one label a vertex; the column ``group`` where there are floors and nothing is said.
    method
        ``"exact"`` (lazy greedy on exact spreads), ``"sampled"`` (reverse-reachable sets), or ``"auto"``.
    delta
        The guarantee fails with at most this probability; 0 for 1 / n.
    level
        Of the intervals.

    The result has ``.seeds`` (names, in the order chosen), ``.value`` (expected number reached) with ``.interval``
    where sampled, ``.table`` (order, id, gain, cost), ``.guarantee`` (in words), ``.factor`` (proven beforehand),
    ``.attained`` (proven by this run's bounds), ``.exact``, ``.cost``; with groups ``.groups`` (a table), and with
    floors ``.floors`` ("met", "infeasible", "short") and ``.price`` (what they cost in reach).
    """
    if k is None and budget is None:
        raise _core.InputError("choose_seeds: k = None: say how many may be told, or give a budget")
    if floors and groups is None and "group" not in net.vertices:
        raise _core.InputError(
            f"choose_seeds: groups = None: floors need groups; name a column: {', '.join(net.vertices.columns)}"
        )
    named = None if groups is None and floors is None else to_groups(net, "group" if groups is None else groups)
    codes = [] if named is None else sorted({label for label in labels(net, named) if label is not None})
    drawn = secrets.randbits(63) if seed is None else seed
    spent = _costs(net, costs)
    answer = _core.choose_seeds(
        net._net,
        0 if k is None else k,
        model,
        _chances("choose_seeds", net, p),
        flow,
        method,
        epsilon,
        delta,
        spent,
        budget,
        named,
        _floors(codes, floors or {}),
        level,
        drawn,
        threads,
        progress,
    )
    names = [net.names[v] for v in answer["seeds"]]
    table = Table(
        {
            "order": np.arange(1, len(names) + 1),
            "id": names,
            "gain": np.array(answer["gains"], dtype=float),
            "cost": np.array([spent[v] if spent else 1.0 for v in answer["seeds"]], dtype=float),
        },
        title="seeds",
    )
    parts: dict[str, Any] = {key: answer[key] for key in ("factor", "attained", "exact", "delta", "sets", "cost")}
    if named is not None:
        parts["groups"] = _group_table(codes, answer["groups"])
    if floors:
        parts["floors"] = answer["floors"]
        parts["price"] = answer["without_floors"] - answer["value"]
        parts["without_floors"] = answer["without_floors"]
    provenance = answer["provenance"]
    provenance["warnings"] = [*provenance["warnings"], *_floor_warnings(codes, answer)]
    result = Result(
        provenance, net=net, value=answer["value"], table=table, seeds=names, guarantee=_guarantee(answer), **parts
    )
    if not answer["exact"]:
        result.interval = answer["interval"]
        result.interval_of = f"the expected number that these seeds reach, from fresh samples, level {level:g}"
    return result


def _costs(net: Network, costs: Mapping[Any, float] | npt.ArrayLike | None) -> list[float]:
    if costs is None:
        return []
    if not isinstance(costs, Mapping):
        return [float(c) for c in np.asarray(costs, dtype=float)]
    by_name = {str(name): float(cost) for name, cost in costs.items()}
    unknown = set(by_name) - set(net.names)
    lacking = [name for name in net.names if name not in by_name]
    if unknown or lacking:
        which = min(unknown) if unknown else lacking[0]
        raise _core.InputError(
            f"choose_seeds: costs, {which!r}: "
            + ("no vertex has this name" if unknown else "has no cost; give one for every vertex")
        )
    return [by_name[name] for name in net.names]


def _floors(known: list[str], floors: Mapping[str, float]) -> list[tuple[int, float]]:
    unknown = [str(group) for group in floors if str(group) not in known]
    if unknown:
        raise _core.InputError(
            f"choose_seeds: floors, {unknown[0]!r}: there is no such group; there are: {', '.join(known)}"
        )
    return [(known.index(str(group)), float(share)) for group, share in floors.items()]


def _group_table(known: list[str], rows: list[tuple[Any, ...]]) -> Table:
    names = (
        "size",
        "reached",
        "lower",
        "upper",
        "without_floors",
        "floor",
        "shortfall",
        "most_possible",
        "verdict",
    )
    columns: dict[str, Any] = {"group": [known[row[0]] for row in rows]}
    for i, name in enumerate(names, start=1):
        values = [row[i] for row in rows]
        columns[name] = values if name == "verdict" else np.array(values, dtype=int if name == "size" else float)
    return Table(columns, title="groups reached")


def _floor_warnings(known: list[str], answer: Mapping[str, Any]) -> list[str]:
    """Say of which group how much is lacking, and what is out of reach whoever is chosen."""
    said = []
    for group, _, reached, _, _, _, floor, shortfall, most, verdict in answer["groups"]:
        if verdict == "infeasible":
            said.append(
                f"{known[group]}: no choice within the limits reaches {floor:.4g} of them; "
                f"at most {most:.4g} are possible"
            )
        elif shortfall > 0:
            said.append(f"{known[group]}: {reached:.4g} reached of the {floor:.4g} asked for, {shortfall:.2g} short")
    if answer["floors"] == "infeasible" and not any(row[-1] == "infeasible" for row in answer["groups"]):
        said.append("each floor could be met alone, but no choice within the limits meets all of them")
    return said


def _guarantee(answer: Mapping[str, Any]) -> str:
    """Say what is proven of the choice."""
    less = "" if answer["exact"] else f", but for a chance of {answer['delta']:.2g}"
    attained = f"This run's own bounds prove {answer['attained']:.1%} of the best possible spread{less}."
    if answer["floors"] != "not asked":
        attained = f"Before the floors were heeded, a choice was proven to {answer['attained']:.1%} of the best{less}."
        return "No factor is proven beforehand for a choice with floors. " + attained
    if answer["proven"] == "k seeds":
        epsilon = "" if answer["exact"] else " - epsilon"
        return (
            f"At least 1 - 1/e{epsilon} = {answer['factor']:.1%} of the best possible is proven beforehand. {attained}"
        )
    if answer["proven"] == "budgeted":
        return (
            f"With costs only the weaker factor (1 - 1/e)/2{'' if answer['exact'] else ' - epsilon'} = "
            f"{answer['factor']:.1%} is proven beforehand: the better of the greedy by gain over cost and the best "
            f"single one. {attained}"
        )
    return f"No factor is proven beforehand where both the number and the budget bind. {attained}"
