"""Networks, ecosystems, tables and results as values."""

import copy
import pickle
import subprocess
import sys

import linkpin as lp
import numpy as np
import pytest


@pytest.fixture
def net():
    return lp.Network.from_edges(
        ["carers", "council", "council"],
        ["council", "nhs", "carers"],
        [1.0, 2.0, 3.0],
        groups={"carers": "community", "council": "public", "nhs": "public"},
        attributes={"year": [2018, 2019, None]},
    )


def test_a_network_has_the_vertices_and_ties_it_was_given(net):
    assert (net.n, net.m, net.directed, net.weighted) == (3, 3, True, True)
    assert net.names == ["carers", "council", "nhs"]
    assert net.vertices["group"].tolist() == ["community", "public", "public"]
    rows = {(r["source"], r["target"]): (r["weight"], r["year"]) for r in net.ties.rows()}
    assert rows == {
        ("carers", "council"): (1.0, 2018),
        ("council", "carers"): (3.0, None),
        ("council", "nhs"): (2.0, 2019),
    }


def test_arrays_are_read_only_views_that_keep_the_network_alive(net):
    weights = net.csr().data
    indptr = net.csr().indptr
    expected = weights.copy()
    assert weights.base is not None
    with pytest.raises(ValueError, match="read-only"):
        indptr[0] = 7
    del net
    import gc

    gc.collect()
    assert (weights == expected).all()


def test_conversions_agree_with_each_other(net):
    scipy = pytest.importorskip("scipy.sparse")
    networkx = pytest.importorskip("networkx")
    matrix = net.to_scipy().toarray()
    assert isinstance(net.to_scipy(), scipy.csr_array)
    graph = net.to_networkx()
    assert isinstance(graph, networkx.DiGraph)
    assert (networkx.to_numpy_array(graph, nodelist=net.names) == matrix).all()
    igraph = pytest.importorskip("igraph")
    made = net.to_igraph()
    assert isinstance(made, igraph.Graph)
    assert made.vs["name"] == net.names
    assert np.allclose(np.array(made.get_adjacency_sparse(attribute="weight").todense()), matrix)


def test_networks_ecosystems_and_results_pickle_copy_and_compare(net):
    eco = lp.Ecosystem.from_columns(
        {"id": ["a", "b"], "kind": ["person", "event"], "start": ["2018-05", None], "roles": [["carer"], None]},
        {"from": ["a"], "to": ["b"], "kind": ["takes_part_in"], "weight": [2.0]},
        about={"title": "Forum"},
    )
    result = lp.density(net)
    for thing in (net, eco, result, result.table):
        assert pickle.loads(pickle.dumps(thing)) == thing
        assert copy.deepcopy(thing) == thing
    assert net != net.undirected()
    assert hash(net) == hash(pickle.loads(pickle.dumps(net)))


def test_the_mask_of_observed_dyads_travels():
    observed = np.array([[1, 1, 0], [0, 0, 0], [1, 1, 1]], dtype=bool)
    net = lp.Network.from_edges([0], [1], nodes=3, observed=observed)
    assert net.is_observed("0", "1") == "answered"
    assert net.is_observed("0", "2") == "not asked"
    assert net.is_observed("1", "0") == "did not respond"
    assert net.observed_share == 0.5
    assert pickle.loads(pickle.dumps(net)).is_observed("1", "2") == "did not respond"
    assert net.subnetwork(["2", "1"]).is_observed("1", "2") == "did not respond"
    assert net.undirected().is_observed("1", "2") == "answered"  # 2 spoke of it
    assert lp.density(net).value == pytest.approx(1 / 3)


