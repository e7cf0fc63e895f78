"""What the report says of people who hold several capacities, who stays, and on whose shoulders it rests."""

from __future__ import annotations

import math

from linkpin.assess.words import share as percent
from linkpin.ecosystem import Ecosystem
from linkpin.participation.lived import burden, capacities, continuity
from linkpin.report.disclosed import people
from linkpin.report.html import Raw, element, table
from linkpin.report.participation import HIDDEN
from linkpin.report.people import fine, safe, section
from linkpin.report.sections import Section

__all__ = ["sections"]

_SHOWN = 20


def sections(eco: Ecosystem) -> list[Section]:
    """Return the section on several capacities in one person."""
    parts = {"capacities": _capacities(eco), "continuity": _continuity(eco), "burden": _burden(eco)}
    return section("lived", "Several capacities in one person", parts)


def _capacities(eco: Ecosystem) -> list[Raw]:
    result = capacities(eco)
    whole = len(result.table)
    if result.several == 0:
        return []
    out: list[Raw] = []
    if safe(result.several, whole):
        interval = result.interval
        low, high = interval if isinstance(interval, tuple) else (math.nan, math.nan)
        out.append(
            element(
                "p",
                f"{result.several} of {whole} people hold several capacities at once (among people like them, "
                f"{percent(low)} to {percent(high)} would). They are counted in each and forced into none.",
            )
        )
    else:
        out.append(
            element("p", "Some people hold several capacities at once. They are counted in each and forced into none.")
        )
    bridges = sorted(result.bridges.rows(), key=lambda r: -r["people"])
    body = [
        (f"{r['a']} and {r['b']}", element("td", people(r["people"]), class_="n"))
        for r in bridges
        if not people(r["people"]).startswith("fewer")
    ]
    if body:
        out.append(table("Groups joined by people who belong to both", ("Groups", "People"), body[:_SHOWN], (1,)))
    return out


def _continuity(eco: Ecosystem) -> list[Raw]:
    rows = list(continuity(eco).table.rows())
    if len(rows) < 2:
        return []
    names = ("contributors", "joined", "back", "stayed", "left")
    body = []
    for row in rows:
        # All four or none: with the contributors of two periods each gives the others away.
        few = any(people(row[n]).startswith("fewer") for n in names[1:])
        told = [HIDDEN if few and n != "contributors" else people(row[n]) for n in names]
        body.append((row["period"], *(element("td", said, class_="n") for said in told)))
    heads = ("Period", "Contributors", "New", "Back", "Stayed", "Left")
    return [table("Who stays and who leaves", heads, body[-_SHOWN:], (1, 2, 3, 4, 5))]


def _burden(eco: Ecosystem) -> list[Raw]:
    result = burden(eco)
    contributors = len(result.table)
    if contributors < 10:
        return []  # with fewer a tenth of them is one person
    few = "One person" if result.shoulders == 1 else f"{result.shoulders} people"
    do = "accounts" if result.shoulders == 1 else "account"
    return [
        element(
            "p",
            f"{few} of {contributors} {do} for {percent(result.value)} of all the times that somebody took part; "
            f"shared evenly it would be {percent(result.equal)}.",
        ),
        fine("A full count of what is on record; whoever was never asked is not in it."),
    ]
