"""Sentences that a participant understands."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from linkpin.table import Table

__all__ = ["deciding", "levels", "monitored", "on_scale", "representation", "through"]

Row = Mapping[str, Any]


def monitored(row: Row, question: Row, roughly: bool = False) -> str:
    """Say one category of a monitoring table: who answered so, and what those who did not leave open.

    ``roughly`` where the attendance is a round number in its source.
    """
    category, about = row["category"], row["characteristic"]
    count, answered = int(row["count"]), int(row["answered"])
    said = f"{_people(count)} of the {answered} who answered the question “{about}” said “{category}”"
    there = question["attended"]
    if there is None or (isinstance(there, float) and math.isnan(there)):
        return f"{said}; how many others were there is not known."
    there = int(there)
    if there == answered:
        return f"{said}, and everybody answered."
    most = there - (answered - count)
    people = f"about {there}" if roughly else f"{there}"
    return (
        f"{said}; as {_others(there - answered)} did not answer, it could be between {count} and {most} of the "
        f"{people} people who were there, if nobody is counted twice."
    )


def representation(row: Row) -> str:
    """Say one category against its population."""
    share, reference, category = row["share"], row["reference"], row["category"]
    if math.isnan(share):
        return f"Nobody answered, so nothing can be said of “{category}”."
    ours = f"“{category}” is {_percent(share)} of those who answered"
    if math.isnan(reference):
        return f"{ours}; the population's share is not known."
    low, high = row["ratio_low"], row["ratio_high"]
    if int(row["count"]) == 0 and reference > 0:
        return f"Nobody who answered is “{category}”, who are {_percent(reference)} of the population."
    if reference == 0:
        return f"{ours} and nobody of the population."
    return (
        f"{ours} and {_percent(reference)} of the population: {row['ratio']:.2f} times its share (from {low:.2f} to "
        f"{high:.2f}), and with those who did not answer between {_percent(row['bound_low'])} and "
        f"{_percent(row['bound_high'])} of all who were there."
    )


def _others(count: int) -> str:
    return "one other" if count == 1 else f"{count} others"


def _people(count: int) -> str:
    return "Nobody" if count == 0 else str(count)


def _percent(share: float) -> str:
    if 0 < share < 0.005:
        return "less than 1%"
    if 0.995 < share < 1:
        return "more than 99%"
    return f"{100 * share:.0f}%"


def on_scale(scale: str) -> str:
    """Name a scale as its readers do."""
    known = {
        "iap2": "the IAP2 spectrum",
        "arnstein": "Arnstein's ladder",
        "rest": "the REST scale",
        "scie": "SCIE's scale",
    }
    return f"on {known.get(scale, f'the scale {scale.upper()}')}"


def levels(medians: Table, reached: Table, at_or_above: str) -> list[str]:
    """Say the level that half of each group's participations reach, and how many share in deciding."""
    above = {(row["group"], row["scale"]): row for row in reached.rows()}
    out = []
    for row in medians.rows():
        who = "all participations" if row["group"] is None else f"those of the group “{row['group']}”"
        level = f"“{row['median_low']}”"
        if row["median_high"] != row["median_low"]:
            level += f" to “{row['median_high']}”"
        share = above[row["group"], row["scale"]]
        known = f"{share['surely']} of {share['participations']}"
        out.append(
            f"The middle level of {who} is {level} {on_scale(row['scale'])} (likely from “{row['low']}” to "
            f"“{row['high']}”); {known} are at “{at_or_above}” of the IAP2 spectrum or above"
            + (
                f", and {share['possibly'] - share['surely']} more may be."
                if share["possibly"] > share["surely"]
                else "."
            )
        )
    return out


def deciding(row: Row) -> str:
    """Say one group's share of the decisions against its share of attendance."""
    if math.isnan(row["attendance_share"]) or math.isnan(row["decision_share"]):
        return f"For the group “{row['group']}” attendance and decisions cannot be compared."
    text = (
        f"The group “{row['group']}” is {_percent(row['attendance_share'])} of attendance and "
        f"{_percent(row['decision_share'])} of the decisions"
    )
    p = row["p"]
    if math.isnan(p):
        return text + "."
    if p < 0.05:
        return f"{text}: a gap that shuffled groups seldom show (p = {p:.3f})."
    return f"{text}: a gap that chance alone could bring about (p = {p:.2f})."


def through(row: Row) -> str:
    """Say how many who shaped the question are still there."""
    shaped, there = int(row["shaped"]), int(row["still_there"])
    if shaped == 0:
        return "Nobody on record shaped a question, so nobody can be followed."
    stage = "to the end" if row["stage"] is None else f"at {row['stage']}"
    are = "is" if there == 1 else "are"
    return f"{there or 'None'} of the {shaped} who shaped the question {are} still there {stage}."
