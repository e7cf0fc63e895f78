"""How tables and results show themselves in a terminal and in a notebook. Text from files is escaped."""

from __future__ import annotations

import html
import math
import textwrap
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from linkpin.result import Result
    from linkpin.table import Table

__all__ = ["count", "number", "result_html", "result_text", "table_html", "table_text"]

ROWS = 12
WIDTH = 40  # of a cell
LINE = 120  # of a table's row
HIGHEST = "highest first"
MEMBERSHIPS = ("components", "communities")  # by vertex, the number of its part: neither high nor low


def number(value: Any) -> str:
    """Spell one value for readers: four significant digits, a dash for what is missing or undefined."""
    if value is None:
        return "–"
    if isinstance(value, float):
        if math.isnan(value):
            return "–"
        if math.isinf(value):
            return "∞" if value > 0 else "−∞"
        if value == int(value) and abs(value) < 1e15:
            return f"{int(value):,}"
        return f"{value:.4g}" if abs(value) < 1e3 else f"{value:,.0f}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, tuple):
        return " | ".join(map(str, value))
    return str(value)


def count(n: int, one: str, many: str) -> str:
    """Spell a number of things: 1 tie, 2,735 ties."""
    return f"{n:,} {one if n == 1 else many}"


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= WIDTH else text[: WIDTH - 1] + "…"


def _shown(table: Table) -> tuple[list[list[str]], int]:
    """Return the cells of the first rows, and how many rows are left out."""
    length = len(table)
    count = length if length <= ROWS + 2 else ROWS
    columns = [[number(v) for v in table[name][:count].tolist()] for name in table.columns]
    return [list(row) for row in zip(*columns, strict=True)], length - count


def _more(rest: int) -> str:
    return f"… and {rest:,} more row{'s' if rest > 1 else ''}" if rest else ""


def table_text(table: Table) -> str:
    """Lay a table out as plain text."""
    if not table.columns:
        return "Table without columns"
    rows, rest = _shown(table)
    numeric = [table[name].dtype.kind in "fiu" for name in table.columns]
    cells = [[_cut(c) for c in row] for row in [table.columns, *rows]]
    widths = [max(len(row[i]) for row in cells) for i in range(len(table.columns))]
    ends = list(accumulate(w + 2 for w in widths))
    widths = widths[: max(1, sum(end - 2 <= LINE for end in ends))]
    unseen = table.columns[len(widths) :]

    def laid(row: list[str]) -> str:
        aligned = zip(row, widths, numeric, strict=False)
        return "  ".join(c.rjust(w) if right else c.ljust(w) for c, w, right in aligned).rstrip()

    lines = [laid(row) for row in cells]
    lines.insert(1, "  ".join("─" * w for w in widths))
    if unseen:
        heads = f"… and {count(len(unseen), 'more column', 'more columns')}: {', '.join(unseen)}"
        lines += textwrap.wrap(heads, LINE, subsequent_indent="  ")
    return "\n".join([*lines, *([_more(rest)] if rest else [])])


def table_html(table: Table) -> str:
    """Lay a table out as HTML."""
    rows, rest = _shown(table)
    right = [" style='text-align:right'" if table[n].dtype.kind in "fiu" else "" for n in table.columns]
    head = "".join(f"<th{a}>{html.escape(n)}</th>" for n, a in zip(table.columns, right, strict=True))
    body = "".join(
        "<tr>" + "".join(f"<td{a}>{html.escape(c)}</td>" for c, a in zip(row, right, strict=True)) + "</tr>"
        for row in rows
    )
    caption = f"<caption>{html.escape(table.title)}</caption>" if table.title else ""
    more = f"<p><small>{_more(rest)}</small></p>" if rest else ""
    laid = f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return f"<div style='overflow-x:auto'>{laid}</div>{more}"


def _facts(result: Result) -> list[tuple[str, str]]:
    facts = [("method", result.method), ("reference", result.reference), ("how to read it", result.orientation)]
    facts = [(name, text) for name, text in facts if text]
    if isinstance(result.interval, tuple):
        low, high = (number(end) for end in result.interval)
        facts.append(("interval", f"{low} to {high}" + (f" ({result.interval_of})" if result.interval_of else "")))
    if others := _others(result):
        facts.append(("has also", others))
    if result.lens:
        facts.append(("network", result.lens))
    if result.seed is not None:
        facts.append(("seed", str(result.seed)))
    return facts


def _answer(result: Result) -> Table:
    """Return the table a result shows: by vertex the highest come first, as nobody looks for the first of the file."""
    if result._values is None or result._table is not None or result.measure in MEMBERSHIPS:
        return result.table
    from linkpin.table import Table

    order = np.argsort(-np.nan_to_num(result.values, nan=-math.inf), kind="stable")
    shown = Table({name: result.table[name][order] for name in result.table.columns})
    shown.title = HIGHEST if len(shown) > ROWS + 2 else ""
    return shown


def _others(result: Result) -> str:
    """Name the further parts of an answer, with the value of those that are one number or word."""
    told: list[str] = []
    named: list[str] = []
    for name, part in result._parts.items():
        if name == "how" or part is None:
            continue
        single = isinstance(part, (bool, int, float, np.number)) or (isinstance(part, str) and len(part) <= WIDTH)
        plain = part.item() if isinstance(part, np.generic) else part
        (told if single else named).append(f".{name} = {number(plain)}" if single else f".{name}")
    by_vertex = result._value is not None and result._values is not None
    table = result._value is not None and result._table is not None
    return ", ".join([*told, *([".values"] if by_vertex else []), *([".table"] if table else []), *named])


def _is_number(result: Result) -> bool:
    return result._value is not None


def _headed(table: Table) -> str:
    return f"{table.title if table.title == HIGHEST else ''}\n{table_text(table)}"


def result_text(result: Result) -> str:
    """Lay a result out as plain text: the answer, what it is, and what its reader must know."""
    entry = result.entry
    answer = number(result.value) if _is_number(result) else _headed(_answer(result))
    lines = [f"{entry.title}: {answer}", entry.sentence]
    lines += [f"  {name}: {text}" for name, text in _facts(result)]
    lines += [f"  note: {warning}" for warning in result.warnings]
    return "\n".join(lines)


def result_html(result: Result) -> str:
    """Lay a result out as HTML."""
    entry = result.entry
    answer = (
        f"<p style='font-size:1.6em;margin:.2em 0'>{number(result.value)}</p>"
        if _is_number(result)
        else table_html(_answer(result))
    )
    others = _others(result) if _is_number(result) else ""
    facts = "".join(f"<dt><b>{n}</b></dt><dd>{html.escape(t)}</dd>" for n, t in _facts(result))
    notes = "".join(f"<li>{html.escape(w)}</li>" for w in result.warnings)
    return (
        f"<div><b>{html.escape(entry.title)}</b>{answer}<p>{html.escape(entry.sentence)}</p>"
        + (f"<p><small>has also {html.escape(others)}</small></p>" if others else "")
        + (f"<ul>{notes}</ul>" if notes else "")
        + f"<details><summary>method and source</summary><dl>{facts}</dl></details></div>"
    )
