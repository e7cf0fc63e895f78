"""Zip archives: unpacked beside nothing, into a folder of their own that is gone afterwards, and read as a folder."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import folders, workbooks
from .detect import Format, Source, find
from .draft import Draft
from .refusal import refuse
from .zips import is_zip, opened, safe_members, unpack

if TYPE_CHECKING:
    from ..ecosystem import Ecosystem

__all__ = ["FORMATS"]


def _probe(head: bytes, path: Path | None) -> bool:
    return is_zip(head) and not any(f.probe(head, path) for f in workbooks.FORMATS)


def read(source: Source, **options: Any) -> Draft | Ecosystem:
    """Read the folder or the one file that an archive holds, with the options of that format."""
    name = source.name if isinstance(source, Path) else "bytes"
    with opened(source) as archive, tempfile.TemporaryDirectory(prefix="linkpin-") as scratch:
        if workbooks.is_workbook(archive):
            return workbooks.read(source, **options)
        members = [
            info
            for info in safe_members(archive, name)
            if not any(part.startswith((".", "__MACOSX")) for part in Path(info.filename).parts)
        ]
        if not members:
            refuse("read", "archive", name, "there is no file in it")
        unpack(archive, members, Path(scratch), name)
        root = Path(scratch)
        while len(inside := list(root.iterdir())) == 1 and inside[0].is_dir():
            root = inside[0]
        if len(inside) == 1:
            inner = inside[0]
            with inner.open("rb") as stream:
                if is_zip(stream.read(4)) and not workbooks.FORMATS[0].probe(inner.read_bytes()[:65536], inner):
                    refuse("read", "archive", name, "it holds another archive; unpack that first")
            result: Draft | Ecosystem = find(inner).read(inner, **options)
            return result
        return folders.read(root, **options)


FORMATS = [Format("zip archive of a package or of tables", _probe, read)]
