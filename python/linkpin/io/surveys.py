"""Survey tables: one row a respondent, one row a respondent and partner, or one matrix a question.

What is matched on likeness rather than letter for letter is an issue of the draft, so that nobody is surprised by it;
what each answer was read as is counted in the notes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from .cells import Cell, is_blank, number_of, text_of
from .columnmap import ColumnMap, Scale, verbal_scales
from .columns import ENTITY_NAMES, attribute_name, column_values
from .draft import Draft
from .headings import ALIKE, ID_KEYS, PARTNER_KEYS, RESPONDENT_KEYS, alikeness, report_pair
from .matrices import Matrix
from .options import TableOptions
from .sheet import Sheet, key_of

__all__ = ["WidePlan", "is_rows", "read_matrices", "read_rows", "read_wide", "splits", "wide_plan"]

_NO = frozenset({"no", "n", "0", "false", "unchecked", "not selected"})
_NOT_ITEMS = frozenset({"year", "date", "id", "row", "number", "start", "end", "weight", "confidence", "duration"})
_REPORT_COLUMNS = ("wave", "source", "evidence", "start", "end")
_SEPARATORS = re.compile(r"\s*(?:::|__|\s[-–—]\s|[:|/_]|\.\s)\s*")
_BRACKETED = re.compile(r"^(.*?)\s*[\[(](.+)[\])]\s*$")
_CODE = re.compile(r"[A-Za-z]{1,3}\s?\d{1,3}[a-z]?")
_CODED = re.compile(rf"^{_CODE.pattern}\s*[.:)_–—-]\s*(?=\S)")


def splits(heading: str) -> Iterator[tuple[str, str]]:
    """The ways a heading may name both a question and a partner: "Trust [City]", "City - Trust", "Q7_City".

    A question's number before its words ("Q7. Trust [City]") is left out first; a number alone is never a partner.
    """
    for text in dict.fromkeys((_CODED.sub("", heading), heading)):
        for wording, partner in _halves(text):
            if not _CODE.fullmatch(partner):
                yield wording, partner


def _halves(heading: str) -> Iterator[tuple[str, str]]:
    bracketed = _BRACKETED.match(heading)
    if bracketed:
        yield bracketed[1], bracketed[2]
        yield bracketed[2], bracketed[1]
    for mark in _SEPARATORS.finditer(heading):
        left, right = heading[: mark.start()].strip(), heading[mark.end() :].strip()
        if left and right:
            yield left, right
            yield right, left


@dataclass
class _Match:
    """A heading, what it was taken for, how like it is, and the wording that was compared."""

    name: str
    score: float
    wording: str
    rest: str = ""


def _best(wording: str, known: dict[str, list[str]]) -> _Match | None:
    """What a wording is most like among the known ones, with or without a question's number before it."""
    best: _Match | None = None
    plain = _CODED.sub("", wording)
    for name, headings in known.items():
        for heading in headings:
            score = max(alikeness(plain, heading), alikeness(wording, heading))
            if score >= ALIKE and (best is None or score > best.score):
                best = _Match(name, score, wording)
    return best


@dataclass
class WidePlan:
    """What each column of a survey with one row a respondent is."""

    respondent: int
    attributes: dict[int, _Match] = field(default_factory=dict)
    questions: dict[int, _Match] = field(default_factory=dict)
    others: list[int] = field(default_factory=list)
    guessed: list[str] = field(default_factory=list)

    def items(self) -> list[str]:
        """The questions asked, in the order of their first column."""
        return list(dict.fromkeys(match.name for match in self.questions.values()))


