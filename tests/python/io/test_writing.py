"""Writers: what is written reads back the same, others read it too, and what does not fit is told."""

from __future__ import annotations

import random
import warnings
from pathlib import Path
from typing import Any

import igraph
import networkx as nx
import numpy as np
import pytest
from graph_files import data
from linkpin.ecosystem import Ecosystem
from linkpin.io import FileError, InputError, Issue, read, write
from linkpin.io.writing import ENDINGS, FORMATS, LossWarning

# Formats that hold every column of entities and ties.
WHOLE = {
    "gexf": "x.gexf",
    "graphml": "x.graphml",
    "kumu": "x.json",
    "polinode": "x.json",
    "gephi": "folder",
    "nodexl": "folder",
    "kumu-sheets": "folder",
}
PARTS = {"pajek": "x.net", "ucinet": "x.dl", "edges": "x.csv", "matrix": "x.csv", "graph-commons": "folder"}


def columns(table: Any) -> dict[str, list[Any]]:
    """A table's columns as lists, NaN as None, columns without a value left out."""
    found = {n: [None if isinstance(v, float) and v != v else v for v in table[n].tolist()] for n in table.columns}
    return {n: values for n, values in found.items() if any(v is not None for v in values)}


def signed(ties: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Ties whose sign stands at every weight, as some readers leave a plus out."""
    if "sign" in ties:
        weights = ties.get("weight", [])
        ties = {**ties, "sign": [s or (None if w is None else 1) for s, w in zip(ties["sign"], weights, strict=True)]}
    return ties


def written(eco: Ecosystem, path: Path, format: str | None = None) -> list[Issue]:
    """Write without the warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", LossWarning)
        return write(eco, path, format)


def sample() -> Ecosystem:
    """One of everything that the model has."""
    return Ecosystem.from_columns(
        {
            "id": ["a", "b", "c", "d"],
            "label": ["Ada & Co", 'Bee "x"', "Cé", "Dee"],
            "kind": ["person", "organisation", "person", "group"],
            "roles": [("carer", "researcher"), ("Smith, J",), None, None],
            "start": ["2018", "2019-05", "2020-01-02", None],
            "size": [1, 2, None, 4],
            "score": [1.0, 2.5, None, 3.0],
            "ok": [True, False, None, True],
            "note": ["x", "two\nlines", None, "<&>"],
        },
        {
            "from": ["a", "a", "b", "c", "a"],
            "to": ["b", "b", "c", "a", "a"],
            "kind": ["funds", "knows", "knows", "funds", "funds"],
            "weight": [1.5, 2, 3, 0.1, 1],
            "sign": [1, 1, -1, 1, 1],
            "start": ["2019", None, None, "2020", None],
            "end": ["2021", None, None, None, None],
            "label": ["L1", None, None, None, None],
            "why": ["p", "q", None, None, "r|s"],
        },
        {"respondent": ["a"], "from": ["a"], "to": ["b"], "item": ["t"], "state": ["answered"], "value": [0]},
        kinds=[{"name": "knows", "symmetric": True}],
        about={"title": "T & U", "description": "D", "licence": "CC BY"},
    )


@pytest.mark.parametrize("format", WHOLE)
def test_everything_of_entities_and_ties_comes_back(format: str, tmp_path: Path) -> None:
    eco = sample()
    lost = written(eco, tmp_path / WHOLE[format], format)
    back = read(tmp_path / WHOLE[format])
    assert columns(back.entities) == columns(eco.entities)
    assert signed(columns(back.ties)) == columns(eco.ties)
    assert [(k["name"], k["symmetric"]) for k in back.kinds] == [("knows", True)]
    assert {issue.column for issue in lost} <= {"reports", "licence", "title", "description"}
    assert "reports" in {issue.column for issue in lost}


@pytest.mark.parametrize("name", ["folder", "x.json"])
def test_linkpins_own_formats_hold_everything(name: str, tmp_path: Path) -> None:
    eco = sample()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert write(eco, tmp_path / name) == []
    assert read(tmp_path / name) == eco


def test_the_example_comes_back_through_gexf_and_graphml(tmp_path: Path) -> None:
    eco = read(Path(__file__).resolve().parents[3] / "examples" / "adult-social-care")
    for name in ("x.gexf", "x.graphml"):
        written(eco, tmp_path / name)
        back = read(tmp_path / name)
        assert columns(back.entities) == columns(eco.entities)
        assert columns(back.ties) == columns(eco.ties)


def any_text(rng: random.Random) -> str:
    return "t" + "".join(rng.choice("abc <>&'\"é漢;,\n") for _ in range(rng.randrange(8))) + "."


def any_ecosystem(rng: random.Random) -> Ecosystem:
    """Entities and ties with texts that every format must quote, missing values and both directions."""
    n, m = rng.randrange(1, 8), rng.randrange(0, 12)
    ids = [f"{' '.join(any_text(rng).split())}{i}" for i in range(n)]

    def some(make: Any, count: int) -> list[Any]:
        return [make() if rng.random() < 0.7 else None for _ in range(count)]

    entities = {
        "id": ids,
        "label": some(lambda: any_text(rng), n),
        "kind": some(lambda: rng.choice(["person", "group"]), n),
        "score": some(lambda: rng.choice([rng.random(), 1e-300, 12345678901.5, -3.25]), n),
        "count": some(lambda: rng.randrange(-(2**40), 2**40), n),
        "ok": some(lambda: rng.random() < 0.5, n),
        "text": some(lambda: any_text(rng), n),
        "start": some(lambda: rng.choice(["2019", "2020-02", "2021-03-04"]), n),
    }
    kind = ["arc" if rng.random() < 0.5 else "edge" for _ in range(m)]
    ties = {
        "from": [rng.choice(ids) for _ in range(m)],
        "to": [rng.choice(ids) for _ in range(m)],
        "kind": kind,
        "weight": [rng.random() * 10 for _ in range(m)],
        "id": [f"e{i}" for i in range(m)],
        "text": some(lambda: any_text(rng), m),
        "end": some(lambda: rng.choice(["2029", "2030-02"]), m),
    }
    return Ecosystem.from_columns(entities, ties, kinds=[{"name": "edge", "symmetric": True}])


@pytest.mark.parametrize("format", ["gexf", "graphml", "kumu", "polinode"])
def test_a_hundred_random_ecosystems_come_back(format: str, tmp_path: Path) -> None:
    path = tmp_path / WHOLE[format]
    for seed in range(100):
        eco = any_ecosystem(random.Random(seed))
        lost = written(eco, path, format)
        back = read(path)
        wanted = columns(eco.ties)
        kinds = set(wanted.get("kind", []))
        if len(kinds) == 1:  # readers call the only kind of tie "tie"; the name stays where the file says it
            wanted["kind"] = columns(back.ties)["kind"]
        assert columns(back.entities) == columns(eco.entities), seed
        assert columns(back.ties) == wanted, seed
        assert {issue.column for issue in lost} <= {"weight"}, seed


def test_pajek_holds_labels_kinds_weights_and_years(tmp_path: Path) -> None:
    eco = sample()
    lost = written(eco, tmp_path / "x.net")
    back = read(tmp_path / "x.net")
    names = dict(zip(back.entities["id"], back.entities["label"], strict=True))
    assert list(names.values()) == ["Ada & Co", "Bee 'x'", "Cé", "Dee"]
    own = dict(zip(eco.entities["id"], names.values(), strict=True))

    def claims(e: Ecosystem, called: dict[str, str]) -> set[Any]:
        found = columns(e.ties)
        ends = [(called[a], called[b]) for a, b in zip(found["from"], found["to"], strict=True)]
        return set(zip(ends, *(found[n] for n in ("kind", "weight", "sign", "start", "end", "label")), strict=True))

    assert claims(back, names) == claims(eco, own)
    assert back.about["title"] == "T & U"
    told = {issue.column for issue in lost}
    assert told == {"reports", "label", "id", "description", "licence", "kind", "roles", "start"} | {
        "size", "score", "ok", "note", "why"
    }  # fmt: skip


def test_pajek_and_ucinet_keep_two_modes(tmp_path: Path) -> None:
    eco = read(data("formats_ucinet_dl/DAVIS.DAT"))
    for name in ("x.net", "x.dl"):
        written(eco, tmp_path / name)
        back = read(tmp_path / name)
        called = dict(zip(back.entities["id"], columns(back.entities).get("label", back.entities["id"]), strict=True))
        assert {(called[a], called[b]) for a, b in zip(back.ties["from"], back.ties["to"], strict=True)} == set(
            zip(eco.ties["from"], eco.ties["to"], strict=True)
        )
        assert sorted(back.entities["kind"]) == sorted(eco.entities["kind"])


@pytest.mark.parametrize("name", ["PADGETT", "WOLF", "KRACKAD", "SZCID", "GAMA"])
def test_ucinets_own_data_come_back(name: str, tmp_path: Path) -> None:
    eco = read(data(f"formats_ucinet_dl/{name}.DAT"))
    assert written(eco, tmp_path / "x.dl") == []
    back = read(tmp_path / "x.dl")
    assert columns(back.entities) == columns(eco.entities)
    assert columns(back.ties) == columns(eco.ties)


def test_ucinet_adds_parallel_ties_and_says_so(tmp_path: Path) -> None:
    eco = Ecosystem.from_columns({"id": ["a", "b"]}, {"from": ["a", "a"], "to": ["b", "b"], "weight": [1, 2.5]})
    lost = written(eco, tmp_path / "x.dl")
    assert [issue.column for issue in lost] == ["weight"]
    assert columns(read(tmp_path / "x.dl").ties)["weight"] == [3.5]


@pytest.mark.parametrize("file", ["formats_gexf/les_miserables.gexf", "knoke_bureaucracies/KnokBur.paj"])
def test_networkx_and_igraph_read_what_is_written(file: str, tmp_path: Path) -> None:
    eco = read(data(file))
    ties = columns(eco.ties)
    wanted = sorted(zip(ties["from"], ties["to"], ties["weight"], strict=True))
    written(eco, tmp_path / "x.gexf")
    graph = nx.read_gexf(tmp_path / "x.gexf")
    assert sorted((u, v, w) for u, v, w in graph.edges(data="weight")) == wanted
    assert [graph.nodes[i]["label"] for i in eco.entities["id"]] == eco.entities["label"].tolist()
    written(eco, tmp_path / "x.graphml")
    graph = nx.read_graphml(tmp_path / "x.graphml")
    assert sorted((u, v, w) for u, v, w in graph.edges(data="weight")) == wanted
    other = igraph.Graph.Read_GraphML(str(tmp_path / "x.graphml"))
    assert sorted((other.vs[e.source]["id"], other.vs[e.target]["id"], e["weight"]) for e in other.es) == wanted
    written(eco, tmp_path / "x.net")
    graph = nx.read_pajek(tmp_path / "x.net")
    label = dict(zip(eco.entities["id"], eco.entities["label"], strict=True))
    assert sorted((u, v, w) for u, v, w in graph.edges(data="weight")) == sorted(
        (label[u], label[v], w) for u, v, w in wanted
    )
    other = igraph.Graph.Read_Pajek(str(tmp_path / "x.net"))
    assert (other.vcount(), other.ecount()) == (len(eco.entities), len(eco.ties))
    assert sorted(other.es["weight"]) == sorted(ties["weight"])


def test_networkx_reads_undirected_files(tmp_path: Path) -> None:
    eco = Ecosystem.from_columns(
        {"id": ["a", "b"]}, {"from": ["a"], "to": ["b"], "kind": ["tie"]}, kinds=[{"name": "tie", "symmetric": True}]
    )
    for name, reader in (("x.gexf", nx.read_gexf), ("x.graphml", nx.read_graphml)):
        written(eco, tmp_path / name)
        assert not reader(tmp_path / name).is_directed()


def test_a_matrix_holds_one_kind_of_tie(tmp_path: Path) -> None:
    eco = read(data("formats_ucinet_dl/SZCID.DAT"))
    assert written(eco, tmp_path / "x.csv", "matrix") == []
    back = read(tmp_path / "x.csv")
    assert columns(back.entities) == columns(eco.entities)
    assert columns(back.ties) == columns(eco.ties)
    cells = np.genfromtxt(tmp_path / "x.csv", delimiter=",", skip_header=1)[:, 1:]
    assert (cells == cells.T).all()
    lost = {issue.column: issue for issue in written(sample(), tmp_path / "y.csv", "matrix")}
    assert lost["kind"].value == "funds, knows"


def test_an_edge_list_leaves_lonely_entities_out_and_says_so(tmp_path: Path) -> None:
    lost = {issue.column: issue for issue in written(sample(), tmp_path / "x.csv")}
    assert lost["id"].value == "d"
    assert signed(columns(read(tmp_path / "x.csv").ties)) == columns(sample().ties)


def test_graph_commons_knows_names_and_types(tmp_path: Path) -> None:
    lost = written(sample(), tmp_path / "folder", "graph-commons")
    heading = (tmp_path / "folder" / "edges.csv").read_text().splitlines()[0]
    assert heading.startswith("from_type,from_name,name,to_type,to_name")
    back = read(tmp_path / "folder")
    assert set(back.entities["id"]) == set(sample().entities["label"])
    assert back.ties["kind"].tolist() == sample().ties["kind"].tolist()
    assert {"id", "direction"} <= {issue.column for issue in lost}


def test_columns_that_a_tool_uses_for_something_else_get_another_heading(tmp_path: Path) -> None:
    eco = Ecosystem.from_columns({"id": ["a"]}, {"from": ["a"], "to": ["a"], "kind": ["k"], "Type": ["x"]})
    lost = written(eco, tmp_path / "folder", "gephi")
    assert [(issue.column, issue.value) for issue in lost] == [("Type", "Type (own)")]


def test_characters_that_xml_cannot_hold_are_replaced_and_told(tmp_path: Path) -> None:
    eco = Ecosystem.from_columns({"id": ["a"], "label": ["bell\x07"]})
    assert len(written(eco, tmp_path / "x.gexf")) == 1
    assert read(tmp_path / "x.gexf").entities["label"].tolist() == ["bell\ufffd"]


def test_a_warning_names_what_is_lost(tmp_path: Path) -> None:
    with pytest.warns(LossWarning, match="reports") as caught:
        sample().save(tmp_path / "x.gexf")
    assert "licence" in str(caught[0].message)


def test_endings_and_formats(tmp_path: Path) -> None:
    assert set(ENDINGS.values()) <= set(FORMATS)
    assert {*WHOLE, *PARTS, "package", "json"} == set(FORMATS)
    with pytest.raises(InputError, match="the ending names no format"):
        write(sample(), tmp_path / "x.docx")
    with pytest.raises(InputError, match="choose one of"):
        write(sample(), tmp_path / "x.gexf", "word")
    with pytest.raises(FileError):
        written(sample(), tmp_path / "no" / "such" / "x.gexf")


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.gexf"
    path.write_text("before")
    monkeypatch.setattr("linkpin.io.write_xml._gexf_element", lambda *_: (_ for _ in ()).throw(RuntimeError("stop")))
    with pytest.raises(RuntimeError, match="stop"):
        written(sample(), path)
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    "file",
    [
        "formats_gexf/networkit_dynamicTest.gexf",
        "formats_gexf/v1_3.gexf",
        "formats_graphml/graphml-default-attrs.xml",
        "formats_pajek/links.net",
        "fcm_mentalmodeler/fish_wetland.mmp",
        "scotland_interlocks/Scotland.paj",
    ],
)
@pytest.mark.parametrize("format", ["gexf", "kumu", "polinode"])
def test_files_of_other_tools_come_back_through_any_whole_format(file: str, format: str, tmp_path: Path) -> None:
    eco = read(data(file))
    lost = {issue.column for issue in written(eco, tmp_path / WHOLE[format], format)}
    back = read(tmp_path / WHOLE[format])
    assert left_out(columns(back.entities), lost) == left_out(columns(eco.entities), lost)
    assert signed(columns(back.ties)) == signed(columns(eco.ties))


def left_out(found: dict[str, list[Any]], lost: set[str]) -> dict[str, list[Any]]:
    """Columns but those that the writer said are lost; a lost type comes back as the kind."""
    gone = lost | ({"kind"} if "type" in lost else set())
    return {name: values for name, values in found.items() if name not in gone}
