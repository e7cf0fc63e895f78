"""Which reader a source belongs to: every format is asked about the content, none about the file's ending.

A format module exposes `FORMATS`, a list of `Format(name, probe, read)`:

* `probe(head, path)` gets the first `HEAD` bytes of the content and the path (None for bytes in memory; a folder has
  an empty head) and says whether the format takes it. It must be cheap and raise nothing.
* `read(source, **options)` gets the path or the bytes and returns a `Draft`. It must refuse options that it does not
  know, as Python does of itself.

Objects in memory (frames, graphs) belong to `linkpin.io.objects`, which exposes `takes(source) -> bool` and
`read(source, **options) -> Draft`.

Formats are asked in the order of `MODULES`, the strictest first; the first that takes the content reads it. Modules are
imported when their turn comes, so that importing linkpin and reading its own packages stay quick.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from .refusal import FileError, refuse

__all__ = ["HEAD", "Format", "Source", "find", "formats", "head_of"]

Source: TypeAlias = "Path | bytes"

HEAD = 65536

# The strictest probe first: signatures and roots that cannot be mistaken, then words, then plain tables.
MODULES = (
    "folders",
    "archives",
    "gexf",
    "graphml",
    "mentalmodeler",
    "outcomexml",
    "ratings",
    "pajek",
    "ucinet",
    "jsons",
    "workbooks",
    "delimited",
)


@dataclass(frozen=True)
class Format:
    """A format's name, how to tell it by its content, and its reader."""

    name: str
    probe: Callable[[bytes, Path | None], bool]
    read: Callable[..., Any]  # a Draft, or for linkpin's own formats the Ecosystem


def formats() -> Iterator[Format]:
    """Every format linkpin reads, in the order in which they are asked; a module is imported when its turn comes."""
    for name in MODULES:
        yield from importlib.import_module(f"{__package__}.{name}").FORMATS


def head_of(source: Source) -> bytes:
    """The first bytes of a source; empty for a folder."""
    if isinstance(source, bytes):
        return source[:HEAD]
    if source.is_dir():
        return b""
    try:
        with source.open("rb") as stream:
            return stream.read(HEAD)
    except OSError as error:
        refuse("read", "path", source, error.strerror or "cannot be opened", error=FileError)


def find(source: Source) -> Format:
    """The format of a path or of bytes in memory. Raises InputError where no reader takes it."""
    head = head_of(source)
    path = source if isinstance(source, Path) else None
    found = next((candidate for candidate in formats() if candidate.probe(head, path)), None)
    if found is None:
        refuse("read", "file" if path else "source", path or "bytes", _why_not(head, path))
    return found


_READS = (
    "linkpin reads tables (CSV, TSV, xlsx), data packages, Kumu, Gephi (CSV, GEXF), GraphML, Pajek, UCINET, Polinode, "
    "NodeXL, Graph Commons and Mental Modeler: export it as one of these"
)
_SIGNATURES = (
    (b"%PDF", "this is a PDF; copy its table into a spreadsheet and read that"),
    (b"\x89PNG", "this is a picture; a map that is only drawn cannot be read: export its nodes and ties"),
    (b"\xff\xd8\xff", "this is a picture; a map that is only drawn cannot be read: export its nodes and ties"),
    (b"GIF8", "this is a picture; a map that is only drawn cannot be read: export its nodes and ties"),
    (b"\x1f\x8b", "this is compressed (gzip); unpack it and read what was in it"),
    (b"7z\xbc\xaf", "this is compressed (7z); unpack it and read what was in it"),
    (b"Rar!", "this is compressed (RAR); unpack it and read what was in it"),
)


def _why_not(head: bytes, path: Path | None) -> str:
    """Say what content that no reader takes looks like, and what to do about it."""
    text = head.removeprefix(b"\xef\xbb\xbf").strip()
    for signature, words in _SIGNATURES:
        if head.startswith(signature):
            return words
    if not text:
        return f"{'the file is empty' if not head else 'there are only blanks in it'}; export it again"
    if b"\0" in head:
        return f"this is no text, and no format that linkpin knows; {_READS}"
    lower = text[:1000].lower()
    if lower.startswith((b"<!doctype html", b"<html")):
        return "this is a web page; copy its table into a spreadsheet, or save it as CSV"
    if b"<!entity" in head.lower():
        return (
            "files that declare entities are not read, since these can grow without bound or fetch other files; "
            "export the file again, or replace each entity by its text"
        )
    if text.startswith(b"<"):
        return f"no reader knows this XML; {_READS}"
    return f"no reader takes this content; {_READS}"
