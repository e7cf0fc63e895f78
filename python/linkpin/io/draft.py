"""What a reader hands over: entities, ties and reports as columns, with all that was refused and noted on the way."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .named import checked
from .refusal import shown

if TYPE_CHECKING:
    from ..ecosystem import Ecosystem

__all__ = ["Draft", "Issue"]

STATES = ("answered", "not asked", "did not respond", "declined")


@dataclass(frozen=True)
class Issue:
    """A row or cell that a reader could not take as it stood, or took on a guess that the user should check.

    `row` counts from 1, the heading being row 1; 0 means the whole file.
    """

    file: str
    row: int
    column: str
    value: str
    reason: str
    remedy: str


def _entities() -> dict[str, list[Any]]:
    return {"id": []}


def _ties() -> dict[str, list[Any]]:
    return {"from": [], "to": []}


def _reports() -> dict[str, list[Any]]:
    return {"respondent": [], "from": [], "to": []}


@dataclass
class Draft:
    """Columns of equal length, None where a value is missing, in the shape that `Ecosystem.from_columns` takes.

    `file` is the name that issues carry when a reader gives none.
    """

    entities: dict[str, list[Any]] = field(default_factory=_entities)
    ties: dict[str, list[Any]] = field(default_factory=_ties)
    reports: dict[str, list[Any]] = field(default_factory=_reports)
    kinds: list[dict[str, Any]] = field(default_factory=list)
    about: dict[str, str] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    file: str = ""
    _rows: dict[str, int] = field(default_factory=dict, repr=False, compare=False)

    def add_entity(self, id: str, /, *, row: int = 0, **attributes: Any) -> None:
        """Add an entity, or fill what is missing of one already there.

        The first value said of an attribute stays; a later mention that says otherwise becomes an issue at `row`.
        An attribute called "row" is given through `add_entity_from`.
        """
        self.add_entity_from(id, attributes, row=row)

    def add_entity_from(self, id: str, attributes: Mapping[str, Any], *, row: int = 0, file: str = "") -> None:
        """`add_entity` with the attributes in a mapping, whatever their names; `file` where it is not the draft's."""
        known = self._rows.get(id)
        if known is None:
            self._rows[id] = len(self.entities["id"])
            _append(self.entities, {**attributes, "id": id})
            return
        for name, value in attributes.items():
            if value is None or name == "id":
                continue
            column = self.entities.get(name)
            if column is None:
                column = self.entities[name] = [None] * len(self.entities["id"])
            if column[known] is None:
                column[known] = value
            elif column[known] != value:
                self.refuse(
                    file,
                    row,
                    name,
                    value,
                    f"{shown(id)} was already said to have {shown(column[known])} here; the first is kept",
                    "give each entity one row, or the same value in every row",
                )

    def add_tie(self, from_: str, to: str, /, **attributes: Any) -> None:
        """Add a tie; its ends become entities if they are not yet.

        A weight below zero is kept as its size in `weight` with `sign` -1, since weights are not negative in linkpin.
        A weight that is not a finite number is refused: the tie stays, without one.
        """
        for end in (from_, to):
            if end not in self._rows:
                self.add_entity_from(end, {})
        weight = attributes.get("weight")
        if isinstance(weight, (int, float)):
            if not math.isfinite(weight):
                attributes["weight"] = None
                self.refuse(
                    self.file,
                    0,
                    "weight",
                    weight,
                    f"the weight of the tie from {shown(from_)} to {shown(to)} is not a finite number; "
                    "the tie is kept without a weight",
                    "give a finite number, or leave the cell empty",
                )
            elif weight < 0:
                attributes["weight"] = -weight
                attributes["sign"] = -1
        _append(self.ties, {**attributes, "from": from_, "to": to})

    def extend_ties(self, from_: Sequence[str], to: Sequence[str], columns: Mapping[str, Sequence[Any]]) -> None:
        """Add many ties at once, columns of one value a tie beside their ends. Weights are taken as they are."""
        for end in dict.fromkeys(itertools.chain.from_iterable(zip(from_, to, strict=True))):
            if end not in self._rows:
                self.add_entity_from(end, {})
        before, added = len(self.ties["from"]), len(from_)
        given: dict[str, Sequence[Any]] = {**columns, "from": from_, "to": to}
        for name in given:
            self.ties.setdefault(name, [None] * before)
        for name, column in self.ties.items():
            column.extend(given.get(name, [None] * added))

    def add_report(
        self,
        respondent: str,
        from_: str,
        to: str | None,
        /,
        *,
        state: str = "answered",
        **attributes: Any,
    ) -> None:
        """Add what `respondent` said of the tie between two entities, who become entities if they are not yet.

        Without `to` the state holds for every tie of the item from `from_`. `state` is one of "answered" (with a
        `value`), "not asked", "did not respond" and "declined".
        """
        for end in (respondent, from_) if to is None else (respondent, from_, to):
            if end not in self._rows:
                self.add_entity_from(end, {})
        _append(self.reports, {**attributes, "respondent": respondent, "from": from_, "to": to, "state": state})

    def add_kind(self, name: str, *, symmetric: bool = False, flow: str = "forward", meaning: str = "") -> None:
        """Say what is known of a kind of tie, once; later calls with the same name change nothing."""
        if all(kind["name"] != name for kind in self.kinds):
            self.kinds.append({"name": name, "flow": flow, "symmetric": symmetric, "meaning": meaning})

    def refuse(self, file: str, row: int, column: str, value: object, reason: str, remedy: str) -> None:
        """Record a row or cell that could not be taken as it stood."""
        self.issues.append(Issue(file or self.file, row, column, shown(value), reason, remedy))

    def note(self, *sentences: str) -> None:
        """Say how the input was read: one line each under `about["read"]`, no line twice."""
        known = self.about.get("read", "")
        lines = dict.fromkeys([*known.splitlines(), *sentences])
        self.about["read"] = "\n".join(lines)

    def knows(self, id: str) -> bool:
        """Whether an entity with this id has been added."""
        return id in self._rows

    def said(self, id: str, name: str) -> Any:
        """What has been said of an entity's attribute so far; None where nothing has."""
        row = self._rows.get(id)
        column = self.entities.get(name)
        return None if row is None or column is None else column[row]

    def counts(self) -> tuple[int, int, int, int]:
        """Numbers of entities, ties, reports and issues."""
        return len(self.entities["id"]), len(self.ties["from"]), len(self.reports["from"]), len(self.issues)

    def join(self, other: Draft) -> None:
        """Add everything another draft holds, entities merged by id."""
        for attributes in _rows_of(other.entities):
            self.add_entity_from(attributes.pop("id"), attributes)
        for attributes in _rows_of(other.ties):
            _append(self.ties, attributes)
        for attributes in _rows_of(other.reports):
            _append(self.reports, attributes)
        for kind in other.kinds:
            self.add_kind(**kind)
        self.issues.extend(other.issues)
        for name, text in other.about.items():
            if name == "read":
                self.note(*text.splitlines())
            else:
                self.about.setdefault(name, text)

    def ecosystem(self) -> Ecosystem:
        """The ecosystem these columns describe; values its named columns cannot take become issues."""
        from ..ecosystem import Ecosystem

        frames = [
            {name: settled(checked(name, column, self._tell)) for name, column in frame.items()}
            for frame in (self.entities, self.ties, self.reports)
        ]
        return Ecosystem.from_columns(*frames, kinds=self.kinds, about=self.about, issues=self.issues)

    def _tell(self, column: str, value: object, reason: str, remedy: str) -> None:
        self.refuse(self.file, 0, column, value, reason, remedy)


def settled(column: list[Any]) -> list[Any]:
    """A column of one type: numbers and texts mixed become texts, integers among decimals become decimals."""
    types = {type(value) for value in column if value is not None}
    if len(types) < 2:
        return column
    if types == {int, float}:
        return [None if value is None else float(value) for value in column]
    if tuple in types:
        return [value if value is None or isinstance(value, tuple) else (_text(value),) for value in column]
    return [None if value is None else _text(value) for value in column]


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _append(columns: dict[str, list[Any]], row: Mapping[str, Any]) -> None:
    """Add one row: columns not named get None, columns not yet there are padded with None."""
    length = len(next(iter(columns.values())))
    for name, column in columns.items():
        column.append(row.get(name))
    if not row.keys() <= columns.keys():
        for name, value in row.items():
            if name not in columns and value is not None:
                columns[name] = [None] * length + [value]


def _rows_of(columns: dict[str, list[Any]]) -> Iterable[dict[str, Any]]:
    names = list(columns)
    for values in zip(*columns.values(), strict=True):
        yield dict(zip(names, values, strict=True))
