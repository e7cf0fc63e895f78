"""The file of a map that users write: column maps and record maps are JSON objects alike."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from .refusal import FileError, refuse

__all__ = ["load"]


def load(path: Path, kind: str, ready: Iterable[str]) -> dict[str, Any]:
    """Return the object in a map's file; ``ready`` names the maps that a user may have meant instead."""
    if not path.exists():
        known = ", ".join(ready)
        refuse("read", "columns", path, f"there is no such {kind} map; give a file or one of {known}", error=FileError)
    try:
        loaded = json.loads(path.read_text("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        refuse("read", "columns", path, f"the {kind} map is not JSON in UTF-8: {error}")
    if not isinstance(loaded, dict):
        refuse("read", "columns", path, f"a {kind} map is a JSON object")
    return loaded
