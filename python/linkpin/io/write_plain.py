"""Writers of Pajek networks (.net) and UCINET's DL."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, TextIO

from .outgoing import Outgoing, text_file
from .refusal import LimitError, refuse

__all__ = ["CELL_LIMIT", "write_pajek", "write_ucinet"]

CELL_LIMIT = 50_000_000  # cells of all matrices of a DL file together
_YEAR = re.compile(r"[12]\d{3}")


def write_pajek(out: Outgoing, path: Path) -> None:
    """Write a Pajek network: labels, one section a kind of tie, weights, tie labels, and periods of whole years."""
    modes = out.modes()
    order = list(range(len(out.ids))) if modes is None else [*modes[0], *modes[1]]
    number = {out.ids[at]: i + 1 for i, at in enumerate(order)}
    labels = _pajek_labels(out)
    if [out.ids[at] for at in order] != [str(i + 1) for i in range(len(order))]:
        out.lose("id", f"{len(order)} ids", "Pajek numbers its vertices; ids that are not labels are not in the file")
    out.lose_about(("title",))
    timed = {frame: _whole_years(columns) for frame, columns in (("entities", out.entities), ("ties", out.ties))}
    periods = ("start", "end")
    out.lose_columns(
        "entities", ("id", "label", *(periods if timed["entities"] else ()), *(("kind",) if modes is not None else ()))
    )
    out.lose_columns("ties", ("from", "to", "kind", "weight", "label", *(periods if timed["ties"] else ())))
    missing = sum(w is None for w in out.weights)
    if 0 < missing < len(out.weights):
        out.lose("weight", f"{missing} missing", "Pajek gives ties without a weight the weight 1")
    with text_file(path) as stream:
        if "title" in out.about:
            stream.write(f"*Network {' '.join(out.about['title'].split())}\n")
        size = str(len(order)) if modes is None else f"{len(order)} {len(modes[0])}"
        stream.write(f"*Vertices {size}\n")
        for i, at in enumerate(order):
            stream.write(f'{i + 1} "{labels[at]}"{_years(out.entities, at) if timed["entities"] else ""}\n')
        _pajek_ties(stream, out, number, timed["ties"])


def _pajek_ties(stream: TextIO, out: Outgoing, number: dict[str, int], timed: bool) -> None:
    groups = out.kind_groups()
    relation = 0
    for kind, members in groups:
        heading = ""
        if kind is not None or len(groups) > 1:
            relation += 1
            heading = f" :{relation}" + (f' "{_one_line(kind)}"' if kind is not None else "")
        for section, directed in (("Arcs", True), ("Edges", False)):
            chosen = [i for i in members if out.directed[i] == directed]
            if not chosen:
                continue
            stream.write(f"*{section}{heading}\n")
            for i in chosen:
                weight = out.weights[i]
                line = f"{number[out.ties['from'][i]]} {number[out.ties['to'][i]]}"
                label = out.ties["label"][i] if "label" in out.ties else None
                if weight is not None or label is not None:
                    line += f" {1 if weight is None else _number(weight)}"
                if label is not None:
                    line += f' l "{_one_line(label)}"'
                stream.write(line + (_years(out.ties, i) if timed else "") + "\n")


def _pajek_labels(out: Outgoing) -> list[str]:
    labels = out.labels()
    clean = [_one_line(label) for label in labels]
    changed = sum(a != b for a, b in zip(labels, clean, strict=True))
    if changed:
        out.lose(
            "label", f"{changed} labels", "Pajek's labels have one line and no quotation marks; these are replaced"
        )
    return clean


def _one_line(text: object) -> str:
    return " ".join(str(text).replace('"', "'").split())


def _number(value: float) -> str:
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(float(value))


def _whole_years(columns: dict[str, list[Any]]) -> bool:
    """Whether all periods are of whole years, which Pajek can say."""
    values = [v for n in ("start", "end") for v in columns.get(n, ()) if v is not None]
    return bool(values) and all(_YEAR.fullmatch(str(v)) for v in values)


def _years(columns: dict[str, list[Any]], at: int) -> str:
    """A period in Pajek's brackets, whose last year is inside."""
    start = columns["start"][at] if "start" in columns else None
    end = columns["end"][at] if "end" in columns else None
    if start is None and end is None:
        return ""
    return f" [{start or '*'}-{'*' if end is None else int(end) - 1}]"