def wide_plan(sheet: Sheet, cmap: ColumnMap, default_item: str) -> WidePlan | None:
    """Match a sheet's headings to a map; None where no column asks about a partner."""
    headings = sheet.headings
    body = sheet.body()
    respondent = _respondent_column(headings, cmap)
    plan = WidePlan(respondent)
    known_items = {name: item.headings for name, item in cmap.items.items()}
    names = {key_of(text) for row in body if (text := text_of(row[respondent]))}
    cache: dict[str, _Match | None] = {}

    def item_of(wording: str) -> _Match | None:
        if wording not in cache:
            cache[wording] = _best(wording, known_items)
        return cache[wording]

    def rank(match: _Match) -> tuple[bool, float]:
        return key_of(match.rest) in names, match.score

    for index, heading in enumerate(headings):
        if index == respondent or not heading:
            continue
        attribute = _best(heading, cmap.attributes)
        question: _Match | None = None
        option: _Match | None = None
        for wording, rest in splits(heading):
            found = item_of(wording)
            if found is not None:
                match = _Match(found.name, found.score, wording, rest)
                question = match if question is None or rank(match) > rank(question) else question
            many = _best(wording, {name: cmap.attributes[name] for name in cmap.multiple})
            if many is not None and (option is None or many.score > option.score):
                option = _Match(many.name, many.score, wording, rest)
        if key_of(heading) in names:
            plan.questions[index] = _Match(default_item, 1.0, heading, heading)
        elif question is not None and question.score >= max(m.score if m else 0.0 for m in (attribute, option)):
            plan.questions[index] = question
        elif option is not None and (attribute is None or option.score >= attribute.score):
            plan.attributes[index] = option
        elif attribute is not None:
            plan.attributes[index] = attribute
        else:
            plan.others.append(index)
    _add_guessed_partners(plan, headings, body, cmap.scale_of(default_item), default_item, sheet.decimal)
    return plan if plan.questions else None


def _add_guessed_partners(
    plan: WidePlan,
    headings: list[str],
    body: list[list[Cell]],
    scale: Scale,
    item: str,
    decimal: str,
) -> None:
    """Where respondents' names stand as headings, columns after the first of them that hold answers are partners."""
    named = [index for index, match in plan.questions.items() if match.name == item and match.rest == match.wording]
    if len(named) < 2:
        return
    for index in [i for i in plan.others if i > named[0]]:
        filled = [row[index] for row in body if not is_blank(row[index])]
        if filled and all(not (said := scale.read(cell, decimal)).problem and not said.guess for cell in filled):
            plan.others.remove(index)
            plan.questions[index] = _Match(item, 1.0, headings[index], headings[index])
            plan.guessed.append(headings[index])


def _respondent_column(headings: Sequence[str], cmap: ColumnMap) -> int:
    scores = [max((alikeness(h, k) for k in cmap.respondent), default=0.0) if h else 0.0 for h in headings]
    best = max(range(len(headings)), key=lambda i: scores[i])
    if scores[best] >= ALIKE:
        return best
    keys = [key_of(h) for h in headings]
    return next((keys.index(k) for k in (*RESPONDENT_KEYS, *ID_KEYS) if k in keys), 0)


class _Roll:
    """Ids of those who appear in a survey: one spelling each, other spellings of it noted."""

    def __init__(self, sheet: Sheet, draft: Draft) -> None:
        self._sheet = sheet
        self._draft = draft
        self._known: dict[str, str] = {key_of(id): id for id in draft.entities["id"]}
        self._said: set[str] = set()

    def id_of(self, text: str, row: int, column: str) -> str:
        key = key_of(text) or text
        id = self._known.setdefault(key, text)
        if id != text and text not in self._said:
            self._said.add(text)
            self._draft.refuse(
                self._sheet.file,
                row,
                column,
                text,
                f"read as {id}, which differs in capitals, spaces or punctuation only",
                "use one spelling, or tell the two apart by more than that",
            )
        return id


