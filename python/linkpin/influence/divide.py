"""The divide between communities, evidence that reaches nobody, gaps, and the review that precedes a new project."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from linkpin import _core, columns
from linkpin.catalogue import described
from linkpin.ecosystem import Ecosystem
from linkpin.influence._ends import kinds_of, tie_kinds
from linkpin.measures._arguments import Groups, Progress, labels, to_groups
from linkpin.network import Network
from linkpin.result import Result
from linkpin.table import Table

__all__ = ["crossover", "divide", "gap_map", "overlap", "prior_work", "stranded"]


@described("divide")
def divide(
    net: Network,
    groups: Groups,
    a: str,
    b: str,
    *,
    new_ties: int = 5,
    candidates: int = 2000,
    threads: int = 0,
    progress: Progress = None,
) -> Result:
    """
    Parameters
    ----------
    net
        The network; directions are left aside.
    groups
        A vertex column, a mapping from name, or one label a vertex.
    a, b
        The two groups, such as ``"research"`` and ``"commissioning"``.
    new_ties
        How many to propose, each the best given those before.
    candidates
        Pairs tried for each; where there are more, those of the members best placed in their own group.

    ``.value`` is the closeness; ``.brokers`` has every vertex that stands between the two (id, group, brokerage,
    bridge), the strongest first; ``.new_ties`` the proposals (a, b, closeness); ``.summary`` the rest.
    """
    given = to_groups(net, groups)
    whole, brokerage, bridge, proposed, provenance = _core.divide(
        net._net, given, str(a), str(b), new_ties, candidates, threads, progress
    )
    between = np.flatnonzero((brokerage > 0) | (bridge > 0))
    order = between[np.argsort(-brokerage[between], kind="stable")]
    names, side = net.names, labels(net, given)
    brokers = Table(
        {
            "id": [names[i] for i in order],
            "group": [side[i] for i in order],
            "brokerage": brokerage[order],
            "bridge": bridge[order].astype(bool),
        },
        title="who stands between",
    )
    ties = Table(
        {
            "a": [row[0] for row in proposed],
            "b": [row[1] for row in proposed],
            "closeness": np.array([row[2] for row in proposed], dtype=float),
        },
        title="new ties that would bring the two closest",
    )
    summary = Table({"what": list(whole), "value": np.array(list(whole.values()), dtype=float)}, title="the divide")
    return Result(provenance, net=net, value=whole["closeness"], brokers=brokers, new_ties=ties, summary=summary)


@described("stranded")
def stranded(eco: Ecosystem, *, ties: str | Iterable[str] | None = None, level: float = 0.95) -> Result:
    """
    Parameters
    ----------
    eco
        The ecosystem.
    ties
        Kinds of tie to follow along the flow of knowledge; None takes produces, informs, cites, adopts, disseminates,
        answers, leads_to and precedes.
    level
        Of the intervals of the shares.

    ``.table`` has a row for each piece of evidence (reaches: policy, synthesis or nothing); ``.summary`` a row for each
    evidence_type with the share that reaches one.
    """
    return _tables(_core.stranded(eco._eco, tie_kinds("stranded", eco, ties), level))


@described("crossover")
def crossover(eco: Ecosystem, *, by: str = "sector") -> Result:
    """
    Parameters
    ----------
    eco
        The ecosystem.
    by
        Column of those who produce evidence, or of the evidence: its values are the groups.

    ``.table`` has a row for each pair of groups (citing, cited, citations, expected, ratio); ``.summary`` one for each
    group.
    """
    return _tables(_core.crossover(eco._eco, by))


@described("gap_map")
def gap_map(
    eco: Ecosystem,
    *,
    rows: str = "topics",
    columns: str = "populations",
    layers: str = "design",
    kind: str = "evidence",
) -> Result:
    """
    Parameters
    ----------
    eco
        The ecosystem.
    rows, columns, layers
        Columns of the entities: by usage topic, group of people, and design.
    kind
        Kind of entity that is counted.

    ``.table`` has a row for each combination (row, column, layer, count), zeros included; ``.summary`` each row and
    column once.
    """
    return _tables(_core.gap_map(eco._eco, kind, rows, columns, layers))


@described("overlap")
def overlap(
    eco: Ecosystem,
    *,
    kinds: str | Iterable[str] = ("project", "award", "partnership"),
    least: float = 0.5,
    most: int = 100,
    progress: Progress = None,
) -> Result:
    """
    Parameters
    ----------
    eco
        The ecosystem.
    kinds
        Kinds of entity that are compared.
    least
        The similarity from which a pair is given.
    most
        How many pairs are given, the most alike first.

    ``.table`` has a row a pair (a, b, similarity, shared, common); ``.summary`` each topic with its projects.
    """
    return _tables(_core.overlap(eco._eco, kinds_of(kinds), least, most, progress))


@described("prior_work")
def prior_work(
    eco: Ecosystem,
    topics: str | Iterable[str],
    *,
    kinds: str | Iterable[str] = ("project", "award", "partnership", "evidence", "policy", "outcome"),
    most: int = 100,
) -> Result:
    """
    Parameters
    ----------
    eco
        The ecosystem.
    topics
        Of the new project, in the words of the data.
    kinds
        Kinds of entity that are looked through.
    most
        How many works are given, the nearest first.

    ``.table`` has a row for each work (id, kind, similarity, shared, date); ``.summary`` a row for each person,
    organisation or group behind them (id, kind, works, best).
    """
    wanted = [topics] if isinstance(topics, str) else [str(topic) for topic in topics]
    return _tables(_core.prior_work(eco._eco, wanted, kinds_of(kinds), most))


def _tables(found: tuple[Any, Any, Any]) -> Result:
    table, summary, provenance = found
    name = provenance["measure"].replace("_", " ")
    return Result(
        provenance, table=columns.table(table, title=name), summary=columns.table(summary, title=f"{name}, summary")
    )
