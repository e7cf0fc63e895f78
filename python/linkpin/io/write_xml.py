"""Writers of GEXF (1.2, which Gephi and others read) and GraphML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TextIO
from xml.sax.saxutils import escape, quoteattr

from .outgoing import Outgoing, cell_text, text_file, type_of

__all__ = ["write_gexf", "write_graphml"]

_GEXF_TYPES = {"boolean": "boolean", "integer": "long", "number": "double", "list": "liststring", "text": "string"}
_GRAPHML_TYPES = {"boolean": "boolean", "integer": "long", "number": "double", "list": "string", "text": "string"}
_META = ("creator", "title", "description", "keywords")
# XML 1.0 has no place for these characters, however they are written.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class _Text:
    """Texts for XML; characters that it cannot hold are replaced and counted."""

    def __init__(self) -> None:
        self.replaced = 0

    def plain(self, value: Any) -> str:
        """A value as text between tags."""
        return escape(self._clean(cell_text(value)), {"\r": "&#13;"})

    def quoted(self, value: Any) -> str:
        """A value as an attribute, with its quotation marks."""
        return quoteattr(self._clean(cell_text(value)), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})

    def _clean(self, text: str) -> str:
        clean, count = _NO_XML.subn("\ufffd", text)
        self.replaced += count
        return clean

    def tell(self, out: Outgoing) -> None:
        """Record what had to be replaced."""
        if self.replaced:
            out.lose(
                "", f"{self.replaced} characters", "XML cannot hold control characters; they are replaced by \ufffd"
            )


def _list_text(value: Any) -> Any:
    """A list of one member that holds another separator ends with a bar, so that it stays one."""
    if isinstance(value, tuple) and len(value) == 1 and re.search("[;,]", str(value[0])):
        return f"{value[0]}|"
    return value


def write_gexf(out: Outgoing, path: Path) -> None:
    """Write GEXF 1.2. All columns are held: kinds and the like as attributes, periods as start and end."""
    xml = _Text()
    nodes = [n for n in out.entities if n not in ("id", "label", "start", "end")]
    edges = [n for n in out.ties if n not in ("from", "to", "id", "label", "weight", "start", "end")]
    timed = any(n in columns for n in ("start", "end") for columns in (out.entities, out.ties))
    out.lose_about(_META)
    with text_file(path) as stream:
        stream.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        stream.write('<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n')
        meta = [f"    <{n}>{xml.plain(out.about[n])}</{n}>\n" for n in _META if n in out.about]
        if meta:
            stream.write("  <meta>\n" + "".join(meta) + "  </meta>\n")
        mode = ' mode="dynamic" timeformat="date"' if timed else ""
        default = "undirected" if out.directed and not any(out.directed) else "directed"
        stream.write(f'  <graph defaultedgetype="{default}"{mode}>\n')
        _gexf_attributes(stream, xml, "node", [(n, out.entities[n]) for n in nodes])
        _gexf_attributes(stream, xml, "edge", [(n, out.ties[n]) for n in edges])
        stream.write("    <nodes>\n")
        for i, id in enumerate(out.ids):
            given = [("id", id), *((n, out.entities[n][i]) for n in ("label", "start", "end") if n in out.entities)]
            _gexf_element(stream, xml, "node", given, [out.entities[n][i] for n in nodes])
        stream.write("    </nodes>\n    <edges>\n")
        named = [n for n in ("id", "label", "weight", "start", "end") if n in out.ties]
        for i, directed in enumerate(out.directed):
            given = [("source", out.ties["from"][i]), ("target", out.ties["to"][i])]
            if directed != (default == "directed"):
                given.append(("type", "directed" if directed else "undirected"))
            given += [(n, out.ties[n][i]) for n in named]
            _gexf_element(stream, xml, "edge", given, [out.ties[n][i] for n in edges])
        stream.write("    </edges>\n  </graph>\n</gexf>\n")
    _tell_default_weight(out)
    xml.tell(out)


def _gexf_attributes(stream: TextIO, xml: _Text, domain: str, columns: Sequence[tuple[str, list[Any]]]) -> None:
    if not columns:
        return
    stream.write(f'    <attributes class="{domain}">\n')
    for i, (name, values) in enumerate(columns):
        stream.write(f'      <attribute id="{i}" title={xml.quoted(name)} type="{_GEXF_TYPES[type_of(values)]}"/>\n')
    stream.write("    </attributes>\n")


def _gexf_element(
    stream: TextIO, xml: _Text, name: str, given: Sequence[tuple[str, Any]], values: Sequence[Any]
) -> None:
    written = "".join(f" {n}={xml.quoted(v)}" for n, v in given if v is not None)
    held = [f'<attvalue for="{i}" value={xml.quoted(_list_text(v))}/>' for i, v in enumerate(values) if v is not None]
    if held:
        stream.write(f"      <{name}{written}><attvalues>{''.join(held)}</attvalues></{name}>\n")
    else:
        stream.write(f"      <{name}{written}/>\n")


def write_graphml(out: Outgoing, path: Path) -> None:
    """Write GraphML. All columns are held; lists but roles come back as texts with bars."""
    xml = _Text()
    nodes = [n for n in out.entities if n != "id"]
    edges = [n for n in out.ties if n not in ("from", "to", "id")]
    for frame, names, columns in (("entities", nodes, out.entities), ("ties", edges, out.ties)):
        for name in names:
            if name != "roles" and type_of(columns[name]) == "list":
                out.lose(
                    name, "list", f"GraphML has no lists; these of {frame} are texts with bars between the members"
                )
    with text_file(path) as stream:
        stream.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        stream.write('<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
        _graphml_keys(stream, xml, "graph", "g", [(n, []) for n in out.about])
        _graphml_keys(stream, xml, "node", "n", [(n, out.entities[n]) for n in nodes])
        _graphml_keys(stream, xml, "edge", "e", [(n, out.ties[n]) for n in edges])
        default = "undirected" if out.directed and not any(out.directed) else "directed"
        stream.write(f'  <graph edgedefault="{default}">\n')
        for i, text in enumerate(out.about.values()):
            stream.write(f'    <data key="g{i}">{xml.plain(text)}</data>\n')
        for i, id in enumerate(out.ids):
            data = _graphml_data(xml, "n", [out.entities[n][i] for n in nodes])
            stream.write(f"    <node id={xml.quoted(id)}{_closed('node', data)}\n")
        ids = out.ties.get("id")
        for i, directed in enumerate(out.directed):
            given = "" if ids is None or ids[i] is None else f" id={xml.quoted(ids[i])}"
            given += f" source={xml.quoted(out.ties['from'][i])} target={xml.quoted(out.ties['to'][i])}"
            if directed != (default == "directed"):
                given += f' directed="{cell_text(directed)}"'
            data = _graphml_data(xml, "e", [out.ties[n][i] for n in edges])
            stream.write(f"    <edge{given}{_closed('edge', data)}\n")
        stream.write("  </graph>\n</graphml>\n")
    xml.tell(out)


def _graphml_keys(
    stream: TextIO, xml: _Text, domain: str, prefix: str, columns: Sequence[tuple[str, Sequence[Any]]]
) -> None:
    for i, (name, values) in enumerate(columns):
        type = _GRAPHML_TYPES[type_of(values)]
        stream.write(f'  <key id="{prefix}{i}" for="{domain}" attr.name={xml.quoted(name)} attr.type="{type}"/>\n')


def _graphml_data(xml: _Text, prefix: str, values: Sequence[Any]) -> str:
    return "".join(f'<data key="{prefix}{i}">{xml.plain(v)}</data>' for i, v in enumerate(values) if v is not None)


def _closed(name: str, data: str) -> str:
    """The end of an element's first tag, and the rest of it where there is more."""
    return f">{data}</{name}>" if data else "/>"


def _tell_default_weight(out: Outgoing) -> None:
    missing = sum(w is None for w in out.weights)
    if 0 < missing < len(out.weights):
        out.lose("weight", f"{missing} missing", "readers of the format give ties without a weight the weight 1")