class _Tally:
    """How often each state was read, by item, for the notes; and the guesses, each told once."""

    def __init__(self, sheet: Sheet, draft: Draft) -> None:
        self._sheet = sheet
        self._draft = draft
        self._counts: dict[str, Counter[str]] = {}
        self._guesses: set[tuple[str, str]] = set()

    def take(self, scale: Scale, item: str, cell: Cell, row: int, column: str) -> dict[str, Any]:
        """What the cell says, as a report's state, value and answer.

        An answer that cannot be used is an issue and counts as none given: silence would count as a real zero.
        """
        reading = scale.read(cell, self._sheet.decimal)
        if reading.problem:
            self._draft.refuse(
                self._sheet.file,
                row,
                column,
                cell,
                f"{reading.problem}; it counts as no answer",
                f"mend the cell, or name the answer under levels or states of {item} in a column map",
            )
            self._counts.setdefault(item, Counter())["refused"] += 1
            return {"state": "did not respond", "value": None, "answer": text_of(cell)}
        if reading.guess and (item, reading.words or "") not in self._guesses:
            self._guesses.add((item, reading.words or ""))
            self._draft.refuse(
                self._sheet.file,
                row,
                column,
                cell,
                f"read as the answer {reading.guess} on likeness",
                f"name this wording under levels of {item} in a column map if that is wrong",
            )
        counter = self._counts.setdefault(item, Counter())
        if is_blank(cell):
            counter["blank read as " + (reading.state if reading.value is None else "zero")] += 1
        else:
            counter["zero" if reading.value == 0 else reading.state] += 1
        said: dict[str, Any] = {"state": reading.state, "value": reading.value}
        if reading.words is not None:
            said["answer"] = reading.words
        return said

    def note(self) -> None:
        for item, counter in self._counts.items():
            told = ", ".join(f"{count} {state}" for state, count in sorted(counter.items()))
            self._draft.note(f"{self._sheet.file}: {item}: {told}")


def _say_matches(sheet: Sheet, draft: Draft, matches: Sequence[_Match]) -> None:
    """Tell what headings were taken for: exact ones in the notes, others as issues too, each wording once."""
    for wording, match in {m.wording: m for m in matches}.items():
        if key_of(wording) == key_of(match.name):
            continue
        draft.note(f"{sheet.file}: {wording!r} read as {match.name} (alike {match.score:.2f})")
        if match.score < 1.0:
            draft.refuse(
                sheet.file,
                sheet.heading + 1,
                wording,
                match.name,
                f"the heading was read as {match.name} on a likeness of {match.score:.2f}",
                'if that is wrong, give a column map that names this heading: columns={"items": ...}',
            )


def read_wide(sheet: Sheet, draft: Draft, plan: WidePlan, cmap: ColumnMap, options: TableOptions) -> None:
    """Add the reports of a survey with one row a respondent and one column a question and partner."""
    names, body, headings = sheet.names(draft), sheet.body(), sheet.headings
    sheet.refuse_overhang(draft)
    draft.note(f"{sheet.file}: one row a respondent, by column map {cmap.words}")
    _say_matches(sheet, draft, [*plan.questions.values(), *plan.attributes.values()])
    if plan.guessed:
        draft.note(f"{sheet.file}: taken as partners, since they hold answers: {', '.join(plan.guessed)}")
    respondents = _add_respondents(sheet, draft, plan, cmap, names, body)
    roll = _Roll(sheet, draft)
    tally = _Tally(sheet, draft)
    columns = _distinct_questions(sheet, draft, plan, roll, names)
    by_item: dict[str, list[tuple[int, str]]] = {}
    for index, partner in columns.items():
        by_item.setdefault(plan.questions[index].name, []).append((index, partner))
    for partners in by_item.values():
        for _, partner in partners:
            if not draft.knows(partner):
                draft.add_entity_from(partner, {})
    extra = {} if options.wave is None else {"wave": options.wave}
    for index, respondent in respondents:
        row, number = body[index], sheet.first_body_row() + index
        spoke = any(not is_blank(row[i]) for i, partner in columns.items() if partner != respondent)
        for item, partners in by_item.items():
            scale = cmap.scale_of(item)
            if all(is_blank(row[i]) for i, partner in partners if partner != respondent):
                state = "not asked" if spoke and scale.blank == "not asked" else "did not respond"
                draft.add_report(respondent, respondent, None, item=item, state=state, **extra)
                continue
            for i, partner in partners:
                if partner == respondent and is_blank(row[i]):
                    continue
                said = tally.take(scale, item, row[i], number, headings[i])
                draft.add_report(respondent, respondent, partner, item=item, **said, **extra)
    answered = {respondent for _, respondent in respondents}
    _add_silent(sheet, draft, cmap, answered, {item: [p for _, p in ps] for item, ps in by_item.items()}, extra)
    tally.note()


