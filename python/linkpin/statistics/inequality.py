"""Inequality: how unevenly something is shared, and how much of that lies between groups."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from linkpin import _core
from linkpin.catalogue import described
from linkpin.result import Result
from linkpin.table import Table

__all__ = ["atkinson", "decompose_inequality", "theil"]

_NOTHING = "undefined: there is nothing that is shared"


@described("theil")
def theil(values: Result | npt.ArrayLike, kind: str = "T") -> Result:
    """
    Parameters
    ----------
    values
        What is shared, one number each; or a result by vertex.
    kind
        ``"T"`` or ``"L"`` (the mean logarithmic deviation).
    """
    if kind not in ("T", "L"):
        raise _core.InputError(f"theil: kind = {kind!r}: choose one of: 'T', 'L'")
    shares = _amounts("theil", values)
    value = _core.theil(shares, kind == "L")
    warnings = [_NOTHING] if np.isnan(value) else []
    if np.isinf(value):
        warnings = [f"{int((shares == 0).sum())} of {len(shares)} have nothing, which makes Theil's L infinite"]
    return Result(_provenance("theil", kind, values, warnings), value=value)


@described("atkinson")
def atkinson(values: Result | npt.ArrayLike, epsilon: float = 0.5) -> Result:
    """
    Parameters
    ----------
    values
        What is shared, one number each; or a result by vertex.
    epsilon
        Aversion to inequality, above 0: the higher, the more those with little count.
    """
    shares = _amounts("atkinson", values)
    value = _core.atkinson(shares, float(epsilon))
    warnings = [_NOTHING] if np.isnan(value) else []
    if epsilon >= 1 and (shares == 0).any() and not warnings:
        warnings = [f"{int((shares == 0).sum())} of {len(shares)} have nothing, which makes Atkinson's index 1"]
    return Result(_provenance("atkinson", f"epsilon {epsilon:g}", values, warnings), value=value)


@described("decompose_inequality")
def decompose_inequality(
    values: Result | npt.ArrayLike, groups: Iterable[Any], index: str = "theil-t", *, epsilon: float = 0.5
) -> Result:
    """
    Parameters
    ----------
    values
        What is shared, one number each; or a result by vertex.
    groups
        One label each. Those without one are a group of their own, named None.
    index
        ``"theil-t"``, ``"theil-l"``, ``"atkinson"`` or ``"gini"``.
    epsilon
        Of Atkinson's index.
    """
    shares = _amounts("decompose_inequality", values)
    labels = [None if g is None or g != g else str(g) for g in groups]
    names = list(dict.fromkeys(labels))
    codes = np.array([names.index(g) for g in labels], dtype=np.int32)
    total, between, within, overlap, rows, provenance = _core.decompose_inequality(shares, codes, index, epsilon)
    columns = ("members", "zeros", "population_share", "share", "mean", "inequality", "weight")
    table = Table(
        {"group": names[: len(rows)], **{c: [row[i] for row in rows] for i, c in enumerate(columns)}},
        title="inequality by group",
    )
    whole = _provenance("decompose_inequality", index, values, provenance["warnings"])
    return Result(whole, value=total, table=table, between=between, within=within, overlap=overlap)


def _amounts(function: str, values: Result | npt.ArrayLike) -> npt.NDArray[np.float64]:
    shares = np.asarray(values.values if isinstance(values, Result) else values, dtype=float)
    if shares.ndim != 1:
        raise _core.InputError(f"{function}: values has {shares.ndim} dimensions: give one number each")
    return shares


def _provenance(measure: str, choice: str, values: Any, warnings: list[str]) -> dict[str, Any]:
    of = values if isinstance(values, Result) else None
    return {
        "measure": measure,
        "normalisation": choice,
        "lens": "" if of is None else of.lens,
        "network": None if of is None else of.network,
        "warnings": warnings,
    }
