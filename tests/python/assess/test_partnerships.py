"""Partnerships beside one another, on numbers done by hand."""

import linkpin as lp
import numpy as np
import pytest

KINDS = {"p": "partnership", "e": "evidence", "g": "policy", "o": "outcome", "m": "person"}


def eco(ties, **columns):
    """Ids say their kind by their first letter; a tie is from, to, kind."""
    ids = sorted({end for a, b, _ in ties for end in (a, b)})
    own = {name: [values.get(i) for i in ids] for name, values in columns.items()}
    return lp.Ecosystem.from_columns(
        {"id": ids, "kind": [KINDS[i[0]] for i in ids], **own},
        {
            "from": [t[0] for t in ties],
            "to": [t[1] for t in ties],
            "kind": [t[2] for t in ties],
        },
    )


FOUR = [
    *[(m, "p1", "member_of") for m in ("m1", "m2", "m3", "m3")],
    ("m1", "m2", "collaborates"),
    ("m2", "m1", "collaborates"),
    ("p1", "e1", "produces"),
    ("e1", "g1", "informs"),
    ("g1", "o1", "leads_to"),
    *[(m, "p2", "member_of") for m in ("m3", "m4")],
    ("m4", "e2", "produces"),
    ("e2", "g1", "informs"),
    ("g2", "e2", "cites"),
    ("m5", "p3", "member_of"),
    ("p3", "e3", "produces"),
    ("m6", "p4", "member_of"),
]


def test_every_partnership_has_its_row():
    result = lp.partnerships(eco(FOUR, roles={"m1": ["carer", "researcher"], "m5": ["researcher"]}))
    rows = {row["partnership"]: row for row in result.table.rows()}
    assert [rows[p]["members"] for p in ("p1", "p2", "p3", "p4")] == [3, 2, 1, 1]
    assert [rows[p]["carers"] for p in ("p1", "p2", "p3", "p4")] == [1, 0, 0, 0]
    assert rows["p1"]["collaboration"] == pytest.approx(1 / 3)
    assert rows["p2"]["collaboration"] == 0
    assert np.isnan(result.table["collaboration"][2])
    assert [rows[p]["policies"] for p in ("p1", "p2", "p3", "p4")] == [1, 2, 0, 0]
    # g1 is shared by two, g2 is one's own.
    assert [rows[p]["credit"] for p in ("p1", "p2", "p3", "p4")] == [0.5, 1.5, 0, 0]
    assert [rows[p]["evidence"] for p in ("p1", "p2", "p3", "p4")] == [1, 1, 1, 0]
    assert [rows[p]["outcomes"] for p in ("p1", "p2", "p3", "p4")] == [1, 1, 0, 0]


def test_association_is_exact_and_says_how_little_it_is():
    result = lp.partnerships(eco(FOUR))
    assert (result.with_impact, result.without_impact) == (2, 2)
    row = next(r for r in result.association.rows() if r["measure"] == "members")
    # 3, 2 with impact, 1, 1 without: of six splits only this one and its mirror differ by 1.5.
    assert (row["with_impact"], row["without_impact"], row["difference"]) == (2.5, 1, 1.5)
    assert row["p"] == pytest.approx(2 / 6)
    assert row["partnerships"] == 4
    collaboration = next(r for r in result.association.rows() if r["measure"] == "collaboration")
    assert collaboration["partnerships"] == 2  # both reached a policy: nothing to compare with
    assert collaboration["p"] is None or np.isnan(collaboration["p"])
    assert "4 partnerships, 2 of which" in result.warnings[0]
    assert "cause" in result.warnings[0]


def test_an_ecosystem_without_partnerships_has_no_rows():
    result = lp.partnerships(lp.Ecosystem.from_columns({"id": ["a"]}))
    assert len(result.table) == 0
    assert "no ties carry knowledge" in result.warnings[-1]
    none = lp.partnerships(eco([("m1", "p1", "member_of")]))
    assert none.table["policies"].tolist() == [0]
    assert np.isnan(none.association["p"]).all()
