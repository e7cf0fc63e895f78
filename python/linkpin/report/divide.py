"""Evidence that goes no further, who cites whom, and projects that could join up."""

from __future__ import annotations

import math

from linkpin.ecosystem import Ecosystem
from linkpin.influence.divide import crossover, overlap, stranded
from linkpin.report import sections as seam
from linkpin.report.html import Raw, bar, element, table

__all__ = ["sections"]

_SHOWN = 10
_PROJECTS = ("project", "award", "partnership")


def sections(eco: Ecosystem) -> list[seam.Section]:
    """Return what the ecosystem has to say on evidence that is or is not drawn on, and on work that overlaps."""
    kinds = eco.entities["kind"].tolist() if "kind" in eco.entities else []
    found: list[seam.Section] = []
    if "evidence" in kinds and {"policy", "evidence"} & set(kinds):
        body = [*_stranded(eco), *_crossover(eco)]
        measures = ("stranded", "crossover") if len(body) > 3 else ("stranded",)
        found.append(seam.Section("evidence", "Evidence that goes no further", Raw("".join(body)), measures))
    if _has_topics(eco, kinds):
        body = _overlap(eco)
        if body:
            found.append(seam.Section("overlap", "Work that could join up", Raw("".join(body)), ("overlap",)))
    return found


def _stranded(eco: Ecosystem) -> list[Raw]:
    result = stranded(eco)
    rows = list(result.summary.rows())
    total, reached = sum(r["evidence"] for r in rows), sum(r["reached"] for r in rows)
    pieces = "piece of evidence" if total == 1 else "pieces of evidence"
    said = (
        f"Of {total} {pieces}, {reached or 'none'} led on to a policy or a review of evidence that this data knows of."
    )
    cells = [
        (
            r["evidence_type"],
            r["evidence"],
            r["reached"],
            f"{100 * r['lower']:.0f}% to {100 * r['upper']:.0f}%",
            bar(r["share"]),
        )
        for r in rows
    ]
    heads = ("Kind of evidence", "Pieces", "Drawn on", "Likely between", "")
    caveat = "What this data does not hold cannot be seen here: read these as the least that was drawn on."
    return [
        element("p", said),
        table("Evidence drawn on by policy or reviews", heads, cells, numeric=(1, 2)),
        element("p", caveat, class_="caveat"),
    ]


def _crossover(eco: Ecosystem) -> list[Raw]:
    if "sector" not in eco.entities:
        return []
    rows = [r for r in crossover(eco).summary.rows() if r["given"] > 0 and not math.isnan(r["crossing"])]
    if len(rows) < 2:
        return []
    cells = [(r["group"], r["given"], f"{100 * r['crossing']:.0f}%") for r in rows[:_SHOWN]]
    said = "How much of what each sector's evidence cites was made by another sector."
    return [
        element("p", said),
        table("Citations across sectors", ("Evidence of", "Citations", "To other sectors"), cells, numeric=(1,)),
    ]


def _has_topics(eco: Ecosystem, kinds: list[str]) -> bool:
    if "topics" not in eco.entities:
        return False
    return any(t and k in _PROJECTS for t, k in zip(eco.entities["topics"], kinds, strict=True))


def _overlap(eco: Ecosystem) -> list[Raw]:
    result = overlap(eco, most=_SHOWN)
    rows = [
        (
            eco.labels([r["a"]])[0],
            eco.labels([r["b"]])[0],
            ", ".join(r["shared"] or ()),
            f"{100 * r['similarity']:.0f}%",
        )
        for r in result.table.rows()
    ]
    if not rows:
        return []
    said = "These work on the same topics, and no tie between them is known. Before a new project, let them meet."
    return [
        element("p", said),
        table("Alike in topic, without a tie", ("One", "The other", "Topics they share", "How alike"), rows),
        element("p", "The same words do not prove the same work.", class_="caveat"),
    ]
