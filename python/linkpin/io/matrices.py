"""Matrices: one row an actor, one column a partner; square for one set of actors, oblong for two."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from .cells import Cell, is_blank, number_of, text_of
from .columns import ENTITY_NAMES, attribute_name, column_values
from .draft import Draft
from .headings import ID_KEYS
from .sheet import Sheet, key_of

__all__ = ["ACTOR", "AFFILIATION", "Matrix", "matrix_of"]

ACTOR, AFFILIATION = "actor", "affiliation"  # kinds of the two sets of an oblong matrix
YES = frozenset({"x", "xx", "yes", "y", "true", "✓", "✔", "1"})
NO = frozenset({"no", "n", "false", "0"})
MISSING = frozenset({"na", "n/a", "#n/a", "nan", "null", "."})
_SUMS = frozenset({"total", "sum", "totals", "rowsum", "columnsum", "grandtotal", "outdegree", "indegree"})
_TELLING_VALUES = 12  # an oblong table with more distinct values than this is a table of attributes


@dataclass
class Matrix:
    """Labels of rows and columns, and the cells between; attribute columns of the rows stand apart.

    `numbers` are the rows' numbers in the file. `square`: rows and columns name the same set.
    """

    sheet: Sheet
    rows: list[str]
    numbers: list[int]
    columns: list[str]
    cells: list[list[Cell]]
    square: bool
    attributes: dict[str, list[Cell]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def values(self) -> Iterator[tuple[int, int, Cell]]:
        """Every cell with its row and column position."""
        for r, row in enumerate(self.cells):
            for c, cell in enumerate(row):
                yield r, c, cell

    def add_entities(self, draft: Draft) -> None:
        """Add the actors, their attributes, and the columns' actors; two sets get a kind each."""
        columns: dict[str, list[Any]] = {}
        for heading, cells in self.attributes.items():
            name = attribute_name(heading, ENTITY_NAMES, ("id", *columns))
            values = column_values(self.sheet, draft, name, cells)
            if values is not None:
                columns[name] = values
        for index, id in enumerate(self.rows):
            attributes = {name: values[index] for name, values in columns.items()}
            if not self.square:
                attributes.setdefault("kind", ACTOR)
            draft.add_entity_from(id, attributes, row=self.numbers[index])
        for id in self.columns:
            if not draft.knows(id):
                draft.add_entity_from(id, {} if self.square else {"kind": AFFILIATION})
        draft.note(*self.notes)

    def add_ties(self, draft: Draft, *, directed: bool | None, kind: str | None, wave: str | None) -> list[bool]:
        """Add a tie for every cell that is not zero. Returns which ties have no direction.

        A square matrix that mirrors itself has one undirected tie a pair, unless `directed` says otherwise.
        """
        self.add_entities(draft)
        weights = self._weights(draft)
        undirected = self._undirected(draft, weights, directed)
        place = {id: index for index, id in enumerate(self.rows)}
        ends: list[tuple[str, str]] = []
        sizes: list[float] = []
        signs: list[int] = []
        for (r, c), weight in weights.items():
            if weight == 0 or (undirected and self._is_second(place, r, c, weights)):
                continue
            ends.append((self.rows[r], self.columns[c]))
            sizes.append(abs(weight))
            signs.append(-1 if weight < 0 else 1)
        extra: dict[str, list[object]] = {}
        if any(size != 1 for size in sizes):
            extra["weight"] = list(sizes)
        if -1 in signs:
            extra["sign"] = list(signs)
            draft.note(f"{self.sheet.file}: cells below zero are kept as their size, with -1 in the column sign")
        for name, value in (("kind", kind), ("wave", wave)):
            if value is not None:
                extra[name] = [value] * len(ends)
        draft.extend_ties([e[0] for e in ends], [e[1] for e in ends], extra)
        return [undirected] * len(ends)

    def _weights(self, draft: Draft) -> dict[tuple[int, int], float]:
        """The cells that say something, as numbers; what cannot be read is an issue, what is blank is counted."""
        found: dict[tuple[int, int], float] = {}
        blanks = missing = zeros = 0
        for r, c, cell in self.values():
            if is_blank(cell):
                blanks += r < len(self.rows) and self.rows[r] != self.columns[c]
                continue
            value = weight_of(cell, self.sheet.decimal)
            if value is not None and math.isfinite(value):
                found[r, c] = value
                zeros += value == 0
            elif isinstance(cell, str) and cell.strip().lower() in MISSING:
                missing += 1
            else:
                draft.refuse(
                    self.sheet.file,
                    self.numbers[r],
                    self.columns[c],
                    cell,
                    "this is no finite number; the cell counts as no tie",
                    "give a number, x or yes for a tie, 0 or nothing for none",
                )
        if missing or (blanks and zeros and blanks < len(self.rows) * len(self.columns) / 2):
            draft.refuse(
                self.sheet.file,
                0,
                "",
                f"{blanks} blank, {missing} NA, {zeros} zero",
                "cells without a value stand beside zeros; they count as no tie",
                'if they mean "not asked" or "no answer", read the matrix with shape="survey"',
            )
        elif blanks:
            draft.note(f"{self.sheet.file}: {blanks} blank cells count as no tie")
        return found

    def _undirected(self, draft: Draft, weights: dict[tuple[int, int], float], directed: bool | None) -> bool:
        if not self.square:
            return directed is False
        named = {(self.rows[r], self.columns[c]): w for (r, c), w in weights.items() if w != 0}
        pairs = [(a, b) for a, b in named if a != b]
        mirrored = bool(pairs) and all(named.get((b, a)) == named[a, b] for a, b in pairs)
        if directed is None:
            if mirrored:
                draft.note(
                    f"{self.sheet.file}: the matrix mirrors itself and is read as undirected; "
                    "directed=True keeps both ways"
                )
            elif self._half_blank():
                draft.note(f"{self.sheet.file}: half of the matrix is blank and it is read as undirected")
                return True
            return mirrored
        if not directed and not mirrored:
            draft.refuse(
                self.sheet.file,
                0,
                "",
                "directed=False",
                "the two halves of the matrix differ; where both name a pair, the upper one counts",
                "mend the matrix, or read it as directed and symmetrise the network by a rule of your choice",
            )
        return not directed

    def _is_second(self, place: dict[str, int], r: int, c: int, weights: dict[tuple[int, int], float]) -> bool:
        """Whether a cell repeats a pair that stands in an earlier row."""
        if not self.square:
            return False
        other = place.get(self.columns[c])
        if other is None or other >= r:
            return False
        column = self._column_of.get(self.rows[r])
        return column is not None and weights.get((other, column), 0) != 0

    @cached_property
    def _column_of(self) -> dict[str, int]:
        return {id: index for index, id in enumerate(self.columns)}

    def _half_blank(self) -> bool:
        """Whether everything above, or everything below, the diagonal is blank, and the other half is not."""
        if self.rows != self.columns:
            return False
        filled = [(r, c) for r, c, cell in self.values() if r != c and not is_blank(cell)]
        return len(filled) > 1 and (all(r < c for r, c in filled) or all(r > c for r, c in filled))


