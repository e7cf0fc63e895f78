"""OpenAlex: works with authors, institutions, funders and what they cite; and records of each of these alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .identifiers import doi_of, orcid_of, ror_of
from .records import Writer, table, text, texts

NAME = "OpenAlex"
_HOME = "https://openalex.org/"
_KINDS = {"A": "person", "I": "organisation", "F": "organisation", "P": "organisation", "S": "channel"}
_TYPES = {
    "article": "peer-reviewed", "review": "peer-reviewed", "book-chapter": "peer-reviewed", "book": "peer-reviewed",
    "letter": "peer-reviewed", "editorial": "peer-reviewed", "preprint": "grey literature", "report": "grey literature",
    "dissertation": "grey literature", "standard": "grey literature", "dataset": "grey literature",
}  # fmt: skip


def takes(record: Any) -> bool:
    """Whether a record is one of OpenAlex's."""
    return isinstance(record, Mapping) and str(record.get("id", "")).startswith(_HOME)


def _short(value: Any) -> str | None:
    id = text(value)
    return id.removeprefix(_HOME) if id else None


def _organisation(writer: Writer, record: Mapping[str, Any]) -> str | None:
    id = ror_of(record.get("ror")) or _short(record.get("id"))
    return writer.entity(
        id,
        "organisation",
        label=text(record.get("display_name")),
        ror=ror_of(record.get("ror")),
        sector=text(record.get("type")),
        country=text(record.get("country_code")),
    )


def _person(writer: Writer, record: Mapping[str, Any]) -> str | None:
    orcid = orcid_of(record.get("orcid"))
    return writer.entity(
        orcid or _short(record.get("id")), "person", label=text(record.get("display_name")), orcid=orcid
    )


def add(writer: Writer, record: Mapping[str, Any]) -> str | None:
    """Add one record; returns the id of what it is about."""
    letter = str(_short(record["id"]))[:1]
    if "authorships" in record or letter == "W":
        return _work(writer, record)
    if letter == "A":
        person = _person(writer, record)
        for one in table(record.get("last_known_institutions")):
            writer.tie(person, _organisation(writer, one), "affiliated_with")
        return person
    if letter in ("I", "F"):
        organisation = _organisation(writer, record)
        for one in table(record.get("associated_institutions")):
            if text(one.get("relationship")) == "parent":
                writer.tie(organisation, _organisation(writer, one), "part_of")
        return organisation
    kind = "topic" if "/" in str(_short(record["id"])) else _KINDS.get(letter, "topic")
    about = text(record.get("description"))
    return writer.entity(_short(record["id"]), kind, label=text(record.get("display_name")), description=about)


def _work(writer: Writer, record: Mapping[str, Any]) -> str | None:
    doi = doi_of(record.get("doi"))
    kind = text(record.get("type"))
    date = writer.date("publication_date", record.get("publication_date") or record.get("publication_year"))
    access = record.get("open_access")
    is_open = access.get("is_oa") if isinstance(access, Mapping) else None
    # What cites a work names its OpenAlex id, whether or not it has a DOI: that is its id here.
    work = writer.entity(
        _short(record["id"]),
        "evidence",
        label=text(record.get("display_name") or record.get("title")),
        date=date,
        doi=doi,
        publication_type=kind,
        evidence_type=_TYPES.get(kind or ""),
        access=None if is_open is None else "open" if is_open else "paywalled",
        topics=texts([topic.get("display_name") for topic in table(record.get("topics"))]),
        retracted=True if record.get("is_retracted") is True else None,
        citations=record.get("cited_by_count"),
        payback="knowledge",
    )
    if record.get("is_retracted") is True:
        writer.refuse(
            "is_retracted", work, "the work has been retracted; it is kept and marked", "leave it out of counts"
        )
    for authorship in table(record.get("authorships")):
        author = authorship.get("author")
        person = _person(writer, author) if isinstance(author, Mapping) else None
        writer.tie(person, work, "produces", start=date, position=text(authorship.get("author_position")))
        for institution in table(authorship.get("institutions")):
            organisation = _organisation(writer, institution)
            writer.tie(person, organisation, "affiliated_with")
            writer.tie(organisation, work, "produces", start=date)
    for funder in table(record.get("funders")):
        writer.tie(_organisation(writer, funder), work, "funds")
    for award in [*table(record.get("awards")), *table(record.get("grants"))]:
        number = text(award.get("funder_award_id") or award.get("award_id") or award.get("id"))
        writer.tie(writer.entity(number, "award", label=text(award.get("display_name"))), work, "produces", start=date)
    for cited in record.get("referenced_works") or ():
        writer.tie(work, writer.entity(_short(cited), "evidence"), "cites", start=date)
    return work
