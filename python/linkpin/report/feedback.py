"""What the report says of feedback: you said, we did, and whether anybody told you."""

from __future__ import annotations

import math
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from linkpin import _core
from linkpin.assess import words
from linkpin.ecosystem import Ecosystem
from linkpin.participation.feedback import feedback
from linkpin.report.disclosed import disclosing, people_table, shown
from linkpin.report.html import Raw, bar, document, element, table
from linkpin.report.sections import Section
from linkpin.result import Result

__all__ = ["sections", "you_said_page"]

_SHOWN = 40


def sections(eco: Ecosystem) -> list[Section]:
    """Return the sections on feedback and outcomes, or nothing where nobody's words are recorded."""
    result = feedback(eco)
    found = []
    if len(result.loops):
        body = _brief(result) + _groups(result) + _breaks(result) + _said(result)
        brief = tuple(_lines(result)[:2])
        found.append(Section("feedback", "What came of what people said", Raw(body), ("feedback",), brief))
    if len(result.outcomes) or len(result.effects):
        body = _outcomes(eco, result) + _effects(result) + _promises(result)
        found.append(Section("outcomes", "What changed for people", Raw(body), ("feedback",)))
    return found


def you_said_page(
    eco: Ecosystem,
    path: str | os.PathLike[str],
    *,
    disclose: int | None = 5,
    names: bool | Iterable[str] = False,
) -> Path:
    """Write "you said, we did" as a page of its own, to send to those who said it.

    Parameters
    ----------
    eco
        An ecosystem as :func:`linkpin.feedback` reads it.
    path
        Where to write the page.
    disclose
        Counts of people below this number are hidden; None shows all.
    names
        People who may be named, as for :func:`linkpin.report`.

    Raises
    ------
    InputError
        Where nothing that people said is recorded.
    FileError
        Where the file cannot be written.
    """
    with disclosing(disclose):
        found = sections(shown(eco, names))
    if not found or found[0].key != "feedback":
        raise _core.InputError("you_said_page: eco has no entity of kind input: record what people said as inputs")
    heading = "You said, we did"
    title = eco.about.get("title", "")
    head = element("header", element("h1", heading), element("p", title, class_="lead") if title else "")
    parts = (element("section", element("h2", s.title, id=s.key), s.body) for s in found)
    return document(path, heading, Raw(head + element("main", *parts)), "you_said_page")


def _brief(result: Result) -> Raw:
    return element("ul", *(element("li", line) for line in _lines(result)))


def _lines(result: Result) -> list[str]:
    every = next(iter(result.table.rows()))
    n = every["inputs"]
    lines = [
        f"{_things(n)} that people said {'is' if n == 1 else 'are'} on record: {every['answered']} got an answer, "
        f"{every['decided']} led to a decision and {every['changed']} to a change.",
        f"{every['closed']} of the {n} were reported back to those who said them."
        if n > 1
        else "It was reported back." * every["closed"] or "It was not reported back.",
    ]
    if every["failed"]:
        lines.append(f"{_things(every['failed'])} met a refusal or a failure. That is a finding too.")
    if not math.isnan(every["median_days"]):
        lines.append(f"Half of them had been told within {every['median_days']:,.0f} days, waiting ones counted.")
    elif n > every["closed"]:
        lines.append("So far fewer than half have been told, so no usual waiting time can be given.")
    return lines


def _things(count: int) -> str:
    return "One thing" if count == 1 else f"{count:,} things"


def _groups(result: Result) -> Raw:
    rows = [r for r in result.table.rows() if r["group"] is not None]
    if len(rows) < 2:
        return Raw("")
    body = [
        (
            r["group"],
            r["inputs"],
            r["changed"],
            r["closed"],
            f"{words.share(r['share'])} ({words.share(r['low'])} to {words.share(r['high'])})",
            bar(r["share"]),
        )
        for r in rows
    ]
    heads = ("Said by", "Inputs", "Led to change", "Told", "Share told, with its interval", "")
    caveat = "With few inputs a group's share says little: read the interval."
    return Raw(table("Who is told what became of their words", heads, body, (1, 2, 3)) + _fine(caveat))


def _breaks(result: Result) -> Raw:
    rows = [r for r in result.breaks.rows() if r["group"] is None]
    if not rows:
        return Raw("")
    most = max(r["inputs"] for r in rows)
    body = [(r["place"].capitalize(), r["inputs"], bar(r["inputs"] / most)) for r in rows]
    return table("Where the loop broke, or has not closed yet", ("After it was said", "Inputs", ""), body, (1,))


