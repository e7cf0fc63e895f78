"""The methods paragraph of a paper: what was drawn from what, what was measured after whom, and how sure that is."""

from __future__ import annotations

import math
import platform
from collections.abc import Iterable
from typing import Any

import linkpin
from linkpin import catalogue, cite
from linkpin.assess.scorecard import scorecard
from linkpin.ecosystem import Ecosystem
from linkpin.network import Network
from linkpin.result import Result

__all__ = ["methods_text"]

_OF = {
    "vertices": "redrawing vertices with replacement",
    "ties": "keeping each tie with its stated confidence",
    "reports": "drawing networks from the reports and their error rates",
    "non-response": "imputing the answers of those who did not respond from a regression of the ties that were told of",
}


def methods_text(eco: Ecosystem | Network, *results: Result, **options: Any) -> cite.Citation:
    """Write the methods paragraph of a paper.

    It says how the network was drawn (lens, rule for conflicting reports, treatment of non-response), what was measured
    and after whom, how the intervals were made and how often such intervals were measured to be right, and with which
    versions and seeds.

    Parameters
    ----------
    eco
        An ecosystem or a network.
    *results
        Results to report; without any the scorecard, which is then read with the same options.
    **options
        Those of :func:`linkpin.scorecard`: groups, seed, replicates, and for an ecosystem the lens.

    Returns
    -------
    Citation
        The text, with the references in BibTeX below it: ``.text`` and ``.bibtex`` are the two apart.

    Raises
    ------
    InputError
        For options that the scorecard refuses.
    """
    shown = list(results) or [scorecard(eco, **options)]
    names = _measures(shown)
    cited = [source for name in names for source in cite.sources(catalogue.entry(name))]
    sentences = [*_drawn(eco, shown), *_measured(names), *_intervals(shown), *_chance(shown), _versions()]
    varies = {kind for r in shown for kind in _varies(r)}
    if varies:
        cited += cite.sources(catalogue.entry("bootstrap"))
    if "non-response" in varies:
        cited += cite.sources(catalogue.entry("missing_sensitivity"))
    spelled = sorted(
        {s.spelled + (f". https://doi.org/{s.doi}" if s.doi and s.doi not in s.spelled else "") for s in cited}
    )
    listed = "\n".join(f"- {line}." for line in spelled)
    return cite.Citation(" ".join(sentences) + f"\n\nReferences\n{listed}", cite.bibliography(cited))


def _measures(shown: Iterable[Result]) -> list[str]:
    """Return the catalogue's names of what was measured; a scorecard stands for what is in it."""
    names: dict[str, None] = {}
    for result in shown:
        inside = result.table["measure"].tolist() if result.measure == "scorecard" else [result.measure]
        names.update(dict.fromkeys([*(e.name for e in _scored(result)), *inside]))
    return list(names)


def _drawn(eco: Ecosystem | Network, shown: list[Result]) -> list[str]:
    told = []
    if isinstance(eco, Ecosystem):
        held = [f"{len(eco.entities):,} entities"]
        if len(eco.ties):
            held.append(f"{len(eco.ties):,} ties")
        if len(eco.reports):
            people = len(set(eco.reports["respondent"].tolist()))
            held.append(f"{len(eco.reports):,} reports by {people:,} respondents")
        said = f"The data hold {', '.join(held)}"
        if len(eco.issues):
            said += f"; {len(eco.issues):,} rows or cells were refused or noted on reading"
        told.append(said + ".")
    drawn = {(r.lens, r.network): None for r in shown if r.network is not None}
    for lens, (n, m, mark) in drawn:
        how = f" from {lens}" if lens else ""
        told.append(f"A network of {n:,} vertices and {m:,} ties was drawn{how} (fingerprint {mark:016x}).")
    if drawn and isinstance(eco, Ecosystem):
        kinds = {kind for told_of in (eco.ties, eco.reports) if "kind" in told_of for kind in told_of["kind"].tolist()}
        both = sorted(eco._symmetric_kinds() & kinds)
        told += [f"Ties that have no direction ({', '.join(both)}) are in it both ways."] if both else []
    net = eco if isinstance(eco, Network) else None
    share = net.observed_share if net is not None else _observed(shown)
    if share is not None and share < 1:
        told.append(f"{100 * share:.1f}% of the possible ties were asked about and answered.")
    elif net is not None or (isinstance(eco, Ecosystem) and not len(eco.reports)):
        told.append("Ties that are not recorded were taken as absent.")
    return told


