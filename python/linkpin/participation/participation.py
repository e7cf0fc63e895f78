"""Who takes part in what, at which stage and level, with what support, and who decides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from linkpin import _core, columns
from linkpin.catalogue import described
from linkpin.ecosystem import Ecosystem
from linkpin.participation import words
from linkpin.result import Result

__all__ = ["all_the_way_through", "consulted_not_deciding", "participation", "support"]

_LEVELS = "the share of participations like these at or above the level"


@described("participation")
def participation(
    eco: Ecosystem, by: str = "capacity", *, at_or_above: str = "collaborate", level: float = 0.95
) -> Result:
    """
    Parameters
    ----------
    eco
        An ecosystem with ties of kind takes_part_in.
    by
        What groups those who take part: "capacity" (of the tie, or the entity's roles) or an entity column.
    at_or_above
        A level of IAP2's spectrum: from here on participants share in deciding.
    level
        Of the intervals.

    The result's ``.table`` has group (None is everybody), participants, participations and share. ``.stages``,
    ``.circumstances`` (setting and mode) and ``.levels`` are distributions; ``.medians`` has the median level with its
    interval in levels; ``.reached`` the share at or above the level with exact interval and the bounds of the
    crosswalk. ``.sentences`` says the levels in words.
    """
    parts, provenance = _core.participation(eco._eco, by, at_or_above, level)
    tables: dict[str, Any] = {name: columns.table(frame, name) for name, frame in parts.items()}
    result = Result(
        provenance,
        table=tables.pop("groups"),
        sentences=words.levels(tables["medians"], tables["reached"], at_or_above),
        **tables,
    )
    result.interval_of = _LEVELS
    return result


@described("support")
def support(eco: Ecosystem, by: str = "capacity", *, level: float = 0.95) -> Result:
    """
    Parameters
    ----------
    eco
        An ecosystem with ties of kind takes_part_in that list support_offered, support_wanted, support_taken and
        support_declined.
    by
        As in :func:`participation`.
    level
        Of the interval.

    The result's ``.table`` has group (None is everybody), support, offered, wanted, taken, declined, unmet, share
    (taken of offered), low and high; ``.reasons`` has why support was declined, in the words given.
    """
    table, reasons, provenance = _core.support(eco._eco, by, level)
    result = Result(provenance, table=columns.table(table, "support"), reasons=columns.table(reasons, "reasons"))
    result.interval_of = "the share taken among offers like these"
    return result


@described("consulted_not_deciding")
def consulted_not_deciding(
    eco: Ecosystem,
    by: str = "capacity",
    *,
    at_or_above: str = "collaborate",
    permutations: int = 9999,
    seed: int = 0,
    threads: int = 0,
    progress: Callable[[float], object] | None = None,
) -> Result:
    """
    Parameters
    ----------
    eco
        An ecosystem with ties of kind takes_part_in, and decides or levels.
    by
        As in :func:`participation`.
    at_or_above
        Where no tie of kind decides is there: participations surely at or above this level of IAP2's spectrum decide.
    permutations
        How often people's groups are shuffled; 0 for none.
    seed
        Of the shuffles.

    The result's ``.table`` has group, people, attendance, attendance_share, decisions, decision_share, ratio,
    difference, p, p_less, p_greater and p_error; ``.decisions_from`` says what counted as a decision, ``.sentences``
    says each group in words.
    """
    table, decisions_from, provenance = _core.consulted_not_deciding(
        eco._eco, by, at_or_above, permutations, seed, threads, progress
    )
    told = columns.table(table, "consulted, not deciding")
    return Result(
        provenance,
        table=told,
        decisions_from=decisions_from,
        sentences=[words.deciding(row) for row in told.rows()],
    )


@described("all_the_way_through")
def all_the_way_through(
    eco: Ecosystem,
    by: str = "capacity",
    *,
    shaping: Sequence[str] = ("priority setting", "design"),
    later: Sequence[str] = ("analysis", "dissemination", "implementation"),
    level: float = 0.95,
) -> Result:
    """
    Parameters
    ----------
    eco
        An ecosystem whose ties of kind takes_part_in say their stage.
    by
        As in :func:`participation`.
    shaping
        Stages at which the question is shaped.
    later
        Stages at which those who shaped it should still be there.
    level
        Of the intervals.

    The result's ``.table`` has group (None is everybody), stage (None is all the later ones), shaped, still_there,
    share, low and high; ``.sentences`` says it for everybody.
    """
    table, provenance = _core.all_the_way_through(eco._eco, by, list(shaping), list(later), level)
    told = columns.table(table, "all the way through")
    everybody = [row for row in told.rows() if row["group"] is None]
    result = Result(provenance, table=told, sentences=list(dict.fromkeys(words.through(row) for row in everybody)))
    result.interval_of = "the share still there among people like those who shaped these questions"
    return result
