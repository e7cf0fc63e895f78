"""What the report says of the road from research to policy: reach, its definition, credit, and where it stops."""

from __future__ import annotations

import numpy as np

from linkpin.ecosystem import Ecosystem
from linkpin.influence.credit import shapley_reach
from linkpin.influence.reach import knowledge_network, reach, reach_sensitivity
from linkpin.influence.use import utilisation
from linkpin.influence.watering import watering_down
from linkpin.network import Ids, Network
from linkpin.report.html import Raw, card, element, gauge, table
from linkpin.report.sections import Section

__all__ = ["sections"]

_SHOWN = 20  # rows of a list; what is left out is counted


def sections(eco: Ecosystem) -> list[Section]:
    """Return the section on reach and credit, where there is evidence, policy, and a tie that carries knowledge."""
    net = knowledge_network(eco)
    kinds = net.vertices["kind"] if "kind" in net.vertices else np.array([], dtype=object)
    evidence = np.flatnonzero(kinds == "evidence").astype(np.int32)
    policy = np.flatnonzero(kinds == "policy").astype(np.int32)
    if not (len(evidence) and len(policy) and net.m):
        return []
    label = eco.labels(net.names)
    kept = _kept(net, label, evidence, policy)
    body = _reached(eco, net, label, evidence) + _used(eco) + kept + _credit(net, label, policy)
    ladder = ("utilisation",) if {"rung", "use"} & set(eco.ties.columns) else ()
    measures = ("reach", "reach_sensitivity", "shapley_reach", *ladder, *(("watering_down",) if kept else ()))
    return [Section("influence", "From research to policy", Raw(body), measures)]


def _pieces(n: int) -> str:
    return "one piece of evidence" if n == 1 else f"{n:,} pieces of evidence"


def _reached(eco: Ecosystem, net: Network, label: list[str], evidence: Ids) -> Raw:
    found = reach(eco, evidence)
    spread = reach_sensitivity(eco, evidence)
    rows = sorted(zip(evidence, found.table.rows(), strict=True), key=lambda r: (-r[1]["reached"], label[r[0]]))
    arrived = sum(r["reached"] > 0 for _, r in rows)
    documents = "policy document" if found.targets == 1 else "policy documents"
    sentence = (
        f"Of {_pieces(len(rows))}, {arrived:,} can be traced to a policy; {int(found.value):,} of {found.targets:,} "
        f"{documents} can be traced back to evidence."
    )
    sentence += _from_work(eco, net, int(found.value))
    counted = (
        f"it is between {spread.lowest:,} and {spread.highest:,}"
        if spread.lowest < spread.highest
        else f"it is {spread.lowest:,} as well"
    )
    caveat = (
        f"Counted another way (types of source, number of steps, repeats, working papers) {counted}. A mention shows "
        "that a document was known, not that it changed anything; ties that nobody recorded are missing."
    )
    if found.lower_bound:
        caveat += " It is a lower bound, because a source of the data finds a part of the documents only."
    share = found.value / found.targets if found.targets else float("nan")
    picture = gauge(share, 0, 1)
    parts = [
        element(
            "div",
            card("Reach into policy", f"{int(found.value):,} of {found.targets:,}", picture, sentence, caveat),
            class_="cards",
        )
    ]
    there = rows[:arrived]
    if there:
        listed = [(label[v], r["reached"], r["nearest"]) for v, r in there[:_SHOWN]]
        caption = "Evidence that came to a policy"
        parts.append(table(caption, ("Evidence", "Policies", "Steps to the nearest"), listed, (1, 2)))
    if arrived > _SHOWN:
        parts.append(element("p", f"And {_pieces(arrived - _SHOWN)} more, which reach no more policies than these."))
    return Raw("".join(parts))


def _from_work(eco: Ecosystem, net: Network, from_evidence: int) -> str:
    """Say what is tied to awards, projects and partnerships themselves, where that is more than by way of evidence."""
    kinds = net.vertices["kind"].astype(str)
    work = np.flatnonzero(np.isin(kinds, ("award", "project", "partnership"))).astype(np.int32)
    found = reach(eco, work) if len(work) else None
    if found is None or found.value <= from_evidence:
        return ""
    arrived = kinds[work[found.table["reached"] > 0]].tolist()
    of = " and ".join(
        f"{arrived.count(kind):,} of {int((kinds == kind).sum()):,} {kind}s" for kind in sorted(set(arrived))
    )
    return f" Counted from the work itself, with or without evidence in between, it is {int(found.value):,}, from {of}."


