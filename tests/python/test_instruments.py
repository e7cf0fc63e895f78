"""Questionnaires and PARTNER scores as a user calls them."""

import json

import linkpin as lp
import numpy as np
import pytest


def test_every_shipped_instrument_scores_its_own_columns():
    for name in lp.instruments()["id"]:
        chosen = lp.instrument(name)
        columns = [
            item for scale in chosen.schema["scales"] for item in scale.get("items", [scale.get("prefix", "") + "a"])
        ]
        result = lp.questionnaire({c: [1, 1] for c in columns}, name)
        assert len(result.table) == len(chosen.schema["scales"])
        assert (result.table["respondents"] == 2).all()
        assert chosen.provenance


def test_nuffield_totals_fall_into_their_bands():
    # Bands of the instrument's schema: 36 failing, 37-72 concern, 73-108 mostly well, 109 and more well.
    columns = [f"p{i}_{k}" for i in range(1, 7) for k in range(1, 7)]
    for answer, total, band in [(1, 36, "failing"), (2, 72, "concern"), (3, 108, "mostly well"), (4, 144, "well")]:
        table = lp.questionnaire({c: [answer] for c in columns}, "nuffield").table
        assert table["value"][-1] == total
        assert table["band"][-1] == band


def test_ordinal_levels_are_never_averaged():
    result = lp.questionnaire({"level": [1, 2, 2, 5, None]}, "iap2")
    assert result.table["value"][0] == 2
    assert result.levels["at_or_above"].tolist() == [1.0, 0.75, 0.25, 0.25, 0.25]
    assert result.table["without_score"][0] == 1


def test_an_instrument_of_ones_own_from_a_file(tmp_path):
    schema = {
        "id": "forum",
        "title": "Our forum",
        "low": 0,
        "high": 10,
        "scales": [{"id": "heard", "items": ["q1", "q2"], "reverse": ["q2"], "bands": [{"from": 5, "name": "heard"}]}],
    }
    path = tmp_path / "forum.json"
    path.write_text(json.dumps(schema))
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"q1": [10, 99], "q2": [0, 4], "name": ["x", "y"]})
    result = lp.questionnaire(frame, path, not_applicable=[99])
    assert result.table["value"][0] == 8
    assert result.table["band"][0] == "heard"
    assert any("name" in w for w in result.warnings)


@pytest.mark.parametrize(
    ("answers", "which", "says"),
    [
        ({"level": [9]}, "iap2", "level = 9"),
        ({"level": ["often"]}, "iap2", "'often'"),
        ({"age": [9]}, "iap2", "its items are called level"),
        ({"level": [1]}, "no-such", "no instrument of this id"),
        ({"level": [1]}, {"id": "x", "title": "x", "scales": [], "bands_": 1}, "bands_"),
    ],
)
def test_wrong_answers_and_schemas_are_refused(answers, which, says):
    with pytest.raises(lp.InputError, match=says):
        lp.questionnaire(answers, which)


def test_partner_scores_and_both_readings_of_trust():
    # A published benchmark has trust 81 % at a mean of 3.25: mean/4; the other reading gives 75 %.
    rows = [("a", "b", 4), ("c", "b", 3), ("a", "c", 3), ("b", "c", 3)]
    reports = {
        "respondent": [r for r, _, _ in rows] * 2,
        "from": [r for r, _, _ in rows] * 2,
        "to": [t for _, t, _ in rows] * 2,
        "item": ["trust_reliability"] * 4 + ["value_power"] * 4,
        "value": [float(v) for _, _, v in rows] + [1.0, 2.0, 3.0, 4.0],
    }
    eco = lp.Ecosystem.from_columns({"id": ["a", "b", "c"]}, None, reports)
    assert lp.partner(eco).network_trust_percent == 81.25
    assert lp.partner(eco, percent="rescaled").network_trust_percent == 75
    table = lp.partner(eco).table
    assert table["id"].tolist() == ["b", "c"]
    assert table["trust"].tolist() == [3.5, 3.0]
    assert np.max(table["relative_connectivity"]) == 100
