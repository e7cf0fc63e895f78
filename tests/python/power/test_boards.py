"""Boards, gates and dominance as a user calls them."""

import itertools

import linkpin as lp
import numpy as np
import pytest


def forum():
    entities = {
        "id": ["board", "ann", "ben", "cat", "uni", "council", "item", "decision"],
        "label": ["Carers' board", "Ann", "Ben", "Cat", "University", "Council", "Respite", "More respite"],
        "kind": ["board", "person", "person", "person", "organisation", "organisation", "input", "decision"],
        "sector": [None, "carers", "carers", "academic", "academic", "council", None, None],
        "quorum": [3, None, None, None, None, None, None, None],
        "casting_vote": [True, None, None, None, None, None, None, None],
    }
    ties = {
        "from": ["ann", "ben", "cat", "council", "ann", "item", "council", "uni", "ann"],
        "to": ["board", "board", "board", "board", "item", "decision", "uni", "cat", "cat"],
        "kind": ["member_of"] * 4 + ["raises", "leads_to", "funds", "employs", "collaborates"],
        "seat": ["member", "member", "member", "chair", None, None, None, None, None],
        "attendance": [0.5, 0.5, 0.9, 1, None, None, None, None, None],
        "amount": [None, None, None, None, None, None, 1000, None, None],
    }
    return lp.Ecosystem.from_columns(entities, ties)


def test_boards():
    result = lp.boards(forum())
    # Four with one vote each and a chair who decides draws: half of the orders are the chair's.
    np.testing.assert_allclose(result.table["shapley_shubik"], [1 / 6, 1 / 6, 1 / 6, 1 / 2])
    assert result.boards["chair"].tolist() == ["council"]
    assert result.boards["quorate"][0] == pytest.approx(0.25 + 0.5 * 0.9)
    assert result.blocs["bloc"].tolist() == ["carers", "academic", "council"]
    assert result.table["decisive"][3] > result.table["decisive"][2] > result.table["decisive"][0]
    assert result.warnings == []
    assert "seat (chair, member, observer)" in lp.boards.__doc__


def test_a_meeting_by_every_way_it_can_go():
    votes, comes = [2, 1, 1], [0.5, 0.8, 1.0]
    decides, quorate = np.zeros(3), 0.0
    for there in itertools.product([0, 1], repeat=3):
        chance = np.prod([p if t else 1 - p for p, t in zip(comes, there, strict=True)])
        if sum(there) < 2:
            continue
        quorate += chance
        for sides in itertools.product([-1, 1], repeat=3):

            def passes(sides, there=there):
                return sum(v * t * s for v, t, s in zip(votes, there, sides, strict=True)) > 0

            for i in range(3):
                turned = [-s if j == i else s for j, s in enumerate(sides)]
                decides[i] += chance / 8 * (there[i] and passes(sides) != passes(turned))
    result = lp.meeting_power(votes, comes, quorum=2)
    assert result.value == pytest.approx(quorate, abs=1e-14)
    np.testing.assert_allclose(result.values, decides, atol=1e-14)
    assert lp.meeting_power([1, 1], 0.5).table["attendance"].tolist() == [0.5, 0.5]


def test_interlocks():
    entities = {"id": ["a", "b", "p", "q", "r", "s"], "kind": ["board", "board", *["person"] * 4]}
    ties = {"from": ["p", "q", "q", "p", "r", "s"], "to": ["a", "a", "b", "b", "b", "a"], "kind": ["member_of"] * 6}
    row = next(lp.interlocks(lp.Ecosystem.from_columns(entities, ties)).table.rows())
    assert (row["shared"], row["people"], row["bodies"]) == (2, 2, 0)
    # Three and three of four always share two.
    assert row["p"] == pytest.approx(1)
    stats = pytest.importorskip("scipy.stats")
    many = {"id": ["a", "b", *map(str, range(20))], "kind": ["board", "board", *["person"] * 20]}
    seats = [(str(i), "a") for i in range(10)] + [(str(i), "b") for i in range(6, 20)]
    ties = {"from": [s[0] for s in seats], "to": [s[1] for s in seats], "kind": ["member_of"] * len(seats)}
    row = next(lp.interlocks(lp.Ecosystem.from_columns(many, ties)).table.rows())
    assert row["p"] == pytest.approx(stats.hypergeom.sf(3, 20, 10, 14), abs=1e-12)


