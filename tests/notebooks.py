#!/usr/bin/env python3
"""Runs notebooks from top to bottom in their own folder; a cell that raises is shown and ends with exit status 1.

Nothing is written: the outputs that are committed stay as their author saved them.
"""

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

SECONDS_A_CELL = 300


def main(paths: list[str]) -> int:
    failed = 0
    for path in map(Path, paths):
        notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
        client = NotebookClient(
            notebook, timeout=SECONDS_A_CELL, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}
        )
        try:
            client.execute()
        except CellExecutionError as error:
            print(f"{path}: {error}")
            failed += 1
        else:
            print(f"{path}: {sum(cell.cell_type == 'code' for cell in notebook.cells)} cells ran")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