def weight_of(cell: Cell, decimal: str) -> float | None:
    """The tie a cell of a matrix speaks of: its number, 1 for a tick, 0 for a no; None for anything else."""
    number = number_of(cell, decimal)
    if number is not None:
        return float(number)
    word = cell.strip().lower() if isinstance(cell, str) else ""
    return 1.0 if word in YES else 0.0 if word in NO else None


def matrix_of(sheet: Sheet, *, asked: bool = False) -> Matrix | None:
    """The sheet as a matrix, or None where it does not look like one.

    `asked`: the user says that it is a matrix, so that an oblong one needs no further proof.
    """
    if sheet.empty:
        return None
    return _unlabelled(sheet) or _labelled(sheet, asked)


def _unlabelled(sheet: Sheet) -> Matrix | None:
    """As many rows as columns, numbers throughout, and no labels anywhere."""
    grid = [(i, row) for i, row in enumerate(sheet.rows) if not all(is_blank(c) for c in row)]
    size = len(grid)
    width = max(len(row) for _, row in grid)
    if size != width or size < 3 or any(number_of(c, sheet.decimal) is None for _, row in grid for c in row):
        return None
    head = [text_of(c) for c in grid[0][1]][1:]
    side = [text_of(row[0]) for _, row in grid][1:]
    if head == side and len(set(head)) == len(head):
        return None  # the first row and column are labels that happen to be numbers
    labels = [str(i + 1) for i in range(size)]
    note = f"{sheet.file}: the matrix has no labels; actors are called 1 to {size} in its order"
    return Matrix(sheet, labels, [i + 1 for i, _ in grid], labels, [row for _, row in grid], True, notes=[note])


def _labelled(sheet: Sheet, asked: bool) -> Matrix | None:
    headings = [text_of(c) for c in sheet.rows[sheet.heading]]
    while headings and headings[-1] is None:
        headings.pop()
    grid = [
        (sheet.first_body_row() + i, row)
        for i, row in enumerate(sheet.rows[sheet.heading + 1 :])
        if not all(is_blank(c) for c in row)
    ]
    if not grid:
        return None
    width = max(len(row) for _, row in grid)
    if width == len(headings) + 1 and all(headings) and all(len(row) == width for _, row in grid):
        headings = [None, *headings]  # R's write.table leaves the corner out
    if len(headings) < 3 or any(h is None for h in headings[1:]):
        return None
    rows = [(number, label, row) for number, row in grid if (label := text_of(row[0] if row else None)) is not None]
    if len(rows) < 2 or len(rows) != len(grid):
        return None
    names = [label for _, label, _ in rows]
    return _split(sheet, [h or "" for h in headings], rows, names, asked)