def _add_respondents(
    sheet: Sheet,
    draft: Draft,
    plan: WidePlan,
    cmap: ColumnMap,
    names: list[str],
    body: list[list[Cell]],
) -> list[tuple[int, str]]:
    """Add who answered, with what they said of themselves. Returns row positions and ids."""
    columns = _attribute_columns(sheet, draft, plan, cmap, names, body)
    roll = _Roll(sheet, draft)
    found: list[tuple[int, str]] = []
    seen: dict[str, int] = {}
    for index, row in enumerate(body):
        number = sheet.first_body_row() + index
        text = text_of(row[plan.respondent])
        if text is None:
            if not all(is_blank(cell) for cell in row):
                draft.refuse(
                    sheet.file,
                    number,
                    names[plan.respondent],
                    sheet.shown_row(row),
                    "the respondent is not named; the row is left out",
                    "fill the cell, or delete the row",
                )
            continue
        id = roll.id_of(text, number, names[plan.respondent])
        if id in seen:
            draft.refuse(
                sheet.file,
                number,
                names[plan.respondent],
                id,
                f"the same respondent has row {seen[id]}; where both answer, the later answer counts in networks",
                "delete one row, or name each person and give the organisation as a column",
            )
        seen.setdefault(id, number)
        draft.add_entity_from(id, {name: values[index] for name, values in columns.items()}, row=number)
        found.append((index, id))
    return found


def _attribute_columns(
    sheet: Sheet,
    draft: Draft,
    plan: WidePlan,
    cmap: ColumnMap,
    names: list[str],
    body: list[list[Cell]],
) -> dict[str, list[Any]]:
    columns: dict[str, list[Any]] = {}
    options: dict[str, list[tuple[str, int]]] = {}
    for index, name in enumerate(names):
        match = plan.attributes.get(index)
        if match is not None and match.rest:
            options.setdefault(match.name, []).append((match.rest, index))
        elif match is not None and match.name not in columns:
            values = column_values(sheet, draft, match.name, [row[index] for row in body])
            if values is not None:
                columns[match.name] = values
        elif match is not None or index in plan.others:
            name = attribute_name(name, ENTITY_NAMES, ("id", *columns))
            values = column_values(sheet, draft, name, [row[index] for row in body])
            if values is not None:
                columns[name] = values
    for name, parts in options.items():
        chosen = [
            [option for option, i in parts if not is_blank(row[i]) and key_of(text_of(row[i])) not in _NO]
            for row in body
        ]
        target = name if name not in columns else f"{name} (options)"
        columns[target] = [tuple(o.replace("|", "/") for o in row) or None for row in chosen]
    return columns


def _distinct_questions(
    sheet: Sheet,
    draft: Draft,
    plan: WidePlan,
    roll: _Roll,
    names: list[str],
) -> dict[int, str]:
    """The partner each question's column is about; a second column for one item and partner is refused."""
    taken: dict[tuple[str, str], int] = {}
    columns: dict[int, str] = {}
    for index, match in plan.questions.items():
        partner = roll.id_of(match.rest, sheet.heading + 1, names[index])
        first = taken.setdefault((match.name, partner), index)
        if first != index:
            draft.refuse(
                sheet.file,
                sheet.heading + 1,
                names[index],
                match.name,
                f"column {names[first]!r} already asks {match.name} about {partner}; this column is left out",
                "tell the two questions apart in a column map",
            )
            continue
        columns[index] = partner
    return columns


def _add_silent(
    sheet: Sheet,
    draft: Draft,
    cmap: ColumnMap,
    answered: set[str],
    partners: dict[str, list[str]],
    extra: dict[str, str],
) -> None:
    """Those who were asked, since others could name them, but have no row: they did not respond."""
    named = {partner for found in partners.values() for partner in found}
    closed = cmap.roster == "closed" or (cmap.roster == "auto" and 2 * len(answered & named) >= len(answered) > 0)
    silent = [p for p in dict.fromkeys(p for found in partners.values() for p in found) if p not in answered]
    if not closed:
        if silent:
            draft.note(f"{sheet.file}: {len(silent)} partners are not respondents and count as not asked (open roster)")
        return
    for item, found in partners.items():
        listed = set(found)
        for partner in silent:
            if partner in listed:
                draft.add_report(partner, partner, None, item=item, state="did not respond", **extra)
    if silent:
        draft.note(f"{sheet.file}: {len(silent)} of the roster have no row and did not respond")


