"""Column maps: versioned JSON that says which heading of a survey asks what, and what its answers mean.

A map is an object with these members, all but `linkpin_map` optional:

* `linkpin_map`: the version of this format, 1;
* `name`, `version`, `title`: of the map itself;
* `extends`: the name of a ready-made map, or a path beside this file, whose members this one adds to or restates;
* `respondent`, `partner`, `item`, `value`: lists of headings for those columns;
* `attributes`: by attribute of the respondent, a list of headings, or `{"headings": [...], "multiple": true}` where
  several columns (one an option) make one bar list;
* `items`: by item, `headings`, and any of `question`, `levels` (answer -> number), `minimum`, `maximum`, `states`
  (state -> codes) and `blank` (what an empty cell says);
* `states`: the codes of all items: `zero`, `not asked`, `did not respond`, `declined`;
* `blank`: what an empty cell says where the item does not: one of those four;
* `roster`: "closed" (whoever can be named was asked to answer), "open", or "auto".
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from . import mapfile
from .cells import Cell, is_blank, number_of, text_of
from .headings import ALIKE, alikeness
from .refusal import refuse
from .sheet import key_of

__all__ = ["ColumnMap", "Item", "Reading", "Scale", "load_map", "ready_made", "verbal_scales"]

FORMAT = 1
STATES = ("zero", "not asked", "did not respond", "declined")
MEMBERS = {
    "linkpin_map", "name", "version", "title", "extends", "respondent", "partner", "item", "value", "attributes",
    "items", "states", "blank", "roster",
}  # fmt: skip
ITEM_MEMBERS = {"headings", "question", "levels", "minimum", "maximum", "states", "blank"}


@dataclass(frozen=True)
class Reading:
    """What one cell says: a state, a value where it was answered, the words it was answered in, and any doubt.

    `problem` says why the cell cannot be read; `guess` what its words were taken for on likeness alone.
    """

    state: str = "answered"
    value: float | None = None
    words: str | None = None
    problem: str = ""
    guess: str = ""


@dataclass
class Scale:
    """How the answers to an item are written: words with their numbers, codes with their states, bounds."""

    levels: dict[str, float] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    minimum: float = -math.inf
    maximum: float = math.inf
    blank: str = "did not respond"

    def read(self, cell: Cell, decimal: str = ".") -> Reading:
        """What a cell says on this scale."""
        if is_blank(cell):
            return _in_state(self.blank)
        text = text_of(cell) or ""
        key = _answer_key(text)
        if key in self.codes:
            return _in_state(self.codes[key])
        levels = {_answer_key(word): value for word, value in self.levels.items()}
        if key in levels:
            return Reading(value=levels[key], words=text)
        number = number_of(cell, decimal)
        if number is None:
            head, _, rest = text.replace("=", " ").replace("-", " ").replace(":", " ").partition(" ")
            number = number_of(head.rstrip(".)"), decimal) if rest else None
        if number is not None:
            return self._bounded(float(number), text)
        best = max(self.levels, key=lambda word: alikeness(text, word), default=None)
        if best is not None and alikeness(text, best) >= ALIKE:
            return Reading(value=self.levels[best], words=text, guess=f"{best} ({alikeness(text, best):.2f})")
        told = ", ".join(self.levels) or "a number"
        return Reading(problem=f"this is no answer the item knows ({told})")

    def _bounded(self, number: float, text: str) -> Reading:
        if not math.isfinite(number):
            return Reading(problem="the answer is not a finite number")
        if not self.minimum <= number <= self.maximum:
            return Reading(problem=f"the answer lies outside {_plain(self.minimum)} to {_plain(self.maximum)}")
        return Reading(value=number, words=None if number_of(text) is not None else text)

    def knows(self, cell: Cell) -> bool:
        """Whether a cell is one of the scale's words or codes, letter for letter."""
        key = _answer_key(text_of(cell) or "")
        return key in self.codes or any(_answer_key(word) == key for word in self.levels)


def _answer_key(text: str) -> str:
    """An answer as it is compared; a number keeps its sign."""
    return ("-" if text.strip().startswith("-") else "") + (key_of(text) or text.strip())


def _plain(number: float) -> str:
    return f"{number:g}" if math.isfinite(number) else "any number"


def _in_state(state: str) -> Reading:
    return Reading(value=0.0) if state == "zero" else Reading(state=state)


@dataclass
class Item:
    """One question put about every partner."""

    name: str
    headings: list[str]
    scale: Scale
    question: str = ""


@dataclass
class ColumnMap:
    """A survey's map, ready to use; `words` says which map it is."""

    words: str
    respondent: list[str]
    partner: list[str]
    item: list[str]
    value: list[str]
    attributes: dict[str, list[str]]
    multiple: set[str]
    items: dict[str, Item]
    default: Scale
    roster: str

    def scale_of(self, item: str) -> Scale:
        """The scale of an item, the map's default for one that it does not name."""
        return self.items[item].scale if item in self.items else self.default


def load_map(columns: Any) -> ColumnMap:
    """A map from the path of a JSON file, the name of a ready-made one, or a mapping; None gives the ready-made base.

    Raises InputError naming the member that cannot be used; FileError where there is no such file.
    """
    if columns is None:
        return _map_of(_ready("base"))
    if isinstance(columns, Mapping):
        return _map_of(_extended(dict(columns), Path()))
    path = Path(columns)
    if not path.exists() and path.suffix == "" and path.name in ready_made():
        return _map_of(_ready(path.name))
    return _map_of(_extended(_load(path), path.parent))


