"""The next wave's questionnaire, prefilled from the last one."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from linkpin import _core
from linkpin.catalogue import refusing
from linkpin.ecosystem import Ecosystem
from linkpin.table import Table

__all__ = ["survey"]


@refusing
def survey(
    eco: Ecosystem,
    wave: str | int,
    path: str | os.PathLike[str] | None = None,
    *,
    last: str | int | None = None,
    items: str | Sequence[str] | None = None,
    boundary: Iterable[str] | None = None,
    respondents: Iterable[str] | None = None,
    design: str = "roster",
    cap: int | None = None,
) -> Table:
    """Return the next wave's questionnaire, and write it as a CSV file that ``linkpin.read`` takes back.

    A row asks one respondent about one partner and question; "last answer" reminds of what was said the last time, and
    "answer" is left to fill in. An answer left empty is read as "did not respond", "no" or 0 as no tie. With a file for
    each wave in one folder, ``linkpin.read`` of the folder has all waves, for ``compare_waves``.

    Parameters
    ----------
    eco
        The ecosystem with the last wave's reports; nothing in it is changed.
    wave
        What the new wave is called.
    path
        Where to write it; None writes nothing.
    last
        The wave to remind of; by default the latest there is.
    items
        The questions; by default all that the last wave asked.
    boundary
        Who can be named (ids); by default all who were there in the last wave.
    respondents
        Who is asked (ids); by default those asked the last time.
    design
        "roster" (everybody within the boundary is listed) or "free recall" (the partners named the last time, and empty
        lines for further names: ``cap`` of them, or ten).
    cap
        How many may be named at most; it is written beside each answer, so that results say that numbers of ties are
        cut there.

    Raises
    ------
    InputError
        Where there are no reports, for a wave that was already asked, and for ids, items or designs that are not there.
    """
    name, before = _wave(eco, wave, last)
    rows = [r for r in eco.reports.rows() if before is None or str(r.get("wave")) == before]
    if not rows:
        raise _core.InputError("survey: eco has no reports: a questionnaire is prefilled from the last wave's")
    asked = _items(rows, items)
    known = set(eco.entities["id"].tolist())
    there = list(dict.fromkeys(v for r in rows for v in (r["respondent"], r["from"], r["to"]) if v is not None))
    within = _within("boundary", boundary, there, known)
    who = _within("respondents", respondents, list(dict.fromkeys(r["respondent"] for r in rows)), known)
    if design not in ("roster", "free recall"):
        raise _core.InputError(f"survey: design = {design!r}: choose one of: roster, free recall")
    if cap is not None and cap < 1:
        raise _core.InputError(f"survey: cap = {cap}: one name or more, or None for as many as there are")
    said = {
        (r["respondent"], r["to"], r.get("item")): r["value"]
        for r in rows
        if r["from"] == r["respondent"] and r["to"] is not None and not _missing(r.get("value"))
    }
    lines: list[tuple[str, str | None, str | None, float | None]] = []
    for respondent in who:
        for item in asked:
            named = [p for p in within if p != respondent]
            if design == "free recall":
                named = [p for p in named if (said.get((respondent, p, item)) or 0) > 0]
            lines += [(respondent, p, item, said.get((respondent, p, item))) for p in named]
            if design == "free recall":
                lines += [(respondent, None, item, None)] * (cap or 10)
    limit = cap if cap is not None else 10 if design == "free recall" else None
    table = _table(eco, lines, name, limit)
    if path is not None:
        _write(Path(path), table)
    return table


def _wave(eco: Ecosystem, wave: str | int, last: str | int | None) -> tuple[str, str | None]:
    name, waves = str(wave), eco.waves
    if name in waves:
        raise _core.InputError(f"survey: wave = {name!r}: already asked; nothing is overwritten, so name the next one")
    before = (waves[-1] if waves else None) if last is None else str(last)
    if last is not None and before not in waves:
        raise _core.InputError(f"survey: last = {before!r}: the ecosystem has {', '.join(waves) or 'no waves'}")
    return name, before


def _items(rows: list[dict[str, Any]], items: str | Sequence[str] | None) -> list[str | None]:
    known = list(dict.fromkeys(r.get("item") for r in rows))
    if items is None:
        return known
    asked: list[str | None] = [items] if isinstance(items, str) else list(items)
    unknown = [i for i in asked if i not in known]
    if unknown:
        raise _core.InputError(f"survey: items = {unknown[0]!r}: the last wave asked {', '.join(map(str, known))}")
    return asked


def _within(what: str, given: Iterable[str] | None, usual: list[str], known: set[str]) -> list[str]:
    if given is None:
        return usual
    chosen = [str(v) for v in given]
    unknown = [v for v in chosen if v not in known]
    if unknown:
        raise _core.InputError(f"survey: {what} = {unknown[0]!r}: no entity has this id; add it to the ecosystem first")
    return chosen


def _missing(value: Any) -> bool:
    return value is None or value != value


def _table(
    eco: Ecosystem, lines: list[tuple[str, str | None, str | None, float | None]], wave: str, cap: int | None
) -> Table:
    ids = eco.entities["id"].tolist()
    label = dict(zip(ids, eco.labels(ids), strict=True))
    columns: dict[str, Any] = {
        "respondent": [line[0] for line in lines],
        "respondent label": [label[line[0]] for line in lines],
        "partner": [line[1] for line in lines],
        "partner label": [None if line[1] is None else label[line[1]] for line in lines],
        "item": [line[2] for line in lines],
        "wave": [wave] * len(lines),
        "cap": np.array([np.nan if cap is None else float(cap)] * len(lines)),
        "last answer": np.array([np.nan if line[3] is None else float(line[3]) for line in lines]),
        "answer": [None] * len(lines),
    }
    if cap is None:
        del columns["cap"]
    return Table(columns, title=f"questionnaire of wave {wave}")


def _write(path: Path, table: Table) -> None:
    import csv

    with path.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.writer(file)
        writer.writerow(table.columns)
        for row in table.rows():
            writer.writerow([_cell(row[c]) for c in table.columns])


def _cell(value: Any) -> Any:
    if _missing(value):
        return ""
    return f"{value:g}" if isinstance(value, float) else value
