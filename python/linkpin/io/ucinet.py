"""UCINET's DL language: matrices, edge lists and node lists, with labels listed or embedded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from .assembly import Assembly
from .detect import Format
from .draft import Draft
from .matrices import ACTOR, AFFILIATION
from .plaintext import encoding_of, first_lines
from .refusal import refuse
from .ucinetheader import SIZES, TOKEN, Header, split

__all__ = ["FORMATS"]

_OLD = re.compile(r"\s*\d+\s*,\s*\d+\s*,\s*\d+\s*,\s*[A-Z]{1,2}\s*,\s*[A-Z]{1,2}\s*")
_MISSING = frozenset({".", "na", "nan", "-", "?"})
_MATRICES = ("fullmatrix", "lowerhalf", "upperhalf")
_LISTS = ("edgelist1", "edgelist2", "nodelist1", "nodelist1b", "nodelist2")
_SHORT = {"edgelist": "edgelist1", "nodelist": "nodelist1"}

_Line = tuple[int, str]


class _Reader:
    """Reads a DL file into an assembly."""

    def __init__(self, assembly: Assembly, directed: bool | None) -> None:
        self.assembly = assembly
        self.draft = assembly.draft
        self.directed = directed
        self.header = Header()
        self.data: list[_Line] = []
        self.rows: list[str] = []
        self.columns: list[str] = []
        self.spelling: dict[tuple[str, str], str] = {}

    def read(self, source: Path | bytes, codec: str) -> None:
        """Read header and data, then add actors and ties."""
        self.header, self.data = split(source, codec)
        header = self.header
        header.format = _SHORT.get(header.format, header.format)
        if header.format not in _MATRICES + _LISTS:
            known = ", ".join(_MATRICES + _LISTS)
            refuse("read", "format", header.format, f"linkpin reads DL as {known}; export it as one of these")
        if header.format.endswith("2"):
            header.two_mode = True
        if header.title:
            self.draft.about["title"] = header.title
        if header.format in _LISTS:
            self._lists()
        else:
            self._matrices()

    # -- actors ------------------------------------------------------------------------------------------------------

    def _set_actors(self, rows: Sequence[str], columns: Sequence[str]) -> None:
        """Give every row and column an id: its label where the labels are told apart, else its number."""
        header = self.header
        if header.two_mode:
            self.rows = self._ids(rows, header.rows, "row", ACTOR)
            self.columns = self._ids(columns, header.columns, "column", AFFILIATION)
        else:
            if rows and columns and [r.casefold() for r in rows] != [c.casefold() for c in columns]:
                self.draft.refuse(
                    "",
                    0,
                    "labels",
                    ", ".join(f"{r}/{c}" for r, c in zip(rows, columns, strict=True) if r.casefold() != c.casefold()),
                    "row and column labels of a square matrix differ; those of the rows are taken",
                    "give nr and nc instead of n where rows and columns are different actors",
                )
            self.rows = self.columns = self._ids(rows or columns, header.rows, "", None)

    def _ids(self, labels: Sequence[str], count: int, what: str, kind: str | None) -> list[str]:
        """Add the actors of one mode. Labels that occur twice, or in the other mode, become labels of numbered ids."""
        attributes: dict[str, Any] = {} if kind is None else {"kind": kind}
        names = list(labels) or [f"{what} {i + 1}".strip() for i in range(count)]
        seen: set[str] = set()
        ids = []
        for i, name in enumerate(names):
            id = name
            if name in seen or self.assembly.has_node(name):
                id = f"{name} ({what or 'actor'} {i + 1})"
                self.draft.refuse(
                    "",
                    0,
                    "labels",
                    name,
                    f"the label occurs twice; the second is called {id!r}",
                    "tell the labels apart",
                )
            seen.add(name)
            self.assembly.node(id, {**attributes, "label": name} if id != name else attributes)
            self.spelling.setdefault((what, name.casefold()), id)
            ids.append(id)
        return ids

    # -- matrices ----------------------------------------------------------------------------------------------------

    def _matrices(self) -> None:
        header = self.header
        tokens = list(self._tokens())
        per_level = self._count()
        labels = header.columns * header.embedded_columns + header.rows * header.embedded_rows
        if len(tokens) != (per_level + labels) * header.levels:
            refuse(
                "read",
                "data, cells",
                len(tokens),
                f"{header.levels} matrices of {per_level} cells"
                f"{f' and {labels} labels' if labels else ''} are needed; check n, nm and labels embedded",
                f"row {tokens[-1][0]}" if tokens else "",
            )
        rows, columns, cells = self._cells(tokens)
        self._set_actors(rows or header.row_labels, columns or header.column_labels)
        for level in range(header.levels):
            self._matrix(level, cells[level * per_level : (level + 1) * per_level])

    def _tokens(self) -> Iterator[tuple[int, str]]:
        for row, line in self.data:
            for a, b, c in TOKEN.findall(line):
                yield row, a or b or c

    def _cells(self, tokens: list[tuple[int, str]]) -> tuple[list[str], list[str], list[tuple[int, str]]]:
        """Set embedded labels apart from cells; they are repeated in every matrix."""
        header = self.header
        if not header.embedded_rows and not header.embedded_columns:
            return [], [], tokens
        rows: list[str] = []
        columns: list[str] = []
        cells: list[tuple[int, str]] = []
        at = 0
        for _ in range(header.levels):
            if header.embedded_columns:
                columns = [text for _, text in tokens[at : at + header.columns]]
                at += header.columns
            rows = []
            for r in range(header.rows):
                if header.embedded_rows:
                    rows.append(tokens[at][1])
                    at += 1
                width = self._width(r)
                cells += tokens[at : at + width]
                at += width
        return rows, columns, cells

    def _width(self, r: int) -> int:
        """How many cells the row with index r has."""
        header = self.header
        if header.format == "lowerhalf":
            return r + header.diagonal
        if header.format == "upperhalf":
            return header.columns - r - (not header.diagonal)
        return header.columns - (not header.diagonal)

    def _count(self) -> int:
        """How many cells one matrix has."""
        header = self.header
        on_diagonal = min(header.rows, header.columns)
        if header.format == "fullmatrix":
            return header.rows * header.columns - (0 if header.diagonal else on_diagonal)
        return header.rows * (header.rows - 1) // 2 + (on_diagonal if header.diagonal else 0)

    def _places(self) -> Iterator[tuple[int, int]]:
        """Row and column of each cell of one matrix, in the file's order."""
        header = self.header
        for r in range(header.rows):
            first = r + (not header.diagonal) if header.format == "upperhalf" else 0
            last = r + header.diagonal if header.format == "lowerhalf" else header.columns
            for c in range(first, last):
                if c != r or header.diagonal:
                    yield r, c

    def _matrix(self, level: int, cells: list[tuple[int, str]]) -> None:
        header = self.header
        found: dict[tuple[int, int], float] = {}
        row_of: dict[tuple[int, int], int] = {}
        for place, (row, text) in zip(self._places(), cells, strict=True):
            weight = self._weight(row, text, self.columns[place[1]])
            if weight:
                found[place], row_of[place] = weight, row
        half = header.format != "fullmatrix"
        mirrored = any(r != c for r, c in found) and all(found.get((c, r)) == w for (r, c), w in found.items())
        undirected = not header.two_mode and (half or (mirrored if self.directed is None else not self.directed))
        name = self._level_name(level)
        if mirrored and not half and not header.two_mode and self.directed is None:
            self.draft.note(
                f"{self.draft.file}: {f'matrix {name}' if name else 'the matrix'} mirrors itself and is read as "
                "undirected; directed=True keeps both ways"
            )
        plain = all(weight == 1 for weight in found.values())
        for (r, c), weight in found.items():
            if undirected and r > c and (c, r) in found:
                continue
            claim: dict[str, Any] = {} if plain else {"weight": weight}
            if name:
                claim["kind"] = name
            self.assembly.edge(self.rows[r], self.columns[c], claim, directed=not undirected, row=row_of[r, c])

    def _level_name(self, level: int) -> str | None:
        labels = self.header.level_labels
        if labels:
            return labels[level]
        return f"matrix {level + 1}" if self.header.levels > 1 else None

    def _weight(self, row: int, text: str, column: str) -> float:
        try:
            weight = float(text)
        except ValueError:
            missing = text.lower() in _MISSING
            self.draft.refuse(
                "",
                row,
                column,
                text,
                f"this is {'a missing value' if missing else 'no number'}; the cell counts as no tie",
                "give 0 where there is no tie; what was not asked or not answered belongs in a survey's reports",
            )
            return 0.0
        return self.assembly.finite(weight, "weight", row) or 0.0

    # -- lists -------------------------------------------------------------------------------------------------------

    def _lists(self) -> None:
        header = self.header
        if header.levels > 1:
            refuse("read", "nm", header.levels, "lists of several relations are not read; export them as fullmatrix")
        embedded = header.embedded_rows or header.embedded_columns
        split_lines = [(row, [a or b or c for a, b, c in TOKEN.findall(line)]) for row, line in self.data]
        lines = [(row, parts) for row, parts in split_lines if parts]
        if embedded and not (header.row_labels and (header.column_labels or not header.two_mode)):
            rows, columns = self._embedded(lines)
            self._set_actors(header.row_labels or rows, header.column_labels or columns)
        else:
            self._set_actors(header.row_labels, header.column_labels)
        for index, (row, parts) in enumerate(lines):
            if header.format.startswith("edge"):
                self._edge_line(row, parts, embedded)
                continue
            # Form b has a line for each actor in turn, which begins with how many others follow.
            first = str(index + 1) if header.format == "nodelist1b" else parts[0]
            for other in parts[1:]:
                self._add(row, first, other, None, embedded)

    def _embedded(self, lines: Sequence[tuple[int, list[str]]]) -> tuple[list[str], list[str]]:
        """Labels in order of first mention; actors that no line names are called by their number."""
        header = self.header
        first: dict[str, str] = {}
        second: dict[str, str] = {}
        for _, parts in lines:
            others = parts[1:2] if header.format.startswith("edge") else parts[1:]
            for name in parts[:1]:
                first.setdefault(name.casefold(), name)
            for name in others:
                (second if header.two_mode else first).setdefault(name.casefold(), name)
        rows, columns = list(first.values()), list(second.values())
        second_count = header.columns if header.two_mode else 0
        for names, count, given in (
            (rows, header.rows, header.row_labels),
            (columns, second_count, header.column_labels),
        ):
            if len(names) > count and not given:
                refuse(
                    "read", "labels", len(names), f"the file says there are {count} actors; correct n, or the labels"
                )
            names += [f"actor {i + 1}" for i in range(len(names), count)]
        return rows, columns

    def _edge_line(self, row: int, parts: list[str], embedded: bool) -> None:
        if len(parts) < 2 or len(parts) > 3:
            self.draft.refuse(
                "",
                row,
                "data",
                " ".join(parts),
                "a line has two ends and perhaps a value; this one is left out",
                "put a label with spaces in quotes",
            )
            return
        weight: float | None = None
        if len(parts) == 3:
            try:
                weight = self.assembly.finite(float(parts[2]), "weight", row)
            except ValueError:
                self.draft.refuse(
                    "",
                    row,
                    "weight",
                    parts[2],
                    "this is no number; the tie is kept without a weight",
                    "give a finite number, or leave it out",
                )
        self._add(row, parts[0], parts[1], {"weight": weight} if len(parts) == 3 else None, embedded)

    def _add(self, row: int, first: str, second: str, claim: dict[str, Any] | None, embedded: bool) -> None:
        header = self.header
        source = self._actor(first, self.rows, "row" if header.two_mode else "", embedded)
        target = self._actor(second, self.columns, "column" if header.two_mode else "", embedded)
        if source is None or target is None:
            self.draft.refuse(
                "",
                row,
                "data",
                first if source is None else second,
                f"no actor has this label or number; the tie from {first} to {second} is left out",
                f"actors are numbered 1 to {len(self.rows if source is None else self.columns)}",
            )
            return
        directed = True if self.directed is None else self.directed
        self.assembly.edge(source, target, claim or {}, directed=directed, row=row)

    def _actor(self, text: str, ids: Sequence[str], what: str, embedded: bool) -> str | None:
        """An actor by label, in any case of letters, where labels are embedded; else by number."""
        by_label = self.spelling.get((what, text.casefold()))
        if embedded and by_label is not None:
            return by_label
        if text.isdecimal() and 1 <= int(text) <= len(ids):
            return ids[int(text) - 1]
        return by_label