@cache
def ready_made() -> tuple[str, ...]:
    """Names of the maps linkpin comes with."""
    found = (entry.name for entry in resources.files(__package__).joinpath("maps").iterdir())
    return tuple(sorted(name[:-5] for name in found if name.endswith(".json") and name != "verbal-scales.json"))


@cache
def verbal_scales() -> dict[str, dict[str, float]]:
    """Wordings that answers are often given in, by name: answer -> number."""
    text = resources.files(__package__).joinpath("maps/verbal-scales.json").read_text("utf-8")
    scales: dict[str, dict[str, float]] = json.loads(text)["scales"]
    return scales


def _ready(name: str) -> dict[str, Any]:
    text = resources.files(__package__).joinpath(f"maps/{name}.json").read_text("utf-8")
    return _extended(json.loads(text), Path())


def _load(path: Path) -> dict[str, Any]:
    return mapfile.load(path, "column", ready_made())


def _extended(given: dict[str, Any], folder: Path, depth: int = 0) -> dict[str, Any]:
    """The map with what it extends beneath it; every map stands on the base."""
    for member in given:
        if member not in MEMBERS:
            refuse("read", "columns, member", member, f"a column map has {', '.join(sorted(MEMBERS))}")
    if given.get("linkpin_map", FORMAT) != FORMAT:
        refuse("read", "linkpin_map", given["linkpin_map"], f"this linkpin reads column maps of version {FORMAT}")
    if depth > 8:
        refuse("read", "extends", given.get("extends"), "maps extend each other in a circle")
    parent = given.get("extends")
    if parent is None:
        if given.get("name") == "base":
            return given
        parent = "base"
    beside = folder / str(parent)
    below = _ready(parent) if parent in ready_made() else _extended(_load(beside), beside.parent, depth + 1)
    return _merged(below, given)


def _merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Objects member by member, lists of headings joined, anything else restated."""
    result = dict(below)
    for name, value in above.items():
        old = result.get(name)
        if isinstance(old, Mapping) and isinstance(value, Mapping):
            result[name] = _merged(old, value)
        elif isinstance(old, list) and isinstance(value, list):
            result[name] = value + [v for v in old if v not in value]
        else:
            result[name] = value
    return result


def _texts(value: Any, member: str) -> list[str]:
    if isinstance(value, str):
        return [value]
    if not isinstance(value, list) or not all(isinstance(v, (str, int, float)) for v in value):
        refuse("read", f"columns, {member}", value, "give a text or a list of texts")
    return [str(v) for v in value]


def _object(value: Any, member: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        refuse("read", f"columns, {member}", value, "give an object")
    return value


def _codes(states: Any, member: str) -> Iterator[tuple[str, str]]:
    for state, codes in _object(states, member).items():
        if state not in STATES:
            refuse("read", f"columns, {member}", state, f"a state is one of {', '.join(STATES)}")
        for code in _texts(codes, f"{member}, {state}"):
            yield _answer_key(code), state


def _state(value: Any, member: str) -> str:
    if value not in STATES:
        refuse("read", f"columns, {member}", value, f"give one of {', '.join(STATES)}")
    return str(value)


def _number(value: Any, member: str) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        refuse("read", f"columns, {member}", value, "give a number")
    return float(value)


def _item(name: str, given: Any, default: Scale) -> Item:
    if isinstance(given, (str, list)):
        given = {"headings": given}
    given = _object(given, f"items, {name}")
    for member in given:
        if member not in ITEM_MEMBERS:
            refuse("read", f"columns, items, {name}", member, f"an item has {', '.join(sorted(ITEM_MEMBERS))}")
    scale = Scale(
        levels={str(k): _number(v, f"items, {name}, levels") for k, v in given.get("levels", {}).items()},
        codes={**default.codes, **dict(_codes(given.get("states", {}), f"items, {name}, states"))},
        minimum=_number(given.get("minimum", -math.inf), f"items, {name}, minimum"),
        maximum=_number(given.get("maximum", math.inf), f"items, {name}, maximum"),
        blank=_state(given.get("blank", default.blank), f"items, {name}, blank"),
    )
    headings = [*_texts(given.get("headings", []), f"items, {name}, headings"), name.replace("_", " ")]
    if given.get("question"):
        headings.append(str(given["question"]))
    return Item(name, headings, scale, str(given.get("question", "")))


def _map_of(given: Mapping[str, Any]) -> ColumnMap:
    default = Scale(
        codes=dict(_codes(given.get("states", {}), "states")),
        blank=_state(given.get("blank", "did not respond"), "blank"),
    )
    roster = given.get("roster", "auto")
    if roster not in ("closed", "open", "auto"):
        refuse("read", "columns, roster", roster, 'give "closed", "open" or "auto"')
    attributes: dict[str, list[str]] = {}
    multiple: set[str] = set()
    for name, value in _object(given.get("attributes", {}), "attributes").items():
        if isinstance(value, Mapping):
            if value.get("multiple"):
                multiple.add(name)
            value = value.get("headings", [])
        attributes[name] = [*_texts(value, f"attributes, {name}"), name.replace("_", " ")]
    items = {n: _item(n, v, default) for n, v in _object(given.get("items", {}), "items").items()}
    version = given.get("version")
    return ColumnMap(
        words=str(given.get("name", "given by the user")) + (f", version {version}" if version is not None else ""),
        respondent=_texts(given.get("respondent", []), "respondent"),
        partner=_texts(given.get("partner", []), "partner"),
        item=_texts(given.get("item", []), "item"),
        value=_texts(given.get("value", []), "value"),
        attributes=attributes,
        multiple=multiple,
        items=items,
        default=default,
        roster=roster,
    )
