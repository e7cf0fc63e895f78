"""The map of an ecosystem: who there is and how they are tied, without the cells of tables that count people."""

from __future__ import annotations

from typing import Any

from linkpin.ecosystem import Ecosystem
from linkpin.network import Network

__all__ = ["actors", "categories", "landscape"]

_COUNTED = "counted_at"


def categories(eco: Ecosystem) -> set[str]:
    """Return the ids that are answers on a form ("Age: 75+") and nothing else: their ties only count people."""
    ties = eco.ties
    if "kind" not in ties or _COUNTED not in ties["kind"].tolist():
        return set()
    counted: set[str] = set()
    others: set[str] = set()
    for source, target, kind in zip(ties["from"].tolist(), ties["to"].tolist(), ties["kind"].tolist(), strict=True):
        if kind == _COUNTED:
            counted.add(source)
            others.add(target)
        else:
            others |= {source, target}
    return counted - others


def landscape(eco: Ecosystem, **lens: Any) -> Network:
    """Return ``eco.network(**lens)`` without answers on forms: those are read as tables, not as participants."""
    net = eco.network(**lens)
    out = categories(eco)
    return net.subnetwork([name for name in net.names if name not in out]) if out.intersection(net.names) else net


def actors(eco: Ecosystem) -> Ecosystem:
    """Return the ecosystem without answers on forms and without what is reported of them."""
    out = categories(eco)
    if not out:
        return eco
    entities = _kept(eco.entities, out, ("id",))
    return Ecosystem.from_columns(
        entities,
        _kept(eco.ties, out, ("from", "to")),
        _kept(eco.reports, out, ("respondent", "from", "to")),
        kinds=eco.kinds,
        about=eco.about,
    )


def _kept(table: Any, out: set[str], ends: tuple[str, ...]) -> dict[str, list[Any]]:
    rows = [row for row in table.rows() if out.isdisjoint(row[end] for end in ends if row[end] is not None)]
    return {name: [row[name] for row in rows] for name in table.columns}
