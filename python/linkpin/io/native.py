"""linkpin's own formats, which the C++ core reads: the data package and the JSON document."""

from __future__ import annotations

from pathlib import Path

from linkpin import _core

from ..ecosystem import Ecosystem
from .detect import Source

__all__ = ["read_json", "read_package"]


def read_package(folder: Path) -> Ecosystem:
    """Read a data package. Raises FileError or InputError naming the file, row and column at fault."""
    return Ecosystem(_core.io.read_package(str(folder)))


def read_json(source: Source) -> Ecosystem:
    """Read a JSON document of linkpin's own, from a file or from bytes."""
    if isinstance(source, bytes):
        return Ecosystem(_core.io.from_json(source, "bytes"))
    return Ecosystem(_core.io.read_json(str(source)))
