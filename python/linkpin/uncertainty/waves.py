"""Waves of one survey: what changed among those who stayed, and what joining and leaving did."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from linkpin import _core
from linkpin.catalogue import described, refusing
from linkpin.ecosystem import Ecosystem
from linkpin.measures._arguments import Progress
from linkpin.result import Result
from linkpin.table import Table
from linkpin.uncertainty._scores import Statistic, answering, named
from linkpin.uncertainty.reconcile import ids_at

__all__ = ["compare_waves", "save_waves"]

_TIES = ("stayers", "joiners", "leavers", "kept", "gained", "lost", "unobserved", "stability")
_SCORES = [
    *("before", "after", "difference", "low", "high"),
    *("stayers_before", "stayers_after", "stayers_difference", "stayers_low", "stayers_high"),
    *("composition", "composition_low", "composition_high"),
]


def _listed(names: str | Sequence[str] | None) -> list[str]:
    return [] if names is None else [names] if isinstance(names, str) else [str(n) for n in names]


def _columns(texts: Sequence[str], numbers: Sequence[str], rows: list[tuple[Any, ...]], title: str) -> Table:
    found = list(zip(*rows, strict=True)) if rows else [()] * (len(texts) + len(numbers))
    columns: dict[str, Any] = {name: list(c) for name, c in zip(texts, found, strict=False)}
    for name, c in zip(numbers, found[len(texts) :], strict=True):
        columns[name] = np.array(c, dtype=np.float64)
    return Table(columns, title=title)


@described("compare_waves")
def compare_waves(
    eco: Ecosystem,
    waves: Sequence[str | int] | None = None,
    statistic: Statistic | Mapping[str, Statistic] | None = None,
    *,
    item: str | None = None,
    kinds: str | Sequence[str] | None = None,
    rule: str = "union",
    nonresponse: str = "available",
    trust_items: Sequence[str] | None = None,
    value_items: Sequence[str] | None = None,
    level: float = 0.95,
    progress: Progress = None,
) -> Result:
    """
    Parameters
    ----------
    eco
        An ecosystem whose reports or ties name their wave.
    waves
        Two or more, in order; by default all, in order of first appearance.
    statistic
        As in ``missing_sensitivity``; by default density, reciprocity, transitivity and degree centralisation.
    item, kinds, rule, nonresponse
        How each wave's network is derived, as in ``eco.network``.
    trust_items, value_items
        The questions that rate trust and value; by default those whose names begin so.
    level
        Of the intervals.

    The result's ``.table`` has, for each wave with the next and each score: before, after, difference with its
    interval, the same among those who stayed, and composition (what joining and leaving adds). ``.ties`` has what
    became of the stayers' ties, ``.members`` who was there when, ``.growth`` the lines over three waves and more.
    """
    asked = [str(w) for w in (eco.waves if waves is None else waves)]
    members: list[tuple[int, list[int]]] = []
    ties: list[tuple[Any, ...]] = []
    scores: list[tuple[Any, ...]] = []
    growth: list[tuple[Any, ...]] = []
    provenance: dict[str, Any] = {}
    for name, call in named(statistic).items():
        members, ties, found, curves, provenance = _core.compare_waves(
            eco._eco,
            asked,
            answering("compare_waves", name, call),
            item or "",
            _listed(kinds),
            rule,
            nonresponse,
            _listed(trust_items),
            _listed(value_items),
            level,
            progress,
        )
        new = {(*row[:2], row[2] or name): row for row in found}
        scores += [(*key, *row[3:]) for key, row in new.items() if key not in {s[:3] for s in scores}]
        told = {(g[0], g[1]) for g in growth}
        growth += [((g[0] or name), *g[1:]) for g in curves if ((g[0] or name), g[1]) not in told]
    ids = ids_at(eco, [m[0] for m in members])
    presence = {f"wave {w}": np.array([bool(m[1][i]) for m in members]) for i, w in enumerate(asked)}
    curves_of = [
        (g[0], None if g[1] < 0 else str(eco.entities["id"][g[1]]), *(float(x) for x in g[2:])) for g in growth
    ]
    return Result(
        provenance,
        table=_columns(("from", "to", "score"), _SCORES, sorted(scores, key=lambda s: asked.index(s[0])), "change"),
        ties=_columns(("from", "to"), _TIES, ties, "ties of those who stayed"),
        members=Table({"id": ids, "label": eco.labels(ids.tolist()), **presence}, title="who was there when"),
        growth=_columns(
            ("score", "id"), ("start", "slope", "low", "high", "spread", "waves"), curves_of, "change per wave"
        ),
        waves=asked,
    )


@refusing
def save_waves(
    eco: Ecosystem,
    folder: str | os.PathLike[str],
    waves: Sequence[str | int] | None = None,
    *,
    format: str = "rsiena",
    item: str | None = None,
    kinds: str | Sequence[str] | None = None,
    rule: str = "union",
    nonresponse: str = "available",
    fixed_kinds: str | Sequence[str] | None = None,
) -> list[Path]:
    """Write the waves as matrices that RSiena or statnet read; return the files.

    Parameters
    ----------
    eco
        An ecosystem whose reports or ties name their wave.
    folder
        Where the files go; it is made where it is not there.
    waves
        In order; by default all.
    format
        ``"rsiena"``: a matrix a wave (``wave-1.txt``, no heading, read with ``as.matrix(read.table(...))``) among all
        who were ever there, with 10 (a tie that cannot be: somebody was not there), 11 (a tie that must be) and NA;
        ``members.csv`` names the rows, ``composition.txt`` has for each the first and last wave
        (``sienaCompositionChangeFromFile``; who joined or left between waves did so midway): take the codes or this,
        not both. ``"statnet"``: a matrix a wave with names (``wave-1.csv``) among those who were there, with NA
        (``as.network(as.matrix(read.csv(..., row.names = 1, check.names = FALSE)))``).
    item, kinds, rule, nonresponse
        How each wave's network is derived, as in ``eco.network``.
    fixed_kinds
        For RSiena: kinds of claimed tie that hold by structure, whatever anybody says.

    Raises
    ------
    InputError
        For waves that are not there, and for another format.
    """
    if format not in ("rsiena", "statnet"):
        raise _core.InputError(f"save_waves: format = {format!r}: choose one of: rsiena, statnet")
    asked = [str(w) for w in (eco.waves if waves is None else waves)]
    unknown = [w for w in asked if w not in eco.waves]
    if unknown or len(asked) < 2:
        value = unknown[0] if unknown else ", ".join(asked) or "none"
        raise _core.InputError(
            f"save_waves: waves = {value}: name two or more; the ecosystem has: {', '.join(eco.waves) or 'none'}"
        )
    numbers, values, present = _core.wave_matrices(
        eco._eco, asked, item or "", _listed(kinds), rule, nonresponse, _listed(fixed_kinds)
    )
    ids = [str(i) for i in ids_at(eco, numbers)]
    n = len(ids)
    there = np.array([np.asarray(p, dtype=bool) for p in present])
    matrices = [np.asarray(v).reshape(n, n) for v in values]
    path = Path(folder)
    path.mkdir(parents=True, exist_ok=True)
    files = []
    for w, matrix in enumerate(matrices):
        cells = [["NA" if np.isnan(x) else f"{x:g}" for x in row] for row in matrix.tolist()]
        files.append(path / f"wave-{w + 1}.{'txt' if format == 'rsiena' else 'csv'}")
        if format == "rsiena":
            files[-1].write_text("".join(" ".join(row) + "\n" for row in cells), encoding="utf-8")
            continue
        keep = np.flatnonzero(there[w])
        plain = [["1" if cells[i][j] == "11" else cells[i][j] for j in keep] for i in keep]
        _write(files[-1], ["", *(ids[j] for j in keep)], [[ids[i], *row] for i, row in zip(keep, plain, strict=True)])
    rows = [[i, *(int(x) for x in there[:, k])] for k, i in enumerate(ids)]
    files.append(path / "members.csv")
    _write(files[-1], ["id", *(f"wave {w}" for w in asked)], rows)
    if format == "rsiena":
        files.append(path / "composition.txt")
        files[-1].write_text("".join(_intervals(there[:, k]) + "\n" for k in range(n)), encoding="utf-8")
    return files


def _write(path: Path, head: list[str], rows: list[list[Any]]) -> None:
    import csv

    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([head, *rows])


def _intervals(there: np.ndarray[Any, Any]) -> str:
    """Return the spells of presence as RSiena counts time: "1 2.5" from the first wave to midway after the second."""
    spells, last = [], len(there)
    for w in range(last):
        if there[w] and (w == 0 or not there[w - 1]):
            spells.append("1" if w == 0 else f"{w + 0.5:g}")
        if there[w] and (w == last - 1 or not there[w + 1]):
            spells.append(f"{last}" if w == last - 1 else f"{w + 1.5:g}")
    return " ".join(spells)
