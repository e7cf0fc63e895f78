"""An ecosystem on its way into another tool's file: plain columns, directions, and an account of what does not fit."""

from __future__ import annotations

import math
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from linkpin import _core

from .draft import Draft, Issue
from .headings import KIND_KEYS, WEIGHT_KEYS
from .matrices import ACTOR, AFFILIATION
from .refusal import FileError, refuse, shown
from .sheet import key_of

if TYPE_CHECKING:
    from ..ecosystem import Ecosystem

__all__ = ["Outgoing", "cell_text", "outgoing", "text_file", "type_of"]

_KINDLESS = ("tie", "arc", "edge")  # what readers call ties that have no kind


@dataclass
class Outgoing:
    """Columns of entities and ties, None where missing; `directed` has a value a tie. Weights carry their sign again.

    `lost` is what the file cannot hold, told by `lose`.
    """

    file: str
    entities: dict[str, list[Any]]
    ties: dict[str, list[Any]]
    directed: list[bool]
    about: dict[str, str]
    lost: list[Issue] = field(default_factory=list)

    @property
    def ids(self) -> list[str]:
        """The entities' ids."""
        return self.entities["id"]

    @property
    def kinds(self) -> list[str | None]:
        """The kind of each tie, None where it has none beyond being one."""
        return self.ties.get("kind") or [None] * len(self.directed)

    @property
    def weights(self) -> list[float | None]:
        """The weight of each tie."""
        return self.ties.get("weight") or [None] * len(self.directed)

    def lose(self, column: str, value: object, reason: str, remedy: str = "save a data package beside it") -> None:
        """Record what the file cannot hold."""
        self.lost.append(Issue(self.file, 0, column, shown(value), reason, remedy))

    def lose_columns(self, frame: str, held: Iterable[str]) -> None:
        """Record the columns of "entities" or "ties" that are not among those the format holds."""
        columns = self.entities if frame == "entities" else self.ties
        for name in [n for n in columns if n not in set(held)]:
            self.lose(
                name,
                f"{sum(v is not None for v in columns[name])} values",
                f"the format has no place for this of {frame}",
            )

    def lose_lookalikes(self) -> None:
        """Record columns of ties that table readers take for the kind or weight where there is no such column."""
        for name in self.ties:
            for keys, meaning in ((KIND_KEYS, "kind"), (WEIGHT_KEYS, "weight")):
                if meaning not in self.ties and key_of(name) in keys:
                    self.lose(name, "ties", f"readers of the format take a column of this name as the {meaning}")

    def lose_about(self, held: Sequence[str] = ()) -> None:
        """Record what the format cannot say of the whole."""
        for name in self.about:
            if name not in held:
                self.lose(name, self.about[name], "the format has no place for this of the whole")

    def labels(self) -> list[str]:
        """What to call each entity: its label, or its id."""
        labels = self.entities.get("label") or [None] * len(self.ids)
        return [label or id for label, id in zip(labels, self.ids, strict=True)]

    def names(self) -> list[str]:
        """One text that stands for each entity in formats without ids: labels where they tell entities apart."""
        labels = self.labels()
        if len({label.casefold() for label in labels}) < len(labels):
            if labels != self.ids:
                self.lose(
                    "label", f"{len(labels)} labels", "labels occur twice and the format has no ids; ids are written"
                )
            return list(self.ids)
        if labels != self.ids:
            self.lose("id", f"{len(labels)} ids", "the format has one name for each; labels are written")
        return labels

    def modes(self) -> tuple[list[int], list[int]] | None:
        """Positions of actors and of what they belong to, where every tie runs from the first to the second."""
        kinds = self.entities.get("kind")
        if kinds is None or set(kinds) != {ACTOR, AFFILIATION}:
            return None
        actors = {id for id, kind in zip(self.ids, kinds, strict=True) if kind == ACTOR}
        if not all(f in actors and t not in actors for f, t in zip(self.ties["from"], self.ties["to"], strict=True)):
            return None
        return [i for i, k in enumerate(kinds) if k == ACTOR], [i for i, k in enumerate(kinds) if k == AFFILIATION]

    def kind_groups(self) -> list[tuple[str | None, list[int]]]:
        """Ties by kind, as positions; one without a name of its own ("tie", "arc" and "edge") has None."""
        groups: dict[str | None, list[int]] = {}
        for i, kind in enumerate(self.kinds):
            groups.setdefault(None if kind in _KINDLESS else kind, []).append(i)
        return list(groups.items())


