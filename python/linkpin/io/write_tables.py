"""Writers of CSV: the tables that Kumu, Gephi, NodeXL and Graph Commons take, edge lists and matrices."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .outgoing import Outgoing, cell_text, text_file, type_of
from .refusal import FileError, LimitError, refuse

__all__ = ["PAIRS", "write_edges", "write_graph_commons", "write_matrix", "write_pair"]

MATRIX_LIMIT = 50_000_000  # cells


@dataclass(frozen=True)
class _Pair:
    """Two tables of one tool: names of their files, and its headings for our columns."""

    nodes_file: str
    edges_file: str
    nodes: Mapping[str, str]
    edges: Mapping[str, str]
    direction: str
    directions: tuple[str, str] = ("directed", "undirected")


PAIRS: dict[str, _Pair] = {
    "kumu-sheets": _Pair(
        "elements.csv",
        "connections.csv",
        {"id": "ID", "label": "Label", "kind": "Type"},
        {"from": "From", "to": "To", "kind": "Type", "label": "Label", "weight": "Strength"},
        "Direction",
    ),
    "gephi": _Pair(
        "nodes.csv",
        "edges.csv",
        {"id": "Id", "label": "Label"},
        {"from": "Source", "to": "Target", "id": "Id", "label": "Label", "weight": "Weight", "kind": "Kind"},
        "Type",
        ("Directed", "Undirected"),
    ),
    "nodexl": _Pair(
        "vertices.csv",
        "edges.csv",
        {"id": "Vertex", "label": "Label"},
        {"from": "Vertex 1", "to": "Vertex 2", "weight": "Edge Weight", "kind": "Kind", "label": "Label"},
        "Directed",
        ("yes", "no"),
    ),
}


def write_pair(out: Outgoing, folder: Path, tool: str) -> None:
    """Write a folder with one table of entities and one of ties, under the tool's own headings."""
    pair = PAIRS[tool]
    out.lose_about()
    out.lose_lookalikes()
    if tool == "kumu-sheets" and "type" in out.entities and "kind" not in out.entities:
        out.lose("type", "entities", "Kumu's own column of this name is the kind of an element")
    if tool != "kumu-sheets":
        _lose_lists(out)
    _make_folder(folder)
    nodes = _headed(out, out.entities, pair.nodes, ())
    edges = _headed(out, out.ties, pair.edges, (pair.direction,))
    if tool == "kumu-sheets":
        labels = out.entities.get("label") or [None] * len(out.ids)
        shown = [label or id for label, id in zip(labels, out.ids, strict=True)]
        nodes = {"ID": nodes.pop("ID"), "Label": shown, **{n: v for n, v in nodes.items() if n != "Label"}}
    words = [pair.directions[0] if directed else pair.directions[1] for directed in out.directed]
    edges = {**dict(list(edges.items())[:2]), pair.direction: words, **dict(list(edges.items())[2:])}
    _write(folder / pair.nodes_file, nodes)
    _write(folder / pair.edges_file, edges)


def write_graph_commons(out: Outgoing, folder: Path) -> None:
    """Write Graph Commons' edges and nodes; it knows entities by type and name, not by id."""
    out.lose_about()
    _lose_lists(out)
    _make_folder(folder)
    names = dict(zip(out.ids, out.names(), strict=True))
    kinds = dict(zip(out.ids, out.entities.get("kind") or [None] * len(out.ids), strict=True))
    if not all(out.directed):
        out.lose("direction", f"{out.directed.count(False)} ties", "Graph Commons' ties all have a direction")
    ends = {
        "from_type": [kinds[id] for id in out.ties["from"]],
        "from_name": [names[id] for id in out.ties["from"]],
        "name": out.kinds,
        "to_type": [kinds[id] for id in out.ties["to"]],
        "to_name": [names[id] for id in out.ties["to"]],
    }
    others = _headed(out, {n: v for n, v in out.ties.items() if n not in ("from", "to", "kind")}, {}, tuple(ends))
    _write(folder / "edges.csv", {**ends, **others})
    attributes = {n: v for n, v in out.entities.items() if n not in ("id", "label", "kind")}
    nodes = {"type": [kinds[id] for id in out.ids], "name": [names[id] for id in out.ids]}
    _write(folder / "nodes.csv", {**nodes, **_headed(out, attributes, {}, tuple(nodes))})


