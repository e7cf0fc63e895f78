"""What hangs together, and what holds it together: components, cut vertices, bridges and cores."""

from __future__ import annotations

import numpy as np

from linkpin import _core
from linkpin.catalogue import described
from linkpin.network import Network
from linkpin.result import Result
from linkpin.table import Table

__all__ = ["articulation_points", "biconnected_components", "bridges", "components", "coreness"]


@described("components")
def components(net: Network, mode: str = "weak") -> Result:
    """
    Parameters
    ----------
    mode
        ``"weak"`` (joined by ties in any direction) or ``"strong"`` (each can reach each along the ties).

    The result has ``.value`` (how many there are), ``.values`` (a component number a vertex, in order of first
    vertices), ``.membership`` (the same as integers), ``.sizes`` and ``.table`` (id, component, size).
    """
    membership, sizes, provenance = _core.components(net._net, mode)
    table = Table(
        {"id": lambda: np.array(net.names, dtype=object), "component": membership, "size": sizes[membership]},
        title="components",
    )
    return Result(
        provenance,
        net=net,
        value=len(sizes),
        values=membership.astype(np.float64),
        table=table,
        membership=membership,
        sizes=sizes,
    )


@described("articulation_points")
def articulation_points(net: Network) -> Result:
    """
    Parameters
    ----------
    net
        The network; direction is left aside.

    The result has ``.values`` (1 where a vertex is one, else 0), ``.value`` (how many there are) and ``.points``, their
    names.
    """
    values, provenance = _core.articulation_points(net._net)
    return Result(
        provenance,
        net=net,
        value=int(values.sum()),
        values=values.astype(np.float64),
        points=[net.names[v] for v in np.flatnonzero(values)],
    )


@described("bridges")
def bridges(net: Network) -> Result:
    """
    Parameters
    ----------
    net
        The network; direction is left aside.

    The result has ``.table`` (from, to) and ``.value``, how many there are.
    """
    source, target, provenance = _core.bridges(net._net)
    names = np.array(net.names, dtype=object)
    table = Table({"from": names[source], "to": names[target]}, title="bridges")
    return Result(provenance, net=net, value=len(source), table=table)


@described("biconnected_components")
def biconnected_components(net: Network) -> Result:
    """
    Parameters
    ----------
    net
        The network; direction is left aside.

    The result has ``.sets`` (the names in each), ``.value`` (how many there are) and ``.table`` (component, id), in
    which a cut vertex stands several times.
    """
    sets, provenance = _core.biconnected_components(net._net)
    names = net.names
    named = [[names[v] for v in members] for members in sets]
    table = Table(
        {
            "component": np.repeat(np.arange(len(named)), [len(members) for members in named]),
            "id": [name for members in named for name in members],
        },
        title="biconnected components",
    )
    return Result(provenance, net=net, value=len(named), table=table, sets=named)


@described("coreness")
def coreness(net: Network, mode: str = "all") -> Result:
    """
    Parameters
    ----------
    mode
        Which ties of a directed network count: "out" leaving, "in" entering, "all" both, each on its own.
    """
    values, provenance = _core.coreness(net._net, mode)
    return Result(provenance, net=net, values=values)
