"""A Pajek file cut at its stars and sorted: networks, partitions, vectors and the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from .draft import Draft
from .plaintext import lines_of
from .refusal import refuse

__all__ = ["Block", "Net", "Project", "Values", "first_number", "project_of"]

_LINES = frozenset({"arcs", "edges", "arcslist", "edgeslist", "matrix"})
_VALUES = frozenset({"partition", "vector"})


@dataclass
class Block:
    """What stands between one line with a star and the next."""

    word: str
    rest: str
    row: int
    lines: list[tuple[int, str]] = field(default_factory=list)


@dataclass
class Net:
    """The blocks of one network."""

    name: str
    row: int
    vertices: Block | None = None
    ties: list[Block] = field(default_factory=list)


@dataclass
class Values:
    """A partition or vector: one number a vertex."""

    name: str
    row: int
    whole: bool
    numbers: list[tuple[int, str]]
    announced: int | None


@dataclass
class Project:
    """All that a file holds."""

    nets: list[Net] = field(default_factory=list)
    values: list[Values] = field(default_factory=list)
    others: list[Block] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    before: list[tuple[int, str]] = field(default_factory=list)


def _blocks(source: Path | bytes, codec: str, project: Project) -> Iterator[Block]:
    """The file cut at its stars; remarks and what stands before the first star go to the project."""
    block: Block | None = None
    for row, line in lines_of(source, codec):
        bare = line.strip()
        if not bare:
            continue
        if bare.startswith("%"):
            project.remarks.append(bare.lstrip("% "))
        elif bare.startswith("*"):
            if block is not None:
                yield block
            word, _, rest = bare[1:].lstrip().replace("\t", " ").partition(" ")
            name, colon, tail = word.partition(":")
            block = Block(name.lower(), f"{colon}{tail} {rest}".strip(), row)
        elif block is None:
            project.before.append((row, bare))
        else:
            block.lines.append((row, bare))
    if block is not None:
        yield block


def project_of(source: Path | bytes, codec: str, draft: Draft) -> Project:
    """Sort the blocks of a file into networks, partitions, vectors and the rest."""
    project = Project()
    net: Net | None = None
    pending: tuple[str, bool, int] | None = None
    for block in _blocks(source, codec, project):
        if block.word == "network":
            net, pending = Net(block.rest, block.row), None
            project.nets.append(net)
        elif block.word in _VALUES:
            pending = (block.rest, block.word == "partition", block.row)
            if block.lines:  # values may follow without *Vertices
                project.values.append(Values(*_named(pending), block.lines, None))
                pending = None
        elif block.word == "vertices" and pending is not None:
            project.values.append(Values(*_named(pending), block.lines, first_number(block.rest)))
            pending = None
        elif block.word == "vertices":
            if net is None or net.vertices is not None:
                net = Net("", block.row)
                project.nets.append(net)
            net.vertices = block
        elif block.word in _LINES and net is not None and net.vertices is not None:
            net.ties.append(block)
        elif block.word in _LINES:
            refuse(
                "read", f"*{block.word}", "before *Vertices", "put the *Vertices section before it", f"row {block.row}"
            )
        else:
            project.others.append(block)
    for row, text in project.before:
        draft.refuse(
            "", row, "", text, "this stands before the first section and is taken as a remark", "begin it with %"
        )
    project.remarks += [text for _, text in project.before]
    return project


def _named(pending: tuple[str, bool, int]) -> tuple[str, int, bool]:
    name, whole, row = pending
    return name, row, whole


def first_number(text: str) -> int | None:
    """The whole number that a text begins with, if it does."""
    match = re.match(r"\s*(\d+)", text)
    return int(match[1]) if match else None
