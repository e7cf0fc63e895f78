"""What the tests of graph formats share: where the data lie, and short ways to look at a draft."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from linkpin.io.detect import find
from linkpin.io.draft import Draft

DATA = Path(__file__).resolve().parents[3].parent / "shared" / "data"


def data(name: str) -> Path:
    """A file of the shared data; the test is skipped where it is not there."""
    path = DATA / name
    if not path.exists():
        pytest.skip(f"needs {path}")
    return path


def read(source: str | bytes | Path, **options: Any) -> Draft:
    """A draft from a path, bytes or text, by the reader that takes the content."""
    if isinstance(source, str):
        source = source.encode()
    return find(source).read(source, **options)


def ties(draft: Draft, *columns: str) -> list[tuple[Any, ...]]:
    """Rows of the ties: from, to and the columns named, None where a column is not there."""
    count = len(draft.ties["from"])
    return list(zip(*(draft.ties.get(n, [None] * count) for n in ("from", "to", *columns)), strict=True))


def entity(draft: Draft, id: str) -> dict[str, Any]:
    """What is said of one entity, missing values left out."""
    at = draft.entities["id"].index(id)
    return {n: values[at] for n, values in draft.entities.items() if values[at] is not None}


def issue_columns(draft: Draft) -> list[tuple[int, str]]:
    """Row and column of each issue."""
    return [(issue.row, issue.column) for issue in draft.issues]


def symmetric(draft: Draft) -> dict[str, bool]:
    """The kinds a draft declares, and whether they are symmetric."""
    return {kind["name"]: kind["symmetric"] for kind in draft.kinds}
