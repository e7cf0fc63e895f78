"""Reference data that is never committed: tests skip with a clear message where it is absent."""

import csv
import os
from pathlib import Path

import pytest

ROOT = Path(os.environ.get("LINKPIN_DATA", Path(__file__).resolve().parents[4] / "shared" / "data"))


def folder(name):
    """Return the folder of one data set, or skip the test."""
    path = ROOT / name
    if not path.exists():
        pytest.skip(f"reference data {name} is not here; set LINKPIN_DATA to the folder with it")
    return path


def columns(path):
    """Return a CSV file as column -> list of cells."""
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {name: [row[name] for row in rows] for name in rows[0]}
