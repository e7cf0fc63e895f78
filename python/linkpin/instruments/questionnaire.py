"""Questionnaires: what is asked, how it is scored and where the cut-offs come from is data in JSON."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from linkpin import _core
from linkpin.catalogue import described
from linkpin.result import Result
from linkpin.table import Table

__all__ = ["Instrument", "instrument", "instruments", "questionnaire"]

_FIELDS = {"id", "title", "version", "reference", "provenance", "low", "high", "minimum_valid", "bands", "scales"}
_SCALE_FIELDS = {
    "id",
    "title",
    "items",
    "prefix",
    "reverse",
    "scoring",
    "low",
    "high",
    "minimum_valid",
    "bands",
    "levels",
}


@dataclass(frozen=True)
class Instrument:
    """A questionnaire's scoring schema; ``schema`` is the JSON it was made from."""

    schema: Mapping[str, Any]

    @property
    def id(self) -> str:
        """Short name."""
        return str(self.schema["id"])

    @property
    def title(self) -> str:
        """Full name."""
        return str(self.schema["title"])

    @property
    def version(self) -> str:
        """Version of the questionnaire."""
        return str(self.schema.get("version", ""))

    @property
    def provenance(self) -> str:
        """Where items, scoring and bands come from."""
        return str(self.schema.get("provenance", ""))

    @property
    def reference(self) -> str:
        """What to cite."""
        reference = self.schema.get("reference", {})
        doi = reference.get("doi", "")
        return str(reference.get("text", "")) + (f" https://doi.org/{doi}" if doi else "")


def _schemas() -> Path:
    return Path(__file__).parent / "schemas"


def instruments() -> Table:
    """Return the questionnaires that linkpin comes with: id, title, version, scales, provenance, reference."""
    files = sorted((f for f in _schemas().iterdir() if f.name.endswith(".json")), key=lambda f: f.name)
    known = [Instrument(json.loads(f.read_text(encoding="utf-8"))) for f in files]
    return Table(
        {
            "id": [i.id for i in known],
            "title": [i.title for i in known],
            "version": [i.version for i in known],
            "scales": np.array([len(i.schema["scales"]) for i in known], dtype=np.int64),
            "provenance": [i.provenance for i in known],
            "reference": [i.reference for i in known],
        },
        title="instruments",
    )


def instrument(which: str | os.PathLike[str] | Mapping[str, Any]) -> Instrument:
    """Return a questionnaire by its id, from a JSON file of one's own, or from a mapping.

    Raises
    ------
    InputError
        For an id that is not known, a file that is not JSON, or a schema with unknown or missing fields.
    """
    if isinstance(which, Mapping):
        return _checked(which, "the mapping")
    name = os.fspath(which)
    shipped = _schemas() / f"{name}.json"
    if "/" not in name and "\\" not in name and shipped.is_file():
        return _checked(json.loads(shipped.read_text(encoding="utf-8")), name)
    path = Path(name)
    if not path.is_file():
        known = ", ".join(instruments()["id"])
        raise _core.InputError(f"instrument: which = {name!r}: no such file, and no instrument of this id: {known}")
    try:
        schema = json.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise _core.InputError(f"instrument: {name}: not JSON: {error}") from None
    return _checked(schema, name)


def _checked(schema: Any, where: str) -> Instrument:
    def refuse(what: str, remedy: str) -> None:
        raise _core.InputError(f"instrument: {where}: {what}: {remedy}")

    if not isinstance(schema, Mapping):
        refuse("the schema", "give an object with id, title and scales")
    for name in ("id", "title", "scales"):
        if name not in schema:
            refuse(f"field {name}", "it is needed")
    for name in set(schema) - _FIELDS:
        refuse(f"field {name}", f"unknown; there are {', '.join(sorted(_FIELDS))}")
    for scale in schema["scales"]:
        for name in set(scale) - _SCALE_FIELDS:
            refuse(f"scale {scale.get('id')}, field {name}", f"unknown; there are {', '.join(sorted(_SCALE_FIELDS))}")
        if "id" not in scale or ("items" in scale) == ("prefix" in scale):
            refuse(f"scale {scale.get('id')}", "it needs an id, and either items or the prefix of their names")
    return Instrument(schema)


