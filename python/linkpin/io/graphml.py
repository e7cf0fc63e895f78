"""GraphML as igraph, networkx, visone, yEd and others write it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .assembly import Assembly
from .detect import Format
from .draft import Draft
from .refusal import refuse
from .xmlsafe import root_of, walk

__all__ = ["FORMATS"]

_TYPES = {
    **dict.fromkeys(("int", "integer", "long"), "integer"),
    **dict.fromkeys(("float", "double"), "number"),
    "boolean": "boolean",
}
_LABELS = frozenset({"NodeLabel", "EdgeLabel", "Label.Text"})  # where yEd and visone keep what they show


@dataclass(frozen=True)
class _Key:
    """What the file declares of one attribute."""

    name: str
    domain: str
    type: str
    default: str | None


@dataclass
class _Element:
    """A node, edge, hyperedge or graph under way."""

    name: str
    given: dict[str, str]
    row: int
    data: dict[str, tuple[str, int]] = field(default_factory=dict)
    labels: list[str] = field(default_factory=list)
    members: list[str] = field(default_factory=list)


class _Reader:
    """Takes the elements of a GraphML file one by one."""

    def __init__(self, file: str, network: str | int | None) -> None:
        self.assembly = Assembly(file)
        self.draft = self.assembly.draft
        self.wanted = network
        self.found: list[str] = []
        self.taken: str | None = None
        self.keys: dict[str, _Key] = {}
        self.key: dict[str, str] = {}
        self.default: str | None = None
        self.open: list[_Element] = []
        self.skipping = 0
        self.data: tuple[str, int] | None = None
        self.in_data = 0
        self.markup: dict[str, tuple[int, int]] = {}
        self.unread: dict[str, tuple[int, int]] = {}
        self.inside = 0

    def start(self, name: str, attributes: dict[str, str], row: int) -> None:
        """See `xmlsafe.Handler`."""
        if self.data is not None:
            self.in_data += 1
        elif self.skipping or (name == "graph" and not self._takes(attributes)):
            self.skipping += 1
        elif name == "key":
            self.key, self.default = attributes, None
        elif name == "data":
            self.data, self.in_data = (attributes.get("key", ""), row), 0
        elif name in ("node", "edge", "hyperedge", "graph"):
            self.open.append(_Element(name, attributes, row))
        elif name == "endpoint" and self.open:
            self.open[-1].members.append(attributes.get("node", ""))
        elif name in ("port", "locator"):
            count, first = self.unread.get(name, (0, row))
            self.unread[name] = (count + 1, first)

    def end(self, name: str, text: str, row: int) -> None:
        """See `xmlsafe.Handler`."""
        if self.data is not None:
            self._end_in_data(name, text)
        elif self.skipping:
            self.skipping -= 1
        elif name == "default":
            self.default = text
        elif name == "key":
            self._end_key()
        elif name == "desc" and text.strip():
            self._end_description(text.strip())
        elif name in ("node", "edge", "hyperedge", "graph"):
            element = self.open.pop()
            {"node": self._end_node, "edge": self._end_edge, "graph": self._end_graph}.get(name, self._end_hyperedge)(
                element
            )

    def _takes(self, attributes: dict[str, str]) -> bool:
        """Whether a graph is the one wanted; graphs within it are."""
        if any(element.name == "graph" for element in self.open):
            return True
        self.found.append(attributes.get("id", ""))
        number = len(self.found)
        wanted = self.taken is None and self.wanted in (None, number, str(number), self.found[-1])
        if wanted:
            self.taken = self.found[-1] or f"graph {number}"
        return wanted

    def _end_key(self) -> None:
        given = self.key
        id = given.get("id", "")
        type = given.get("attr.type", "string").lower()
        self.keys[id] = _Key(given.get("attr.name") or id, given.get("for", "all"), type, self.default)

    def _end_in_data(self, name: str, text: str) -> None:
        assert self.data is not None
        key, row = self.data
        if name != "data" or self.in_data:
            self.in_data -= 1
            if name in _LABELS and text.strip() and self.open:
                self.open[-1].labels.append(text.strip())
            count, first = self.markup.get(key, (0, row))
            self.markup[key] = (count + 1, first)
            return
        self.data = None
        if self.open and text.strip():
            self.open[-1].data[key] = (text, row)
        elif self.open:
            self.open[-1].data.setdefault(key, ("", row))

    def _end_description(self, text: str) -> None:
        if not self.open or self.open[-1].name == "graph":
            self.draft.about.setdefault("description", text)
        else:
            self.open[-1].given.setdefault("description", text)

    def _attributes(self, element: _Element, domain: str) -> dict[str, Any]:
        attributes: dict[str, Any] = {}
        for id, (text, row) in element.data.items():
            key = self.keys.get(id)
            if key is None or key.domain not in (domain, "all"):
                if text:
                    said = f"declared for {key.domain} alone" if key else "not declared"
                    self.draft.refuse(
                        "",
                        row,
                        id,
                        text,
                        f"the key is {said}; the value on this {domain} is left out",
                        f'declare it with <key for="{domain}">',
                    )
                continue
            value = self.assembly.value(text, _TYPES.get(key.type, "text"), key.name, row)
            if value is not None or key.name == "weight":
                attributes[key.name if key.name not in attributes else f"{key.name} ({id})"] = value
        for id, key in self.keys.items():
            if key.default is not None and key.domain in (domain, "all") and id not in element.data:
                value = self.assembly.value(key.default, _TYPES.get(key.type, "text"), key.name, element.row)
                if value is not None:
                    attributes.setdefault(key.name, value)
        if "description" in element.given:
            attributes.setdefault("description", element.given["description"])
        if element.labels and "label" not in attributes:
            attributes["label"] = element.labels[0]
            if len(element.labels) > 1:
                attributes["other labels"] = tuple(element.labels[1:])
        return attributes

    def _parent(self) -> str | None:
        """The node that the element lies in, where it lies in one."""
        return next((e.given.get("id") for e in reversed(self.open) if e.name == "node"), None)

    def _end_node(self, element: _Element) -> None:
        id = element.given.get("id", "").strip()
        if not id:
            self.draft.refuse("", element.row, "id", "", "the node has no id and is left out", "give it an id")
            return
        attributes = self._attributes(element, "node")
        parent = self._parent()
        if parent is not None:
            self.inside += 1
            attributes["parent"] = parent
        self.assembly.node(id, attributes, element.row)

    def _end_edge(self, element: _Element) -> None:
        given = element.given
        attributes = self._attributes(element, "edge")
        if "id" in given:
            attributes.setdefault("id", given["id"])
        default = next((e.given.get("edgedefault", "") for e in reversed(self.open) if e.name == "graph"), "")
        directed = given.get("directed", "true" if default == "directed" else "false").strip().lower() in ("true", "1")
        source, target = given.get("source", "").strip(), given.get("target", "").strip()
        self.assembly.edge(source, target, attributes, directed=directed, row=element.row)

    def _end_hyperedge(self, element: _Element) -> None:
        self.draft.refuse(
            "",
            element.row,
            "hyperedge",
            ", ".join(element.members),
            "a tie here has two ends; the hyperedge is left out",
            "make it a node (a partnership, an event) with an edge from each of its members",
        )

    def _end_graph(self, element: _Element) -> None:
        if any(e.name == "graph" for e in self.open):
            return
        for name, value in self._attributes(element, "graph").items():
            self.draft.about.setdefault("title" if name == "name" else name, str(value))

    def finish(self) -> Draft:
        """The draft of what was read."""
        if self.taken is None:
            names = ", ".join(name or f"graph {i + 1}" for i, name in enumerate(self.found)) or "none"
            refuse("read", "network", self.wanted, f"the graphs in the file are: {names}")
        if len(self.found) > 1:
            self.draft.refuse(
                "",
                0,
                "graph",
                ", ".join(name or f"graph {i + 1}" for i, name in enumerate(self.found)),
                f"the file holds {len(self.found)} graphs; {self.taken} is read",
                "name another with network=, by its id or number",
            )
        if self.markup:
            drawn = (self.keys[id].name if id in self.keys else id for id in self.markup)
            self.draft.refuse(
                "",
                min(first for _, first in self.markup.values()),
                "data",
                ", ".join(dict.fromkeys(drawn)),
                "how another program draws the graph is not read, but for its labels",
                "keep the file for the drawing",
            )
        for name, (count, first) in self.unread.items():
            self.draft.refuse(
                "",
                first,
                name,
                f"{count} times",
                "linkpin has no place for this; it is left out",
                "put what it says into an attribute",
            )
        if self.inside:
            self.draft.refuse(
                "",
                0,
                "graph",
                f"{self.inside} nodes",
                "these lie in a graph within a node; they are read as any others and the node is named in parent",
                "leave group nodes out of measures where they stand for no one",
            )
        return self.assembly.finish()


def _probe(head: bytes, path: Path | None) -> bool:
    return root_of(head).lower() == "graphml"


def _read(source: Path | bytes, *, network: str | int | None = None) -> Draft:
    """Read a GraphML file.

    `network` names the graph, by id or number, where the file holds several. Node ids are entity ids; what yEd and
    visone show as a label is the label; drawings are reported and left out.
    """
    reader = _Reader(source.name if isinstance(source, Path) else "", network)
    walk(source, reader)
    return reader.finish()


FORMATS = [Format("GraphML", _probe, _read)]