def _used(eco: Ecosystem) -> Raw:
    """How research was used and how far that went, in the words of the sources."""
    ties = eco.ties
    if "use" not in ties and "rung" not in ties:
        return Raw("")
    said = [r for r in ties.rows() if r.get("use") or r.get("rung")]
    if not said:
        return Raw("")
    rows = [(*eco.labels([r["from"], r["to"]]), r.get("use"), r.get("rung"), r.get("evidence")) for r in said[:_SHOWN]]
    out = table(
        "What use was made of it", ("What was learnt", "Came to", "Use", "How far", "In the source's words"), rows
    )
    if len(said) > _SHOWN:
        out = Raw(out + element("p", f"{len(said) - _SHOWN:,} more such ties are in the data."))
    return Raw(out + _ladder(eco))


def _ladder(eco: Ecosystem) -> Raw:
    """From rung to rung: how many came so far, and what share went on."""
    rungs = list(utilisation(eco).table.rows())
    if not rungs:
        return Raw("")
    listed = [
        (
            r["rung"],
            r["passed"],
            f"{r['share']:.0%} ({r['lower']:.0%} to {r['upper']:.0%})" if np.isfinite(r["share"]) else "",
        )
        for r in rungs
    ]
    caveat = (
        "Use that went so far is taken to have passed what lies below. Only use that somebody recorded is counted, and "
        "what changed something is recorded sooner than what was read and forgotten."
    )
    return Raw(
        table("How far it went", ("So far or further", "Uses", "Went on from the one before (95 %)"), listed, (1,))
        + element("p", caveat, class_="caveat")
    )


def _kept(net: Network, label: list[str], evidence: Ids, policy: Ids) -> Raw:
    """What is left when it arrives, where somebody stated how much a tie keeps."""
    if "fidelity" not in net.ties or net.ties["fidelity"].dtype.kind not in "fiu":
        return Raw("")
    found = watering_down(net, evidence, policy)
    if not np.isfinite(found.ties["fidelity"]).any():
        return Raw("")
    name = dict(zip(net.names, label, strict=True))
    ways = zip(found.table.rows(), found.paths, strict=True)
    rows = sorted(ways, key=lambda r: (r[0]["kept"], name[r[0]["target"]]))
    listed = [
        (
            name[r["target"]],
            " > ".join(name[v] for v in path),
            ("at most " if r["unknown"] else "") + f"{r['kept']:.0%}",
            f"{name[r['lost_from']]} > {name[r['lost_to']]}, keeps {r['keeps']:.0%}" if r["lost_from"] else "not said",
        )
        for r, path in rows[:_SHOWN]
    ]
    caveat = (
        "Experimental. Each step keeps the share of the recommendations that its source states; along a way the shares "
        "multiply. Where nobody stated it, a step counts as keeping all, so that at most so much is left. The way that "
        "keeps most is shown."
    )
    more = "" if len(rows) <= _SHOWN else f" {len(rows) - _SHOWN:,} more keep more than these."
    return Raw(
        table("How much is left when it arrives", ("Policy", "By this way", "Left", "Most is lost at"), listed)
        + element("p", caveat + more, class_="caveat")
    )


def _credit(net: Network, label: list[str], policy: Ids) -> Raw:
    """Who made it possible: those who have produced or carried something that is known to have come to a policy."""
    kinds = net.vertices["kind"]
    tails = np.unique(net.sources)
    who = np.array([v for v in tails if kinds[v] in ("person", "organisation", "group", "partnership")], dtype=np.int32)
    if not len(who):
        return Raw("")
    found = shapley_reach(net, who, policy)
    rows = sorted(zip(who, found.table.rows(), strict=True), key=lambda r: (-r[1]["shapley"], label[r[0]]))
    rows = [r for r in rows if r[1]["alone"] > 0]
    if not rows:
        return Raw("")
    listed = [(label[v], r["shapley"], r["alone"], r["only"]) for v, r in rows[:_SHOWN]]
    more = "" if len(rows) <= _SHOWN else f" {len(rows) - _SHOWN:,} more have smaller shares."
    return Raw(
        table(
            "Who can claim how much of it",
            ("Who", "Share of the policies reached", "Reached by way of them", "By way of nobody else"),
            listed,
            (1, 2, 3),
        )
        + element(
            "p",
            "Every policy is divided alike among those it was reached by way of, its own authors included, so that "
            f"the shares add up to the {found.total:g} that were reached.{more} Only contributions that were recorded "
            "can be credited.",
            class_="caveat",
        )
    )
