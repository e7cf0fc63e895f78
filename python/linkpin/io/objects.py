"""Objects in memory: frames of pandas, polars and pyarrow, graphs of networkx and igraph, numeric matrices."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from .assembly import Assembly
from .cells import text_of
from .draft import Draft
from .matrices import ACTOR, AFFILIATION
from .options import TableOptions
from .refusal import refuse
from .sheet import Sheet
from .tables import read_sheets

__all__ = ["read", "takes"]

_FRAMES = {"entities": ("id",), "ties": ("from", "to"), "reports": ("respondent", "from", "to")}


def takes(source: object) -> bool:
    """Whether `read` knows what to do with an object."""
    return _reader(source) is not None


def read(source: Any, **options: Any) -> Draft:
    """A draft from an object in memory.

    Parameters
    ----------
    source
        A frame (an edge list, a matrix, entities, or a survey: told as a file's table is); a mapping of frames by name
        ("entities", "ties" and "reports" with linkpin's own columns are taken as they are); a networkx or igraph graph;
        a scipy sparse matrix or a two-dimensional numpy array.
    options
        For frames those of tables (`directed`, `columns`, `shape`, ...); for matrices `names`, `columns` (names of the
        second set, of an oblong one) and `directed`. Graphs take none.

    Raises
    ------
    InputError
        For an object of another kind, or options that it does not take.
    """
    reader = _reader(source)
    if reader is None:
        refuse(
            "read", "source", type(source).__name__, "give a path, the bytes of a file, a frame, a matrix or a graph"
        )
    return reader(source, **options)


def _reader(source: object) -> Callable[..., Draft] | None:
    """The function for an object; the libraries it may come from are asked only if they have been imported."""
    if _is(source, "networkx", "Graph"):
        return _read_networkx
    if _is(source, "igraph", "Graph"):
        return _read_igraph
    if _is_sparse(source) or (_is(source, "numpy", "ndarray") and getattr(source, "ndim", 0) == 2):
        return _read_matrix
    if _is_frame(source):
        return _read_frame
    if isinstance(source, Mapping) and source and all(isinstance(k, str) and _is_frame(f) for k, f in source.items()):
        return _read_frames
    return None


def _is(source: object, module: str, name: str) -> bool:
    found = getattr(sys.modules.get(module), name, None)
    return found is not None and isinstance(source, found)


def _is_sparse(source: object) -> bool:
    sparse = sys.modules.get("scipy.sparse")
    return sparse is not None and bool(sparse.issparse(source))


def _is_frame(source: object) -> bool:
    if _is(source, "linkpin.table", "Table"):
        return True
    if isinstance(source, (str, bytes, Mapping)):
        return False
    import narwhals.stable.v1 as nw

    frame = nw.from_native(source, pass_through=True)
    return isinstance(frame, (nw.DataFrame, nw.LazyFrame))


# -- frames -------------------------------------------------------------------------------------------------------


def _columns(source: Any) -> dict[str, list[Any]]:
    """A frame's columns as plain values, None where null; an index of labels is the first column."""
    if _is(source, "linkpin.table", "Table"):
        return {name: [_plain_missing(v) for v in source[name].tolist()] for name in source.columns}
    import narwhals.stable.v1 as nw

    frame = nw.from_native(source)
    if isinstance(frame, nw.LazyFrame):
        frame = frame.collect()
    columns: dict[str, list[Any]] = {}
    if nw.dependencies.is_pandas_dataframe(source):
        if source.index.name is not None or type(source.index).__name__ != "RangeIndex":
            for level in range(source.index.nlevels):
                values = source.index.get_level_values(level)
                columns[str(values.name) if values.name is not None else " " * level] = values.tolist()
        for name in [c for c in source.columns if not isinstance(c, str)]:
            source = source.rename(columns={name: str(name)})
        frame = nw.from_native(source)
    for name in frame.columns:
        series = frame[name]
        null = series.is_null().to_list()
        columns[name] = [None if n else v for v, n in zip(series.to_list(), null, strict=True)]
    return columns


def _plain_missing(value: Any) -> Any:
    return None if isinstance(value, float) and value != value else value


def _cell(value: Any) -> Any:
    """A value as a sheet's cell: several texts in one are set apart by bars."""
    if isinstance(value, (list, tuple, set, frozenset)):
        return "|".join(str(v) for v in value)
    item = getattr(value, "item", None)
    return item() if callable(item) and getattr(value, "ndim", None) == 0 else value


def _sheet(source: Any, name: str) -> Sheet:
    columns = _columns(source)
    rows = [list(map(_cell, row)) for row in zip(*columns.values(), strict=True)]
    return Sheet(name, name, [[heading.strip() or None for heading in columns], *rows])


def _read_frame(source: Any, **options: Any) -> Draft:
    return read_sheets([_sheet(source, "frame")], TableOptions.of(options), "frame")


def _read_frames(source: Mapping[str, Any], **options: Any) -> Draft:
    if set(source) <= set(_FRAMES) and "entities" in source:
        found = {name: _columns(frame) for name, frame in source.items()}
        if all(set(_FRAMES[name]) <= columns.keys() for name, columns in found.items()):
            return _own_columns(found, options)
    sheets = [_sheet(frame, name) for name, frame in source.items()]
    return read_sheets(sheets, TableOptions.of(options), "frames")


def _own_columns(found: Mapping[str, dict[str, list[Any]]], options: Mapping[str, Any]) -> Draft:
    """Frames that already have linkpin's columns; ends that are no entity are refused."""
    for option in options:
        refuse("read", "option", option, "frames with linkpin's own columns take none")
    draft = Draft(file="frames")
    entities = found["entities"]
    for row, id in enumerate(map(text_of, entities["id"]), 2):
        if id is None:
            draft.refuse("entities", row, "id", "", "the entity has no id; the row is left out", "fill the cell")
        elif draft.knows(id):
            draft.refuse("entities", row, "id", id, "the id stands twice; the first row is kept", "keep one row")
        else:
            draft.add_entity_from(
                id, {n: _own(values[row - 2]) for n, values in entities.items() if n != "id"}, row=row
            )
    for name in ("ties", "reports"):
        columns = found.get(name)
        if columns is not None:
            _own_rows(draft, name, columns)
    return draft


def _own_rows(draft: Draft, name: str, columns: dict[str, list[Any]]) -> None:
    ends = [[text_of(v) for v in columns[end]] for end in _FRAMES[name]]
    others = {n: values for n, values in columns.items() if n not in _FRAMES[name]}
    for index, refs in enumerate(zip(*ends, strict=True)):
        open_end = name == "reports" and refs[-1] is None
        wrong = [
            (column, ref)
            for column, ref in zip(_FRAMES[name], refs, strict=True)
            if not (open_end and column == "to") and (ref is None or not draft.knows(ref))
        ]
        for column, ref in wrong:
            draft.refuse(
                name, index + 2, column, ref or "", "no entity has this id; the row is left out", "add the entity"
            )
        if wrong:
            continue
        attributes = {n: _own(values[index]) for n, values in others.items()}
        if name == "ties":
            draft.add_tie(str(refs[0]), str(refs[1]), **attributes)
        else:
            attributes["state"] = attributes.get("state") or "answered"
            draft.add_report(str(refs[0]), str(refs[1]), refs[2], **attributes)


def _own(value: Any) -> Any:
    return tuple(str(v) for v in value) or None if isinstance(value, (list, tuple, set, frozenset)) else value


# -- graphs -------------------------------------------------------------------------------------------------------


class _Values:
    """Attributes of graph objects as the model holds them; what it cannot hold becomes text and one issue a name."""

    def __init__(self, assembly: Assembly) -> None:
        self.assembly = assembly
        self.told: set[str] = set()

    def of(self, attributes: Mapping[Any, Any]) -> dict[str, Any]:
        """Attributes with plain values; missing ones are left out, but for a weight, whose absence says something."""
        found: dict[str, Any] = {}
        for key, value in attributes.items():
            name = str(key)
            plain = self._plain(name, value)
            if plain is not None or (name == "weight" and value is not None):
                found[name] = plain
        return found

    def _plain(self, name: str, value: Any) -> Any:
        item = getattr(value, "item", None)
        if callable(item) and getattr(value, "ndim", None) == 0:
            value = item()
        if isinstance(value, float):
            return self.assembly.finite(value, name, 0)
        if value is None or isinstance(value, (bool, int, str)):
            return value if value != "" else None
        if isinstance(value, (datetime.date, datetime.datetime)):
            return value.isoformat()[:10]
        if isinstance(value, (list, tuple, set, frozenset)) and all(isinstance(v, (str, int, float)) for v in value):
            return (
                tuple(str(v) for v in (sorted(value, key=str) if isinstance(value, (set, frozenset)) else value))
                or None
            )
        if name not in self.told:
            self.told.add(name)
            self.assembly.draft.refuse(
                "",
                0,
                name,
                repr(value),
                f"linkpin has no values of the type {type(value).__name__}; they are kept as text",
                "give numbers, texts, dates or lists of texts",
            )
        return str(value)


class _Names:
    """Ids for the nodes of a graph object, which may be anything hashable."""

    def __init__(self, assembly: Assembly, nodes: Iterable[Any]) -> None:
        self.ids: dict[Any, str] = {}
        taken: set[str] = set()
        for node in nodes:
            id = text_of(node) if isinstance(node, (str, int, float)) else str(node)
            id = id or repr(node)
            if id in taken:
                other = f"{id} ({type(node).__name__} {node!r})"
                assembly.draft.refuse(
                    "", 0, "id", repr(node), f"another node is also called {id}; this one is {other}", "tell them apart"
                )
                id = other
            taken.add(id)
            self.ids[node] = id


def _read_networkx(source: Any) -> Draft:
    assembly = Assembly("networkx graph")
    values = _Values(assembly)
    names = _Names(assembly, source.nodes)
    modes = {data.get("bipartite") for _, data in source.nodes(data=True)}
    for node, data in source.nodes(data=True):
        attributes = values.of(data)
        if modes == {0, 1}:
            attributes.setdefault("kind", AFFILIATION if data["bipartite"] else ACTOR)
        assembly.node(names.ids[node], attributes)
    for source_node, target_node, attributes in _networkx_edges(source, values):
        assembly.edge(names.ids[source_node], names.ids[target_node], attributes, directed=source.is_directed())
    for key, value in source.graph.items():
        if key not in ("node_default", "edge_default"):
            assembly.draft.about["title" if key == "name" else str(key)] = str(value)
    return assembly.finish(repeats=False)


def _networkx_edges(source: Any, values: _Values) -> Iterator[tuple[Any, Any, dict[str, Any]]]:
    if not source.is_multigraph():
        for u, v, data in source.edges(data=True):
            yield u, v, values.of(data)
        return
    for u, v, key, data in source.edges(keys=True, data=True):
        attributes = values.of(data)
        if not isinstance(key, int):  # whole numbers are what networkx counts parallel edges by
            attributes.setdefault("key", str(key))
        yield u, v, attributes


def _read_igraph(source: Any) -> Draft:
    assembly = Assembly("igraph graph")
    values = _Values(assembly)
    names = source.vs["name"] if "name" in source.vs.attributes() else []
    named = bool(names) and all(isinstance(n, str) and n for n in names) and len(set(names)) == len(names)
    ids = names if named else [str(i) for i in range(source.vcount())]
    modes = set(source.vs["type"]) if "type" in source.vs.attributes() else set()
    for vertex in source.vs:
        attributes = values.of(vertex.attributes())
        if named:
            attributes.pop("name", None)
        if modes == {False, True} and all(isinstance(m, bool) for m in modes):
            attributes.setdefault("kind", AFFILIATION if vertex["type"] else ACTOR)
        assembly.node(ids[vertex.index], attributes)
    for edge in source.es:
        assembly.edge(ids[edge.source], ids[edge.target], values.of(edge.attributes()), directed=source.is_directed())
    for key in source.attributes():
        if source[key] is not None:
            assembly.draft.about["title" if key == "name" else str(key)] = str(source[key])
    return assembly.finish(repeats=False)


# -- matrices -----------------------------------------------------------------------------------------------------


def _read_matrix(
    source: Any,
    *,
    names: Sequence[Any] | None = None,
    columns: Sequence[Any] | None = None,
    directed: bool | None = None,
) -> Draft:
    """Cells that are not zero are ties; a square matrix that mirrors itself is undirected unless said otherwise."""
    import numpy as np

    assembly = Assembly("matrix")
    height, width = source.shape
    two_mode = columns is not None or height != width
    rows = _axis(names, height, "names", "row " if two_mode else "")
    cols = _axis(columns, width, "columns", "column ") if two_mode else rows
    for id in rows:
        assembly.node(id, {"kind": ACTOR} if two_mode else {})
    for id in cols if two_mode else ():
        assembly.node(id, {"kind": AFFILIATION})
    if hasattr(source, "tocsr"):
        cells = source.tocsr().tocoo()
        at_row, at_column, weights = cells.row, cells.col, np.asarray(cells.data)
    else:
        at_row, at_column = np.nonzero(source)
        weights = np.asarray(source)[at_row, at_column]
    if weights.dtype.kind not in "biuf":
        refuse("read", "matrix, type", weights.dtype, "give a matrix of numbers")
    places = list(zip(at_row.tolist(), at_column.tolist(), weights.astype(float).tolist(), strict=True))
    found = {(r, c): w for r, c, w in places if w != 0}
    if len(found) < len(places):
        assembly.draft.note(f"{len(places) - len(found)} stored zeros count as no tie")
    mirrored = any(r != c for r, c in found) and all(found.get((c, r)) == w for (r, c), w in found.items())
    undirected = not two_mode and mirrored if directed is None else not directed
    if undirected and directed is None:
        assembly.draft.note("the matrix mirrors itself and is read as undirected; directed=True keeps both ways")
    plain = all(w == 1 for w in found.values())
    for (r, c), weight in found.items():
        if undirected and not two_mode and r > c and (c, r) in found:
            continue
        claim = {} if plain else {"weight": assembly.finite(weight, "weight", r + 1)}
        assembly.edge(rows[r], cols[c], claim, directed=not undirected, row=r + 1)
    return assembly.finish(repeats=False)


def _axis(names: Sequence[Any] | None, length: int, argument: str, prefix: str) -> list[str]:
    """Ids along one side: the names given, else numbers from 0 as numpy counts."""
    if names is None:
        return [f"{prefix}{i}" for i in range(length)]
    ids = [text_of(name) or "" for name in names]
    if len(ids) != length or len(set(ids)) != length:
        refuse(
            "read", argument, f"{len(set(ids))} different", f"{length} different names are needed, one a row or column"
        )
    return ids
