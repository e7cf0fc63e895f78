"""What the report says of taking part: who does, at which stage and level, who decides, with what support."""

from __future__ import annotations

import math

from linkpin.assess.words import share as percent
from linkpin.ecosystem import Ecosystem
from linkpin.participation import words
from linkpin.participation.linkage import linkage
from linkpin.participation.participation import all_the_way_through, consulted_not_deciding, participation, support
from linkpin.report.disclosed import people
from linkpin.report.html import Raw, bar, element, table
from linkpin.report.people import fine, listed, people_are, safe, section, whole_names
from linkpin.report.sections import Section
from linkpin.result import Result

__all__ = ["rooms", "sections"]

_SHOWN = 20
HIDDEN = "hidden"


def sections(eco: Ecosystem) -> list[Section]:
    """Return the section on taking part."""
    parts = {
        "participation": _taking_part(eco),
        "consulted_not_deciding": _deciding(eco),
        "all_the_way_through": _through(eco),
        "support": _support(eco),
        "linkage": _linkage(eco),
    }
    return section("participation", "Who takes part, and who decides", parts)


def _taking_part(eco: Ecosystem) -> list[Raw]:
    result = participation(eco)
    rows = list(result.table.rows())
    everybody = rows[0]
    groups_in = rooms(eco)
    if everybody["participations"] == 0:
        return groups_in
    out = [
        element(
            "p",
            f"{people_are(everybody['participants'])} on record as taking part, "
            f"{people(everybody['participations'])} times in all.",
        )
    ]
    groups, few = [], []
    for row in rows[1:]:
        if safe(row["participations"], everybody["participations"]):
            share = element("td", percent(row["share"]), class_="n")
            groups.append(
                (row["group"], element("td", people(row["participations"]), class_="n"), share, bar(row["share"]))
            )
        else:
            few.append(row["group"])
    if few:
        note = element("td", "not shown, to protect people")
        groups = [*groups[: _SHOWN - 1], (", ".join(few), element("td", HIDDEN, class_="n"), element("td"), note)]
    if groups:
        heads = ("Capacity", "Times", "Share", "")
        out.append(table("In which capacity they took part", heads, groups[:_SHOWN], (1, 2)))
        out.append(
            fine("Whoever takes part in several capacities counts in each; shares divide such a person equally.")
        )
    return [*out, *groups_in, *_stages(result), *_levels(result)]


def rooms(eco: Ecosystem) -> list[Raw]:
    """Groups that take part without a number: where they are let in is all that can be said."""
    ties = eco.ties
    if "kind" not in ties or "kind" not in eco.entities:
        return []
    kinds = dict(zip(eco.entities["id"].tolist(), eco.entities["kind"].tolist(), strict=True))
    names = dict(zip(eco.entities["id"].tolist(), whole_names(eco), strict=True))
    rooms: dict[str, list[str]] = {}
    levels: dict[str, list[str]] = {}
    for row in ties.rows():
        count = row.get("count")
        if row["kind"] == "takes_part_in" and kinds[row["from"]] == "group" and (count is None or count != count):
            rooms.setdefault(row["to"], []).append(names[row["from"]])
            if row.get("level"):
                levels.setdefault(row["to"], []).append(row["level"])
    if not rooms:
        return []
    together: dict[str, list[str]] = {}
    for room, who in rooms.items():
        level = f" ({', '.join(dict.fromkeys(levels[room]))})" if room in levels else ""
        together.setdefault(", ".join(who), []).append(names[room] + level)
    body = [(who, "; ".join(where)) for who, where in list(together.items())[:_SHOWN]]
    return [
        table("Groups in the room, without a number", ("Who takes part", "Where"), body),
        fine("The record does not say how many people of these groups took part: they are in no count on this page."),
    ]


def _stages(result: Result) -> list[Raw]:
    rows = [r for r in result.stages.rows() if r["group"] is None]
    if not rows:
        return []
    whole = sum(r["participations"] for r in rows)
    body = [
        (
            row["stage"],
            element("td", people(row["participations"]), class_="n"),
            bar(row["share"]) if safe(row["participations"], whole) else element("td", ""),
        )
        for row in rows
    ]
    return [table("At which stage of the research", ("Stage", "Times", ""), body, (1,))]


