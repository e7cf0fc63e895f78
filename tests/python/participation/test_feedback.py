"""You said, we did: as a user calls it, and as those who said it read it."""

import math

import linkpin as lp
import pytest


def made(label="Shorter waits", **more):
    # Wishes from the printed notes of an involvement event; what came of them is made up for the test.
    entities = {
        "id": ["ann", "bo", "event", "waits", "letters", "bus", "answer", "agreed", "new", "calm", "skill", "assess"],
        "kind": ["person"] * 2
        + ["event"]
        + ["input"] * 3
        + ["response", "decision", "change", "outcome", "outcome", "outcome"],
        "label": [None, None, "Autumn event", label, "Plain letters", "A bus", "We will look", "Agreed", "New letters"]
        + [None] * 3,
        "roles": ["carer", "patient", *[None] * 10],
        "date": [None, None, "2023-10-13", None, None, None, "2023-11-01", "2024-01-01", "2024-02-01", *[None] * 3],
        "for_whom": [None] * 9 + ["carers", "those who came", "carers"],
        "measure": [None] * 9 + ["stress", None, "carer assessments"],
        "baseline": [None] * 9 + [7.5, 3.0, None],
        "follow_up": [None] * 9 + [6.0, 4.0, None],
        "unit": [None] * 9 + ["points", "points", None],
        "effect": [None] * 10 + ["skill", None],
        "expected": [None] * 11 + [40],
        "delivered": [None] * 11 + [37],
    }
    ties = {
        "from": ["ann", "bo", "ann", "waits", "letters", "bus", "answer", "answer", "answer", "agreed", "new", "new"],
        "to": ["waits", "letters", "bus", *["event"] * 3, "waits", "letters", "agreed", "new", "ann", "calm"],
        "kind": ["raises"] * 3 + ["raised_at"] * 3 + ["answers"] * 2 + ["leads_to"] * 2 + ["reported_back", "leads_to"],
        "date": [None] * 10 + ["2024-03-13", None],
    }
    return lp.Ecosystem.from_columns({**entities, **more}, ties)


def test_shares_times_and_places():
    result = lp.feedback(made())
    assert result.value == pytest.approx(1 / 3)
    assert result.interval[0] < 1 / 3 < result.interval[1]
    assert result.table["group"].tolist() == [None, "carer", "patient"]
    assert result.table["closed"].tolist() == [1, 1, 0]
    assert result.loops["reached"].tolist() == ["change", "change", "said"]
    assert result.loops["days"][0] == 152  # 13 October to 13 March
    places = {(r["group"], r["place"]): r["inputs"] for r in result.breaks.rows()}
    assert places == {
        (None, "no response"): 1,
        (None, "not reported back"): 1,
        ("carer", "no response"): 1,
        ("patient", "not reported back"): 1,
    }
    assert math.isnan(result.table["median_days"][2])


def test_you_said_we_did():
    rows = list(lp.feedback(made()).you_said.rows())
    assert rows[0] == {
        "input": "waits",
        "you_said": "Shorter waits",
        "where": "Autumn event",
        "we_answered": "We will look",
        "we_decided": "Agreed",
        "we_did": "New letters",
        "failed": False,
        "told": True,
        "told_on": "2024-03-13",
    }
    assert rows[2]["we_answered"] is None and not rows[2]["told"]


def test_outcomes_effects_and_promises_stand_apart():
    result = lp.feedback(made())
    calm = next(result.outcomes.rows())
    assert (calm["for_whom"], calm["difference"], calm["inputs"]) == ("carers", -1.5, 2)
    assert result.effects["effect"].tolist() == ["skill"] and result.effects["difference"].tolist() == [1.0]
    promise = next(result.promises.rows())
    assert promise["share"] == pytest.approx(37 / 40) and promise["gap"] == 3
    # scipy.stats.binomtest(37, 40).proportion_ci(): 0.7961 to 0.9843.
    stats = pytest.importorskip("scipy.stats")
    exact = stats.binomtest(37, 40).proportion_ci()
    assert (promise["low"], promise["high"]) == pytest.approx((exact.low, exact.high), abs=1e-10)


def test_the_page_hides_small_counts_and_escapes(tmp_path):
    eco = made("<script>alert(1)</script>")
    page = lp.you_said_page(eco, tmp_path / "said.html").read_text(encoding="utf-8")
    assert "<script>" not in page and "&lt;script&gt;" in page
    assert "1 of the 3 were reported back" in page and "not told" in page
    assert page.count(">hidden<") == 2  # three were not delivered, and 37 of 40 would say so
    shown = lp.you_said_page(eco, tmp_path / "all.html", disclose=None).read_text(encoding="utf-8")
    assert ">hidden<" not in shown and ">37<" in shown
    report = lp.report(eco, tmp_path / "report.html").read_text(encoding="utf-8")
    assert "What came of what people said" in report and "What changed for people" in report
    assert report.count(">hidden<") == 2
    assert lp.report(eco, tmp_path / "report.html", disclose=None).read_text(encoding="utf-8").count(">hidden<") == 0


def test_nothing_said_is_nothing_shown(tmp_path):
    empty = lp.Ecosystem.from_columns({"id": ["a"]})
    result = lp.feedback(empty)
    assert math.isnan(result.value) and len(result.table) == 0 and result.interval is None
    with pytest.raises(lp.InputError, match="no entity of kind input"):
        lp.you_said_page(empty, tmp_path / "said.html")
    with pytest.raises(lp.InputError, match="by = age"):
        lp.feedback(made(), by="age")
    with pytest.raises(lp.InputError, match="as_of"):
        lp.feedback(made(), as_of="soon")
    assert lp.feedback(made(), as_of="2024-10-13").loops["days"][2] == 366
