"""Where the money went, as a user asks it."""

import csv
import math
from pathlib import Path

import linkpin as lp
import numpy as np
import pytest
from linkpin.report import funding as report

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "adult-social-care"


def made(**columns):
    ties = {
        "from": ["council", "trust", "award", "charity"],
        "to": ["award", "award", "charity", "group"],
        "kind": ["funds", "funds", "awarded_to", "funds"],
        "amount": [60.0, 40.0, 90.0, 30.0],
        "currency": ["GBP"] * 4,
        **columns,
    }
    entities = {
        "id": ["council", "trust", "award", "charity", "group"],
        "kind": ["organisation", "organisation", "award", "organisation", "group"],
        "sector": ["council", "funder", None, "charity", "community"],
        "label": [None, None, "Carers' <research> & voice", None, None],
    }
    return lp.Ecosystem.from_columns(entities, ties)


def test_the_example_says_what_its_documents_say():
    result = lp.funding(lp.read(EXAMPLE))
    # £15m for IMPACT from two funders whose parts the document does not give; 1 million euros for the Living Lab.
    known = result.table.to_pandas().dropna(subset=["amount"])
    assert known[["from", "to", "amount", "currency"]].to_numpy().tolist() == [
        ["impact-funding", "impact", 15e6, "GBP"],
        ["dutch-government", "living-lab", 1e6, "EUR"],
    ]
    fund = next(r for r in result.flows.rows() if r["id"] == "impact-funding")
    assert fund["difference"] == -15e6 and fund["unknown_in"] == 2 and fund["passes_through"]
    impact = next(r for r in result.pooling.rows() if r["recipient"] == "impact")
    assert impact["funders"] == 2 and math.isnan(impact["concentration"]) and impact["unknown_share"] == 1
    living_lab = next(r for r in result.leverage.rows() if r["funder"] == "dutch-government")
    assert living_lab["incomplete"] == 1 and math.isnan(living_lab["ratio"])
    assert any("kept apart" in w for w in result.warnings)


def test_moneys_are_added_only_with_a_rate():
    eco = made(currency=["GBP", "EUR", "GBP", "GBP"])
    assert set(lp.funding(eco).flows["currency"]) == {"GBP", "EUR"}
    with pytest.raises(lp.InputError, match="rates = EUR"):
        lp.funding(eco, "GBP")
    award = next(r for r in lp.funding(eco, "GBP", {"EUR": 0.8}).flows.rows() if r["id"] == "award")
    assert award["received"] == 60 + 32 and award["difference"] == pytest.approx(2)
    old = made(price_base=["2018", "2023", "2023", "2023"])
    assert lp.funding(old).pooling["total"].sum() == 120
    real = lp.funding(old, ("GBP", "2023"), {("GBP", "2018"): 1.2})
    assert real.flows["received"].max() == pytest.approx(112)


def test_shares_and_what_is_public():
    result = lp.funding(made(public=[True, False, ["who", "how much"], None]))
    row = next(result.shares.rows())
    assert (row["total"], row["community_led"], row["participants"]) == (pytest.approx(100), pytest.approx(0.3), 0)
    assert result.reach["share"].sum() == pytest.approx(1)
    assert lp.funding(made(), community=["charity"]).shares["community_led"][0] == pytest.approx(0.6)
    public = {r["funder"]: r for r in result.transparency.rows()}
    assert public["trust"]["who"] == 0 and public["charity"]["how_much"] == 1


def test_awards_under_the_titles_of_the_standard():
    grants = lp.grants(made())
    assert grants.columns[0] == "Identifier" and "Funding Org:Name" in grants
    assert len(grants) == 3  # two funders of the award's holder, and the sub-award
    assert grants["Recipient Org:Identifier"].tolist() == ["charity", "charity", "group"]
    assert grants["Title"][0] == "Carers' <research> & voice"


def test_the_report_has_a_section_and_escapes_what_is_hostile(tmp_path):
    page = lp.report(made(), tmp_path / "report.html").read_text(encoding="utf-8")
    assert "Where the money went" in page
    assert "Carers&#x27; &lt;research&gt; &amp; voice" in page and "<research>" not in page
    assert "30% reached" in page.replace("30 %", "30%")
    body = report.sections(lp.read(EXAMPLE))[0].body
    assert "2 who paid in are named without an amount" in body
    assert "nothing is on record as having reached community-led organisations" in body
    assert report.sections(lp.Ecosystem.from_columns({"id": ["a"]})) == []


@pytest.mark.parametrize("amount", [-1.0, math.inf])
def test_refusals(amount):
    with pytest.raises(lp.InputError, match="amount"):
        lp.funding(made(amount=[amount, 1.0, 1.0, 1.0]))


def test_empty():
    result = lp.funding(lp.Ecosystem.from_columns({"id": ["a"]}))
    assert len(result.table) == 0 and len(result.cliffs) == 0
    assert np.asarray(result.reach["share"]).size == 0
    assert "360Giving" in lp.funding.__doc__


GIVING = Path(__file__).resolve().parents[4] / "shared" / "data" / "360giving"


@pytest.mark.skipif(not GIVING.is_dir(), reason="the 360Giving files are not beside this checkout")
@pytest.mark.parametrize("name", ["fundingproviders_grants_2_grants.csv", "fundingtrust-grants_dc.txt"])
def test_360giving_goes_end_to_end(name):
    """Every figure is counted from the file's own cells, read here by the csv module alone."""
    with open(GIVING / name, encoding="utf-8-sig", newline="") as file:
        rows = [r for r in csv.DictReader(file) if (r.get("Amount Awarded") or "").strip()]
    amounts = [float(r["Amount Awarded"].replace(",", "")) for r in rows]
    assert len(amounts) >= 2
    result = lp.funding(lp.read(GIVING / name))
    table = result.table.to_pandas()
    awarded = table[table["to"].isin(set(table["from"]))]  # from a funder to an award, which its holder then has
    assert sorted(awarded["amount"]) == sorted(amounts)
    assert set(table["currency"]) == {r["Currency"] for r in rows}
    flows = result.flows.to_pandas().set_index("id")
    funders = flows[flows["received"] == 0]
    assert funders["passed_on"].sum() == sum(amounts)
    assert flows.loc[flows["passes_through"], "difference"].abs().max() == 0  # each award passes on what it received
    holders = flows[(flows["passed_on"] == 0) & ~flows["passes_through"]]
    assert holders["received"].sum() == sum(amounts)
    assert table["public_how_much"].all() and table["public_when"].all()
    assert {s.key for s in report.sections(lp.read(GIVING / name))} == {"money"}
