"""What a statistic may answer: a number, a Result, named numbers, or one number a vertex."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from linkpin import _core
from linkpin.measures.structure import centralization, density, reciprocity, transitivity
from linkpin.network import Network
from linkpin.result import Result

__all__ = ["Statistic", "answering", "named"]

Statistic: TypeAlias = "Callable[[Network], Any]"
Answer: TypeAlias = "tuple[list[str], npt.NDArray[np.float64]]"


def _degree_centralization(net: Network) -> Result:
    return centralization(net, of="degree")


_USUAL: dict[str, Statistic] = {
    "density": density,
    "reciprocity": reciprocity,
    "transitivity": transitivity,
    "degree centralisation": _degree_centralization,
}


def named(statistic: Statistic | Mapping[str, Statistic] | None) -> dict[str, Statistic]:
    """Return statistics by name: those given, or the usual scores of a whole network."""
    if statistic is None:
        return dict(_USUAL)
    if isinstance(statistic, Mapping):
        return dict(statistic)
    return {getattr(statistic, "__name__", "statistic").replace("<lambda>", "statistic"): statistic}


def _numbers(function: str, name: str, net: Network, answer: Any) -> Answer:
    if isinstance(answer, Result):
        answer = answer.value if answer._value is not None else answer.values
    if isinstance(answer, Mapping):
        return [str(k) for k in answer], np.array([float(v) for v in answer.values()], dtype=np.float64)
    values = np.asarray(answer, dtype=np.float64)
    if values.ndim == 0:
        return [name], values.reshape(1)
    if values.shape == (net.n,):
        return [], values
    raise _core.InputError(
        f"{function}: statistic {name}, shape = {values.shape}: answer with a number, a Result, named numbers, or one "
        f"number a vertex ({net.n})"
    )


def answering(function: str, name: str, statistic: Statistic) -> Callable[[_core.Network], Answer]:
    """Return the statistic as the core calls it."""

    def call(core: _core.Network) -> Answer:
        net = Network(core)
        return _numbers(function, name, net, statistic(net))

    return call
