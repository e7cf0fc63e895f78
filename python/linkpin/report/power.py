"""What the report says of power: who decides, whose items are reached, who stands between, who holds what."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from linkpin.assess.landscape import actors
from linkpin.assess.words import share as percent
from linkpin.ecosystem import Ecosystem
from linkpin.power.boards import agenda, boards, dominance, gatekeepers, interlocks, power_relations
from linkpin.report.html import Raw, bar, element, table
from linkpin.report.sections import Section
from linkpin.result import Result

__all__ = ["sections"]

_SHOWN = 20
# Sectors that stand for those whom decisions are about, by a part of their name.
_COMMUNITY = ("carer", "communit", "patient", "public", "resident", "service user", "voluntary")
_THINGS = {
    "seats": "Votes on boards",
    "leadership": "Chairs and leads",
    "money": "Money received",
    "authorship": "Evidence produced",
    "contacts": "Contacts on the map",
}


def sections(eco: Ecosystem) -> list[Section]:
    """Return the section on power, with the parts that this ecosystem has something to say in."""
    names = _names(eco)
    parts = [
        ("boards", _boards(eco, names)),
        ("interlocks", _interlocks(eco, names)),
        ("agenda", _agenda(eco)),
        ("gatekeepers", _gates(eco, names)),
        ("dominance", _dominance(eco)),
        ("power_relations", _relations(eco)),
    ]
    body = Raw("".join(part for _, part in parts))
    return [Section("power", "Power", body, tuple(name for name, part in parts if part))] if body else []


def _names(eco: Ecosystem) -> dict[str, str]:
    ids = eco.entities["id"].tolist()
    return dict(zip(ids, eco.labels(ids), strict=True))


def _fine(text: str) -> Raw:
    return element("p", text, class_="caveat")


def _list(lines: Iterable[object]) -> Raw:
    return element("ul", *(element("li", line) for line in lines))


def _group(name: str | None) -> str:
    return name or "no sector recorded"


def _often(power: float) -> str:
    if math.isnan(power):
        return "cannot be said"
    if power == 0:
        return "never decides"
    return "decides alone" if power == 1 else f"decides {percent(power)} of the time"


def _boards(eco: Ecosystem, names: dict[str, str]) -> Raw:
    result = boards(eco)
    if not len(result.table):
        return Raw("")
    shared = [b for b in result.boards.rows() if b["seats"] > 1]
    held = {b["board"] for b in shared}
    rows = [r for r in result.blocs.rows() if r["board"] in held]
    if not rows:
        return Raw("")
    parts = [element("h3", "Whose vote can decide")]
    lines = []
    for board in shared:
        own = sorted((r for r in rows if r["board"] == board["board"]), key=lambda r: -r["votes"])
        if not own:
            continue
        title = names[board["board"]]
        most = own[0]
        line = (
            f"{title}: {board['seats']:.0f} seats, {board['votes']:.0f} votes, {board['quota']:.0f} needed to decide. "
            f"Most votes: {_group(most['bloc'])}, {percent(most['share'])}. If each sector voted as one, this one "
            f"{_often(most['shapley_shubik'])}."
        )
        idle = sorted({_group(r["bloc"]) for r in own if r["votes"] > 0 and r["shapley_shubik"] == 0})
        if idle:
            line += f" With a vote that then never decides: {', '.join(idle)}."
        if not math.isnan(board["quorate"]):
            line += f" Going by attendance, a meeting has its quorum {percent(board['quorate'])} of the time."
        lines.append(line)
    parts.append(_list(lines[:_SHOWN]))
    shown = [
        (
            names[r["board"]],
            _group(r["bloc"]),
            r["seats"],
            percent(r["share"]) if not math.isnan(r["share"]) else "–",
            _often(r["shapley_shubik"]),
            bar(r["shapley_shubik"]),
        )
        for r in rows[: 2 * _SHOWN]
    ]
    if shown:
        heads = ("Board", "Sector", "Seats", "Share of votes", "If each sector voted as one", "")
        parts.append(table("Seats and power on boards", heads, shown))
    parts.append(
        _fine(
            "This counts votes only, and supposes that any coalition is as likely as another. It says nothing of who "
            "sets the agenda, who speaks and who is listened to; nor that a sector does vote as one."
        )
    )
    return Raw("".join(parts + _warnings(result.warnings)))


def _interlocks(eco: Ecosystem, names: dict[str, str]) -> Raw:
    result = interlocks(eco)
    rows = [
        (
            names[r["a"]],
            names[r["b"]],
            r["shared"],
            element("td", f"{r['expected']:.1f}", class_="n"),
            r["through"],
            element("td", percent(r["p_adjusted"]), class_="n"),
        )
        for r in sorted(result.table.rows(), key=lambda r: (r["p"], -r["shared"]))
    ]
    if not rows:
        return Raw("")
    heads = ("Board", "and", "Members shared", "By chance", "Organisations behind both", "Chance of so many")
    several = sorted(result.members.rows(), key=lambda r: -r["boards"])
    lines = [f"{r['label']} sits on {r['boards']:.0f} boards with {r['reaches']:.0f} others." for r in several[:_SHOWN]]
    return Raw(
        element("h3", "Boards that share members")
        + table("Boards that have members or organisations in common", heads, rows[:_SHOWN], (2, 3, 4, 5))
        + _list(lines)
        + _fine(
            "Those who sit on several boards join them, and carry the load. The chance allows for the number of pairs "
            "looked at; it takes everyone with a seat anywhere for someone who could have had any other."
        )
    )


def _agenda(eco: Ecosystem) -> Raw:
    result = agenda(eco)
    rows = [
        (
            _group(r["group"]),
            r["items"],
            r["reached"],
            percent(r["share"]),
            f"{percent(r['low'])} to {percent(r['high'])}",
            bar(r["share"]),
        )
        for r in result.table.rows()
    ]
    if not rows:
        return Raw("")
    heads = ("Raised by", "Items", "Came to a decision", "Share", "Likely between", "")
    return Raw(
        element("h3", "Whose items are reached")
        + table("What each sector raised and what came to a decision", heads, rows, (1, 2))
        + _fine(
            "An item counts as reached where the record leads from it to a decision. What nobody wrote down is not."
        )
    )


def _gates(eco: Ecosystem, names: dict[str, str]) -> Raw:
    entities = eco.entities
    if "kind" not in entities or "sector" not in entities:
        return Raw("")
    net = eco.network()
    known = set(net.names)
    groups: dict[str, list[str]] = {}
    targets = []
    for row in entities.rows():
        if row["id"] not in known:
            continue
        if row["kind"] in ("decision", "policy"):
            targets.append(row["id"])
        elif row["sector"] and any(word in row["sector"].lower() for word in _COMMUNITY):
            groups.setdefault(row["sector"], []).append(row["id"])
    if not targets or not groups:
        return Raw("")
    lines = [_ways(group, gatekeepers(net, members, targets, mode="all"), names) for group, members in groups.items()]
    return Raw(
        element("h3", "Who stands between")
        + "".join(lines)
        + _fine(
            "Ties are followed in either direction. A way that nobody recorded is not on the map: somebody may look "
            "like the only way and not be it."
        )
    )


def _ways(group: str, result: Result, names: dict[str, str]) -> Raw:
    """Say for each decision who stands on every way to it from one group."""
    gates: dict[str, list[str]] = {}
    for row in result.table.rows():
        gates.setdefault(row["target"], []).append(names[row["gatekeeper"]])
    reached = [r["target"] for r in result.targets.rows() if r["reached"]]
    said = f"From {group}, ties lead to {len(reached) or 'none'} of {len(result.targets)} decisions and policies."
    by: dict[str, list[str]] = {}
    for target in reached:
        by.setdefault(", then ".join(gates.get(target, [])), []).append(names[target])
    lines = [
        f"To {'; '.join(to[:6])}{' and others' if len(to) > 6 else ''}: "
        + (f"every way passes {passed}." if passed else "no single body stands on every way.")
        for passed, to in by.items()
    ]
    return Raw(element("p", said) + (_list(lines[:_SHOWN]) if lines else ""))


def _dominance(eco: Ecosystem) -> Raw:
    if "sector" not in eco.entities:
        return Raw("")
    result = dominance(actors(eco))
    rows = list(result.table.rows())
    if not any(r["group"] for r in rows):
        return Raw("")
    things = [thing for thing in _THINGS if any(r["of"] == thing for r in rows)]
    between = {r["of"]: r["between_share"] for r in result.parts.rows()}
    lines = [_most(thing, [r for r in rows if r["of"] == thing], between.get(thing, math.nan)) for thing in things]
    held = {(r["group"], r["of"]): r["share"] for r in rows}
    members = {r["group"]: r["population_share"] for r in rows}
    shown = [
        (
            _group(group),
            element("td", percent(members[group]), class_="n"),
            *(element("td", percent(held.get((group, thing), 0.0)), class_="n") for thing in things),
        )
        for group in sorted(members, key=lambda g: (g is None, -members[g], g or ""))
    ]
    heads = ("Sector", "Of those on the map", *(_THINGS[thing] for thing in things))
    return Raw(
        element("h3", "Who holds what")
        + _list(lines)
        + table("What each sector holds, beside its share of people and bodies", heads, shown, range(1, len(heads)))
        + _fine(
            "Each column stands for itself; they are never added up. Shares depend on who is on the map: a sector that "
            "is missing from it holds nothing here."
        )
    )


def _most(thing: str, rows: list[dict[str, Any]], between: float) -> str:
    known = [r for r in rows if r["group"]]
    top = max(r["share"] for r in known)
    first = sorted(r["group"] for r in known if r["share"] == top)
    if top == 0:
        return f"{_THINGS[thing]}: nothing is on record for a known sector."
    if len(first) > 3:
        return f"{_THINGS[thing]}: {percent(top)} with each of {len(first)} sectors."
    if len(first) > 1:
        return f"{_THINGS[thing]}: {percent(top)} each with {', '.join(first[:-1])} and {first[-1]}."
    members = next(r["population_share"] for r in known if r["group"] == first[0])
    line = f"{_THINGS[thing]}: {percent(top)} with {first[0]}, {percent(members)} of those on the map."
    if not math.isnan(between):
        line += f" {percent(between)} of the unevenness goes with sector, the rest lies within sectors."
    return line


def _relations(eco: Ecosystem) -> Raw:
    result = power_relations(eco)
    rows = [
        (_group(r["group"]), r["over"], r["under"], r["with"])
        for r in sorted(result.groups.rows(), key=lambda r: (-r["over"], r["group"] or ""))
        if r["over"] or r["under"] or r["with"]
    ]
    if not rows:
        return Raw("")
    heads = ("Sector", "Can direct (others)", "Can be directed by", "Acts together with")
    return Raw(
        element("h3", "Power over, and power with")
        + table(
            "Ties to other sectors: funding, governing, employing; and acting together", heads, rows[:_SHOWN], (1, 2, 3)
        )
        + _fine("Two kinds of power, told apart. Much of one does not make up for little of the other.")
    )


def _warnings(warnings: list[str]) -> list[Raw]:
    return [_list(Raw(element("span", w, class_="caveat")) for w in warnings[:_SHOWN])] if warnings else []
