"""linkpin's own formats through the one door: packages as folders and archives, JSON, and what stays unimported."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from linkpin import _core, io
from test_tools import archive, folder

FIXTURES = Path(__file__).parent / "fixtures"


@pytest.fixture
def package(tmp_path):
    """A survey saved as a data package, and the ecosystem that it was."""
    eco = io.read(FIXTURES / "partner-wide.csv", wave="2023")
    _core.io.write_package(eco._eco, tmp_path / "package")
    return tmp_path / "package", eco


def test_packages_and_json_come_back_whole(package, tmp_path):
    path, eco = package
    files = {f"survey/{p.name}": p.read_bytes() for p in path.iterdir()}
    _core.io.write_json(eco._eco, tmp_path / "eco.json")
    again = [io.read(s) for s in (path, path / "datapackage.json", archive(files), tmp_path / "eco.json")]
    again.append(io.read((tmp_path / "eco.json").read_bytes()))
    for copy in again:
        assert copy == eco
        assert len(copy.issues) == len(eco.issues) == 4
        assert copy.about == eco.about
    with pytest.raises(io.InputError, match="takes no options"):
        io.read(path, wave="2024")
    with pytest.raises(io.InputError, match="read its folder"):
        io.read((path / "datapackage.json").read_bytes())
    with pytest.raises(io.InputError, match="without a draft"):
        io.draft_of(path)


def test_a_package_without_its_description(tmp_path):
    path = folder(tmp_path, entities="id,label\na,A\n", ties="from,to,weight\na,b,2\na,a,1\n")
    eco = io.read(path)
    assert (len(eco.entities), len(eco.ties), len(eco.issues)) == (1, 1, 1)  # b is no entity


def test_a_foreign_package_reads_as_its_tables(tmp_path):
    folder(tmp_path, people="id,label\na,A\nb,B\n", links="source,target\na,b\n")
    (tmp_path / "datapackage.json").write_text('{"resources": [{"name": "people"}, {"name": "links"}]}', "utf-8")
    eco = io.read(tmp_path)
    assert (len(eco.entities), len(eco.ties)) == (2, 1)


def test_every_refusal_names_its_file(tmp_path):
    path = tmp_path / "survey of 2023.csv"
    path.write_bytes(b"from,to,weight\n")
    with pytest.raises(io.InputError, match=r"survey of 2023\.csv"):
        io.read(path)
    with pytest.raises(io.InputError, match=r"survey of 2023\.csv"):
        io.read(path, delimiter="::")


def test_importing_the_readers_imports_no_format():
    heavy = ("python_calamine", "xml", "zipfile", "csv", "networkx", "matplotlib", "pandas", "narwhals")
    program = f"import sys, linkpin.io; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
