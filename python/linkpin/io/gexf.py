"""GEXF, Gephi's graph format (1.0 to 1.3): nodes, edges, attributes, hierarchy and spells of time."""

from __future__ import annotations

import re
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
    **dict.fromkeys(("integer", "long", "short", "byte", "biginteger"), "integer"),
    **dict.fromkeys(("float", "double", "bigdecimal"), "number"),
    "boolean": "boolean",
}
_DRAWING = frozenset({"color", "position", "size", "shape", "thickness"})
_MOMENT = re.compile(r"(\d{4}(?:-\d{2}(?:-\d{2})?)?)(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?))?(?:Z|[+-]\d{2}:\d{2})?")
_YEAR = re.compile(r"([12]\d{3})\.0+")
_ABOUT = frozenset({"creator", "title", "description", "keywords"})


@dataclass(frozen=True)
class _Attribute:
    """What the file declares of one attribute."""

    title: str
    type: str
    default: str | None = None


@dataclass
class _Element:
    """A node or edge under way: its own XML attributes, its values (with their time) and its spells."""

    given: dict[str, str]
    row: int
    parent: str | None = None
    values: dict[str, list[tuple[str | None, str | None, str, int]]] = field(default_factory=dict)
    spells: list[tuple[str | None, str | None]] = field(default_factory=list)


