"""Gateway to Research: projects, organisations, people and outcomes, from its GtR-2 JSON, its XML and its pages' XML.

A record is a mapping whose keys are compared in small letters, so that the three spell alike. Outcomes of policy have
no date in this source, and `created` is when they were typed in, not when they happened: it is kept as `recorded`.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any

from .identifiers import doi_of, orcid_of
from .records import Writer, table, text, texts

NAME = "Gateway to Research"
Record = Mapping[str, Any]

_ROLES = {
    "LEAD_ORG": "leads", "LEAD_RO": "leads", "COLLAB_ORG": "collaborates", "PP_ORG": "collaborates",
    "PROJECT_PARTNER": "collaborates", "PARTICIPANT_ORG": "collaborates", "COFUND_ORG": "funds", "CO_FUNDER": "funds",
    "FUNDER": "funds", "PI_PER": "leads", "PRINCIPAL_INVESTIGATOR": "leads", "FELLOW_PER": "leads", "FELLOW": "leads",
    "COI_PER": "collaborates", "CO_INVESTIGATOR": "collaborates", "PM_PER": "collaborates", "SUPER_PER": "trains",
    "RESEARCH_COI_PER": "collaborates", "STUDENT_PER": "collaborates", "TGH_PER": "collaborates",
}  # fmt: skip


def takes(record: Any) -> bool:
    """Whether a record is of GtR: its address or its identifiers say so."""
    if not isinstance(record, Mapping):
        return False
    lower = lowered(record)
    return "gtr." in str(lower.get("href", "")) or "outcomeid" in lower or what_is(lower) is not None


def lowered(record: Record) -> dict[str, Any]:
    """A record with its keys in small letters and without a namespace."""
    return {str(key).rpartition(":")[2].lower(): value for key, value in record.items()}


# What tells records apart whose address says nothing: members that only they have.
_MARKS = (
    ("policyinfluence", {"influence", "guidelinetitle"}),
    ("futherfunding", {"narrative", "fundingid"}),
    ("dissemination", {"primaryaudience", "partofofficialscheme"}),
    ("keyfinding", {"nonacademicuses", "exploitationpathways"}),
    ("impactsummary", {"firstyearofimpact", "impacttypes"}),
    ("collaboration", {"partnercontribution", "principalinvestigatorcontribution"}),
    ("project", {"grantcategory", "abstracttext"}),
)


def what_is(record: Record) -> str | None:
    """What a record is: the word in its address, else what its members tell."""
    parts = str(record.get("href", "")).rstrip("/").lower().split("/")
    if len(parts) > 1 and parts[-2].rstrip("s") in {key.rstrip("s") for key in _ADD}:
        return next(key for key in _ADD if key.rstrip("s") == parts[-2].rstrip("s"))
    return next((what for what, marks in _MARKS if marks & record.keys()), None)


def add(writer: Writer, record: Record) -> str | None:
    """Add one record of the JSON."""
    lower = lowered(record)
    what = what_is(lower)
    if what is None:
        reason = "this is a kind of record that linkpin does not read; it is left out"
        writer.refuse("href", record.get("href", record), reason, "take it out of the file")
        return None
    return add_as(writer, what, lower)


def add_as(writer: Writer, what: str, record: Record) -> str | None:
    """Add a record of which it is known what it is; keys in small letters."""
    id = text(record.get("id"))
    if id is None:
        writer.refuse("id", record, f"the {what} has no id; it is left out", "download it again")
        return None
    made = _ADD[what](writer, id, record)
    for link in _links(record):
        href = str(link.get("href", ""))
        relation, other = str(link.get("rel", "")).upper(), text(href.rstrip("/").rpartition("/")[2])
        if what == "project":
            _link_of_project(writer, made, relation, other, link)
        elif relation == "PROJECT" and other is not None:
            writer.tie(writer.entity(other, "award"), made, _TIE_OF.get(what, "produces"), start=_when(writer, record))
        elif relation == "FUNDER" and what == "fund":
            writer.tie(writer.entity(other, "organisation"), made, "funds")
    return made


def _links(record: Record) -> list[dict[str, Any]]:
    links = record.get("links")
    inside = lowered(links).get("link") if isinstance(links, Mapping) else links
    return [lowered(link) for link in table(inside)]


def _link_of_project(writer: Writer, award: str | None, relation: str, other: str | None, link: Record) -> None:
    if other is None:
        return
    start, end = day_of(link.get("start")), day_of(link.get("end"))
    if relation in _ROLES:
        kind = "person" if relation.endswith("_PER") else "organisation"
        role_tie(writer, award, writer.entity(other, kind), relation, start=start, end=end)
    elif relation == "FUND":
        writer.entity(award, "award", start=start, end=end)
        writer.tie(writer.entity(other, "fund"), award, "funds", start=start, end=end)


def role_tie(writer: Writer, award: str | None, who: str | None, role: str, **attributes: Any) -> None:
    """The tie that a role in a project is; lead organisations are what the award was awarded to."""
    kind = _ROLES.get(role)
    if kind is None:
        writer.refuse("role", role, "linkpin does not know this role; it is taken as collaborates", "tell its meaning")
    if role in ("LEAD_ORG", "LEAD_RO"):
        writer.tie(award, who, "awarded_to", role=role, **attributes)
    else:
        writer.tie(who, award, kind or "collaborates", role=role, **attributes)


def day_of(value: Any) -> str | None:
    """A date as the service writes it: milliseconds since 1970, or ISO."""
    if isinstance(value, bool) or value is None:
        return None
    try:
        millis = int(value)
    except (TypeError, ValueError):
        return (text(value) or "")[:10] or None
    if abs(millis) < 10_000:  # a year
        return str(millis)
    try:
        moment = datetime.datetime(1970, 1, 1) + datetime.timedelta(milliseconds=millis)
    except OverflowError:
        return None
    return moment.date().isoformat()


def _items(value: Any) -> tuple[str, ...] | None:
    """The texts in {"item": [...]}, in a list, or one."""
    if isinstance(value, Mapping):
        inner = [v for v in value.values() if not isinstance(v, Mapping)]
        return texts([one for v in inner for one in (v if isinstance(v, list) else [v])])
    return texts(value)


def _when(writer: Writer, record: Record) -> str | None:
    """The first date a record states for what it tells of."""
    for name in ("date", "start", "firstyearofimpact", "year", "yearfirstprovided", "yearestablished"):
        if record.get(name) is not None:
            return writer.date(name, day_of(record[name]))
    years = _items(record.get("yearsofdissemination"))
    return writer.date("yearsOfDissemination", min(years)) if years else None


def _project(writer: Writer, id: str, record: Record) -> str | None:
    reference = text(record.get("grantreference"))
    for identifier in table(lowered(record.get("identifiers") or {}).get("identifier")):
        reference = reference or text(lowered(identifier).get("value"))
    fund = record.get("fund")
    fund = lowered(fund) if isinstance(fund, Mapping) else {}
    award = writer.entity(
        id, "award", label=text(record.get("title")), source=NAME,
        grant_reference=reference, status=text(record.get("status")),
        award_type=text(record.get("grantcategory")), for_what=text(record.get("abstracttext")),
        start=writer.date("start", day_of(fund.get("start") or record.get("start"))),
        end=writer.date("end", day_of(fund.get("end") or record.get("end"))),
        topics=_topics(record), amount=writer.number("valuePounds", _amount(fund)[0]), currency=_amount(fund)[1],
    )  # fmt: skip
    funder = fund.get("funder")
    if isinstance(funder, Mapping):
        who = lowered(funder)
        organisation = writer.entity(text(who.get("id")), "organisation", label=text(who.get("name")))
        writer.tie(organisation, award, "funds", amount=writer.number("valuePounds", _amount(fund)[0]),
                   currency=_amount(fund)[1], start=day_of(fund.get("start")), end=day_of(fund.get("end")))  # fmt: skip
    return award


def _amount(fund: Record) -> tuple[Any, str | None]:
    value = fund.get("valuepounds", fund.get("amount"))
    if isinstance(value, Mapping):
        inner = lowered(value)
        return inner.get("amount"), text(inner.get("currencycode")) or "GBP"
    return value, None if value is None else "GBP"


def _topics(record: Record) -> tuple[str, ...] | None:
    found: list[Any] = []
    for name in ("researchsubjects", "researchsubject", "researchtopics", "researchtopic"):
        value = record.get(name)
        inner = [one for v in value.values() for one in table(v)] if isinstance(value, Mapping) else table(value)
        found += [lowered(one).get("text") for one in inner]
    return texts(found)


def _organisation(writer: Writer, id: str, record: Record) -> str | None:
    place = record.get("address") or record.get("addresses")
    place = lowered(place) if isinstance(place, Mapping) else {}
    inner = next(iter(table(place.get("address"))), None)
    place = lowered(inner) if inner else place
    return writer.entity(id, "organisation", label=text(record.get("name")), region=text(place.get("region")),
                         country=text(place.get("country")), department=text(record.get("department")))  # fmt: skip


def _person(writer: Writer, id: str, record: Record) -> str | None:
    names = (text(record.get(n)) for n in ("firstname", "othernames", "surname"))
    return writer.entity(
        id, "person", label=" ".join(n for n in names if n) or None, orcid=orcid_of(record.get("orcidid"))
    )


def _fund(writer: Writer, id: str, record: Record) -> str | None:
    amount, currency = _amount(record)
    return writer.entity(id, "fund", amount=writer.number("valuePounds", amount), currency=currency,
                         start=day_of(record.get("start")), end=day_of(record.get("end")))  # fmt: skip


def _policy(writer: Writer, id: str, record: Record) -> str | None:
    kind = text(record.get("type"))
    return writer.entity(
        id, "policy", label=text(record.get("influence")) or text(record.get("guidelinetitle")), influence_type=kind,
        policy_type="guideline" if kind and "guideline" in kind.lower() else None,
        guideline=text(record.get("guidelinetitle")), geographic_reach=text(record.get("geographicreach")),
        impact=text(record.get("impact")), impact_areas=_items(record.get("areas")), url=_url(record),
        recorded=day_of(record.get("created")), payback="policy and product",
    )  # fmt: skip


def _collaboration(writer: Writer, id: str, record: Record) -> str | None:
    partnership = writer.entity(
        id, "partnership", label=text(record.get("description")), start=day_of(record.get("start")),
        end=day_of(record.get("end")), impact=text(record.get("impact")), url=_url(record),
        payback="research targeting and capacity",
    )  # fmt: skip
    parent = writer.entity(text(record.get("parentorganisation")), "organisation", sector=text(record.get("sector")),
                           country=text(record.get("country")))  # fmt: skip
    child = writer.entity(text(record.get("childorganisation")), "organisation")
    writer.tie(parent, partnership, "member_of", start=day_of(record.get("start")), end=day_of(record.get("end")))
    writer.tie(child, parent, "affiliated_with")
    return partnership


def _dissemination(writer: Writer, id: str, record: Record) -> str | None:
    return writer.entity(
        id, "event", label=text(record.get("title")) or text(record.get("description")), form=text(record.get("form")),
        primary_audience=text(record.get("primaryaudience")), geographic_reach=text(record.get("geographicreach")),
        start=_when(writer, record), impact=text(record.get("impact")), url=_url(record),
    )  # fmt: skip


def _further(writer: Writer, id: str, record: Record) -> str | None:
    amount, currency = _amount(record)
    start, end = day_of(record.get("start")), day_of(record.get("end"))
    award = writer.entity(
        id, "award", label=text(record.get("title")), for_what=text(record.get("description")), start=start, end=end,
        amount=writer.number("amount", amount), currency=currency, payback="research targeting and capacity",
    )  # fmt: skip
    funder = writer.entity(text(record.get("organisation")), "organisation", sector=text(record.get("sector")),
                           country=text(record.get("country")))  # fmt: skip
    writer.tie(funder, award, "funds", amount=writer.number("amount", amount), currency=currency, start=start, end=end)
    return award


def _publication(writer: Writer, id: str, record: Record) -> str | None:
    doi = doi_of(record.get("doi"))
    kind = text(record.get("type"))
    evidence = writer.entity(
        doi or id, "evidence", label=text(record.get("title")), doi=doi, date=_when(writer, record),
        publication_type=kind, evidence_type="peer-reviewed" if kind and "journal" in kind.lower() else None,
        journal=text(record.get("journaltitle")), payback="knowledge",
    )  # fmt: skip
    authors = record.get("authors")
    for author in table(lowered(authors).get("author")) if isinstance(authors, Mapping) else ():
        who = lowered(author)
        person = writer.entity(text(who.get("id")), "person", label=text(who.get("othernames")))
        writer.tie(person, evidence, "produces", start=_when(writer, record))
    return evidence


def _finding(writer: Writer, id: str, record: Record) -> str | None:
    return writer.entity(
        id, "evidence", label=text(record.get("title")), description=text(record.get("description")),
        evidence_type="grey literature", publication_type="key finding", url=_url(record), payback="knowledge",
        pathways=text(record.get("exploitationpathways")) or text(record.get("nonacademicuses")),
    )  # fmt: skip


def _impact(writer: Writer, id: str, record: Record) -> str | None:
    kinds = _items(record.get("impacttypes")) or ()
    return writer.entity(
        id, "outcome", measure=text(record.get("description")), impact_types=kinds, date=_when(writer, record),
        sector=text(record.get("sector")), payback="economic" if kinds == ("Economic",) else "sector",
    )  # fmt: skip


def _other(writer: Writer, id: str, record: Record) -> str | None:
    label = text(record.get("title")) or text(record.get("companyname"))
    return writer.entity(id, "outcome", label=label, description=text(record.get("description")),
                         date=_when(writer, record), url=_url(record), payback="policy and product")  # fmt: skip


def _url(record: Record) -> str | None:
    return text(record.get("supportingurl")) or text(record.get("url"))


# By the word in the address, or the element's name; the service itself writes "futherfunding".
_ADD: dict[str, Callable[[Writer, str, Record], str | None]] = {
    "project": _project, "organisation": _organisation, "person": _person, "fund": _fund,
    "policyinfluence": _policy, "collaboration": _collaboration, "dissemination": _dissemination,
    "furtherfunding": _further, "futherfunding": _further, "publication": _publication, "keyfinding": _finding,
    "impactsummary": _impact, "artisticandcreativeproduct": _other, "intellectualproperty": _other, "product": _other,
    "researchdatabaseandmodel": _other, "researchmaterial": _other, "softwareandtechnicalproduct": _other,
    "spinout": _other, "otherresearchoutput": _other,
}  # fmt: skip
_TIE_OF = {
    "policyinfluence": "informs", "collaboration": "leads_to", "furtherfunding": "leads_to",
    "futherfunding": "leads_to", "impactsummary": "leads_to", "dissemination": "disseminates", "spinout": "leads_to",
}  # fmt: skip
KNOWN = frozenset(_ADD)
TIE_OF = _TIE_OF
