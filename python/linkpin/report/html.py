"""Pieces of a page. Every text that comes from data is escaped here and nowhere else."""

from __future__ import annotations

import html
import math
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from linkpin import _core, display

__all__ = ["Raw", "bar", "card", "cell", "document", "element", "gauge", "grouped", "table", "text"]


class Raw(str):
    """Markup that is already safe."""

    __slots__ = ()


def text(value: object) -> Raw:
    """Escape a text; markup that is already safe stays as it is."""
    return value if isinstance(value, Raw) else Raw(html.escape(str(value)))


def element(tag: str, *content: object, **attributes: object) -> Raw:
    """Return ``<tag ...>content</tag>`` with everything escaped; ``class_`` stands for ``class``."""
    words = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{html.escape(str(value))}"'
        for name, value in attributes.items()
        if value is not None
    )
    return Raw(f"<{tag}{words}>{''.join(text(c) for c in content)}</{tag}>")


def bar(share: float) -> Raw:
    """Return a bar for a share of the largest value; the number itself stands in a cell of its own."""
    width = 0.0 if math.isnan(share) else max(0.0, min(1.0, share))
    return element("td", element("span", style=f"width:{100 * width:.1f}%"), class_="bar", aria_hidden="true")


def cell(value: object, right: bool = False) -> Raw:
    """Return a table cell; numbers stand to the right, and all else in a column of numbers."""
    if isinstance(value, Raw):
        return value if value.startswith("<td") else element("td", value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return element("td", display.number(value), class_="n")
    return element("td", display.number(value), class_="n" if right else None)


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[object]], numeric: Sequence[int] = ()) -> Raw:
    """Return a table that scrolls on narrow screens; the first cell of each row is its heading."""
    return grouped(caption, heads, [("", rows)], numeric)


def grouped(
    caption: str,
    heads: Sequence[str],
    groups: Iterable[tuple[str, Iterable[Sequence[object]]]],
    numeric: Sequence[int] = (),
) -> Raw:
    """Return a table whose rows stand in groups, each under its own heading."""
    head = Raw(
        "".join(element("th", h, scope="col", class_="n" if i in numeric else None) for i, h in enumerate(heads))
    )
    bodies = []
    for name, rows in groups:
        lines = [
            element(
                "tr", element("th", row[0], scope="row"), *(cell(c, i in numeric) for i, c in enumerate(row[1:], 1))
            )
            for row in rows
        ]
        title = Raw("")
        if name:
            heading = element("th", element("span", name), scope="rowgroup", colspan=len(heads))
            title = element("tr", heading, class_="group")
        bodies.append(element("tbody", title, *lines))
    parts = (element("caption", caption), element("thead", element("tr", head)), *bodies)
    return element("div", element("table", *parts), class_="scroll", tabindex="0", role="region", aria_label=caption)


def gauge(
    value: float, low: float, high: float, interval: tuple[float, float] | None = None, percent: bool = False
) -> Raw:
    """Return a line from low to high with a mark at the value and a band for its interval; nothing where undefined.

    ``percent`` spells a share of 1 as a percentage.
    """
    if math.isnan(value):
        return Raw("")

    def at(x: float) -> float:
        return 10 + 280 * (min(max(x, low), high) - low) / (high - low)

    def spelled(x: float) -> str:
        return f"{100 * x:.3g}%" if percent else f"{x:.2f}"

    place, zero = at(value), at(0)
    ends = (spelled(low), spelled(high)) if percent else (f"{low:g}", f"{high:g}")
    label = f"{spelled(value)} on a line from {ends[0]} to {ends[1]}"
    band = ""
    if interval is not None:
        label += f", with an interval from {spelled(interval[0])} to {spelled(interval[1])}"
        stroke = 'y1="9" y2="9" stroke-width="14" stroke="#0072b2" stroke-opacity="0.28"'
        band = f'<line x1="{at(interval[0]):.1f}" x2="{at(interval[1]):.1f}" {stroke}/>'
    line = 'y1="9" y2="9" stroke-width="6" stroke-linecap="round"'
    return Raw(
        f'<svg class="gauge" viewBox="0 0 300 26" preserveAspectRatio="xMinYMid" role="img" aria-label="{label}">'
        f'<line x1="10" x2="290" {line} stroke="#d9dfe5"/>'
        f'<line x1="{zero:.1f}" x2="{place:.1f}" {line} stroke="#0072b2"/>{band}'
        f'<circle cx="{place:.1f}" cy="9" r="7" fill="#0072b2" stroke="#fff" stroke-width="2"/>'
        f'<text x="10" y="25" font-size="9.5" fill="#53616f" text-anchor="start">{ends[0]}</text>'
        f'<text x="290" y="25" font-size="9.5" fill="#53616f" text-anchor="end">{ends[1]}</text></svg>'
    )


def card(title: str, figure: str, picture: Raw, sentence: str, caveat: str, sure: str = "", term: str = "") -> Raw:
    """Return one score: name, the term of the field, figure, picture, sentence, how sure it is, caveat."""
    return element(
        "div",
        element("h3", title),
        element("p", term, class_="term") if term else "",
        element("p", figure, class_="figure"),
        picture,
        element("p", sentence),
        element("p", sure, class_="sure") if sure else "",
        element("p", caveat, class_="caveat") if caveat else "",
        class_="card",
    )


def document(path: str | os.PathLike[str], title: str, body: Raw, function: str) -> Path:
    """Write a page that holds its own style and asks nothing of any other host; FileError where it cannot."""
    style = Path(__file__).with_name("page.css").read_text(encoding="utf-8")
    page = (
        '<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
        'img-src data:">'
        f"<title>{text(title)}</title><style>{style}</style></head><body>{body}</body></html>\n"
    )
    out = Path(path)
    try:
        out.write_text(page, encoding="utf-8")
    except OSError as error:
        raise _core.FileError(f"{function}: path = {out}: {error.strerror}: choose a folder you may write to") from None
    return out
