"""Sheets told apart by their headings and cells, and made into one draft: ties, entities, matrices and surveys."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from . import attendance
from .cells import is_blank, text_of
from .columnmap import ColumnMap, load_map
from .directions import settle
from .draft import Draft
from .edges import EdgeTable, edge_table
from .headings import ID_KEYS, find_edge_heading, find_id_heading, report_pair
from .matrices import Matrix, matrix_of
from .nodes import NodeTable
from .options import TableOptions
from .recordmaps import is_record_map, load_record_map, plan_of, ready_record_maps
from .refusal import refuse
from .sheet import Sheet, key_of
from .surveys import WidePlan, is_rows, read_matrices, read_rows, read_wide, splits, wide_plan

__all__ = ["Pile", "read_sheets"]

# Sheets that tools add for themselves: remarks, statistics and settings, no entities or ties.
_ASIDE = frozenset({"groupvertices", "overallmetrics", "misc", "readme", "instructions", "notes", "networktopitems"})
_NODE_WORDS = re.compile(
    r"node|vert|entit|element|actor|attrib|covari|people|member|organi[sz]|\btype", flags=re.IGNORECASE
)
_PLAIN_NAMES = re.compile(r"^(sheet|table|tabelle|feuil)\s*\d*$|edge|connection|link|tie|relation", flags=re.IGNORECASE)


@dataclass
class Pile:
    """The sheets of one source, sorted by what they are."""

    nodes: list[NodeTable] = field(default_factory=list)
    edges: list[EdgeTable] = field(default_factory=list)
    matrices: list[Matrix] = field(default_factory=list)
    rows: list[Sheet] = field(default_factory=list)
    wide: list[tuple[Sheet, WidePlan, ColumnMap]] = field(default_factory=list)
    attendance: list[tuple[Sheet, str]] = field(default_factory=list)
    unknown: list[Sheet] = field(default_factory=list)


def read_sheets(
    sheets: Sequence[Sheet],
    options: TableOptions,
    file: str,
    *,
    several_matrices_are_a_survey: bool = True,
    kinds_by_name: bool = False,
) -> Draft:
    """One draft from all the sheets of a source.

    Parameters: the sheets, what the user said, the name of the source; whether two or more square matrices are one
    survey's questions (they are kinds of tie otherwise); whether ties take their sheet's name as kind.
    Raises InputError where no sheet holds anything linkpin knows.
    """
    draft = Draft(file=file)
    used = [sheet for sheet in sheets if _wanted(sheet, draft)]
    if not used:
        refuse("read", "file", file, "there is nothing in it but blank cells; export it again")
    for sheet in used:
        draft.note(*sheet.notes)
    used, options = _read_records(used, options, draft)
    if not used:
        flag_spellings(draft)
        return draft
    used = [_renamed(sheet, options) for sheet in used]
    pile = _sorted(used, options)
    matrices_are_survey = options.shape == "survey" or options.has_map()
    if several_matrices_are_a_survey and sum(m.square for m in pile.matrices) > 1 and options.shape is None:
        matrices_are_survey = True
        draft.note(f'{file}: several matrices are the questions of one survey; shape="matrix" reads them as ties')
    _refuse_unknown(pile, draft, file)
    undirected = [False] * len(draft.ties["from"])  # of records
    undirected += _add_networks(pile, draft, options, matrices_are_survey, kinds_by_name)
    _add_surveys(pile, draft, options, matrices_are_survey)
    for sheet in used:
        draft.note(*sheet.notes)
        _note_rows_above(sheet, draft)
        if sheet.empty_columns:
            draft.note(f"{sheet.file}: empty columns are left out: {', '.join(dict.fromkeys(sheet.empty_columns))}")
    settle(draft, undirected)
    for sheet, shape in pile.attendance:
        attendance.add_to(draft, sheet, shape, options.wave)
    flag_spellings(draft)
    if not draft.entities["id"] and not draft.issues:
        refuse("read", "file", file, "there is a heading but no row under it; export it again")
    return draft


def _read_records(sheets: Sequence[Sheet], options: TableOptions, draft: Draft) -> tuple[list[Sheet], TableOptions]:
    """Read the sheets that a record map knows; returns the others and the options for them."""
    asked = is_record_map(options.columns)
    if options.shape is not None or (options.columns is not None and not asked):
        return list(sheets), options
    maps = (load_record_map(options.columns),) if asked else ready_record_maps()
    others: list[Sheet] = []
    for sheet in sheets:
        plan = plan_of(sheet, maps)
        if plan is None:
            others.append(sheet)
        else:
            plan.add_to(draft)
    return others, replace(options, columns=None) if asked else options


def _note_rows_above(sheet: Sheet, draft: Draft) -> None:
    """Rows above the heading are titles and the like; what they say is kept as a note."""
    for index, row in enumerate(sheet.rows[: sheet.heading]):
        if not all(is_blank(cell) for cell in row):
            draft.note(f"{sheet.file}: row {index + 1}, above the heading: {sheet.shown_row(row)}")


def _wanted(sheet: Sheet, draft: Draft) -> bool:
    if sheet.empty:
        return False
    if "(ignore)" in sheet.name.lower() or key_of(sheet.name) in _ASIDE:
        draft.note(f"{sheet.file}: sheet {sheet.name!r} is left out, as its name asks")
        return False
    return True


def _renamed(sheet: Sheet, options: TableOptions) -> Sheet:
    """The sheet with the user's own names of columns put in place of the file's."""
    renames = options.renames()
    return _with_headings(sheet, renames) if renames else sheet


def _with_headings(sheet: Sheet, renames: Mapping[str, str]) -> Sheet:
    keys = {key_of(heading): ours for heading, ours in renames.items()}
    for row in sheet.heading_candidates():
        found = [key_of(text_of(c) or "") for c in sheet.rows[row]]
        if keys.keys() <= set(found):
            rows = list(sheet.rows)
            rows[row] = [keys.get(key, cell) for key, cell in zip(found, sheet.rows[row], strict=True)]
            sheet = replace(sheet, rows=rows, heading=row)
            break
    else:
        missing = ", ".join(h for h in renames if key_of(h) not in set(sheet.keys))
        there = ", ".join(h for h in sheet.headings if h)
        refuse("read", "columns", missing, f"no such heading; the table has {there}", sheet.file)
    return sheet


def _sorted(sheets: Sequence[Sheet], options: TableOptions) -> Pile:
    pile = Pile()
    cmap = load_map(options.columns) if options.has_map() else None
    for sheet in sheets:
        if options.shape is not None:
            _put_asked(sheet, options, cmap, pile)
        else:
            _put(sheet, options, cmap, pile, len(sheets))
    return pile


def _put_asked(sheet: Sheet, options: TableOptions, cmap: ColumnMap | None, pile: Pile) -> None:
    """Sort a sheet whose shape the user named."""
    shape = options.shape
    if shape == "edges":
        find_edge_heading(sheet)
        if len(sheet.headings) < 2:
            refuse("read", "shape", shape, "an edge list has two columns at least", sheet.file)
        pile.edges.append(edge_table(sheet) or EdgeTable(sheet, (0, 1)))
    elif shape == "nodes":
        pile.nodes.append(_node_table(sheet))
    elif shape == "attendance":
        attended = attendance.shape_of(sheet)
        if attended is None:
            remedy = "name the people (attendee), or the characteristic, category and count, or the questions of a form"
            refuse("read", "shape", shape, remedy, sheet.file)
        pile.attendance.append((sheet, attended))
    elif shape == "matrix":
        matrix = matrix_of(sheet, asked=True)
        if matrix is None:
            refuse("read", "shape", shape, "labels in the first row and column, numbers between them", sheet.file)
        pile.matrices.append(matrix)
    elif not _put_survey(sheet, options, cmap or load_map(None), pile, asked=True):
        matrix = matrix_of(sheet, asked=True)
        if matrix is None:
            refuse(
                "read",
                "shape",
                shape,
                "no heading asks about a partner; name them in a column map: columns=",
                sheet.file,
            )
        pile.matrices.append(matrix)


def _put_survey(sheet: Sheet, options: TableOptions, cmap: ColumnMap, pile: Pile, *, asked: bool) -> bool:
    find_edge_heading(sheet)
    if is_rows(sheet, cmap):
        pile.rows.append(sheet)
        return True
    if not asked and sum(any(splits(heading)) for heading in sheet.headings) < 2:
        return False
    plan = wide_plan(sheet, cmap, options.item or sheet.name)
    if plan is None:
        return False
    named = [m for m in plan.questions.values() if m.name in cmap.items]
    if not asked and (len(named) < 2 or len({m.rest for m in named}) < 2):
        return False
    if asked and not named and matrix_of(sheet) is not None:
        return False
    pile.wide.append((sheet, plan, cmap))
    return True


def _put(sheet: Sheet, options: TableOptions, cmap: ColumnMap | None, pile: Pile, among: int) -> None:
    """Sort a sheet by what it looks like."""
    if cmap is not None:
        if _put_survey(sheet, options, cmap, pile, asked=True):
            return
        matrix = matrix_of(sheet)
        if matrix is not None:
            pile.matrices.append(matrix)
            return
    elif (attended := attendance.shape_of(sheet)) is not None:
        pile.attendance.append((sheet, attended))
        return
    elif find_edge_heading(sheet):
        if report_pair(sheet.keys):
            pile.rows.append(sheet)
            return
        found = edge_table(sheet)
        if found is not None:
            pile.edges.append(found)
            return
    matrix = matrix_of(sheet)
    if matrix is not None and (matrix.square or not _NODE_WORDS.search(sheet.name)):
        pile.matrices.append(matrix)
    elif cmap is None and _put_survey(sheet, options, load_map("partner"), pile, asked=False):
        pass
    elif _has_id_heading(sheet) or (_NODE_WORDS.search(sheet.name) and among > 1):
        nodes = _node_table(sheet)
        if nodes.tells_rows_apart(frozenset()):
            pile.nodes.append(nodes)
        else:
            pile.unknown.append(sheet)
    elif (bare := _bare_edges(sheet)) is not None:
        pile.edges.append(bare)
    elif _is_entity_table(sheet):
        pile.nodes.append(_node_table(sheet))
    else:
        pile.unknown.append(sheet)


def _has_id_heading(sheet: Sheet) -> bool:
    """Whether the heading, or a row just below it that is one rather, has a word for ids."""
    before = sheet.heading
    find_id_heading(sheet)
    found = bool(set(sheet.keys) & set(ID_KEYS))
    # Rows above a heading are titles: fewer cells than the heading has.
    width = sum(not is_blank(c) for c in sheet.rows[sheet.heading])
    if any(sum(not is_blank(c) for c in row) > width for row in sheet.rows[before : sheet.heading]):
        sheet.heading, found = before, False
    return found


def _node_table(sheet: Sheet) -> NodeTable:
    _has_id_heading(sheet)
    headings = sheet.headings
    kumu = headings[:1] == ["Label"] or headings[:2] == ["ID", "Label"]
    return NodeTable(sheet, kumu)


def _bare_edges(sheet: Sheet) -> EdgeTable | None:
    """Two or three columns without a heading: what stands in the first row stands among the ends below, too."""
    body = sheet.body()
    width = len(sheet.headings)
    if width not in (2, 3) or not body:
        return None
    first = sheet.headings[:2]
    below = [(text_of(row[0]), text_of(row[1])) for row in body]
    ends = {end for pair in below for end in pair}
    numbers = all(text is not None and re.fullmatch(r"\d+", text) for text in first)
    if not numbers and not (set(first) & ends):
        return None
    named = [["from", "to", "weight"][:width], *sheet.rows[sheet.heading :]]
    # A row is put on top, so the file's rows count from one less than usual.
    bare = _Shifted(sheet.file, sheet.name, named, sheet.decimal, 0, sheet.notes)
    bare.shift = sheet.heading
    bare.notes.append(f"{sheet.file}: there is no heading; the columns are taken as {', '.join(named[0])}")
    return EdgeTable(bare, (0, 1))


@dataclass
class _Shifted(Sheet):
    """A sheet with a heading row that the file does not have."""

    shift: int = 0

    def first_body_row(self) -> int:
        return self.shift + 1


def _is_entity_table(sheet: Sheet) -> bool:
    """Whether the first column tells the rows apart, beside at least one other; prose is not cut as evenly."""
    width = len(sheet.rows[sheet.heading]) if not sheet.empty else 0
    body = [row for row in sheet.rows[sheet.heading + 1 :] if not all(is_blank(c) for c in row)]
    even = sum(len(row) == width for row in body)
    if not body or 5 * even < 4 * len(body) or len([h for h in sheet.headings if h]) < 2:
        return False
    texts = [text_of(row[0]) for row in body]
    return None not in texts and len(set(texts)) == len(texts)


def _refuse_unknown(pile: Pile, draft: Draft, file: str) -> None:
    """Tell of sheets that hold nothing known; where there are no others, refuse the whole."""
    known = pile.nodes or pile.edges or pile.matrices or pile.rows or pile.wide or pile.attendance
    for sheet in pile.unknown:
        headings = ", ".join(h for h in sheet.headings if h) or "none"
        remedy = (
            'name the columns (columns={"from": "...", "to": "..."}), give a survey\'s column map, '
            'or say what the table is (shape="edges", "nodes", "matrix" or "survey")'
        )
        if not known:
            refuse("read", "table", file, f"no heading names ties, entities or questions (found: {headings}); {remedy}")
        draft.refuse(sheet.file, 0, "", headings, f"sheet {sheet.name!r} holds nothing linkpin knows", remedy)


def _add_networks(
    pile: Pile,
    draft: Draft,
    options: TableOptions,
    matrices_are_survey: bool,
    kinds_by_name: bool,
) -> list[bool]:
    """Entities first, then ties; returns which ties have no direction."""
    references = {end for table in pile.edges for pair in table.references for end in pair if end is not None}
    references |= {label for matrix in pile.matrices for label in (*matrix.rows, *matrix.columns)}
    ids: dict[str, str] = {}
    shared: set[str] = set()
    for nodes in pile.nodes:
        nodes.add_to(draft, references)
        shared |= nodes.shared_labels
        ids.update(nodes.ids)
    if pile.nodes and not (pile.edges or pile.matrices or pile.rows or pile.wide):
        draft.note("the source names entities only; ties may stand in another file or sheet")
    known = set(draft.entities["id"])
    ids = {label: id for label, id in ids.items() if label not in known}
    for label in sorted(shared & references):
        draft.refuse(
            draft.file,
            0,
            "",
            label,
            f"several entities have this label; ties that name it go to {ids.get(label, label)}",
            "give every entity an id and name ties by it",
        )
    undirected: list[bool] = []
    several = len(pile.edges) + len(pile.matrices) > 1
    for table in pile.edges:
        if table.default_kind is None and (kinds_by_name or several):
            plain = _PLAIN_NAMES.search(table.sheet.name) and not kinds_by_name
            table.default_kind = None if plain else table.sheet.name
        if pile.nodes:
            _tell_strangers(table, known, ids, draft)
        undirected += table.add_to(draft, ids, directed=options.directed, wave=options.wave)
    if not matrices_are_survey:
        for matrix in pile.matrices:
            kind = matrix.sheet.name if several or kinds_by_name else None
            undirected += matrix.add_ties(draft, directed=options.directed, kind=kind, wave=options.wave)
    return undirected


def _tell_strangers(table: EdgeTable, known: set[Any], ids: dict[str, str], draft: Draft) -> None:
    """Ends of ties that the table of entities does not have."""
    strangers: dict[str, int] = {}
    for index, pair in enumerate(table.references):
        for end in pair:
            if end is not None and end not in known and end not in ids:
                strangers.setdefault(end, table.sheet.first_body_row() + index)
    for end, row in strangers.items():
        draft.refuse(
            table.sheet.file,
            row,
            "",
            end,
            "the table of entities does not have this end of a tie; it was added without attributes",
            "add its row, or mend the spelling",
        )


def _add_surveys(pile: Pile, draft: Draft, options: TableOptions, matrices_are_survey: bool) -> None:
    asked = load_map(options.columns) if options.has_map() else None
    for sheet, plan, cmap in pile.wide:
        read_wide(sheet, draft, plan, cmap, options)
    for sheet in pile.rows:
        read_rows(sheet, draft, asked or _map_for_rows(sheet), options)
    if matrices_are_survey and pile.matrices:
        read_matrices(pile.matrices, draft, asked or load_map(None), options)


def _map_for_rows(sheet: Sheet) -> ColumnMap:
    """The PARTNER-like map where two of the headings are its questions, else the base."""
    partner = load_map("partner")
    keys = set(sheet.keys)
    named = [name for name, item in partner.items.items() if keys & {key_of(h) for h in item.headings}]
    return partner if len(named) >= 2 else load_map(None)


def flag_spellings(draft: Draft) -> None:
    """Make an issue of ids that differ in capitals, accents' form or spaces only: often one entity written twice."""
    seen: dict[str, str] = {}
    for id in draft.entities["id"]:
        plain = unicodedata.normalize("NFKC", id).casefold().replace(" ", "")
        first = seen.setdefault(plain, id)
        if first != id:
            draft.refuse(
                draft.file,
                0,
                "id",
                id,
                f"differs from {first} in capitals or spaces only; both are kept",
                "use one spelling if they are the same",
            )
