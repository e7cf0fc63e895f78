"""How long it takes, in sentences a funder reads: with those still waiting counted, and what came before set apart."""

from __future__ import annotations

import math

from linkpin.ecosystem import Ecosystem
from linkpin.influence.lags import lags
from linkpin.influence.reach import knowledge_network
from linkpin.report import sections as seam
from linkpin.report.html import Raw, element, table
from linkpin.result import Result

__all__ = ["sections", "sentences"]

# What is timed where the ecosystem has it: kinds of start and event, ties between them at most, and their words.
_QUESTIONS = (
    ("award", "policy", 1, "awards", "influence on policy"),
    ("award", "evidence", 1, "awards", "publication or other evidence"),
    ("evidence", "policy", 1, "pieces of evidence", "policy that draws on it"),
    ("project", "policy", 2, "projects", "policy that draws on it"),
    ("event", "evidence", 1, "events", "report of it"),
)
_SHOWN = 10
_YEAR = 365.25
_ENOUGH = 5  # where fewer have happened, each is told instead of a curve


def sections(eco: Ecosystem) -> list[seam.Section]:
    """Return the section on time, where dated starts and events are tied."""
    kinds = set(eco.entities["kind"].tolist()) if "kind" in eco.entities else set()
    parts: list[Raw] = []
    untimed: list[Raw] = []
    for from_, to, steps, starts, event in _QUESTIONS:
        if {from_, to} <= kinds:
            result = lags(eco, from_, to, steps=steps, seen_until=_seen_until(eco, from_), seed=0)
            if len(result.pairs):
                parts += _part(eco, result, starts, event)
            elif steps == 1:
                untimed += _untimed(eco, from_, to, starts, event)
    if not parts and not untimed:
        return []
    caveat = (
        "That one came after the other does not say that it came because of it. Dates are as their sources state them."
    )
    if parts:
        parts.append(element("p", caveat, class_="caveat"))
    parts += untimed
    title = "How long it takes"
    return [seam.Section("lags", title, Raw("".join(parts)), measures=("lags",))]


def _untimed(eco: Ecosystem, from_: str, to: str, starts: str, event: str) -> list[Raw]:
    """Say so where there are steps from one to the other, and none of them can be timed."""
    net = knowledge_network(eco)
    kinds = net.vertices["kind"]
    steps = sum(kinds[u] == from_ and kinds[v] == to for u, v in zip(net.sources, net.targets, strict=True))
    if not steps:
        return []
    known = f"{steps:,} steps" if steps > 1 else "One step"
    said = (
        f"{known} from {starts} to {event}, none with a date at both ends: how long it takes cannot be told from this "
        "data, and no figure from elsewhere is put in its place. A date on the one and on the other is all it needs."
    )
    return [element("p", said)]


def _seen_until(eco: Ecosystem, kind: str) -> dict[str, str] | None:
    """Where sources say whose outcomes they hold, only their starts are timed, until their latest event."""
    rows = eco.entities
    if "source" not in rows or "date" not in rows:
        return None
    exports = ("researchfish", "Gateway to Research")
    found = {s for s, k in zip(rows["source"], rows["kind"], strict=True) if k == kind and s in exports}
    dates = [str(d) for d, k in zip(rows["date"], rows["kind"], strict=True) if k == "policy" and d is not None]
    return dict.fromkeys(sorted(found), max(dates)[:4]) if found and dates else None


def sentences(result: Result, starts: str = "awards", event: str = "influence on policy") -> list[str]:
    """Return what a result of `lags` says, in plain words: how many, how soon, and what came before its start.

    Parameters
    ----------
    result
        Of `lags`.
    starts, event
        What starts the clock (in the plural) and what stops it (in the singular).
    """
    said: list[str] = []
    until = result.seen_until
    named = "group" in result.summary
    for row in result.summary.rows():
        of = f" ({row['group']})" if named else ""
        if result.curve == "right-truncated":
            said.append(
                f"Of {starts}{of}, {row['rows']} dated steps to an {event} are known; those still to come are not."
            )
            continue
        when = f" by {until}" if until else ""
        said.append(
            f"Of {row['rows']:,} {starts}{of}, {row['happened']:,} had a first {event} after their start{when}."
        )
        if row["happened"] < _ENOUGH:
            said += _each(result, row.get("group"))
        else:
            said += _shares(result, row.get("group"))
            said.append(_median(row["median_from"], row["median_until"]))
    if named and not math.isnan(result.p):
        chance = (
            "chance alone would make such differences often" if result.p > 0.05 else "chance alone rarely does this"
        )
        number = "p < 0.001" if result.p < 0.001 else f"p = {result.p:.3f}"
        said.append(f"Between the groups the log-rank test gives {number}: {chance}.")
    before = result.counts["before"]
    if before:
        events = len(set(result.before["to"].tolist()))
        owners = len(set(result.before["from"].tolist()))
        one = before == 1
        said.append(
            f"{before} reported {'case' if one else 'cases'} of {event} ({events} different, under {owners} {starts}) "
            f"began before {'its' if one else 'their'} start. The money cannot have brought {'it' if one else 'them'} "
            f"about, so {'it is' if one else 'they are'} listed and not timed; earlier work may have."
        )
    unclear = result.counts["unclear"]
    if unclear:
        said.append(_unclear(result, unclear, starts))
    return said


