"""The report: one HTML page that a councillor can read, print and send. It asks nothing of any other host."""

from __future__ import annotations

import io
import math
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np

import linkpin
from linkpin import catalogue, display, plots
from linkpin.assess import words
from linkpin.assess.landscape import landscape
from linkpin.assess.scorecard import default_groups, scorecard
from linkpin.ecosystem import Ecosystem
from linkpin.network import Network
from linkpin.report.disclosed import disclosing, shown, shown_network
from linkpin.report.html import Raw, bar, document, element, gauge, table
from linkpin.report.html import card as score_card
from linkpin.report.sections import of_rooms
from linkpin.report.trust import trust
from linkpin.result import Result

__all__ = ["report"]

# How each score of the whole network is drawn: the ends of its line, or a plain number.
_LINES: dict[tuple[str, str], tuple[float, float]] = {
    ("density", ""): (0, 1),
    ("reciprocity", ""): (0, 1),
    ("transitivity", ""): (0, 1),
    ("components", "largest share"): (0, 1),
    ("fragmentation", ""): (0, 1),
    ("centralization", "degree"): (0, 1),
    ("centralization", "betweenness"): (0, 1),
    ("gini", "degree"): (0, 1),
    ("degree_assortativity", ""): (-1, 1),
    ("communities", "modularity"): (0, 1),
    ("ei_index", ""): (-1, 1),
    ("assortativity", ""): (-1, 1),
}
_SHOWN = 30  # rows of a list; what is left out is counted
_MAP_MOST = 1500  # vertices on the map; larger networks show their best-connected ones
_MAP_CUT = 300


class _Score:
    """The rows of a scorecard by what they are about."""

    def __init__(self, card_: Result) -> None:
        self.rows = list(card_.table.rows())

    def network(self) -> list[dict[str, Any]]:
        return [r for r in self.rows if r["of"] == "network"]

    def vertices(self, measure: str) -> list[dict[str, Any]]:
        return [r for r in self.rows if r["of"] == "vertex" and r["measure"] == measure]

    def groups(self, measure: str) -> dict[str, float]:
        return {r["subject"]: r["value"] for r in self.rows if r["of"] == "group" and r["measure"] == measure}

    def one(self, measure: str, variant: str = "") -> dict[str, Any] | None:
        found = [r for r in self.network() if r["measure"] == measure and r["variant"] == variant]
        return found[0] if found else None


def report(
    eco: Ecosystem | Network,
    path: str | os.PathLike[str],
    *,
    groups: str | None = None,
    title: str | None = None,
    seed: int = 0,
    replicates: int | None = None,
    disclose: int | None = 5,
    names: bool | Iterable[str] = False,
    card: Result | None = None,
    progress: Callable[[float], None] | None = None,
    **lens: Any,
) -> Path:
    """Write the reading of an ecosystem or network as one HTML page.

    The page has a sentence, a picture, an interval (or why there is none) and a caveat for each score, says what could
    not be read and how far to trust the rest, and ends with the meaning and source of every score. It holds its own
    style and pictures and makes no request to any other host.

    Parameters
    ----------
    eco
        An ecosystem, or a network.
    path
        Where to write the page.
    groups
        The vertex column that names the stakeholder groups; by default sector, group or kind.
    title
        Heading of the page; by default the ecosystem's own title.
    seed
        Of the search for communities and of the intervals.
    replicates
        Networks drawn again behind the intervals, as in :func:`linkpin.scorecard`; 0 for a page without intervals.
    disclose
        Counts of people below this number are hidden, with those that would give them away; None shows all, for a page
        that is not meant for publication.
    names
        People who may be named: True for all, or ids. Others stand under a pseudonym, unless their ``may_be_named`` is
        true or the data says of itself that ``names_published`` is true. People are entities or vertices of the kind
        "person".
    card
        The scorecard, where it was computed already of ``eco`` as :func:`linkpin.report` would show it; else it is
        computed with the options given here.
    progress
        Called with the share done.
    **lens
        For an ecosystem: the options of ``eco.network``.

    Returns
    -------
    pathlib.Path
        The file that was written.

    Raises
    ------
    InputError
        For a lens or groups that do not fit.
    FileError
        Where the file cannot be written.
    """
    eco = shown(eco, names) if isinstance(eco, Ecosystem) else shown_network(eco, names)
    if isinstance(eco, Network) and lens:
        raise linkpin.InputError(f"report: {', '.join(lens)}: a network is already derived; give the ecosystem instead")
    net = eco if isinstance(eco, Network) else landscape(eco, **lens)
    column = default_groups(net) if groups is None else groups
    card_ = card or scorecard(net, column, seed=seed, replicates=replicates, progress=progress)
    if card_.network != net._net.fingerprint:
        raise linkpin.InputError("report: card: it is of another network than this report shows; leave it out")
    about = {} if isinstance(eco, Network) else eco.about
    heading = title or about.get("title") or "Partnership reading"
    with disclosing(disclose):
        body = _body(eco, net, card_, column, heading, about)
    return document(path, heading, body, "report")


