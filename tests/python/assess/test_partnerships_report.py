"""The report's words on partnerships: with names that are hostile, with nothing known, with few people."""

import linkpin as lp
from linkpin.report import partnerships

HOSTILE = "<script>alert('x')</script>"
KINDS = {"p": "partnership", "e": "evidence", "g": "policy", "m": "person"}


def many(count=10, label=HOSTILE, dates=True):
    """Of so many partnerships every second reaches a policy; those have three members, of whom one is a carer."""
    ties, ids = [], ["g0"]
    for i in range(count):
        members = range(3 if i % 2 else 1)
        ties += [(f"m{i}{j}", f"p{i}", "member_of") for j in members]
        ties += [(f"p{i}", f"e{i}", "produces"), *([(f"e{i}", "g0", "informs")] if i % 2 else [])]
        ids += [f"p{i}", f"e{i}", *(f"m{i}{j}" for j in members)]
    entities = {
        "id": ids,
        "kind": [KINDS[i[0]] for i in ids],
        "label": [label if i[0] == "p" else i for i in ids],
        "roles": [None if i[0] != "m" else ["carer"] if i.endswith("2") else ["researcher"] for i in ids],
    }
    if dates:
        entities["date"] = ["2015" if i == "g0" else f"201{i[1]}" if i[0] == "e" else None for i in ids]
    return lp.Ecosystem.from_columns(
        entities, {"from": [t[0] for t in ties], "to": [t[1] for t in ties], "kind": [t[2] for t in ties]}
    )


def test_partnerships_in_words():
    (section,) = partnerships.sections(many(label="A <b>"))
    assert section.measures == ("partnerships",)
    assert "reach a policy from 5 of them, and not from 5" in section.body
    assert "Years to policy" in section.body
    assert "even after" in section.body  # members: 3 against 1, the most extreme of 252 splits
    assert "not for that reason a cause" in section.body
    assert "fewer than 5" in section.body  # carers of one partnership are few
    assert "could be followed" in section.body
    assert "No single score" in section.body


def test_names_are_escaped_on_the_page(tmp_path):
    (section,) = partnerships.sections(many())
    assert "<script>" not in section.body
    assert "&lt;script&gt;" in section.body


def test_too_few_to_say_anything():
    (section,) = partnerships.sections(many(4))
    assert "Nor could any be" in section.body  # six splits at most
    assert "Larger than chance" not in section.body
    (alone,) = partnerships.sections(many(1, dates=False))
    assert "1 partnership." in alone.body
    assert "beside those" not in alone.body
    assert "could be followed" not in alone.body


def test_nothing_where_there_are_no_partnerships():
    assert partnerships.sections(lp.Ecosystem.from_columns({"id": ["a"], "kind": ["person"]})) == []
    assert partnerships.sections(lp.Ecosystem.from_columns({"id": ["a"]})) == []
