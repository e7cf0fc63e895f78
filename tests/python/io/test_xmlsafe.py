"""XML is read within limits: nothing expands, nothing is fetched, nothing goes on without end."""

from __future__ import annotations

import pytest
from linkpin.io import InputError, LimitError
from linkpin.io.xmlsafe import DEPTH_LIMIT, TEXT_LIMIT, TOKEN_LIMIT, root_of, walk


class Recorder:
    """Writes down what it hears."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str, int]] = []

    def start(self, name: str, attributes: dict[str, str], row: int) -> None:
        self.heard.append(("start", name, row))

    def end(self, name: str, text: str, row: int) -> None:
        self.heard.append((name, text, row))


def heard(document: bytes) -> list[tuple[str, str, int]]:
    recorder = Recorder()
    walk(document, recorder)
    return recorder.heard


def test_tells_names_without_prefix_direct_text_and_rows() -> None:
    document = b"<a:x xmlns:a='u'>one<y>two</y>\nthree<![CDATA[<&>]]></a:x>"
    assert heard(document) == [("start", "x", 1), ("start", "y", 1), ("y", "two", 1), ("x", "one\nthree<&>", 2)]


@pytest.mark.parametrize(
    "document",
    [
        b'<!DOCTYPE g [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><g>&b;</g>',
        b'<!DOCTYPE g [<!ENTITY x SYSTEM "file:///etc/hostname">]><g>&x;</g>',
        b'<!DOCTYPE g [<!ENTITY % x SYSTEM "http://example.org/x.dtd"> %x;]><g/>',
    ],
)
def test_refuses_declared_entities(document: bytes) -> None:
    with pytest.raises(InputError, match="XML entity"):
        heard(document)


def test_refuses_entities_that_only_another_file_defines() -> None:
    document = b'<!DOCTYPE g SYSTEM "http://example.org/g.dtd">\n<g>a&nbsp;b</g>'
    with pytest.raises(InputError, match=r"nbsp \(row 2\)"):
        heard(document)


def test_passes_over_a_plain_doctype() -> None:
    assert heard(b'<!DOCTYPE g SYSTEM "http://example.org/g.dtd"><g>x</g>')[-1] == ("g", "x", 1)


def test_limits_depth_text_and_tags() -> None:
    with pytest.raises(LimitError, match="depth of nesting"):
        heard(b"<a>" * (DEPTH_LIMIT + 1))
    with pytest.raises(LimitError, match="text of one element"):
        heard(b"<a>" + b"x" * (TEXT_LIMIT + 1) + b"</a>")
    with pytest.raises(LimitError, match="tag or comment"):
        heard(b"<a b='" + b"x" * (TOKEN_LIMIT + (1 << 18)) + b"'/>")


def test_says_where_the_document_is_damaged() -> None:
    with pytest.raises(InputError, match=r"mismatched tag .*row 2"):
        heard(b"<a>\n<b></a>")
    with pytest.raises(InputError, match="breaks off"):
        heard(b"<a><b/>")


def test_finds_the_root_in_a_beginning() -> None:
    assert root_of(b"\xef\xbb\xbf<?xml version='1.0'?><!-- x --><p:gexf a='1'><gr") == "gexf"
    assert root_of('<?xml version="1.0" encoding="utf-16"?><graphml/>'.encode("utf-16")) == "graphml"
    assert root_of(b'<!DOCTYPE graphml [<!ENTITY a "b">]><graphml/>') == "graphml"
    assert root_of(b"from,to\n1,2\n") == ""
