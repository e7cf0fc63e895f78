"""Reading what people already have, told apart by its content, and writing what other tools take."""

from __future__ import annotations

import inspect
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .draft import Draft, Issue
from .refusal import FileError, InputError, LimitError, refuse

if TYPE_CHECKING:
    from ..ecosystem import Ecosystem
    from . import detect

__all__ = ["Draft", "FileError", "InputError", "Issue", "LimitError", "draft_of", "read", "write"]


def draft_of(source: Any, **options: Any) -> Draft:
    """What `read` makes its ecosystem from: the columns, refusals and notes of a source.

    Parameters are those of `read`. Raises InputError for a package in linkpin's own format, which has no draft.
    """
    found = _opened(source, options)
    if not isinstance(found, Draft):
        refuse("draft_of", "source", source, "linkpin's own format is read without a draft; use read")
    return found


def _opened(source: Any, options: dict[str, Any]) -> Draft | Ecosystem:
    from . import detect

    if isinstance(source, (str, os.PathLike)):
        path = Path(source)
        if not path.exists():
            refuse("read", "path", path, "there is no such file or folder; check the spelling", error=FileError)
        if not path.is_file() and not path.is_dir():  # a pipe would be waited for, a device may have no end
            refuse("read", "path", path, "this is neither a file nor a folder; save what it gives as a file")
        source = path
    elif isinstance(source, (bytearray, memoryview)):
        source = bytes(source)
    elif not isinstance(source, bytes):
        return _draft_of_object(source, options)
    try:
        form = detect.find(source)
        _check_options(form, options)
        found: Draft | Ecosystem = form.read(source, **options)
    except InputError as error:
        if not isinstance(source, Path) or source.name in str(error):
            raise
        raise type(error)(f"{error} (in {source.name})") from None  # every refusal names its file
    return found


def _check_options(form: detect.Format, options: dict[str, Any]) -> None:
    """Refuse an option that the format's reader does not take; those that take any look for themselves."""
    takes = inspect.signature(form.read).parameters
    if any(p.kind is p.VAR_KEYWORD for p in takes.values()):
        return
    for name in options:
        if name not in takes:
            known = ", ".join(list(takes)[1:])
            refuse("read", "option", name, f"{form.name} is read with {known}" if known else f"{form.name} takes none")


def read(source: Any, **options: Any) -> Ecosystem:
    """Read an ecosystem from a file, a folder, bytes in memory, a frame or a graph object, told by its content.

    Parameters
    ----------
    source:
        A path, the bytes of a file, or an object (pandas, polars or pyarrow frame, networkx or igraph graph).
    options:
        What the format's reader takes besides, for instance `columns="my-survey.json"` for a survey's column map.

    Returns
    -------
    The ecosystem. `eco.issues` holds every row and cell that was refused or taken on a guess, `eco.about["read"]` says
    how the input was read.

    Raises
    ------
    InputError
        For content that no reader takes or that cannot be read as it stands; LimitError where it is too large;
        FileError where it cannot be opened.
    """
    found = _opened(source, options)
    return found.ecosystem() if isinstance(found, Draft) else found


def write(eco: Ecosystem | Draft, path: str | os.PathLike[str], format: str | None = None) -> list[Issue]:
    """Write an ecosystem for another tool; see `linkpin.io.writing.write`. Returns what the file does not hold."""
    from . import writing

    return writing.write(eco, path, format)


def _draft_of_object(source: Any, options: dict[str, Any]) -> Draft:
    from . import objects

    if not objects.takes(source):
        refuse("read", "source", type(source).__name__, "give a path, the bytes of a file, a frame or a graph object")
    draft: Draft = objects.read(source, **options)
    return draft
