"""Formats of which there is no real file to share: small ones made to the sources' own descriptions of their fields."""

import json

import linkpin as lp
import pytest
from linkpin.io import draft_of


def lines(*records):
    return "\n".join(json.dumps(r) for r in records).encode()


def ties(draft):
    return {(a, b, k) for a, b, k in zip(draft.ties["from"], draft.ties["to"], draft.ties["kind"], strict=True)}


def test_overton_groups_the_files_of_a_document():
    document = {
        "policy_document_id": "pd1", "title": "Carers strategy", "translated_title": None, "published_on": "2021-05-03",
        "policy_source_id": "dhsc", "policy_source_title": "DHSC", "policy_source_type": ["government"],
        "policy_source_country": "UK", "dois_cited": ["10.1000/AB"], "policy_document_ids_cited": ["pd2"],
        "topics": ["care"],
    }  # fmt: skip
    draft = draft_of(
        lines(
            {"pdf_document_id": "f1", **document},
            {"pdf_document_id": "f2", **document, "dois_cited": ["10.1000/cd", "?"]},
        )
    )
    assert ties(draft) == {
        ("dhsc", "pd1", "produces"), ("pd1", "10.1000/ab", "cites"), ("pd1", "10.1000/cd", "cites"),
        ("pd1", "pd2", "cites"),
    }  # fmt: skip
    assert [i.value for i in draft.issues] == ["?"]
    eco = draft.ecosystem()
    lags = lp.lags(eco, "policy", "policy", seen_until=2022)
    assert lags.counts["undated_starts"] == 1  # pd2 is only cited


def test_crossref_json_with_dates_to_their_own_precision():
    work = {
        "DOI": "10.1000/AB", "type": "journal-article", "title": ["On care"], "issued": {"date-parts": [[2019, 5]]},
        "author": [{"given": "A", "family": "B", "ORCID": "http://orcid.org/0000-0002-1825-0097"}],
        "funder": [{"name": "NIHR", "DOI": "10.13039/501100000272", "award": ["NIHR1"]}],
        "reference": [{"DOI": "10.1000/cd"}, {"unstructured": "A book"}], "update-to": [{"DOI": "10.1000/aa"}],
    }  # fmt: skip
    draft = draft_of(json.dumps({"status": "ok", "message-type": "work", "message": work}).encode())
    found = ties(draft)
    assert ("0000-0002-1825-0097", "10.1000/ab", "produces") in found
    assert ("10.13039/501100000272", "NIHR1", "funds") in found
    assert ("10.1000/ab", "10.1000/cd", "cites") in found
    assert ("10.1000/aa", "10.1000/ab", "precedes") in found
    row = draft.entities["id"].index("10.1000/ab")
    assert draft.entities["date"][row] == "2019-05"
    assert any("no DOI" in i.reason for i in draft.issues)
    many = draft_of(json.dumps({"message": {"items": [work, {"DOI": "x", "title": ["?"]}]}}).encode())
    assert "rows in 2, kept 1, refused 1" in many.about["read"]


GTR_PROJECT = {
    "id": "P1", "href": "https://gtr.ukri.org/gtr/api/projects/P1", "title": "Respite",
    "grantCategory": "Research Grant",
    "links": {"link": [
        {"href": "https://gtr.ukri.org/gtr/api/organisations/O1", "rel": "LEAD_ORG"},
        {"href": "https://gtr.ukri.org/gtr/api/organisations/O2", "rel": "PP_ORG"},
        {"href": "https://gtr.ukri.org/gtr/api/funds/F1", "rel": "FUND", "start": 1430434800000, "end": 1525042800000},
        {"href": "https://gtr.ukri.org/gtr/api/persons/X1", "rel": "PI_PER"},
    ]},
}  # fmt: skip
GTR_POLICY = {
    "id": "I1", "href": "https://gtr.ukri.org/gtr/api/outcomes/policyinfluences/I1", "influence": "Advice on breaks",
    "type": "Citation in clinical guidelines", "areas": {"item": ["Healthcare"]}, "created": 1583941154000,
    "links": {"link": [{"href": "https://gtr.ukri.org/gtr/api/projects/P1", "rel": "PROJECT"}]},
}  # fmt: skip


