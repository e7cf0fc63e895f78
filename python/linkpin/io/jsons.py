"""JSON and JSON Lines: Kumu, nodes and edges (Polinode, d3, networkx), records of research, lists of any records."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from . import folders, kumu, native
from .cells import text_of
from .columns import ENTITY_NAMES, TIE_NAMES, attribute_name
from .detect import Format, Source
from .directions import settle
from .draft import Draft
from .options import TableOptions
from .records import find, read_records
from .refusal import FileError, LimitError, refuse
from .sheet import Sheet
from .tables import flag_spellings, read_sheets

if TYPE_CHECKING:
    from ..ecosystem import Ecosystem

__all__ = ["FORMATS", "scalar"]

SIZE_LIMIT = 1 << 30
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def _probe(head: bytes, path: Path | None) -> bool:
    start = head
    for mark in _BOMS:
        start = start.removeprefix(mark)
    return start.replace(b"\0", b"").lstrip()[:1] in (b"{", b"[")


def load(source: Source) -> Any:
    """The content of a JSON text in UTF-8, UTF-16 or UTF-32. Raises InputError where it is none, or nests too deep."""
    name = source.name if isinstance(source, Path) else "bytes"
    size = len(source) if isinstance(source, bytes) else source.stat().st_size
    if size > SIZE_LIMIT:
        refuse("read", "file, bytes", size, f"more than {SIZE_LIMIT} of JSON; export tables instead", name,
               error=LimitError)  # fmt: skip
    try:
        return json.loads(source if isinstance(source, bytes) else source.read_bytes())
    except RecursionError:
        refuse("read", "file", name, "the JSON nests too deep to be an export of a network")
    except UnicodeDecodeError as error:
        refuse("read", "file", name, f"the text is not UTF-8 ({error.reason} at byte {error.start}); export it again")
    except json.JSONDecodeError as error:
        if error.msg == "Extra data":
            return _lines(source, name)
        refuse(
            "read",
            "file",
            name,
            f"this is no whole JSON ({error.msg}); export or download it again",
            f"line {error.lineno}, column {error.colno}",
        )
    except ValueError as error:
        refuse("read", "file", name, f"this is no JSON linkpin can hold ({error})")
    except OSError as error:
        refuse("read", "path", source, error.strerror or "cannot be opened", error=FileError)


def _lines(source: Source, name: str) -> list[Any]:
    """JSON Lines: one value a line."""
    text = (source if isinstance(source, bytes) else source.read_bytes()).decode("utf-8-sig")
    values: list[Any] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            values.append(json.loads(line))
        except (ValueError, RecursionError) as error:
            refuse("read", "file", name, f"this is neither one JSON nor one a line ({error})", f"line {number}")
    return values


def scalar(value: Any) -> Any:
    """A JSON value as one cell: lists of words are lists, objects stay JSON."""
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, list) and all(isinstance(v, (str, int, float)) for v in value):
        return tuple(str(v).replace("|", "/") for v in value) or None
    return json.dumps(value, ensure_ascii=False) if value else None


def read(source: Source, **given: Any) -> Draft | Ecosystem:
    """Read a JSON export, of whatever shape linkpin knows."""
    name = source.name if isinstance(source, Path) else "bytes"
    content = load(source)
    if isinstance(content, Mapping):
        if isinstance(content.get("resources"), list):
            return _read_described(source, name, given)
        if is_native(content):
            if given:
                refuse("read", "option", next(iter(given)), "a package in JSON takes no options", name)
            return native.read_json(source)
        if kumu.takes(content):
            return kumu.read_content(content, name, given)
        if isinstance(content.get("nodes"), list) and isinstance(content.get("links", content.get("edges")), list):
            return _read_node_link(content, name, given)
    if "columns" not in given and "shape" not in given and (found := find(content)) is not None:
        return read_records(*found, name, given)
    sheets = _record_sheets(content, name)
    if not sheets:
        _refuse_unknown(content, name)
    return read_sheets(sheets, TableOptions.of(given), name)


def _read_described(source: Source, name: str, given: Mapping[str, Any]) -> Draft | Ecosystem:
    """Read the folder that a datapackage.json describes."""
    if isinstance(source, bytes):
        refuse("read", "source", name, "this describes a data package; read its folder, or a zip archive of it")
    return folders.read(source.parent, **given)


def _refuse_unknown(content: Any, name: str) -> NoReturn:
    found = ", ".join(str(k) for k in list(content)[:8]) if isinstance(content, Mapping) else type(content).__name__
    refuse(
        "read",
        "file",
        name,
        f"this JSON (members: {found}) is none that linkpin knows; give Kumu's elements and connections, "
        "nodes and edges, or a list of records",
    )


def is_native(content: Mapping[str, Any]) -> bool:
    """Whether JSON is linkpin's own."""
    return "linkpin" in content or any(isinstance(content.get(name), list) for name in ("entities", "ties", "reports"))


