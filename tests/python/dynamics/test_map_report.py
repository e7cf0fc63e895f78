"""What the report says of a cognitive map, hostile labels included."""

import linkpin as lp
from linkpin.report import dynamics


def eco(labels, weights=(0.5, 0.8), signs=(1, -1)):
    return lp.Ecosystem.from_columns(
        {"id": ["a", "b", "c"], "label": labels, "kind": ["concept"] * 3},
        {"from": ["a", "b"], "to": ["b", "c"], "kind": ["influences"] * 2, "weight": weights, "sign": signs},
        kinds=[{"name": "influences"}],
    )


def test_the_map_is_told_in_words():
    (section,) = dynamics.sections(eco(["Respite", "Rest", "Stress"]))
    assert "3 concepts and 2 effects" in section.body
    assert "Most runs through “Rest”" in section.body
    row = section.body.split("most would fall")[1]
    assert row.index("Respite") < row.index("Rest") < row.index("Stress")
    assert "not forecasts" in section.body


def test_labels_are_escaped():
    (section,) = dynamics.sections(eco(["<script>x</script>", "a & b", '"quoted"']))
    assert "<script>" not in section.body
    assert "&lt;script&gt;" in section.body


def test_nothing_is_said_without_a_map():
    assert dynamics.sections(lp.Ecosystem.from_columns({"id": ["a"], "kind": ["person"]})) == []
    assert dynamics.sections(lp.Ecosystem.from_columns({"id": ["a"]})) == []
    (section,) = dynamics.sections(eco(["x", "y", "z"], weights=(3.0, 1.0)))
    assert "could not be run" in section.body