def _levels(result: Result) -> list[Raw]:
    out: list[Raw] = []
    for median in result.medians.rows():
        if median["group"] is not None:
            continue
        rows = [r for r in result.levels.rows() if r["group"] is None and r["scale"] == median["scale"]]
        whole = median["participations"]
        if not all(safe(r["participations"], whole) for r in rows):
            out.append(element("p", f"Levels {words.on_scale(median['scale'])} rest on too few people to be shown."))
            continue
        body = [
            (
                r["level"],
                element("td", people(r["participations"]), class_="n"),
                element("td", percent(r["share"]), class_="n"),
                bar(r["share"]),
            )
            for r in reversed(rows)
        ]
        out.append(
            table(
                f"How far participation went, {words.on_scale(median['scale'])}",
                ("Level", "Times", "Share", ""),
                body,
                (1, 2),
            )
        )
    sayable = {(r["group"], r["scale"]) for r in result.reached.rows() if safe(r["surely"], r["participations"])}
    lines = [
        sentence
        for sentence, row in zip(result.sentences, result.medians.rows(), strict=True)
        if (row["group"], row["scale"]) in sayable
    ]
    if lines:
        out += [listed(lines), fine("Levels are places in an order. They are counted and ranked, never averaged.")]
    return out


def _deciding(eco: Ecosystem) -> list[Raw]:
    result = consulted_not_deciding(eco)
    rows = [r for r in result.table.rows() if not math.isnan(r["decision_share"])]
    if not rows:
        return []
    kept = [r for r in rows if not people(r["people"]).startswith("fewer")]
    body = [
        (
            r["group"],
            element("td", percent(r["attendance_share"]), class_="n"),
            bar(r["attendance_share"]),
            element("td", percent(r["decision_share"]), class_="n"),
            bar(r["decision_share"]),
        )
        for r in kept[:_SHOWN]
    ]
    caveat = "Groups of few people are left out. " if len(kept) < len(rows) else ""
    return [
        element("h3", "Heard, and deciding"),
        table("Share of attendance and of decisions", ("Group", "Of attendance", "", "Of decisions", ""), body, (1, 3)),
        listed(words.deciding(r) for r in kept[:_SHOWN]),
        fine(caveat + "A gap says nothing of why; it holds for what is on record."),
    ]


def _through(eco: Ecosystem) -> list[Raw]:
    result = all_the_way_through(eco)
    everybody = [r for r in result.table.rows() if r["group"] is None]
    if not everybody or everybody[0]["shaped"] == 0:
        return []
    if any(not safe(r["still_there"], r["shaped"]) for r in everybody):
        return [element("p", "How many who shaped the question stayed rests on too few people to be shown.")]
    return [listed(result.sentences)]


def _support(eco: Ecosystem) -> list[Raw]:
    result = support(eco)
    rows = [r for r in result.table.rows() if r["group"] is None]
    if not rows:
        return []
    kinds = ("offered", "wanted", "taken", "declined", "unmet")
    body = [(r["support"], *(element("td", people(r[k]), class_="n") for k in kinds)) for r in rows]
    heads = ("Support", "Offered", "Wanted", "Taken", "Declined", "Wanted and not offered")
    out = [
        element("h3", "Support"),
        table("What was offered, wanted, taken and declined", heads, body, (1, 2, 3, 4, 5)),
    ]
    reasons = list(dict.fromkeys(r["reason"] for r in result.reasons.rows()))
    if reasons:
        out += [element("p", "Why it was declined, in the words given:"), listed(reasons[:_SHOWN])]
    return out


def _linkage(eco: Ecosystem) -> list[Raw]:
    result = linkage(eco)
    if math.isnan(result.value):
        return []
    lines = [
        f"{percent(result.value)} of the pairs of a grassroots and a strategic body are joined, directly or by others.",
        "All of that runs through one person or body."
        if result.independent == 1
        else f"The two sides are joined by {result.independent} ways that have nobody in common.",
    ]
    body = [
        (r["label"], element("td", percent(r["share"]), class_="n"), bar(r["share"]), r["cut_off"])
        for r in list(result.table.rows())[:_SHOWN]
    ]
    out = [element("h3", "Between the ground and strategy"), listed(lines)]
    if body:
        heads = ("Who carries it", "Of the ways", "", "Pairs cut off without")
        out.append(table("People and bodies between grassroots and strategy", heads, body, (1, 3)))
    return [*out, fine("Ways are ties on record. Whether anything was said along them is another question.")]
