"""Graph files that are cut, doubled and scribbled on are read with issues or refused, and nothing else happens."""

from __future__ import annotations

import random

import pytest
from linkpin.io import InputError, gexf, graphml, mentalmodeler, pajek, ratings, ucinet
from linkpin.io.detect import HEAD

FILES = {
    "gexf": b"""<gexf><meta><title>T</title></meta><graph defaultedgetype="directed" mode="dynamic">
<attributes class="node"><attribute id="0" title="age" type="integer"><default>3</default></attribute></attributes>
<nodes><node id="a" label="A"><attvalues><attvalue for="0" value="4" end="2010"/></attvalues></node>
<node id="b">
<spells><spell start="2001"/></spells></node></nodes>
<edges><edge id="0" source="a" target="b" weight="2.5" type="mutual"/></edges></graph></gexf>""",
    "graphml": b"""<graphml><key id="k" for="node" attr.name="n" attr.type="int"><default>1</default></key>
<graph edgedefault="directed"><node id="a"><data key="k">2</data></node>
<node id="b"><graph><node id="c"/></graph></node>
<edge source="a" target="b" directed="false"/><hyperedge><endpoint node="a"/></hyperedge></graph></graphml>""",
    "pajek": b"""*Network N\r\n*Vertices 4 2\r\n1 "a" 0.1 0.2 ic Red [2001-*]\r\n2 "b"
3 "c"\r\n*Arcs :1 "r"\r\n1 3 2 l "x"
2: 2 4\r\n*Edgeslist\r\n1 3 4\r\n*Matrix\r\n0 1\r\n-1 0\r\n*Partition p.clu\r\n*Vertices 4\r\n1\r\n1\r\n2\r\n2\r\n""",
    "matrix": b"dl n=2 nm=2 format=fullmatrix\nlabels embedded\nlevel labels:\nx y\ndata:\n"
    b'"a b" c\n"a b" 0 1\nc 1 0\na c\na 2 .\nc 0 1\n',
    "lists": b"dl nr=2 nc=2 format=edgelist2\nrow labels:\na b\ncolumn labels embedded\ndata:\na x 2\nb y\n1 x -1\n",
    "map": b"""<mentalmodeler><info><name>M</name></info><groupNames><groupName>g</groupName></groupNames>
<concepts><concept><id>1</id><name>A</name><group>0</group><relationships>
<relationship><id>1</id><influence>H+</influence></relationship></relationships></concept></concepts></mentalmodeler>""",
    "ratings": b'{"E": [{"from": "A", "to": "B", "-VH": "", "-H": 1, "-M": "", "-L": "", "-VL": "", '
    b'"+VL": "", "+L": "", "+M": "", "+H": "", "+VH": ""}]}',
}
READERS = {
    "gexf": gexf,
    "graphml": graphml,
    "pajek": pajek,
    "matrix": ucinet,
    "lists": ucinet,
    "map": mentalmodeler,
    "ratings": ratings,
}
SCRIBBLES = (
    b'"',
    b"*",
    b"[",
    b"-1",
    b"nan",
    b"99999999999",
    b"\xff",
    b"\0",
    b"\n",
    b"<",
    b"1e400",
    b"data:\n",
    b"\xb9",
)


def damaged(content: bytes, rng: random.Random) -> bytes:
    text = bytearray(content)
    for _ in range(rng.randrange(1, 5)):
        at, way = rng.randrange(len(text) + 1), rng.random()
        if way < 0.35:
            text[at : at + rng.randrange(30)] = b""
        elif way < 0.75:
            text[at:at] = rng.choice(SCRIBBLES)
        else:
            start = rng.randrange(len(text) + 1)
            text[at:at] = text[start : start + rng.randrange(60)]
    return bytes(text)


@pytest.mark.parametrize("name", FILES)
def test_damage_gives_issues_or_a_refusal(name: str) -> None:
    module, content = READERS[name], FILES[name]
    assert module.FORMATS[0].probe(content, None)
    module.FORMATS[0].read(content).ecosystem()
    read = 0
    for seed in range(400):
        text = damaged(content, random.Random(seed))
        for known in module.FORMATS:
            if not known.probe(text[:HEAD], None):
                continue
            try:
                known.read(text).ecosystem()
                read += 1
            except InputError as refusal:
                assert str(refusal).startswith("read: ")
            break
    assert read > 0
