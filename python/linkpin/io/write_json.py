"""Writers of JSON for Kumu and Polinode."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from .outgoing import Outgoing, text_file

__all__ = ["write_kumu", "write_polinode"]


def write_kumu(out: Outgoing, path: Path) -> None:
    """Write a Kumu blueprint: elements with their type, connections with type, direction and strength."""
    out.lose_about(("title", "description"))
    out.lose_lookalikes()
    if "type" in out.entities and "kind" not in out.entities:
        out.lose("type", "entities", "Kumu's own member of this name is the kind of an element")
    entity_kind = _free("type", out.entities, "kind")
    tie_kind = _free("type", out.ties, "kind")
    strength = _free("strength", out.ties, "weight")
    taken = "direction" in out.ties
    if taken:
        out.lose("direction", "ties", "Kumu's own member of this name says whether the tie has a direction")
    elements = []
    for i, id in enumerate(out.ids):
        element = _record(out.entities, i, {"id": "id", "kind": entity_kind})
        elements.append({"id": id, **{n: v for n, v in element.items() if n != "id"}})
    connections = []
    for i, directed in enumerate(out.directed):
        connection = _record(out.ties, i, {"kind": tie_kind, "weight": strength})
        connection["direction"] = "directed" if directed else "undirected"
        connections.append(connection)
    content: dict[str, Any] = {}
    if "title" in out.about:
        content["name"] = out.about["title"]
    if "description" in out.about:
        content["description"] = out.about["description"]
    _dump({**content, "elements": elements, "connections": connections}, path)


def write_polinode(out: Outgoing, path: Path) -> None:
    """Write Polinode's nodes and edges; everything but names and ends is among the attributes."""
    out.lose_about(("title", "description"))
    nodes = []
    for i, id in enumerate(out.ids):
        attributes = _record(out.entities, i, {})
        attributes.pop("id")
        node: dict[str, Any] = {"id": id}
        if "label" in attributes:
            node["Name"] = attributes.pop("label")
        nodes.append({**node, "attributes": attributes} if attributes else node)
    edges = []
    mixed = len(set(out.directed)) > 1
    for i, directed in enumerate(out.directed):
        attributes = _record(out.ties, i, {})
        edge: dict[str, Any] = {"source": attributes.pop("from"), "target": attributes.pop("to")}
        if mixed:
            edge["type"] = "directed" if directed else "undirected"
        edges.append({**edge, "attributes": attributes} if attributes else edge)
    content: dict[str, Any] = {}
    if "title" in out.about:
        content["name"] = out.about["title"]
    if "description" in out.about:
        content["description"] = out.about["description"]
    content["directed"] = not out.directed or any(out.directed)
    _dump({**content, "nodes": nodes, "edges": edges}, path)


def _free(wanted: str, columns: dict[str, list[Any]], own: str) -> str:
    """The tool's name for a column of ours, unless a column of the user's already has it."""
    return own if wanted in columns else wanted


def _record(columns: dict[str, list[Any]], at: int, names: dict[str, str]) -> dict[str, Any]:
    return {
        names.get(n, n): list(values[at]) if isinstance(values[at], tuple) else values[at]
        for n, values in columns.items()
        if values[at] is not None
    }


def _dump(content: dict[str, Any], path: Path) -> None:
    with text_file(path) as stream:
        json.dump(content, stream, ensure_ascii=False, indent=1, allow_nan=False)
        stream.write("\n")