def test_gtr_json_with_its_misspelt_key_and_no_date_for_policy():
    draft = draft_of(json.dumps({"page": 1, "size": 1, "totalPages": 1, "project": [GTR_PROJECT]}).encode())
    assert ("P1", "O1", "awarded_to") in ties(draft)
    assert ("O2", "P1", "collaborates") in ties(draft)
    row = draft.entities["id"].index("P1")
    assert (draft.entities["start"][row], draft.entities["end"][row]) == ("2015-04-30", "2018-04-29")
    policy = draft_of(json.dumps({"policyInfluence": [GTR_POLICY]}).encode())
    assert ("P1", "I1", "informs") in ties(policy)
    row = policy.entities["id"].index("I1")
    assert policy.entities["policy_type"][row] == "guideline"
    assert policy.entities["recorded"][row] == "2020-03-11"
    assert "date" not in policy.entities
    for key in ("futherfunding", "furtherFunding"):
        record = {"id": "N1", "narrative": "more", "fundingId": "7", "organisation": "NIHR",
                  "amount": {"currencyCode": "GBP", "amount": 5}, "start": 1430434800000}  # fmt: skip
        assert ("NIHR", "N1", "funds") in ties(draft_of(json.dumps({key: [record]}).encode()))


def test_gtr_xml_reads_like_its_json():
    xml = """<?xml version="1.0"?><ns2:policyInfluence xmlns:ns1="http://gtr.rcuk.ac.uk/gtr/api"
      xmlns:ns2="http://gtr.rcuk.ac.uk/gtr/api/project/outcome" xmlns:gtr="http://gtr.ukri.org/api" ns1:id="I1"
      ns1:href="https://gtr.ukri.org/gtr/api/outcomes/policyinfluences/I1"><ns1:links>
      <ns1:link ns1:href="https://gtr.ukri.org/gtr/api/projects/P1" ns1:rel="PROJECT"/></ns1:links>
      <ns2:influence>Advice on breaks</ns2:influence></ns2:policyInfluence>"""
    draft = draft_of(xml.encode())
    assert ("P1", "I1", "informs") in ties(draft)
    assert "Advice on breaks" in draft.entities["label"]


def test_nihr_awards_with_their_nulls_and_dates():
    table = (
        "project_id,project_title,funder,programme,programme_type,funding_stream,award_amount_from_dh,start_date,end_date,"
        "contracted_organisation,organisation_type,award_holder_name,orcid,involvement_type\n"
        'N1,Respite,NIHR,HS&DR,Programme,Researcher-led,"1,234.50",03/05/2014,2016-01,Uni A,Academic,Dr B,'
        "0000-0002-1825-0097,Chief Investigator\n"
        "N2,Debt,NIHR,Not Available,Programme,Not Available,Not Available,Not Available,soon,Uni A,Academic,Dr C,,\n"
        ",No id,NIHR,,,,,,,,,,,\n"
    )
    draft = draft_of(table.encode())
    assert "rows in 3, kept 2, refused 1" in draft.about["read"]
    row = draft.entities["id"].index("N1")
    assert draft.entities["start"][row] == "2014-05-03"
    assert draft.entities["amount"][row] == 1234.5
    assert ("0000-0002-1825-0097", "N1", "leads") in ties(draft)
    assert ("Dr C", "N2", "leads") in ties(draft)
    assert "Not Available" not in draft.entities["id"]
    assert sorted((i.row, i.column) for i in draft.issues) == [(3, "end_date"), (4, "project_id")]