def _said(result: Result) -> Raw:
    rows = list(result.you_said.rows())
    body = [
        (
            r["you_said"],
            r["where"] or "–",
            r["we_answered"] or "no answer on record",
            "; ".join(v for v in (r["we_decided"], r["we_did"]) if v) or "nothing on record",
            element("td", ("told " + (r["told_on"] or "")).strip() if r["told"] else "not told", class_="range"),
        )
        for r in rows[:_SHOWN]
    ]
    heads = ("You said", "Where", "We answered", "We decided and did", "You were told")
    left = len(rows) - _SHOWN
    more = _fine(f"{left} more are not listed here.") if left > 0 else Raw("")
    caveat = "On record means in the data read here: an answer given in the room and not written down is not seen."
    return Raw(table("You said, we did", heads, body) + more + _fine(caveat))


def _outcomes(eco: Ecosystem, result: Result) -> Raw:
    rows = list(result.outcomes.rows())
    if not rows:
        return Raw("")
    labels = dict(zip([r["outcome"] for r in rows], eco.labels([r["outcome"] for r in rows]), strict=True))
    measured = [r for r in rows if not (math.isnan(r["baseline"]) and math.isnan(r["follow_up"]))]
    promised = {(r["for_whom"], r["measure"]) for r in result.promises.rows()}
    named = [
        r["measure"] or labels[r["outcome"]]
        for r in rows
        if math.isnan(r["baseline"]) and math.isnan(r["follow_up"]) and (r["for_whom"], r["measure"]) not in promised
    ]
    unmeasured = element("p", "Named, with nothing measured before or after: ", "; ".join(named[:_SHOWN]), ".")
    body = [
        (
            r["for_whom"] or "not said",
            r["measure"] or labels[r["outcome"]],
            _amount(r["baseline"], r["unit"]),
            _amount(r["follow_up"], r["unit"]),
            r["source"] or "not given",
        )
        for r in measured[:_SHOWN]
    ]
    caveat = "A difference after a change is not yet because of it: other things changed as well."
    heads = ("For whom", "What", "Before", "After", "Source")
    compared = Raw(table("Before and after", heads, body) + _fine(caveat)) if measured else Raw("")
    return Raw(compared + (unmeasured if named else ""))


def _effects(result: Result) -> Raw:
    rows = list(result.effects.rows())
    if not rows:
        return Raw("")
    body = [
        (r["for_whom"] or "those who contributed", r["effect"], _amount(r["baseline"], r["unit"]), _after(r))
        for r in rows
    ]
    caveat = "Harm stands beside benefit and is not set off against it."
    heads = ("For whom", "Effect", "Before", "After")
    return Raw(table("On those who contributed", heads, body) + _fine(caveat))


def _after(row: dict[str, Any]) -> str:
    return _amount(row["follow_up"], row["unit"])


def _amount(value: float, unit: str | None) -> str:
    return "not measured" if math.isnan(value) else f"{value:,.10g}" + (f" {unit}" if unit else "")


def _promises(result: Result) -> Raw:
    """Return expected against delivered; both are counts of people, so small ones are hidden."""
    rows = [r for r in result.promises.rows() if r["gap"] >= 0]
    if not rows:
        return Raw("")
    names = [f"{r['for_whom'] or 'everybody'}: {r['measure'] or 'not said'}" for r in rows]
    counts = {"what": names, "delivered": [r["delivered"] for r in rows], "not delivered": [r["gap"] for r in rows]}
    visible = people_table(counts)
    body = [
        (name, _count(d), _count(g))
        for name, d, g in zip(names, visible["delivered"], visible["not delivered"], strict=True)
    ]
    heads = ("For whom, and what", "Delivered", "Expected and not delivered")
    return Raw(
        table("What was expected, and what was delivered", heads, body, (1, 2))
        + _fine(
            "Counts of fewer people than the smallest that may be shown are hidden, with those that give them away."
        )
    )


def _count(value: float) -> Raw:
    return element("td", "hidden" if math.isnan(value) else f"{value:,.0f}", class_="n")


def _fine(caveat: str) -> Raw:
    return element("p", caveat, class_="caveat")
