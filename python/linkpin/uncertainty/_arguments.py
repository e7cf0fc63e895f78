"""What the uncertainty functions take alike: seeds, and matrices over the same vertices."""

from __future__ import annotations

import secrets
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from linkpin import _core
from linkpin.network import Network

__all__ = ["Dyads", "matrices", "to_seed"]

Dyads: TypeAlias = "Network | npt.ArrayLike"
Matrix: TypeAlias = "npt.NDArray[np.float64]"


def to_seed(seed: int | None) -> int:
    """Return the seed, or draw one, which the result then tells."""
    return secrets.randbits(32) if seed is None else seed


def _names(values: Any) -> list[str] | None:
    if isinstance(values, Network):
        return values.names
    index, columns = getattr(values, "index", None), getattr(values, "columns", None)
    if index is None or columns is None or callable(index):
        return None
    rows, heads = [str(v) for v in index], [str(v) for v in columns]
    return rows if rows == heads else None


def matrices(function: str, given: dict[str, Dyads], weights: str | None) -> dict[str, Matrix]:
    """Return square matrices in the vertex order of the first that has names."""
    order: list[str] | None = None
    found: dict[str, Matrix] = {}
    for name, values in given.items():
        names = _names(values)
        if isinstance(values, Network):
            matrix = _core.dyad_matrix(values._net, weights if weights is None or values.weighted else None)
        else:
            matrix = np.asarray(values, dtype=np.float64)
        if names is not None and order is None:
            order = names
        elif names is not None and order is not None and names != order:
            place = {v: i for i, v in enumerate(names)}
            if set(place) != set(order):
                stranger = min(set(place) ^ set(order))
                raise _core.InputError(
                    f"{function}: {name}: vertex {stranger!r} is not in every network: give all on the same"
                )
            rows = np.array([place[v] for v in order])
            matrix = matrix[np.ix_(rows, rows)]
        found[name] = matrix
    return found
