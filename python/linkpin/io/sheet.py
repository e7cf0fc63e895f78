"""A sheet: a named grid of cells with one heading row, whether it came from a text, a workbook or a folder."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from .cells import Cell, is_blank, text_of
from .draft import Draft
from .refusal import LimitError, refuse, shown

__all__ = ["Sheet", "key_of"]

HEADING_ROWS = 10  # how far down a heading row is looked for
COLUMN_LIMIT = 16_384  # a workbook's own

_SPELLINGS = (("organization", "organisation"), ("organisations", "organisation"))


def key_of(heading: object) -> str:
    """A heading as it is compared: small letters and digits only, one spelling of organisation."""
    return _key_of(str(heading))


@lru_cache(maxsize=65536)
def _key_of(heading: str) -> str:
    text = unicodedata.normalize("NFKC", heading).casefold()
    text = re.sub(r"[^\w]|_", "", text)
    for other, ours in _SPELLINGS:
        text = text.replace(other, ours)
    return text


@dataclass
class Sheet:
    """Rows of cells as the file has them. `heading` is the index of the heading row (0 is the file's row 1).

    `file` is the name that issues carry, `name` what the sheet is called (a workbook's tab, a file's stem). Columns
    that a reader finds empty are left out and listed in `empty_columns`.
    """

    file: str
    name: str
    rows: list[list[Cell]]
    decimal: str = "."
    heading: int = 0
    notes: list[str] = field(default_factory=list)
    empty_columns: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        while self.heading < len(self.rows) and all(is_blank(c) for c in self.rows[self.heading]):
            self.heading += 1
        if not self.empty and len(self.rows[self.heading]) > COLUMN_LIMIT:
            refuse(
                "read",
                "table, columns",
                len(self.rows[self.heading]),
                f"more than {COLUMN_LIMIT}; write the network as an edge list",
                self.file,
                error=LimitError,
            )

    @property
    def empty(self) -> bool:
        """Whether no row has anything in it."""
        return self.heading >= len(self.rows)

    @property
    def headings(self) -> list[str]:
        """The heading row as texts, "" where blank."""
        return [] if self.empty else [text_of(cell) or "" for cell in self.rows[self.heading]]

    @property
    def keys(self) -> list[str]:
        """The headings as they are compared."""
        return [key_of(h) for h in self.headings]

    def first_body_row(self) -> int:
        """The file's number of the first row under the heading."""
        return self.heading + 2

    def body(self) -> list[list[Cell]]:
        """The rows under the heading, each as wide as the heading, blank ones kept."""
        width = len(self.headings)
        rows = self.rows[self.heading + 1 :]
        return [row if len(row) == width else row[:width] + [None] * (width - len(row)) for row in rows]

    def heading_candidates(self) -> range:
        """Rows that may be the heading: the first that are not blank."""
        return range(self.heading, min(self.heading + HEADING_ROWS, len(self.rows)))

    def names(self, draft: Draft) -> list[str]:
        """The headings as column names: unique, none blank; what had to be changed is noted in the draft."""
        names: dict[str, None] = {}
        counts: dict[str, int] = {}
        body = None
        for index, heading in enumerate(self.headings):
            name = heading
            if not name:
                body = self.body() if body is None else body
                name = f"column {index + 1}"
                if any(not is_blank(row[index]) for row in body):
                    draft.note(f"{self.file}: column {index + 1} has no heading and is called {name!r}")
            first = name
            while name in names:
                counts[first] = counts.get(first, 1) + 1
                name = f"{first} ({counts[first]})"
            if name != first:
                draft.note(f"{self.file}: the heading {first!r} occurs again; column {index + 1} is called {name!r}")
            names[name] = None
        return list(names)

    def refuse_overhang(self, draft: Draft) -> None:
        """Make an issue of each filled cell that lies to the right of the last heading."""
        width = len(self.headings)
        for index, row in enumerate(self.rows[self.heading + 1 :]):
            for column, cell in enumerate(row[width:], width):
                if not is_blank(cell):
                    draft.refuse(
                        self.file,
                        self.first_body_row() + index,
                        f"column {column + 1}",
                        cell,
                        f"the row is longer than the heading row of {width} cells",
                        "give the column a heading, or quote the cell that holds the delimiter",
                    )

    def shown_row(self, row: Sequence[Cell]) -> str:
        """A row as an issue shows it."""
        return shown(" | ".join(text_of(cell) or "" for cell in row).strip(" |"), 120)
