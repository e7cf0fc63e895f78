"""The scores of PARTNER-like partnership surveys."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from linkpin import _core
from linkpin.catalogue import described
from linkpin.ecosystem import Ecosystem
from linkpin.result import Result
from linkpin.table import Table

__all__ = ["partner"]


@described("partner")
def partner(
    eco: Ecosystem,
    trust_items: Sequence[str] | None = None,
    value_items: Sequence[str] | None = None,
    *,
    wave: str | None = None,
    scale: tuple[float, float] = (1, 4),
    percent: str = "mean over maximum",
) -> Result:
    """
    Parameters
    ----------
    eco
        An ecosystem with reports on trust and value.
    trust_items, value_items
        The questions that ask for them; by default those whose names begin with "trust" and "value".
    wave
        Only this wave.
    scale
        Lowest and highest rating.
    percent
        How the network's trust becomes a percentage: "mean over maximum" or "rescaled".

    The result's ``.table`` has id, label, trust, value, raters, relative_connectivity (experimental);
    ``.network_trust``, ``.network_value`` and ``.network_trust_percent`` are the whole network's.
    """
    scores, provenance = _core.partner_scores(
        eco._eco, list(trust_items or ()), list(value_items or ()), wave or "", scale[0], scale[1], percent
    )
    rated = np.flatnonzero(scores["raters"] > 0)
    ids = eco.entities["id"][rated]
    table = Table(
        {
            "id": ids,
            "label": eco.labels(ids.tolist()),
            "trust": scores["trust"][rated],
            "value": scores["value"][rated],
            "raters": scores["raters"][rated].astype(np.int64),
            "relative_connectivity": scores["relative_connectivity"][rated],
        },
        title="PARTNER scores",
    )
    provenance["warnings"].append(
        "relative connectivity is experimental: how the published score combines trust, value and ties is not known"
    )
    return Result(
        provenance,
        table=table,
        network_trust=scores["network_trust"],
        network_value=scores["network_value"],
        network_trust_percent=scores["network_trust_percent"],
    )