def write_edges(out: Outgoing, path: Path) -> None:
    """Write one table of ties. Entities without a tie, and what is said of entities, are lost."""
    out.lose_about()
    out.lose_lookalikes()
    out.lose_columns("entities", ("id",))
    named = {*out.ties["from"], *out.ties["to"]}
    alone = [id for id in out.ids if id not in named]
    if alone:
        out.lose("id", ", ".join(alone), f"{len(alone)} entities without a tie are not in an edge list")
    columns = dict(out.ties)
    if not all(out.directed):
        columns = _headed(out, columns, {}, ("direction",))
        columns["direction"] = ["directed" if directed else "undirected" for directed in out.directed]
    _write(path, columns)


def write_matrix(out: Outgoing, path: Path) -> None:
    """Write one adjacency matrix: cells are sums of weights over all kinds of tie."""
    if len(out.ids) ** 2 > MATRIX_LIMIT:
        refuse(
            "write",
            "matrix, cells",
            len(out.ids) ** 2,
            f"more than {MATRIX_LIMIT}; write an edge list",
            error=LimitError,
        )
    out.lose_about()
    out.lose_columns("entities", ("id",))
    out.lose_columns("ties", ("from", "to", "weight", "kind"))
    groups = out.kind_groups()
    if len(groups) > 1 or any(kind is not None for kind, _ in groups):
        kinds = ", ".join(kind or "tie" for kind, _ in groups)
        out.lose("kind", kinds, "a matrix has one kind of tie; cells add up over all of them")
    place = {id: i for i, id in enumerate(out.ids)}
    rows: list[dict[int, float]] = [{} for _ in out.ids]
    merged = 0
    for i, directed in enumerate(out.directed):
        source, target = place[out.ties["from"][i]], place[out.ties["to"][i]]
        weight = out.weights[i]
        size = 1.0 if weight is None else float(weight)
        merged += target in rows[source]
        rows[source][target] = rows[source].get(target, 0.0) + size
        if not directed and source != target:
            rows[target][source] = rows[target].get(source, 0.0) + size
    if merged:
        out.lose("weight", f"{merged} ties", "a matrix has one cell a pair; parallel ties are added up")
    with text_file(path) as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["", *out.ids])
        for id, row in zip(out.ids, rows, strict=True):
            writer.writerow([id, *(_cell(row.get(c, 0.0)) for c in range(len(out.ids)))])


def _cell(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def _headed(
    out: Outgoing,
    columns: Mapping[str, list[Any]],
    headings: Mapping[str, str],
    taken: Iterable[str],
) -> dict[str, list[Any]]:
    """Columns under the tool's headings, those first and in its order; a name that is taken gets "(own)" behind it."""
    used = {heading.casefold() for heading in taken}
    found: dict[str, list[Any]] = {}
    for name in [*(n for n in headings if n in columns), *(n for n in columns if n not in headings)]:
        heading = headings.get(name, name)
        if heading.casefold() in used:
            heading = f"{heading} (own)"
            out.lose(name, heading, "the tool uses this heading for something else; the column has the other name")
        used.add(heading.casefold())
        found[heading] = columns[name]
    return found


def _lose_lists(out: Outgoing) -> None:
    """Record the lists, which the tool's readers take for texts; that roles are a list is known."""
    for columns in (out.entities, out.ties):
        for name in [n for n, values in columns.items() if n != "roles" and type_of(values) == "list"]:
            out.lose(
                name, f"{sum(v is not None for v in columns[name])} values", "lists become texts, with bars between"
            )


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        refuse("write", "path", folder, error.strerror or "cannot be made; name a folder", error=FileError)


def _write(path: Path, columns: Mapping[str, Sequence[Any]]) -> None:
    with text_file(path) as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        for row in zip(*columns.values(), strict=True):
            writer.writerow([cell_text(value) for value in row])