def _body(
    eco: Ecosystem | Network, net: Network, card_: Result, column: str | None, heading: str, about: dict[str, str]
) -> Raw:
    scores = _Score(card_)
    sections: list[tuple[str, str, Raw]] = [
        ("map", "The map", _map(net, column)),
        ("holds", "Who holds it together", _holders(net, scores)),
        ("one", "What hangs on one", _single(net, scores)),
        ("edge", "Who sits at the edge", _edge(net)),
        ("whole", "How it hangs together", _whole(scores)),
    ]
    if column is not None:
        sections.append(("groups", f"Between groups, by {column}", _between(net, scores, column)))
    rooms = of_rooms(eco) if isinstance(eco, Ecosystem) else []
    sections += [(s.key, s.title, s.body) for s in rooms]
    sections.append(("trust", "How far to trust this", trust(eco, net, card_)))
    explained = [*(r["measure"] for r in scores.rows), *(name for s in rooms for name in s.measures)]
    sections.append(("words", "What the scores mean", _definitions(explained)))
    facts = [(net.n, "on the map", "on the map"), (_tie_count(eco, net), "tie", "ties")]
    if isinstance(eco, Ecosystem) and len(eco.reports):
        facts.append((len(eco.reports), "answer", "answers"))
    if isinstance(eco, Ecosystem) and len(eco.issues):
        facts.append((len(eco.issues), "row or cell refused or noted", "rows or cells refused or noted"))
    header = element(
        "header",
        element("h1", heading),
        element("p", about["description"], class_="lead") if about.get("description") else "",
        element(
            "ul",
            *(element("li", element("b", f"{n:,}"), one if n == 1 else many) for n, one, many in facts),
            class_="facts",
        ),
    )
    contents = element(
        "nav",
        element("ul", *(element("li", element("a", name, href=f"#{key}")) for key, name, _ in sections)),
        aria_label="Contents",
    )
    rest = [element("section", element("h2", name, id=key), content) for key, name, content in sections]
    return Raw(
        element("a", "Skip to the reading", href="#brief", class_="skip")
        + header
        + element("main", _brief(net, scores, [line for s in rooms for line in s.brief]), contents, *rest)
        + _footer(eco, net, card_)
    )


def _tie_count(eco: Ecosystem | Network, net: Network) -> int:
    """Count a tie of a symmetric kind once: a directed map holds it both ways."""
    if isinstance(eco, Network) or not net.directed or "kind" not in net.ties:
        return net.m
    symmetric = eco._symmetric_kinds()
    both = zip(net.sources.tolist(), net.targets.tolist(), net.ties["kind"].tolist(), strict=True)
    return len({(min(a, b), max(a, b), kind) if kind in symmetric else (i,) for i, (a, b, kind) in enumerate(both)})


def _named(names: Iterable[str]) -> str:
    listed = list(names)
    return listed[0] if len(listed) == 1 else ", ".join(listed[:-1]) + " and " + listed[-1] if listed else "nobody"


def _brief(net: Network, scores: _Score, more: list[str]) -> Raw:
    lines = []
    for measure, variant in (("components", "number"), ("density", "")):
        row = scores.one(measure, variant)
        if row is not None:
            lines.append(row["reading"])
    between = [r["label"] for r in scores.vertices("betweenness") if r["value"] > 0][:3]
    if between:
        lines.append(f"{_named(between)} stand most often between others.")
    cut = scores.vertices("articulation_points")
    if cut and cut[0]["value"] > 1:
        lines.append(cut[0]["reading"])
    ei = scores.one("ei_index")
    if ei is not None and not math.isnan(ei["value"]):
        lines.append(ei["reading"])
    if net.observed_share < 1:
        share = words.share(net.observed_share)
        lines.append(f"Only {share} of the possible ties were asked about and answered: read everything with care.")
    return element(
        "div",
        element("h3", "In brief"),
        element("ul", *(element("li", line) for line in lines + more)),
        class_="brief",
        id="brief",
    )