def test_integer_ends_keep_their_order_and_texts_their_first_appearance():
    assert lp.Network.from_edges([30, 4], [4, 5]).names == ["4", "5", "30"]
    assert lp.Network.from_edges(["z", "a"], ["a", "m"]).names == ["z", "a", "m"]
    assert lp.Network.from_edges([], [], nodes=["x"]).n == 1
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"a": ["x", "y"], "b": ["y", "z"]})
    assert lp.Network.from_edges(frame["a"], frame["b"]).m == 2


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: lp.Network.from_edges(["a"], ["b"], [float("nan")]), r"weight = nan \(tie 0\)"),
        (lambda: lp.Network.from_edges(["a"], ["b"], [-1]), "weight = -1"),
        (lambda: lp.Network.from_edges(["a"], []), "one head for each"),
        (lambda: lp.Network.from_edges(["a"], ["b"], nodes=["a"]), r"'b' \(tie 0\).*nodes"),
        (lambda: lp.Network.from_edges([1, 9], [2, 3], nodes=3), "source = 9"),
        (lambda: lp.Network.from_edges(["a"], ["b"], observed=[1, 2, 3]), "observed, shape"),
        (lambda: lp.Network.from_edges(["a"], ["b"], parallel="drop"), "keep, merge"),
        (lambda: lp.Network.from_edges(["a"], ["b"]).undirected("median"), "max, sum, mean, min"),
        (lambda: lp.Network.from_edges(["a"], ["b"]).subnetwork(["c"]), "'c'"),
        (lambda: lp.Network.from_edges(["a"], ["b"]).csr("sideways"), "out, in"),
    ],
)
def test_wrong_calls_name_argument_value_and_remedy(call, says):
    with pytest.raises(lp.InputError, match=says):
        call()


def test_lenses_take_kinds_moments_and_modes():
    eco = lp.Ecosystem.from_columns(
        {"id": ["ann", "bea", "forum", "council"], "kind": ["person", "person", "event", "organisation"]},
        {
            "from": ["ann", "bea", "council"],
            "to": ["forum", "forum", "forum"],
            "kind": ["takes_part_in", "takes_part_in", "funds"],
            "start": ["2018", "2019", "2018-04-01"],
            "end": ["2019", None, "2020-04-01"],
        },
    )
    assert eco.network(kinds="funds", isolates=False).names == ["forum", "council"] or eco.network(kinds="funds").m == 1
    assert eco.network(at=2021).m == 1
    assert eco.network(project="person").m == 1
    assert eco.network(project="person", projection="newman").ties["weight"].tolist() == [1.0]
    with pytest.raises(lp.InputError, match="takes_part_in, funds"):
        eco.network(kinds="trusts")
    with pytest.raises(lp.InputError, match="2023-05"):
        eco.network(at="May")


def test_an_arrow_reader_takes_a_table_without_help():
    pyarrow = pytest.importorskip("pyarrow")
    table = lp.Table(
        {"id": ["a", None], "x": [1.5, float("nan")], "n": np.array([1, 2]), "yes": np.array([True, False])}
    )
    read = pyarrow.table(table)
    assert read.to_pydict() == {"id": ["a", None], "x": [1.5, None], "n": [1, 2], "yes": [True, False]}
    polars = pytest.importorskip("polars")
    assert polars.DataFrame(table).to_dict(as_series=False) == table.to_polars().to_dict(as_series=False)
    assert table.to_pandas()["n"].tolist() == [1, 2]


def test_tables_refuse_columns_of_different_length_and_name_those_they_have():
    with pytest.raises(ValueError, match="differ in length"):
        lp.Table({"a": [1], "b": [1, 2]})
    with pytest.raises(KeyError, match="there are a"):
        lp.Table({"a": [1]})["z"]


def test_results_say_what_they_have(net):
    result = lp.density(net)
    with pytest.raises(AttributeError, match=r"it has \.value"):
        _ = result.values
    assert "3" not in result.method
    assert result.reference
    assert float(result) == result.value
    assert "Density" in repr(result)
    assert "<script" not in lp.Table({"<script>": ["<b>"]})._repr_html_()


def test_the_catalogue_is_complete_and_feeds_the_docstrings():
    table = lp.measures()
    assert len(table) > 40
    for row in table.rows():
        for field in ("title", "meaning", "formula", "orientation", "shape", "range", "throws", "cost"):
            assert row[field], (row["name"], field)
        assert row["meaning"].endswith("."), row["name"]
        if hasattr(lp, row["name"]) and callable(getattr(lp, row["name"])):
            doc = getattr(lp, row["name"]).__doc__
            assert row["meaning"] in doc
            assert row["formula"] in doc


def test_importing_loads_numpy_and_nothing_heavier():
    code = (
        "import sys, linkpin; heavy = {'pandas', 'polars', 'pyarrow', 'networkx', 'matplotlib', 'scipy', 'igraph', "
        "'narwhals', 'python_calamine'} & set(sys.modules); assert not heavy, heavy; assert 'numpy' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
