"""What the report says of how sure we are: conflicting reports, missing answers, and change between waves."""

from __future__ import annotations

import math
from typing import Any

from linkpin.assess import words
from linkpin.ecosystem import Ecosystem
from linkpin.report.html import Raw, element, table
from linkpin.report.sections import Section
from linkpin.result import Result
from linkpin.uncertainty.missing import missing_sensitivity
from linkpin.uncertainty.reconcile import reconcile
from linkpin.uncertainty.waves import compare_waves

__all__ = ["sections"]

_SHOWN = 20
_MOST = 500  # entities up to which answers are filled in for the page
_NAMES = {
    "available": "as answered",
    "complete": "without those who did not answer",
    "partner": "taking the partner's word",
    "preferential": "filled in by how often partners are named",
    "hot deck": "filled in from a similar respondent",
    "block": "filled in at the rate of the group",
    "regression": "filled in from all that is known around a tie",
}


def sections(eco: Ecosystem) -> list[Section]:
    """Return the sections on conflicts, missing answers and waves, as far as there are reports."""
    if not len(eco.reports):
        return []
    found = []
    items: list[str | None] = [*eco.items] or [None]
    conflicts = "".join(_conflicts(eco, reconcile(eco, "las-union", item)) for item in items)
    if conflicts:
        found.append(Section("conflicts", "Where partners tell different stories", Raw(conflicts), ("reconcile",)))
    missing = _missing(eco)
    if missing:
        found.append(Section("missing", "What the missing answers could change", missing, ("missing_sensitivity",)))
    if len(eco.waves) > 1:
        found.append(Section("waves", "What changed between the surveys", _waves(eco), ("compare_waves",)))
    return found


def _conflicts(eco: Ecosystem, result: Result) -> Raw:
    """Say how far the words agree, and which ties and organisations to ask again about."""
    if math.isnan(result.value):
        return Raw("")
    told = result.sender_ties + result.receiver_ties - result.both_ties
    asked = f" ({result.item})" if result.item else ""
    parts = [
        element(
            "p",
            f"Of {told} ties that at least one of two partners told of{asked}, both told of {result.both_ties}: "
            f"{words.share(result.value)}.",
        )
    ]
    rows = list(result.conflicts.rows())
    labels = dict(zip(eco.entities["id"], eco.labels(eco.entities["id"].tolist()), strict=True))
    if rows:
        shown = [(labels[r["from"]], labels[r["to"]], _told(r["sender"]), _told(r["receiver"])) for r in rows[:_SHOWN]]
        heads = ("From", "To", "The first says", "The second says")
        parts.append(table(f"Ties to ask again about{asked}", heads, shown))
        if len(rows) > _SHOWN:
            parts.append(element("p", f"{len(rows) - _SHOWN} more are in linkpin.reconcile(eco).", class_="caveat"))
    parts.append(_respondents(eco, result, asked))
    parts.append(
        element(
            "p",
            "A tie that only one tells of may be new, one-sided or forgotten: it is a reason to ask, not a mistake.",
            class_="caveat",
        )
    )
    return Raw("".join(parts))


def _told(value: float) -> str:
    return "no answer" if math.isnan(value) else "there is none" if value == 0 else "there is one"


def _respondents(eco: Ecosystem, result: Result, asked: str) -> Raw:
    """List organisations by ties told of alone; people are not named."""
    kind = dict(zip(eco.entities["id"], _column(eco, "kind"), strict=True))
    rows = [
        (r["label"], r["compared"], r["claimed_alone"], r["denied_alone"])
        for r in result.by_respondent.rows()
        if kind[r["respondent"]] != "person" and r["claimed_alone"] + r["denied_alone"] > 0
    ]
    if not rows:
        return Raw("")
    rows.sort(key=lambda r: (-(r[2] + r[3]), r[0]))
    heads = ("Respondent", "Ties compared", "Told of alone", "Told of by the partner alone")
    return table(f"Who tells another story than their partners{asked}", heads, rows[:_SHOWN], (1, 2, 3))


def _column(eco: Ecosystem, name: str) -> list[Any]:
    return eco.entities[name].tolist() if name in eco.entities else [None] * len(eco.entities)


def _missing(eco: Ecosystem) -> Raw:
    """Show each score's range over the treatments, where somebody did not respond."""
    if len(eco.entities) > _MOST:
        return Raw("")
    result = missing_sensitivity(eco, imputations=10, seed=0)
    if result.unanswered == 0:
        return Raw("")
    rows = []
    for r in result.table.rows():
        by = [(r[t], t) for t in _NAMES if not math.isnan(r[t])]
        if not by:
            continue
        low, high = min(by), max(by)
        rows.append((r["score"], r["available"], low[0], _NAMES[low[1]], high[0], _NAMES[high[1]]))
    heads = ("Score", "As answered", "At least", "namely", "At most", "namely")
    return Raw(
        element(
            "p",
            f"{result.unanswered} possible ties belong to those who did not answer. Each score is shown under six ways "
            "to treat them: where lowest and highest are far apart, the missing answers decide.",
        )
        + table("Scores under six treatments of the missing answers", heads, rows, (1, 2, 4))
        + element("p", "The range is no confidence interval: the truth can lie outside it.", class_="caveat")
    )


def _waves(eco: Ecosystem) -> Raw:
    """Say who joined and left, and what changed among those who stayed."""
    result = compare_waves(eco)
    parts = [element("p", _came_and_went(t)) for t in result.ties.rows()]
    rows = [
        (r["score"], r["from"], r["to"], r["stayers_before"], r["stayers_after"], _change(r))
        for r in result.table.rows()
    ]
    heads = ("Score", "From", "To", "Before", "After", "Change")
    parts.append(table("Among those who were there both times", heads, rows, (3, 4)))
    parts.append(
        element(
            "p", "A change whose interval holds 0 may be chance; joining and leaving are not in it.", class_="caveat"
        )
    )
    return Raw("".join(parts))


def _came_and_went(t: dict[str, Any]) -> str:
    n = {name: f"{t[name]:.0f}" for name in ("stayers", "joiners", "leavers", "kept", "gained", "lost")}
    return (
        f"From {t['from']} to {t['to']}: {n['stayers']} stayed, {n['joiners']} joined, {n['leavers']} left. Of those "
        f"who stayed, {n['kept']} ties were kept, {n['gained']} are new and {n['lost']} are gone."
    )


def _change(row: dict[str, Any]) -> str:
    difference, low, high = row["stayers_difference"], row["stayers_low"], row["stayers_high"]
    if math.isnan(difference):
        return "undefined"
    if math.isnan(low):
        return f"{difference:+.2f}; too few to say more"
    verdict = "" if low > 0 or high < 0 else "; may be chance"
    return f"{difference:+.2f} (between {low:+.2f} and {high:+.2f}{verdict})"
