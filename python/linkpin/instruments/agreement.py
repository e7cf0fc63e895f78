"""Whether those who answer for one organisation agree, and their answers made into one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from linkpin import _core
from linkpin.catalogue import described
from linkpin.ecosystem import Ecosystem
from linkpin.result import Result
from linkpin.table import Table

__all__ = ["aggregate_reports", "rater_agreement"]


@described("rater_agreement")
def rater_agreement(values: npt.ArrayLike, groups: Iterable[Any], *, options: int = 5) -> Result:
    """
    Parameters
    ----------
    values
        One answer each.
    groups
        What each answers for (an organisation).
    options
        Levels an answer can have, for r_wg.

    ``.value`` is ICC(1); ``.icc2``, ``.r_wg`` (mean over groups of two or more), ``.f``, ``.p`` stand beside it, and
    ``.table`` has count, mean, variance and r_wg of each group.
    """
    labels = [str(g) for g in groups]
    codes, levels = _core.codes(labels)
    found, provenance = _core.rater_agreement(np.asarray(values, dtype=np.float64), codes, options)
    group, count, mean, variance, r_wg = found.pop("groups")
    table = Table(
        {"group": [levels[g] for g in group], "count": count, "mean": mean, "variance": variance, "r_wg": r_wg},
        title="agreement within groups",
    )
    return Result(provenance, value=found.pop("icc1"), table=table, **found)


@described("aggregate_reports")
def aggregate_reports(
    eco: Ecosystem, *, tie: str = "affiliated_with", combine: str = "mean", options: int = 4
) -> Result:
    """
    Parameters
    ----------
    eco
        An ecosystem with people's reports, and ties that say for which organisation each answers.
    tie
        The kind of those ties.
    combine
        What several answers become: their "mean", "any" (the highest), "majority" (a tie where more than half of those
        who answered tell of it), "share" (the mean, silence a zero).
    options
        Levels an answer can have, for r_wg.

    ``.ecosystem`` is the same with the organisations' reports; ``.table`` has ICC(1), ICC(2) and the mean r_wg of each
    question, over what an organisation's people said of one partner.
    """
    found, items, provenance = _core.aggregate_reports(eco._eco, tie, combine, options)
    names = ("icc1", "icc2", "r_wg", "f", "p", "df_between", "df_within", "size")
    table = Table(
        {"item": [i for i, _ in items], **{n: np.array([a[n] for _, a in items], dtype=np.float64) for n in names}},
        title="agreement within organisations",
    )
    return Result(provenance, table=table, ecosystem=Ecosystem(found))
