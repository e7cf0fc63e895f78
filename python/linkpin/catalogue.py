"""The catalogue of scores: the one copy of what each means, from which docstrings, report and docs are made."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from numbers import Integral, Real
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    from linkpin.table import Table

__all__ = ["Entry", "described", "entries", "entry", "measures"]

Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Entry:
    """What the catalogue says of one score."""

    name: str
    title: str
    sentence: str
    formula: str
    reference: dict[str, str]
    orientation: str
    shape: str
    unit: str
    range: str
    degenerate: dict[str, str]
    throws: str
    cost: str
    normalisation: tuple[dict[str, str], ...] = ()
    conventions: str = ""
    experimental: bool = False
    room: str = ""
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def doi(self) -> str:
        """The DOI of the source, or an empty text."""
        return self.reference.get("doi", "")

    @property
    def cited(self) -> str:
        """The source as it is spelled, with its DOI at the end where that does not stand in it."""
        text = self.reference.get("text", "")
        if not self.doi or self.doi in text:
            return text
        return f"{text} https://doi.org/{self.doi}".lstrip()


def _load(room: str, record: dict[str, Any]) -> Entry:
    known = {f for f in Entry.__dataclass_fields__ if f not in ("room", "extra")}
    fields = {k: v for k, v in record.items() if k in known}
    fields["normalisation"] = tuple(record.get("normalisation", ()))
    return Entry(**fields, room=room, extra={k: v for k, v in record.items() if k not in known})


@functools.cache
def entries() -> dict[str, Entry]:
    """Return every entry of the catalogue by name, in the order of rooms and files."""
    found: dict[str, Entry] = {}
    root = Path(__file__).parent / "catalogue"
    for room in sorted(root.iterdir(), key=lambda p: p.name):
        if not room.is_dir():
            continue
        for file in sorted(room.iterdir(), key=lambda p: p.name):
            if not file.name.endswith(".json"):
                continue
            for record in json.loads(file.read_text(encoding="utf-8")):
                found[record["name"]] = _load(room.name, record)
    return found


def entry(name: str) -> Entry:
    """Return the entry of one score; a KeyError names it where there is none."""
    return entries()[name]


_CASES = {
    "empty": "Empty network",
    "isolated": "Isolated vertices",
    "loops": "Loops",
    "parallel": "Parallel ties",
    "missing": "Missing answers",
    "disconnected": "Disconnected network",
}


def docstring(e: Entry, own: str) -> str:
    """Return a docstring: the plain sentence, the function's own parameters, then what the catalogue knows."""
    cases = [f"{title}: {e.degenerate[key]}" for key, title in _CASES.items() if e.degenerate.get(key)]
    notes = [
        f"Formula: {e.formula}",
        f"Orientation: {e.orientation}",
        "\n".join(f"Normalisation {choice['name']}: {choice['meaning']}" for choice in e.normalisation),
        f"Conventions: {e.conventions}" if e.conventions else "",
        f"Measured coverage: {e.extra['coverage']}" if "coverage" in e.extra else "",
        "\n".join([*cases, f"Cost: {e.cost}"]),
        "Experimental: the reasoning stands above; there is no published measure to cite yet."
        if e.experimental
        else "",
    ]
    parts = {
        "Returns": f"Result: {e.shape}; unit: {e.unit}; range: {e.range}.",
        "Raises": e.throws or "Nothing of its own.",
        "Notes": "\n\n".join(note for note in notes if note),
        "References": e.cited,
    }
    titled = [f"{title}\n{'-' * len(title)}\n{text}" for title, text in parts.items() if text]
    return "\n\n".join(block for block in (e.sentence, own.strip("\n"), *titled) if block.strip())


# What parameters of these names mean wherever a function says nothing else of them.
_USUAL = {
    "net": "The network.",
    "weights": (
        'None (each tie counts 1), ``"weight"`` or another tie column, or one value a tie in the order of ``net.ties``.'
    ),
    "lengths": (
        'None (each tie is 1 long), ``"inverse"`` of the weight, a tie column, or one length a tie; all above 0.'
    ),
    "groups": "A vertex column, a mapping from name, or one label a vertex; None and NaN are missing.",
    "mode": '"out" along the ties, "in" against them, "all" either way.',
    "flow": '``"forward"`` where knowledge runs along the ties, ``"backward"`` where they are citations.',
    "directed": "True follows the network; False reads every tie as going both ways.",
    "threads": "0 for as many as the process may use; the numbers are the same on any.",
    "progress": "Called with the share done.",
}
_HEAD = "Parameters\n----------\n"