def _flat(record: Mapping[str, Any]) -> dict[str, Any]:
    """A record with its nested attributes beside the rest."""
    flat: dict[str, Any] = {}
    for name, value in record.items():
        if name in ("attributes", "data", "properties", "attvalues") and isinstance(value, Mapping):
            for inner, v in value.items():
                flat.setdefault(str(inner), v)
        else:
            flat[name] = value
    return flat


def _first(record: Mapping[str, Any], names: tuple[str, ...]) -> tuple[str | None, Any]:
    for name in names:
        if record.get(name) is not None:
            return name, record[name]
    return None, None


def _end(value: Any, order: list[str]) -> str | None:
    """The id of an end; d3 may write the node itself or its position."""
    if isinstance(value, Mapping):
        value = _first(value, ("id", "_id", "name"))[1]
    text = text_of(value) if isinstance(value, (str, int, float)) and not isinstance(value, bool) else None
    if isinstance(value, int) and text not in order and 0 <= value < len(order):
        return order[value]
    return text


def _read_node_link(content: Mapping[str, Any], file: str, given: Mapping[str, Any]) -> Draft:
    """Nodes and edges as objects: Polinode, d3, networkx's node-link, sigma."""
    for option in given:
        if option not in ("directed", "wave"):
            refuse("read", "option", option, "nodes and edges in JSON take directed and wave", file)
    draft = Draft(file=file)
    draft.note(f"{file}: JSON with nodes and edges")
    order: list[str] = []
    for place, record in enumerate(content["nodes"], 1):
        flat = _flat(record) if isinstance(record, Mapping) else {"id": record}
        name, value = _first(flat, ("id", "_id", "key", "name", "label"))
        id = text_of(scalar(value))
        if id is None:
            draft.refuse(file, place, "nodes", record, "the node has no id; it is left out", "give it an id")
            continue
        order.append(id)
        attributes: dict[str, Any] = {}
        for key, v in flat.items():
            if key != name or key in ("name", "label"):
                wanted = "label" if key.lower() == "name" and "label" not in flat else key
                attributes[attribute_name(wanted, ENTITY_NAMES, ("id", *attributes))] = scalar(v)
        draft.add_entity_from(id, attributes, row=place)
    whole = given.get("directed", content.get("directed", True))
    undirected: list[bool] = []
    known = set(order)
    for place, record in enumerate(content.get("links", content.get("edges")), 1):
        flat = _flat(record) if isinstance(record, Mapping) else {}
        heads = _first(flat, ("source", "from", "Source", "From"))
        tails = _first(flat, ("target", "to", "Target", "To"))
        head, tail = _end(heads[1], order), _end(tails[1], order)
        if head is None or tail is None:
            draft.refuse(file, place, "edges", record, "one end of the tie is missing; it is left out", "name both")
            continue
        for end in (head, tail):
            if end not in known:
                known.add(end)
                draft.refuse(file, place, "edges", end, "no node has this id; it was added", "add it, or mend the id")
        columns = {k: scalar(v) for k, v in flat.items() if k not in (heads[0], tails[0])}
        undirected.append(_undirected(columns, whole))
        draft.add_tie(head, tail, **_tie_columns(columns, given.get("wave"), draft, file, place))
    settle(draft, undirected)
    flag_spellings(draft)
    return draft


def _undirected(columns: dict[str, Any], whole: Any) -> bool:
    word = str(columns.get("type", "")).lower()
    if word in ("directed", "undirected", "mutual"):
        del columns["type"]
        return word != "directed"
    own = columns.get("directed")
    if isinstance(own, bool):
        del columns["directed"]
        return not own
    return whole is False


def _tie_columns(columns: dict[str, Any], wave: Any, draft: Draft, file: str, place: int) -> dict[str, Any]:
    named: dict[str, Any] = {}
    for key, value in columns.items():
        wanted = "kind" if key in ("type", "relation") and "kind" not in columns else key
        named[attribute_name(wanted, TIE_NAMES, ("from", "to", *named))] = value
    if wave is not None:
        named.setdefault("wave", wave)
    weight = named.get("weight")
    if weight is not None and (isinstance(weight, bool) or not isinstance(weight, (int, float))):
        reason = "the weight is no number; the tie is kept without one"
        draft.refuse(file, place, "weight", weight, reason, "give a number")
        named["weight"] = None
    return named


def _record_sheets(content: Any, file: str) -> list[Sheet]:
    """Lists of objects, alone or by name, as sheets."""
    lists = {"records": content} if isinstance(content, list) else content if isinstance(content, Mapping) else {}
    sheets: list[Sheet] = []
    for name, records in lists.items():
        if not isinstance(records, list) or not records or not all(isinstance(r, Mapping) for r in records):
            continue
        headings = list(dict.fromkeys(str(key) for record in records for key in record))
        rows = [[scalar(record.get(h)) for h in headings] for record in records]
        sheets.append(Sheet(file if len(lists) == 1 else f"{file} [{name}]", str(name), [list(headings), *rows]))
    return sheets


FORMATS = [Format("JSON (Kumu, Polinode, nodes and edges, records)", _probe, read)]
