"""How to cite what was measured: sentences for the text, BibTeX for the list of references."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import linkpin

if TYPE_CHECKING:
    from linkpin.catalogue import Entry
    from linkpin.result import Result

__all__ = ["Citation", "Source", "bibliography", "cite", "sources"]

_DOI = re.compile(r"[.,;]? doi:(?P<doi>10\.\d{4,9}/[^\s;]*[\w)])")
_ONE = re.compile(r"(?P<authors>(?:van |von |de )?[A-Z][^()]*?)[ ,]*\((?P<year>\d{4})\)[.,]? *(?P<rest>.*)", re.DOTALL)
# How the catalogue spells sources: "Surname, I. I. & Surname, I. (1999). Title. Where; Surname, I. (2001). Title.
# Where", with a word or two before some, "doi:10.x/y" at the end of some, and some by surname and year alone.
_NAME = r"(?:van |von |de )?[A-Z][\w'’-]+(?: (?:de |la )*[A-Z][\w'’-]+)*"
_FULL = rf"{_NAME}, [A-Z]\.[^;()]{{0,160}}?\(\d{{4}}\)"
_SHORT = rf"{_NAME}(?: & {_NAME})? \(\d{{4}}\)"
_SAID = r"[^;.():]{1,60}(?:: | in )"
_NEXT = re.compile(rf"; (?=(?:{_SAID})?{_FULL}|{_SHORT})|\. (?={_SAID}{_FULL})")
_LEAD = re.compile(rf"^{_SAID}(?={_FULL}|{_SHORT})")
_PAGES = r"(?P<pages>[A-Za-z]?\d[\w.]*(?:-\d+)?)"
_ARTICLE = re.compile(rf"(?P<journal>[A-Z][^\d;]*?),? (?P<volume>\d+)(?:\((?P<number>[\d-]+)\))?, {_PAGES}")
_MEETING = re.compile(r"Proceedings|[A-Z]+ (?:19|20)\d\d[,:]")
_CHAPTER = re.compile(
    r"(?:In )?(?=(?:Proceedings|In |[A-Z]+ (?:19|20)\d\d[,:]|Handbooks? |[^\d;]* [IVX]+, ))(?:In )?"
    rf"(?P<booktitle>.+?),? {_PAGES}(?:\. (?P<publisher>[A-Z][^.;]*))?$"
)
_PUBLISHER = re.compile(
    r"(?:[A-Z&][\w'’-]* )*(?:Press|Wiley|Springer|North-Holland|Elgar|Boyd|Publishing|Publishers|Sage|Jossey-Bass)$"
    r"|RAND\b"
)
_TEX = str.maketrans({c: "\\" + c for c in "&%$#_"} | {"{": "\\{", "}": "\\}", "\\": "\\textbackslash{}"})


class Citation(str):
    """A text to read and the BibTeX of what it cites: both together as a str, apart as ``.text`` and ``.bibtex``."""

    __slots__ = ("bibtex", "text")

    text: str
    bibtex: str

    def __new__(cls, text: str, bibtex: str) -> Citation:
        """Join the two with an empty line between."""
        both = super().__new__(cls, f"{text}\n\n{bibtex}" if bibtex else text)
        both.text, both.bibtex = text, bibtex
        return both

    def __reduce__(self) -> tuple[type[Citation], tuple[str, str]]:
        return Citation, (self.text, self.bibtex)


@dataclass(frozen=True, slots=True)
class Source:
    """One published source as the catalogue spells it."""

    spelled: str
    authors: tuple[str, ...] = ()
    year: str = ""
    title: str = ""
    where: str = ""
    doi: str = ""

    @property
    def key(self) -> str:
        """The key in BibTeX: first author, year, first long word of the title."""
        name = re.sub(r"\W", "", self.authors[0].split(",")[0]).lower() if self.authors else "linkpin"
        word = next((w for w in re.findall(r"[A-Za-z]+", self.title) if len(w) > 3), "")
        return f"{name}{self.year}{word.lower()}"

    @property
    def short(self) -> str:
        """As it stands in brackets in a text."""
        names = [a.split(",")[0] for a in self.authors]
        who = names[0] if len(names) == 1 else " & ".join(names) if len(names) == 2 else f"{names[0]} et al."
        return f"{who} {self.year}"

    @property
    def bibtex(self) -> str:
        """The entry in BibTeX, of the kind that the place of publication shows."""
        kind, place = _published(self.where)
        fields = {
            "author": " and ".join(a.translate(_TEX) for a in self.authors),
            "title": f"{{{self.title.translate(_TEX)}}}" if self.title else "",
            "year": self.year,
            **{name: value.replace("-", "--") if name == "pages" else value.translate(_TEX) for name, value in place},
            "doi": self.doi,
        }
        lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
        return f"@{kind}{{{self.key},\n{lines}\n}}"


def _published(where: str) -> tuple[str, list[tuple[str, str]]]:
    """Return the type of entry, and its fields that say where it was published."""
    if chapter := _CHAPTER.match(where):
        kind = "inproceedings" if _MEETING.match(where) else "incollection"
        return kind, [(name, value) for name, value in chapter.groupdict().items() if value]
    if article := _ARTICLE.match(where):
        return "article", [(name, value) for name, value in article.groupdict().items() if value]
    if _PUBLISHER.match(where):
        return "book", [("publisher", where)]
    return "misc", [("howpublished", where)]


def sources(entry: Entry) -> list[Source]:
    """Return the published sources of an entry of the catalogue; empty where it names none."""
    found = []
    for part in _NEXT.split(entry.reference.get("text", "")):
        spelled = _LEAD.sub("", part.strip())
        match = _ONE.match(_DOI.sub("", spelled).replace("? ", "?. "))  # a title may end with its question
        if match is None:
            continue
        rest = match["rest"]
        untitled = _ARTICLE.match(rest) is not None and ". " not in rest  # only where it stands was spelled
        title, _, where = ("", "", rest) if untitled else rest.partition(". " if ". " in rest else ", ")
        authors = _authors(match["authors"])
        found.append(Source(spelled.rstrip("."), authors, match["year"], title.rstrip("."), where.rstrip(". ")))
    return [_with_doi(source, entry.doi, found) for source in found]


def _authors(text: str) -> tuple[str, ...]:
    """Split "Snijders, T. A. B. & Borgatti, S. P." at the names; "et al." becomes others, as BibTeX has it."""
    text = re.sub(r",? et al\.?", " & others", text.strip(" ,"))
    names = []
    for group in re.split(r" & | and ", text):
        names += re.split(r"(?<=\.), (?=[A-Z])", group)
    return tuple(name.strip() for name in names if name.strip())


def _with_doi(source: Source, doi: str, among: list[Source]) -> Source:
    """Give a source its own DOI; the entry's to its only source, or to the only one whose year stands in it."""
    if own := _DOI.search(source.spelled):
        return replace(source, doi=own["doi"])
    dated = [s for s in among if s.year in doi]
    mine = among == [source] or (dated == [source] and not any(_DOI.search(s.spelled) for s in among))
    return replace(source, doi=doi) if mine else source


