"""The report's section on the road from research to policy."""

import linkpin as lp
from linkpin.report import influence


def eco(label="Diary"):
    return lp.Ecosystem.from_columns(
        {
            "id": ["diary", "trial", "guideline", "ann"],
            "kind": ["evidence", "evidence", "policy", "person"],
            "label": [label, "Trial", "Guideline", "Ann"],
        },
        {
            "from": ["guideline", "ann"],
            "to": ["diary", "diary"],
            "kind": ["cites", "produces"],
            "source": ["Overton", "x"],
        },
    )


def test_a_sentence_a_table_and_a_caveat():
    (section,) = influence.sections(eco())
    assert "Of 2 pieces of evidence, 1 can be traced to a policy" in section.body
    assert "Evidence that came to a policy" in section.body
    assert "lower bound" in section.body
    assert "Who can claim how much" in section.body
    assert "Ann" in section.body


def test_what_is_tied_to_the_work_itself_and_how_it_was_used():
    award = lp.Ecosystem.from_columns(
        {"id": ["grant", "paper", "law", "plan"], "kind": ["award", "evidence", "policy", "policy"]},
        {
            "from": ["grant", "grant", "paper"],
            "to": ["law", "plan", "law"],
            "kind": ["informs"] * 3,
            "rung": [None, None, "application"],
            "evidence": [None, None, "it <changed> the law"],
        },
    )
    (section,) = influence.sections(award)
    assert "1 of 2 policy documents can be traced back to evidence. Counted from the work itself" in section.body
    assert "it is 2, from 1 of 1 awards" in section.body
    assert "it &lt;changed&gt; the law" in section.body
    assert "it is 1 as well" in section.body
    assert "the work itself" not in influence.sections(eco())[0].body


def test_what_is_left_when_it_arrives_and_where_most_is_lost():
    plan = lp.Ecosystem.from_columns(
        {
            "id": ["review", "brief", "law", "guide"],
            "kind": ["evidence", "evidence", "policy", "policy"],
            "label": ["Review", "<b>Brief</b>", "Law", "Guide"],
        },
        {
            "from": ["review", "brief", "review"],
            "to": ["brief", "law", "guide"],
            "kind": ["informs"] * 3,
            "fidelity": [0.6, 0.5, None],
        },
    )
    (section,) = influence.sections(plan)
    # From the brief, which is evidence itself, half of it comes to the law; nobody says what the guide kept.
    assert "How much is left when it arrives" in section.body
    assert "50%" in section.body and "at most 100%" in section.body
    assert "&lt;b&gt;Brief&lt;/b&gt; &gt; Law, keeps 50%" in section.body
    assert "watering_down" in section.measures
    assert "watering_down" not in influence.sections(eco())[0].measures


def test_silent_without_evidence_or_policy():
    assert influence.sections(lp.Ecosystem.from_columns({"id": ["a"]})) == []
    assert influence.sections(lp.Ecosystem.from_columns({"id": ["a", "b"], "kind": ["evidence", "policy"]})) == []


def test_hostile_labels_are_escaped(tmp_path):
    hostile = eco("<script>alert(1)</script>")
    (section,) = influence.sections(hostile)
    assert "<script>" not in section.body
    page = lp.report(hostile, tmp_path / "r.html").read_text()
    assert "From research to policy" in page
    assert "<script>alert" not in page
