"""Every name, argument and part of a result that others call by, on networks small enough to see through."""

import inspect
from pathlib import Path

import linkpin as lp
import numpy as np
import pytest

ECO = lp.read(Path(__file__).resolve().parents[2] / "examples" / "adult-social-care")
NET = lp.Network.from_edges(
    list("abcaded"),
    list("bcadedf"),
    [1, 2, 3, 4, 1, 2, 1.5],
    groups={"a": "x", "b": "x", "c": "y", "d": "y", "e": "x", "f": "y"},
)
UND = NET.undirected()
DAG = lp.Network.from_edges(list("aabcd"), list("bcdde"), attributes={"p": [0.5, 0.5, 0.5, 0.5, 0.9]})
Y, X = np.random.default_rng(1).random((2, 8, 8))
ROLES = {"w_I", "w_O", "b_IO", "b_OI", "b_O", "t"}
TEST = {"sensitivity": 0.8, "type_one": 0.2, "passed": True, "group": None}

VALUES = {
    **{f"degree {m}": lambda m=m: lp.degree(NET, mode=m) for m in ("all", "in", "out")},
    **{f"harmonic {m}": lambda m=m: lp.harmonic(NET, mode=m) for m in ("all", "in", "out")},
    **{f"components {m}": lambda m=m: lp.components(NET, mode=m) for m in ("weak", "strong")},
    "strength": lambda: lp.strength(NET, mode="in", weights="weight"),
    "betweenness": lambda: lp.betweenness(NET),
    "betweenness inverse": lambda: lp.betweenness(NET, lengths="inverse"),
    "betweenness lengths": lambda: lp.betweenness(NET, lengths=np.ones(NET.m)),
    "closeness": lambda: lp.closeness(NET),
    "eigenvector": lambda: lp.eigenvector(UND),
    "pagerank": lambda: lp.pagerank(NET, damping=0.85, weights="weight"),
    "katz": lambda: lp.katz(NET, alpha=0.1, beta=1.0),
    "constraint": lambda: lp.constraint(NET, weights="weight"),
    "effective_size": lambda: lp.effective_size(UND),
    "efficiency": lambda: lp.efficiency(UND),
    "coreness": lambda: lp.coreness(UND),
    "clustering": lambda: lp.clustering(UND),
    "eccentricity": lambda: lp.eccentricity(UND),
    "articulation_points": lambda: lp.articulation_points(UND),
}

VALUE = {
    **{
        f"centralization {of}": lambda of=of: lp.centralization(UND, of=of, loops=False)
        for of in ("degree", "indegree", "outdegree", "betweenness", "closeness", "eigenvector")
    },
    **{f"fragmentation {d}": lambda d=d: lp.fragmentation(UND, distance_weighted=d) for d in (False, True)},
    "density": lambda: lp.density(NET),
    "reciprocity": lambda: lp.reciprocity(NET),
    "transitivity": lambda: lp.transitivity(UND),
    "mean_distance": lambda: lp.mean_distance(NET),
    "diameter": lambda: lp.diameter(NET),
    "gini": lambda: lp.gini(lp.degree(NET).values),
    "assortativity": lambda: lp.assortativity(NET, "group"),
    "degree_assortativity": lambda: lp.degree_assortativity(NET),
    "modularity": lambda: lp.modularity(NET, "group"),
    "ei_index": lambda: lp.ei_index(NET, "group", weights=None),
    "core_periphery": lambda: lp.core_periphery(UND, model="discrete"),
    "contribution": lambda: lp.contribution(0.5, [TEST]),
    "contribution ranges": lambda: lp.contribution((0.3, 0.5), [{**TEST, "sensitivity": (0.7, 0.8)}]),
    "reliability": lambda: lp.reliability(DAG, ["a"], ["e"], p="p", method="auto", seed=1),
    "spread ic": lambda: lp.spread(DAG, ["a"], model="ic", p=0.5, method="auto", seed=1),
    "spread lt": lambda: lp.spread(DAG, ["a"], model="lt", p=0.5, method="auto", seed=1),
    "choose_seeds": lambda: lp.choose_seeds(DAG, 1, model="ic", p=0.5, epsilon=0.2, seed=1),
    "qap": lambda: lp.qap(Y, X, permutations=19, seed=1),
    "logrank": lambda: lp.logrank([1, 2, 3, 4], [True, False, True, True], groups=list("abab")),
    "concordance": lambda: lp.concordance([[1, 2, 3], [1, 3, 2]]),
}

TABLES = {
    "hits": (lambda: lp.hits(NET), {"hub", "authority"}),
    "dyad_census": (lambda: lp.dyad_census(NET), {"type", "count"}),
    "triad_census": (lambda: lp.triad_census(NET), {"type", "count"}),
    "bridges": (lambda: lp.bridges(UND), {"from", "to"}),
    "biconnected_components": (lambda: lp.biconnected_components(UND), set()),
    "mrqap": (
        lambda: lp.mrqap(Y, {"x": X}, permutations=19, directed=True, seed=1),
        {"term", "estimate", "standardised", "t", "p_greater", "p_less", "p_two_sided"},
    ),
    **{
        f"traversal_weights {k}": (lambda k=k: lp.traversal_weights(DAG, kind=k), {"source", "target", "weight"})
        for k in ("spc", "splc", "spnp")
    },
    **{
        f"main_path {s}": (lambda s=s: lp.main_path(DAG, kind="spc", search=s), {"source", "target", "weight"})
        for s in ("local", "global", "key-route")
    },
    "kaplan_meier": (
        lambda: lp.kaplan_meier([1, 2, 3, 4], [True, False, True, True], groups=None),
        {"time", "survival", "lower", "upper"},
    ),
    "scorecard": (lambda: lp.scorecard(ECO, replicates=0), {"measure", "value", "reading", "caveat"}),
    "participation": (lambda: lp.participation(ECO), set()),
    "feedback": (lambda: lp.feedback(ECO), set()),
    "funding": (lambda: lp.funding(ECO), set()),
    "partnerships": (lambda: lp.partnerships(ECO), set()),
    "representation": (lambda: lp.representation({"a": 60, "b": 4}, {"a": 0.8, "b": 0.2}), set()),
    "suppress": (lambda: lp.suppress({"group": ["a", "b"], "x": [3, 9], "y": [10, 20]}, threshold=5), set()),
}

