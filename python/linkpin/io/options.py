"""What a reader of tables can be told beyond what it finds by looking."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from .refusal import refuse

__all__ = ["SHAPES", "TableOptions"]

SHAPES = ("edges", "nodes", "matrix", "survey", "attendance")


@dataclass(frozen=True)
class TableOptions:
    """Options of every table, in a text, a workbook or a folder.

    columns
        A survey's column map: the path of a JSON file, the name of a ready-made map ("partner"), or a mapping. A
        mapping of our names to the file's headings ({"from": "Giver", "to": "Taker"}) names the columns of a table.
    shape
        "edges", "nodes", "matrix", "survey" or "attendance", where the table should not be told by its looks.
    directed
        Whether ties without a word on it have a direction. None: what the shape says, else yes.
    wave
        What this wave of a survey is called; goes to every report and tie.
    item
        What the one question of a table is called that does not say it; the file's name otherwise.
    encoding, delimiter, decimal
        How a text is written, where looking does not find it.
    """

    columns: str | os.PathLike[str] | Mapping[str, Any] | None = None
    shape: str | None = None
    directed: bool | None = None
    wave: str | None = None
    item: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    decimal: str | None = None

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> TableOptions:
        """The options given by keyword. Raises InputError for one that is not known or has no such value."""
        known = [f.name for f in fields(cls)]
        for name in given:
            if name not in known:
                refuse("read", "option", name, f"tables take {', '.join(known)}")
        options = cls(**given)
        if options.shape is not None and options.shape not in SHAPES:
            refuse("read", "shape", options.shape, f"give one of {', '.join(SHAPES)}")
        if options.decimal not in (None, ".", ","):
            refuse("read", "decimal", options.decimal, 'give "." or ","')
        return options

    def renames(self) -> dict[str, str]:
        """Our column names by the file's headings, where `columns` is such a plain mapping; else empty."""
        if not isinstance(self.columns, Mapping) or not all(isinstance(v, str) for v in self.columns.values()):
            return {}
        if self.columns.keys() & {"extends", "linkpin_map"}:
            return {}
        return {str(heading): str(ours) for ours, heading in self.columns.items()}

    def has_map(self) -> bool:
        """Whether `columns` is a survey's column map."""
        return self.columns is not None and not self.renames()
