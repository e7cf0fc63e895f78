"""Partnerships side by side, in words: what each is made of, what came of it, and what goes with reaching policy."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from linkpin.assess.partnerships import partnerships
from linkpin.assess.words import share as percent
from linkpin.ecosystem import Ecosystem
from linkpin.report.disclosed import people
from linkpin.report.html import Raw, element, table
from linkpin.report.sections import Section
from linkpin.result import Result

__all__ = ["sections"]

_SHOWN = 30
_NONE = "–"
# Column of what went in, what it is called, and how a value of it is spelled.
_WENT_IN = {
    "members": ("Members", "number"),
    "sectors": ("Sectors among members", "number"),
    "carers": ("Carers among members", "people"),
    "collaboration": ("Pairs of members who work together", "share"),
    "participations": ("People taking part", "people"),
    "carers_taking_part": ("Carers taking part", "people"),
    "carer_share": ("Carers among those taking part whose role is known", "share of people"),
    "carer_stages": ("Stages at which carers took part", "number"),
    "sharing": ("Part taken in deciding, not only heard", "share of people"),
    "boards": ("Boards", "number"),
    "carer_votes": ("Carers’ share of votes on boards", "share"),
    "carer_power": ("How often carers’ votes decide", "share"),
    "evidence": ("Pieces of evidence", "number"),
}
# The columns of the table by partnership, under shorter headings.
_BRIEF = {
    "members": "Members",
    "carers": "Carers",
    "collaboration": "Pairs working together",
    "carer_share": "Carers taking part",
    "carer_power": "Carers’ votes decide",
    "evidence": "Evidence",
}
_CAME = {"policies": "Policies", "credit": "Its share", "outcomes": "Outcomes"}


def sections(eco: Ecosystem) -> list[Section]:
    """Return the section that sets partnerships side by side, where there are any."""
    if "kind" not in eco.entities or "partnership" not in eco.entities["kind"].tolist():
        return []
    result = partnerships(eco)
    ids = result.table["partnership"].tolist()
    names = dict(zip(ids, eco.labels(ids), strict=True))
    body = Raw("".join((_brief(result), _rows(result, names), _beside(result), _time(result), _fine(result))))
    return [Section("partnerships", "Partnerships side by side", body, ("partnerships",))]


def _count(n: int, one: str, many: str) -> str:
    return f"{n:,} {one if n == 1 else many}"


def _brief(result: Result) -> Raw:
    n = len(result.table)
    said = f"The data has {_count(n, 'partnership', 'partnerships')}. "
    if result.with_impact + result.without_impact == 0:
        said += "It does not say which policies there are, so whether any was reached is not known."
    else:
        said += f"What was learnt is seen to reach a policy from {result.with_impact:,} of them, and not from "
        said += f"{result.without_impact:,}. A policy that nobody recorded is not seen."
    return element("p", said)


def _known(values: Iterable[float]) -> bool:
    return any(not math.isnan(v) for v in values)


def _spelled(value: float, how: str) -> str | float:
    if math.isnan(value):
        return _NONE
    if how == "people" and value == int(value):
        return people(int(value))
    return percent(value) if how.startswith("share") else round(value, 2)


def _part(row: Mapping[str, Any], name: str) -> str | float:
    """A value of one partnership; shares of people stand only where neither side of them is few."""
    value, how = row[name], _WENT_IN[name][1]
    if name == "carer_share" and not math.isnan(value):
        carers = round(row["carers_taking_part"])
        others = round(carers / value) - carers if value > 0 else round(row["participations"])
        return "hidden" if any(people(n).startswith("fewer") for n in (carers, others)) else percent(value)
    return _spelled(value, how)


def _when(row: Mapping[str, Any]) -> str:
    if not math.isnan(row["lag"]):
        low, high = row["lag_low"], row["lag_high"]
        return f"{row['lag']:.1f}" if high - low < 0.05 else f"{low:.1f} to {high:.1f}"
    return _NONE if math.isnan(row["waited"]) else f"none in {row['waited']:.1f}"


def _rows(result: Result, names: Mapping[str, str]) -> Raw:
    columns = [c for c in _BRIEF if _known(result.table[c])]
    came = [c for c in _CAME if _known(result.table[c])]
    timed = _known(result.table["lag"]) or _known(result.table["waited"])
    heads = ["Partnership", *(_BRIEF[c] for c in columns), *(_CAME[c] for c in came)]
    heads += ["Years to policy"] if timed else []
    order = sorted(result.table.rows(), key=lambda r: (-_zero(r["policies"]), -_zero(r["evidence"]), r["partnership"]))
    rows = [
        (
            names[r["partnership"]],
            *(_part(r, c) for c in columns),
            *(_spelled(r[c], "number") for c in came),
            *([_when(r)] if timed else []),
        )
        for r in order[:_SHOWN]
    ]
    shown = table("What went into each partnership, and what came of it", heads, rows, range(1, len(heads)))
    told = f"{_NONE}: the data does not tell. Policies and outcomes are those that what was learnt is seen to reach; "
    told += "one that several reached is shared alike between them. Years are from the first dated evidence."
    if len(order) > _SHOWN:
        told += f" {len(order) - _SHOWN:,} more partnerships are in the data."
    return Raw(shown + element("p", told, class_="caveat"))


def _zero(value: float) -> float:
    return 0.0 if math.isnan(value) else value


def _title(name: str) -> tuple[str, str]:
    if name.startswith("carers_at_"):
        return f"Carers among those taking part: {name.removeprefix('carers_at_').replace('_', ' ')}", "share of people"
    return _WENT_IN[name]


def _chance(p: float) -> str:
    return "less than 1 in 1,000" if p < 0.001 else f"{p:.2g}"


def _beside(result: Result) -> Raw:
    rows = []
    compared = [r for r in result.association.rows() if not math.isnan(r["difference"])]
    for r in compared:
        title, how = _title(r["measure"])
        alone = [1 in (r["reached"], r["partnerships"] - r["reached"])]
        if "people" in how and any(alone):  # a mean over one partnership is that partnership's own
            continue
        mean = "share" if how.startswith("share") else "number"
        rows.append(
            (
                title,
                _spelled(r["with_impact"], mean),
                _spelled(r["without_impact"], mean),
                f"{r['reached']:.0f} and {r['partnerships'] - r['reached']:.0f}",
                _NONE if math.isnan(r["p"]) else _chance(r["p"]),
                _NONE if math.isnan(r["p_adjusted"]) else _chance(r["p_adjusted"]),
            )
        )
    if not rows:
        return Raw("")
    heads = ("On average", "Reached policy", "Did not", "How many", "By chance", "By chance, all asked")
    parts = [table("Those that reached a policy beside those that did not", heads, rows, range(1, 6))]
    found = [r for r in compared if r["p_adjusted"] <= 0.05]
    if found:
        named = "; ".join(_title(r["measure"])[0].lower() for r in found)
        said = f"Larger than chance would make differences, even after {len(compared)} questions: {named}."
    else:
        said = "None of these differences is larger than chance alone would often make it in so few partnerships."
    least = min((1 / r["splits"] for r in compared if r["splits"] > 0), default=0.0)
    if least > 0.05:
        said += f" Nor could any be: with so few, chance gives the largest possible difference {percent(least)} of the "
        said += "time or more."
    parts.append(element("p", said))
    told = "By chance: the share of all ways to split the same partnerships into two such groups that would make a "
    told += (
        f"difference as large or larger; the last column allows for {_count(len(compared), 'question', 'questions')}"
    )
    parts.append(element("p", told + " asked of the same partnerships.", class_="caveat"))
    return Raw("".join(parts))


def _time(result: Result) -> Raw:
    curve = list(result.waiting.rows())
    if not curve:
        return Raw("")
    first, last = curve[0], curve[-1]
    said = (
        f"{_count(round(first['at_risk']), 'partnership', 'partnerships')} could be followed from the first dated "
        f"evidence; {_count(round(sum(r['events'] for r in curve)), 'has', 'have')} had a policy since. "
        f"After {_count(round(last['year']), 'year', 'years')} {percent(1 - last['survival'])} had"
    )
    if not math.isnan(last["lower"]):
        said += f" (95% interval {percent(1 - last['upper'])} to {percent(1 - last['lower'])})"
    parts = [element("p", said + ", counting those still waiting for as long as they were followed.")]
    terms = [r for r in result.hazard.rows() if not math.isnan(r["p"])]
    if terms:
        rows = [(_term(r["term"]), _times(r["estimate"]), _odds(r), _chance(r["p"])) for r in terms]
        heads = ("One more of", "Odds of a first policy in a year", "95% interval", "By chance")
        parts.append(table("What goes with a policy coming sooner", heads, rows, (1, 2, 3)))
        events, asked = result.hazard_counts["events"], len(terms)
        told = f"It rests on {_count(events, 'first policy', 'first policies')} in "
        told += f"{_count(result.hazard_counts['periods'], 'year', 'years')} of all partnerships together."
        if events < 10 * asked:
            told += f" With fewer than about {10 * asked} of those, such odds say little."
        for r in terms:
            if any(w.startswith(f"{r['term']} separates") for w in result.warnings):
                told += (
                    f" {_term(r['term'])} alone tells the years with a first policy from those without, so how large "
                )
                told += "its odds are cannot be told."
        parts.append(element("p", told, class_="caveat"))
    return Raw("".join(parts))


def _term(name: str) -> str:
    if name == "each further year":
        return "Year of waiting"
    title, how = _title(name)
    return f"{title} (none to all)" if how.startswith("share") else title


def _times(log_odds: float) -> str:
    if log_odds > 7:
        return "× over 1,000"
    return "× less than 0.001" if log_odds < -7 else f"× {math.exp(log_odds):.2g}"


def _odds(row: Mapping[str, Any]) -> str:
    return f"{_times(row['low'])} to {_times(row['high'])}"


def _fine(result: Result) -> Raw:
    few = _count(len(result.table), "partnership", "partnerships")
    told = (
        f"This is {few}, as far as the data has seen them. What goes together is not for that reason a cause: a "
        "partnership that is older, larger or better funded may have both more members and more policies. No single "
        "score of impact is made of these columns, because they are different things."
    )
    gaps = [t for c, (t, _) in _WENT_IN.items() if not _known(result.table[c])]
    lines = [f"Not in the data for any of them: {'; '.join(t.lower() for t in gaps)}."] if gaps else []
    lines += [f"{w[5:6].upper()}{w[6:]}." for w in result.warnings if w.startswith("lag: ")]
    rest = element("ul", *(element("li", line) for line in lines), class_="caveat") if lines else ""
    return Raw(element("p", told, class_="caveat") + rest)