def software() -> str:
    """Return linkpin itself in BibTeX."""
    title = "linkpin: measuring research partnerships, their power and participation, and their road to policy"
    return (
        f"@software{{linkpin,\n  author = {{{{The linkpin developers}}}},\n  title = {{{{{title}}}}},\n"
        f"  version = {{{linkpin.__version__}}}\n}}"
    )


def bibliography(cited: Iterable[Source]) -> str:
    """Return linkpin and the sources in BibTeX, each once, by key."""
    by_key: dict[str, Source] = {}
    for source in cited:
        if source.key not in by_key or (source.doi and not by_key[source.key].doi):
            by_key[source.key] = source
    return "\n\n".join([software(), *(by_key[key].bibtex for key in sorted(by_key))])


def cite(result: Result) -> Citation:
    """Return how to cite a result: what was computed, with which options, of which network, after whom."""
    entry = result.entry
    parts = [f"{result.method}, computed with linkpin {linkpin.__version__}"]
    if result.network is not None:
        n, m, mark = result.network
        parts.append(f"of a network of {n:,} vertices and {m:,} ties (fingerprint {mark:016x})")
    if result.lens:
        parts.append(f"drawn from {result.lens}")
    if result.seed is not None:
        parts.append(f"seed {result.seed}")
    if result.interval_of:
        parts.append(f"intervals of {result.interval_of}")
    spelled = entry.cited.rstrip(".")
    return Citation(", ".join(parts) + "." + (f" {spelled}." if spelled else ""), bibliography(sources(entry)))
