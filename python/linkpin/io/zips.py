"""Zip containers looked at before anything is taken out: sizes, names and links that would harm are refused."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import IO

from .detect import Source
from .refusal import FileError, LimitError, refuse

__all__ = ["MEMBER_LIMIT", "SIZE_LIMIT", "is_zip", "opened", "safe_members"]

SIZE_LIMIT = 1 << 30  # bytes when unpacked, all members together
MEMBER_LIMIT = 10_000
_CHUNK = 1 << 20


def is_zip(head: bytes) -> bool:
    """Whether content begins as a zip container does."""
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def opened(source: Source) -> zipfile.ZipFile:
    """The container, opened. Raises FileError where it cannot be read as one."""
    try:
        return zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        refuse("read", "archive", _name(source), f"it is damaged ({error}); save or download it again", error=FileError)


def _name(source: Source) -> str:
    return "bytes" if isinstance(source, bytes) else source.name


def safe_members(archive: zipfile.ZipFile, name: str) -> list[zipfile.ZipInfo]:
    """The files in a container, every one of them checked.

    Raises LimitError for too many members or too much content, by the declared sizes first and then by unpacking and
    counting without keeping; InputError for names that lead out of the folder, links, and encrypted members.
    """
    members = [info for info in archive.infolist() if not info.is_dir()]
    if len(members) > MEMBER_LIMIT:
        refuse("read", "archive, files", len(members), f"more than {MEMBER_LIMIT}; unpack it yourself", name,
               error=LimitError)  # fmt: skip
    declared = sum(info.file_size for info in members)
    if declared > SIZE_LIMIT:
        _refuse_size(name, declared)
    seen: set[str] = set()
    for info in members:
        _check_name(info, name)
        if info.filename in seen:
            refuse("read", "archive member", info.filename, "the archive holds it twice; pack it again", name)
        seen.add(info.filename)
    total = 0
    for info in members:
        for chunk in chunks(archive, info, name):
            total += len(chunk)
            if total > SIZE_LIMIT:
                _refuse_size(name, total)
    return members


def _refuse_size(name: str, size: int) -> None:
    refuse(
        "read",
        "archive, bytes unpacked",
        size,
        f"more than {SIZE_LIMIT}; if you trust it, unpack it yourself and read the folder",
        name,
        error=LimitError,
    )


def _check_name(info: zipfile.ZipInfo, name: str) -> None:
    path, windows = PurePosixPath(info.filename), PureWindowsPath(info.filename)
    if path.is_absolute() or windows.drive or windows.root or ".." in (*path.parts, *windows.parts):
        refuse("read", "archive member", info.filename, "its path leads out of the archive; do not trust it", name)
    if stat.S_ISLNK(info.external_attr >> 16):
        refuse("read", "archive member", info.filename, "it is a link; pack the files themselves", name)
    if info.flag_bits & 1:
        refuse("read", "archive member", info.filename, "it is encrypted; unpack it with its password first", name)


def chunks(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> Iterator[bytes]:
    """A member's content piece by piece; a member that unpacks to other than it declares is refused."""
    try:
        with archive.open(info) as stream:
            yield from _pieces(stream)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        refuse("read", "archive member", info.filename, f"it is damaged ({error}); save or download it again", name)
    if _overruns(archive, info):
        refuse("read", "archive member", info.filename, "it unpacks to more than it declares; do not trust it", name)


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    while piece := stream.read(_CHUNK):
        yield piece


def _overruns(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bool:
    """Whether a deflated member goes on after its declared size, which Python's reader does not tell."""
    if info.compress_type != zipfile.ZIP_DEFLATED or archive.fp is None:
        return False
    raw = archive.fp
    raw.seek(info.header_offset)
    header = raw.read(30)
    names = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    raw.seek(info.header_offset + 30 + names)
    left, size = info.compress_size, 0
    inflate = zlib.decompressobj(-15)
    while left > 0 and not inflate.eof:
        piece = raw.read(min(left, 1 << 16))
        if not piece:
            return False
        left -= len(piece)
        while piece:
            size += len(inflate.decompress(piece, _CHUNK))
            if size > info.file_size:
                return True
            piece = inflate.unconsumed_tail
    return False


def unpack(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], folder: Path, name: str) -> None:
    """Write checked members under a folder."""
    for info in members:
        target = folder / info.filename
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as stream:
            for chunk in chunks(archive, info, name):
                stream.write(chunk)