def _unclear(result: Result, cases: int, starts: str) -> str:
    """Those that count as after, though their dates leave that open; and who has nothing else."""
    by = {order: {r["from"] for r in result.pairs.rows() if r["order"] == order} for order in ("after", "unclear")}
    alone = len((by["unclear"] - by["after"]) & set(result.timed["from"].tolist()))
    rest = f", and {alone:,} of the {starts} {'has' if alone == 1 else 'have'} nothing else" if alone else ""
    case = "one case" if cases == 1 else f"{cases:,} cases"
    it = "it counts" if cases == 1 else "they count"
    return f"In {case} the dates do not tell which came first; {it} as after{rest}."


def _each(result: Result, group: str | None) -> list[str]:
    """What is known of the few that have happened, within what their dates leave open."""
    known = [
        (r["earliest"], r["latest"])
        for r in result.timed.rows()
        if (group is None or r["group"] == group) and math.isfinite(r["latest"])
    ]
    if not known:
        return []
    told = ", ".join(_days(low, high) for low, high in sorted(known))
    one = len(known) == 1
    return [f"{'It' if one else 'They'} took {told}: too few to say how long it usually takes."]


def _days(low: float, high: float) -> str:
    if high - low < 1:
        return f"{low:,.0f} days" if low < 2 * _YEAR else f"{low / _YEAR:.1f} years"
    if high < 2 * _YEAR:
        return f"{low:,.0f} to {high:,.0f} days"
    return f"{low / _YEAR:.1f} to {high / _YEAR:.1f} years"


def _shares(result: Result, group: str | None) -> list[str]:
    """After whole years: the share to which it had happened, with its interval where there is one."""
    rows = [r for r in result.table.rows() if group is None or r["group"] == group]
    last = max((r["until"] for r in rows if math.isfinite(r["until"])), default=0.0)
    whole = [y for y in (1, 2, 5, 10) if y * _YEAR <= last + _YEAR / 2]
    said: list[str] = []
    for years in whole:
        passed = [r for r in rows if r["until"] <= years * _YEAR]
        inside = any(r["from"] < years * _YEAR < r["until"] and math.isfinite(r["until"]) for r in rows)
        if not passed or inside:
            continue
        at = passed[-1]
        low, high = 1 - at.get("upper", math.nan), 1 - at.get("lower", math.nan)
        interval = "" if math.isnan(low) else f" (95 % interval {100 * low:.0f} to {100 * high:.0f} %)"
        said.append(f"Within {years} year{'s' if years > 1 else ''} {_percent(1 - at['survival'])} had one{interval}.")
    return said


def _percent(share: float) -> str:
    return "fewer than 1 %" if 0 < share < 0.005 else f"{100 * share:.0f} %"


def _median(low: float, high: float) -> str:
    if math.isnan(low) or math.isinf(high):
        return "Fewer than half had one in the time that was followed, so how long it usually takes is not known yet."
    if low == 0 < high:
        return f"Half had one within {high / _YEAR:.1f} years; dates known to the year do not tell how much sooner."
    if high - low < 1:
        return f"Half had one within {low / _YEAR:.1f} years."
    return f"The time by which half had one lies between {low / _YEAR:.1f} and {high / _YEAR:.1f} years."


def _part(eco: Ecosystem, result: Result, starts: str, event: str) -> list[Raw]:
    said = [element("p", " ".join(sentences(result, starts, event)))]
    if len(result.before):
        rows = [
            (eco.labels([r["to"]])[0], str(r["to_date"]), eco.labels([r["from"]])[0], str(r["from_date"]))
            for r in result.before.rows()
        ]
        caption = f"{event.capitalize()} that began before its start"
        said.append(table(caption, ("What", "When", "Reported under", "Which began"), rows[:_SHOWN]))
        if len(rows) > _SHOWN:
            said.append(element("p", f"{len(rows) - _SHOWN} more are in the data."))
    return said
