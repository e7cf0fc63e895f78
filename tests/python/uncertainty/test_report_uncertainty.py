"""What the report says of how sure we are, hostile labels included."""

import linkpin as lp
from linkpin.report.sections import of_rooms
from linkpin.report.uncertainty import sections


def survey(kind="organisation"):
    ids = ["a", "b", "c", "d", "e"]
    words = [("a", "b", 1), ("b", "a", 0), ("a", "c", 1), ("c", "a", 1), ("b", "c", 1), ("c", "b", 0)]
    n = len(words)
    return lp.Ecosystem.from_columns(
        {"id": ids, "label": ["<script>alert(1)</script>", "B & sons", "C", "D", "E"], "kind": [kind] * 5},
        reports={
            "respondent": [w[0] for w in words] + ["d", "e"],
            "from": [w[0] for w in words] + ["d", "e"],
            "to": [w[1] for w in words] + [None, None],
            "item": ["contact"] * (n + 2),
            "wave": ["1"] * n + ["1", "2"],
            "state": ["answered"] * n + ["did not respond"] * 2,
            "value": [float(w[2]) for w in words] + [None, None],
        },
        kinds=[{"name": "contact", "symmetric": True}],
    )


def test_conflicts_missing_answers_and_waves_have_a_section():
    found = {s.key: s for s in sections(survey())}
    assert list(found) == ["conflicts", "missing", "waves"]
    text = found["conflicts"].body
    assert "Of 3 ties" in text and "both told of 1: 33%" in text
    assert "<script>" not in text and "&lt;script&gt;" in text and "B &amp; sons" in text
    assert "no confidence interval" in found["missing"].body
    assert "0 stayed, 1 joined" in found["waves"].body


def test_people_are_not_named_as_telling_another_story():
    body = sections(survey("person"))[0].body
    assert "Who tells another story" not in body


def test_no_reports_no_sections():
    assert sections(lp.Ecosystem.from_columns({"id": ["a"]})) == []
    assert {"conflicts", "missing", "waves"} <= {s.key for s in of_rooms(survey())}
