"""Sentences that a participant understands."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

__all__ = ["monitored", "representation"]

Row = Mapping[str, Any]


def monitored(row: Row, question: Row) -> str:
    """Say one category of a monitoring table: who answered so, and what those who did not leave open."""
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
    return (
        f"{said}; {there - answered} others gave no answer, so between {count} and {most} of the {there} people "
        "could have, if each of them is a different person."
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


def _people(count: int) -> str:
    return "Nobody" if count == 0 else str(count)


def _percent(share: float) -> str:
    if 0 < share < 0.005:
        return "less than 1%"
    if 0.995 < share < 1:
        return "more than 99%"
    return f"{100 * share:.0f}%"
