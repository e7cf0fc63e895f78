"""Which entities are one: by DOI, ORCID, ROR and other identifiers, and by names of organisations with a score.

Nothing is merged silently: the answer has a row for each merge, with its reason and score, and the ecosystem as it was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from ..ecosystem import Ecosystem
from ..table import Table
from .draft import Draft, Issue
from .identifiers import doi_of, name_key, orcid_of, ror_of
from .refusal import refuse

__all__ = ["Resolution", "resolve"]

# Columns whose equal values, or ids, mean the same entity, by kind; a function says how they are compared.
_IDS: dict[str, tuple[tuple[str, Any], ...]] = {
    "evidence": (("doi", doi_of),),
    "person": (("orcid", orcid_of),),
    "organisation": (("ror", ror_of), ("grid", lambda v: str(v).strip().lower() or None)),
}
_WORDS_LEAST = 2  # a name of one telling word is merged only where it is the same word
_BLOCK_MOST = 200  # names that share a word, beyond which that word tells nothing


@dataclass(frozen=True)
class Resolution:
    """What was found to be one.

    `ecosystem` has the entities merged, `merges` a table with a row for each that went into another (id, into, kind,
    reason, score), `suggestions` those below the score. `without(ids)` undoes some merges; `undone` is as it was.
    """

    ecosystem: Ecosystem
    merges: Table
    suggestions: Table
    undone: Ecosystem

    def without(self, ids: str | Iterable[str]) -> Resolution:
        """The same resolution without the merges of these ids, which stand for themselves again."""
        out = {ids} if isinstance(ids, str) else set(ids)
        known = set(self.merges["id"].tolist())
        for id in sorted(out - known):
            refuse("without", "ids", id, "no merge of this id was made; see .merges")
        rows = [row for row in self.merges.rows() if row["id"] not in out]
        return _applied(self.undone, rows, self.suggestions)


def resolve(
    eco: Ecosystem, *, names: float = 0.92, kinds: Iterable[str] = ("evidence", "person", "organisation")
) -> Resolution:
    """Find which entities are one, and merge them, reversibly.

    Entities of one kind are one where they have the same DOI, ORCID, ROR or GRID id, however it is written; and
    organisations where their names are alike: the same telling words (score 1), or letters and words alike.

    Parameters
    ----------
    eco
        The ecosystem.
    names
        The score from which names of organisations are merged; above 1 merges none by name. Pairs up to 0.1 below are
        suggestions.
    kinds
        Kinds of entity that are looked at.

    Returns
    -------
    Resolution with `.ecosystem`, `.merges`, `.suggestions`, `.without(ids)` and `.undone`.

    Raises
    ------
    InputError
        For a score that is not above 0.5.
    """
    if not names > 0.5:
        refuse("resolve", "names", names, "give a score above 0.5; two names that are half alike are not one")
    ids = eco.entities["id"].tolist()
    kind_of = eco.entities["kind"].tolist() if "kind" in eco.entities else [None] * len(ids)
    rows: list[dict[str, Any]] = []
    gone: set[str] = set()
    below: list[dict[str, Any]] = []
    for kind in kinds:
        members = [i for i, k in enumerate(kind_of) if k == kind]
        for id, into, reason in _same_id(eco, kind, members):
            if id not in gone:
                gone.add(id)
                rows.append({"id": id, "into": into, "kind": kind, "reason": reason, "score": 1.0})
        if kind == "organisation":
            for score, id, into in _same_name(eco, [i for i in members if ids[i] not in gone], names - 0.1):
                row = {"id": id, "into": into, "kind": kind, "reason": "name", "score": score}
                if score < names:
                    below.append(row)
                elif id not in gone:
                    gone.add(id)
                    rows.append(row)
    return _applied(eco, rows, _table(below, "alike, not merged"))


def _column(eco: Ecosystem, name: str) -> list[Any]:
    return eco.entities[name].tolist() if name in eco.entities else []


def _same_id(eco: Ecosystem, kind: str, members: list[int]) -> Iterator[tuple[str, str, str]]:
    """Members that share an identifier with an earlier one: id, into, reason."""
    ids = _column(eco, "id")
    for name, read in _IDS.get(kind, ()):
        values = _column(eco, name)
        first: dict[str, str] = {}
        for i in members:
            value = read(values[i]) if values and values[i] is not None else None
            value = value or (read(ids[i]) if name != "grid" else None)
            if value is None:
                continue
            into = first.setdefault(value, ids[i])
            if into != ids[i]:
                yield ids[i], into, f"{name} {value}"


def _same_name(eco: Ecosystem, members: list[int], least: float) -> Iterator[tuple[float, str, str]]:
    """Organisations alike in name: score, id, into; each with its best earlier match, compared within shared words."""
    ids, labels = _column(eco, "id"), _column(eco, "label")
    names = {i: str(labels[i]) if labels and labels[i] else ids[i] for i in members}
    keys = {i: name_key(names[i]) for i in members}
    blocks: dict[str, list[int]] = defaultdict(list)
    same: dict[tuple[str, ...], int] = {}
    for i in members:
        key = keys[i]
        if not key:
            continue
        if key in same:
            yield 1.0, ids[i], ids[same[key]]
            continue
        near = {j for word in key if len(blocks[word]) <= _BLOCK_MOST for j in blocks[word]}
        scored = [(likeness(key, keys[j], least), -j) for j in near]
        best = max(scored, default=(0.0, 0))
        if best[0] >= least:
            yield best[0], ids[i], ids[-best[1]]
        same[key] = i
        for word in key:
            blocks[word].append(i)


def likeness(a: tuple[str, ...], b: tuple[str, ...], least: float = 0.0) -> float:
    """How alike two names are by their telling words: the mean of shared words (Dice) and letters in sequence.

    Below `least` it may be 0, since letters are slow to compare.
    """
    if min(len(a), len(b)) < _WORDS_LEAST:
        return 1.0 if a == b else 0.0
    shared = 2 * len(set(a) & set(b)) / (len(a) + len(b))
    if (shared + 1) / 2 < least:
        return 0.0
    letters = SequenceMatcher(None, " ".join(a), " ".join(b), autojunk=False).ratio()
    return round((shared + letters) / 2, 4)


def _table(rows: list[dict[str, Any]], title: str) -> Table:
    return Table({name: [row[name] for row in rows] for name in ("id", "into", "kind", "reason", "score")}, title=title)


def _applied(eco: Ecosystem, rows: list[dict[str, Any]], suggestions: Table) -> Resolution:
    """The ecosystem with the merges made; what the merged say otherwise becomes an issue."""
    if not rows:
        return Resolution(eco, _table(rows, "merges"), suggestions, eco)
    into = {row["id"]: row["into"] for row in rows}

    def final(id: Any) -> Any:
        seen = set()
        while id in into and id not in seen:
            seen.add(id)
            id = into[id]
        return id

    draft = Draft(file="resolve", kinds=list(eco.kinds), about=dict(eco.about))
    draft.issues = [Issue(**row) for row in eco.issues.rows()]
    told: Mapping[str, dict[str, Any]] = {row["id"]: row for row in rows}
    # Those that stay come first, so that what they say is what is kept.
    records = list(eco.entities.rows())
    for record in sorted(records, key=lambda r: r["id"] in into):
        id = record.pop("id")
        if id in into:
            other = [str(n) for n in (record.get("label"), id) if n]
            reason = f"taken to be one with {final(id)} ({told[id]['reason']}, score {told[id]['score']:.2f})"
            draft.refuse("resolve", 0, "id", other[0], reason, "undo it: resolution.without(...)")
            known = {k: v for k, v in record.items() if draft.said(final(id), k) is None}
            draft.add_entity_from(final(id), {k: v for k, v in known.items() if v is not None})
        else:
            draft.add_entity_from(id, {k: _plain(v) for k, v in record.items()})
    for record in eco.ties.rows():
        ends = final(record.pop("from")), final(record.pop("to"))
        draft.add_tie(*ends, **{str(k): _plain(v) for k, v in record.items()})
    for record in eco.reports.rows():
        who, from_, to = (final(record.pop(end)) for end in ("respondent", "from", "to"))
        state = record.pop("state", None) or "answered"
        draft.add_report(who, from_, to, state=state, **{str(k): _plain(v) for k, v in record.items()})
    return Resolution(draft.ecosystem(), _table(rows, "merges"), suggestions, eco)


def _plain(value: Any) -> Any:
    return None if isinstance(value, float) and value != value else value
