"""Writing an ecosystem for other tools, and saying what their files cannot hold."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from linkpin import _core

from . import write_json, write_plain, write_tables, write_xml
from .draft import Draft, Issue
from .outgoing import Outgoing, outgoing
from .refusal import refuse

if TYPE_CHECKING:
    from ..ecosystem import Ecosystem

__all__ = ["ENDINGS", "FORMATS", "LossWarning", "write"]


class LossWarning(UserWarning):
    """A file was written that does not hold all of the ecosystem; the message says what it lacks."""


def _pair(tool: str) -> Callable[[Outgoing, Path], None]:
    return lambda out, path: write_tables.write_pair(out, path, tool)


_WRITERS: dict[str, Callable[[Outgoing, Path], None]] = {
    "gexf": write_xml.write_gexf,
    "graphml": write_xml.write_graphml,
    "pajek": write_plain.write_pajek,
    "ucinet": write_plain.write_ucinet,
    "kumu": write_json.write_kumu,
    "kumu-sheets": _pair("kumu-sheets"),
    "gephi": _pair("gephi"),
    "nodexl": _pair("nodexl"),
    "graph-commons": write_tables.write_graph_commons,
    "polinode": write_json.write_polinode,
    "edges": write_tables.write_edges,
    "matrix": write_tables.write_matrix,
}
FORMATS = ("package", "json", *_WRITERS)
ENDINGS = {
    "": "package",
    ".json": "json",
    ".gexf": "gexf",
    ".graphml": "graphml",
    ".net": "pajek",
    ".dl": "ucinet",
    ".csv": "edges",
}


def write(eco: Ecosystem | Draft, path: str | os.PathLike[str], format: str | None = None) -> list[Issue]:
    """Write an ecosystem to a file or folder.

    Parameters
    ----------
    eco
        The ecosystem.
    path
        Where to. "package", "kumu-sheets", "gephi", "nodexl" and "graph-commons" make a folder, the others a file that
        replaces one of the same name.
    format
        "package" and "json" hold everything. "gexf", "graphml", "kumu", "polinode" and the folders of tables hold
        entities and ties; "pajek" labels, kinds, weights and years; "ucinet", "edges" and "matrix" less. Without it the
        ending tells: .gexf, .graphml, .net, .dl, .csv (an edge list), .json, and a package where there is none.

    Returns
    -------
    What the format cannot hold, an issue each; a LossWarning says the same in one sentence.

    Raises
    ------
    InputError
        For a format or ending that is not known; FileError where it cannot be written; LimitError where a matrix would
        be too large.
    """
    path = Path(path)
    name = _format(path, format)
    if name in ("package", "json"):
        whole = eco.ecosystem() if isinstance(eco, Draft) else eco
        (_core.io.write_package if name == "package" else _core.io.write_json)(whole._eco, str(path))
        return []
    out = outgoing(eco, path.name)
    _WRITERS[name](out, path)
    if out.lost:
        lacks = "; ".join(f"{issue.column or 'text'} ({issue.value}): {issue.reason}" for issue in out.lost)
        warnings.warn(f"{path.name} does not hold everything: {lacks}", LossWarning, stacklevel=3)
    return out.lost


def _format(path: Path, format: str | None) -> str:
    if format is not None:
        if format not in FORMATS:
            refuse("write", "format", format, f"choose one of {', '.join(FORMATS)}")
        return format
    name = "package" if path.is_dir() else ENDINGS.get(path.suffix.lower())
    if name is None:
        known = ", ".join(ending for ending in ENDINGS if ending)
        remedy = f"the ending names no format; use {known}, none for a data package, or format={', '.join(FORMATS)}"
        refuse("write", "path", path.name, remedy)
    return name