def _map(net: Network, column: str | None) -> Raw:
    if net.n == 0:
        return element("p", "There is nobody on the map.")
    shown, note = net, ""
    if net.n > _MAP_MOST:
        ties = np.bincount(net.sources, minlength=net.n) + np.bincount(net.targets, minlength=net.n)
        shown = net.subnetwork(np.sort(np.argsort(-ties, kind="stable")[:_MAP_CUT]))
        note = f" Only the {_MAP_CUT} of {net.n:,} with most ties are drawn."
    picture = _svg(plots.network(shown, column, labels=14, ax=_paper()))
    caption = (
        "Each dot is one participant, larger with more ties; lines are ties."
        + (" Those without a tie stand in rows below." if (_degrees(shown) == 0).any() else "")
        + (f" Colours tell {column}s apart." if column else "")
        + note
        + " The lists that follow say the same in words."
    )
    return element("figure", element("div", picture, class_="map"), element("figcaption", caption))


def _paper() -> Any:
    """Return axes that no notebook shows by itself."""
    from matplotlib.figure import Figure

    return Figure(figsize=(10, 7), layout="constrained").add_subplot()


def _svg(ax: Any) -> Raw:
    """Return the figure as markup for the page: labels as text, no date, no outside reference."""
    import matplotlib

    out = io.StringIO()
    with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": "linkpin", "font.family": "sans-serif"}):
        ax.figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None}, bbox_inches="tight")
    markup = out.getvalue()
    start = markup.index("<svg")
    words_ = "Map of the network: who is tied to whom"
    return Raw(markup[start:].replace("<svg", f'<svg role="img" aria-label="{words_}"', 1))


def _ranked(net: Network, rows: list[dict[str, Any]], caption: str, heads: tuple[str, str]) -> Raw:
    most = max((abs(r["value"]) for r in rows), default=1.0) or 1.0
    named, what = _subjects(net, rows)
    body = [(*names, _short(r["value"]), bar(r["value"] / most)) for names, r in zip(named, rows, strict=True)]
    columns = (heads[0], *what, heads[1], "")
    if all(r["interval_of"] is None for r in rows):
        listed = table(caption, columns, body, numeric=(len(what) + 1,))
        return Raw(listed + _sure(rows[0]["how_sure"] if rows else ""))
    sure = [(*line, r["how_sure"] or "–") for line, r in zip(body, rows, strict=True)]
    return table(caption, (*columns, "How sure"), sure, numeric=(len(what) + 1,))


def _subjects(net: Network, rows: list[dict[str, Any]]) -> tuple[list[tuple[str, ...]], tuple[str, ...]]:
    """Return what to call those that rows are about, and what each is where that is known of any."""
    kinds = _kinds(net)
    if not any(kinds.get(r["subject"]) for r in rows):
        return [(r["label"],) for r in rows], ()
    return [(r["label"], kinds.get(r["subject"], "")) for r in rows], ("What it is",)


def _sure(text: str) -> Raw:
    return element("p", text, class_="sure") if text else Raw("")


def _score_card(row: dict[str, Any]) -> Raw:
    """Return a score of the network with its interval drawn and told."""
    ends = _LINES.get((row["measure"], row["variant"]))
    title = words.heading(row["measure"], row["variant"])
    term = catalogue.entry(row["measure"]).title + (f": {row['variant']}" if row["variant"] else "")
    interval = None if row["interval_of"] is None else (row["low"], row["high"])
    number = words.figure(row["measure"], row["variant"], row["value"])
    picture = gauge(row["value"], *ends, interval, number.endswith("%")) if ends else Raw("")
    return score_card(title, number, picture, row["reading"], row["caveat"], row["how_sure"], term)


def _short(value: float) -> float:
    """Three digits are enough for a list."""
    return round(value) if abs(value) >= 100 else float(f"{value:.3g}")


def _kinds(net: Network) -> dict[str, str]:
    """Say of each vertex what it is, from its kind and sector."""
    columns = [net.vertices[c].tolist() for c in ("kind", "sector") if c in net.vertices]
    return {
        name: ", ".join(str(column[v]) for column in columns if column[v] is not None)
        for v, name in enumerate(net.names)
    }


