"""Kumu's JSON: the import blueprint, with members in plain sight, and the export of a whole project."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .cells import text_of
from .columns import ENTITY_NAMES, TIE_NAMES, attribute_name
from .directions import settle
from .draft import Draft
from .refusal import refuse

__all__ = ["read_content", "takes"]

_PROJECT_NAMES = ("name", "description")


def takes(content: Mapping[str, Any]) -> bool:
    """Whether JSON has Kumu's elements, with or without connections."""
    return isinstance(content.get("elements"), list) and isinstance(content.get("connections", []), list)


def read_content(content: Mapping[str, Any], file: str, given: Mapping[str, Any]) -> Draft:
    """Elements as entities, connections as ties; loops and maps, which are pictures, are noted and left out."""
    from .jsons import scalar

    for option in given:
        if option not in ("directed", "wave"):
            refuse("read", "option", option, "Kumu's JSON takes directed and wave", file)
    draft = Draft(file=file)
    exported = any("attributes" in e or "_id" in e for e in content["elements"] if isinstance(e, Mapping))
    draft.note(f"{file}: Kumu {'project export' if exported else 'blueprint'}")
    for member, ours in (("name", "title"), ("description", "description")):
        if isinstance(content.get(member), str) and content[member].strip():
            draft.about[ours] = content[member]
    for member in ("loops", "maps", "perspectives"):
        if content.get(member):
            draft.note(f"{file}: {len(content[member])} {member} are pictures of the data and are left out")
    ids = _add_elements(content["elements"], draft, scalar)
    undirected = _add_connections(content.get("connections", []), draft, ids, given, scalar)
    settle(draft, undirected)
    return draft


def _add_elements(elements: list[Any], draft: Draft, scalar: Any) -> dict[str, str]:
    """Add entities; returns their ids by every name that connections may use."""
    ids: dict[str, str] = {}
    for place, element in enumerate(elements, 1):
        record = dict(element) if isinstance(element, Mapping) else {}
        attributes = record.pop("attributes", {})
        flat = {**(attributes if isinstance(attributes, Mapping) else {}), **record}
        id = text_of(flat.pop("_id", None)) or text_of(flat.pop("id", None)) or text_of(flat.get("label"))
        if id is None:
            draft.refuse(
                draft.file, place, "elements", element, "the element has no id or label; it is left out", "label it"
            )
            continue
        if draft.knows(id):
            reason = "this element is there already; the two are merged"
            draft.refuse(draft.file, place, "elements", id, reason, "keep one")
        columns = _columns(flat, ("element type", "type"), ENTITY_NAMES, ("id",), scalar)
        draft.add_entity_from(id, columns, row=place)
        label = columns.get("label")
        if isinstance(label, str):
            ids.setdefault(label, id)
        ids[id] = id
    return ids


def _add_connections(
    connections: list[Any],
    draft: Draft,
    ids: dict[str, str],
    given: Mapping[str, Any],
    scalar: Any,
) -> list[bool]:
    undirected: list[bool] = []
    for place, connection in enumerate(connections, 1):
        record = dict(connection) if isinstance(connection, Mapping) else {}
        attributes = record.pop("attributes", {})
        flat = {**(attributes if isinstance(attributes, Mapping) else {}), **record}
        ends = text_of(flat.pop("from", None)), text_of(flat.pop("to", None))
        if ends[0] is None or ends[1] is None:
            reason = "one end is missing; the connection is left out"
            draft.refuse(draft.file, place, "connections", connection, reason, "draw both ends")
            continue
        stranger = next((end for end in ends if end not in ids), None)
        if stranger is not None:
            draft.refuse(
                draft.file,
                place,
                "connections",
                stranger,
                "no element has this id or label; it was added without attributes",
                "add the element, or mend the id",
            )
            ids[stranger] = stranger
        direction = flat.pop("direction", None)
        if "_id" in flat and "id" not in flat:
            flat["id"] = flat.pop("_id")
        columns = _columns(flat, ("connection type", "type"), TIE_NAMES, ("from", "to"), scalar)
        if given.get("wave") is not None:
            columns.setdefault("wave", given["wave"])
        directed = given.get("directed")
        undirected.append(direction in ("undirected", "mutual") if directed is None else not directed)
        if direction == "mutual":
            columns["direction"] = "mutual"
        weight = columns.pop("strength", columns.pop("weight", None))
        if weight is not None:
            columns.update(_weight(weight, draft, place))
        first, second = ids[ends[0]], ids.get(ends[1], ends[1])
        ids.setdefault(second, second)
        draft.add_tie(first, second, **columns)
    return undirected


def _weight(value: Any, draft: Draft, place: int) -> dict[str, Any]:
    from .cells import number_of

    number = number_of(value)
    if number is None:
        reason = "the strength is no number; it is kept as text"
        draft.refuse(draft.file, place, "strength", value, reason, "give a number")
        return {"strength": value}
    return {"weight": float(number)}


def _columns(
    flat: Mapping[str, Any],
    kinds: tuple[str, ...],
    meanings: tuple[str, ...],
    taken: tuple[str, ...],
    scalar: Any,
) -> dict[str, Any]:
    """Attributes by name: Kumu's type is the kind, false switches say nothing."""
    columns: dict[str, Any] = {}
    has_kind = "kind" in {name.lower() for name in flat}
    for name, value in flat.items():
        if name in ("delayed", "reversed") and value is False:
            continue
        wanted = "kind" if name.lower() in kinds and not has_kind else name
        columns[attribute_name(wanted, meanings, (*taken, *columns))] = scalar(value)
    return columns
