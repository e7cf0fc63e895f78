"""From reports to ties: what each end said, where the words disagree, and what is made of them."""

from __future__ import annotations

from typing import Any

import numpy as np

from linkpin import _core
from linkpin.catalogue import described
from linkpin.ecosystem import Ecosystem
from linkpin.result import Result
from linkpin.table import Table

__all__ = ["reconcile"]


def ids_at(eco: Ecosystem, numbers: Any) -> np.ndarray[Any, Any]:
    """Return the ids of entities by number."""
    ids: np.ndarray[Any, Any] = eco.entities["id"][np.asarray(numbers)]
    return ids


@described("reconcile")
def reconcile(
    eco: Ecosystem,
    rule: str = "union",
    item: str | None = None,
    *,
    wave: str | int | None = None,
    nonresponse: str = "available",
    threshold: float = 0.5,
) -> Result:
    """
    Parameters
    ----------
    eco
        An ecosystem with reports.
    rule
        What is made of several words on one tie: "sender", "receiver", "union", "intersection", "min", "mean", "max";
        where respondents also told of other people's ties, "las-union", "las-intersection" (the two ends alone),
        "consensus" (more than ``threshold`` of all words), "romney-batchelder" (words weighed by competence).
    item
        The question; by default the first.
    wave
        Only this wave; by default all, and a later answer of the same respondent counts.
    nonresponse
        As in ``eco.network``.
    threshold
        For "consensus": the share of the words that a tie must pass.

    The result's ``.table`` has a row for each dyad that anybody spoke of: from, to, sender, receiver (NaN where there
    is no word), sender_state, receiver_state, others, others_yes, value (by the rule) and verdict ("agree", "differ in
    strength", "conflict", "one word", "no word"). ``.conflicts`` are the rows in conflict. ``.by_respondent`` says who
    claims ties that partners deny (claimed_alone) and denies ties that partners claim (denied_alone).
    ``.sender_ties``, ``.receiver_ties`` and ``.both_ties`` count ties on dyads with both words.
    """
    dyads, people, whole, provenance = _core.reconcile(
        eco._eco, item or "", "" if wave is None else str(wave), rule, nonresponse, threshold
    )
    table = Table(
        {**dyads, "from": ids_at(eco, dyads["from"]), "to": ids_at(eco, dyads["to"])}, title="words on each tie"
    )
    conflict = np.array([v == "conflict" for v in dyads["verdict"]], dtype=bool)
    conflicts = Table({name: table[name][conflict] for name in table.columns}, title="ties in conflict")
    who = ids_at(eco, people["respondent"])
    by_respondent = Table(
        {
            "respondent": who,
            "label": eco.labels(who.tolist()),
            **{k: v for k, v in people.items() if k != "respondent"},
        },
        title="respondents beside their partners",
    )
    value = whole.pop("agreement")
    return Result(provenance, value=value, table=table, conflicts=conflicts, by_respondent=by_respondent, **whole)
