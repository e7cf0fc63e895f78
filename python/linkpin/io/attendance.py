"""Attendance and monitoring tables as they come: registers, counts, forms row by row, and blocks as printed.

Four shapes, each told by its headings or cells; the event is a column, or the sheet's own name (one sheet an event):

* a register: one row a person and event, with the capacity, stage, level, mode and support where there are columns;
* counts: characteristic, category and count;
* forms: one row a person without a name, one column a question (gender, age, carer, ...);
* blocks: a question on a line of its own, then category and count below each other, as printed.

A register becomes ties of kind takes_part_in, the others ties of kind counted_at. "Prefer not to say", a question left
blank and a form not returned stay three things.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from .answers import no_answer
from .cells import Cell, is_blank, number_of, text_of
from .draft import Draft
from .sheet import Sheet, key_of

__all__ = ["add_to", "shape_of"]

_EVENT = ("event", "eventname", "eventtitle", "session", "sessionname", "meeting", "workshop")
_DATE = ("date", "eventdate", "dateofevent", "day")
_PERSON = (
    "attendee",
    "attendeename",
    "nameofattendee",
    "participant",
    "participantname",
    "nameofparticipant",
    "contributor",
    "contributorname",
)
_ATTENDED = ("attended", "present", "attendance", "didattend")
_CAPACITY = ("capacity", "capacities", "attendingas", "attendedas", "takingpartas", "role", "roles")
_ORGANISATION = ("organisation", "organisationname", "affiliation")
_CHARACTERISTIC = ("characteristic", "protectedcharacteristic", "question", "monitoringquestion")
_CATEGORY = ("category", "answer", "response", "answers")
_COUNT = ("count", "number", "n", "people", "numberofpeople", "responses")
_LISTS = ("support_offered", "support_wanted", "support_taken", "support_declined")
_TEXTS = ("stage", "level", "scale", "setting", "mode", "declined_because")
_ALSO = {"format": "mode", "howattended": "mode", "inpersonoronline": "mode", "stageofresearch": "stage"}
_QUESTION = re.compile(
    r"(whatisyour|areyoua?)?(gender(identity)?|sex|age(group|band|range)?|ethnic\w*|race|disab\w*|carers?|unpaidcarers?|"
    r"caringresponsibilit\w*|sexualorientation|sexuality|trans(gender)?|religion\w*|faith|belief|(first|main)language)"
)
_YES = frozenset({"yes", "y", "true", "1", "x", "✓", "attended", "present"})
_NO = frozenset({"no", "n", "false", "0", "absent", "did not attend", "apologies"})
_PARTS = re.compile(r"\s*[;,|]\s*")
_FORMS = re.compile(
    r"(?:around |about )?(\d[\d,]*) (?:people )?(?:filled in forms|forms|responses|responded)\b", re.IGNORECASE
)
_PRESENT = re.compile(r"(?:number )?(?:attended|attending|attendance|people (?:there|present))", re.IGNORECASE)


def shape_of(sheet: Sheet) -> str | None:
    """Which of the four shapes a sheet has ("register", "counts", "forms", "blocks"), or None.

    Moves the sheet's heading to the row that says so.
    """
    before = sheet.heading
    for row in sheet.heading_candidates():
        sheet.heading = row
        keys = set(sheet.keys)
        if _any(keys, _PERSON) and (_any(keys, _EVENT + _CAPACITY + _ATTENDED) or keys & set(_ALSO)):
            return "register"
        if _any(keys, _CHARACTERISTIC) and _any(keys, _CATEGORY) and _any(keys, _COUNT):
            return "counts"
        if _is_forms(sheet):
            return "forms"
    sheet.heading = before
    return "blocks" if _is_blocks(sheet) else None


def add_to(draft: Draft, sheet: Sheet, shape: str, wave: str | None = None) -> None:
    """Add what a sheet of one of the shapes holds; rows and cells that cannot be taken become issues."""
    draft.add_kind("counted_at", meaning="was counted at an event: so many people of one answer")
    more = {} if wave is None else {"wave": wave}
    if shape == "register":
        _add_register(draft, sheet, more)
    elif shape == "counts":
        _add_counts(draft, sheet, more)
    elif shape == "forms":
        _add_forms(draft, sheet, more)
    else:
        _add_blocks(draft, sheet, more)


def _any(keys: set[str], wanted: Sequence[str]) -> bool:
    return any(key in keys for key in wanted)


def _at(keys: Sequence[str], wanted: Sequence[str]) -> int | None:
    return next((keys.index(key) for key in wanted if key in keys), None)


def _is_question(key: str) -> bool:
    return _QUESTION.fullmatch(key) is not None


def _is_forms(sheet: Sheet) -> bool:
    """Two questions of a monitoring form at least, and nothing beside them but event, date and remarks."""
    keys = [key for key in sheet.keys if key]
    others = {key for key in keys if not _is_question(key)}
    known = {*_EVENT, *_DATE, "timestamp", "comments", "comment", "anyothercomments", "form", "formnumber"}
    return sum(_is_question(key) for key in keys) >= 2 and others <= known


def _lines(sheet: Sheet) -> Iterator[tuple[int, list[Cell]]]:
    """Rows that are not blank, from the top, with the file's number; blank cells at their ends left out."""
    for index, row in enumerate(sheet.rows):
        cells = [cell for cell in row if not is_blank(cell)]
        if cells:
            yield index + 1, cells


