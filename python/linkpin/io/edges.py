"""Edge lists: one row a tie, whatever the tool that wrote it calls the two ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from .cells import Cell, is_blank, number_of, text_of
from .columns import TIE_NAMES, attribute_name, column_values
from .draft import Draft
from .headings import KIND_KEYS, WEIGHT_KEYS, edge_pair
from .sheet import Sheet, key_of

__all__ = ["EdgeTable", "edge_table"]

_UNDIRECTED = frozenset({"undirected", "mutual", "both", "symmetric", "false", "no"})
_DIRECTED = frozenset({"directed", "arc", "forward", "true", "yes"})
_DIRECTION_WORDS = frozenset({"directed", "undirected", "mutual", "mixed"})
_LOOK = 10_000  # rows
_DIRECTION_KEYS = ("direction", "directed", "edgedirection", "directedness")


@dataclass
class EdgeTable:
    """A sheet whose rows are ties: which columns name their ends, and the texts in them."""

    sheet: Sheet
    ends: tuple[int, int]
    default_kind: str | None = None

    @cached_property
    def references(self) -> list[tuple[str | None, str | None]]:
        """The two ends of every row as the file names them, None where blank."""
        first, second = self.ends
        return [(text_of(row[first]), text_of(row[second])) for row in self.sheet.body()]

    def add_to(self, draft: Draft, ids: Mapping[str, str], *, directed: bool | None, wave: str | None) -> list[bool]:
        """Add the ties; `ids` gives the id of an end where the file names it otherwise. Returns which are undirected.

        A row without one of its ends is refused; a weight that is no finite number is refused and the tie kept.
        """
        sheet = self.sheet
        sheet.refuse_overhang(draft)
        names = sheet.names(draft)
        body = sheet.body()
        kept: list[int] = []
        ends: list[tuple[str, str]] = []
        for index, (row, (head, tail)) in enumerate(zip(body, self.references, strict=True)):
            if head is not None and tail is not None:
                kept.append(index)
                ends.append((ids.get(head, head), ids.get(tail, tail)))
            elif not all(is_blank(cell) for cell in row):
                missing = names[self.ends[0] if head is None else self.ends[1]]
                draft.refuse(
                    sheet.file,
                    sheet.first_body_row() + index,
                    missing,
                    sheet.shown_row(row),
                    "one end of the tie is missing; the row is left out",
                    "fill the cell, or delete the row",
                )
        rows = [body[index] for index in kept]
        numbers = [sheet.first_body_row() + index for index in kept]
        plan = _Plan(sheet, names, self.ends, rows)
        columns = plan.columns(draft, numbers)
        if self.default_kind is not None and "kind" not in columns:
            columns["kind"] = [self.default_kind] * len(rows)
        if wave is not None and "wave" not in columns:
            columns["wave"] = [wave] * len(rows)
        _add_end_kinds(draft, plan.end_kinds, ends, rows, numbers)
        draft.extend_ties([e[0] for e in ends], [e[1] for e in ends], columns)
        if directed is None:
            return plan.undirected
        return [not directed] * len(rows)


def edge_table(sheet: Sheet) -> EdgeTable | None:
    """The sheet as an edge list, or None where its heading does not name two ends."""
    pair = edge_pair(sheet.keys)
    return EdgeTable(sheet, pair) if pair else None


class _Plan:
    """Which column means what in one edge list."""

    def __init__(
        self,
        sheet: Sheet,
        names: list[str],
        ends: tuple[int, int],
        rows: Sequence[Sequence[Cell]],
    ) -> None:
        self.sheet = sheet
        self.names = names
        self.rows = rows
        self.undirected = [False] * len(rows)
        keys = sheet.keys
        free = [i for i in range(len(keys)) if i not in ends]
        by_name = keys[ends[0]] == "fromname"  # Graph Commons
        self.end_kinds = tuple(keys.index(k) if by_name and k in keys else None for k in ("fromtype", "totype"))
        self.direction = self._direction(keys, free)
        taken = {*ends, *(i for i in self.end_kinds if i is not None), self.direction}
        wanted = (*KIND_KEYS, "edge", "name") if by_name else KIND_KEYS
        self.kind = next((keys.index(k) for k in wanted if k in keys and keys.index(k) not in taken), None)
        self.weight = next((keys.index(k) for k in WEIGHT_KEYS if k in keys and keys.index(k) not in taken), None)
        if self.weight is not None and not self._numeric(self.weight):
            self.weight = None
        self.others = [i for i in free if i not in (*taken, self.kind, self.weight)]

    def _numeric(self, index: int) -> bool:
        """Whether a column is meant for numbers: most of its filled cells are, as far as a look goes."""
        filled = [row[index] for row in self.rows[:_LOOK] if not is_blank(row[index])]
        return 2 * sum(number_of(cell, self.sheet.decimal) is not None for cell in filled) >= len(filled)

    def _direction(self, keys: list[str], free: list[int]) -> int | None:
        for index in free:
            if keys[index] in _DIRECTION_KEYS:
                return index
            if keys[index] in KIND_KEYS:
                words = {key_of(row[index]) for row in self.rows if not is_blank(row[index])}
                if words and words <= _DIRECTION_WORDS:
                    return index
        return None

    def columns(self, draft: Draft, numbers: Sequence[int]) -> dict[str, list[Any]]:
        columns: dict[str, list[Any]] = {}
        if self.direction is not None:
            self._read_direction(draft, numbers)
        if self.kind is not None:
            kinds = [text_of(row[self.kind]) for row in self.rows]
            if any(kind is not None for kind in kinds):
                columns["kind"] = kinds
                if key_of(self.names[self.kind]) != "kind":
                    draft.note(f"{self.sheet.file}: column {self.names[self.kind]!r} is the kind of tie")
        if self.weight is not None:
            self._read_weight(draft, numbers, columns)
        for index in self.others:
            name = attribute_name(self.names[index], TIE_NAMES, ("from", "to", *columns))
            values = column_values(self.sheet, draft, name, [row[index] for row in self.rows])
            if values is not None:
                columns[name] = values
        return columns

    def _read_direction(self, draft: Draft, numbers: Sequence[int]) -> None:
        assert self.direction is not None
        for at, row in enumerate(self.rows):
            word = key_of(row[self.direction]) if not is_blank(row[self.direction]) else ""
            if word in _UNDIRECTED:
                self.undirected[at] = True
            elif word and word not in _DIRECTED:
                draft.refuse(
                    self.sheet.file,
                    numbers[at],
                    self.names[self.direction],
                    row[self.direction],
                    "this is no direction linkpin knows; the tie is taken as directed",
                    'write "directed" or "undirected"',
                )

    def _read_weight(self, draft: Draft, numbers: Sequence[int], columns: dict[str, list[Any]]) -> None:
        assert self.weight is not None
        name = self.names[self.weight]
        if key_of(name) != "weight":
            draft.note(f"{self.sheet.file}: column {name!r} is the weight of the tie")
        weights: list[float | None] = []
        signs: list[int | None] = []
        for at, row in enumerate(self.rows):
            cell = row[self.weight]
            value, sign = _weight(cell, self.sheet.decimal)
            weights.append(value)
            signs.append(sign)
            if value is None and not is_blank(cell):
                draft.refuse(
                    self.sheet.file,
                    numbers[at],
                    name,
                    cell,
                    "the weight is not a finite number; the tie is kept without a weight",
                    "give a finite number, or leave the cell empty",
                )
        columns["weight"] = weights
        if -1 in signs:
            columns["sign"] = [1 if sign is None else sign for sign in signs]
            draft.note(f"{self.sheet.file}: weights below zero are kept as their size, with -1 in the column sign")


def _weight(cell: Cell, decimal: str) -> tuple[float | None, int | None]:
    value = number_of(cell, decimal)
    if value is None or value != value or value in (float("inf"), float("-inf")):
        return None, None
    return abs(float(value)), -1 if value < 0 else 1


def _add_end_kinds(
    draft: Draft,
    positions: Sequence[int | None],
    ends: Sequence[tuple[str, str]],
    rows: Sequence[Sequence[Cell]],
    numbers: Sequence[int],
) -> None:
    """Kinds of entities that an edge list states beside its ends."""
    for side, position in enumerate(positions):
        if position is None:
            continue
        for pair, row, number in zip(ends, rows, numbers, strict=True):
            kind = text_of(row[position])
            if kind is not None:
                draft.add_entity_from(pair[side], {"kind": kind}, row=number)
