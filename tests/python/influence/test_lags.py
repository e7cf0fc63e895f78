"""Lags as users call them: on small ecosystems, and on a real Researchfish export."""

from pathlib import Path

import linkpin as lp
import numpy as np
import pytest
from linkpin.report.lags import sections, sentences

SEEN = "2020-03-12"  # the last day of that round; ids of entries begin with the hour in which they were made
DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "researchfish_2019"


def small(**columns):
    entities = {
        "id": ["a", "b", "c", "p", "q"],
        "kind": ["award", "award", "award", "policy", "policy"],
        "date": ["2018-01-01", "2018-01-01", "2018-01-01", "2019-01-01", "2016-05-05"],
        **columns,
    }
    return lp.Ecosystem.from_columns(entities, {"from": ["a", "b"], "to": ["p", "q"], "kind": ["informs", "informs"]})


def test_the_curve_the_pairs_and_what_came_before():
    result = lp.lags(small(), seen_until="2020-01-01")
    assert result.curve == "kaplan-meier"
    assert result.table["from"].tolist() == [365]
    assert result.table["survival"].tolist() == pytest.approx([2 / 3])
    assert result.before["to"].tolist() == ["q"]
    assert result.counts["before"] == 1
    assert any("precede" in w for w in result.warnings)
    assert len(result.pairs) == 2
    assert result.seen_until == "2020-01-01"


def test_two_dates_of_one_entity():
    eco = lp.Ecosystem.from_columns(
        {
            "id": ["x", "y"],
            "kind": ["partnership"] * 2,
            "applied": ["2018-01-01", "2018-01-01"],
            "signed": ["2018-07-01", None],
        }
    )
    result = lp.lags(eco, "partnership", None, from_date="applied", to_date="signed", seen_until="2019-01-01")
    assert result.table["from"].tolist() == [181]
    assert result.summary["happened"].tolist() == [1]


def test_coverage_by_source_leaves_others_out():
    eco = small(source=["fish", "fish", "elsewhere", None, None])
    result = lp.lags(eco, seen_until={"fish": "2020-01-01"})
    assert result.summary["rows"].tolist() == [2]
    assert result.counts["not_followed"] == 1
    assert lp.lags(eco, seen_until={"fish": "2020-01-01", None: "2019-06-01"}).summary["rows"].tolist() == [3]


def test_refusals():
    with pytest.raises(lp.InputError, match="there are award, policy"):
        lp.lags(small(), "grant")
    with pytest.raises(lp.InputError, match="seen_until"):
        lp.lags(small(), seen_until="soon")
    with pytest.raises(lp.InputError, match="choose one of"):
        lp.lags(small(), curve="best")


@pytest.fixture(scope="module")
def fish():
    if not DATA.exists():
        pytest.skip(f"reference data is not here: {DATA}")
    return lp.read(DATA)


def test_the_real_export_lists_ten_influences_before_their_award(fish):
    result = lp.lags(fish, seen_until={"researchfish": SEEN}, seed=1)
    assert result.summary["rows"].tolist() == [61]
    assert result.counts["before"] == 10
    # Counted in the files: rows whose year of first influence is before the year in which the award began.
    pairs = [(r["from"], r["to_date"]) for r in result.before.rows()]
    assert sorted(pairs) == [
        ("HDR-9001", "2011"), ("HDR-9002", "2015"), ("HDR-9003", "2012"), ("HDR-9003", "2012"), ("HDR-9003", "2013"),
        ("HDR-9004", "2007"), ("HDR-9004", "2011"), ("HDR-9004", "2012"), ("HDR-9004", "2017"), ("HDR-9006", "2015"),
    ]  # fmt: skip
    assert result.curve == "turnbull"
    assert result.summary["happened"].tolist() == [14]
    survival = result.table["survival"]
    assert (np.diff(survival) <= 0).all()
    assert (result.table["lower"] <= survival + 1e-9).all()
    assert (result.table["upper"] >= survival - 1e-9).all()
    said = " ".join(sentences(result))
    assert "Of 61 awards, 14 had a first influence on policy after their start by 2020-03-12." in said
    assert "10 reported cases of influence on policy (8 different, under 5 awards) began before their start." in said


def test_each_pair_of_the_real_export_is_clustered_by_award(fish):
    result = lp.lags(fish, seen_until={"researchfish": SEEN}, of="each")
    assert result.summary["rows"].tolist() == [70]
    assert any("14 clusters" in w for w in result.warnings)
    assert any("does not say what share" in w for w in result.warnings)


def test_types_of_award_are_compared(fish):
    result = lp.lags(fish, seen_until={"researchfish": SEEN}, groups="award_type", seed=1, replicates=20)
    assert len(result.summary) == 3
    assert 0 <= result.p < 0.05
    assert "log-rank" in " ".join(sentences(result))


def test_the_report_says_it_and_escapes_what_comes_from_data(fish):
    section = sections(fish)[0]
    assert section.key == "lags"
    assert "began before their start" in section.body
    hostile = small(label=["<script>x</script>", "<b>", "c", "p", "<img src=x>"])
    body = sections(hostile)[0].body
    assert "<script>" not in body and "<img" not in body
    assert "&lt;img src=x&gt;" in body


def test_nothing_to_say_without_dates():
    assert sections(lp.Ecosystem.from_columns({"id": ["a"]})) == []


def test_of_a_few_each_is_told_and_no_curve():
    said = " ".join(sentences(lp.lags(small(), seen_until="2020-01-01")))
    assert "It took 365 days: too few to say how long it usually takes." in said
    assert "Within" not in said
    # From some day of October 2023 to some day of February 2024.
    event = lp.Ecosystem.from_columns(
        {"id": ["days", "report"], "kind": ["event", "evidence"], "date": ["2023-10", "2024-02"]},
        {"from": ["days"], "to": ["report"], "kind": ["informs"]},
    )
    (section,) = sections(event)
    assert "It took 93 to 151 days: too few" in section.body


def test_steps_without_dates_are_said_to_be_untimed():
    undated = lp.Ecosystem.from_columns(
        {"id": ["paper", "law"], "kind": ["evidence", "policy"], "date": ["2020", None]},
        {"from": ["paper"], "to": ["law"], "kind": ["informs"]},
    )
    (section,) = sections(undated)
    assert "One step from pieces of evidence to policy that draws on it, none with a date at both ends" in section.body


def test_a_kind_that_is_not_there_is_told_by_the_name_of_the_argument():
    with pytest.raises(lp.InputError, match=r"lags: from_ = grant: no entity is of this kind"):
        lp.lags(lp.Ecosystem.from_columns({"id": ["a"], "kind": ["award"]}), "grant")