def _probe(head: bytes, path: Path | None) -> bool:
    lines = [line for line in first_lines(head)[:20] if line.strip()]
    return bool(lines) and re.match(r"\s*dl\b(?!\s*,)", lines[0], re.IGNORECASE) is not None and _is_dl(head)


def _is_dl(head: bytes) -> bool:
    """After the two letters a DL file says how many actors there are."""
    return SIZES.search("\n".join(first_lines(head)[:50])) is not None


def _read(source: Path | bytes, *, directed: bool | None = None, encoding: str | None = None) -> Draft:
    """Read a DL file.

    Labels are entity ids, numbers where there are none. Each matrix is a kind of tie. A square matrix that mirrors
    itself has one undirected tie a pair, unless `directed` says otherwise; lists are directed. Rows and columns of an
    oblong matrix are entities of the kinds "actor" and "affiliation".
    """
    assembly = Assembly(source.name if isinstance(source, Path) else "")
    codec, words = (encoding, f"encoding: {encoding}, as asked") if encoding else encoding_of(source)
    _Reader(assembly, directed).read(source, codec)
    assembly.draft.note(words)
    return assembly.finish(default_weight=1.0)


def _probe_old(head: bytes, path: Path | None) -> bool:
    return b"\x1a" in head and any(_OLD.fullmatch(line) for line in first_lines(head)[:10])


def _read_old(source: Path | bytes) -> Draft:
    """UCINET 3's own text files have no published description."""
    refuse(
        "read",
        "path",
        source.name if isinstance(source, Path) else "bytes",
        "this is a text file of UCINET 3 or 4, which is not read; open it in UCINET and export it as DL "
        "(Data > Export > DL), or put the line `DL n=10` and `data:` before each matrix",
    )


FORMATS = [Format("UCINET DL", _probe, _read), Format("UCINET 3", _probe_old, _read_old)]
