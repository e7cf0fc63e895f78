"""Results and tables as they show themselves, and the pictures they draw."""

import linkpin as lp
import numpy as np
import pytest

STAR = lp.Network.from_edges(["x"] * 20, [f"v{i:02}" for i in range(20)], directed=False)
PATH = lp.Network.from_edges(list("abc"), list("bcd"), groups={"a": "p", "b": "p", "c": "q", "d": "q"})


def test_by_vertex_the_highest_come_first():
    shown = repr(lp.degree(lp.Network.from_edges(["b"] * 20, [f"v{i:02}" for i in range(20)], nodes=None).reversed()))
    assert "highest first" in shown
    shown = repr(lp.degree(STAR.subnetwork([*[f"v{i:02}" for i in range(20)], "x"])))
    assert shown.splitlines()[3].split() == ["x", "20"]
    assert shown.splitlines()[3:5] != []


def test_parts_beside_the_number_are_told():
    result = lp.permutation_test(PATH, lp.ei_index, "group", permutations=19, seed=1)
    assert f".p = {lp.catalogue and result.p:.4g}" in repr(result)
    assert ".sets" in repr(lp.key_players(STAR, 1))
    assert ".sets" in lp.key_players(STAR, 1)._repr_html_()


def test_wide_tables_fit_a_terminal_and_name_what_they_leave_out():
    table = lp.Table({f"a rather long heading {i}": [1.5] for i in range(12)})
    lines = repr(table).splitlines()
    assert max(map(len, lines)) <= 120
    assert "more columns: " in repr(table)
    assert "a rather long heading 11" in " ".join(repr(table).split())


def test_one_is_not_spelled_as_many():
    assert "2 vertices and 1 tie (" in repr(lp.Network.from_edges([0], [1]))
    eco = lp.Ecosystem.from_columns({"id": ["a"]}, issues=[lp.io.Issue("f", 1, "c", "v", "r", "m")])
    assert repr(eco) == "Ecosystem of 1 entity, 0 ties; 1 issue, see .issues"
    assert "1 loop counts" in lp.pagerank(lp.Network.from_edges([0, 0], [0, 1])).warnings


def ticks(ax):
    return [label.get_text() for label in ax.get_yticklabels()]


def test_a_picture_of_scores_names_the_scores():
    result = lp.bootstrap(STAR, ["density", "transitivity"], replicates=20, seed=1)
    assert ticks(result.plot()) == ["density", "transitivity"]


def test_a_picture_of_parts_is_of_their_sizes():
    ax = lp.components(lp.Network.from_edges([0, 1, 3], [1, 2, 4])).plot()
    assert sorted(p.get_width() for p in ax.patches) == [2, 3]


def test_a_picture_of_waiting_is_a_curve():
    ax = lp.kaplan_meier([1, 2, 3, 4], [True, True, False, True], ["a", "b", "a", "b"]).plot()
    assert len(ax.lines) == 2
    first = ax.lines[0]
    assert (first.get_xdata()[0], first.get_ydata()[0]) == (0, 1)


def test_a_picture_of_mixing_is_a_table():
    ax = lp.mixing_matrix(PATH, "group").plot()
    np.testing.assert_array_equal(ax.images[0].get_array(), [[1, 1], [0, 1]])


def test_a_picture_of_what_has_no_network_has_the_names_of_its_table():
    assert ticks(lp.power_index({"north": 4, "south": 3}, 5).plot()) == ["north", "south"]


def test_whole_numbers_of_any_size_are_drawn():
    assert len(lp.main_path(PATH).plot().patches) == 3


def test_nothing_to_draw_is_said():
    with pytest.raises(lp.InputError, match="no numbers to draw"):
        lp.hits(lp.Network.from_edges([], [])).plot()


def test_statistics_of_the_wrong_kind_are_named():
    with pytest.raises(lp.InputError, match="statistic = density: it is called with a network and groups"):
        lp.permutation_test(PATH, lp.density, "group", permutations=19)
    with pytest.raises(lp.InputError, match="it gives 1 for 4 vertices"):
        lp.compare_groups(PATH, lp.density, "group", permutations=19)
    with pytest.raises(lp.InputError, match="groups = list"):
        lp.fuzzy_brokerage(PATH, ["p"] * 4)
