"""Lines of a plain text, one by one, in the encoding that the text turns out to have."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from .refusal import FileError, LimitError, refuse

__all__ = ["LINE_LIMIT", "encoding_of", "first_lines", "lines_of"]

LINE_LIMIT = 1 << 26  # characters

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def encoding_of(source: Path | bytes) -> tuple[str, str]:
    """The codec a text can be read with, and a sentence on it: UTF-8 or 16 where it is that, else Windows-1252."""
    with _opened(source) as stream:
        chunk = stream.read(1 << 20)
        for mark, codec in _MARKS:
            if chunk.startswith(mark):
                return codec, f"encoding: {codec[:6].upper().rstrip('-')} with a byte order mark"
        utf8 = codecs.getincrementaldecoder("utf-8")()
        holes = False
        try:
            while chunk:
                utf8.decode(chunk)
                chunk = stream.read(1 << 20)
            utf8.decode(b"", True)
            return "utf-8", "encoding: UTF-8"
        except UnicodeDecodeError:
            while chunk and not holes:
                holes = any(byte in chunk for byte in b"\x81\x8d\x8f\x90\x9d")
                chunk = stream.read(1 << 20)
    if holes:
        return "latin-1", "encoding: Latin-1 (neither UTF-8 nor Windows-1252; name the right one with encoding=)"
    return "cp1252", "encoding: Windows-1252 (not UTF-8; name another with encoding= if letters look wrong)"


def lines_of(source: Path | bytes, codec: str) -> Iterator[tuple[int, str]]:
    """Row number from 1 and text of each line, without its end and without DOS's end-of-file mark.

    Raises LimitError for a line beyond the limit, InputError for bytes that the codec does not allow.
    """
    try:
        codecs.lookup(codec)
    except LookupError:
        refuse("read", "encoding", codec, "this encoding is not known; try utf-8, utf-16 or cp1252")
    row = 0
    with _opened(source) as binary, io.TextIOWrapper(binary, encoding=codec) as stream:
        try:
            while line := stream.readline(LINE_LIMIT + 1):
                row += 1
                if len(line) > LINE_LIMIT:
                    refuse(
                        "read",
                        "line, characters",
                        f"more than {LINE_LIMIT}",
                        "a line this long is no network; look at the file there",
                        f"row {row}",
                        error=LimitError,
                    )
                yield row, line.rstrip("\n").replace("\x1a", "")
        except UnicodeDecodeError:
            refuse("read", "encoding", codec, "the text is not in this encoding; name the right one", f"row {row + 1}")


def first_lines(head: bytes) -> list[str]:
    """The lines that a file's first bytes hold, for telling its format; letters beyond ASCII may be wrong in them."""
    for mark, codec in _MARKS:
        if head.startswith(mark):
            return head.decode(codec, errors="replace").splitlines()
    return [] if b"\0" in head else head.decode("latin-1").splitlines()


def _opened(source: Path | bytes) -> IO[bytes]:
    if isinstance(source, bytes):
        return io.BytesIO(source)
    try:
        return source.open("rb")
    except OSError as error:
        refuse("read", "path", source, error.strerror or "cannot be opened", error=FileError)
