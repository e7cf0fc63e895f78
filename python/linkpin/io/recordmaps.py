"""Record maps: versioned JSON that says what the columns of an export are: awards, evidence, policies and their ties.

A map is an object with these members:

* `linkpin_records`: the version of this format, 1;
* `name`, `version`, `title`: of the map itself;
* `extends`: the name of a ready-made map, or a path beside this file, whose members this one adds to or restates;
* `nulls`: cells that stand for no value ("NULL", "Not Available");
* `day_first`: whether 03/05/2014 is the third of May;
* `tables`: by name of table an object with

  * `needs`: headings that a table must have to be this one;
  * `row`: the role of the entity that each row is about; a row without its id is refused;
  * `rows_apart`: true where the id is only a name, so that a second row of the same name is another entity;
  * `entities`: by role `kind`, `id` and any attributes, each a column;
  * `ties`: a list of `from`, `to` (roles), `kind`, attributes, and `once` where many rows state the same tie;
  * `asks_for`: headings whose cells should not be empty; an empty one becomes an issue, and the row is kept;
  * `says_elsewhere`: headings that are left out on purpose.

A column is a heading, a list of headings that mean the same (the first that is there counts), or an object with
`headings`, and any of `as` (text, number, date, first date, last date, boolean, list, doi, orcid, ror), `split` (a
pattern between several values), `strip` (a pattern taken away), `values` (what a cell's text becomes), `flags`
(headings of columns with 0 and 1, which make one list), `prefix`, `constant`, and `or` (a column for where this one is
empty).
Columns that no member mentions become attributes of the row's entity.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from . import mapfile
from .cells import Cell, is_blank, number_of, text_of
from .columns import column_values
from .draft import Draft
from .headings import ALIKE, alikeness
from .identifiers import doi_of, orcid_of, ror_of
from .named import iso_date
from .refusal import refuse
from .sheet import Sheet, key_of

__all__ = ["RecordMap", "Table", "is_record_map", "load_record_map", "plan_of", "ready_record_maps"]

FORMAT = 1
AS = ("text", "number", "date", "first date", "last date", "boolean", "list", "doi", "orcid", "ror")
MEMBERS = {"linkpin_records", "name", "version", "title", "extends", "nulls", "day_first", "tables"}
TABLE_MEMBERS = {"needs", "row", "rows_apart", "entities", "ties", "asks_for", "says_elsewhere"}
COLUMN_MEMBERS = {"headings", "as", "split", "strip", "values", "flags", "prefix", "constant", "or"}
_YES = frozenset({"1", "true", "yes", "x", "y"})
_DAY_FIRST = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?: .*)?")


@dataclass(frozen=True)
class Column:
    """Where a value stands and what it is."""

    headings: tuple[str, ...] = ()
    as_: str = "text"
    split: str = ""
    strip: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    flags: tuple[str, ...] = ()
    prefix: str = ""
    constant: Any = None
    or_: Column | None = None

    def mentioned(self) -> list[tuple[str, ...]]:
        """Every column it reads, each as the headings that mean it."""
        own = ([self.headings] if self.headings else []) + [(flag,) for flag in self.flags]
        return own + (self.or_.mentioned() if self.or_ else [])


@dataclass(frozen=True)
class Tie:
    """A tie that each row states between two of its entities."""

    from_: str
    to: str
    kind: str
    once: bool
    attributes: Mapping[str, Column]


@dataclass(frozen=True)
class Table:
    """One table of a map."""

    name: str
    needs: tuple[str, ...]
    row: str
    rows_apart: bool
    kinds: Mapping[str, str]
    entities: Mapping[str, Mapping[str, Column]]
    ties: tuple[Tie, ...]
    asks_for: tuple[str, ...]
    says_elsewhere: tuple[str, ...]

    def mentioned(self) -> list[tuple[str, ...]]:
        columns = [c for attributes in self.entities.values() for c in attributes.values()]
        columns += [c for tie in self.ties for c in tie.attributes.values()]
        headings = [h for column in columns for h in column.mentioned()]
        return list(dict.fromkeys([*headings, *((h,) for h in (*self.needs, *self.asks_for, *self.says_elsewhere))]))


@dataclass(frozen=True)
class RecordMap:
    """A map, ready to use; `words` says which it is."""

    words: str
    nulls: frozenset[str]
    day_first: bool
    tables: tuple[Table, ...]


def is_record_map(columns: Any) -> bool:
    """Whether what a user gave as `columns` is a record map: a mapping, the path of one, or the name of a ready one."""
    if isinstance(columns, Mapping):
        return "linkpin_records" in columns
    if not isinstance(columns, (str, os.PathLike)):
        return False
    path = Path(columns)
    if path.is_file() and path.stat().st_size < 1 << 24:
        try:
            return "linkpin_records" in json.loads(path.read_text("utf-8-sig"))
        except (OSError, ValueError, TypeError, RecursionError):
            return False
    return path.suffix == "" and path.name in _ready_names()


def load_record_map(columns: Any) -> RecordMap:
    """A record map from a mapping, a path, or the name of a ready-made one. Raises InputError naming what is wrong."""
    if isinstance(columns, Mapping):
        return _map_of(_extended(dict(columns), Path()))
    path = Path(columns)
    if not path.exists() and path.name in _ready_names():
        return _map_of(_ready(path.name))
    return _map_of(_extended(_load(path), path.parent))


@cache
def ready_record_maps() -> tuple[RecordMap, ...]:
    """The record maps that linkpin comes with."""
    return tuple(_map_of(_ready(name)) for name in _ready_names())


@cache
def _ready_names() -> tuple[str, ...]:
    found = (entry.name for entry in resources.files(__package__).joinpath("maps/records").iterdir())
    return tuple(sorted(name[:-5] for name in found if name.endswith(".json")))


def _ready(name: str) -> dict[str, Any]:
    text = resources.files(__package__).joinpath(f"maps/records/{name}.json").read_text("utf-8")
    return _extended(json.loads(text), Path())


def _load(path: Path) -> dict[str, Any]:
    return mapfile.load(path, "record", _ready_names())


def _extended(given: dict[str, Any], folder: Path, depth: int = 0) -> dict[str, Any]:
    for member in given:
        if member not in MEMBERS:
            refuse("read", "columns, member", member, f"a record map has {', '.join(sorted(MEMBERS))}")
    if given.get("linkpin_records", FORMAT) != FORMAT:
        refuse(
            "read", "linkpin_records", given["linkpin_records"], f"this linkpin reads record maps of version {FORMAT}"
        )
    parent = given.get("extends")
    if parent is None:
        return given
    if depth > 8:
        refuse("read", "extends", parent, "maps extend each other in a circle")
    beside = folder / str(parent)
    below = _ready(str(parent)) if parent in _ready_names() else _extended(_load(beside), beside.parent, depth + 1)
    return _merged(below, {k: v for k, v in given.items() if k != "extends"})


def _merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Objects member by member, lists joined with the later in front, anything else restated."""
    result = dict(below)
    for name, value in above.items():
        old = result.get(name)
        if isinstance(old, Mapping) and isinstance(value, Mapping):
            result[name] = _merged(old, value)
        elif isinstance(old, list) and isinstance(value, list) and name != "needs":
            result[name] = value + [v for v in old if v not in value]
        else:
            result[name] = value
    return result


