"""Reach and pathways as a user calls them."""

import linkpin as lp
import numpy as np
import pytest


def evidence_to_policy():
    return lp.Ecosystem.from_columns(
        {
            "id": ["diary", "review", "guideline", "guideline at the institute", "law", "ann"],
            "kind": ["evidence", "evidence", "policy", "policy", "policy", "person"],
            "label": ["Diary", "Review", "Respite at home", "Respite, at home", "Care Act", "Ann"],
            "evidence_type": ["community report", "preprint", None, None, None, None],
            "source_type": [None, None, "government", "think tank", "government", None],
            "date": lp_dates(["2012", "2013", "2015-03-01", "2015-03-01", "2018-01-01", None]),
        },
        {
            "from": ["review", "guideline", "guideline at the institute", "guideline", "ann"],
            "to": ["diary", "review", "review", "law", "diary"],
            "kind": ["cites", "cites", "cites", "informs", "produces"],
            "source": ["OpenAlex", "Overton", "Overton", "interview", "survey"],
            "probability": [0.9, 0.8, 0.8, 0.5, 1.0],
        },
    )


def lp_dates(texts):
    import datetime

    def day(text):
        return None if text is None else datetime.date.fromisoformat((text + "-01-01")[:10])

    return [day(t) for t in texts]


def test_knowledge_runs_against_citations():
    net = lp.knowledge_network(evidence_to_policy())
    ties = set(zip(net.ties["source"], net.ties["target"], strict=True))
    assert ("diary", "review") in ties
    assert ("guideline", "law") in ties
    assert ("ann", "diary") in ties
    with pytest.raises(lp.InputError, match="funds"):
        lp.knowledge_network(evidence_to_policy(), kinds="funds")


def test_reach_states_its_definition():
    eco = evidence_to_policy()
    result = lp.reach(eco, "diary")
    assert result.value == 2  # the guideline stands in two sources
    assert result.targets == 2
    assert result.table["attenuated"][0] == pytest.approx(0.5 + 0.25)
    assert result.lower_bound
    assert any("lower bound" in w and "overton" in w for w in result.warnings)
    assert result.by_year["year"].tolist() == [2015, 2018]
    assert result.by_year["reached"].tolist() == [1, 2]
    assert lp.reach(eco, "diary", deduplicate=False).value == 3
    assert lp.reach(eco, "diary", steps=2).value == 1
    assert lp.reach(eco, "diary", source_types="think tank").value == 1
    assert lp.reach(eco, "diary", working_papers=False).value == 0
    assert lp.reach(eco).table["source"].tolist() == ["diary", "review"]
    assert any("about 80%" in w for w in lp.reach(eco, recall=0.8).warnings)
    with pytest.raises(lp.InputError, match="recall"):
        lp.reach(eco, recall=0)


def test_reach_over_all_definitions():
    result = lp.reach_sensitivity(evidence_to_policy(), "diary")
    frame = result.to_pandas()
    assert len(frame) == 3 * 3 * 2 * 2
    assert (result.lowest, result.highest) == (0, 3)
    row = frame[(frame.source_types == "government") & (frame.steps == 0) & frame.deduplicate & frame.working_papers]
    assert row.reached.item() == 2


def test_pathways_and_where_most_is_lost():
    net = lp.knowledge_network(evidence_to_policy())
    result = lp.pathways(net, "diary", "law", fidelity=[0.9, 0.4, 0.8, 0.7, 1.0])
    assert result.paths == [["diary", "review", "guideline", "law"]]
    assert result.value == pytest.approx(0.9 * 0.8 * 0.5)
    assert not result.more
    row = next(result.table.rows())
    assert row["fidelity"] < 1
    assert row["weakest_from"] is not None
    two = lp.pathways(net, "diary", ["guideline", "guideline at the institute"], k=5)
    assert two.table["chance"].tolist() == pytest.approx([0.72, 0.72])
    assert len(lp.pathways(net, "diary", "law", k=5, at_least=0.5).table) == 0


def test_bottlenecks_and_gaps():
    net = lp.knowledge_network(evidence_to_policy())
    result = lp.bottlenecks(net, "diary", "law")
    assert result.exact
    assert result.value == pytest.approx(0.36)
    assert result.cut == [("guideline", "law")]
    best = max(result.table.rows(), key=lambda r: r["gain"])
    assert (best["source"], best["gain"]) == ("guideline", pytest.approx(0.36))
    loss = dict(zip(result.brokers["id"], result.brokers["loss"], strict=True))
    assert loss["review"] == pytest.approx(0.36)
    assert np.isnan(loss["law"])
    gaps = lp.gap_worth(net, "diary", "law", [("review", "law"), ("diary", "law"), ("ann", "law")], chance=0.5)
    assert gaps.table["gain"][0] == pytest.approx(0.5 * (1 - 0.36))
    assert gaps.table["to"].tolist() == ["law"] * 3
    assert gaps.table["gain"][-1] == 0
    sampled = lp.bottlenecks(net, "diary", "law", method="sampled", seed=1, samples=20000)
    np.testing.assert_allclose(sampled.table["gain"], result.table["gain"], atol=0.03)
    assert "sampled" in sampled.method
    everything = lp.gap_worth(net, "diary", "law")
    assert everything.table["gain"].max() == pytest.approx(0.5 * (1 - 0.36))


def test_the_lens_says_so_where_nothing_carries_knowledge():
    net = lp.knowledge_network(lp.Ecosystem.from_columns({"id": ["a"]}))
    assert net.lens == "along the flow of knowledge: no kind of tie carries it"
