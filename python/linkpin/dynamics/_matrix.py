"""Matrices of any make on their way to the core, as entries."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from linkpin import _core

Entries = tuple[npt.NDArray[Any], npt.NDArray[Any], npt.NDArray[np.float64], int, int]


def entries(function: str, argument: str, matrix: Any) -> Entries:
    """Return rows, columns and values of what is not 0, and the shape, of a dense or a scipy matrix."""
    if hasattr(matrix, "tocoo"):
        coo = matrix.tocoo()
        return coo.row, coo.col, np.asarray(coo.data, dtype=float), *coo.shape
    try:
        dense = np.asarray(matrix, dtype=float)
    except (TypeError, ValueError) as error:
        raise _core.InputError(f"{function}: {argument}: {error}: give rows of numbers, all of one length") from None
    if dense.ndim != 2:
        raise _core.InputError(
            f"{function}: {argument} has {dense.ndim} dimensions: give a matrix of rows and columns, or a network"
        )
    rows, columns = np.nonzero(dense)  # NaN is not 0, and is refused further on
    return rows, columns, dense[rows, columns], *dense.shape
