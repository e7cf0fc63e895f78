"""360Giving: grants as the UK's open standard writes them in JSON (version 1.x). Its tables are a record map."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .records import Writer, table, text

NAME = "360Giving"
_ASKED = ("title", "description", "currency", "amountAwarded", "awardDate", "fundingOrganization")
_DAY_FIRST = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
_READ = {*_ASKED, "id", "recipientOrganization", "recipientIndividual", "grantProgramme", "plannedDates"}


def takes(record: Any) -> bool:
    """Whether a record is a grant."""
    return isinstance(record, Mapping) and ("amountAwarded" in record or "fundingOrganization" in record)


def _date(writer: Writer, column: str, value: Any) -> str | None:
    """A date; this standard is British, so 03/05/2014 is the third of May."""
    found = _DAY_FIRST.fullmatch(text(value) or "")
    return writer.date(column, f"{found[1]}.{found[2]}.{found[3]}" if found else value)


def add(writer: Writer, record: Mapping[str, Any]) -> str | None:
    """Add one grant with its funder and recipient."""
    id = text(record.get("id"))
    if id is None:
        writer.refuse("id", record, "the grant has no id; it is left out", "give it one")
        return None
    if writer.draft.knows(id):
        writer.refuse("id", id, "an earlier grant has this id; the two are taken as one", "give each grant its own id")
    for name in _ASKED:
        if record.get(name) in (None, "", []):
            writer.refuse(name, "", "the standard asks for this and it is missing; the grant is kept", "fill it in")
    if not record.get("recipientOrganization") and not record.get("recipientIndividual"):
        writer.refuse("recipientOrganization", "", "the grant does not say who received it; it is kept", "fill it in")
    date = _date(writer, "awardDate", record.get("awardDate"))
    amount = writer.number("amountAwarded", record.get("amountAwarded"))
    currency = text(record.get("currency"))
    planned = next(iter(table(record.get("plannedDates"))), {})
    others = {k: text(v) for k, v in record.items() if k not in _READ and k not in ("kind", "label", "start", "end")}
    award = writer.entity(
        id,
        "award",
        **others,
        label=text(record.get("title")),
        for_what=text(record.get("description")),
        amount=amount,
        currency=currency,
        start=date,
        planned_start=_date(writer, "plannedDates", planned.get("startDate")),
        planned_end=_date(writer, "plannedDates", planned.get("endDate")),
        planned_months=writer.number("plannedDates", planned.get("duration")),
    )
    for funder in table(record.get("fundingOrganization")):
        who = _who(writer, funder, "organisation")
        writer.tie(who, award, "funds", amount=amount, currency=currency, start=date)
    for member, kind in (("recipientOrganization", "organisation"), ("recipientIndividual", "person")):
        for recipient in table(record.get(member)):
            writer.tie(award, _who(writer, recipient, kind), "awarded_to", start=date)
    for programme in table(record.get("grantProgramme")):
        fund = text(programme.get("code")) or text(programme.get("title"))
        writer.tie(award, writer.entity(fund, "fund", label=text(programme.get("title"))), "part_of")
    return award


def _who(writer: Writer, record: Mapping[str, Any], kind: str) -> str | None:
    name = text(record.get("name"))
    id = text(record.get("id")) or name
    if id is None:
        writer.refuse(kind, "", f"the grant names a {kind} without id and name; it is left out", "fill one in")
    return writer.entity(
        id,
        kind,
        label=name,
        city=text(record.get("addressLocality")),
        country=text(record.get("addressCountry")),
        company_number=text(record.get("companyNumber")),
        charity_number=text(record.get("charityNumber")),
    )