def _split(
    sheet: Sheet,
    headings: list[str],
    rows: list[tuple[int, str, list[Cell]]],
    names: list[str],
    asked: bool,
) -> Matrix | None:
    """Tell the columns that are partners from those that say something about the row's actor."""
    known = set(names)
    notes: list[str] = []
    share = {i: _numeric_share(rows, i, sheet.decimal) for i in range(1, len(headings))}
    matched = [i for i in share if headings[i] in known]
    numeric = [i for i in share if share[i] >= 0.9]
    square = len(matched) >= 2 and 2 * len(matched) >= min(len(rows), len(numeric) or len(share))
    if square:
        if any(share[i] < 0.5 for i in matched) or len(known) < len(names):
            return None
        partners = [i for i in range(matched[0], matched[-1] + 1) if i in matched or share[i] >= 0.9]
        partners += [i for i in range(matched[-1] + 1, len(headings)) if share[i] >= 0.9]
    else:
        if not asked and not _looks_two_mode(sheet, headings, rows, names, share):
            return None
        partners = numeric if asked else list(share)
    lines, partners = _without_sums(sheet, headings, rows, partners)
    if not partners or len({headings[i] for i in partners}) < len(partners):
        return None
    attributes = {headings[i]: [_at(row, i) for _, _, row in rows] for i in share if i not in partners}
    known = {label for _, label, _ in lines}
    if square:
        alone = [headings[i] for i in partners if headings[i] not in known]
        if alone:
            notes.append(f"{sheet.file}: {len(alone)} of {len(partners)} columns have no row: {_some(alone)}")
        silent = sorted(known - {headings[i] for i in partners})
        if silent:
            notes.append(f"{sheet.file}: {len(silent)} of {len(names)} rows have no column: {_some(silent)}")
    else:
        notes.append(
            f"{sheet.file}: rows and columns name different things; they are entities of kind {ACTOR} and {AFFILIATION}"
        )
    kept = {id(r) for r in lines}
    attributes = {h: [c for c, r in zip(cells, rows, strict=True) if id(r) in kept] for h, cells in attributes.items()}
    return Matrix(
        sheet,
        [label for _, label, _ in lines],
        [number for number, _, _ in lines],
        [headings[i] for i in partners],
        [[_at(row, i) for i in partners] for _, _, row in lines],
        square,
        attributes,
        notes,
    )


def _without_sums(
    sheet: Sheet,
    headings: list[str],
    rows: list[tuple[int, str, list[Cell]]],
    partners: list[int],
) -> tuple[list[tuple[int, str, list[Cell]]], list[int]]:
    """Leave out rows and columns that are called totals and add up the others; a firm called Total stays."""

    def number(row: list[Cell], index: int) -> float:
        value = weight_of(_at(row, index), sheet.decimal)
        return value if value is not None and math.isfinite(value) else 0.0

    parts = [r for r in rows if key_of(r[1]) not in _SUMS]
    plain = [i for i in partners if key_of(headings[i]) not in _SUMS]
    lines = [
        r for r in rows if r in parts or any(number(r[2], i) != sum(number(p[2], i) for p in parts) for i in plain)
    ]
    kept = [
        i for i in partners if i in plain or any(number(r[2], i) != sum(number(r[2], j) for j in plain) for r in parts)
    ]
    return lines, kept


def _at(row: Sequence[Cell], index: int) -> Cell:
    return row[index] if index < len(row) else None


def _some(names: list[str], limit: int = 5) -> str:
    return ", ".join(names[:limit]) + (", …" if len(names) > limit else "")


def _numeric_share(rows: list[tuple[int, str, list[Cell]]], index: int, decimal: str) -> float:
    """How much of a column reads as a matrix cell; a column with nothing in it does."""
    filled = [cell for _, _, row in rows if not is_blank(cell := _at(row, index))]
    if not filled:
        return 1.0
    good = sum(
        weight_of(cell, decimal) is not None or (isinstance(cell, str) and cell.strip().lower() in MISSING)
        for cell in filled
    )
    return good / len(filled)


def _looks_two_mode(
    sheet: Sheet,
    headings: list[str],
    rows: list[tuple[int, str, list[Cell]]],
    names: list[str],
    share: dict[int, float],
) -> bool:
    """An oblong table is a matrix where it holds few distinct small whole numbers, nothing among them very often."""
    if len(headings) < 4 or len(set(names)) < len(names) or min(share.values()) < 1.0:
        return False
    corner = key_of(headings[0])
    if corner and corner not in ID_KEYS:
        return False
    numbers = [weight_of(_at(row, i), sheet.decimal) for _, _, row in rows for i in share]
    distinct = {n for n in numbers if n is not None}
    if len(distinct) > _TELLING_VALUES or any(abs(n) > 10 or n != int(n) for n in distinct if math.isfinite(n)):
        return False
    nothing = sum(n is None or n == 0 for n in numbers)
    return 5 * nothing >= len(numbers)
