"""What the report says of who is missing: forms, groups with nobody in the room, and what nobody answered."""

from __future__ import annotations

import math
from typing import Any

from linkpin.ecosystem import Ecosystem
from linkpin.participation.representation import absent_groups, fractions, hidden_group_policy, monitoring
from linkpin.report.disclosed import people, people_table
from linkpin.report.html import Raw, element, grouped, table
from linkpin.report.participation import HIDDEN, rooms
from linkpin.report.people import between, entity_column, fine, listed, section, span, whole_names
from linkpin.report.sections import Section

__all__ = ["sections"]

_SHOWN = 20


def sections(eco: Ecosystem) -> list[Section]:
    """Return the section on who is missing."""
    parts = {
        "monitoring": _monitoring(eco),
        "fractions": _printed(eco),
        "absent_groups": _absent(eco),
        "hidden_group_policy": _policy(eco),
    }
    return section("missing", "Who is missing", parts, _brief(eco))


def _brief(eco: Ecosystem) -> tuple[str, ...]:
    """What a reader in a hurry should know of who is missing."""
    lines = []
    told = [q for q in monitoring(eco).questions.rows() if q["event"] is None and q["not_returned"]]
    if told:
        about = "about " if True in entity_column(eco, "attendance_about") else ""
        lines.append(f"{told[0]['forms']} of {about}{told[0]['attended']} people who were there handed in a form.")
    alone, _ = _missing(eco)
    if alone:
        more = f" and {len(alone) - 3} more" if len(alone) > 3 else ""
        lines.append(f"Named, with nobody from them on record anywhere: {'; '.join(alone[:3])}{more}.")
    return tuple(lines)


def _monitoring(eco: Ecosystem) -> list[Raw]:
    result = monitoring(eco)
    asked = [r for r in result.questions.rows() if r["event"] is None]
    if not asked:
        return []
    pooled = [r for r in result.table.rows() if r["event"] is None]
    sentences = {(r["characteristic"], r["category"]): said for r, said in zip(pooled, result.sentences, strict=True)}
    out = [
        fine(
            "Those who fill in a form may differ from those who do not. The dot is the share of those who answered, "
            "the dark line where it likely lies among people like them; the pale band is what could be true of all "
            "who were there."
        )
    ]
    groups, said = [], []
    for question in asked:
        rows = [r for r in pooled if r["characteristic"] == question["characteristic"]]
        marks = [bool(r["published"]) for r in rows]
        frame = {"category": [r["category"] for r in rows], "count": [int(r["count"]) for r in rows]}
        shown = people_table(frame, by="category", published=marks)["count"].tolist()
        lines = [_answer(row, count) for row, count in zip(rows, shown, strict=True)]
        groups.append((f"{question['characteristic']} ({_answers(question, all(marks))})", lines))
        if len(rows) == 2 and not any(map(math.isnan, shown)):  # yes or no: the first says it all
            said.append(sentences[question["characteristic"], rows[0]["category"]])
    heads = ("Answer", "People", "Among people like them", "Among all who were there", "")
    out.append(grouped("What the forms say of who was there", heads, groups, (1,)))
    return [*out, listed(said)] if said else out


def _answer(row: dict[str, Any], count: float) -> tuple[object, ...]:
    if math.isnan(count):
        return (row["category"], element("td", HIDDEN, class_="n"), "", "", element("td", "", class_="span"))
    return (
        row["category"],
        element("td", f"{count:,.0f}", class_="n"),
        element("td", between(row["low"], row["high"]), class_="range"),
        element("td", between(row["bound_low"], row["bound_high"]), class_="range"),
        span(row["share"], row["low"], row["high"], row["bound_low"], row["bound_high"]),
    )


def _answers(question: dict[str, Any], published: bool) -> str:
    parts = [f"{question['answered']} answers"]
    for name, reason in (
        ("prefer_not_to_say", "preferred not to say"),
        ("left_blank", "left it blank"),
        ("not_returned", "returned no form"),
    ):
        count = question[name]
        if count is not None and not (isinstance(count, float) and math.isnan(count)) and count > 0:
            parts.append(f"{people(int(count), published=published or name == 'not_returned')} {reason}")
    return ", ".join(parts)


def _printed(eco: Ecosystem) -> list[Raw]:
    """Percentages without counts, with the whole numbers that could have made them."""
    ties = eco.ties
    if "percent" not in ties or "characteristic" not in ties:
        return []
    forms = dict(zip(eco.entities["id"].tolist(), entity_column(eco, "feedback_forms"), strict=True))
    printed: dict[tuple[str, str], list[tuple[str, float]]] = {}
    for row in ties.rows():
        value = row["percent"]
        if row["kind"] == "counted_at" and value is not None and not math.isnan(value):
            printed.setdefault((row["to"], row["characteristic"]), []).append((row["category"], float(value)))
    labels = dict(zip(eco.entities["id"].tolist(), eco.labels(eco.entities["id"].tolist()), strict=True))
    body = []
    for (event, question), answers in list(printed.items())[:_SHOWN]:
        most = forms.get(event)
        told = "not known"
        if most is not None and not math.isnan(most):
            found = fractions([p for _, p in answers], int(most)).denominators
            told = " or ".join(map(str, found)) if found else "no whole number"
        said = ", ".join(f"{p:g}% {category}" for category, p in answers)
        body.append((f"{labels[event]}: {question}", said, element("td", told)))
    if not body:
        return []
    return [
        table("Percentages as printed", ("Event and question", "Answers", "How many people answered"), body),
        fine(
            "Counts were not printed. The last column lists the only numbers of people, up to the forms handed in, "
            "that give these percentages."
        ),
    ]


def _missing(eco: Ecosystem) -> tuple[list[str], list[str]]:
    """Return the groups with nobody on record anywhere, and those that other ties put somewhere, but in no room."""
    result = absent_groups(eco)
    names = dict(zip(eco.entities["id"].tolist(), whole_names(eco), strict=True))
    alone, elsewhere = ([names[id] for id in t["id"].tolist()] for t in (result.table, result.elsewhere))
    # Where only people are said to take part, that a group is not says nothing.
    return alone, elsewhere if rooms(eco) else []


def _absent(eco: Ecosystem) -> list[Raw]:
    alone, elsewhere = _missing(eco)
    out: list[Raw] = []
    if alone:
        out += [
            element("p", "Groups that are named, with nobody from them on record anywhere:"),
            listed(alone[: 5 * _SHOWN]),
        ]
    if elsewhere:
        more = f" and {len(elsewhere) - _SHOWN} more" if len(elsewhere) > _SHOWN else ""
        said = "On the map, and not said to take part in an event, a board or a decision: "
        out.append(element("p", said, "; ".join(elsewhere[:_SHOWN]), more, "."))
    return [*out, fine("Nobody on record is not the same as nobody there.")] if out else []


def _policy(eco: Ecosystem) -> list[Raw]:
    result = hidden_group_policy(eco)
    counts = result.table["organisations"].tolist()
    if sum(counts) == 0:
        return []
    return [
        element(
            "p",
            f"Of {sum(counts)} organisations {counts[0]} have a policy for reaching hidden groups, {counts[1]} have "
            f"none and {counts[2]} do not say.",
        )
    ]
