"""Partnerships side by side: what went into each, what came of it, and whether the two go together."""

from __future__ import annotations

from collections.abc import Iterable

from linkpin import _core, columns
from linkpin.catalogue import described
from linkpin.ecosystem import Ecosystem
from linkpin.measures._arguments import Progress
from linkpin.result import Result

__all__ = ["partnerships"]


@described("partnerships")
def partnerships(
    eco: Ecosystem,
    *,
    source_types: Iterable[str] = (),
    steps: int = 0,
    deduplicate: bool = True,
    working_papers: bool = True,
    seen_until: str | int | None = None,
    covariates: Iterable[str] = ("carers", "collaboration"),
    level: float = 0.95,
    threads: int = 0,
    progress: Progress = None,
) -> Result:
    """
    Parameters
    ----------
    eco
        An ecosystem with entities of the kind partnership, and member_of ties into them.
    source_types, steps, deduplicate, working_papers
        What counts as reached in the columns reach, reach_attenuated and nearest, as in ``reach``: which policies
        (none named: all), within how many steps of the partnership or a member (0: any number), whether the same
        document counts once, whether working papers count.
    seen_until
        Until when policies were looked for; None takes the latest one in the data, and says so.
    covariates
        Columns of what went in, for the hazard of a first policy.
    level
        Of the intervals.

    ``.table`` has one row a partnership: what went in (members to evidence) and what came of it (policies to outcomes).
    ``.stages`` says who took part at which stage. ``.association`` sets those that reached a policy beside those that
    did not (measure, with_impact, without_impact, difference, p, p_adjusted, partnerships, reached, splits).
    ``.waiting`` is the share still without a policy after each year from the first evidence, ``.hazard`` what goes with
    a policy coming sooner (log odds), ``.hazard_counts`` what it rests on. ``.with_impact`` and ``.without_impact``
    count partnerships.
    """
    rows, stages, association, waiting, hazard, counts, reached, others, provenance = _core.partnerships(
        eco._eco,
        list(source_types),
        steps,
        deduplicate,
        working_papers,
        "" if seen_until is None else str(seen_until),
        list(covariates),
        level,
        threads,
        progress,
    )
    result = Result(
        provenance,
        table=columns.table(rows, "partnerships"),
        stages=columns.table(stages, "who took part at which stage"),
        association=columns.table(association, "what goes with impact"),
        waiting=columns.table(waiting, "share still without a policy"),
        hazard=columns.table(hazard, "what goes with a policy coming sooner"),
        hazard_counts=counts,
        with_impact=reached,
        without_impact=others,
    )
    result.interval = result.hazard
    result.interval_of = f"log odds of a first policy in a year, {level:.0%} profile penalised likelihood"
    return result
