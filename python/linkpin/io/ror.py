"""ROR: the registry of research organisations, for telling which names are one organisation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .identifiers import ror_of
from .records import Writer, table, text, texts

NAME = "ROR"
# What a relationship says of the record's organisation: the kind of tie, and whether the other end is its head.
_TIES = {"parent": ("part_of", False), "child": ("part_of", True), "predecessor": ("precedes", True),
         "successor": ("precedes", False), "related": ("related_to", False)}  # fmt: skip
KINDS: tuple[dict[str, Any], ...] = (
    {"name": "related_to", "symmetric": True, "meaning": "is related to, as the registry says"},
)


def takes(record: Any) -> bool:
    """Whether a record is an organisation of the registry, version 1 or 2."""
    return (
        isinstance(record, Mapping) and ror_of(record.get("id")) is not None and bool(record.keys() & {"names", "name"})
    )


def add(writer: Writer, record: Mapping[str, Any]) -> str | None:
    """Add one organisation with all its names and identifiers."""
    names = table(record.get("names"))
    shown = [n for n in names if "ror_display" in (n.get("types") or ())] or names
    label = text(shown[0].get("value")) if shown else text(record.get("name"))
    acronyms = [n.get("value") for n in names if "acronym" in (n.get("types") or ())]
    places = [details for place in table(record.get("locations")) for details in table(place.get("geonames_details"))]
    outside = {text(e.get("type")): e for e in table(record.get("external_ids"))}
    grid, fundref = (_preferred(outside.get(kind)) for kind in ("grid", "fundref"))
    id = writer.entity(
        ror_of(record.get("id")),
        "organisation",
        label=label,
        ror=ror_of(record.get("id")),
        other_names=texts([n.get("value") for n in names if n.get("value") != label]),
        acronyms=texts(acronyms),
        sector="; ".join(texts(record.get("types")) or ()) or None,
        status=text(record.get("status")),
        country=text(places[0].get("country_name")) if places else None,
        city=text(places[0].get("name")) if places else None,
        grid=grid,
        fundref=fundref,
        start=writer.date("established", record.get("established")),
    )
    for relation in table(record.get("relationships")):
        other = ror_of(relation.get("id"))
        known = _TIES.get(str(text(relation.get("type"))).lower())
        if other is None or known is None:
            writer.refuse("relationships", relation, "this names no relation or organisation linkpin knows; left out",
                          "mend the record")  # fmt: skip
            continue
        writer.entity(other, "organisation", label=text(relation.get("label")), ror=other)
        kind, towards = known
        from_, to = (other, id) if towards else (id, other)
        writer.tie(from_, to, kind)
    return id


def _preferred(record: Mapping[str, Any] | None) -> str | None:
    if record is None:
        return None
    several = texts(record.get("all")) or ()
    return text(record.get("preferred")) or next(iter(several), None)