class _Reader:
    """Takes the elements of a GEXF file one by one."""

    def __init__(self, file: str) -> None:
        self.assembly = Assembly(file)
        self.draft = self.assembly.draft
        self.path: list[str] = []
        self.open: list[_Element] = []
        self.declared: dict[str, dict[str, _Attribute]] = {"node": {}, "edge": {}}
        self.domain = "node"
        self.attribute = ("", "", "")
        self.default: str | None = None
        self.directed_default = False
        self.graphs = 0
        self.unread: dict[str, tuple[int, int]] = {}
        self.times_of_day: list[int] = []
        self.mutual = self.nested = 0

    def start(self, name: str, given: dict[str, str], row: int) -> None:
        """See `xmlsafe.Handler`."""
        parent = self.path[-1] if self.path else ""
        self.path.append(name)
        if name == "graph":
            self._start_graph(given, row)
        elif name == "attributes":
            self.domain = given.get("class", "node")
        elif name == "attribute":
            id = given.get("id", given.get("title", ""))
            self.attribute = (id, given.get("title") or id, given.get("type", "string").lower())
            self.default = None
        elif name in ("node", "edge") and parent in ("nodes", "edges"):
            owner = next((e.given.get("id") for e in reversed(self.open) if "source" not in e.given), None)
            self.open.append(_Element(given, row, given.get("pid") or owner))
        elif self.open and name == "attvalue":
            key = given.get("for", given.get("id", ""))
            begin, end = _moments(given)
            self.open[-1].values.setdefault(key, []).append((begin, end, given.get("value", ""), row))
        elif self.open and name in ("spell", "slice"):
            self.open[-1].spells.append(_moments(given))
        elif name not in _KNOWN and parent != "meta":
            count, first = self.unread.get(name, (0, row))
            self.unread[name] = (count + 1, first)

    def end(self, name: str, text: str, row: int) -> None:
        """See `xmlsafe.Handler`."""
        self.path.pop()
        if name == "attribute":
            id, title, type = self.attribute
            self.declared.setdefault(self.domain, {})[id] = _Attribute(title, type, self.default)
        elif name == "default" and self.path and self.path[-1] == "attribute":
            self.default = text
        elif name == "node" and self.path and self.path[-1] == "nodes":
            self._end_node(self.open.pop())
        elif name == "edge" and self.path and self.path[-1] == "edges":
            self._end_edge(self.open.pop())
        elif self.path and self.path[-1] == "meta" and text.strip():
            key = name.lower()
            self.draft.about.setdefault(key if key in _ABOUT else name, text.strip())

    def _start_graph(self, given: dict[str, str], row: int) -> None:
        self.graphs += 1
        if self.graphs > 1:
            refuse("read", "graph", self.graphs, "a GEXF file holds one graph; split the file", f"row {row}")
        self.directed_default = given.get("defaultedgetype", "undirected").lower() in ("directed", "mutual")

    def _end_node(self, element: _Element) -> None:
        given = element.given
        id = given.get("id", "").strip()
        if not id:
            self.draft.refuse(
                "", element.row, "id", given.get("label", ""), "the node has no id and is left out", "give it an id"
            )
            return
        attributes = self._attributes("node", element)
        attributes.update(_own(given, {"id", "pid"}))
        attributes["label"] = given.get("label") or attributes.get("label")
        if element.parent:
            self.nested += 1
            attributes["parent"] = element.parent
        attributes.update(self._whole_period(element, id))
        self.assembly.node(id, _filled(attributes), element.row)

    def _end_edge(self, element: _Element) -> None:
        given = element.given
        source, target = given.get("source", "").strip(), given.get("target", "").strip()
        type = given.get("type", "").lower()
        if type not in ("", "directed", "undirected", "mutual"):
            self.draft.refuse(
                "",
                element.row,
                "type",
                type,
                "this is no direction GEXF has; the graph's default is taken",
                "write directed, undirected or mutual",
            )
            type = ""
        directed = type in ("directed", "mutual") if type else self.directed_default
        attributes = self._attributes("edge", element)
        attributes.update(_own(given, {"source", "target", "type", "weight", "count"}))
        for begin, end in self._periods(element):
            claim = _filled({**attributes, "start": begin, "end": end})
            if "weight" in given:
                claim["weight"] = self.assembly.value(given["weight"], "number", "weight", element.row)
            self.assembly.edge(source, target, claim, directed=directed, row=element.row)
            if type == "mutual":
                self.mutual += 1
                self.assembly.edge(target, source, claim, directed=True, row=element.row)

    def _attributes(self, domain: str, element: _Element) -> dict[str, Any]:
        """Declared attributes of an element, defaults filled in; of a value that changes, the last."""
        declared = self.declared.get(domain, {})
        attributes: dict[str, Any] = {}
        for key, spans in element.values.items():
            attribute = declared.get(key)
            _, _, text, row = _last(spans)
            if attribute is None:
                self.draft.refuse(
                    "",
                    row,
                    key,
                    text,
                    f"no {domain} attribute is declared with this id; the value is left out",
                    "declare it under <attributes>",
                )
                continue
            if len(spans) > 1:
                self.draft.refuse(
                    "",
                    row,
                    attribute.title,
                    "; ".join(f"{t} from {b or '…'} to {e or '…'}" for b, e, t, _ in spans),
                    f"the value changes over time; the last, {text}, is kept",
                    "read other moments from a file saved for that moment",
                )
            attributes[attribute.title] = self._value(attribute, text, row)
        for key, attribute in declared.items():
            if attribute.default is not None and key not in element.values:
                attributes.setdefault(attribute.title, self._value(attribute, attribute.default, element.row))
        return attributes

    def _value(self, attribute: _Attribute, text: str, row: int) -> Any:
        kind = "list" if attribute.type.startswith("list") else _TYPES.get(attribute.type, "text")
        return self.assembly.value(text, kind, attribute.title, row)

    def _periods(self, element: _Element) -> list[tuple[str | None, str | None]]:
        spans = element.spells or [_moments(element.given)]
        return [(self._moment(begin, element.row), self._moment(end, element.row)) for begin, end in spans]

    def _whole_period(self, element: _Element, id: str) -> dict[str, str | None]:
        """One period from the first beginning to the last end; what lies between spells is an issue."""
        periods = self._periods(element)
        begins, ends = zip(*periods, strict=True)
        if len(periods) > 1:
            self.draft.refuse(
                "",
                element.row,
                "spells",
                "; ".join(f"{b or '…'} to {e or '…'}" for b, e in periods),
                f"{id} comes and goes; an entity has one period here, from the first beginning to the last end",
                "put the spells on its ties, which may have several",
            )
        return {
            "start": None if None in begins else min(begins),
            "end": None if None in ends else max(ends),
        }

    def _moment(self, text: str | None, row: int) -> str | None:
        """A time as an ISO date where it is one (a time of day is cut off), a year where it is 2009.0, else as is."""
        if text is None:
            return None
        if match := _MOMENT.fullmatch(text):
            if match[2] and match[2].strip("0:."):
                self.times_of_day.append(row)
            return match[1]
        year = _YEAR.fullmatch(text)
        return year[1] if year else text

    def finish(self) -> Draft:
        if not self.graphs:
            refuse("read", "graph", "none", "the file has no <graph>; export it again from Gephi")
        drawing = {name: self.unread.pop(name) for name in list(self.unread) if name in _DRAWING}
        if drawing:
            self.draft.refuse(
                "",
                min(first for _, first in drawing.values()),
                "viz",
                ", ".join(f"{count} of {name}" for name, (count, _) in drawing.items()),
                "how the graph is drawn is not read",
                "keep the GEXF file for the drawing",
            )
        for name, (count, first) in self.unread.items():
            self.draft.refuse(
                "",
                first,
                name,
                f"{count} times",
                "linkpin does not know this element; it is left out",
                "put what it says into an attribute",
            )
        if self.times_of_day:
            self.draft.refuse(
                "",
                self.times_of_day[0],
                "start, end",
                f"{len(self.times_of_day)} times of day",
                "dates are kept to the day; the time of day is cut off",
                "nothing, where days are enough",
            )
        if self.nested:
            self.draft.note(
                f"{self.draft.file}: {self.nested} nodes lie inside another; it is named in the column parent"
            )
        if self.mutual:
            self.draft.note(f"{self.draft.file}: {self.mutual} mutual edges became two ties each, one either way")
        return self.assembly.finish(default_weight=1.0)


