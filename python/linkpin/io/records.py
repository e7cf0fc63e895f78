"""Records of research and policy in JSON, told by their content: which source they are of, and what each becomes.

A source is a module with `NAME`, `takes(record) -> bool` and `add(writer, record, place)`, which makes entities and
ties of one record. `Writer` is what they share: ids, plain values, ties once, and refusals with a place.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

from .cells import text_of
from .draft import Draft
from .named import iso_date
from .refusal import refuse
from .tables import flag_spellings

__all__ = ["Writer", "find", "read_records", "records_in", "table", "text"]

SOURCES = ("overton", "openalex", "crossref", "gtr", "threesixty", "ror")


def text(value: Any) -> str | None:
    """A value as text on one line; None for blanks, lists and objects."""
    return None if isinstance(value, (Mapping, list)) else text_of(value)


def table(value: Any) -> list[Mapping[str, Any]]:
    """The objects in a list, or the one object that stands where a list is expected."""
    several = value if isinstance(value, list) else [value]
    return [v for v in several if isinstance(v, Mapping)]


def texts(value: Any) -> tuple[str, ...] | None:
    """The texts of a list, or of one text, as a list column takes them; None where there is none."""
    several = value if isinstance(value, list) else [value]
    found = (text(v) for v in several)
    return tuple(dict.fromkeys(t.replace("|", "/") for t in found if t)) or None


class Writer:
    """A draft as sources write to it: values that are missing are left out, and a tie is added once."""

    def __init__(self, draft: Draft, source: str) -> None:
        self.draft = draft
        self.source = source
        self.place = 0
        self.issues_before = len(draft.issues)
        self._ties: set[tuple[str, str, str]] = set()

    def entity(self, id: str | None, kind: str | None, **attributes: Any) -> str | None:
        """Add an entity, or what is new about it; returns its id."""
        if id is None:
            return None
        known = self.draft.said(id, "kind")
        if kind is not None and known not in (None, kind):
            other = f"{id} ({kind})"
            reason = f"this is already the id of something else ({known}); here it is called {other!r}"
            self.refuse("id", id, reason, "give each its own id")
            id = other
        own = {name: value for name, value in attributes.items() if value is not None and value != ()}
        self.draft.add_entity_from(id, {**own, **({} if kind is None else {"kind": kind})}, row=self.place)
        return id

    def tie(self, from_: str | None, to: str | None, kind: str, **attributes: Any) -> None:
        """Add a tie between two entities, once."""
        if from_ is None or to is None or from_ == to or (from_, to, kind) in self._ties:
            return
        self._ties.add((from_, to, kind))
        own = {name: value for name, value in attributes.items() if value is not None}
        self.draft.add_tie(from_, to, kind=kind, source=self.source, **own)

    def date(self, column: str, value: Any) -> str | None:
        """A date, or an issue where it is none."""
        if text(value) is None:
            return None
        date = iso_date(value)
        if date is None:
            self.refuse(column, value, "this is no date, or could be one of two; it is left out",
                        "write 2018, 2018-05 or 2018-05-03")  # fmt: skip
        return date

    def number(self, column: str, value: Any) -> float | None:
        """A number, or an issue where it is none."""
        if text(value) is None:
            return None
        try:
            return float(value)
        except (TypeError, ValueError, OverflowError):
            self.refuse(column, value, "this is no number; it is left out", "give a number")
            return None

    def refuse(self, column: str, value: Any, reason: str, remedy: str) -> None:
        """Record what could not be taken as it stood in the record at hand."""
        self.draft.refuse(self.draft.file, self.place, column, value, reason, remedy)


def _sources() -> Iterator[ModuleType]:
    for name in SOURCES:
        yield importlib.import_module(f"{__package__}.{name}")


def records_in(content: Any) -> list[list[Any]]:
    """The lists of records that a JSON content may be, the likeliest first."""
    if isinstance(content, list):
        return [content]
    if not isinstance(content, Mapping):
        return []
    inner = content.get("message")
    below = records_in(inner) if isinstance(inner, Mapping) else []
    lists = [value for value in content.values() if isinstance(value, list) and value]
    return [*below, [content], *lists]


def find(content: Any) -> tuple[ModuleType, list[Any]] | None:
    """The source that a JSON content is of, and its records; None where no source takes it."""
    candidates = [r for r in records_in(content) if any(isinstance(one, Mapping) for one in r[:1])]
    for source in _sources():
        for records in candidates:
            if source.takes(records[0]):
                return source, records
    return None


def read_records(source: ModuleType, records: list[Any], file: str, given: Mapping[str, Any]) -> Draft:
    """One draft from all records of a source; a record that cannot be taken becomes an issue."""
    for option in given:
        refuse("read", "option", option, f"{source.NAME} takes no options", file)
    draft = Draft(file=file)
    writer = Writer(draft, source.NAME)
    refused = 0
    for writer.place, record in enumerate(records, 1):
        if not isinstance(record, Mapping) or not source.takes(record):
            writer.refuse("", record, f"this is no record of {source.NAME}; it is left out", "take it out of the file")
            refused += 1
        elif source.add(writer, record) is None:
            refused += 1
    draft.note(f"{file}: read as {source.NAME}")
    draft.note(f"{file}: rows in {len(records)}, kept {len(records) - refused}, refused {refused}")
    for kind in getattr(source, "KINDS", ()):
        draft.add_kind(**kind)
    flag_spellings(draft)
    return draft
