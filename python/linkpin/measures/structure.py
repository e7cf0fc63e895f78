"""How much and how the network is tied: density, reciprocity, clustering, degrees, centralisation."""

from __future__ import annotations

from linkpin import _core
from linkpin.catalogue import described
from linkpin.network import Network
from linkpin.result import Result

__all__ = ["density"]


@described("density")
def density(net: Network) -> Result:
    """
    Parameters
    ----------
    net
        The network; only observed dyads count.
    """
    value, provenance = _core.density(net._net)
    return Result(provenance, value=value)