def read_rows(sheet: Sheet, draft: Draft, cmap: ColumnMap, options: TableOptions) -> None:
    """Add the reports of a survey with one row a respondent and partner, questions in columns or one a row."""
    headings = sheet.headings
    pair = _rows_pair(headings, cmap)
    if pair is None:
        raise AssertionError("read_rows is called for sheets that name respondent and partner")
    sheet.refuse_overhang(draft)
    names, body = sheet.names(draft), sheet.body()
    draft.note(f"{sheet.file}: one row a respondent and partner, by column map {cmap.words}")
    tail = _tail_column(headings, pair)
    rows = _complete_rows(sheet, draft, names, body, pair)
    plan = _RowsPlan(sheet, draft, cmap, names, [row for _, row in rows], pair, tail, options)
    roll = _Roll(sheet, draft)
    tally = _Tally(sheet, draft)
    seen: dict[tuple[str, str, str, str | None, str], int] = {}
    for at, (number, row) in enumerate(rows):
        respondent = roll.id_of(text_of(row[pair[0]]) or "", number, names[pair[0]])
        partner = roll.id_of(text_of(row[pair[1]]) or "", number, names[pair[1]])
        from_ = respondent
        if tail is not None and (named := text_of(row[tail])) is not None:
            from_ = roll.id_of(named, number, names[tail])
        for side, id in enumerate((respondent, partner)):
            draft.add_entity_from(id, {n: values[at] for n, values in plan.of_ends[side].items()}, row=number)
        draft.add_entity_from(from_, {}, row=number)
        extra = {name: values[at] for name, values in plan.of_reports.items()}
        extra.setdefault("wave", options.wave)
        if options.wave is None and extra["wave"] is None:
            del extra["wave"]
        for index, item, scale in plan.questions(row):
            if index is None:
                draft.add_report(respondent, from_, partner, item=item, value=1.0, **extra)
                continue
            said = tally.take(scale, item, row[index], number, names[index])
            where = (respondent, from_, partner, extra.get("wave"), item)
            if where in seen:
                draft.refuse(
                    sheet.file,
                    number,
                    names[index],
                    row[index],
                    f"row {seen[where]} already answers {item} for this pair; in networks the later answer counts",
                    "keep one row for each respondent and partner, or tell the waves apart",
                )
            seen.setdefault(where, number)
            draft.add_report(respondent, from_, partner, item=item, **said, **extra)
    tally.note()


def _rows_pair(headings: Sequence[str], cmap: ColumnMap) -> tuple[int, int] | None:
    """Columns of respondent and partner: by the usual headings, else by the map's."""
    keys = [key_of(h) for h in headings]
    found = report_pair(keys)
    if found:
        return found
    first, second = (
        next((i for i, key in enumerate(keys) if key in wanted), None)
        for wanted in ({key_of(k) for k in cmap.respondent}, {key_of(k) for k in cmap.partner})
    )
    return (first, second) if first is not None and second is not None and first != second else None


def _tail_column(headings: Sequence[str], pair: tuple[int, int]) -> int | None:
    """The column of whose tie a row tells, where respondents told of other people's ties too: respondent, from, to."""
    keys = [key_of(h) for h in headings]
    return keys.index("from") if "from" in keys and keys[pair[1]] == "to" and keys[pair[0]] != "from" else None


def is_rows(sheet: Sheet, cmap: ColumnMap) -> bool:
    """Whether a sheet's heading names both respondent and partner."""
    return not sheet.empty and _rows_pair(sheet.headings, cmap) is not None