def test_ref_2021_columns():
    table = (
        "Institution UKPRN code,Institution name,Main panel,Unit of assessment number,"
        "REF impact case study identifier,Title,Summary impact type,Countries,Formal partners,Funding programmes,"
        "Name of funders,Researcher ORCIDs,Grant funding,"
        "1. Summary of the impact,2. Underpinning research,3. References to the research,4. Details of the impact,"
        "5. Sources to corroborate the impact\n"
        "10007788,Uni A,C,20,abc-1,Breaks for carers,Societal,UK;Wales,Council B;Carers C,,ESRC;NIHR,"
        "0000-0002-1825-0097,,"
        "Carers rest,Work,See doi 10.1000/ab and 10.1000/cd.,Details,Letters\n"
    )
    draft = draft_of(table.encode())
    found = ties(draft)
    assert {("Uni A", "REF case abc-1", "leads_to"), ("Carers C", "REF case abc-1", "leads_to")} <= found
    assert {("10.1000/ab", "REF case abc-1", "informs"), ("10.1000/cd", "REF case abc-1", "informs")} <= found
    assert ("NIHR", "REF case abc-1", "funds") in found
    assert not draft.issues


def test_headings_that_are_only_alike_are_reported_and_maps_are_extended():
    table = "Award Reference,Influnce,First Year of Influence,Entry ID\nA1,Advice,2019,I1\n"
    draft = draft_of(table.encode())
    assert any("taken for 'Influence'" in i.reason for i in draft.issues)
    assert ("A1", "I1", "informs") in ties(draft)
    german = "Bewilligung,Einfluss,Jahr,Nr\nA1,Rat,2019,I1\n"
    own = {
        "linkpin_records": 1,
        "name": "ours",
        "tables": {
            "influences": {
                "needs": ["Bewilligung", "Einfluss"],
                "row": "policy",
                "entities": {
                    "award": {"kind": "award", "id": "Bewilligung"},
                    "policy": {
                        "kind": "policy",
                        "id": "Nr",
                        "label": "Einfluss",
                        "date": {"headings": ["Jahr"], "as": "date"},
                    },
                },
                "ties": [{"from": "award", "to": "policy", "kind": "informs"}],
            }
        },
    }
    draft = draft_of(german.encode(), columns=own)
    assert ("A1", "I1", "informs") in ties(draft)
    assert "by the map ours" in draft.about["read"]
    added = {
        "linkpin_records": 1,
        "extends": "researchfish",
        "tables": {"policy_influences": {"entities": {"policy": {"label": ["Our words for it"]}}}},
    }
    table = "Award Reference,Our words for it,First Year of Influence,Entry ID,Influence\nA1,Advice,2019,I1,x\n"
    assert "Advice" in draft_of(table.encode(), columns=added).entities["label"]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"linkpin_records": 2}, "version 1"),
        ({"linkpin_records": 1, "sheets": {}}, "a record map has"),
        ({"linkpin_records": 1, "tables": {"t": {"row": "a"}}}, "give one of"),
        ({"linkpin_records": 1, "tables": {"t": {"row": "a", "entities": {"a": {"kind": "x"}}}}}, "kind and an id"),
        ({"linkpin_records": 1, "tables": {"t": {"entities": {"a": {"kind": "x", "id": {"as": "red"}}}}}}, "give one"),
        ({"linkpin_records": 1, "extends": "nowhere"}, "no such record map"),
    ],
)  # fmt: skip
def test_maps_that_cannot_be_used_are_refused(wrong, says):
    with pytest.raises(lp.InputError, match=says):
        draft_of(b"a,b\n1,2\n", columns=wrong)


def test_openalex_results_with_a_retracted_work_and_hostile_lines():
    work = {
        "id": "https://openalex.org/W1", "doi": None, "display_name": "x", "publication_date": "2020-13-40",
        "is_retracted": True, "authorships": [None, {"author": None, "institutions": None}], "referenced_works": None,
    }  # fmt: skip
    draft = draft_of(json.dumps({"meta": {"count": 1}, "results": [work]}).encode())
    assert {i.column for i in draft.issues} == {"is_retracted", "publication_date"}
    with pytest.raises(lp.InputError, match="line 2"):
        draft_of(b'{"id": "https://openalex.org/W1"}\n{"id": \n')
    mixed = draft_of(lines({"id": "https://openalex.org/W1"}, {"other": 1}, {"id": "https://openalex.org/W2"}))
    assert "rows in 3, kept 2, refused 1" in mixed.about["read"]