def _observed(shown: list[Result]) -> float | None:
    return next((r.observed_share for r in shown if "observed_share" in dir(r)), None)


def _measured(names: list[str]) -> list[str]:
    """List the measures with their sources, those after the same source together."""
    by_source: dict[str, list[str]] = {}
    for name in names:
        entry = catalogue.entry(name)
        after = "; ".join(dict.fromkeys(s.short for s in cite.sources(entry)))
        by_source.setdefault(after, []).append(entry.title)
    listed = [", ".join(titles) + (f" ({after})" if after else "") for after, titles in by_source.items()]
    if not listed:
        return []
    new = [catalogue.entry(name).title for name in names if catalogue.entry(name).experimental]
    note = f" {', '.join(new)}: no measure is published for this; the definition is that of linkpin." if new else ""
    return [f"Measures: {'; '.join(listed)}.{note}"]


def _intervals(shown: list[Result]) -> list[str]:
    told = []
    for result in shown:
        if result.measure == "scorecard":
            told += _of_card(result)
        elif result.interval_of:
            how = f" ({result.how})" if "how" in dir(result) else ""
            what = f"interval of {result.entry.title}"
            if result.measure == "bootstrap":
                what = f"interval for {', '.join(e.title for e in _scored(result)) or 'a score'}"
            told.append(f"The {what} is of {result.interval_of}{how}.")
        elif "how" in dir(result):
            told.append(f"{result.entry.title}: {result.how}.")
    return told


def _varies(result: Result) -> set[str]:
    """Return what the intervals of a result are of."""
    if result.measure == "scorecard":
        return {kind for kind in result.table["interval_of"] if kind is not None} if result.replicates else set()
    return {result.interval_of} if result.interval_of else set()


def _scored(result: Result) -> list[catalogue.Entry]:
    """Return the entries of the scores that the intervals of a bootstrap are for."""
    if result.measure != "bootstrap":
        return []
    known = catalogue.entries()
    names = {"indegree": "degree", "outdegree": "degree"}
    found = [names.get(s, s if s in known else s.partition("_")[0]) for s in result.scores]
    return [known[name] for name in dict.fromkeys(found) if name in known]


def _of_card(card: Result) -> list[str]:
    rows = list(card.table.rows())
    kinds = [kind for kind in _OF if any(r["interval_of"] == kind for r in rows)]
    if not kinds:
        return ["No intervals were computed."]
    ways = " and by ".join(_OF[kind] for kind in kinds)
    said = f"{card.level:.0%} percentile intervals come from {card.replicates:,} replicates each, by {ways}."
    covers = [r["covers"] for r in rows if r["interval_of"] and not math.isnan(r["covers"])]
    if covers:
        said += (
            f" On simulated surveys of about this size such intervals held the true value in at least "
            f"{min(covers):.0%} of cases for the {len(covers)} scores for which this was measured."
        )
    without = sum(r["interval_of"] is None for r in rows)
    if not without:
        return [said]
    return [said, f"No interval is given for {without:,} of {len(rows):,} scores, where none would be honest."]


def _chance(shown: list[Result]) -> list[str]:
    seeds = {r.seed: None for r in shown if r.seed is not None}
    return [f"Random numbers: {'seed' if len(seeds) == 1 else 'seeds'} {', '.join(map(str, seeds))}."] if seeds else []


def _versions() -> str:
    return f"Computed with linkpin {linkpin.__version__} under Python {platform.python_version()}."