_FRAME = frozenset({"gexf", "meta", "graph", "attributes", "attribute", "default", "options"})
_KNOWN = _FRAME | {"nodes", "node", "edges", "edge", "attvalues", "attvalue", "spells", "spell", "slices", "slice"}


def _moments(given: dict[str, str]) -> tuple[str | None, str | None]:
    """Beginning and end; GEXF's times are moments, so that an open end and a closed one are the same."""
    begin = given.get("start") or given.get("startopen")
    end = given.get("end") or given.get("endopen")
    return _bounded(begin), _bounded(end)


def _bounded(text: str | None) -> str | None:
    return None if text is None or text.strip().lower().lstrip("+-") in ("", "infinity", "inf") else text.strip()


def _last(spans: list[tuple[str | None, str | None, str, int]]) -> tuple[str | None, str | None, str, int]:
    """The value that holds last: without an end, or with the latest beginning."""
    return max(enumerate(spans), key=lambda s: (s[1][1] is None, s[1][0] or "", s[0]))[1]


_TIMES = frozenset({"start", "end", "startopen", "endopen"})


def _own(given: dict[str, str], known: set[str]) -> dict[str, Any]:
    """XML attributes of an element that have no other place."""
    return {
        name: value.strip()
        for name, value in given.items()
        if name not in known and name not in _TIMES and not name.startswith("xmlns")
    }


def _filled(attributes: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in attributes.items() if value is not None and value != ""}


def _probe(head: bytes, path: Path | None) -> bool:
    return root_of(head).lower() == "gexf"


def _read(source: Path | bytes) -> Draft:
    """Read a GEXF file.

    Node ids are entity ids. A changing value keeps its last state, an edge with several spells becomes a tie for each;
    both and the drawing (viz) are reported.
    """
    reader = _Reader(source.name if isinstance(source, Path) else "")
    walk(source, reader)
    return reader.finish()


FORMATS = [Format("GEXF", _probe, _read)]
