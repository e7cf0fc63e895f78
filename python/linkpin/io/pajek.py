"""Pajek networks (.net, .mat) and projects (.paj) with their partitions and vectors."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .assembly import Assembly
from .detect import Format
from .draft import Draft
from .matrices import ACTOR, AFFILIATION
from .pajekparts import Block, Net, Project, Values, first_number, project_of
from .plaintext import encoding_of, first_lines
from .refusal import LimitError, refuse

__all__ = ["FORMATS"]

_SHAPES = frozenset({"ellipse", "box", "diamond", "triangle", "cross", "empty", "house", "man", "woman", "circle"})
_DRAWN_VERTEX = frozenset(
    {"x_fact", "y_fact", "phi", "r", "q", "ic", "bc", "bw", "lc", "la", "lr", "lphi", "fos", "font"}
)
_DRAWING = _DRAWN_VERTEX | {"w", "c", "p", "s", "a", "h1", "h2", "a1", "k1", "a2", "k2", "ap", "lp", "s_size"}
_TOKEN = re.compile(r'"[^"]*"|\[[^\]]*\]|\S+')
_RELATION = re.compile(r'\s*(?::\s*(\d+))?\s*(?:"([^"]*)"|(\S.*?))?\s*$')
_TAGGED = re.compile(r"\s*(\d+)\s*:(.*)")
_TIMES = re.compile(r"\[\s*([^\]]*?)\s*\]")
_SPAN = re.compile(r"([12]\d{3}|\*)(?:\s*-\s*([12]\d{3}|\*))?")
UNLISTED_LIMIT = 1_000_000  # vertices that a file may count without listing them


class _Reader:
    """Makes a draft of one network of a project."""

    def __init__(self, assembly: Assembly, net: Net) -> None:
        self.assembly = assembly
        self.draft = assembly.draft
        self.net = net
        assert net.vertices is not None
        self.size, self.first = self._sizes(net.vertices)
        self.columns: dict[int, dict[str, Any]] = {}
        self.row_of: dict[int, int] = {}
        self.relations: dict[int, str] = {}
        self.drawn: list[int] = []

    def _sizes(self, block: Block) -> tuple[int, int | None]:
        numbers = re.fullmatch(r"\s*(\d+)(?:\s+(\d+))?\s*", block.rest)
        if numbers is None:
            refuse("read", "*Vertices", block.rest, "say how many there are: *Vertices 12", f"row {block.row}")
        size = int(numbers[1])
        first = int(numbers[2]) if numbers[2] else None
        if first is not None and first > size:
            refuse("read", "*Vertices", block.rest, "the first mode is larger than the whole", f"row {block.row}")
        if size - len(block.lines) > UNLISTED_LIMIT:
            refuse(
                "read",
                "*Vertices",
                size,
                f"the file lists {len(block.lines)} of them; list them all, or correct the number",
                f"row {block.row}",
                error=LimitError,
            )
        return size, first

    def vertices(self) -> None:
        """Read the vertices; partitions and vectors may add to `columns` before `finish`."""
        assert self.net.vertices is not None
        for row, line in self.net.vertices.lines:
            self._vertex(row, line)

    def finish(self) -> None:
        """Read the ties and hand everything over."""
        for block in self.net.ties:
            self._ties(block)
        for number in range(1, self.size + 1):
            attributes = self.columns.get(number, {})
            if self.first is not None:
                attributes["kind"] = ACTOR if number <= self.first else AFFILIATION
            self.assembly.node(str(number), attributes, self.row_of.get(number, 0))
        if self.drawn:
            self.draft.refuse(
                "",
                self.drawn[0],
                "drawing",
                f"{len(self.drawn)} lines",
                "coordinates, shapes and colours are not read",
                "keep the Pajek file for the drawing",
            )

    def _vertex(self, row: int, line: str) -> None:
        tokens = _TOKEN.findall(line)
        number = _whole(tokens[0])
        if number is None or not 1 <= number <= self.size:
            self.draft.refuse(
                "",
                row,
                "vertex",
                line,
                f"vertices are numbered 1 to {self.size}; this one is left out",
                "correct the number, or the count after *Vertices",
            )
            return
        if number in self.row_of:
            self.draft.refuse(
                "",
                row,
                "vertex",
                line,
                f"vertex {number} stands in row {self.row_of[number]} too; the first is kept",
                "give each vertex one line",
            )
            return
        attributes: dict[str, Any] = {}
        if len(tokens) > 1:
            attributes["label"] = _unquoted(tokens[1]) or None
            if tokens[1].startswith('"') and tokens[1].count('"') == 1:
                attributes["label"] = line.partition('"')[2].strip()
                tokens = tokens[:2]
                self.draft.refuse(
                    "",
                    row,
                    "label",
                    line,
                    "the quotation mark is never closed; the rest of the line is the label",
                    "close it",
                )
        rest = tokens[2:]
        coordinates = 0
        while coordinates < len(rest) and coordinates < 3 and _number(rest[coordinates]) is not None:
            coordinates += 1
        shape = coordinates < len(rest) and rest[coordinates].lower() in _SHAPES
        drawn = self._parameters(rest[coordinates + shape :], attributes, row)
        if coordinates or shape or drawn:
            self.drawn.append(row)
        self.columns[number] = attributes
        self.row_of[number] = row

    def _parameters(self, tokens: Sequence[str], attributes: dict[str, Any], row: int) -> bool:
        """Name and value pairs after a vertex or tie. Returns whether there were any for the drawing."""
        drawn = False
        at = 0
        while at < len(tokens):
            name = tokens[at]
            if _TIMES.fullmatch(name):
                self._times(name, attributes)
                at += 1
                continue
            value = tokens[at + 1] if at + 1 < len(tokens) else None
            at += 2
            if value is None:
                self.draft.refuse(
                    "",
                    row,
                    "",
                    name,
                    "a parameter without a value is left out",
                    'put a text with spaces in quotes: "…"',
                )
            elif name in _DRAWING:
                drawn = True
            else:
                number = None if value.startswith('"') else _number(value)
                attributes["label" if name == "l" else name] = _unquoted(value) if number is None else number
        return drawn

    def _times(self, text: str, attributes: dict[str, Any]) -> None:
        """Pajek counts time in whole numbers; those that are one span of years become a period."""
        inside = _TIMES.fullmatch(text)
        assert inside is not None
        span = _SPAN.fullmatch(inside[1].strip())
        if span is None:
            attributes["times"] = inside[1]
            return
        begin, end = span[1], span[2] or span[1]
        if begin != "*":
            attributes["start"] = begin
        if end != "*":
            attributes["end"] = str(int(end) + 1)  # Pajek's last year is inside, linkpin's end is not

    def _ties(self, block: Block) -> None:
        relation = self._relation(block)
        directed = block.word in ("arcs", "arcslist", "matrix")
        if block.word == "matrix":
            self._matrix(block, relation)
            return
        each = self._list_line if block.word.endswith("list") else self._tie_line
        for row, line in block.lines:
            kind = relation
            if ":" in line and (tagged := _TAGGED.match(line)):
                kind, line = self.relations.setdefault(int(tagged[1]), f"relation {tagged[1]}"), tagged[2]
            each(row, line, kind, directed)

    def _relation(self, block: Block) -> str | None:
        """The kind that a section's heading names: *Arcs :2 "trust"."""
        match = _RELATION.match(block.rest)
        number, name = (match[1], match[2] or match[3]) if match else (None, None)
        if number is None:
            return name
        known = self.relations.get(int(number))
        kind = name or known or f"relation {number}"
        self.relations[int(number)] = kind
        return kind

    def _tie_line(self, row: int, line: str, kind: str | None, directed: bool) -> None:
        parts = line.split()
        if len(parts) > 3 or '"' in line:
            parts = _TOKEN.findall(line)
        ends = self._ends(row, line, parts[:2])
        if ends is None:
            return
        claim: dict[str, Any] = {} if kind is None else {"kind": kind}
        rest = 2
        if len(parts) > 2 and not parts[2].startswith("["):
            rest = 3
            weight = _number(parts[2])
            if weight is None:
                self.draft.refuse(
                    "",
                    row,
                    "weight",
                    parts[2],
                    "this is no number; the tie is kept without a weight",
                    "give a finite number, or leave it out",
                )
            claim["weight"] = None if weight is None else self.assembly.finite(float(weight), "weight", row)
        if len(parts) > rest and self._parameters(parts[rest:], claim, row):
            self.drawn.append(row)
        self.assembly.edge(*ends, claim, directed=directed, row=row)

    def _list_line(self, row: int, line: str, kind: str | None, directed: bool) -> None:
        parts = line.split()
        claim: dict[str, Any] = {} if kind is None else {"kind": kind}
        for other in parts[1:]:
            ends = self._ends(row, line, [parts[0], other])
            if ends is not None:
                self.assembly.edge(*ends, claim, directed=directed, row=row)

    def _ends(self, row: int, line: str, parts: Sequence[str]) -> tuple[str, str] | None:
        try:
            source, target = map(int, parts)
            if 1 <= source <= self.size and 1 <= target <= self.size:
                return str(source), str(target)
        except ValueError:
            pass
        self._refuse_ends(row, line, parts)
        return None

    def _refuse_ends(self, row: int, line: str, parts: Sequence[str]) -> None:
        numbers = [_whole(part) for part in parts]
        wrong = [p for p, n in zip(parts, numbers, strict=True) if n is None or not 1 <= n <= self.size]
        self.draft.refuse(
            "",
            row,
            "tie",
            line,
            f"there is no vertex {wrong[0]} (they are numbered 1 to {self.size}); the tie is left out"
            if wrong
            else "a tie has two ends; the line is left out",
            "correct the number",
        )

    def _matrix(self, block: Block, kind: str | None) -> None:
        height = self.size if self.first is None else self.first
        width, offset = (self.size, 0) if self.first is None else (self.size - self.first, self.first)
        cells = [(row, cell) for row, line in block.lines for cell in line.split()]
        if len(cells) != height * width:
            refuse(
                "read",
                "*Matrix, cells",
                len(cells),
                f"{height} rows of {width} are needed, {height * width} cells",
                f"row {block.row}",
            )
        weights: list[float | None] = []
        for at, (row, cell) in enumerate(cells):
            weight = _number(cell)
            if weight is None:
                self.draft.refuse(
                    "",
                    row,
                    f"column {at % width + 1}",
                    cell,
                    "this is no number; the cell counts as no tie",
                    "give a finite number, 0 for no tie",
                )
                weight = 0
            weights.append(self.assembly.finite(float(weight), "weight", row))
        plain = all(weight in (0, 1) for weight in weights)
        for at, weight in enumerate(weights):
            if weight == 0:
                continue
            claim: dict[str, Any] = {} if plain else {"weight": weight}
            if kind is not None:
                claim["kind"] = kind
            ends = str(at // width + 1), str(at % width + 1 + offset)
            self.assembly.edge(*ends, claim, directed=True, row=cells[at][0])


def _whole(text: str) -> int | None:
    try:
        return int(text)
    except ValueError:
        return None


def _number(text: str) -> int | float | None:
    try:
        return int(text)
    except ValueError:
        try:
            return float(text)
        except ValueError:
            return None


def _unquoted(text: str) -> str:
    return text.strip('"').strip()


def _column_name(name: str) -> str:
    """What a partition is called, without the folder and ending that Pajek puts there."""
    plain = re.split(r"[\\/]", name.strip())[-1]
    return re.sub(r"\.(clu|vec)$", "", plain, flags=re.IGNORECASE).strip() or "partition"


class _Columns:
    """Adds partitions and vectors to a network's vertices."""

    def __init__(self, reader: _Reader) -> None:
        self.reader = reader
        self.draft = reader.draft
        self.first = reader.first

    def add(self, values: Values) -> None:
        numbers, legend = self._numbers(values)
        if values.whole and values.name.lower().startswith("affiliation partition"):
            self._modes(numbers)
            return
        reach = len(numbers)
        if reach != self.reader.size and reach != self.first:
            self.draft.refuse(
                "",
                values.row,
                values.name,
                f"{reach} values",
                f"the network has {self.reader.size} vertices; this is not read",
                "give the network that it belongs to with network=",
            )
            return
        name = _column_name(values.name)
        taken = {"id", "label", "kind", *(n for a in self.reader.columns.values() for n in a)}
        if name in taken:
            name = f"{name} ({'partition' if values.whole else 'vector'})"
        if reach != self.reader.size:
            self.draft.refuse(
                "",
                values.row,
                values.name,
                f"{reach} values",
                "these are taken to be of the first mode's vertices",
                "check one or two of them",
            )
        for at, (row, text) in enumerate(numbers):
            value = self._number(values, row, text)
            if value is not None:
                self.reader.columns.setdefault(at + 1, {})[name] = value
        if legend:
            self.draft.about[f"legend of {name}"] = "; ".join(legend)

    def _numbers(self, values: Values) -> tuple[list[tuple[int, str]], list[str]]:
        """The values, and lines after them, where people note what the classes mean."""
        end = values.announced if values.announced is not None else len(values.numbers)
        return values.numbers[:end], [text for _, text in values.numbers[end:]]

    def _number(self, values: Values, row: int, text: str) -> int | float | None:
        number = _number(text.split()[-1])
        if number is None:
            self.draft.refuse(
                "", row, values.name, text, "this is no number; the value is left out", "give one number a vertex"
            )
            return None
        if isinstance(number, float):
            return self.reader.assembly.finite(number, values.name, row)
        return number if values.whole else float(number)

    def _modes(self, numbers: list[tuple[int, str]]) -> None:
        """Pajek's own partition of a two-mode network: 1 for actors, 2 for what they belong to."""
        classes = [_number(text) for _, text in numbers]
        if len(classes) != self.reader.size or not set(classes) <= {1, 2}:
            return
        count = classes.count(1)
        if classes[:count] == [1] * count:
            self.first = self.reader.first = count


def _choose(project: Project, wanted: str | int | None, draft: Draft) -> Net:
    """The network asked for, or the first; the others become an issue."""
    nets = project.nets
    if not nets:
        refuse("read", "*Vertices", "missing", "the file has no network; Pajek networks have a *Vertices section")
    names = [net.name or f"network {i + 1}" for i, net in enumerate(nets)]
    if wanted is None:
        chosen = 0
    elif str(wanted).isdecimal() and 1 <= int(wanted) <= len(nets) and wanted not in names:
        chosen = int(wanted) - 1
    elif wanted in names:
        chosen = names.index(str(wanted))
    else:
        refuse("read", "network", wanted, f"the networks in the file are: {', '.join(names)}")
    for i, net in enumerate(nets):
        if i != chosen:
            draft.refuse(
                "",
                net.row,
                "*Network",
                names[i],
                f"the file holds {len(nets)} networks; {names[chosen]} is read, this one not",
                f"read it with network={i + 1}",
            )
    if nets[chosen].name:
        draft.about["title"] = nets[chosen].name
    if nets[chosen].vertices is None:
        refuse("read", "*Network", names[chosen], "it has no *Vertices section", f"row {nets[chosen].row}")
    return nets[chosen]


def _refuse_values_alone(net: Net, name: str) -> None:
    """A .clu or .vec file looks like a network without ties; its numbers are not those of vertices."""
    block = net.vertices
    if block is None or net.ties or not block.lines:
        return
    lines = [text for _, text in block.lines[: first_number(block.rest)]]
    alone = all(len(text.split()) == 1 for text in lines)
    counted = lines == [str(i + 1) for i in range(len(lines))]
    if alone and not counted:
        refuse(
            "read",
            "path",
            name,
            "this is a Pajek partition or vector, which says something about a network's vertices: "
            'read("x.net", partitions=["x.clu"], vectors=["x.vec"])',
        )


def _beside(paths: Sequence[str | Path] | str | Path, whole: bool, draft: Draft) -> list[Values]:
    """Partitions or vectors in files of their own."""
    found = []
    for path in [paths] if isinstance(paths, (str, Path)) else paths:
        path = Path(path)
        project = project_of(path, encoding_of(path)[0], draft)
        for values in project.values:
            values.name, values.whole = path.stem, whole
            found.append(values)
        for net in project.nets:
            if net.vertices is not None:
                announced = first_number(net.vertices.rest)
                found.append(Values(path.stem, net.row, whole, net.vertices.lines, announced))
    return found


def _probe(head: bytes, path: Path | None) -> bool:
    words = []
    for line in first_lines(head):
        bare = line.strip().lower()
        if bare.startswith("*"):
            words.append(re.split(r"[\s:]", bare[1:].lstrip(), maxsplit=1)[0])
    return bool(words) and words[0] in {"network", "vertices", "partition", "vector"}


def _read(
    source: Path | bytes,
    *,
    network: str | int | None = None,
    partitions: Sequence[str | Path] | str | Path = (),
    vectors: Sequence[str | Path] | str | Path = (),
    encoding: str | None = None,
) -> Draft:
    """Read a Pajek network or project.

    Vertex numbers are entity ids. `network` chooses among several, by number or name; `partitions` and `vectors` are
    files whose numbers become attributes, as those of a project do. Vertices of a two-mode network have the kinds
    "actor" and "affiliation". A year in brackets is a period.
    """
    assembly = Assembly(source.name if isinstance(source, Path) else "")
    draft = assembly.draft
    codec, words = (encoding, f"encoding: {encoding}, as asked") if encoding else encoding_of(source)
    project = project_of(source, codec, draft)
    if not project.nets and project.values:
        _refuse_values_alone(Net("", 0, Block("vertices", "", 0, project.values[0].numbers)), draft.file or "bytes")
    net = _choose(project, network, draft)
    _refuse_values_alone(net, draft.file or "bytes")
    reader = _Reader(assembly, net)
    reader.vertices()
    columns = _Columns(reader)
    values = [*project.values, *_beside(partitions, True, draft), *_beside(vectors, False, draft)]
    for each in sorted(values, key=lambda v: not v.name.lower().startswith("affiliation partition")):
        columns.add(each)
    reader.finish()
    for block in project.others:
        if block.word != "end":
            draft.refuse(
                "",
                block.row,
                f"*{block.word}",
                block.rest or f"{len(block.lines)} lines",
                "this section is not read",
                "save what it says as a partition or vector",
            )
    if project.remarks:
        draft.about["description"] = "\n".join(filter(None, project.remarks))
    draft.note(words)
    return assembly.finish(default_weight=1.0)


FORMATS = [Format("Pajek", _probe, _read)]