def _holders(net: Network, scores: _Score) -> Raw:
    between = [r for r in scores.vertices("betweenness") if r["value"] > 0]
    if not between:
        return element("p", "Nobody stands between others: there are no ways that pass through anybody.")
    first = element(
        "p",
        "Information that takes the shortest way passes through these participants most often. "
        "They are the linking pins: what they know spreads, and what they drop is lost.",
    )
    ties = [r for r in scores.vertices("degree") if r["value"] > 0]
    return Raw(
        first
        + _ranked(net, between, "Most often between others", ("Participant", "Pairs it stands between"))
        + element("p", words.caveat("betweenness"), class_="caveat")
        + _ranked(net, ties, "Most ties", ("Participant", "Ties"))
        + element("p", words.caveat("degree"), class_="caveat")
    )


def _single(net: Network, scores: _Score) -> Raw:
    cut = scores.vertices("articulation_points")
    total = scores.one("articulation_points", "number")
    parts = [element("p", total["reading"])] if total is not None else []
    if cut:
        named, what = _subjects(net, cut)
        rows = [(*names, r["value"]) for names, r in zip(named, cut, strict=True)]
        heads = ("Without", *what, "Others lose touch")
        parts.append(table("Whose loss would cut others off", heads, rows, numeric=(len(what) + 1,)))
        left = int(total["value"]) - len(cut) if total is not None else 0
        if left > 0:
            more = "One more would" if left == 1 else f"{left:,} more would each"
            parts.append(element("p", f"{more} cut off as many or fewer.", class_="caveat"))
    ties = linkpin.bridges(net).table
    number = len(ties)
    if number:
        labels = dict(zip(net.names, net.labels(), strict=True))
        kinds = _tie_kinds(net)
        degrees = dict(zip(net.names, _degrees(net), strict=True))
        inner = [r for r in ties.rows() if degrees[r["from"]] > 1 and degrees[r["to"]] > 1]
        parts.append(element("p", _only_ways(number, len(inner))))
        rows_ = [(labels[r["from"]], labels[r["to"]], kinds.get((r["from"], r["to"]), "")) for r in inner]
        if rows_:
            parts.append(table("Ties on which a whole part hangs", ("Between", "and", "Kind of tie"), rows_[:_SHOWN]))
        if len(rows_) > _SHOWN:
            parts.append(element("p", f"{len(rows_) - _SHOWN} more are not listed here.", class_="caveat"))
    parts.append(element("p", words.caveat("bridges"), class_="caveat"))
    return Raw("".join(parts))


def _only_ways(number: int, inner: int) -> str:
    """Say how many ties are the only way between two parts, and how many of these parts are more than one member."""
    said = "One tie is the only way" if number == 1 else f"{number:,} ties are each the only way"
    if inner == 0:
        which = "It leads" if number == 1 else "All of them lead"
        return f"{said} between two parts. {which} to a participant with no other tie."
    if inner == number:
        return f"{said} between two parts, each of more than one participant:"
    lead = "One of them leads" if number - inner == 1 else f"{number - inner:,} of them lead"
    rest = "the other joins" if inner == 1 else "the others join"
    return f"{said} between two parts. {lead} to a participant with no other tie; {rest} larger parts:"


def _degrees(net: Network) -> Any:
    return linkpin.degree(net.simplified().undirected()).values


def _tie_kinds(net: Network) -> dict[tuple[str, str], str]:
    """Return the kind of the tie between two vertices, under either order of its ends."""
    if "kind" not in net.ties:
        return {}
    found: dict[tuple[str, str], str] = {}
    for row in net.ties.rows():
        kind = str(row["kind"] or "").replace("_", " ")
        for ends in ((row["source"], row["target"]), (row["target"], row["source"])):
            found.setdefault(ends, kind)
    return found


def _edge(net: Network) -> Raw:
    degrees = _degrees(net)
    labels = net.labels()
    alone = [labels[v] for v in np.flatnonzero(degrees == 0)]
    single = [labels[v] for v in np.flatnonzero(degrees == 1)]

    def listing(names: list[str], what: str) -> Raw:
        if not names:
            return Raw("")
        more = f", and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
        who = "One participant" if len(names) == 1 else f"{len(names):,} participants"
        return element("p", element("b", f"{who} {what}: "), ", ".join(names[:_SHOWN]) + more + ".")

    found = listing(alone, "without any tie") + listing(single, "with a single tie to the rest")
    if not found:
        return element("p", "Everybody has at least two ties.")
    note = "Being at the edge of this map may mean being left out, or only being left out of the record."
    return Raw(found + element("p", note, class_="caveat"))


