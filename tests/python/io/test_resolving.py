"""Which entities are one: identifiers however written, names with a score, and nothing that cannot be undone."""

import linkpin as lp
import pytest
from linkpin.io.identifiers import doi_of, name_key, orcid_of, ror_of


@pytest.mark.parametrize(
    ("written", "doi"),
    [
        ("https://doi.org/10.1371/journal.pone.0225625", "10.1371/journal.pone.0225625"),
        ("doi:10.3414/ME15-12-0004.", "10.3414/me15-12-0004"),
        ("http://dx.doi.org/10.1002%2F(SICI)1097-0258", "10.1002/(sici)1097-0258"),
        ("(see 10.1093/biomet/75.3.515)", "10.1093/biomet/75.3.515"),
        ("10.1/x", None),
        ("Artificial Intelligence: how to get it right", None),
        (None, None),
    ],
)
def test_doi(written, doi):
    assert doi_of(written) == doi


def test_orcid_and_ror_have_check_digits():
    assert orcid_of("http://orcid.org/0000-0002-1825-0097") == "0000-0002-1825-0097"  # the example of ORCID's own pages
    assert orcid_of("0000000218250097") == "0000-0002-1825-0097"
    assert orcid_of("0000-0002-1825-0098") is None
    assert ror_of("ror.org/00pjdza24") == "https://ror.org/00pjdza24"  # University of California System
    assert ror_of("https://ror.org/00pjdza25") is None
    assert ror_of("University") is None


def test_names_are_compared_by_their_telling_words():
    assert name_key("The University of Manchester") == name_key("University of Manchester")
    assert name_key("Univ. of Manchester") == name_key("University of Manchester")
    assert name_key("Health Data Research UK (HDR UK)") != name_key("Health Data Research")
    assert name_key("Clinical Practice Research Datalink (CPRD)") == name_key("Clinical Practice Research Datalink")
    assert name_key("Age UK Ltd") == name_key("Age UK")
    assert name_key("The Co") != ()


def eco():
    return lp.Ecosystem.from_columns(
        {
            "id": ["The Carers Trust", "Carers Trust", "Carers Trust Wales", "w1", "w2", "p1", "p2", "o1", "o2"],
            "kind": ["organisation"] * 3 + ["evidence"] * 2 + ["person"] * 2 + ["organisation"] * 2,
            "doi": [None] * 3 + ["10.1000/AB", "https://doi.org/10.1000/ab"] + [None] * 4,
            "orcid": [None] * 5 + ["0000-0002-1825-0097", "https://orcid.org/0000-0002-1825-0097"] + [None] * 2,
            "ror": [None] * 7 + ["https://ror.org/00pjdza24", "00pjdza24"],
            "sector": ["voluntary", None, None, None, None, None, None, None, "academic"],
        },
        {"from": ["p1", "p2", "Carers Trust"], "to": ["w1", "w2", "w2"], "kind": ["produces"] * 3},
    )


def test_what_is_one_is_merged_and_told():
    before = eco()
    found = lp.resolve(before)
    merged = {row["id"]: (row["into"], row["reason"].split()[0]) for row in found.merges.rows()}
    assert merged == {
        "w2": ("w1", "doi"),
        "p2": ("p1", "orcid"),
        "o2": ("o1", "ror"),
        "Carers Trust": ("The Carers Trust", "name"),
    }
    after = found.ecosystem
    assert len(after.entities) == len(before.entities) - 4
    assert list(zip(after.ties["from"], after.ties["to"], strict=True)) == [
        ("p1", "w1"),
        ("p1", "w1"),
        ("The Carers Trust", "w1"),
    ]
    sectors = dict(zip(after.entities["id"], after.entities["sector"], strict=True))
    assert sectors["o1"] == "academic"  # what only the merged one said is kept
    assert len(after.issues) == 4
    assert all("undo it" in row["remedy"] for row in after.issues.rows())


def test_merges_can_be_undone_one_by_one_and_all():
    found = lp.resolve(eco())
    one = found.without("Carers Trust")
    assert "Carers Trust" in one.ecosystem.entities["id"].tolist()
    assert len(one.merges) == 3
    assert found.without(found.merges["id"].tolist()).ecosystem == eco()
    assert found.undone == eco()
    with pytest.raises(lp.InputError, match="no merge"):
        found.without("nobody")


def test_what_is_only_alike_is_suggested():
    found = lp.resolve(eco(), names=0.9)
    assert [(row["id"], row["into"]) for row in found.suggestions.rows()] == [
        ("Carers Trust Wales", "The Carers Trust")
    ]
    assert all(0.8 <= row["score"] < 0.9 for row in found.suggestions.rows())
    assert len(lp.resolve(eco(), names=1.1, kinds=["organisation"]).merges) == 1  # by ROR alone
    with pytest.raises(lp.InputError, match="half alike"):
        lp.resolve(eco(), names=0.3)