def _texts(value: Any, where: str) -> tuple[str, ...]:
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list) or not all(isinstance(t, str) for t in texts):
        refuse("read", f"columns, {where}", value, "give a text or a list of texts")
    return tuple(texts)


def _object(value: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        refuse("read", f"columns, {where}", value, "give an object")
    return value


def _pattern(value: Any, where: str) -> str:
    try:
        re.compile(str(value))
    except re.error as error:
        refuse("read", f"columns, {where}", value, f"this is no pattern: {error}")
    return str(value)


def _column(given: Any, where: str) -> Column:
    if isinstance(given, (str, list)):
        return Column(headings=_texts(given, where))
    given = _object(given, where)
    for member in given:
        if member not in COLUMN_MEMBERS:
            refuse("read", f"columns, {where}", member, f"a column has {', '.join(sorted(COLUMN_MEMBERS))}")
    if given.get("as", "text") not in AS:
        refuse("read", f"columns, {where}, as", given["as"], f"give one of {', '.join(AS)}")
    return Column(
        headings=_texts(given.get("headings", []), where),
        as_=given.get("as", "list" if "flags" in given else "text"),
        split=_pattern(given.get("split", ""), where),
        strip=_pattern(given.get("strip", ""), where),
        values={key_of(k): v for k, v in _object(given.get("values", {}), where).items()},
        flags=_texts(given.get("flags", []), where),
        prefix=str(given.get("prefix", "")),
        constant=given.get("constant"),
        or_=_column(given["or"], where) if "or" in given else None,
    )


def _table(name: str, given: Any) -> Table:
    given = _object(given, name)
    for member in given:
        if member not in TABLE_MEMBERS:
            refuse("read", f"columns, tables, {name}", member, f"a table has {', '.join(sorted(TABLE_MEMBERS))}")
    kinds: dict[str, str] = {}
    entities: dict[str, dict[str, Column]] = {}
    for role, parts in _object(given.get("entities", {}), name).items():
        columns = dict(_object(parts, f"{name}, {role}"))
        if "kind" not in columns or "id" not in columns:
            refuse("read", f"columns, tables, {name}", role, "an entity has a kind and an id")
        kinds[role] = str(columns.pop("kind"))
        entities[role] = {attribute: _column(c, f"{name}, {role}, {attribute}") for attribute, c in columns.items()}
    ties: list[Tie] = []
    for tie in given.get("ties", []):
        parts = dict(_object(tie, f"{name}, ties"))
        ends = [parts.pop(end, None) for end in ("from", "to")]
        for end in ends:
            if end not in entities:
                refuse("read", f"columns, tables, {name}, ties", end, f"a tie joins two of {', '.join(entities)}")
        kind, once = str(parts.pop("kind", "tie")), bool(parts.pop("once", False))
        attributes = {a: _column(c, f"{name}, ties, {a}") for a, c in parts.items()}
        ties.append(Tie(str(ends[0]), str(ends[1]), kind, once, attributes))
    row = given.get("row")
    if row not in entities:
        refuse("read", f"columns, tables, {name}, row", row, f"give one of {', '.join(entities)}")
    lists = {m: _texts(given.get(m, []), f"{name}, {m}") for m in ("needs", "asks_for", "says_elsewhere")}
    if not lists["needs"]:
        refuse("read", f"columns, tables, {name}", "needs", "name the headings by which the table is known")
    return Table(
        name,
        row=str(row),
        rows_apart=bool(given.get("rows_apart")),
        kinds=kinds,
        entities=entities,
        ties=tuple(ties),
        **lists,
    )


def _map_of(given: Mapping[str, Any]) -> RecordMap:
    version = given.get("version")
    return RecordMap(
        words=str(given.get("name", "given by the user")) + (f", version {version}" if version is not None else ""),
        nulls=frozenset(key_of(n) or n for n in _texts(given.get("nulls", []), "nulls")),
        day_first=bool(given.get("day_first", False)),
        tables=tuple(_table(name, table) for name, table in _object(given.get("tables", {}), "tables").items()),
    )


def plan_of(sheet: Sheet, maps: Sequence[RecordMap]) -> Plan | None:
    """How to read a sheet as records: by the table whose needs it meets and that knows most of its headings."""
    found: list[tuple[int, Plan]] = []
    keys = set(sheet.keys)
    for map in maps:
        for table in map.tables:
            exact = sum(key_of(need) in keys for need in table.needs)
            if 2 * exact < len(table.needs) or (exact < len(table.needs) and len(table.needs) < 3):
                continue
            plan = Plan(sheet, map, table)
            if all((need,) in plan.positions for need in table.needs):
                found.append((len(plan.positions), plan))
    return max(found, key=lambda pair: pair[0])[1] if found else None


class Plan:
    """One sheet, the table it is read by, and where each column stands."""

    def __init__(self, sheet: Sheet, map: RecordMap, table: Table) -> None:
        self.sheet = sheet
        self.map = map
        self.table = table
        self.positions: dict[tuple[str, ...], int] = {}
        self.guesses: list[tuple[str, str, float]] = []
        self._find_columns()
        self._draft = Draft()
        self._told: set[tuple[int, str]] = set()
        self._kinds_of_row: dict[str, str] = {}  # what a row's ids are, so that one is not two things

    def _find_columns(self) -> None:
        headings = self.sheet.names(Draft())  # a heading that stands again is "Region (2)"
        keys = [key_of(heading) for heading in headings]
        mentioned = self.table.mentioned()
        for names in mentioned:
            position = next((keys.index(key_of(n)) for n in names if key_of(n) in keys), None)
            if position is not None:
                self.positions[names] = position
        used = set(self.positions.values())
        for names in mentioned:
            if names in self.positions:
                continue
            likeness, position = max(
                (
                    (_likeness(heading, name), -i)
                    for i, heading in enumerate(headings)
                    for name in names
                    if heading and i not in used
                ),
                default=(0.0, 0),
            )
            if likeness >= ALIKE:
                self.positions[names] = -position
                self.guesses.append((headings[-position], names[0], likeness))

    def add_to(self, draft: Draft) -> None:
        """Add the rows' entities and ties; each row that cannot be taken, and each guess, becomes an issue."""
        self._draft = draft
        sheet, table = self.sheet, self.table
        sheet.refuse_overhang(draft)
        draft.note(f"{sheet.file}: read as {table.name.replace('_', ' ')} by the map {self.map.words}")
        for heading, name, likeness in self.guesses:
            draft.refuse(sheet.file, sheet.heading + 1, heading, heading,
                         f"the heading was taken for {name!r} (likeness {likeness:.2f})",
                         "give a record map that names it: columns=")  # fmt: skip
        names = sheet.names(draft)
        rest = self._rest(names)
        before = set(zip(draft.ties.get("kind", []), draft.ties["from"], draft.ties["to"], strict=False))
        kept = 0
        seen: dict[str, int] = {}
        for index, row in enumerate(sheet.body()):
            if all(is_blank(cell) for cell in row):
                continue
            number = sheet.first_body_row() + index
            self._kinds_of_row = {}
            found = {role: self._entities(role, row, number) for role in table.entities}
            if not found[table.row]:
                columns = table.entities[table.row]["id"].mentioned()
                wanted = " or ".join(headings[0] for headings in columns)
                draft.refuse(sheet.file, number, wanted, sheet.shown_row(row),
                             "the row does not say what it is about; it is left out", f"fill {wanted}")  # fmt: skip
                continue
            kept += 1
            if table.rows_apart:
                found[table.row] = [(self._apart(id, seen, number), a) for id, a in found[table.row]]
            self._ask(row, number)
            extra = {name: values[index] for name, values in rest.items()}
            for role, entities in found.items():
                for id, attributes in entities:
                    own = {**(extra if role == table.row else {}), **attributes, "kind": table.kinds[role]}
                    own = {name: value for name, value in own.items() if not _same(draft.said(id, name), value)}
                    draft.add_entity_from(id, own, row=number, file=sheet.file)
            for tie in table.ties:
                self._add_tie(tie, found, row, number, before)
        rows = sum(not all(is_blank(c) for c in row) for row in sheet.body())
        draft.note(f"{sheet.file}: rows in {rows}, kept {kept}, refused {rows - kept}")

    def _rest(self, names: list[str]) -> dict[str, list[Any]]:
        """Columns that the table does not mention, as attributes of the row's entity."""
        used = set(self.positions.values())
        body = self.sheet.body()
        taken = {"id", "kind", *self.table.entities[self.table.row]}
        rest: dict[str, list[Any]] = {}
        for index, name in enumerate(names):
            if index in used:
                continue
            cells = [None if self._is_null(row[index]) else row[index] for row in body]
            values = column_values(self.sheet, self._draft, name, cells)
            if values is not None:
                rest[f"{name} (column)" if name in taken else name] = values
        return rest

    def _is_null(self, cell: Cell) -> bool:
        text = text_of(cell)
        return text is None or (key_of(text) or text) in self.map.nulls

    def _cell(self, names: tuple[str, ...], row: Sequence[Cell]) -> Cell:
        position = self.positions.get(names)
        cell = None if position is None else row[position]
        return None if self._is_null(cell) else cell

    def _value(self, column: Column, row: Sequence[Cell], number: int) -> Any:
        """What a row says in a column: a value, a tuple of values, or None."""
        value = column.constant
        if column.flags:
            said = [(flag, (text_of(self._cell((flag,), row)) or "").lower()) for flag in column.flags]
            set_ = [flag for flag, cell in said if cell in _YES or cell == flag.lower()]
            value = tuple(re.sub(column.strip, "", flag) if column.strip else flag for flag in set_)
        elif column.headings:
            value = self._read(column, self._cell(column.headings, row), row, number)
        if value in (None, ()) and column.or_ is not None:
            return self._value(column.or_, row, number)
        return None if value == () else value

    def _read(self, column: Column, cell: Cell, row: Sequence[Cell], number: int) -> Any:
        if cell is None:
            return None
        if column.split or column.as_ == "list":
            parts = re.split(column.split or r"[;|]", text_of(cell) or "")
            values = [self._one(column, part, number) for part in parts if not self._is_null(part)]
            return tuple(v for v in values if v is not None) or None
        return self._one(column, cell, number)

    def _one(self, column: Column, cell: Cell, number: int) -> Any:
        if column.as_ in ("date", "first date", "last date"):
            return self._date(column, cell, number)
        text = text_of(cell) or ""
        if column.strip:
            text = re.sub(column.strip, "", text).strip()
        if column.values:
            return column.values.get(key_of(text))
        if column.as_ == "number":
            value = number_of(text.lstrip("£$€ "), self.sheet.decimal)
            if value is None:
                self._tell(number, column, cell, "this is no number; it is left out", "give a number")
            return None if value is None else float(value)
        if column.as_ == "boolean":
            return {"yes": True, "no": False, "true": True, "false": False, "1": True, "0": False}.get(text.lower())
        if column.as_ in ("doi", "orcid", "ror"):
            id = {"doi": doi_of, "orcid": orcid_of, "ror": ror_of}[column.as_](text)
            may_be_prose = column.split or (column.or_ is not None and not column.or_.headings)
            if id is None and not may_be_prose:
                reason = f"this is no {column.as_.upper()}; it is left out"
                self._tell(number, column, cell, reason, "mend it, or leave it empty")
            return None if id is None else column.prefix + id
        return (column.prefix + text).replace("|", "/") if column.as_ == "list" else (column.prefix + text) or None

    def _date(self, column: Column, cell: Cell, number: int) -> str | None:
        parts = [cell]
        if isinstance(cell, str) and re.fullmatch(r"\s*\d{4}(\s*[,;]\s*\d{4})+\s*", cell):
            parts = sorted(part.strip() for part in re.split("[,;]", cell))
        part = parts[-1] if column.as_ == "last date" else parts[0]
        day_first = _DAY_FIRST.fullmatch(part.strip()) if self.map.day_first and isinstance(part, str) else None
        date = iso_date(f"{day_first[1]}.{day_first[2]}.{day_first[3]}" if day_first else part)
        if date is None:
            self._tell(number, column, cell, "this is no date, or could be one of two; it is left out",
                       "write 2018, 2018-05 or 2018-05-03")  # fmt: skip
        return date

    def _tell(self, number: int, column: Column, cell: Cell, reason: str, remedy: str) -> None:
        names = column.headings
        position = self.positions.get(names)
        heading = self.sheet.headings[position] if position is not None else names[0]
        if (number, heading) in self._told:  # an entity and a tie may take the same cell
            return
        self._told.add((number, heading))
        self._draft.refuse(self.sheet.file, number, heading, cell, reason, remedy)

    def _entities(self, role: str, row: Sequence[Cell], number: int) -> list[tuple[str, dict[str, Any]]]:
        """The ids and attributes of a role's entities in a row; several where its id is split."""
        columns = self.table.entities[role]
        ids = self._value(columns["id"], row, number)
        if ids is None:
            return []
        attributes = {n: self._value(c, row, number) for n, c in columns.items() if n != "id"}
        attributes = {n: v for n, v in attributes.items() if v is not None}
        several = ids if isinstance(ids, tuple) else (ids,)
        return [(self._of_kind(str(id), self.table.kinds[role], number), attributes) for id in dict.fromkeys(several)]

    def _of_kind(self, id: str, kind: str, number: int) -> str:
        """The id, or where it is already something of another kind, one that tells the two apart."""
        known = self._kinds_of_row.setdefault(id, self._draft.said(id, "kind") or kind)
        if known == kind:
            return id
        apart = f"{id} ({kind})"
        reason = f"this is already the id of something else ({known}); here it is called {apart!r}"
        self._draft.refuse(self.sheet.file, number, "", id, reason, "give each its own id")
        return apart

    def _apart(self, id: str, seen: dict[str, int], number: int) -> str:
        """The id, or where an earlier row has it, one that tells the two apart."""
        seen[id] = seen.get(id, 0) + 1
        if seen[id] == 1:
            return id
        apart = f"{id} ({seen[id]})"
        reason = f"an earlier row has this name; this one is called {apart!r}"
        self._draft.refuse(self.sheet.file, number, "", id, reason, "give rows that are the same an id of their own")
        return apart

    def _ask(self, row: Sequence[Cell], number: int) -> None:
        for heading in self.table.asks_for:
            if self._cell((heading,), row) is None:
                reason = "the format asks for this and it is missing; the row is kept without it"
                self._draft.refuse(self.sheet.file, number, heading, "", reason, "fill the cell")

    def _add_tie(
        self,
        tie: Tie,
        found: Mapping[str, list[tuple[str, dict[str, Any]]]],
        row: Sequence[Cell],
        number: int,
        before: set[tuple[Any, ...]],
    ) -> None:
        attributes = {n: self._value(c, row, number) for n, c in tie.attributes.items()}
        for from_, _ in found[tie.from_]:
            for to, _ in found[tie.to]:
                known = (tie.kind, from_, to)
                if from_ == to or (tie.once and known in before):
                    continue
                before.add(known)
                own = {n: v for n, v in attributes.items() if v is not None}
                self._draft.add_tie(from_, to, kind=tie.kind, source=self.sheet.file, **own)


def _likeness(heading: str, name: str) -> float:
    """How alike two headings are; where they name a part after a colon, that part has to be alike as well."""
    parts = [text.rpartition(":")[2] for text in (heading, name)]
    return min(alikeness(heading, name), alikeness(*parts)) if ":" in heading + name else alikeness(heading, name)


def _same(old: Any, new: Any) -> bool:
    """Whether two values differ in case, spaces and punctuation at most; the first stays then, without an issue."""
    return isinstance(old, str) and isinstance(new, str) and old != new and key_of(old) == key_of(new) != ""