def _is_blocks(sheet: Sheet) -> bool:
    """A known question on a line of its own, counts below it, and hardly a line of another make."""
    titles = counts = known = wrong = 0
    for _, cells in _lines(sheet):
        if len(cells) > 2:
            return False
        if len(cells) == 1:
            titles += 1
            known += _is_question(key_of(text_of(cells[0]) or ""))
        elif titles:
            good = _count(cells[1], sheet) is not None
            counts += good
            wrong += not good
    return known >= 1 and counts >= 2 and 4 * wrong <= counts


def _count(cell: Cell, sheet: Sheet) -> int | None:
    number = number_of(cell, sheet.decimal)
    if number is None or number != number or number < 0 or number != int(number):
        return None
    return int(number)


def _event(draft: Draft, id: str, row: int = 0, **attributes: Any) -> str:
    draft.add_entity(id, row=row, kind="event", **attributes)
    return id


def _count_answer(
    draft: Draft, event: str, characteristic: str, category: str, count: int, row: int, more: dict[str, Any]
) -> None:
    """Add one number of a table: a category's, or of those without an answer."""
    reason = no_answer(category)
    id = f"{characteristic}: {category if reason is None else reason}"
    draft.add_entity(id, row=row, kind="group" if reason is None else "answer")
    draft.add_tie(
        id,
        event,
        kind="counted_at",
        characteristic=characteristic,
        category=category,
        count=count,
        answer="answered" if reason is None else reason,
        source=draft.file or None,
        **more,
    )


def _dated(draft: Draft, sheet: Sheet, row: int, heading: str, cell: Cell) -> dict[str, str]:
    text = text_of(cell)
    if text is None:
        return {}
    if re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", text[:10]):
        return {"start": text[:10], "end": text[:10]}
    draft.refuse(sheet.file, row, heading, cell, "this is no date that can be told", "write it as 2023-10-13")
    return {}


def _listed(cell: Cell) -> list[str] | None:
    text = text_of(cell)
    parts = [part for part in _PARTS.split(text) if part] if text else []
    return parts or None


def _add_register(draft: Draft, sheet: Sheet, more: dict[str, Any]) -> None:
    sheet.refuse_overhang(draft)
    keys, names = sheet.keys, sheet.names(draft)
    person, event, date = _at(keys, _PERSON), _at(keys, _EVENT), _at(keys, _DATE)
    attended, capacity, works = _at(keys, _ATTENDED), _at(keys, _CAPACITY), _at(keys, _ORGANISATION)
    assert person is not None
    columns = {_ALSO.get(key, name): at for at, (key, name) in enumerate(zip(keys, names, strict=True))}
    by_key = {key_of(name): at for name, at in columns.items()}
    absent = 0
    affiliated: set[tuple[str, str]] = set()
    for index, row in enumerate(sheet.body()):
        number = sheet.first_body_row() + index
        if all(is_blank(cell) for cell in row):
            continue
        who = text_of(row[person])
        if who is None:
            draft.refuse(
                sheet.file, number, names[person], sheet.shown_row(row), "the row names nobody", "add the name"
            )
            continue
        where = text_of(row[event]) if event is not None else sheet.name
        if where is None:
            draft.refuse(sheet.file, number, names[event or 0], who, "the row names no event", "add the event")
            continue
        draft.add_entity(who, row=number, kind="person")
        when = {} if date is None else _dated(draft, sheet, number, names[date], row[date])
        _event(draft, where, number, **(when if event is None else {}))
        if works is not None and (body := text_of(row[works])) is not None:
            draft.add_entity(body, row=number, kind="organisation")
            if (who, body) not in affiliated:
                affiliated.add((who, body))
                draft.add_tie(who, body, kind="affiliated_with", source=draft.file or None)
        if attended is not None and not _came(draft, sheet, number, names[attended], row[attended]):
            absent += 1
            continue
        said: dict[str, Any] = {**when, **more}
        if capacity is not None:
            said["capacity"] = _listed(row[capacity])
        for name in _TEXTS:
            if key_of(name) in by_key:
                said[name] = _worded(name, text_of(row[by_key[key_of(name)]]))
        for name in _LISTS:
            if key_of(name) in by_key:
                said[name] = _listed(row[by_key[key_of(name)]])
        draft.add_tie(who, where, kind="takes_part_in", source=draft.file or None, **said)
    if absent:
        draft.note(f"{sheet.file}: {absent} rows say that the person did not attend; they have no tie to the event")
    draft.note(f"{sheet.file}: read as a register of attendance")


