"""What each score says, in a sentence a councillor reads, and the caveat that belongs to it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

__all__ = ["caveat", "figure", "heading", "how_sure", "sentence"]

Words = Callable[[float, str], str]


def _percent(x: float) -> str:
    if 0 < x < 0.005:
        return "less than 1%"
    if 0.995 < x < 1:
        return "more than 99%"
    return f"{100 * x:.0f}%"


def _count(x: float, one: str, many: str) -> str:
    numbers = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    n = int(x)
    return f"{numbers[n] if n <= 10 else f'{n:,}'} {one if n == 1 else many}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _density(x: float, _: str) -> str:
    if x == 0:
        return "There are no ties."
    of = next(k for k in (100, 1_000, 100_000, 10**9) if x * k >= 1.5 or k == 10**9)
    return f"Of every {of:,} ties that could exist, about {of * x:,.0f} do."


def _shared(x: float, never: str, always: str, otherwise: str) -> str:
    """Say a share, where none and all need no percentage; ``otherwise`` has a place for it."""
    return never if x == 0 else always if x == 1 else otherwise.format(_percent(x))


def _fragmented(x: float, _: str) -> str:
    no, all_ = "Every pair has a way to each other, if only through others.", "Nobody has a way to anybody else."
    return _shared(x, no, all_, "{} of pairs have no way to each other, not even through others.")


def _apart(x: float, _: str) -> str:
    if x == 1:
        return "Those who can reach each other are all one step apart."
    return f"Those who can reach each other are on average {x:.1f} steps apart."


def _between(x: float, subject: str) -> str:
    pairs = f"{x:,.0f}" if x >= 10 or x == int(x) else f"{x:.1f}"
    return f"{subject} lies on the shortest ways between {pairs} {'pair' if pairs == '1' else 'pairs'} of others."


def _parts(x: float, _: str) -> str:
    if x <= 1:
        return "Everybody is joined to everybody else, directly or through others."
    return f"The map falls into {_count(x, 'part', 'parts')} that nothing joins."


def _concentration(what: str) -> Words:
    def words(x: float, _: str) -> str:
        degree = (
            "very evenly" if x < 0.15 else "fairly evenly" if x < 0.35 else "unevenly" if x < 0.6 else "very unevenly"
        )
        return f"{what} are spread {degree}: {x:.2f} on a scale from 0 (all alike) to 1 (one has it all)."

    return words


def _cut(x: float, _: str) -> str:
    if x == 0:
        return "Nobody's loss alone would split the map."
    if x == 1:
        return "The loss of one participant would split the map."
    return f"The loss of any one of {_count(x, 'participant', 'participants')} would split the map."


def _bridges(x: float, _: str) -> str:
    if x == 0:
        return "No single tie is the only one that joins two parts."
    if x == 1:
        return "One tie is the only one that joins two parts."
    return _capital(f"{_count(x, 'tie is', 'ties are')} each the only one that joins two parts.")


def _like(x: float, _: str) -> str:
    if x > 0.1:
        return f"Those with many ties tend to be tied to each other ({x:+.2f})."
    if x < -0.1:
        return f"Those with many ties tend to be tied to those with few ({x:+.2f}), as in hubs with their own circles."
    return f"Those with many ties are tied to those with many and with few alike ({x:+.2f})."


def _ei(x: float, subject: str) -> str:
    whose = f"The ties of the group {subject}" if subject else "Ties"
    share = (1 + x) / 2
    if abs(x) == 1:
        return f"{whose} all {'cross between groups' if x > 0 else 'stay within the group'}."
    if x > 0.2:
        return f"{whose} mostly cross between groups: {_percent(share)} of them do."
    if x < -0.2:
        return f"{whose} mostly stay within the group: only {_percent(share)} cross to another."
    return f"{whose} cross between groups about as often as not: {_percent(share)} of them do."


def _mixing(x: float, _: str) -> str:
    if x > 0.1:
        return f"Like is tied to like more than chance would bring about ({x:+.2f} of at most 1)."
    if x < -0.1:
        return f"Ties seek out other groups more than chance would bring about ({x:+.2f})."
    return f"Groups mix about as much as chance would bring about ({x:+.2f})."


_SENTENCES: Mapping[tuple[str, str], Words] = {
    ("density", ""): _density,
    ("reciprocity", ""): lambda x, _: _shared(
        x, "No tie is returned.", "Every tie is returned.", "{} of ties are returned."
    ),
    ("transitivity", ""): lambda x, _: _shared(
        x,
        "Two who share a partner are never tied to each other.",
        "Two who share a partner are always tied to each other.",
        "Two who share a partner are tied to each other in {} of cases.",
    ),
    ("components", "number"): _parts,
    ("components", "largest share"): lambda x, _: f"The largest part that hangs together holds {_percent(x)} of all.",
    ("fragmentation", ""): _fragmented,
    ("mean_distance", ""): _apart,
    ("diameter", ""): lambda x, _: (
        f"The two who are farthest apart need {_count(x, 'step', 'steps')} to reach each other."
    ),
    ("centralization", "degree"): _concentration("Ties"),
    ("centralization", "betweenness"): _concentration("Positions in between"),
    ("gini", "degree"): lambda x, _: f"The numbers of ties are shared with a Gini coefficient of {x:.2f} (0 is equal).",
    ("articulation_points", "number"): _cut,
    ("bridges", "number"): _bridges,
    ("degree_assortativity", ""): _like,
    ("communities", "number"): lambda x, _: f"Ties bunch into {_count(x, 'single circle', 'circles')}.",
    ("communities", "modularity"): lambda x, _: (
        f"The circles are {'clearly' if x > 0.4 else 'somewhat' if x > 0.2 else 'hardly'} set apart ({x:.2f})."
    ),
    ("ei_index", ""): _ei,
    ("assortativity", ""): _mixing,
    ("brokerage", "share"): lambda x, subject: f"The group {subject} does {_percent(x)} of the joining of others.",
    ("group_share", ""): lambda x, subject: f"The group {subject} is {_percent(x)} of those on the map.",
    ("degree", ""): lambda x, subject: f"{subject} has {_count(x, 'tie', 'ties')}.",
    ("betweenness", ""): _between,
    ("harmonic", ""): lambda x, subject: (
        f"{subject} reaches others at a total of {x:.1f} (each counts 1 over its steps)."
    ),
    ("constraint", ""): lambda x, subject: (
        f"{subject} depends on {'a few partners who lead' if x > 0.5 else 'partners who partly lead'} back to each "
        f"other ({x:.2f}; 1 and above leaves no choice)."
    ),
    ("coreness", ""): lambda x, subject: (
        f"{subject} belongs to a core whose members have {_count(x, 'tie', 'ties')} among each other."
    ),
    ("articulation_points", "cut off"): lambda x, subject: (
        f"Without {subject}, {_count(x, 'other loses', 'others lose')} touch with the rest."
    ),
}

_CAVEATS: Mapping[str, str] = {
    "density": "Larger maps are thinner by nature: compare only maps of about the same size, drawn the same way.",
    "reciprocity": "A tie can only be returned where both sides were asked.",
    "transitivity": "Ties that come from joint membership are closed by the way they were recorded.",
    "components": "One missing answer can split a map or join it.",
    "fragmentation": "One missing answer can cut many pairs off.",
    "mean_distance": "Counts only those with a way to each other.",
    "diameter": "Hangs on a single pair.",
    "centralization": "Sensitive to missing answers of central participants.",
    "gini": "Says how unequal, not who has more.",
    "articulation_points": "Holds for the ties that are recorded; others may exist.",
    "bridges": "Holds for the ties that are recorded; others may exist.",
    "degree_assortativity": "Few ties make it swing.",
    "communities": "Another run or resolution can draw the borders elsewhere.",
    "ei_index": "Depends on the sizes of the groups: small groups have more others to be tied to.",
    "assortativity": "Depends on how the groups were drawn.",
    "brokerage": "Counts open paths; it does not say that anything passed along them.",
    "group_share": "Counts who is on the map, not who was in the room.",
    "degree": "Counts ties, not what they are worth.",
    "betweenness": "Fragile when answers are missing.",
    "harmonic": "Assumes that every step counts alike.",
    "constraint": "Depends on ties among partners being recorded.",
    "coreness": "Coarse: many share the same value.",
}


_HEADINGS: Mapping[tuple[str, str], str] = {
    ("density", ""): "How many ties there are",
    ("reciprocity", ""): "Ties that are returned",
    ("transitivity", ""): "Partners of partners",
    ("components", "number"): "Parts of the map",
    ("components", "largest share"): "The largest part",
    ("fragmentation", ""): "Pairs without a way to each other",
    ("mean_distance", ""): "Steps from one to another",
    ("diameter", ""): "The longest way",
    ("centralization", "degree"): "How ties are spread",
    ("centralization", "betweenness"): "How positions in between are spread",
    ("gini", "degree"): "How unequal the numbers of ties are",
    ("articulation_points", "number"): "Participants whose loss splits the map",
    ("bridges", "number"): "Ties whose loss splits the map",
    ("degree_assortativity", ""): "Whether the well connected stick together",
    ("communities", "number"): "Circles",
    ("communities", "modularity"): "How clearly the circles are set apart",
    ("ei_index", ""): "Ties between groups",
    ("assortativity", ""): "Like with like",
}


def heading(measure: str, variant: str) -> str:
    """Name a score of the whole map in plain words."""
    return _HEADINGS.get((measure, variant)) or measure.replace("_", " ").capitalize()


def sentence(measure: str, variant: str, value: float, subject: str = "") -> str:
    """Say what a score means for its subject, in plain words.

    Parameters
    ----------
    measure, variant
        As the scorecard has them.
    value
        The score; NaN is said to be undefined.
    subject
        Who or which group it is about; empty for the whole map.
    """
    words = _SENTENCES.get((measure, variant))
    if math.isnan(value):
        whose = f" (the group {subject})" if subject else ""
        return f"{heading(measure, variant)}{whose}: this cannot be said, as there is too little on the map."
    if words is None:
        return f"{measure}: {value:g}"
    return words(value, subject)


# What the ends of an interval are spelled as; other scores have two decimals.
_SHARES = {
    ("density", ""),
    ("reciprocity", ""),
    ("transitivity", ""),
    ("components", "largest share"),
    ("fragmentation", ""),
    ("brokerage", "share"),
    ("group_share", ""),
}
_COUNTS = {"number", "cut off"}
_COUNTED = {"degree", "coreness", "diameter"}

_OF: Mapping[str, str] = {
    "vertices": "had other participants like these taken part",
    "ties": "as sure as the ties are",
    "reports": "as far as reports can be trusted",
    "non-response": "if those who did not answer are like those who did",
}
_TOO_FEW: Mapping[str, str] = {
    "ties": "the ties are too unsure to say more",
    "reports": "the reports differ too much to say more",
    "non-response": "too few answers to say more",
}
_WHY_NOT: Mapping[str, str] = {
    "large": "No interval was drawn, as the map is large: ask for it with replicates=200.",
    "few": "No interval: there are too few participants.",
    "counted": "A count of who is on the map: there is nothing to estimate.",
    "hangs on ties": "No honest interval: it hangs on single ties.",
    "of itself": "No honest interval: nothing is known of how sure the ties are.",
    "undefined": "No interval: it is undefined here or in most maps drawn again.",
    "one-sided": "No honest interval: maps drawn again all lie to one side of it.",
    "still": "No honest interval: maps drawn again are all alike in it, as there is too little of it to vary.",
    "uncovered": "No honest interval: at this size such intervals were measured to miss the true value too often.",
}


def _end(measure: str, variant: str, x: float) -> str:
    if measure == "ei_index":
        return _percent((1 + x) / 2)
    if (measure, variant) in _SHARES:
        return f"{100 * x:.1f}%" if 0 < abs(x) < 0.1 else _percent(x)
    if variant in _COUNTS or measure in _COUNTED:
        return f"{x:,.0f}"
    return f"{x:,.0f}" if abs(x) >= 100 else f"{x:,.1f}" if abs(x) >= 10 else f"{x:.2f}"


def figure(measure: str, variant: str, value: float) -> str:
    """Spell a score of the whole map: shares as percentages, counts whole, others with two decimals."""
    if math.isnan(value):
        return "–"
    return f"{value:.2f}" if measure == "ei_index" else _end(measure, variant, value)


def ordinal(rank: int) -> str:
    """Spell a place: 1st, 2nd, 3rd, 11th."""
    ending = "th" if rank % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th")
    return f"{rank:,}{ending}"


def _place(low: int, high: int, n: int, of: str) -> str:
    if low == high:
        return f"the {ordinal(low)} of {n:,}, {_OF[of]}"
    more = f"; {_TOO_FEW[of]}" if high - low > max(2, n // 20) else ""
    return f"between the {ordinal(low)} and the {ordinal(high)} of {n:,}{more}"


def how_sure(row: Mapping[str, Any], n: int) -> str:
    """Say between what a score of a scorecard lies, or why that cannot be said.

    Parameters
    ----------
    row
        A row of the scorecard: measure, variant, low, high, rank_low, rank_high, interval_of, covers, why_not.
    n
        Participants on the map.
    """
    of = row["interval_of"]
    if math.isnan(row["value"]):
        return ""  # the sentence has said so
    if of is None:
        return _WHY_NOT.get(row["why_not"], "")
    other = "" if row["low"] <= row["value"] <= row["high"] else ", unlike what is recorded"
    low, high = (_end(row["measure"], row["variant"], row[end]) for end in ("low", "high"))
    if row["rank_low"] is not None and not math.isnan(row["rank_low"]):
        place = _place(int(row["rank_low"]), int(row["rank_high"]), n, of)
        return _capital(f"{place}." if low == high else f"{place} (the score itself between {low} and {high}{other}).")
    between = f"{low}" if low == high else f"between {low} and {high}"
    crossing = " crossing" if row["measure"] == "ei_index" else ""
    covers = row["covers"]
    rarely = f"; such intervals hold the true value in {_percent(covers)} of cases, not 95%" if covers < 0.925 else ""
    return _capital(f"{between}{crossing}, {_OF[of]}{other}{rarely}.")


def caveat(measure: str) -> str:
    """Say what the reader of a score must bear in mind."""
    return _CAVEATS.get(measure, "")


def share(value: Any) -> str:
    """Spell a share as a percentage."""
    return _percent(float(value))
