"""Reach: which policies what was learnt has come to, within how many steps, and by when."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from linkpin import _core
from linkpin.catalogue import described
from linkpin.ecosystem import Ecosystem
from linkpin.influence._ends import Ends, ends
from linkpin.measures._arguments import Progress
from linkpin.network import Ids, Network
from linkpin.result import Result
from linkpin.table import Table

__all__ = ["knowledge_network", "reach", "reach_sensitivity"]

# Indexes known to find a part of the policy documents only (their own statements of recall).
_LIMITED = ("overton", "altmetric", "policy commons", "sage policy profiles")


def knowledge_network(eco: Ecosystem, kinds: str | Sequence[str] | None = None, at: str | int | None = None) -> Network:
    """Derive the network that knowledge runs along: every tie points the way its kind says knowledge goes.

    Parameters
    ----------
    eco
        The ecosystem.
    kinds
        Kinds of tie; None takes those that carry what is learnt towards policy (produces, disseminates, informs, cites,
        adopts, answers, leads_to, feeds_back).
    at
        A date: only what may hold at some time in it.

    Returns
    -------
    Network
        All entities, and the ties of these kinds; citations are turned round, nothing is merged.

    Raises
    ------
    InputError
        For a kind the ecosystem does not have.
    """
    chosen = [kinds] if isinstance(kinds, str) else list(kinds or [])
    return Network(_core.knowledge_network(eco._eco, chosen, None if at is None else str(at)))


def _ends_of(
    function: str, what: Ecosystem | Network, sources: Ends | None, targets: Ends | None
) -> tuple[Network, Ids, Ids]:
    net = knowledge_network(what) if isinstance(what, Ecosystem) else what
    if sources is None:
        kinds = net.vertices["kind"] if "kind" in net.vertices else np.array([], dtype=object)
        from_ = np.flatnonzero(kinds == "evidence").astype(np.int32)
        if not len(from_):
            raise _core.InputError(f"{function}: sources = None: no vertex is of kind evidence; name the sources")
    else:
        from_ = ends(function, "sources", net, sources)
    return net, from_, np.array([], dtype=np.int32) if targets is None else ends(function, "targets", net, targets)


def _lower_bound(function: str, what: Ecosystem | Network, recall: float | None) -> list[str]:
    if recall is not None:
        if not 0 < recall <= 1:
            raise _core.InputError(
                f"{function}: recall = {recall}: give the share of documents found, above 0 and at most 1"
            )
        if recall < 1:
            return [f"a lower bound: the sources of the data find about {recall:.0%} of what there is"]
        return []
    limited: set[str] = set()
    # A network's own column source is the tails of its ties.
    for frame in (what.ties, what.entities) if isinstance(what, Ecosystem) else (what.vertices,):
        if "source" in frame:
            for value in set(frame["source"].tolist()):
                limited.update(name for name in _LIMITED if value is not None and name in str(value).lower())
    return [f"a lower bound: {name} finds a part of the policy documents only" for name in sorted(limited)]


@described("reach")
def reach(
    what: Ecosystem | Network,
    sources: Ends | None = None,
    targets: Ends | None = None,
    *,
    source_types: str | Sequence[str] | None = None,
    steps: int = 0,
    deduplicate: bool = True,
    working_papers: bool = True,
    attenuation: float = 0.5,
    recall: float | None = None,
    flow: str = "forward",
    dates: str = "date",
    progress: Progress = None,
) -> Result:
    """
    Parameters
    ----------
    what
        An ecosystem, which is read along the flow of knowledge, or a network.
    sources
        Names or numbers of what is traced; None for all vertices of kind evidence.
    targets
        Names or numbers of what is to be reached; None for all vertices of kind policy.
    source_types
        Count targets of these types only (column ``source_type``: government, think tank, ...).
    steps
        Within so many steps: 1 counts what is cited directly, 2 second-order citations too; 0 any number.
    deduplicate
        The same document from several sources (same ``same_as``, or same label and date) counts once.
    working_papers
        False leaves working papers, discussion papers and preprints out, as targets and as steps.
    attenuation
        A target k steps away adds attenuation^(k - 1) to the attenuated sum.
    recall
        The share of documents that the sources of the data find, where it is known: below 1 the result is a lower
        bound. Overton, Altmetric and the like are recognised by the column ``source``.
    flow
        For a network: ``"forward"`` where knowledge runs along the ties, ``"backward"`` where they are citations.
    dates
        The vertex column that dates the targets, for ``.by_year``.

    The result has ``.value`` (targets that any source reaches), ``.targets`` (that there are), ``.table`` (source,
    reached, attenuated, nearest: steps to the nearest target, -1 where none), ``.by_year`` (year, reached so far) and
    ``.lower_bound``.
    """
    net, from_, to = _ends_of("reach", what, sources, targets)
    types = [source_types] if isinstance(source_types, str) else list(source_types or [])
    reached, attenuated, nearest, together, count, years, by_year, provenance = _core.reach(
        net._net, from_, to, types, steps, deduplicate, working_papers, attenuation, flow, dates, progress
    )
    bound = _lower_bound("reach", what, recall)
    provenance["warnings"] = [*provenance["warnings"], *bound]
    names = net.names
    table = Table(
        {"source": [names[v] for v in from_], "reached": reached, "attenuated": attenuated, "nearest": nearest},
        title="reach",
    )
    return Result(
        provenance,
        net=net,
        value=together,
        table=table,
        targets=count,
        by_year=Table({"year": np.array(years, dtype=int), "reached": np.array(by_year, dtype=int)}, title="by year"),
        lower_bound=bool(bound),
    )


@described("reach_sensitivity")
def reach_sensitivity(
    what: Ecosystem | Network,
    sources: Ends | None = None,
    targets: Ends | None = None,
    *,
    recall: float | None = None,
    flow: str = "forward",
    progress: Progress = None,
) -> Result:
    """
    Parameters
    ----------
    what, sources, targets, recall, flow
        As in :func:`reach`.

    The result's ``.table`` has one row a definition: source_types ("all" or one type), steps (0 for any number),
    deduplicate, working_papers, reached (targets that any source reaches), targets (that there are under the
    definition), and sources (that reach any). ``.lowest`` and ``.highest`` are the ends of what is reached.
    """
    net, from_, to = _ends_of("reach_sensitivity", what, sources, targets)
    definitions, together, reaching, count, provenance = _core.reach_sensitivity(net._net, from_, to, flow, progress)
    bound = _lower_bound("reach_sensitivity", what, recall)
    provenance["warnings"] = [*provenance["warnings"], *bound]
    table = Table(
        {
            "source_types": [d[0][0] if d[0] else "all" for d in definitions],
            "steps": np.array([d[1] for d in definitions], dtype=int),
            "deduplicate": np.array([d[2] for d in definitions], dtype=bool),
            "working_papers": np.array([d[3] for d in definitions], dtype=bool),
            "reached": together,
            "targets": count,
            "sources": reaching,
        },
        title="reach under every definition",
    )
    return Result(
        provenance,
        table=table,
        lowest=int(together.min()),
        highest=int(together.max()),
        lower_bound=bool(bound),
    )