def outgoing(eco: Ecosystem | Draft, file: str) -> Outgoing:
    """The plain columns of an ecosystem; reports and facts about kinds, which no other format holds, are lost here.

    Where there are reports and no ties, as in a survey, the reports are written as the ties that they tell of.
    """
    if isinstance(eco, Draft):
        eco = eco.ecosystem()
    entities = {name: _values(eco.entities[name].tolist()) for name in eco.entities.columns}
    surveyed = len(eco.reports) > 0 and len(eco.ties) == 0
    ties, told = _told(eco) if surveyed else ({n: _values(eco.ties[n].tolist()) for n in eco.ties.columns}, [])
    known = {name: (flow, symmetric) for name, flow, symmetric, _ in _core.usual_tie_kinds()}
    known.update((k["name"], (k["flow"], k["symmetric"])) for k in eco.kinds)
    kinds = ties.get("kind") or [None] * len(ties["from"])
    directed = told if surveyed else [not known.get(kind, ("forward", False))[1] for kind in kinds]
    about = {name: text for name, text in eco.about.items() if name != "read"}
    out = Outgoing(file, _filled(entities, ("id",)), _filled(ties, ("from", "to")), directed, about)
    if surveyed:
        what = "answers are written as ties, one kind a question, where either side told of one; who said what is not"
        out.lose("reports", f"{len(eco.reports)} reports", what)
    elif len(eco.reports):
        out.lose("reports", f"{len(eco.reports)} reports", "what respondents said is not in the file")
    backward = [k["name"] for k in eco.kinds if k["flow"] == "backward"]
    if backward:
        out.lose("flow", ", ".join(backward), "that knowledge runs against these kinds of tie is not in the file")
    _join_signs(out)
    return out


def _told(eco: Ecosystem) -> tuple[dict[str, list[Any]], list[bool]]:
    """Columns of the ties that reports tell of, of each question and wave, and whether each has a direction."""
    ties: dict[str, list[Any]] = {"from": [], "to": [], "kind": [], "weight": []}
    if eco.waves:
        ties["wave"] = []
    directed: list[bool] = []
    items: list[str | None] = [*eco.items] or [None]
    waves: list[str | None] = [*eco.waves] or [None]
    for item in items:
        for wave in waves:
            net = eco.network(item=item, wave=wave)
            ties["from"] += net.ties["source"].tolist()
            ties["to"] += net.ties["target"].tolist()
            ties["kind"] += [item] * net.m
            ties["weight"] += net.weights.tolist() if net.weighted else [None] * net.m
            if eco.waves:
                ties["wave"] += [wave] * net.m
            directed += [net.directed] * net.m
    return ties, directed


def _values(values: list[Any]) -> list[Any]:
    """Values with None where missing; an empty text counts as missing, as it does in every other tool."""
    return [None if v == "" or v == () or (isinstance(v, float) and math.isnan(v)) else v for v in values]


def _filled(columns: dict[str, list[Any]], always: Sequence[str]) -> dict[str, list[Any]]:
    return {n: values for n, values in columns.items() if n in always or any(v is not None for v in values)}


def _join_signs(out: Outgoing) -> None:
    """Other tools write a negative tie as a negative weight."""
    signs = out.ties.get("sign")
    weights = out.ties.get("weight")
    if signs is None or weights is None or -1 not in signs:
        return
    out.ties["weight"] = [None if w is None else -w if s == -1 else w for w, s in zip(weights, signs, strict=True)]
    del out.ties["sign"]


def type_of(values: Sequence[Any]) -> str:
    """The one type of a column: "boolean", "integer", "number", "list" or "text"."""
    types = {type(v) for v in values if v is not None}
    if types == {bool}:
        return "boolean"
    if types == {int}:
        return "integer"
    if types and types <= {int, float}:
        return "number"
    return "list" if types == {tuple} else "text"


def cell_text(value: Any) -> str:
    """A value as text: "" where missing, members of a list set apart by bars, numbers to their last digit."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "|".join(map(str, value)) if isinstance(value, tuple) else str(value)


@contextmanager
def text_file(path: Path) -> Iterator[TextIO]:
    """A text file that appears whole, in UTF-8, or not at all. Raises FileError where it cannot be written."""
    temporary = ""
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            yield stream
        mode = 0o666 & ~_umask()
        Path(temporary).chmod(mode)
        Path(temporary).replace(path)
    except OSError as error:
        _remove(temporary)
        remedy = f"{error.strerror or 'it cannot be written'}; choose a folder you may write to"
        if not path.parent.is_dir():
            remedy = f"there is no folder {path.parent}; make it first"
        refuse("write", "path", path, remedy, error=FileError)
    except BaseException:
        _remove(temporary)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _remove(path: str) -> None:
    if path:
        Path(path).unlink(missing_ok=True)
