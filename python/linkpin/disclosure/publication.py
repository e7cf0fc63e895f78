"""Whom a published network may name."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from linkpin import _core
from linkpin.catalogue import described
from linkpin.ecosystem import Ecosystem
from linkpin.result import Result
from linkpin.table import Table

__all__ = ["publication", "respect_consent"]


@described("respect_consent")
def respect_consent(eco: Ecosystem) -> Result:
    """
    Parameters
    ----------
    eco
        An ecosystem whose entities may have the columns ``study`` (agreed, declined, not asked) and ``may_be_named``
        (whether others may still name somebody who declined).

    The result's ``.eco`` is the ecosystem to go on with, ``.value`` how many declined, ``.table`` what was left out.
    """
    without, counts, provenance = _core.respect_consent(eco._eco)
    table = Table({"what": list(counts), "number": np.array(list(counts.values()), dtype=np.int64)})
    return Result(provenance, value=counts["declined"], table=table, eco=Ecosystem(without))


@described("publication")
def publication(
    eco: Ecosystem,
    *,
    names: bool | Iterable[str] = False,
    by: str = "sector",
    threshold: int = 5,
    seed: int = 0,
) -> Result:
    """
    Parameters
    ----------
    eco
        An ecosystem.
    names
        People who may be named: True for all, or ids. Entities whose ``may_be_named`` is true may be named as well.
    by
        The column that gives the groups of people.
    threshold
        Groups and roles of fewer hidden people are merged into "other"; 0 leaves everything but names as it is.
    seed
        Of the order in which pseudonyms are given.

    The result's ``.eco`` is the ecosystem to publish, ``.value`` how many people are hidden, ``.merged`` the groups
    that became "other", ``.smallest`` the fewest hidden people who look alike. For your eyes only, ``.key`` says who is
    who.
    """
    ids = [] if isinstance(names, bool) else [str(n) for n in names]
    shown, old, hidden, merged, smallest, provenance = _core.publication(
        eco._eco, names is True, ids, by, threshold, seed
    )
    published = Ecosystem(shown)
    new = published.entities["id"].tolist()
    changed = [(a, b) for a, b in zip(old, new, strict=True) if a != b]
    key = Table({"id": [a for a, _ in changed], "pseudonym": [b for _, b in changed]}, title="who is who")
    return Result(provenance, value=hidden, eco=published, key=key, merged=merged, smallest=smallest)
