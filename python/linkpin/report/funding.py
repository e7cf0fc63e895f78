"""What the report says of money."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from linkpin.assess import words
from linkpin.ecosystem import Ecosystem
from linkpin.funding.funding import funding
from linkpin.report.html import Raw, bar, element, table
from linkpin.report.sections import Section
from linkpin.result import Result

__all__ = ["sections"]

_SHOWN = 20
_QUESTIONS = {
    "who": "Who gave",
    "to_whom": "To whom",
    "how_much": "How much",
    "for_what": "For what",
    "when": "From when",
}


def sections(eco: Ecosystem) -> list[Section]:
    """Return the section on money, or nothing where no tie carries any."""
    result = funding(eco)
    if not len(result.table):
        return []
    names = dict(zip(eco.entities["id"].tolist(), eco.labels(eco.entities["id"].tolist()), strict=True))
    parts = [
        _brief(result, names),
        _public(result),
        _balance(result, names),
        _pooled(result, names),
        _reach(result),
        _cliffs(result, names),
        _recurrent(result),
    ]
    brief = tuple(_lines(result, names)[:1])
    return [Section("money", "Where the money went", Raw("".join(parts)), ("funding",), brief)]


def money(amount: float, row: dict[str, Any]) -> str:
    """Spell an amount with its currency and price base."""
    if math.isnan(amount):
        return "not known"
    spelled = f"{amount:,.0f}" if amount >= 1000 or amount == int(amount) else f"{amount:,.2f}"
    base = f" at prices of {row['price_base']}" if row["price_base"] else ""
    return f"{spelled} {row['currency'] or 'of a currency that is not named'}{base}"


def _brief(result: Result, names: dict[str, str]) -> Raw:
    return element("ul", *(element("li", line) for line in _lines(result, names)))


def _lines(result: Result, names: dict[str, str]) -> list[str]:
    rows = list(result.table.rows())
    known = sum(not math.isnan(r["amount"]) for r in rows)
    say = (
        "all of them say"
        if known == len(rows)
        else "none of them says"
        if known == 0
        else "one of them says"
        if known == 1
        else f"{known} of them say"
    )
    lines = [f"The record holds {len(rows)} promises or payments of money; {say} how much."]
    if len(rows) == 1:
        lines = [f"The record holds one promise or payment of money, {'with' if known else 'without'} its amount."]
    lines += [_reached(row) for row in result.shares.rows()]
    ends = [r for r in result.cliffs.rows() if r["share"] == 1]
    if ends:
        who = names[ends[0]["recipient"]]
        lines.append(f"{who} loses all the money that the record shows by {ends[0]['date']}.")
    return lines


def _reached(row: dict[str, Any]) -> str:
    start = f"Of {money(row['total'], row)} that can be followed, "
    if row["community_led"] == 0 and row["participants"] == 0:
        return start + "nothing is on record as having reached community-led organisations or people who took part."
    return (
        f"{start}{words.share(row['community_led'])} reached community-led organisations and "
        f"{words.share(row['participants'])} reached people paid for taking part."
    )


def _at_least(amount: float, unknown: int, row: dict[str, Any]) -> str:
    """Spell a sum of which some parts are not known."""
    if not unknown:
        return money(amount, row)
    return f"at least {money(amount, row)}" if amount else "not known"


def _public(result: Result) -> Raw:
    every = list(result.transparency.rows())
    total = sum(r["entries"] for r in every)
    counted = [(label, sum(r[q] * r["entries"] for r in every) / total) for q, label in _QUESTIONS.items()]
    body = [(label, element("td", words.share(share), class_="n"), bar(share)) for label, share in counted]
    caveat = (
        "Recorded means that the data read here hold it. Money that nobody wrote down is not in the table: "
        "a high share does not mean that all the money is known."
    )
    return Raw(table("What the record says of each sum", ("Question", "Recorded", ""), body, (1,)) + _fine(caveat))


def _balance(result: Result, names: dict[str, str]) -> Raw:
    rows = [r for r in result.flows.rows() if r["passes_through"] and abs(r["difference"]) > 0.005]
    if not rows:
        return Raw("")
    body = [
        (
            names[r["id"]],
            _at_least(r["received"], r["unknown_in"], r),
            _at_least(r["passed_on"], r["unknown_out"], r),
            money(abs(r["difference"]), r),
            _why(r),
        )
        for r in rows[:_SHOWN]
    ]
    heads = ("Award or fund", "Came in", "Went out", "Difference", "What that means")
    return Raw(table("Money that does not add up", heads, body) + _more(rows))


def _why(row: dict[str, Any]) -> str:
    if row["difference"] < 0 and row["unknown_in"]:
        return f"more went out than is recorded coming in: {row['unknown_in']} who paid in are named without an amount"
    if row["difference"] > 0 and row["unknown_out"]:
        return f"not all is seen going out: {row['unknown_out']} who received are named without an amount"
    return "more went out than came in" if row["difference"] < 0 else "not all that came in went out"


def _have(count: int) -> str:
    return "one has" if count == 1 else f"{count} have"


def _pooled(result: Result, names: dict[str, str]) -> Raw:
    rows = [r for r in result.pooling.rows() if r["funders"] > 1]
    alone = len({r["recipient"] for r in result.pooling.rows() if r["funders"] == 1})
    counted = [f"{_have(n)} {what}" for n, what in ((alone, "one funder"), (len(rows), "several funders")) if n]
    first = element("p", f"{' and '.join(counted).capitalize()} on record.") if counted else Raw("")
    if not rows:
        return first
    body = [
        (
            names[r["recipient"]],
            r["funders"],
            money(r["total"], r) if r["total"] else "not known",
            "not known" if math.isnan(r["concentration"]) else f"{words.share(r['largest_share'])} from one",
        )
        for r in rows[:_SHOWN]
    ]
    heads = ("Who", "Funders", "Known money", "Largest part")
    caveat = "Several funders make a partnership less dependent on one, and cost it more reports."
    return Raw(first + table("Pooled money", heads, body, (1,)) + _more(rows) + _fine(caveat))


def _reach(result: Result) -> Raw:
    rows = list(result.reach.rows())
    if not rows:
        return Raw("")
    body = [
        (
            r["sector"] or "sector not known",
            money(r["amount"], r),
            element("td", words.share(r["share"]), class_="n"),
            bar(r["share"]),
        )
        for r in rows[:_SHOWN]
    ]
    caveat = (
        "Each sum is counted where it stays. An organisation that passes money on in ways no document "
        "names seems to have kept it."
    )
    heads = ("Sector", "Money", "Share", "")
    return Raw(table("Where the known money stayed", heads, body, (2,)) + _more(rows) + _fine(caveat))


def _cliffs(result: Result, names: dict[str, str]) -> Raw:
    rows = list(result.cliffs.rows())
    if not rows:
        return Raw("")
    body = [
        (
            names[r["recipient"]],
            r["date"],
            f"{r['ending']} of {r['running']}",
            money(r["amount"], r) if r["amount"] else "not known",
            "not known" if math.isnan(r["share"]) else words.share(r["share"]),
        )
        for r in rows[:_SHOWN]
    ]
    heads = ("Who", "When", "Sums that end", "Worth", "Of the money a year until then")
    caveat = "Only recorded ends are here. Money may have been renewed since."
    return Raw(table("What ends, and when", heads, body) + _more(rows) + _fine(caveat))


def _recurrent(result: Result) -> Raw:
    rows = list(result.recurrence.rows())
    counts = [sum(r[f"entries_{word}"] for r in rows) for word in ("recurrent", "once", "unsaid")]
    if counts[0] + counts[1] == 0:
        return element("p", "Of no sum is it on record whether it will come again.")
    line = (
        f"Of the sums that reach somebody, {counts[0]} are recurrent, {counts[1]} are not, "
        f"and of {counts[2]} the record does not say."
    )
    return element("p", line)


def _fine(caveat: str) -> Raw:
    return element("p", caveat, class_="caveat")


def _more(rows: Iterable[Any]) -> Raw:
    left = len(list(rows)) - _SHOWN
    return _fine(f"{left} more are not listed here.") if left > 0 else Raw("")
