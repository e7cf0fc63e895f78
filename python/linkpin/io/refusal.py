"""Errors that say who refused what, where, and how to mend it; the same wording as the C++ core's."""

from __future__ import annotations

from typing import NoReturn

from linkpin._core import FileError, InputError, LimitError

__all__ = ["FileError", "InputError", "LimitError", "refuse", "shown"]


def shown(value: object, limit: int = 80) -> str:
    """A value as a message shows it: on one line, cut at `limit` characters, control characters made visible."""
    text = value if isinstance(value, str) else str(value)
    cut = text if len(text) <= limit else text[: limit - 1] + "…"
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in cut)


def refuse(
    function: str,
    argument: str,
    value: object,
    remedy: str,
    where: str = "",
    *,
    error: type[InputError] = InputError,
) -> NoReturn:
    """Raise `error` with the message every refusal of linkpin has.

    Parameters: the function that refuses, the argument it refuses, its value, what to do about it, and the place in the
    input ("row 12, column weight"), which may be empty.
    """
    message = f"{function}: {argument}"
    if value is not None and value != "":
        message += f" = {shown(value)}"
    if where:
        message += f" ({where})"
    raise error(f"{message}: {remedy}")
