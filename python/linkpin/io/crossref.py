"""Crossref: works in the JSON of its service, and the deposits in XML by which publishers register them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .identifiers import doi_of, orcid_of, ror_of
from .records import Writer, table, text, texts

NAME = "Crossref"
_TYPES = {
    "journal-article": "peer-reviewed", "book-chapter": "peer-reviewed", "book": "peer-reviewed",
    "monograph": "peer-reviewed", "proceedings-article": "peer-reviewed", "posted-content": "grey literature",
    "report": "grey literature", "dissertation": "grey literature", "dataset": "grey literature",
}  # fmt: skip


def takes(record: Any) -> bool:
    """Whether a record is a work."""
    return (
        isinstance(record, Mapping) and "DOI" in record and bool(record.keys() & {"type", "issued", "title", "prefix"})
    )


def date_of(parts: Any) -> str | None:
    """[[2019, 5, 3]] as 2019-05-03, to the precision it has."""
    numbers = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else parts
    if not isinstance(numbers, list) or not numbers or not all(isinstance(n, int) for n in numbers[:3]):
        return None
    return "-".join(f"{n:04d}" if i == 0 else f"{n:02d}" for i, n in enumerate(numbers[:3]))


def add(writer: Writer, record: Mapping[str, Any]) -> str | None:
    """Add one work."""
    issued = record.get("issued")
    titles = texts(record.get("title"))
    return add_work(
        writer,
        doi=record.get("DOI"),
        label=titles[0] if titles else None,
        kind=text(record.get("type")),
        date=date_of(issued.get("date-parts")) if isinstance(issued, Mapping) else None,
        authors=table(record.get("author")),
        funders=[(f, texts(f.get("award")) or ()) for f in table(record.get("funder"))],
        cited=[(r.get("DOI"), text(r.get("unstructured"))) for r in table(record.get("reference"))],
        updates=[u.get("DOI") for u in table(record.get("update-to"))],
    )


def add_work(
    writer: Writer,
    *,
    doi: Any,
    label: str | None = None,
    kind: str | None = None,
    date: str | None = None,
    authors: Iterable[Mapping[str, Any]] = (),
    funders: Iterable[tuple[Mapping[str, Any], Iterable[str]]] = (),
    cited: Iterable[tuple[Any, str | None]] = (),
    updates: Iterable[Any] = (),
) -> str | None:
    """Add a work, however it was written down; returns its DOI, None where it has none."""
    id = doi_of(doi)
    if id is None:
        writer.refuse("DOI", doi, "the work has no DOI; it is left out", "mend it")
        return None
    date = writer.date("issued", date)
    work = writer.entity(
        id, "evidence", label=label, date=date, doi=id, publication_type=kind,
        evidence_type=_TYPES.get(kind or ""), payback="knowledge",
    )  # fmt: skip
    for author in authors:
        orcid = orcid_of(author.get("ORCID"))
        name = " ".join(t for t in (text(author.get("given")), text(author.get("family"))) if t) or text(
            author.get("name")
        )
        person = writer.entity(orcid or name, "person", label=name, orcid=orcid)
        writer.tie(person, work, "produces", start=date)
        for place in table(author.get("affiliation")):
            ror = next((r for i in table(place.get("id")) if (r := ror_of(i.get("id")))), None)
            where = writer.entity(
                ror or text(place.get("name")), "organisation", label=text(place.get("name")), ror=ror
            )
            writer.tie(person, where, "affiliated_with")
    for funder, awards in funders:
        fundref = doi_of(funder.get("DOI"))
        organisation = writer.entity(
            fundref or text(funder.get("name")), "organisation", label=text(funder.get("name"))
        )
        if not awards:
            writer.tie(organisation, work, "funds")
        for number in awards:
            award = writer.entity(number, "award")
            writer.tie(organisation, award, "funds")
            writer.tie(award, work, "produces", start=date)
    plain = 0
    for reference, words in cited:
        to = doi_of(reference)
        plain += to is None and words is not None
        writer.tie(work, writer.entity(to, "evidence", doi=to), "cites", start=date)
    if plain:
        reason = f"{plain} references have no DOI and are left out"
        writer.refuse("reference", id, reason, "match them to DOIs first")
    for update in updates:
        writer.tie(writer.entity(doi_of(update), "evidence"), work, "precedes")
    return work