def _worded(name: str, text: str | None) -> str | None:
    """Settings and modes in the words that the scores know."""
    if text is None or name not in ("mode", "setting"):
        return text
    plain = " ".join(text.replace("-", " ").replace("_", " ").lower().split())
    return {"face to face": "in person", "zoom": "online", "virtual": "online", "remote": "online"}.get(plain, plain)


def _came(draft: Draft, sheet: Sheet, row: int, heading: str, cell: Cell) -> bool:
    word = (text_of(cell) or "").lower()
    if word and word not in _YES and word not in _NO:
        reason = "this says neither that the person attended nor that they did not; it was taken as not"
        draft.refuse(sheet.file, row, heading, cell, reason, "write yes or no")
    return word in _YES


def _add_counts(draft: Draft, sheet: Sheet, more: dict[str, Any]) -> None:
    sheet.refuse_overhang(draft)
    keys, names = sheet.keys, sheet.names(draft)
    event, date = _at(keys, _EVENT), _at(keys, _DATE)
    asked, category, number = _at(keys, _CHARACTERISTIC), _at(keys, _CATEGORY), _at(keys, _COUNT)
    assert asked is not None and category is not None and number is not None
    last = None
    for index, row in enumerate(sheet.body()):
        at = sheet.first_body_row() + index
        if all(is_blank(cell) for cell in row):
            continue
        last = text_of(row[asked]) or last  # a table often says its question once
        answer, count = text_of(row[category]), _count(row[number], sheet)
        where = text_of(row[event]) if event is not None else sheet.name
        if last is None or answer is None or where is None:
            reason = "the row does not say what was counted where"
            draft.refuse(sheet.file, at, names[category], sheet.shown_row(row), reason, "fill in the row")
        elif count is None:
            reason = "a count of people is a whole number, 0 or more; the row was left out"
            draft.refuse(sheet.file, at, names[number], row[number], reason, "give the count")
        else:
            when = {} if date is None else _dated(draft, sheet, at, names[date], row[date])
            _event(draft, where, at, **when)
            _count_answer(draft, where, last, answer, count, at, more)
    draft.note(f"{sheet.file}: read as counts of a monitoring form")


def _add_forms(draft: Draft, sheet: Sheet, more: dict[str, Any]) -> None:
    sheet.refuse_overhang(draft)
    keys, names = sheet.keys, sheet.names(draft)
    event = _at(keys, _EVENT)
    questions = [at for at, key in enumerate(keys) if _is_question(key)]
    forms: dict[str, int] = {}
    counts: dict[tuple[str, str, str], int] = {}
    for index, row in enumerate(sheet.body()):
        at = sheet.first_body_row() + index
        if all(is_blank(cell) for cell in row):
            continue
        where = text_of(row[event]) if event is not None else sheet.name
        if where is None:
            draft.refuse(sheet.file, at, names[event or 0], sheet.shown_row(row), "the form names no event", "add it")
            continue
        forms[where] = forms.get(where, 0) + 1
        for question in questions:
            key = (where, names[question], text_of(row[question]) or "left blank")
            counts[key] = counts.get(key, 0) + 1
    for where, number in forms.items():
        _event(draft, where, monitoring_forms=number)
    for (where, question_name, answer), number in counts.items():
        _count_answer(draft, where, question_name, answer, number, 0, more)
    draft.note(f"{sheet.file}: read as monitoring forms, one row each: only the counts are kept")


def _add_blocks(draft: Draft, sheet: Sheet, more: dict[str, Any]) -> None:
    event, question = sheet.name, None
    attributes: dict[str, Any] = {}
    for at, cells in _lines(sheet):
        text = text_of(cells[0]) or ""
        count = _count(cells[1], sheet) if len(cells) == 2 else None
        if len(cells) == 1:
            forms = _FORMS.match(text)
            if forms:
                attributes["monitoring_forms"] = int(forms[1].replace(",", ""))
            elif question is None and not _is_question(key_of(text)):
                draft.note(f"{sheet.file}: row {at}, above the tables: {text}")
            else:
                question = text
        elif question is None:
            if count is not None and _PRESENT.match(text):
                attributes["attendance"] = count
            elif count is not None and "form" in text.lower():
                attributes["monitoring_forms"] = count
            else:
                draft.note(f"{sheet.file}: row {at}, above the tables: {sheet.shown_row(cells)}")
        elif count is None:
            reason = "a count of people is a whole number, 0 or more; the row was left out"
            draft.refuse(sheet.file, at, question, cells[1], reason, "give the count")
        else:
            _count_answer(draft, event, question, text, count, at, more)
    _event(draft, event, **attributes)
    draft.note(f"{sheet.file}: read as the printed tables of a monitoring form; the event is called {event}")
