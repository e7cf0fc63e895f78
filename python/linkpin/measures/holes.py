"""Structural holes: whose contacts are tied to each other, and who stands between those that are not."""

from __future__ import annotations

from linkpin import _core
from linkpin.catalogue import described
from linkpin.measures._arguments import Progress, Weights
from linkpin.network import Network
from linkpin.result import Result

__all__ = [
    "constraint",
    "constraint_two_mode",
    "effective_size",
    "effective_size_two_mode",
    "efficiency",
    "hierarchy",
]


@described("constraint")
def constraint(net: Network, weights: Weights = None, *, threads: int = 0, progress: Progress = None) -> Result:
    values, provenance = _core.constraint(net._net, weights, threads, progress)
    return Result(provenance, net=net, values=values)


@described("effective_size")
def effective_size(net: Network, weights: Weights = None, *, threads: int = 0, progress: Progress = None) -> Result:
    values, provenance = _core.effective_size(net._net, weights, threads, progress)
    return Result(provenance, net=net, values=values)


@described("efficiency")
def efficiency(net: Network, weights: Weights = None, *, threads: int = 0, progress: Progress = None) -> Result:
    values, provenance = _core.efficiency(net._net, weights, threads, progress)
    return Result(provenance, net=net, values=values)


@described("hierarchy")
def hierarchy(net: Network, weights: Weights = None, *, threads: int = 0, progress: Progress = None) -> Result:
    values, provenance = _core.hierarchy(net._net, weights, threads, progress)
    return Result(provenance, net=net, values=values)


@described("constraint_two_mode")
def constraint_two_mode(
    net: Network, weights: Weights = None, *, threads: int = 0, progress: Progress = None
) -> Result:
    """
    Parameters
    ----------
    net
        A network whose ties join two modes only.
    """
    values, provenance = _core.constraint_two_mode(net._net, weights, threads, progress)
    return Result(provenance, net=net, values=values)


@described("effective_size_two_mode")
def effective_size_two_mode(net: Network, *, threads: int = 0, progress: Progress = None) -> Result:
    """
    Parameters
    ----------
    net
        A network whose ties join two modes only.
    """
    values, provenance = _core.effective_size_two_mode(net._net, threads, progress)
    return Result(provenance, net=net, values=values)
