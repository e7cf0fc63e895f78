"""How far to trust a report: what was asked, what its intervals are, and what could not be read."""

from __future__ import annotations

import re

import numpy as np

from linkpin import catalogue
from linkpin.assess import words
from linkpin.assess.landscape import categories
from linkpin.ecosystem import Ecosystem
from linkpin.network import Network
from linkpin.report.html import Raw, element, table
from linkpin.result import Result

__all__ = ["trust"]

_SHOWN = 30  # rows of a list; what is left out is counted
_VARIES = {
    "vertices": "what the score could be had other participants like these taken part",
    "ties": "what it could be as sure as the ties are",
    "reports": "what it could be as often as reports err",
    "non-response": "what it could be had those who did not answer answered like those who did",
}


def trust(eco: Ecosystem | Network, net: Network, card_: Result) -> Raw:
    """Say how the map was drawn, what was not answered, what the intervals are, and what could not be read."""
    parts = []
    if net.lens:
        parts.append(element("p", f"How the map was drawn: {net.lens.replace('vertices', 'entries')}."))
    answers = len(categories(eco)) if isinstance(eco, Ecosystem) else 0
    if answers:
        said = f"{answers} answers on forms, such as ages, are read as tables and are not on the map."
        parts.append(element("p", said))
    if net.observed_share < 1:
        share = words.share(net.observed_share)
        parts.append(element("p", f"{share} of the possible ties were asked about and answered.", class_="warn"))
    else:
        parts.append(
            element(
                "p",
                "All possible ties count as known: what is not recorded is taken as absent, "
                "though it may only be unrecorded.",
            )
        )
    parts.append(_intervals(card_))
    if card_.warnings:
        warnings = [_plain(w) for w in card_.warnings if not w.startswith("only ")]  # what was asked is told above
        parts.append(element("ul", *(element("li", line) for line in warnings)))
    if isinstance(eco, Ecosystem) and len(eco.issues):
        rows = [
            (r["file"], r["row"] or "", r["column"], r["value"], r["reason"], r["remedy"])
            for r in list(eco.issues.rows())[:_SHOWN]
        ]
        heads = ("File", "Row", "Column", "Value", "Why", "What to do")
        parts.append(table("What could not be read as it stood", heads, rows))
        if len(eco.issues) > _SHOWN:
            parts.append(element("p", f"{len(eco.issues) - _SHOWN} more are in eco.issues.", class_="caveat"))
    return Raw("".join(parts))


def _intervals(card_: Result) -> Raw:
    """Say what the intervals of the page are, how they were made, and how often such intervals were right."""
    if not card_.replicates:
        why = next((r["how_sure"] for r in card_.table.rows() if r["how_sure"]), "None were asked for.")
        return element(
            "p", f"The scores carry no intervals here: a difference between two of them may be chance. {why}"
        )
    kinds = [kind for kind in _VARIES if kind in set(card_.table["interval_of"].tolist())]
    told = "; ".join(_VARIES[kind] for kind in kinds)
    covers = card_.table["covers"][[of is not None for of in card_.table["interval_of"].tolist()]]
    known = covers[~np.isnan(covers)]
    measured = (
        f" For {len(known)} of the {len(covers)} it was measured on simulated surveys of about this size how often "
        f"they hold the true value: in {words.share(known.min())} of cases at least. For the others that is not known."
        if len(known)
        else " How often they hold the true value was not measured."
        if kinds
        else ""
    )
    return element(
        "p",
        f"Where a score has an interval, it says {told or 'nothing here'}, from {card_.replicates:,} maps drawn again; "
        f"{words.share(card_.level)} of such intervals should hold the true value.{measured} A score without an "
        "interval is not surer than others: its line says why none would be honest. That it hangs on single ties means "
        "that one tie more or less can change it, and nothing is known of how sure the ties are.",
    )


_NAME = re.compile(r"^([a-z_]+)(?= is undefined| \()")  # the catalogue's name of a score, at the start of a warning


def _plain(warning: str) -> str:
    for term, plain in (
        ("vertices", "participants"),
        ("dyads", "pairs"),
        ("ordered pairs", "pairs (each way counted)"),
    ):
        warning = warning.replace(term, plain)
    said = _NAME.sub(lambda m: catalogue.entries()[m[1]].title if m[1] in catalogue.entries() else m[1], warning)
    return f"{said[:1].upper()}{said[1:]}."
