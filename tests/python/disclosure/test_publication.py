"""Names, pseudonyms, consent and rounding, as a user calls them."""

import linkpin as lp
import numpy as np
import pytest


def people(**columns):
    entities = {
        "id": [f"id-{i}" for i in range(12)] + ["nhs"],
        "kind": ["person"] * 12 + ["organisation"],
        "label": [f"Name of {i}" for i in range(12)] + ["An NHS trust"],
        "sector": ["nhs"] * 6 + ["council"] * 5 + ["community", "nhs"],
        "note": [f"Name of {i} is kind" for i in range(12)] + [None],
        **columns,
    }
    ties = {"from": [f"id-{i}" for i in range(12)], "to": ["nhs"] * 12, "kind": ["member_of"] * 12}
    return lp.Ecosystem.from_columns(entities, ties)


def test_people_get_pseudonyms_and_small_groups_are_merged():
    result = lp.publication(people(), seed=3)
    assert result.value == 12 and result.merged == ["community", "council"] and result.smallest == 6
    shown = result.eco.entities
    assert set(shown["sector"][:12]) == {"nhs", "other"}
    assert not any("Name of" in str(v) for column in shown.columns for v in shown[column])
    assert len(set(result.key["pseudonym"])) == 12 and "nhs" in shown["id"].tolist()
    assert shown["label"][12] == "An NHS trust"
    assert result.eco.network().m == 12
    assert lp.publication(people(), names=True).eco == people()
    light = lp.publication(people(), names=["id-3"], threshold=0)
    assert light.value == 11 and "Name of 3" in light.eco.entities["label"].tolist()
    assert light.eco.entities["sector"].tolist() == people().entities["sector"].tolist()
    assert "Sweeney" in lp.publication.__doc__


def test_declining_is_a_state_of_its_own():
    study = ["declined", "declined", "agreed", "not asked", *[None] * 9]
    result = lp.respect_consent(people(study=study, may_be_named=[True, *[None] * 12]))
    assert result.value == 2
    assert dict(zip(result.table["what"], result.table["number"], strict=True))["removed"] == 1
    shown = result.eco.entities
    assert "id-1" not in shown["id"].tolist()
    first = next(shown.rows())
    assert first["label"] == "Name of 0" and first["sector"] is None and first["note"] is None
    with pytest.raises(lp.InputError, match="study = maybe"):
        lp.respect_consent(people(study=["maybe", *[None] * 12]))


def test_rounding_keeps_sums_and_shape():
    frame = {"area": ["N", "S", "E"], "carer": [3, 12, 20], "other": [31, 41, 24]}
    result = lp.round_counts(frame)
    assert result.additive and result.table.columns == ["area", "carer", "other"]
    cells = np.array([result.table["carer"], result.table["other"]])
    assert np.all(cells % 5 == 0) and np.all(np.abs(cells - [frame["carer"], frame["other"]]) < 5)
    totals = {(r["area"], r["column"]): r["total"] for r in result.totals.rows()}
    assert totals[None, "carer"] == cells[0].sum() and totals["S", None] == cells[:, 1].sum()
    assert totals[None, None] == cells.sum()
    assert lp.round_counts(frame, 10).table["carer"][1] in (10, 20)
    with pytest.raises(lp.InputError, match="base = 1"):
        lp.round_counts(frame, 1)
