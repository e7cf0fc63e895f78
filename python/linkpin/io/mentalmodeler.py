"""Mental Modeler's maps (.mmp): concepts and the influence of one on another, with its sign."""

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

# What version 1.0's symbols stand for: the program itself turns them into these numbers in version 1.1.
_SYMBOLS = {"H": 1.0, "M": 0.62, "L": 0.25}
_ABOUT = {"name": "title", "author": "author", "date": "date", "description": "description", "id": "map id"}


@dataclass
class _Concept:
    """A concept under way, and its relationships."""

    row: int
    fields: dict[str, str] = field(default_factory=dict)
    ties: list[tuple[int, dict[str, str]]] = field(default_factory=list)


class _Reader:
    """Takes the elements of a map one by one."""

    def __init__(self, file: str) -> None:
        self.assembly = Assembly(file)
        self.draft = self.assembly.draft
        self.path: list[str] = []
        self.concepts: list[_Concept] = []
        self.groups: list[str] = []
        self.scenarios = 0
        self.drawn = 0

    def start(self, name: str, attributes: dict[str, str], row: int) -> None:
        """See `xmlsafe.Handler`."""
        self.path.append(name)
        if "scenarios" in self.path:
            self.scenarios += name == "scenario"
        elif name == "concept":
            self.concepts.append(_Concept(row))
        elif name == "relationship":
            self._start_relationship(row)

    def end(self, name: str, text: str, row: int) -> None:
        """See `xmlsafe.Handler`."""
        self.path.pop()
        parent = self.path[-1] if self.path else ""
        text = text.strip()
        if "scenarios" in self.path:
            return
        if parent == "concept":
            self.concepts[-1].fields[name] = text
        elif parent == "relationship" and self.concepts and self.concepts[-1].ties:
            self.concepts[-1].ties[-1][1][name] = text
        elif parent == "groupNames":
            self.groups.append(text)
        elif parent == "info" and text and name != "version":
            self.draft.about[_ABOUT.get(name, name)] = text

    def _start_relationship(self, row: int) -> None:
        if self.concepts:
            self.concepts[-1].ties.append((row, {}))
            return
        self.draft.refuse(
            "",
            row,
            "relationship",
            "",
            "it stands in no concept and is left out",
            "put it under the concept it starts from",
        )

    def finish(self) -> Draft:
        """The draft of what was read."""
        if not self.concepts:
            refuse("read", "concepts", "none", "the map has no concepts; save it again in Mental Modeler")
        for concept in self.concepts:
            self._add(concept)
        if self.drawn:
            self.draft.refuse(
                "",
                self.concepts[0].row,
                "x, y",
                f"{self.drawn} concepts",
                "where concepts stand in the drawing is not read",
                "keep the .mmp file for the drawing",
            )
        if self.scenarios:
            self.draft.refuse(
                "",
                0,
                "scenarios",
                f"{self.scenarios} scenarios",
                "scenarios saved with the map are not read",
                "run them again on the cognitive map",
            )
        self.draft.add_kind("influences", meaning="changes the state of: a rise in one raises the other, or lowers it")
        return self.assembly.finish()

    def _add(self, concept: _Concept) -> None:
        fields = concept.fields
        id = fields.pop("id", "")
        if not id:
            self.draft.refuse(
                "", concept.row, "id", fields.get("name", ""), "the concept has no id and is left out", "give it an id"
            )
            return
        self.drawn += bool(fields.pop("x", "")) | bool(fields.pop("y", ""))
        attributes: dict[str, Any] = {"label": fields.pop("name", "") or None, "kind": "concept"}
        group = fields.pop("group", "")
        if group.isdecimal() and int(group) < len(self.groups) and self.groups[int(group)]:
            attributes["group"] = self.groups[int(group)]
        preferred = fields.pop("preferredState", "")
        if preferred:
            attributes["preferred state"] = self.assembly.value(preferred, "number", "preferredState", concept.row)
        attributes.update((name, text) for name, text in fields.items() if text and name != "relationships")
        self.assembly.node(id, attributes, concept.row)
        for row, tie in concept.ties:
            self._tie(id, row, tie)

    def _tie(self, source: str, row: int, tie: dict[str, str]) -> None:
        target = tie.pop("id", "")
        influence = tie.pop("influence", "")
        claim: dict[str, Any] = {"kind": "influences", "weight": self._weight(influence, row)}
        if influence and influence[:1] in _SYMBOLS:
            claim["influence"] = influence
        confidence = self.assembly.value(tie.pop("confidence", ""), "number", "confidence", row)
        if confidence:  # the program writes 0 where nobody said anything
            claim["stated confidence"] = confidence
        tie.pop("name", "")
        claim.update((name, text) for name, text in tie.items() if text)
        self.assembly.edge(source, target, claim, directed=True, row=row)

    def _weight(self, influence: str, row: int) -> float | None:
        """The number, or what the symbol stands for; an empty influence has neither size nor sign."""
        size = _SYMBOLS.get(influence[:1])
        if size is not None and influence[1:] in ("+", "-"):
            return -size if influence[1] == "-" else size
        value: float | None = self.assembly.value(influence, "number", "influence", row)
        return value


def _probe(head: bytes, path: Path | None) -> bool:
    return root_of(head).lower() == "mentalmodeler"


def _read(source: Path | bytes) -> Draft:
    """Read a Mental Modeler map.

    Concepts are entities, relationships ties of the kind "influences" whose `weight` is the size and `sign` the sign of
    the influence; the symbols of version 1.0 (H+, M-, ...) stay in `influence`.
    """
    reader = _Reader(source.name if isinstance(source, Path) else "")
    walk(source, reader)
    return reader.finish()


FORMATS = [Format("Mental Modeler", _probe, _read)]
