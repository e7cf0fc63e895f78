"""What the report says of a map of what acts on what, where the ecosystem holds one."""

from __future__ import annotations

import numpy as np

from linkpin._core import InputError
from linkpin.dynamics.cognitive import CognitiveMap
from linkpin.ecosystem import Ecosystem
from linkpin.report import sections as seam
from linkpin.report.html import Raw, element, table

__all__ = ["sections"]

_SHOWN = 12
_SEEN = 1e-6  # a smaller change is none
_TYPES = {
    "driver": "acts on others; nothing acts on it",
    "receiver": "is acted on only",
    "ordinary": "acts and is acted on",
    "isolated": "stands alone",
}


def sections(eco: Ecosystem) -> list[seam.Section]:
    """Return the section on the cognitive map, where there are concepts that influence one another."""
    if "kind" not in eco.entities or "concept" not in eco.entities["kind"].tolist():
        return []
    try:
        drawn = CognitiveMap.from_ecosystem(eco)
    except InputError as refusal:  # effects outside [-1, 1]: the page says so and goes on
        said = element("p", f"The map could not be run. {refusal}", class_="caveat")
        return [seam.Section("map", "What acts on what", said, measures=("cognitive_map",))]
    if not drawn.weights.any():
        return []
    body = Raw("".join((_first(drawn), _concepts(drawn), _what_if(drawn))))
    return [seam.Section("map", "What acts on what", body, measures=("cognitive_map",))]


def _first(drawn: CognitiveMap) -> Raw:
    effects = int(np.count_nonzero(drawn.weights))
    rows = drawn.concepts
    most = rows["concept"][int(np.argmax(rows["centrality"]))]
    return element(
        "p",
        f"The map has {len(drawn.names)} concepts and {effects} effects of one on another, as those who drew it see "
        f"them. Most runs through “{most}”.",
    )


def _concepts(drawn: CognitiveMap) -> Raw:
    rows = sorted(drawn.concepts.rows(), key=lambda row: -row["centrality"])
    body = [(r["concept"], r["outdegree"], r["indegree"], _TYPES[r["type"]]) for r in rows[:_SHOWN]]
    left = len(rows) - len(body)
    more = element("p", f"{left} more concepts are left out here.", class_="caveat") if left else Raw("")
    return Raw(
        table("Concepts, those with most effects first", ("Concept", "Acts", "Acted on", ""), body, (1, 2)) + more
    )


def _what_if(drawn: CognitiveMap) -> Raw:
    """For what nothing acts on, so that people could set it: where the map leads when it is held high."""
    names = np.array(drawn.names, dtype=object)
    body = []
    for row in drawn.concepts.rows():
        if row["type"] != "driver":
            continue
        change = drawn.what_if({row["concept"]: 1.0})["difference"].copy()
        change[names == row["concept"]] = 0.0
        up, down = int(np.argmax(change)), int(np.argmin(change))
        body.append(
            (
                row["concept"],
                names[up] if change[up] > _SEEN else None,
                names[down] if change[down] < -_SEEN else None,
            )
        )
    if not body:
        return Raw("")
    caveat = (
        "These are consequences of the map, not forecasts: it holds beliefs about cause, without time and without "
        "units. Kosko's rule with a sigmoid; another rule may order the changes differently."
    )
    heads = ("If this were held high", "most would rise", "most would fall")
    return Raw(table("What if", heads, body[:_SHOWN]) + element("p", caveat, class_="caveat"))
