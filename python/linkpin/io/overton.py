"""Overton: policy documents, who published them, and the research and policy they cite. Licensed data of the user."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .identifiers import doi_of
from .records import Writer, text, texts

NAME = "Overton"


def takes(record: Any) -> bool:
    """Whether a record is a policy document."""
    return isinstance(record, Mapping) and ("policy_document_id" in record or "pdf_document_id" in record)


def add(writer: Writer, record: Mapping[str, Any]) -> str | None:
    """Add one document; several files of one document become one, and their citations are joined."""
    id = text(record.get("policy_document_id")) or text(record.get("pdf_document_id"))
    if id is None:
        writer.refuse("policy_document_id", record, "the document has no id; it is left out", "export it again")
        return None
    date = writer.date("published_on", record.get("published_on"))
    types = texts(record.get("policy_source_type"))
    policy = writer.entity(
        id,
        "policy",
        label=text(record.get("title")),
        title_translated=text(record.get("translated_title")),
        date=date,
        source_type=None if types is None else "; ".join(types),
        country=text(record.get("policy_source_country")),
        topics=texts(record.get("topics")),
    )
    source = writer.entity(
        text(record.get("policy_source_id")),
        "organisation",
        label=text(record.get("policy_source_title")),
        sector=types[0] if types else None,
    )
    writer.tie(source, policy, "produces", start=date)
    for cited in record.get("dois_cited") or ():
        doi = doi_of(cited)
        if doi is None:
            writer.refuse("dois_cited", cited, "this is no DOI; the citation is left out", "mend it")
        writer.tie(policy, writer.entity(doi, "evidence", doi=doi), "cites", start=date)
    for cited in record.get("policy_document_ids_cited") or ():
        writer.tie(policy, writer.entity(text(cited), "policy"), "cites", start=date)
    return policy