def _whole(scores: _Score) -> Raw:
    rows = [row for row in scores.network() if row["measure"] not in ("ei_index", "assortativity")]
    return element("div", *(_score_card(row) for row in rows), class_="cards")


def _between(net: Network, scores: _Score, column: str) -> Raw:
    size, share, ei = scores.groups("group_share"), scores.groups("brokerage"), scores.groups("ei_index")
    found = [scores.one(measure) for measure in ("ei_index", "assortativity")]
    cards = [_score_card(row) for row in found if row is not None]
    sure = {r["subject"]: r["how_sure"] for r in scores.rows if r["of"] == "group" and r["measure"] == "ei_index"}
    rows = [
        (
            name,
            _maybe(size.get(name)),
            _maybe(share.get(name)),
            _crossing(ei.get(name, math.nan)),
            sure.get(name) or "–",
        )
        for name in sorted(size, key=lambda g: -size[g])
    ]
    heads = (column.capitalize(), "Share of the map", "Share of the joining", "Ties to other groups", "How sure")
    mixing = linkpin.mixing_matrix(net, column).table
    return Raw(
        element("div", *cards, class_="cards")
        + table(
            "How large each group is, how often it joins others, and how many of its ties leave it",
            heads,
            rows,
            numeric=(1, 2, 3),
        )
        + element("p", words.caveat("brokerage") + " " + words.caveat("ei_index"), class_="caveat")
        + _mixing_table(mixing, column, net.directed)
    )


def _crossing(ei: float) -> Raw:
    return _maybe((1 + ei) / 2)


def _maybe(value: float | None) -> Raw:
    spelled = "–" if value is None or math.isnan(value) else words.share(value)
    return element("td", spelled, class_="n")


def _mixing_table(mixing: Any, column: str, directed: bool) -> Raw:
    """Return the number of ties between each pair of groups, darker where more of the possible ones are there."""
    names = list(dict.fromkeys([*mixing["from"].tolist(), *mixing["to"].tolist()]))
    if len(names) > 14:
        return element("p", f"The table of ties between the {len(names)} groups is left out; see lp.mixing_matrix.")
    at = {(r["from"], r["to"]): (r["ties"], r["rate"]) for r in mixing.rows()}
    top = max((rate for _, rate in at.values() if not math.isnan(rate)), default=1.0) or 1.0

    def shade(pair: tuple[str, str]) -> Raw:
        ties, rate = at.get(pair) or at.get(pair[::-1]) or (0, math.nan)
        depth = 0.0 if math.isnan(rate) else 0.62 * rate / top
        return element(
            "td", f"{int(ties)}" if ties else "·", class_="n", style=f"background:rgba(0,114,178,{depth:.2f})"
        )

    reading = "from the row to the column" if directed else "how many"
    caption = f"Ties between groups, {reading}; darker where more of the possible ones are there"
    return table(caption, ("", *names), [(a, *(shade((a, b)) for b in names)) for a in names], range(1, len(names) + 1))


def _definitions(names: Iterable[str]) -> Raw:
    terms = []
    for name in dict.fromkeys(names):
        e = catalogue.entry(name)
        source = element("a", e.doi, href=f"https://doi.org/{e.doi}", rel="noopener") if e.doi else Raw("")
        terms.append(
            element(
                "div",
                element("dt", e.title),
                element("dd", e.sentence),
                element("dd", f"Formula: {e.formula}. {e.orientation}", class_="fine"),
                element("dd", e.reference.get("text", ""), " ", source, class_="fine"),
            )
        )
    return element("dl", *terms)


def _footer(eco: Ecosystem | Network, net: Network, card_: Result) -> Raw:
    n, m, mark = card_.network or (net.n, net.m, 0)
    both_ways = " (both ways, where they have no direction)" if _tie_count(eco, net) < net.m else ""
    return element(
        "footer",
        element(
            "p",
            f"Made with linkpin {linkpin.__version__}. Network of {display.count(n, 'vertex', 'vertices')} and "
            f"{display.count(m, 'tie', 'ties')}{both_ways}, "
            f"fingerprint {mark:016x}; "
            f"seed {card_.seed}. Calling linkpin.report on the same data with the same options gives the same page.",
        ),
    )