PARTS = {
    "ei_index": (lambda: lp.ei_index(NET, "group"), ("by_group", "by_node")),
    "brokerage": (lambda: lp.brokerage(NET, "group"), ("raw", "expected", "sd", "z", "whole")),
    "key_players": (lambda: lp.key_players(UND, 2, criterion="reach", exact=True), ("value", "sets")),
    "core_periphery": (lambda: lp.core_periphery(UND), ("value", "core")),
    "permutation_test": (
        lambda: lp.permutation_test(NET, lp.ei_index, "group", permutations=19, seed=1),
        ("value", "p", "p_greater", "p_less", "seed"),
    ),
    "mrqap": (lambda: lp.mrqap(Y, {"x": X}, permutations=19, seed=1), ("r_squared",)),
    "cognitive map": (
        lambda: lp.CognitiveMap(["a", "b"], [[0, 0.5], [-0.3, 0]]).run(
            [1, 0], rule="rescaled", transfer="tanh", slope=1.0, clamp=None, tolerance=1e-9
        ),
        ("trajectory", "values", "verdict"),
    ),
    **{
        f"bootstrap {i}": (
            lambda i=i: lp.bootstrap(
                UND, lp.density, resample="vertices", interval=i, replicates=20, level=0.95, seed=1
            ),
            ("value", "interval", "interval_of", "monte_carlo_error"),
        )
        for i in ("percentile", "basic", "bca")
    },
}


def sound(result):
    """What every result has: words on itself, frames, displays, a picture."""
    assert result.method
    assert result.orientation
    assert isinstance(result.reference, str)
    assert isinstance(result.warnings, list)
    assert result.seed is None or isinstance(result.seed, int)
    assert result.to_pandas() is not None
    assert result.to_polars() is not None
    assert repr(result)
    assert result._repr_html_()


@pytest.mark.parametrize("name", VALUES)
def test_one_number_a_vertex(name):
    result = VALUES[name]()
    sound(result)
    assert result.values.dtype == np.float64
    assert len(result.values) == NET.n
    assert len(result.to_pandas()) >= 1
    assert result.plot() is not None


@pytest.mark.parametrize("name", VALUE)
def test_one_number(name):
    result = VALUE[name]()
    sound(result)
    assert isinstance(float(result.value), float)
    assert result.plot() is not None


@pytest.mark.parametrize("name", TABLES)
def test_tables(name):
    call, columns = TABLES[name]
    result = call()
    sound(result)
    assert columns <= set(result.table.columns)
    assert len(result.table) == len(result.table[result.table.columns[0]])


@pytest.mark.parametrize("name", PARTS)
def test_parts(name):
    call, parts = PARTS[name]
    result = call()
    sound(result)
    for part in parts:
        assert getattr(result, part) is not None
        assert part in dir(result)


def test_brokerage_has_its_roles_in_every_frame():
    result = lp.brokerage(NET, "group")
    for frame in (result.raw, result.expected, result.sd, result.z):
        assert set(frame.columns) >= ROLES
        assert frame.to_pandas() is not None


def test_how_networks_are_made_and_derived():
    made = inspect.signature(lp.Network.from_edges).parameters
    assert list(made)[:8] == ["source", "target", "weight", "directed", "nodes", "groups", "observed", "parallel"]
    assert made["directed"].default is True
    assert made["parallel"].default == "keep"
    derived = inspect.signature(lp.Ecosystem.network).parameters
    assert list(derived)[1:9] == ["kinds", "at", "wave", "item", "rule", "nonresponse", "weight", "project"]
    assert (derived["rule"].default, derived["nonresponse"].default) == ("union", "available")
    assert NET.to_networkx().number_of_edges() == NET.to_igraph().ecount() == NET.to_scipy().nnz == NET.m
    assert NET.csr().indptr[-1] == NET.m
    assert [NET.undirected(w).m for w in ("max", "sum", "mean", "min")] == [UND.m] * 4


def test_tables_are_handed_on():
    import pyarrow

    table = NET.vertices
    assert isinstance(table["id"], np.ndarray)
    assert pyarrow.table(table).num_rows == len(table.to_pandas()) == len(table.to_polars()) == NET.n


def test_shares_add_up_to_what_they_divide():
    assert lp.shapley_reach(DAG, ["a", "b"], ["e"]).values.sum() == pytest.approx(1)
    assert lp.shapley(["a", "b"], len).values.sum() == pytest.approx(2)
    assert lp.shapley_success([0.5, 0.3]).values.sum() == pytest.approx(0.65)
    for kind in ("shapley-shubik", "banzhaf"):
        assert lp.power_index([4, 3, 2], 5, kind=kind, casting=None).values.sum() == pytest.approx(1)


def test_opinions_settle():
    weights = [[0.5, 0.5], [0.3, 0.7]]
    np.testing.assert_allclose(lp.degroot(weights, [1, 0]).values, [0.375, 0.375])
    assert len(lp.friedkin_johnsen(weights, [1, 0], [0.5, 0.5]).values) == 2
