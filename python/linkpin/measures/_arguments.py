"""What the measures take alike: groups as a column, a mapping or one label a vertex."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from linkpin import _core
from linkpin.network import Network

Groups: TypeAlias = "str | Mapping[Any, Any] | Iterable[Any]"
Weights: TypeAlias = "str | npt.ArrayLike | None"
Progress: TypeAlias = "Callable[[float], object] | None"


def to_groups(net: Network, groups: Groups) -> str | list[str]:
    """Return a column name as it is, and labels as texts in vertex order; what is missing becomes an empty text."""
    if isinstance(groups, str):
        return groups
    if isinstance(groups, Mapping):
        by_name = {str(k): v for k, v in groups.items()}
        unknown = set(by_name) - set(net.names)
        if unknown:
            raise _core.InputError(
                f"groups = {min(unknown)!r}: no vertex has this name; give labels by the names in net.names"
            )
        return [_label(by_name.get(name)) for name in net.names]
    return [_label(v) for v in (groups.tolist() if isinstance(groups, np.ndarray) else groups)]


def _label(value: Any) -> str:
    missing = value is None or value != value  # NaN, and what pandas and numpy have for a missing time
    return "" if missing else str(value)


def labels(net: Network, groups: str | list[str]) -> list[str | None]:
    """Return the label of every vertex, None where it is missing."""
    found: list[str | None] = _core.group_labels(net._net, groups)
    return found


def to_modes(function: str, net: Network, given: str | npt.ArrayLike | None) -> npt.NDArray[np.uint8] | None:
    """Return 0 or 1 for every vertex of a two-mode network, from a vertex column or one of two labels a vertex."""
    if given is None:
        return None
    labels = (net.vertices[given] if isinstance(given, str) else np.asarray(given)).tolist()
    known = sorted({str(label) for label in labels if label is not None})
    if len(known) > 2 or None in labels:
        what = f"{known[2]!r} beside {known[0]!r} and {known[1]!r}" if len(known) > 2 else "None"
        raise _core.InputError(f"{function}: two_mode has {what}: give one of two labels for every vertex")
    return np.array([known.index(str(label)) for label in labels], dtype=np.uint8)
