"""Who is missing: those who took part against those who could have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from linkpin import _core, columns
from linkpin.catalogue import described
from linkpin.ecosystem import Ecosystem
from linkpin.io.answers import NO_ANSWER, no_answer
from linkpin.participation import words
from linkpin.participation.counts import counted, joined
from linkpin.result import Result
from linkpin.table import Table

__all__ = ["absent_groups", "fractions", "hidden_group_policy", "monitoring", "representation"]


@described("representation")
def representation(
    counts: Any,
    reference: Any,
    *,
    attended: int | None = None,
    sample: bool = False,
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    level: float = 0.95,
) -> Result:
    """
    Parameters
    ----------
    counts
        People by category: a mapping (a tuple as key crosses characteristics), or a table or frame with a column
        ``count`` and the characteristics. "prefer not to say", "question left blank" and "form not returned" are told
        from the categories by their name.
    reference
        The population in the same shape: counts, or shares.
    attended
        How many were there. Those beyond the answers given have returned no form.
    sample
        True where the reference is a sample, given as counts, and has a sampling error of its own.
    by
        Which characteristics of the tables to compare, one or several crossed; by default all columns they share.
    area
        A column of both tables: each area is compared with its own population.
    level
        Of the intervals.

    The result's ``.table`` has one row a category: count, share with its exact interval (low, high) and its bounds
    (bound_low, bound_high), the reference's share, ratio and difference with intervals and bounds. ``.absent`` names
    the categories of the population with nobody in the room, ``.answered`` and ``.without`` count who answered and, by
    reason, who did not; ``.sentences`` says each row in words.
    """
    ours = counted("representation", "counts", counts, by, area)
    theirs = counted("representation", "reference", reference, by, area)
    if attended is not None and len(ours) > 1:
        raise _core.InputError("representation: attended: one number for several areas: give a row a reason and area")
    tables: list[Table] = []
    absent: list[str] = []
    warnings: list[str] = []
    answered = 0
    without: dict[str, int] = dict.fromkeys(NO_ANSWER, 0)
    for place in dict.fromkeys([*ours, *theirs]):
        if place not in theirs:
            raise _core.InputError(f"representation: reference: {place!r}: it has no rows for this area")
        given, missing = _split(ours.get(place, {}))
        if attended is not None:
            known = sum(given.values()) + missing["prefer not to say"] + missing["left blank"]
            if attended < known or missing["not returned"] not in (0, attended - known):
                raise _core.InputError(
                    f"representation: attended = {attended}: {known} forms and {missing['not returned']} not returned "
                    "do not fit; check the counts"
                )
            missing["not returned"] = attended - known
        population = {k: v for k, v in theirs[place].items() if no_answer(k) is None}
        parts, number, nobody, provenance = _core.representation(
            list(given),
            list(given.values()),
            missing["prefer not to say"],
            missing["left blank"],
            missing["not returned"],
            list(population),
            list(population.values()),
            sample,
            level,
        )
        name = "" if place is None else f"{place}: "
        tables.append(columns.table(parts, "representation"))
        absent += [name + category for category in nobody]
        warnings += [name + w for w in provenance["warnings"]]
        answered += number
        without = {reason: without[reason] + missing[reason] for reason in without}
    table = joined(tables, area, list(dict.fromkeys([*ours, *theirs])))
    result = Result(
        {**provenance, "warnings": warnings},
        table=table,
        answered=answered,
        without=without,
        absent=absent,
        sentences=[words.representation(row) for row in table.rows()],
    )
    result.interval = Table({name: table[name] for name in ("category", "low", "high")}, title="intervals")
    result.interval_of = "the share among people like those who answered; the bounds are of all who were there"
    return result


def _split(counts: Mapping[str, float]) -> tuple[dict[str, int], dict[str, int]]:
    """Categories, and the reasons for having none."""
    given: dict[str, int] = {}
    missing = dict.fromkeys(NO_ANSWER, 0)
    for category, count in counts.items():
        if not float(count).is_integer() or count < 0:
            raise _core.InputError(
                f"representation: counts = {count:g} ({category}): a count of people is a whole number, 0 or more"
            )
        reason = no_answer(category)
        if reason is None:
            given[category] = int(count)
        else:
            missing[reason] += int(count)
    return given, missing


@described("monitoring")
def monitoring(
    eco: Ecosystem,
    events: str | Iterable[str] | None = None,
    *,
    attended: int | None = None,
    level: float = 0.95,
) -> Result:
    """
    Parameters
    ----------
    eco
        An ecosystem with monitoring tables: ties of kind counted_at. Where ``attendance_about`` is true of an event,
        its attendance is a round number and the sentences say so.
    events
        Ids of the events; None takes all that have a table.
    attended
        How many people were at these events together, where the data does not say.
    level
        Of the intervals.

    The result's ``.table`` has event (None for all together), characteristic, category, count, answered, share, low,
    high, bound_low, bound_high and published; ``.questions`` has for each question the forms, the answers and the three
    reasons for none; ``.sentences`` says the pooled rows in words a participant understands.
    """
    chosen = [events] if isinstance(events, str) else list(events or ())
    parts, questions, provenance = _core.monitoring(eco._eco, chosen, attended, level)
    table = columns.table(parts, "monitoring")
    pooled = [row for row in table.rows() if row["event"] is None]
    asked = columns.table(questions, "questions")
    by_question = {row["characteristic"]: row for row in asked.rows() if row["event"] is None}
    roughly = (
        attended is None and "attendance_about" in eco.entities and True in eco.entities["attendance_about"].tolist()
    )
    sentences = [words.monitored(row, by_question[row["characteristic"]], roughly) for row in pooled]
    result = Result(provenance, table=table, questions=asked, sentences=sentences)
    result.interval_of = "the share among people like those who answered; the bounds are of all who were there"
    return result


@described("absent_groups")
def absent_groups(eco: Ecosystem) -> Result:
    """
    Parameters
    ----------
    eco
        An ecosystem.

    The result's ``.table`` has id and label of each declared group with nobody on record anywhere, and ``.value`` their
    number; ``.elsewhere`` has those that other ties put on the map, in no room.
    """
    absent, elsewhere, provenance = _core.absent_groups(eco._eco)

    def listed(found: npt.NDArray[np.int32], title: str) -> Table:
        ids = eco.entities["id"][found]
        return Table({"id": ids, "label": eco.labels(ids)}, title=title)

    return Result(
        provenance,
        value=len(absent),
        table=listed(absent, "groups with nobody on record"),
        elsewhere=listed(elsewhere, "groups on the map, in no room"),
    )


@described("hidden_group_policy")
def hidden_group_policy(eco: Ecosystem, *, level: float = 0.95) -> Result:
    """
    Parameters
    ----------
    eco
        An ecosystem whose organisations say in ``hidden_group_policy`` "has one", "has none" or "unknown".
    level
        Of the interval.

    The result's ``.value`` is the share with a policy among those that said so, with ``.interval``; ``.bounds`` holds
    the share among all; ``.table`` counts the three, and ``.without`` names those that have none.
    """
    has_one, has_none, unknown, share, interval, bounds, without, provenance = _core.hidden_group_policy(
        eco._eco, level
    )
    result = Result(
        provenance,
        value=share,
        table=Table({"policy": ["has one", "has none", "unknown"], "organisations": [has_one, has_none, unknown]}),
        bounds=bounds,
        without=eco.labels(eco.entities["id"][without]),
    )
    result.interval = interval
    result.interval_of = "the share among organisations like those that said so"
    return result


@described("fractions")
def fractions(percentages: float | Sequence[float], most: int, *, decimals: int = 0, whole: bool = True) -> Result:
    """
    Parameters
    ----------
    percentages
        As printed; several of them are answers to one question.
    most
        The largest number of people they can be of.
    decimals
        To which they are printed.
    whole
        Whether the percentages together are everybody who answered.

    The result's ``.table`` has one row a possibility: ``of`` (the denominator) and ``counts`` (a whole number for each
    percentage); ``.denominators`` lists the possible denominators once each.
    """
    printed = [float(p) for p in np.atleast_1d(np.asarray(percentages, dtype=float))]
    denominators, numerators, provenance = _core.fractions(printed, most, decimals, whole)
    table = Table({"of": np.array(denominators, dtype=np.int64), "counts": [tuple(n) for n in numerators]})
    return Result(provenance, table=table, denominators=list(dict.fromkeys(denominators)))