def _complete_rows(
    sheet: Sheet,
    draft: Draft,
    names: list[str],
    body: list[list[Cell]],
    pair: tuple[int, int],
) -> list[tuple[int, list[Cell]]]:
    rows: list[tuple[int, list[Cell]]] = []
    capped = "cap" in {key_of(name) for name in names}  # a list of at most so many names has lines to spare
    spare = 0
    for index, row in enumerate(body):
        number = sheet.first_body_row() + index
        lacking = [names[i] for i in pair if is_blank(row[i])]
        if not lacking:
            rows.append((number, row))
        elif capped and lacking == [names[pair[1]]]:
            spare += 1
        elif not all(is_blank(cell) for cell in row):
            draft.refuse(
                sheet.file,
                number,
                lacking[0],
                sheet.shown_row(row),
                "the row does not name both respondent and partner; it is left out",
                "fill the cell, or delete the row",
            )
    if spare:
        draft.note(f"{sheet.file}: {spare} lines for further names were left empty")
    return rows


class _RowsPlan:
    """What each column of a respondent x partner table is: a question, a word on an end, or one on the report."""

    def __init__(
        self,
        sheet: Sheet,
        draft: Draft,
        cmap: ColumnMap,
        names: list[str],
        rows: list[list[Cell]],
        pair: tuple[int, int],
        tail: int | None,
        options: TableOptions,
    ) -> None:
        self.of_ends: tuple[dict[str, list[Any]], dict[str, list[Any]]] = ({}, {})
        self.of_reports: dict[str, list[Any]] = {}
        self._columns: list[tuple[int, str, Scale]] = []
        self._item_column: int | None = None
        self._value_column: int | None = None
        self._cmap = cmap
        self._default_item = options.item or _stem(sheet.name)
        keys = [key_of(n) for n in names]
        items, values = ({key_of(k) for k in found} for found in (cmap.item, cmap.value))
        matches: list[_Match] = []
        item_at = next((i for i, k in enumerate(keys) if k in items and i not in pair), None)
        value_at = next((i for i, k in enumerate(keys) if k in values and i not in pair), None)
        if item_at is not None and value_at is not None:
            self._item_column, self._value_column = item_at, value_at
        known = {name: item.headings for name, item in cmap.items.items()}
        for index, name in enumerate(names):
            if index in (*pair, tail, self._item_column, self._value_column):
                continue
            cells = [row[index] for row in rows]
            end, attribute = _said_of(name, names, pair)
            match = _best(name, known)
            if end is not None:
                found = column_values(sheet, draft, attribute, cells)
                if found is not None:
                    self.of_ends[end][attribute_name(attribute, ENTITY_NAMES, ("id",))] = found
            elif keys[index] in _REPORT_COLUMNS:
                found = column_values(sheet, draft, keys[index], cells)
                if found is not None:
                    self.of_reports[keys[index]] = found
            elif match is not None:
                matches.append(match)
                self._columns.append((index, match.name, cmap.scale_of(match.name)))
            elif self._item_column is None and (scale := _scale_by_looks(sheet, draft, name, cells, cmap)) is not None:
                item = self._default_item if keys[index] in values else name
                self._columns.append((index, item, scale))
            else:
                found = column_values(sheet, draft, name, cells)
                if found is not None:
                    taken = ("respondent", "from", "to", "item", "state", "value", "answer", *self.of_reports)
                    self.of_reports[attribute_name(name, (), taken)] = found
        _say_matches(sheet, draft, matches)
        if not self._columns and self._item_column is None:
            draft.note(f"{sheet.file}: no column asks anything; a row says yes to {self._default_item!r}")

    def questions(self, row: Sequence[Cell]) -> Iterator[tuple[int | None, str, Scale]]:
        """The column, item and scale of each answer in a row; no column where the row itself is the answer."""
        if self._item_column is not None:
            item = text_of(row[self._item_column]) or self._default_item
            match = _best(item, {name: i.headings for name, i in self._cmap.items.items()})
            name = match.name if match is not None and match.score == 1.0 else item
            yield self._value_column, name, self._cmap.scale_of(name)
        elif not self._columns:
            yield None, self._default_item, self._cmap.default
        yield from self._columns


def _stem(name: str) -> str:
    """A file's or sheet's name without what only says that it holds a network."""
    return re.sub(r"[_ -]?(edges|edgelist|ties|links|long|rows|matrix|nodes)$", "", name, flags=re.IGNORECASE) or name


