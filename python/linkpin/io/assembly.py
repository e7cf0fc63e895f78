"""From the nodes and edges of a graph file or object to a draft: ends checked, kinds named, names kept apart."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from typing import Any

from . import directions
from .draft import Draft
from .named import iso_date

__all__ = ["Assembly", "typed_value"]

_BOOLEANS = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}


def typed_value(text: str, type: str) -> Any:
    """A text as "integer", "number", "boolean", "list" (split at | or ; or ,) or "text"; None where it is blank.

    Raises ValueError where it is not of the type.
    """
    text = text.strip()
    if not text:
        return None
    if type == "number":
        return float(text)
    if type == "integer":
        return _integer(text)
    if type == "boolean":
        try:
            return _BOOLEANS[text.lower()]
        except KeyError:
            raise ValueError(text) from None
    return _parts(text) if type == "list" else text


def _integer(text: str) -> int | float:
    """Tools write whole numbers as 3.0 too; NaN stands for a missing one."""
    try:
        return int(text)
    except ValueError:
        value = float(text)
        if math.isfinite(value) and not value.is_integer():
            raise
        return int(value) if math.isfinite(value) else value


_QUOTED = re.compile(r"""\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([^,]*))\s*(?:,|$)""", re.DOTALL)


def _parts(text: str) -> tuple[str, ...] | None:
    """The members of a list as GEXF writes them: [a, 'b'], or split at | or ; or , (the first of these that occurs)."""
    if text.startswith("[") and text.endswith("]"):
        found = []
        for double, single, bare in _QUOTED.findall(text[1:-1]):
            found.append(re.sub(r"\\(.)", r"\1", double or single) or bare.strip())
    else:
        mark = next((m for m in "|;," if m in text), None)
        found = [part.strip() for part in text.split(mark)] if mark else [text]
    return tuple(part for part in found if part) or None


class Assembly:
    """Gathers nodes and edges as they come, in any order, and makes a draft of them at the end.

    Attributes with a meaning in linkpin (label, kind, start, weight, ...) keep it where their values allow that, else
    they are called "… (attribute)".
    """

    def __init__(self, file: str) -> None:
        self.draft = Draft(file=file)
        self._ends: list[tuple[str, str]] = []
        self._attributes: list[Mapping[str, Any]] = []
        self._directed: list[bool] = []
        self._rows: list[int] = []
        self._entity_rows: dict[str, int] = {}
        self._missing: dict[str, int] = {}

    def node(self, id: str, attributes: Mapping[str, Any], row: int = 0) -> None:
        """Add a node; a second one with the same id becomes an issue and fills what the first leaves open."""
        if id in self._entity_rows:
            self.draft.refuse(
                "",
                row,
                "id",
                id,
                f"a node with this id stands in row {self._entity_rows[id]}; this one fills what that one leaves open",
                "give each node its own id",
            )
        self._entity_rows.setdefault(id, row)
        if "id" in attributes:
            other = dict(attributes)
            own = other.pop("id")
            if str(own) != id:
                other["id (attribute)"] = own
            attributes = other
        self.draft.add_entity_from(id, attributes, row=row)

    def has_node(self, id: str) -> bool:
        """Whether a node with this id has been added."""
        return id in self._entity_rows

    def edge(self, source: str, target: str, attributes: Mapping[str, Any], *, directed: bool, row: int = 0) -> None:
        """Add an edge; its ends may be added later."""
        self._ends.append((source, target))
        self._attributes.append(attributes)
        self._directed.append(directed)
        self._rows.append(row)

    def value(self, text: str, type: str, column: str, row: int) -> Any:
        """A text as a value of a type (see `typed_value`); one that is not of it becomes an issue and None."""
        try:
            value = typed_value(text, type)
        except (ValueError, OverflowError):
            self.draft.refuse(
                "",
                row,
                column,
                text,
                f"this is no {type}, as the file says {column} is; the value is left out",
                "correct the value, or declare the attribute as text",
            )
            return None
        return self.finite(value, column, row) if isinstance(value, float) else value

    def finite(self, value: float, column: str, row: int) -> float | None:
        """The number itself; NaN counts as missing and is noted (of a weight: refused), infinity is refused."""
        if math.isfinite(value):
            return value
        if math.isnan(value) and column != "weight":
            self._missing[column] = self._missing.get(column, 0) + 1
            return None
        kept = "the tie is kept without a weight" if column == "weight" else "the value is left out"
        self.draft.refuse(
            "", row, column, value, f"this is not a finite number; {kept}", "give a finite number, or leave it out"
        )
        return None

    def finish(self, *, default_weight: float | None = None, repeats: bool = True) -> Draft:
        """The draft.

        `default_weight` is what the format says of ties that have none where others have one; `repeats` reports ties
        that say the same as an earlier one.
        """
        draft = self.draft
        self._drop_loose_ends()
        if default_weight is not None:
            self._fill_weights(default_weight)
        draft.ties = self._tie_columns()
        undirected = [not d for d in self._directed]
        self._check_weights()
        _keep_apart(draft, draft.entities, "entities")
        _keep_apart(draft, draft.ties, "ties")
        self._name_labels()
        if repeats:
            self._report_repeats()
        directions.settle(draft, undirected)
        for column, count in self._missing.items():
            draft.note(f"{draft.file}: {count} values NaN of {column!r} are missing values")
        return draft

    def _fill_weights(self, default: float) -> None:
        """A weight that was refused stands as None and stays so; one that was never given gets the default."""
        given = sum("weight" in attributes for attributes in self._attributes)
        if not given or given == len(self._attributes):
            return
        self._attributes = [a if "weight" in a else {**a, "weight": default} for a in self._attributes]
        count = len(self._attributes) - given
        self.draft.note(f"{self.draft.file}: {count} ties without a weight have {default:g}, as the format says")

    def _drop_loose_ends(self) -> None:
        known = self._entity_rows
        kept = [i for i, (source, target) in enumerate(self._ends) if source in known and target in known]
        if len(kept) == len(self._ends):
            return
        for index, (source, target) in enumerate(self._ends):
            for column, end in (("source", source), ("target", target)):
                if end not in known:
                    self.draft.refuse(
                        "",
                        self._rows[index],
                        column,
                        end,
                        f"no node has this id; the tie from {source} to {target} is left out",
                        "add the node, or correct the id",
                    )
        self._ends = [self._ends[i] for i in kept]
        self._attributes = [self._attributes[i] for i in kept]
        self._directed = [self._directed[i] for i in kept]
        self._rows = [self._rows[i] for i in kept]

    def _tie_columns(self) -> dict[str, list[Any]]:
        names = dict.fromkeys(name for attributes in self._attributes for name in attributes)
        columns: dict[str, list[Any]] = {
            "from": [source for source, _ in self._ends],
            "to": [target for _, target in self._ends],
        }
        for name in names:
            values = [attributes.get(name) for attributes in self._attributes]
            if any(value is not None for value in values):
                columns[name if name not in ("from", "to") else f"{name} (attribute)"] = values
        return columns

    def _check_weights(self) -> None:
        """Weights in linkpin are not negative: the size stays in `weight`, the sign gets a column."""
        weights = self.draft.ties.get("weight")
        if weights is None or not _numbers(weights):
            return
        negative = [i for i, w in enumerate(weights) if w is not None and w < 0]
        if not negative:
            return
        first = negative[0]
        self.draft.refuse(
            "",
            self._rows[first],
            "weight",
            weights[first],
            f"{len(negative)} weights are below zero: kept as their size in weight, with -1 in the column sign",
            'leave ties with sign -1 out, or score them apart, where "less than nothing" must not count as strength',
        )
        self.draft.ties["sign"] = [None if w is None else -1 if w < 0 else 1 for w in weights]
        self.draft.ties["weight"] = [None if w is None else abs(w) for w in weights]

    def _name_labels(self) -> None:
        """Tools that have no label call it name."""
        entities = self.draft.entities
        if "label" in entities:
            return
        for name in ("name", "Label", "Name"):
            if name in entities and all(value is None or isinstance(value, str) for value in entities[name]):
                self.draft.entities = {"label" if k == name else k: v for k, v in entities.items()}
                self.draft.note(f"{self.draft.file}: the attribute {name!r} is taken as the label")
                return

    def _report_repeats(self) -> None:
        ties = self.draft.ties
        others = [column for name, column in ties.items() if name not in ("from", "to", "id")]
        pairs = (
            ends if directed or ends[0] <= ends[1] else (ends[1], ends[0])
            for ends, directed in zip(self._ends, self._directed, strict=True)
        )
        seen: set[tuple[Any, ...]] = set()
        count, first = 0, -1
        for index, claim in enumerate(zip(pairs, self._directed, *others, strict=True)):
            if claim in seen:
                count += 1
                first = index if first < 0 else first
            seen.add(claim)
        if count:
            source, target = self._ends[first]
            self.draft.refuse(
                "",
                self._rows[first],
                "",
                f"{source} to {target}",
                f"{count} ties say the same as an earlier one, this is the first; all are kept",
                "delete them if they were meant to stand once; a network that merges ties adds their weights",
            )


def _numbers(values: list[Any]) -> bool:
    return all(v is None or (isinstance(v, (int, float)) and not isinstance(v, bool)) for v in values)


def _dates(values: list[Any]) -> bool:
    return all(v is None or iso_date(v) is not None for v in values)


def _shares(values: list[Any]) -> bool:
    return _numbers(values) and all(v is None or 0 <= v <= 1 for v in values)


_Check = Callable[[list[Any]], bool]
_CHECKS: dict[str, _Check] = {
    "start": _dates,
    "end": _dates,
    "weight": _numbers,
    "value": _numbers,
    "confidence": _shares,
}


def _keep_apart(draft: Draft, columns: dict[str, list[Any]], what: str) -> None:
    """Rename columns whose name has a meaning in linkpin that their values do not bear."""
    for name, holds in _CHECKS.items():
        if name not in columns or holds(columns[name]):
            continue
        other = f"{name} (attribute)"
        columns[other] = columns.pop(name)
        draft.note(f"{draft.file}: {name!r} of {what} is not what linkpin means by it and is called {other!r}")
