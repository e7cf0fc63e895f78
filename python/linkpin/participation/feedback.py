"""From what people said to what was done, and whether anybody told them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from linkpin import _core, columns
from linkpin.catalogue import described
from linkpin.ecosystem import Ecosystem
from linkpin.result import Result
from linkpin.table import Table

__all__ = ["feedback", "you_said"]

_TITLES = {
    "loops": "what was said, and how far it came",
    "links": "what came of each input",
    "groups": "loops by group",
    "breaks": "where open loops broke",
    "waiting": "how long until people are told",
    "outcomes": "for people after the change",
    "effects": "on those who contributed",
    "promises": "expected and delivered",
}


@described("feedback")
def feedback(
    eco: Ecosystem,
    *,
    by: str = "capacity",
    as_of: str | int | datetime.date | None = None,
    level: float = 0.95,
) -> Result:
    """
    Parameters
    ----------
    eco
        An ecosystem with entities of kind input, response, decision, change and outcome, and ties raises, raised_at,
        answers, leads_to and reported_back. A response, decision or change whose ``result`` is refused, failed,
        declined, abandoned or rejected counts as a failure, which is a finding like any other.
    by
        What groups those who said something: "capacity" (of the tie; the entity's roles where it has none) or an entity
        column.
    as_of
        The day until which open loops are counted; by default the latest date read.
    level
        Of the intervals.

    The result's ``.value`` is the share of loops closed, ``.interval`` Wilson's; ``.table`` is the same by group.
    Further tables: ``.loops``, ``.links``, ``.breaks``, ``.waiting``, ``.outcomes``, ``.effects``, ``.promises``, and
    ``.you_said``: you said, we did.
    """
    tables, provenance = _core.feedback(eco._eco, by, None if as_of is None else str(as_of), level)
    parts: dict[str, Any] = {name: columns.table(frame, _TITLES[name]) for name, frame in tables.items()}
    groups = parts.pop("groups")
    everybody = next(iter(groups.rows()), None)
    result = Result(
        provenance,
        value=float("nan") if everybody is None else everybody["share"],
        table=groups,
        **parts,
        you_said=you_said(eco, parts),
    )
    if everybody is not None:
        result.interval = (everybody["low"], everybody["high"])
        result.interval_of = "the share of loops closed, were these inputs a sample of many like them"
    return result


def you_said(eco: Ecosystem, parts: Mapping[str, Table]) -> Table:
    """Return one row an input: what was said, where, what was answered, decided and changed, and when it was told."""
    found: dict[str, dict[str, list[tuple[str, str | None]]]] = {}
    for row in parts["links"].rows():
        found.setdefault(row["input"], {}).setdefault(row["what"], []).append((row["entity"], row["date"]))
    rows: list[dict[str, Any]] = []
    for loop in parts["loops"].rows():
        came: dict[str, list[tuple[str, str | None]]] = found.get(loop["input"], {})

        def named(what: str, came: dict[str, list[tuple[str, str | None]]] = came) -> str | None:
            return "; ".join(eco.labels(dict.fromkeys(entity for entity, _ in came.get(what, [])))) or None

        told = sorted(date for _, date in came.get("reported to", []) if date)
        rows.append(
            {
                "input": loop["input"],
                "you_said": eco.labels([loop["input"]])[0],
                "where": named("raised at"),
                "we_answered": named("response"),
                "we_decided": named("decision"),
                "we_did": named("change"),
                "failed": loop["failed"],
                "told": loop["closed"],
                "told_on": told[0] if told else None,
            }
        )
    names = ("input", "you_said", "where", "we_answered", "we_decided", "we_did", "failed", "told", "told_on")
    return Table({name: [r[name] for r in rows] for name in names}, title="you said, we did")
