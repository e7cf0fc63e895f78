"""What the report says of taking part: who does, who is missing, who holds several capacities."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from linkpin.assess.landscape import categories
from linkpin.assess.words import share as percent
from linkpin.ecosystem import Ecosystem
from linkpin.participation import words
from linkpin.participation.linkage import linkage
from linkpin.participation.lived import burden, capacities, continuity
from linkpin.participation.participation import all_the_way_through, consulted_not_deciding, participation, support
from linkpin.participation.representation import absent_groups, fractions, hidden_group_policy, monitoring
from linkpin.report.disclosed import people, people_table
from linkpin.report.html import Raw, bar, element, grouped, table
from linkpin.report.sections import Section
from linkpin.result import Result

__all__ = ["sections"]

_SHOWN = 20
HIDDEN = "hidden"


def sections(eco: Ecosystem) -> list[Section]:
    """Return the sections on taking part that this ecosystem has something to say in."""
    found = []
    for key, title, parts in (
        (
            "participation",
            "Who takes part, and who decides",
            {
                "participation": _taking_part(eco),
                "consulted_not_deciding": _deciding(eco),
                "all_the_way_through": _through(eco),
                "support": _support(eco),
                "linkage": _linkage(eco),
            },
        ),
        (
            "missing",
            "Who is missing",
            {
                "monitoring": _monitoring(eco),
                "fractions": _printed(eco),
                "absent_groups": _absent(eco),
                "hidden_group_policy": _policy(eco),
            },
        ),
        (
            "lived",
            "Several capacities in one person",
            {"capacities": _capacities(eco), "continuity": _continuity(eco), "burden": _burden(eco)},
        ),
    ):
        body = Raw("".join(piece for part in parts.values() for piece in part))
        told = tuple(measure for measure, part in parts.items() if part)
        if body:
            found.append(Section(key, title, body, told, _brief(eco) if key == "missing" else ()))
    return found


def _brief(eco: Ecosystem) -> tuple[str, ...]:
    """What a reader in a hurry should know of who is missing."""
    lines = []
    told = [q for q in monitoring(eco).questions.rows() if q["event"] is None and q["not_returned"]]
    if told:
        about = "about " if True in _column(eco, "attendance_about") else ""
        lines.append(f"{told[0]['forms']} of {about}{told[0]['attended']} people who were there handed in a form.")
    alone, _ = _missing(eco)
    if alone:
        more = f" and {len(alone) - 3} more" if len(alone) > 3 else ""
        lines.append(f"Named, with nobody from them on record anywhere: {'; '.join(alone[:3])}{more}.")
    return tuple(lines)


def _fine(text: str) -> Raw:
    return element("p", text, class_="caveat")


def _list(lines: Iterable[object]) -> Raw:
    return element("ul", *(element("li", line) for line in lines))


def _people(count: int) -> str:
    return "One person is" if count == 1 else f"{people(count).capitalize()} people are"


def _safe(part: int, whole: int) -> bool:
    """Whether a share may stand: neither those who are nor those who are not are few."""
    return not any(people(n).startswith("fewer") for n in (part, whole - part))


def _between(low: float, high: float) -> str:
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


# -- who takes part ----------------------------------------------------------------------------------------------------


def _taking_part(eco: Ecosystem) -> list[Raw]:
    result = participation(eco)
    rows = list(result.table.rows())
    everybody = rows[0]
    rooms = _rooms(eco)
    if everybody["participations"] == 0:
        return rooms
    out = [
        element(
            "p",
            f"{_people(everybody['participants'])} on record as taking part, "
            f"{people(everybody['participations'])} times in all.",
        )
    ]
    groups, few = [], []
    for row in rows[1:]:
        if _safe(row["participations"], everybody["participations"]):
            share = element("td", percent(row["share"]), class_="n")
            groups.append(
                (row["group"], element("td", people(row["participations"]), class_="n"), share, bar(row["share"]))
            )
        else:
            few.append(row["group"])
    if few:
        note = element("td", "not shown, to protect people")
        groups = [*groups[: _SHOWN - 1], (", ".join(few), element("td", HIDDEN, class_="n"), element("td"), note)]
    if groups:
        heads = ("Capacity", "Times", "Share", "")
        out.append(table("In which capacity they took part", heads, groups[:_SHOWN], (1, 2)))
        out.append(
            _fine("Whoever takes part in several capacities counts in each; shares divide such a person equally.")
        )
    return [*out, *rooms, *_stages(result), *_levels(result)]


def _rooms(eco: Ecosystem) -> list[Raw]:
    """Groups that take part without a number: where they are let in is all that can be said."""
    ties = eco.ties
    if "kind" not in ties or "kind" not in eco.entities:
        return []
    kinds = dict(zip(eco.entities["id"].tolist(), eco.entities["kind"].tolist(), strict=True))
    names = dict(zip(eco.entities["id"].tolist(), _names(eco), strict=True))
    rooms: dict[str, list[str]] = {}
    levels: dict[str, list[str]] = {}
    for row in ties.rows():
        count = row.get("count")
        if row["kind"] == "takes_part_in" and kinds[row["from"]] == "group" and (count is None or count != count):
            rooms.setdefault(row["to"], []).append(names[row["from"]])
            if row.get("level"):
                levels.setdefault(row["to"], []).append(row["level"])
    if not rooms:
        return []
    together: dict[str, list[str]] = {}
    for room, who in rooms.items():
        level = f" ({', '.join(dict.fromkeys(levels[room]))})" if room in levels else ""
        together.setdefault(", ".join(who), []).append(names[room] + level)
    body = [(who, "; ".join(where)) for who, where in list(together.items())[:_SHOWN]]
    return [
        table("Groups in the room, without a number", ("Who takes part", "Where"), body),
        _fine("The record does not say how many people of these groups took part: they are in no count on this page."),
    ]


def _names(eco: Ecosystem) -> list[str]:
    """Whole names where the data has them, labels else."""
    labels = eco.labels(eco.entities["id"].tolist())
    return [full or label for full, label in zip(_column(eco, "full_name"), labels, strict=True)]


def _stages(result: Result) -> list[Raw]:
    rows = [r for r in result.stages.rows() if r["group"] is None]
    if not rows:
        return []
    whole = sum(r["participations"] for r in rows)
    body = [
        (
            row["stage"],
            element("td", people(row["participations"]), class_="n"),
            bar(row["share"]) if _safe(row["participations"], whole) else element("td", ""),
        )
        for row in rows
    ]
    return [table("At which stage of the research", ("Stage", "Times", ""), body, (1,))]


def _levels(result: Result) -> list[Raw]:
    out: list[Raw] = []
    for median in result.medians.rows():
        if median["group"] is not None:
            continue
        rows = [r for r in result.levels.rows() if r["group"] is None and r["scale"] == median["scale"]]
        whole = median["participations"]
        if not all(_safe(r["participations"], whole) for r in rows):
            out.append(element("p", f"Levels {words.on_scale(median['scale'])} rest on too few people to be shown."))
            continue
        body = [
            (
                r["level"],
                element("td", people(r["participations"]), class_="n"),
                element("td", percent(r["share"]), class_="n"),
                bar(r["share"]),
            )
            for r in reversed(rows)
        ]
        out.append(
            table(
                f"How far participation went, {words.on_scale(median['scale'])}",
                ("Level", "Times", "Share", ""),
                body,
                (1, 2),
            )
        )
    sayable = {(r["group"], r["scale"]) for r in result.reached.rows() if _safe(r["surely"], r["participations"])}
    lines = [
        sentence
        for sentence, row in zip(result.sentences, result.medians.rows(), strict=True)
        if (row["group"], row["scale"]) in sayable
    ]
    if lines:
        out += [_list(lines), _fine("Levels are places in an order. They are counted and ranked, never averaged.")]
    return out


def _deciding(eco: Ecosystem) -> list[Raw]:
    result = consulted_not_deciding(eco)
    rows = [r for r in result.table.rows() if not math.isnan(r["decision_share"])]
    if not rows:
        return []
    kept = [r for r in rows if not people(r["people"]).startswith("fewer")]
    body = [
        (
            r["group"],
            element("td", percent(r["attendance_share"]), class_="n"),
            bar(r["attendance_share"]),
            element("td", percent(r["decision_share"]), class_="n"),
            bar(r["decision_share"]),
        )
        for r in kept[:_SHOWN]
    ]
    caveat = "Groups of few people are left out. " if len(kept) < len(rows) else ""
    return [
        element("h3", "Heard, and deciding"),
        table("Share of attendance and of decisions", ("Group", "Of attendance", "", "Of decisions", ""), body, (1, 3)),
        _list(words.deciding(r) for r in kept[:_SHOWN]),
        _fine(caveat + "A gap says nothing of why; it holds for what is on record."),
    ]


def _through(eco: Ecosystem) -> list[Raw]:
    result = all_the_way_through(eco)
    everybody = [r for r in result.table.rows() if r["group"] is None]
    if not everybody or everybody[0]["shaped"] == 0:
        return []
    if any(not _safe(r["still_there"], r["shaped"]) for r in everybody):
        return [element("p", "How many who shaped the question stayed rests on too few people to be shown.")]
    return [_list(result.sentences)]


def _support(eco: Ecosystem) -> list[Raw]:
    result = support(eco)
    rows = [r for r in result.table.rows() if r["group"] is None]
    if not rows:
        return []
    kinds = ("offered", "wanted", "taken", "declined", "unmet")
    body = [(r["support"], *(element("td", people(r[k]), class_="n") for k in kinds)) for r in rows]
    heads = ("Support", "Offered", "Wanted", "Taken", "Declined", "Wanted and not offered")
    out = [
        element("h3", "Support"),
        table("What was offered, wanted, taken and declined", heads, body, (1, 2, 3, 4, 5)),
    ]
    reasons = list(dict.fromkeys(r["reason"] for r in result.reasons.rows()))
    if reasons:
        out += [element("p", "Why it was declined, in the words given:"), _list(reasons[:_SHOWN])]
    return out


def _linkage(eco: Ecosystem) -> list[Raw]:
    result = linkage(eco)
    if math.isnan(result.value):
        return []
    lines = [
        f"{percent(result.value)} of the pairs of a grassroots and a strategic body are joined, directly or by others.",
        "All of that runs through one person or body."
        if result.independent == 1
        else f"The two sides are joined by {result.independent} ways that have nobody in common.",
    ]
    body = [
        (r["label"], element("td", percent(r["share"]), class_="n"), bar(r["share"]), r["cut_off"])
        for r in list(result.table.rows())[:_SHOWN]
    ]
    out = [element("h3", "Between the ground and strategy"), _list(lines)]
    if body:
        heads = ("Who carries it", "Of the ways", "", "Pairs cut off without")
        out.append(table("People and bodies between grassroots and strategy", heads, body, (1, 3)))
    return [*out, _fine("Ways are ties on record. Whether anything was said along them is another question.")]


# -- who is missing ----------------------------------------------------------------------------------------------------


def _monitoring(eco: Ecosystem) -> list[Raw]:
    result = monitoring(eco)
    asked = [r for r in result.questions.rows() if r["event"] is None]
    if not asked:
        return []
    pooled = [r for r in result.table.rows() if r["event"] is None]
    sentences = {(r["characteristic"], r["category"]): said for r, said in zip(pooled, result.sentences, strict=True)}
    out = [
        _fine(
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
    return [*out, _list(said)] if said else out


def _answer(row: dict[str, Any], count: float) -> tuple[object, ...]:
    if math.isnan(count):
        return (row["category"], element("td", HIDDEN, class_="n"), "", "", element("td", "", class_="span"))
    return (
        row["category"],
        element("td", f"{count:,.0f}", class_="n"),
        element("td", _between(row["low"], row["high"]), class_="range"),
        element("td", _between(row["bound_low"], row["bound_high"]), class_="range"),
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
    forms = dict(zip(eco.entities["id"].tolist(), _column(eco, "feedback_forms"), strict=True))
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
        _fine(
            "Counts were not printed. The last column lists the only numbers of people, up to the forms handed in, "
            "that give these percentages."
        ),
    ]


def _column(eco: Ecosystem, name: str) -> list[Any]:
    return eco.entities[name].tolist() if name in eco.entities else [None] * len(eco.entities)


def _missing(eco: Ecosystem) -> tuple[list[str], list[str]]:
    """Return the groups that nothing ties to anything, and those that other ties put somewhere, but in no room."""
    forms = categories(eco)
    absent = [id for id in absent_groups(eco).table["id"].tolist() if id not in forms]
    tied = {*eco.ties["from"].tolist(), *eco.ties["to"].tolist()}
    names = dict(zip(eco.entities["id"].tolist(), _names(eco), strict=True))
    alone = [names[id] for id in absent if id not in tied]
    if not _rooms(eco):
        return alone, []  # where only people are said to take part, that a group is not says nothing
    return alone, [names[id] for id in absent if id in tied]


def _absent(eco: Ecosystem) -> list[Raw]:
    alone, elsewhere = _missing(eco)
    out: list[Raw] = []
    if alone:
        out += [
            element("p", "Groups that are named, with nobody from them on record anywhere:"),
            _list(alone[: 5 * _SHOWN]),
        ]
    if elsewhere:
        more = f" and {len(elsewhere) - _SHOWN} more" if len(elsewhere) > _SHOWN else ""
        said = "On the map, and not said to take part in an event, a board or a decision: "
        out.append(element("p", said, "; ".join(elsewhere[:_SHOWN]), more, "."))
    return [*out, _fine("Nobody on record is not the same as nobody there.")] if out else []


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


# -- several capacities ------------------------------------------------------------------------------------------------


def _capacities(eco: Ecosystem) -> list[Raw]:
    result = capacities(eco)
    whole = len(result.table)
    if result.several == 0:
        return []
    out: list[Raw] = []
    if _safe(result.several, whole):
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
        _fine("A full count of what is on record; whoever was never asked is not in it."),
    ]
