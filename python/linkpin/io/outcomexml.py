"""XML of research and policy: Gateway to Research (its service and its pages) and deposits of Crossref."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import crossref, gtr
from .cells import text_of
from .detect import Format, Source
from .draft import Draft
from .records import Writer
from .refusal import refuse
from .tables import flag_spellings
from .xmlsafe import root_of, walk

__all__ = ["FORMATS"]

_GTR = re.compile(rb"gtr\.(?:ukri\.org|rcuk\.ac\.uk)[^\"'<>]*/api")
NODE_LIMIT = 5_000_000  # elements kept at once


@dataclass
class Node:
    """An element: its name in small letters, attributes without prefix, its text and what stands in it."""

    name: str
    attributes: dict[str, str]
    row: int
    text: str = ""
    children: list[Node] = field(default_factory=list)

    def all(self, *names: str) -> Iterator[Node]:
        """Every element of these names below, in the order of the file."""
        stack = list(reversed(self.children))
        while stack:
            node = stack.pop()
            if node.name in names:
                yield node
            stack.extend(reversed(node.children))

    def first(self, name: str) -> Node | None:
        return next((node for node in self.children if node.name == name), None)

    def value(self, name: str) -> str | None:
        """The text of the first child of a name."""
        node = self.first(name)
        return None if node is None else text_of(node.text)

    def record(self) -> Any:
        """The element as JSON would have it: its text, or a mapping of attributes and children."""
        if not self.children and not self.attributes:
            return text_of(self.text)
        found: dict[str, Any] = dict(self.attributes)
        if not self.children and (own := text_of(self.text)) is not None:
            found["text"] = own
        for child in self.children:
            value = child.record()
            if child.name in found:
                old = found[child.name]
                found[child.name] = [*old, value] if isinstance(old, list) else [old, value]
            else:
                found[child.name] = value
        return found


class _Tree:
    def __init__(self) -> None:
        self.root = Node("", {}, 0)
        self._open = [self.root]
        self._count = 0

    def start(self, name: str, attributes: dict[str, str], row: int) -> None:
        self._count += 1
        if self._count > NODE_LIMIT:
            refuse("read", "XML, elements", self._count, f"more than {NODE_LIMIT}; read it in parts", f"row {row}")
        plain = {k.rpartition(":")[2].lower(): v for k, v in attributes.items() if not k.startswith("xmlns")}
        node = Node(name.lower(), plain, row)
        self._open[-1].children.append(node)
        self._open.append(node)

    def end(self, name: str, text: str, row: int) -> None:
        self._open.pop().text = text


def _tree(source: Source) -> Node:
    tree = _Tree()
    walk(source, tree)
    return tree.root


def _is_gtr(head: bytes, path: Path | None) -> bool:
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and _GTR.search(head) is not None


def _read_gtr(source: Source) -> Draft:
    """Read XML of Gateway to Research: a project with all it led to, or records of the service."""
    file = source.name if isinstance(source, Path) else "bytes"
    root = _tree(source)
    draft = Draft(file=file)
    writer = Writer(draft, gtr.NAME)
    counts = [0, 0]  # rows, kept

    def add(node: Node, what: str) -> str | None:
        writer.place = node.row
        counts[0] += 1
        found = node.record()
        made = gtr.add_as(writer, what, found if isinstance(found, dict) else {})
        counts[1] += made is not None
        return made

    pages = list(root.all("projectcomposition"))
    for page in pages:
        _add_page(page, writer, add)
    if not pages:
        for node in root.all(*gtr.KNOWN):
            if "id" in node.attributes:
                add(node, node.name)
    draft.note(f"{file}: read as {gtr.NAME}")
    draft.note(f"{file}: rows in {counts[0]}, kept {counts[1]}, refused {counts[0] - counts[1]}")
    if not counts[0]:
        refuse("read", "file", file, "this is XML of Gateway to Research, but no project or outcome stands in it")
    flag_spellings(draft)
    return draft


def _add_page(page: Node, writer: Writer, add: Any) -> None:
    """A project as its page tells it: the project, who had which role in it, and what came of it."""
    project = next(page.all("project"), None)
    award = add(project, "project") if project is not None else None
    for role_name, what in (("organisationrole", "organisation"), ("personrole", "person"),
                            ("leadresearchorganisation", "organisation")):  # fmt: skip
        for node in page.all(role_name):
            who = add(node, what)
            roles = [role.value("name") for role in node.all("role")]
            for role in roles or (["LEAD_RO"] if role_name == "leadresearchorganisation" else []):
                gtr.role_tie(writer, award, who, role or "")
    seen = {"project", "organisation", "person", "fund"}
    for what in sorted(gtr.KNOWN - seen):
        # Scrapers left empty elements open, so that outcomes stand inside others' lists: each is found by its own id.
        for node in page.all(what, f"{what}output", f"{what}soutput"):
            if node.value("id") is not None:
                made = add(node, what)
                when = writer.draft.said(made, "date") or writer.draft.said(made, "start") if made else None
                writer.tie(award, made, gtr.TIE_OF.get(what, "produces"), start=when)


def _is_crossref(head: bytes, path: Path | None) -> bool:
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and root_of(head) in ("doi_batch", "crossref_result")


_WORKS = {
    "journal_article": "journal-article", "conference_paper": "proceedings-article", "book_metadata": "book",
    "content_item": "book-chapter", "report-paper_metadata": "report", "dissertation": "dissertation",
    "posted_content": "posted-content", "dataset": "dataset", "fundref_data": None, "doi_citations": None,
}  # fmt: skip


def _read_crossref(source: Source) -> Draft:
    """Read a deposit of Crossref: works with authors, funders and references."""
    file = source.name if isinstance(source, Path) else "bytes"
    root = _tree(source)
    draft = Draft(file=file)
    writer = Writer(draft, crossref.NAME)
    works = list(root.all(*_WORKS))
    kept = 0
    for node in works:
        writer.place = node.row
        kept += _add_deposit(writer, node) is not None
    draft.note(f"{file}: read as {crossref.NAME}, a deposit")
    draft.note(f"{file}: rows in {len(works)}, kept {kept}, refused {len(works) - kept}")
    flag_spellings(draft)
    return draft


def _add_deposit(writer: Writer, node: Node) -> str | None:
    data = node.first("doi_data")
    titles = node.first("titles")
    when = node.first("publication_date") or node.first("posted_date") or node.first("approval_date")
    parts = [when.value(p) for p in ("year", "month", "day")] if when is not None else []
    date = "-".join(p.zfill(2) for p in parts[: parts.index(None) if None in parts else 3] if p)
    authors = [
        {"given": p.value("given_name"), "family": p.value("surname"), "ORCID": p.value("orcid"),
         "affiliation": [{"name": a.text} for a in p.all("affiliation", "institution_name")]}
        for p in node.all("person_name")
    ]  # fmt: skip
    citations = [
        (c.value("doi"), c.value("unstructured_citation") or c.value("article_title")) for c in node.all("citation")
    ]
    return crossref.add_work(
        writer,
        doi=(data.value("doi") if data is not None else None) or node.value("doi"),
        label=titles.value("title") if titles is not None else None,
        kind=_WORKS[node.name],
        date=date or None,
        authors=authors,
        funders=list(_funders(node)),
        cited=citations,
    )


def _funders(node: Node) -> Iterator[tuple[dict[str, Any], list[str]]]:
    """Funders with their award numbers: assertions in a group, or each alone."""
    asserted = [n for n in node.all("assertion") if n.attributes.get("name") in ("fundgroup", "funder_name")]
    inside = {id(n) for group in asserted if group.attributes["name"] == "fundgroup" for n in group.all("assertion")}
    for group in asserted:
        if id(group) in inside:
            continue
        parts = [group, *group.all("assertion")]
        name = next((n for n in parts if n.attributes.get("name") == "funder_name"), None)
        number = next((text_of(n.text) for n in parts if n.attributes.get("name") == "funder_identifier"), None)
        awards = [text_of(n.text) for n in parts if n.attributes.get("name") == "award_number"]
        # The registry's numbers are DOIs below 10.13039.
        doi = f"10.13039/{number}" if number and number.isdigit() else number
        yield {"name": text_of(name.text) if name is not None else None, "DOI": doi}, [a for a in awards if a]


FORMATS = [
    Format("Gateway to Research (XML)", _is_gtr, _read_gtr),
    Format("Crossref (XML deposit)", _is_crossref, _read_crossref),
]
