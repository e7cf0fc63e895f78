"""How well a dense core with others hanging on to it describes a network."""

from __future__ import annotations

from linkpin import _core
from linkpin.catalogue import described
from linkpin.measures._arguments import Progress, Weights
from linkpin.network import Network
from linkpin.result import Result

__all__ = ["core_periphery"]


@described("core_periphery")
def core_periphery(
    net: Network,
    model: str = "discrete",
    *,
    pattern: str = "core-any",
    fit: str = "least squares",
    weights: Weights = None,
    exact: bool | None = None,
    starts: int = 20,
    seed: int = 0,
    progress: Progress = None,
) -> Result:
    """
    Parameters
    ----------
    net
        The network; direction is left aside.
    model
        ``"discrete"`` (in the core or not) or ``"continuous"`` (a coreness each).
    pattern
        Of the discrete model, where ties are expected: ``"core-any"`` (wherever a core vertex is at one end),
        ``"core-core"`` (only within the core), or ``"between-ignored"`` (within the core; ties between core and
        periphery are left out of the comparison).
    fit
        Of the continuous model: ``"least squares"``, or ``"correlation"``, which often has no maximum.
    weights
        None (a tie is there or not), ``"weight"`` or another tie column, or one value a tie in the order of
        ``net.ties``.
    exact
        Of the discrete model: True proves the best core, however long it takes; False searches; None proves it where
        that takes seconds.
    starts, seed
        Of the search: one start is from the most central vertices, the others are random.

    The result has ``.value`` (the correlation with the ideal), ``.values`` (1 in the core, 0 outside; continuous: the
    coreness, the largest 1), ``.core`` (the names in it) and ``.exact``.
    """
    value, values, core, proven, provenance = _core.core_periphery(
        net._net, model, pattern, fit, weights, exact, starts, seed, progress
    )
    return Result(provenance, net=net, value=value, values=values, core=[net.names[v] for v in core], exact=proven)