def _with_parameters(own: str, names: Iterable[str]) -> str:
    """Return a function's own documentation with its parameters in their order, the usual ones filled in."""
    before, _, rest = own.partition(_HEAD)
    listed, _, after = rest.partition("\n\n")
    told: dict[str, str] = {}  # by the first of the names that stand together
    heading = ""
    for line in listed.splitlines():
        if not line.startswith(" "):
            heading = line.lstrip("*").split(",")[0]
        told[heading] = f"{told[heading]}\n{line}" if heading in told else line
    together = {name for text in told.values() for name in text.split("\n")[0].split(", ")[1:]}
    parts = [
        told.get(name) or f"{name}\n    {_USUAL[name]}"
        for name in names
        if name in told or (name in _USUAL and name not in together)
    ]
    own_parameters = _HEAD + "\n".join(parts) if parts else ""
    return "\n\n".join(text for text in (before.strip(), own_parameters, after.strip()) if text)


def described(name: str) -> Callable[[Function], Function]:
    """Give a measure the docstring that its catalogue entry and what it says of its own parameters make up."""

    def decorate(function: Function) -> Function:
        import inspect

        own = inspect.cleandoc(function.__doc__ or "")
        function.__doc__ = docstring(entry(name), _with_parameters(own, inspect.signature(function).parameters))
        return refusing(function)

    return decorate


def refusing(function: Function) -> Function:
    """Let a measure that was given a thing of the wrong kind name it, as it names wrong values."""
    from linkpin._core import InputError

    @functools.wraps(function)
    def called(*args: Any, **options: Any) -> Any:
        try:
            return function(*args, **options)
        except InputError:
            raise
        except (AttributeError, TypeError, ValueError) as error:
            misfit = _misfit(function, args, options)
            if misfit is None and "could not convert string to float" in str(error):
                misfit = f"{error}: give numbers"
            if misfit is None:
                raise
            raise InputError(f"{function.__qualname__}: {misfit}") from error

    return cast(Function, called)


_KINDS: dict[str, tuple[type | str, str]] = {
    "Network": ("Network", "give a network; eco.network() or knowledge_network(eco) derives one"),
    "Ecosystem": ("Ecosystem", "give the ecosystem itself, as read or made from columns"),
    "int": (Integral, "give a whole number"),
    "float": (Real, "give a number"),
    "str": (str, "give a text"),
}


def _misfit(function: Callable[..., Any], args: Any, options: Any) -> str | None:
    """Say which argument is not of the kind or size that is asked for; None where all are, or nobody can tell."""
    import inspect

    signature = inspect.signature(function)
    try:
        given = signature.bind(*args, **options).arguments
    except TypeError:
        return None  # too many, or of unknown names: Python's own words are best
    beyond = None
    for name, value in given.items():
        asked = [kind.strip() for kind in str(signature.parameters[name].annotation).split("|")]
        kinds = [_KINDS[kind] for kind in asked if kind in _KINDS]
        if len(kinds) + ("None" in asked) < len(asked) or (value is None and "None" in asked):
            continue
        shown = repr(value) if len(repr(value)) <= 60 else type(value).__name__
        if not any(type(value).__name__ == k if isinstance(k, str) else isinstance(value, k) for k, _ in kinds):
            return f"{name} = {shown}: {kinds[0][1]}"
        if asked[0] == "int" and value < 0:
            beyond = f"{name} = {shown}: give 0 or more"
        if asked[0] == "int" and value >= 2 ** (64 if name == "seed" else 31):
            beyond = f"{name} = {shown}: give a smaller number"
    return beyond


def measures() -> Table:
    """Return the whole catalogue as a table: one row a score, with its meaning, formula, source and conventions."""
    from linkpin.table import Table

    rows = list(entries().values())
    columns: dict[str, list[Any]] = {
        "name": [e.name for e in rows],
        "room": [e.room for e in rows],
        "title": [e.title for e in rows],
        "meaning": [e.sentence for e in rows],
        "formula": [e.formula for e in rows],
        "reference": [e.reference.get("text", "") for e in rows],
        "doi": [e.doi for e in rows],
        "orientation": [e.orientation for e in rows],
        "shape": [e.shape for e in rows],
        "unit": [e.unit for e in rows],
        "range": [e.range for e in rows],
        "normalisation": ["; ".join(f"{n['name']}: {n['meaning']}" for n in e.normalisation) for e in rows],
        "conventions": [e.conventions for e in rows],
        **{key: [e.degenerate.get(key, "") for e in rows] for key in _CASES},
        "throws": [e.throws for e in rows],
        "cost": [e.cost for e in rows],
        "experimental": [e.experimental for e in rows],
    }
    return Table(columns, title="measures")
