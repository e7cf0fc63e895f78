"""Tables of entities: one row each, under whatever heading their id stands."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from .cells import is_blank, text_of
from .columns import ENTITY_NAMES, TEXT_NAMES, attribute_name, column_values
from .draft import Draft
from .headings import ID_KEYS
from .sheet import Sheet, key_of

__all__ = ["NodeTable"]

_LABEL_KEYS = ("label", "name", "fullname", "organisationname")


@dataclass
class NodeTable:
    """A sheet whose rows are entities. `kumu` sheets have their Type as the entity's kind.

    After `add_to`, `ids` gives ids by label for those labels that only one entity has.
    """

    sheet: Sheet
    kumu: bool = False
    ids: dict[str, str] = field(default_factory=dict)
    shared_labels: set[str] = field(default_factory=set)

    def id_column(self, references: Collection[str]) -> int:
        """The column that holds ids: the one that the ends of ties name most often; without ties, the one whose
        heading says so; else the first in which no two rows agree."""
        keys, body = self.sheet.keys, self.sheet.body()
        ranks = {k: rank for rank, k in enumerate(reversed(ID_KEYS), 1)}
        best, best_score = 0, (-1, False, False, -1)
        for index, key in enumerate(keys):
            texts = [text for row in body if (text := text_of(row[index])) is not None]
            distinct = set(texts)
            named = len(distinct & references) if isinstance(references, (set, frozenset)) else 0
            unique = len(distinct) == len(texts) > 0
            score = (named, key == "id", unique or self.kumu, ranks.get(key, 0))
            if score > best_score:
                best, best_score = index, score
        return best

    def tells_rows_apart(self, references: Collection[str]) -> bool:
        """Whether most rows are of different entities; else the table lists something about them, not them."""
        at = self.id_column(references)
        texts = [text for row in self.sheet.body() if (text := text_of(row[at])) is not None]
        return 2 * len(set(texts)) > len(texts)

    def add_to(self, draft: Draft, references: Collection[str]) -> None:
        """Add the entities; a row without an id is refused, a second row of an entity fills the first."""
        sheet = self.sheet
        sheet.refuse_overhang(draft)
        names, body, keys = sheet.names(draft), sheet.body(), sheet.keys
        at = self.id_column(references)
        if key_of(names[at]) != "id":
            draft.note(f"{sheet.file}: entities are known by column {names[at]!r}")
        columns: dict[str, list[Any]] = {}
        if "label" not in keys:
            label = next((keys.index(k) for k in _LABEL_KEYS if k in keys and keys.index(k) != at), None)
        else:
            label = keys.index("label")
        for index, name in enumerate(names):
            if index == at and index != label:
                continue
            if index == label:
                name = "label"
            elif self.kumu and keys[index] == "type" and "kind" not in keys:
                name = "kind"
            name = attribute_name(name, ENTITY_NAMES, ("id", *columns))
            values = column_values(sheet, draft, name, [row[index] for row in body])
            if values is not None:
                columns[name] = _lists(values) if self.kumu and name not in TEXT_NAMES else values
        self._add_rows(draft, at, columns)

    def _add_rows(self, draft: Draft, at: int, columns: dict[str, list[Any]]) -> None:
        sheet = self.sheet
        seen: dict[str, int] = {}
        kinds: dict[str, Any] = {}
        for index, row in enumerate(sheet.body()):
            number = sheet.first_body_row() + index
            attributes = {name: values[index] for name, values in columns.items()}
            id = text_of(row[at])
            if id is None:
                if not all(is_blank(cell) for cell in row):
                    draft.refuse(
                        sheet.file,
                        number,
                        sheet.headings[at] or f"column {at + 1}",
                        sheet.shown_row(row),
                        "the entity has no id; the row is left out",
                        "fill the cell, or delete the row",
                    )
                continue
            plain, kind = id, attributes.get("kind")
            if self.kumu and id in seen and kind is not None and kinds[id] != kind:
                id = f"{id} ({kind})"
                self.shared_labels.add(plain)
            if id in seen:
                draft.refuse(
                    sheet.file,
                    number,
                    sheet.headings[at] or f"column {at + 1}",
                    id,
                    f"the same entity has row {seen[id]}; this row fills what that one leaves open",
                    "keep one row for each entity",
                )
            seen.setdefault(id, number)
            kinds.setdefault(plain, kind)
            draft.add_entity_from(id, attributes, row=number, file=sheet.file)
            label = attributes.get("label")
            if isinstance(label, str) and label != id and self.ids.setdefault(label, id) != id:
                self.shared_labels.add(label)


def _lists(values: list[Any]) -> list[Any]:
    """A column of Kumu's as lists where some cell has several values, set apart by bars."""
    if not any(isinstance(v, str) and "|" in v for v in values):
        return values
    return [None if v is None else tuple(part.strip() for part in str(v).split("|") if part.strip()) for v in values]
