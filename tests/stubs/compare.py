#!/usr/bin/env python3
"""Regenerates the stubs of the private extension linkpin._core and compares them with those in the package.

compare.py [--write]     --write puts the regenerated stubs in the place of the committed ones
"""

import argparse
import difflib
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
COMMITTED = ROOT / "python" / "linkpin" / "_core.pyi"

# What pybind11's signatures say less strictly than mypy asks: __hash__ = None, __eq__ of one type, a bare dict.
HEAD = """\
# Written by tests/stubs/compare.py from the built extension.
# mypy: disable-error-code="assignment,override,type-arg"
"""


def regenerated() -> str:
    """The stubs of the installed extension, in the project's format."""
    with tempfile.TemporaryDirectory() as folder:
        stubgen = [sys.executable, "-m", "pybind11_stubgen", "linkpin._core", "--output-dir", folder]
        # Run elsewhere than in the source tree, where `linkpin` would be the package without its extension.
        subprocess.run([*stubgen, "--exit-code"], check=True, cwd=folder, stdin=subprocess.DEVNULL)
        made = Path(folder) / "linkpin" / "_core.pyi"
        settings = ["--config", str(ROOT / "pyproject.toml")]
        subprocess.run([sys.executable, "-m", "ruff", "format", "-q", *settings, made], check=True)
        # The values of __boost__ and __version__ differ from machine to machine.
        return HEAD + re.sub(r"^(__\w+__: str) = .*$", r"\1", made.read_text(), flags=re.MULTILINE)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--write", action="store_true")
    fresh = regenerated()
    if options.parse_args().write:
        COMMITTED.write_text(fresh)
        return 0
    held = COMMITTED.read_text() if COMMITTED.exists() else ""
    difference = difflib.unified_diff(held.splitlines(), fresh.splitlines(), "committed", "regenerated", lineterm="")
    lines = list(difference)
    print("\n".join(lines))
    if lines:
        print(f"\nThe extension and {COMMITTED.relative_to(ROOT)} differ; `tests/run --fix types` rewrites the stubs.")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
