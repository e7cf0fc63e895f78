"""The ledger of awards, sub-awards and payments, and what it says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from linkpin import _core
from linkpin.catalogue import described
from linkpin.ecosystem import Ecosystem
from linkpin.result import Result
from linkpin.table import Table

__all__ = ["funding", "grants"]

PARTICIPANTS = (
    "participant",
    "carer",
    "patient",
    "service user",
    "public contributor",
    "peer researcher",
    "community researcher",
)

_TITLES = {
    "flows": "what each received and passed on",
    "paid": "promised and paid",
    "transparency": "share of entries of which each is public, by funder",
    "pooling": "funders of each recipient",
    "reach": "where the money was kept",
    "shares": "what reached communities",
    "leverage": "what others gave to the same recipients",
    "cliffs": "what ends when",
    "recurrence": "recurrent and not",
}


def _money(given: str | Sequence[str]) -> tuple[str, str]:
    return (given, "") if isinstance(given, str) else (str(given[0]), str(given[1]))


@described("funding")
def funding(
    eco: Ecosystem,
    into: str | tuple[str, str] | None = None,
    rates: Mapping[str | tuple[str, str], float] | None = None,
    *,
    community: Sequence[str] = ("community",),
    participants: Sequence[str] = PARTICIPANTS,
) -> Result:
    """
    Parameters
    ----------
    eco
        An ecosystem with ties of kind ``funds`` (a promise), ``awarded_to`` (from an award to who holds it) or ``pays``
        (money that moved). Columns of ties, all optional: amount, currency, price_base, recurrent, start, end,
        for_what, public (True, False, or which of "who", "to whom", "how much", "for what", "when").
    into
        Turn every amount into this money: a currency, or a currency and a price base. Without it two currencies or
        price bases are never added.
    rates
        With ``into``: what one unit of each other money is worth in it, ``{"EUR": 0.86, ("GBP", "2018"): 1.23}``.
    community
        Sectors that count as community-led, beside entities whose ``community_led`` is true.
    participants
        Roles of people who are paid for taking part.

    The result's ``.table`` is the ledger. Further tables: ``.flows``, ``.paid``, ``.transparency``, ``.pooling``,
    ``.reach`` and ``.shares``, ``.leverage``, ``.cliffs``, ``.recurrence``. :func:`grants` gives the ledger in
    360Giving's words.
    """
    given = [(_money(money), float(rate)) for money, rate in (rates or {}).items()]
    target = None if into is None else _money(into)
    tables, provenance = _core.funding(eco._eco, target, given, list(community), list(participants))
    parts: dict[str, Any] = {
        name: Table(columns, title=_TITLES[name]) for name, columns in tables.items() if name != "ledger"
    }
    return Result(provenance, table=Table(tables["ledger"], title="ledger"), **parts)


def grants(eco: Ecosystem) -> Table:
    """Return the awards of an ecosystem under the column titles of the 360Giving standard, one row a grant.

    An award and its holder are one grant; money without an award entity is a grant of its own. What is not known is
    empty, so that a checker of the standard names it.
    """
    result = funding(eco)
    entities = {row["id"]: row for row in eco.entities.rows()}
    rows = [r for r in result.table.rows() if r["transfer"] != "payment"]
    held = {r["from"]: r for r in rows if entities[r["from"]].get("kind") == "award"}
    out: list[dict[str, Any]] = []
    for row in rows:
        if row["from"] in held and row is held[row["from"]] and any(r["to"] == row["from"] for r in rows):
            continue  # told with the promise that made the award
        award = entities[row["to"]] if row["to"] in held else {}
        recipient = held[row["to"]]["to"] if row["to"] in held else row["to"]
        number = award.get("id") or f"{row['from']}-{row['to']}-{row['tie']}"
        out.append(
            {
                "Identifier": number,
                "Title": award.get("label") or row["for_what"],
                "Description": row["for_what"] or award.get("label"),
                "Currency": row["currency"],
                "Amount Awarded": row["amount"],
                "Award Date": row["start"],
                "Recipient Org:Identifier": recipient,
                "Recipient Org:Name": eco.labels([recipient])[0],
                "Funding Org:Identifier": row["from"],
                "Funding Org:Name": eco.labels([row["from"]])[0],
            }
        )
    names = (
        "Identifier",
        "Title",
        "Description",
        "Currency",
        "Amount Awarded",
        "Award Date",
        "Recipient Org:Identifier",
        "Recipient Org:Name",
        "Funding Org:Identifier",
        "Funding Org:Name",
    )
    columns: dict[str, Any] = {n: [r[n] for r in out] for n in names}
    columns["Amount Awarded"] = np.array(columns["Amount Awarded"], dtype=float)
    return Table(columns, title="360Giving grants")
