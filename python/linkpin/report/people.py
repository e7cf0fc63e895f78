"""What the sections on people share: how counts, shares and names are spelled, and a section made of its parts."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from linkpin.assess.words import share as percent
from linkpin.ecosystem import Ecosystem
from linkpin.report.disclosed import people
from linkpin.report.html import Raw, element
from linkpin.report.sections import Section

__all__ = ["between", "entity_column", "fine", "listed", "people_are", "safe", "section", "span", "whole_names"]


def section(key: str, title: str, parts: Mapping[str, list[Raw]], brief: Iterable[str] = ()) -> list[Section]:
    """Return the section that its parts make, by measure; none where all of them are empty."""
    body = Raw("".join(piece for part in parts.values() for piece in part))
    told = tuple(measure for measure, part in parts.items() if part)
    return [Section(key, title, body, told, tuple(brief))] if body else []


def fine(text: str) -> Raw:
    """Return a caveat."""
    return element("p", text, class_="caveat")


def listed(lines: Iterable[object]) -> Raw:
    """Return lines as a list."""
    return element("ul", *(element("li", line) for line in lines))


def people_are(count: int) -> str:
    """Spell how many people are."""
    return "One person is" if count == 1 else f"{people(count).capitalize()} people are"


def safe(part: int, whole: int) -> bool:
    """Whether a share may stand: neither those who are nor those who are not are few."""
    return not any(people(n).startswith("fewer") for n in (part, whole - part))


def between(low: float, high: float) -> str:
    """Spell a range of shares."""
    said = "not known" if math.isnan(low) or math.isnan(high) else f"{percent(low)} to {percent(high)}"
    return said.replace("less than", "under")


def span(share: float, low: float, high: float, bound_low: float, bound_high: float) -> Raw:
    """Return a line from 0 to 100% with the bounds as a pale band, the interval as a dark one, the share as a dot."""
    if math.isnan(share):
        return element("td", "", class_="span")
    words_ = f"{percent(share)} of those who answered"
    drawn = ['<line x1="10" x2="290" y1="10" y2="10" stroke="#d9dfe5" stroke-width="2"/>']
    for a, b, width, colour in ((bound_low, bound_high, 12, "#c6dbea"), (low, high, 4, "#0072b2")):
        if not math.isnan(a):
            drawn.append(
                f'<line x1="{10 + 280 * a:.1f}" x2="{10 + 280 * b:.1f}" y1="10" y2="10" stroke="{colour}" '
                f'stroke-width="{width}"/>'
            )
    if not math.isnan(bound_low):
        words_ += f"; between {percent(bound_low)} and {percent(bound_high)} of all who were there"
    drawn.append(f'<circle cx="{10 + 280 * share:.1f}" cy="10" r="5" fill="#0072b2" stroke="#fff" stroke-width="2"/>')
    picture = f'<svg class="gauge" viewBox="0 0 300 20" role="img" aria-label="{words_}">{"".join(drawn)}</svg>'
    return element("td", Raw(picture), class_="span")


def whole_names(eco: Ecosystem) -> list[str]:
    """Whole names where the data has them, labels else."""
    labels = eco.labels(eco.entities["id"].tolist())
    return [full or label for full, label in zip(entity_column(eco, "full_name"), labels, strict=True)]


def entity_column(eco: Ecosystem, name: str) -> list[Any]:
    """Return a column of the entities, None where there is no such column."""
    return eco.entities[name].tolist() if name in eco.entities else [None] * len(eco.entities)
