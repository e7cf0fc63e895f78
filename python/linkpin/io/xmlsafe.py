"""XML read as a stream, with nothing fetched, nothing expanded and nothing without bounds."""

from __future__ import annotations

import io
from pathlib import Path
from typing import IO, Protocol
from xml.parsers import expat

from .refusal import FileError, LimitError, refuse

__all__ = ["DEPTH_LIMIT", "TEXT_LIMIT", "TOKEN_LIMIT", "Handler", "root_of", "walk"]

DEPTH_LIMIT = 512  # elements within elements
TEXT_LIMIT = 1 << 24  # characters in one element
TOKEN_LIMIT = 1 << 22  # bytes without a tag or text ending: one tag, one comment
_CHUNK = 1 << 16


class Handler(Protocol):
    """What `walk` tells: names without their prefix, the text that stands directly in an element, rows from 1."""

    def start(self, name: str, attributes: dict[str, str], row: int) -> None:
        """An element begins."""

    def end(self, name: str, text: str, row: int) -> None:
        """An element ends."""


def walk(source: Path | bytes, handler: Handler) -> None:
    """Read a whole XML document and tell `handler` of each element.

    A plain DOCTYPE is passed over. Raises InputError for declared entities, for references to entities that the file
    does not define and for XML that is not well formed; LimitError beyond the limits; FileError where the file cannot
    be opened.
    """
    _Walk(handler).run(source)


def root_of(head: bytes) -> str:
    """The name of the root element of what begins like this, without its prefix; "" where it is no XML."""
    found: list[str] = []

    def element(name: str, _: dict[str, str]) -> None:
        found.append(name)
        raise _Found

    def doctype(name: str, *_: object) -> None:
        found.append(name)

    def entity(*_: object) -> None:
        raise _Found

    parser = expat.ParserCreate()
    parser.StartElementHandler = element
    parser.StartDoctypeDeclHandler = doctype
    parser.EntityDeclHandler = entity
    try:
        parser.Parse(head.lstrip(b" \t\r\n"), False)
    except _Found:
        return found[-1].rpartition(":")[2]
    except (expat.ExpatError, ValueError, LookupError):
        pass
    return found[-1].rpartition(":")[2] if found else ""


class _Found(Exception):
    """The root has been seen."""


class _Walk:
    def __init__(self, handler: Handler) -> None:
        self.handler = handler
        self.texts: list[list[str]] = []
        self.length = 0
        self.heard = False
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text
        self.parser.EntityDeclHandler = self.entity
        self.parser.SkippedEntityHandler = self.skipped

    def run(self, source: Path | bytes) -> None:
        silent = 0
        with _opened(source) as stream:
            chunk = stream.read(_CHUNK).lstrip(b" \t\r\n")
            while chunk:
                self.heard = False
                self.parse(chunk, False)
                silent = 0 if self.heard else silent + len(chunk)
                if silent > TOKEN_LIMIT:
                    self.refuse_limit("tag or comment, bytes", TOKEN_LIMIT)
                chunk = stream.read(_CHUNK)
        self.parse(b"", True)

    def parse(self, chunk: bytes, last: bool) -> None:
        try:
            self.parser.Parse(chunk, last)
        except expat.ExpatError as error:
            words = expat.ErrorString(error.code) or "malformed"
            refuse(
                "read",
                "XML",
                words,
                "the file breaks off or is damaged here; export it again",
                f"row {error.lineno}, character {error.offset + 1}",
            )
        except (LookupError, ValueError) as error:
            if isinstance(error, UnicodeError) or type(error) in (LookupError, ValueError):
                refuse("read", "XML, encoding", str(error), "save the file as UTF-8")
            raise

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.heard = True
        if len(self.texts) >= DEPTH_LIMIT:
            self.refuse_limit("depth of nesting", DEPTH_LIMIT)
        self.texts.append([])
        self.length = 0
        self.handler.start(name.rpartition(":")[2], attributes, self.parser.CurrentLineNumber)

    def end(self, name: str) -> None:
        self.heard = True
        self.length = 0
        self.handler.end(name.rpartition(":")[2], "".join(self.texts.pop()), self.parser.CurrentLineNumber)

    def text(self, data: str) -> None:
        self.heard = True
        self.length += len(data)
        if self.length > TEXT_LIMIT:
            self.refuse_limit("text of one element, characters", TEXT_LIMIT)
        self.texts[-1].append(data)

    def entity(self, name: str, *_: object) -> None:
        refuse(
            "read",
            "XML entity",
            name,
            "files that declare entities are not read, since these can grow without bound or fetch other files; "
            "export the file again, or replace the entity by its text",
            f"row {self.parser.CurrentLineNumber}",
        )

    def skipped(self, name: str, _: bool) -> None:
        refuse(
            "read",
            "XML entity",
            name,
            "the file does not say what this stands for and nothing is fetched; replace it by its text",
            f"row {self.parser.CurrentLineNumber}",
        )

    def refuse_limit(self, what: str, limit: int) -> None:
        refuse(
            "read",
            what,
            f"more than {limit}",
            "no network file needs this much in one place; look at the file there",
            f"row {self.parser.CurrentLineNumber}",
            error=LimitError,
        )


def _opened(source: Path | bytes) -> IO[bytes]:
    if isinstance(source, bytes):
        return io.BytesIO(source)
    try:
        return source.open("rb")
    except OSError as error:
        refuse("read", "path", source, error.strerror or "cannot be opened", error=FileError)
