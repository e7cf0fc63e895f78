"""Words that headings use for what linkpin knows, and how alike two headings are."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache

from .sheet import Sheet, key_of

__all__ = [
    "ALIKE",
    "EDGE_PAIRS",
    "ID_KEYS",
    "KIND_KEYS",
    "PARTNER_KEYS",
    "RESPONDENT_KEYS",
    "WEIGHT_KEYS",
    "alikeness",
    "edge_pair",
    "find_edge_heading",
    "find_id_heading",
    "report_pair",
]

ALIKE = 0.82  # from here on two headings are taken to mean the same, and the match is reported

# Headings that name the two ends of a tie, as keys, the usual ones first.
EDGE_PAIRS = (
    ("from", "to"),
    ("source", "target"),
    ("fromname", "toname"),
    ("fromid", "toid"),
    ("vertex1", "vertex2"),
    ("node1", "node2"),
    ("fromnode", "tonode"),
    ("fromnodeid", "tonodeid"),
    ("sourceid", "targetid"),
    ("sourcename", "targetname"),
    ("sender", "receiver"),
    ("ego", "alter"),
    ("actor1", "actor2"),
    ("organisation1", "organisation2"),
    ("org1", "org2"),
    ("person1", "person2"),
    ("entity1", "entity2"),
    ("tail", "head"),
    ("origin", "destination"),
    ("giver", "receiver"),
    ("giver", "taker"),
    ("funder", "recipient"),
    ("member", "group"),
    ("member", "partnership"),
    ("actor", "event"),
    ("citing", "cited"),
    ("i", "j"),
)
WEIGHT_KEYS = ("weight", "weights", "value", "strength", "tieweight", "edgeweight", "linkweight", "connectionweight")
KIND_KEYS = (
    "kind",
    "type",
    "tietype",
    "edgetype",
    "linktype",
    "connectiontype",
    "relation",
    "relationship",
    "relationtype",
    "relationshiptype",
)
ID_KEYS = (
    "id",
    "nodeid",
    "vertexid",
    "entityid",
    "elementid",
    "actorid",
    "organisationid",
    "label",
    "vertex",
    "node",
    "name",
    "nodename",
    "entity",
    "actor",
    "organisation",
    "organisationname",
    "acronym",
    "abbreviation",
)
RESPONDENT_KEYS = (
    "respondent",
    "respondentid",
    "respondentname",
    "respondentorganisation",
    "respondingorganisation",
    "organisationresponding",
    "rater",
    "informant",
    "reporter",
    "surveyrespondent",
)
PARTNER_KEYS = (
    "partner",
    "partnerid",
    "partnername",
    "partnerorganisation",
    "target",
    "targetorganisation",
    "alter",
    "nominee",
    "ratee",
    "rated",
    "namedorganisation",
    "namedpartner",
    "to",
)

_WORD = re.compile(r"\w+")
_SMALL_WORDS = frozenset(
    ["a", "an", "and", "are", "by", "do", "does", "for", "how", "in", "is", "it", "of", "on", "or", "our", "s", "the",
     "their", "this", "to", "with", "you", "your"]
)  # fmt: skip


def edge_pair(keys: list[str]) -> tuple[int, int] | None:
    """Positions of the two columns that name the ends of ties, or None."""
    for first, second in EDGE_PAIRS:
        if first in keys and second in keys:
            return keys.index(first), keys.index(second)
    return None


def report_pair(keys: list[str]) -> tuple[int, int] | None:
    """Positions of the columns that name respondent and partner, or None."""
    for first in RESPONDENT_KEYS:
        if first in keys:
            for second in PARTNER_KEYS:
                if second in keys:
                    return keys.index(first), keys.index(second)
    return None


def find_edge_heading(sheet: Sheet) -> bool:
    """Move a sheet's heading to the first row near its top that names the ends of ties or of reports."""
    for row in sheet.heading_candidates():
        keys = [key_of(cell) if cell is not None else "" for cell in sheet.rows[row]]
        if edge_pair(keys) or report_pair(keys):
            sheet.heading = row
            return True
    return False


def find_id_heading(sheet: Sheet) -> None:
    """Move a sheet's heading to the first row near its top that has a heading for ids, if there is one."""
    for row in sheet.heading_candidates():
        if {key_of(cell) for cell in sheet.rows[row] if cell is not None} & set(ID_KEYS):
            sheet.heading = row
            return


@lru_cache(maxsize=65536)
def words_of(text: str) -> tuple[str, ...]:
    """The telling words of a heading."""
    words = (key_of(word) for word in _WORD.findall(text.replace("_", " ")))
    return tuple(word for word in words if word and word not in _SMALL_WORDS)


@lru_cache(maxsize=65536)
def alikeness(heading: str, known: str) -> float:
    """How alike a heading is to a known wording, 0 to 1; 1 means the same but for case, spaces and punctuation.

    The larger of two views: letters in sequence, and the known wording's words found in the heading (two words at
    least, so that "trust" alone in a sentence proves nothing).
    """
    ours, theirs = key_of(known), key_of(heading)
    if not ours or not theirs:
        return 0.0
    if ours == theirs:
        return 1.0
    shorter, longer = sorted((len(ours), len(theirs)))
    # A ratio above the threshold needs lengths this close; SequenceMatcher is slow, so it is asked only then.
    letters = 0.0
    if 2 * shorter >= ALIKE * (shorter + longer) and shorter > 3:
        matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
        letters = matcher.ratio() if matcher.quick_ratio() >= ALIKE else 0.0
    known_words = words_of(known)
    found = 0.0
    if len(known_words) >= 2:
        heading_words = set(words_of(heading))
        share = sum(word in heading_words for word in known_words) / len(known_words)
        found = 0.95 * share
    return min(0.99, max(letters, found))