def write_ucinet(out: Outgoing, path: Path) -> None:
    """Write DL: one full matrix a kind of tie, its cells the sums of weights; oblong where there are two modes."""
    modes = out.modes()
    names = out.names()
    rows = list(range(len(names))) if modes is None else modes[0]
    columns = rows if modes is None else modes[1]
    groups = out.kind_groups()
    if len(rows) * len(columns) * len(groups) > CELL_LIMIT:
        refuse(
            "write",
            "matrix, cells",
            len(rows) * len(columns) * len(groups),
            f"more than {CELL_LIMIT}; write an edge list, Pajek or GraphML",
            error=LimitError,
        )
    out.lose_about()
    out.lose_columns("entities", ("id", "label", *(("kind",) if modes is not None else ())))
    out.lose_columns("ties", ("from", "to", "kind", "weight"))
    with text_file(path) as stream:
        size = f"n={len(rows)}" if modes is None else f"nr={len(rows)} nc={len(columns)}"
        several = len(groups) > 1 or any(kind is not None for kind, _ in groups)
        stream.write(f"dl {size}{f' nm={len(groups)}' if several else ''} format=fullmatrix\n")
        _dl_labels(stream, "labels" if modes is None else "row labels", [names[i] for i in rows], out)
        if modes is not None:
            _dl_labels(stream, "column labels", [names[i] for i in columns], out)
        if several:
            _dl_labels(stream, "matrix labels", [kind or "tie" for kind, _ in groups], out)
        stream.write("data:\n")
        place = {out.ids[at]: i for i, at in enumerate(rows)}
        across = {out.ids[at]: i for i, at in enumerate(columns)}
        for kind, members in groups:
            _dl_matrix(stream, out, kind, members, place, across)


def _dl_labels(stream: TextIO, what: str, labels: list[str], out: Outgoing) -> None:
    changed = [label for label in labels if '"' in label or "\n" in label or "\r" in label]
    if changed:
        out.lose(
            "label", ", ".join(changed), "UCINET's labels have one line and no quotation marks; these are replaced"
        )
    stream.write(f"{what}:\n" + "".join(f'"{_one_line(label)}"\n' for label in labels))


def _dl_matrix(
    stream: TextIO,
    out: Outgoing,
    kind: str | None,
    members: list[int],
    place: dict[str, int],
    across: dict[str, int],
) -> None:
    cells: dict[tuple[int, int], float] = {}
    merged = mirrored = 0
    for i in members:
        source, target, weight = out.ties["from"][i], out.ties["to"][i], out.weights[i]
        size = 1.0 if weight is None else float(weight)
        places = [(place[source], across[target])]
        if not out.directed[i] and source != target and target in place and source in across:
            places.append((place[target], across[source]))
        merged += places[0] in cells
        mirrored += out.directed[i]
        for at in places:
            cells[at] = cells.get(at, 0.0) + size
    name = kind or "tie"
    if merged:
        out.lose("weight", f"{merged} ties", f"a matrix has one cell a pair; parallel ties of {name} are added up")
    zeros = sum(value == 0 for value in cells.values())
    if zeros:
        out.lose("weight", f"{zeros} ties", f"a tie of {name} with the weight 0 is no tie in a matrix")
    looks_undirected = (
        mirrored and any(r != c for r, c in cells) and all(cells.get((c, r)) == w for (r, c), w in cells.items())
    )
    if looks_undirected and place is not across and place == across:
        out.lose("kind", name, "every tie is returned, so that readers take the matrix as undirected", "directed=True")
    by_row: dict[int, dict[int, float]] = {}
    for (r, c), value in cells.items():
        by_row.setdefault(r, {})[c] = value
    for r in range(len(place)):
        filled = by_row.get(r, {})
        stream.write(" ".join(_number(filled[c]) if c in filled else "0" for c in range(len(across))) + "\n")
