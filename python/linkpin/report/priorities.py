"""What the report says of priorities: what people put first, whom that overrules, and what is funded and researched."""

from __future__ import annotations

import math

from linkpin.assess.words import share as percent
from linkpin.ecosystem import Ecosystem
from linkpin.priorities.gap import priority_gap
from linkpin.priorities.ranking import concordance
from linkpin.report.disclosed import people
from linkpin.report.html import Raw, element, table
from linkpin.report.sections import Section
from linkpin.result import Result

__all__ = ["sections"]

_SHOWN = 30


def sections(eco: Ecosystem) -> list[Section]:
    """Return the section on priorities, or nothing where there are none that anyone ranked, funded or studied."""
    if "kind" not in eco.entities or "priority" not in eco.entities["kind"].tolist():
        return []
    result = priority_gap(eco, best=_best(eco))
    if all(not any(v > 0 for v in result.table[c]) for c in ("rank", "money", "research")):
        return []
    body = Raw("".join((_brief(result), _gap(result), _groups(result), _said(result))))
    measures = ("priority_gap", "consensus", *(("concordance",) if len(result.cost) > 1 else ()))
    return [Section("priorities", "Priorities", body, measures)]


def _best(eco: Ecosystem) -> str:
    """Ranks count down, votes and ratings up; the question's name says which it is."""
    known = dict(zip(eco.entities["id"].tolist(), eco.entities["kind"].tolist(), strict=True))
    reports = eco.reports
    asked = [str(r.get("item")) for r in reports.rows() if known.get(r["to"]) == "priority"]
    return "high" if asked and any(word in asked[0].lower() for word in ("vote", "rating", "score")) else "low"


def _brief(result: Result) -> Raw:
    ranked = [r for r in result.table.rows() if not math.isnan(r["rank"])]
    lines = []
    for row in sorted(ranked, key=lambda r: r["rank"])[:3]:
        line = f"{row['label']} comes {_place(row['rank'])} by what people say"
        if not math.isnan(row["money_share"]):
            line += f", and receives {percent(row['money_share'])} of the money that can be laid to a priority"
        if not math.isnan(row["research_share"]):
            line += f" and {percent(row['research_share'])} of the projects and evidence"
        lines.append(line + ".")
    return element("ul", *(element("li", line) for line in lines)) if lines else Raw("")


def _place(rank: float) -> str:
    words = {1: "first", 2: "second", 3: "third"}
    return words.get(int(rank), f"in place {rank:g}") if rank == int(rank) else f"in place {rank:g} (shared)"


def _gap(result: Result) -> Raw:
    rows = [
        (
            r["label"],
            r["rank"],
            r["money_rank"],
            element("td", percent(r["money_share"]) if not math.isnan(r["money_share"]) else "–", class_="n"),
            r["research_rank"],
            r["research"],
        )
        for r in sorted(result.table.rows(), key=lambda r: (math.isnan(r["rank"]), r["rank"], r["label"]))
    ]
    heads = (
        "Priority",
        "Place by people",
        "Place by money",
        "Share of money",
        "Place by research",
        "Pieces of research",
    )
    return Raw(
        table("What people put first, beside what is funded and researched", heads, rows[:_SHOWN], numeric=range(1, 6))
        + element(
            "p",
            "A priority far up on the left and far down on the right is a gap: in what is done, or in what is "
            "recorded. Places are an order, not amounts: first and second may be close.",
            class_="caveat",
        )
    )


def _groups(result: Result) -> Raw:
    rows = [
        (
            r["group"] or "no sector recorded",
            element("td", people(int(r["judges"])), class_="n"),
            element("td", percent(r["share"]) if r["preferences"] else "–", class_="n"),
        )
        for r in result.cost.rows()
    ]
    if len(rows) < 2:
        return Raw("")
    parts = [
        table(
            "How much of each sector's own order the shared one overrules",
            ("Sector", "People", "Overruled"),
            rows,
            (1, 2),
        ),
        element("p", "0% is their own order, 50% as if drawn by lot, 100% the reverse of it.", class_="caveat"),
    ]
    orders: dict[str, list[float]] = {}
    for row in result.groups.rows():
        orders.setdefault(row["group"] or "", []).append(row["rank"])
    agreed = concordance(orders, seed=0)
    if not math.isnan(agreed.value):
        chance = "could well be chance" if agreed.p > 0.05 else "is more than chance would give"
        parts.insert(
            0,
            element(
                "p",
                f"Between the orders of the {len(orders)} sectors the agreement is {agreed.value:.2f} on a scale from "
                f"0 to 1, which {chance} (p = {agreed.p:.2g}).",
            ),
        )
    return Raw("".join(parts))


def _said(result: Result) -> Raw:
    return element("ul", *(element("li", w) for w in result.warnings), class_="caveat") if result.warnings else Raw("")