def _said_of(name: str, names: Sequence[str], pair: tuple[int, int]) -> tuple[int | None, str]:
    """Which end a column describes ("respondent_type", "Partner sector"), and the attribute it then is."""
    usual = (RESPONDENT_KEYS, PARTNER_KEYS)
    for end in (0, 1):
        for prefix in (names[pair[end]], *(k for k in usual[end] if k not in ("to",))):
            rest = re.match(rf"{re.escape(prefix)}[\s_.:-]+(.+)", name, flags=re.IGNORECASE)
            if rest:
                return end, rest[1].strip()
    return None, name


def _scale_by_looks(sheet: Sheet, draft: Draft, name: str, cells: Sequence[Cell], cmap: ColumnMap) -> Scale | None:
    """The scale of a column that no map names: numbers, or words of a usual wording; None for anything else."""
    if key_of(name) in _NOT_ITEMS:
        return None
    filled = [cell for cell in cells if not is_blank(cell) and not cmap.default.knows(cell)]
    if not filled:
        return None
    if all(number_of(cell, sheet.decimal) is not None for cell in filled):
        return cmap.default
    distinct = {text_of(cell) for cell in filled}
    for title, levels in verbal_scales().items():
        scale = Scale(levels=levels, codes=cmap.default.codes, blank=cmap.default.blank)
        known = sum(scale.knows(text) for text in distinct)
        if known >= 2 and 5 * known >= 4 * len(distinct):
            used = {key_of(text) for text in distinct}
            told = ", ".join(f"{word} = {value:g}" for word, value in levels.items() if key_of(word) in used)
            draft.note(f"{sheet.file}: {name!r} is answered on the scale {title}: {told}")
            return scale
    return None


def read_matrices(
    matrices: Sequence[Matrix],
    draft: Draft,
    cmap: ColumnMap,
    options: TableOptions,
) -> None:
    """Add the reports of a survey with one matrix a question: a row is what its respondent said of each column."""
    known = {name: item.headings for name, item in cmap.items.items()}
    extra = {} if options.wave is None else {"wave": options.wave}
    for matrix in matrices:
        sheet = matrix.sheet
        matrix.add_entities(draft)
        name = options.item or _stem(sheet.name)
        match = _best(name, known) if options.item is None else None
        if match is not None:
            _say_matches(sheet, draft, [match])
        item = match.name if match is not None else name
        scale = cmap.scale_of(item)
        if item not in cmap.items:
            scale = _matrix_scale(matrix, scale)
        tally = _Tally(sheet, draft)
        draft.note(f"{sheet.file}: matrix {sheet.name!r} holds the answers to {item!r}, by column map {cmap.words}")
        for r, respondent in enumerate(matrix.rows):
            _add_matrix_row(matrix, draft, tally, scale, item, r, respondent, extra)
        _add_silent(sheet, draft, cmap, set(matrix.rows), {item: matrix.columns}, extra)
        tally.note()


def _matrix_scale(matrix: Matrix, scale: Scale) -> Scale:
    """Ticks and yes count as one. Blank means no where the matrix never says 0, else that there was no answer."""
    says_zero = any(number_of(cell, matrix.sheet.decimal) == 0 for _, _, cell in matrix.values())
    return Scale(
        levels={"x": 1, "yes": 1, "y": 1, "true": 1, **scale.levels},
        codes=scale.codes,
        blank=scale.blank if says_zero else "zero",
    )


def _add_matrix_row(
    matrix: Matrix,
    draft: Draft,
    tally: _Tally,
    scale: Scale,
    item: str,
    r: int,
    respondent: str,
    extra: dict[str, str],
) -> None:
    cells = matrix.cells[r]
    others = [c for c, partner in enumerate(matrix.columns) if partner != respondent]
    if all(is_blank(cells[c]) for c in others):
        draft.add_report(respondent, respondent, None, item=item, state="did not respond", **extra)
        return
    for c, partner in enumerate(matrix.columns):
        if partner == respondent and (is_blank(cells[c]) or number_of(cells[c]) == 0):
            continue
        said = tally.take(scale, item, cells[c], matrix.numbers[r], partner)
        draft.add_report(respondent, respondent, partner, item=item, **said, **extra)