def test_gatekeepers_are_networkxs_dominators():
    networkx = pytest.importorskip("networkx")
    rng = np.random.default_rng(3)
    found = 0
    for _ in range(40):
        net = lp.Network.from_edges(*rng.integers(0, 12, (2, 18)), nodes=12)
        graph = networkx.DiGraph()
        graph.add_nodes_from(net.names)
        graph.add_edges_from(zip(net.ties["source"], net.ties["target"], strict=True))
        above = networkx.immediate_dominators(graph, "0")
        result = lp.gatekeepers(net, "0", net.names[1:])
        for row in result.targets.rows():
            chain, v = [], row["target"]
            while row["reached"] and above.get(v) not in (None, "0", v):
                v = above[v]
                chain.insert(0, v)
            gates = [r["gatekeeper"] for r in result.table.rows() if r["target"] == row["target"]]
            assert gates == chain
            assert row["reached"] == (row["target"] in networkx.descendants(graph, "0"))
            found += len(gates)
    assert found > 20


def test_agenda_dominance_and_two_kinds_of_power():
    eco = forum()
    agenda = lp.agenda(eco)
    assert agenda.table["group"].tolist() == ["carers"]
    assert agenda.table["share"].tolist() == [1]
    dominance = lp.dominance(eco)
    assert dominance.parts["of"].tolist() == ["seats", "leadership", "money", "contacts"]
    assert dominance.warnings == ["authorship: the data says nothing of it"]
    seats = [r for r in dominance.table.rows() if r["of"] == "seats"]
    assert sum(r["share"] for r in seats) == pytest.approx(1)
    assert {r["group"]: r["ratio"] for r in seats}["carers"] == pytest.approx(0.5 / 0.4)
    for row in dominance.parts.rows():
        assert row["theil_between"] + row["theil_within"] == pytest.approx(row["theil"])
        assert row["gini_between"] + row["gini_within"] + row["gini_overlap"] == pytest.approx(row["gini"])
    relations = lp.power_relations(eco)
    by_id = {r["id"]: r for r in relations.table.rows()}
    assert by_id["council"]["over_reach"] == 2
    assert by_id["council"]["with"] == 0
    assert by_id["ann"]["with"] == 1


def test_several_currencies_are_not_added():
    entities = {"id": ["f", "a", "b"], "kind": ["organisation"] * 3, "sector": ["funder", "carers", "academic"]}
    ties = {
        "from": ["f", "f"],
        "to": ["a", "b"],
        "kind": ["funds"] * 2,
        "amount": [10, 20],
        "currency": ["GBP", "EUR"],
    }
    result = lp.dominance(lp.Ecosystem.from_columns(entities, ties))
    assert "money" not in result.parts["of"]
    assert any("several currencies" in w for w in result.warnings)


def test_empty_and_refused():
    eco = lp.Ecosystem.from_columns({"id": []})
    for call in (lp.boards, lp.interlocks, lp.agenda, lp.dominance, lp.power_relations):
        assert len(call(eco).table) == 0
    net = lp.Network.from_edges(["a"], ["b"])
    with pytest.raises(lp.InputError, match="no vertex has this name"):
        lp.gatekeepers(net, "a", "z")
    with pytest.raises(lp.InputError, match="at least one"):
        lp.gatekeepers(net, [], "b")
    with pytest.raises(lp.InputError, match="choose one of"):
        lp.gatekeepers(net, "a", "b", mode="both")
    with pytest.raises(lp.InputError, match="not both"):
        lp.power_relations(eco, over=["funds"], together=["funds"])
    with pytest.raises(lp.InputError, match="whole number"):
        lp.meeting_power([1.5], [1])
    with pytest.raises(lp.InputError, match="from 0 to 1"):
        lp.meeting_power([1], [2])


def test_slices_of_a_board_and_votes_that_are_decimals():
    entities = {"id": ["b", "ann", "ben", "cat"], "kind": ["board", "person", "person", "person"]}
    ties = {
        "from": ["ann", "ben", "cat"],
        "to": ["b"] * 3,
        "kind": ["member_of"] * 3,
        "votes": [0.1, 0.2, 0.3],
        "start": ["2020", "2020", "2022-05"],
        "end": [None, "2023", None],
    }
    eco = lp.Ecosystem.from_columns(entities, ties)
    sat = {at: set(lp.boards(eco, at=at).table["member"].tolist()) for at in ("2019", "2021", "2022-06", "2024")}
    assert sat == {"2019": set(), "2021": {"ann", "ben"}, "2022-06": {"ann", "ben", "cat"}, "2024": {"ann", "cat"}}
    # 0.1 + 0.2 and 0.3 are halves of all votes, exactly: neither carries.
    assert lp.boards(eco).table["shapley_shubik"] == pytest.approx([1 / 6, 1 / 6, 4 / 6])
    thirds = lp.Ecosystem.from_columns(entities, {**ties, "votes": [1 / 3] * 3})
    assert any("1, 1 and 1" in w for w in lp.boards(thirds).warnings)
    assert len(lp.interlocks(eco, at="2021").table) == 0