def _scale(schema: Mapping[str, Any], scale: Mapping[str, Any], columns: Iterable[str]) -> tuple[Any, ...]:
    def of(name: str, default: Any) -> Any:
        return scale.get(name, schema.get(name, default))

    items = scale.get("items")
    if items is None:
        items = [c for c in columns if c.startswith(scale["prefix"])]
    reverse = set(scale.get("reverse", ()))
    levels = list(scale.get("levels", ()))
    scoring = of("scoring", "mean")
    high = float(len(levels)) if scoring == "ordinal" else float(of("high", 5))
    bands = [(float(b["from"]), str(b["name"])) for b in of("bands", ())] if scoring != "ordinal" else []
    return (
        scale["id"],
        scale.get("title", scale["id"]),
        [(item, item in reverse) for item in items],
        scoring,
        1.0 if scoring == "ordinal" else float(of("low", 1)),
        high,
        float(of("minimum_valid", 0.5)),
        bands,
        levels,
    )


def _answers(answers: Any) -> tuple[list[str], Mapping[str, Any]]:
    if isinstance(answers, Mapping):
        return [str(c) for c in answers], answers
    if isinstance(answers, Table):
        return answers.columns, {c: answers[c] for c in answers.columns}
    import narwhals.stable.v1 as nw

    frame = nw.from_native(answers, eager_only=True)
    return list(frame.columns), {c: frame[c].to_list() for c in frame.columns}


@described("questionnaire")
def questionnaire(
    answers: Any, which: Instrument | str | os.PathLike[str] | Mapping[str, Any], not_applicable: Iterable[Any] = ()
) -> Result:
    """
    Parameters
    ----------
    answers
        One row a respondent and one column an item: a data frame, a Table, or a mapping from item to answers. None
        and NaN are no answer; columns that are not items are named in the warnings.
    which
        An instrument, its id (see :func:`instruments`), a JSON file, or a mapping.
    not_applicable
        Answers that stand for "not applicable" (99, "N/A"); they are left out.

    The result's ``.table`` has scale, title, value, band, respondents, without_score; ``.levels`` the distribution of
    ordinal scales; ``.by_respondent`` each respondent's scores.
    """
    chosen = which if isinstance(which, Instrument) else instrument(which)
    columns, data = _answers(answers)
    left_out = set(not_applicable)
    scales = [_scale(chosen.schema, s, columns) for s in chosen.schema["scales"]]
    items = {item for s in scales for item, _ in s[2]}
    used = [c for c in columns if c in items]
    if not used:
        expected = ", ".join(sorted(items)[:6]) or ", ".join(s.get("prefix", "") for s in chosen.schema["scales"][:4])
        raise _core.InputError(
            f"questionnaire: answers: no column belongs to {chosen.title}: its items are called {expected}, ..."
        )
    matrix = np.column_stack([_numbers(c, data[c], left_out) for c in used])
    rows, provenance = _core.questionnaire(chosen.id, chosen.title, chosen.version, scales, used, matrix)
    unknown = [c for c in columns if c not in items]
    if unknown:
        provenance["warnings"].append(f"columns that are no items and are not scored: {', '.join(unknown)}")
    table = Table(
        {
            "scale": [r[0] for r in rows],
            "title": [r[1] for r in rows],
            "value": np.array([r[2] for r in rows]),
            "band": [r[3] or None for r in rows],
            "respondents": np.array([r[4] for r in rows], dtype=np.int64),
            "without_score": np.array([r[5] for r in rows], dtype=np.int64),
        },
        title=chosen.title,
    )
    levels = [(r[0], *level) for r in rows for level in r[7]]
    names = ("scale", "level", "count", "share", "at_or_above")
    return Result(
        provenance,
        table=table,
        by_respondent=Table({r[0]: r[6] for r in rows}),
        levels=Table({name: [level[i] for level in levels] for i, name in enumerate(names)}),
        instrument=chosen,
    )


def _numbers(item: str, values: Iterable[Any], left_out: set[Any]) -> Any:
    out: list[float] = []
    for row, value in enumerate(values):
        if value is None or value in left_out or (isinstance(value, str) and not value.strip()):
            out.append(np.nan)
            continue
        try:
            out.append(float(value))
        except (TypeError, ValueError):
            raise _core.InputError(
                f"questionnaire: answer to {item} = {value!r} (respondent {row}): answers are numbers; "
                "name codes for no answer in not_applicable"
            ) from None
    return np.array(out)
