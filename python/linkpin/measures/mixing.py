"""Mixing: whether ties stay within groups or cross between them."""

from __future__ import annotations

from typing import Any

import numpy as np

from linkpin import _core
from linkpin.catalogue import described
from linkpin.measures._arguments import Groups, Weights, labels, to_groups
from linkpin.network import Network
from linkpin.result import Result
from linkpin.table import Table

__all__ = ["assortativity", "blau", "degree_assortativity", "ei_index", "mixing_matrix", "modularity"]


@described("ei_index")
def ei_index(net: Network, groups: Groups, weights: Weights = None) -> Result:
    """
    The result has ``.value``, ``.internal`` and ``.external``, ``.by_group`` (group, size, internal, external, EI) and
    ``.by_node`` (id, group, internal, external, EI, blau).
    """
    given = to_groups(net, groups)
    value, internal, external, names, sizes, group, vertex, blau_values, provenance = _core.ei_index(
        net._net, given, weights
    )
    columns = ("internal", "external", "EI")
    by_group = Table({"group": names, "size": sizes, **dict(zip(columns, group, strict=True))}, title="by group")
    by_node = Table(
        {
            "id": net.names,
            "group": labels(net, given),
            **dict(zip(columns, vertex, strict=True)),
            "blau": blau_values,
        },
        title="by node",
    )
    return Result(
        provenance, net=net, value=value, internal=internal, external=external, by_group=by_group, by_node=by_node
    )


@described("mixing_matrix")
def mixing_matrix(net: Network, groups: Groups, weights: Weights = None) -> Result:
    """
    The result has ``.table`` (from, to, ties, dyads, rate, weight), ``.groups``, and the same numbers as square arrays
    ``.ties``, ``.dyads``, ``.rate`` and ``.weight`` with a row a group of the tail.
    """
    names, ties, dyads, rate, weight, provenance = _core.mixing_matrix(net._net, to_groups(net, groups), weights)
    k = len(names)
    table = Table(
        {
            "from": [name for name in names for _ in range(k)],
            "to": names * k,
            "ties": ties,
            "dyads": dyads,
            "rate": rate,
            "weight": weight,
        },
        title="mixing matrix",
    )
    arrays = {"ties": ties, "dyads": dyads, "rate": rate, "weight": weight}
    square: dict[str, Any] = {name: np.reshape(values, (k, k)) for name, values in arrays.items()}
    return Result(provenance, net=net, table=table, groups=names, **square)


@described("assortativity")
def assortativity(net: Network, groups: Groups, weights: Weights = None) -> Result:
    value, provenance = _core.assortativity(net._net, to_groups(net, groups), weights)
    return Result(provenance, net=net, value=value)


@described("degree_assortativity")
def degree_assortativity(net: Network) -> Result:
    value, provenance = _core.degree_assortativity(net._net)
    return Result(provenance, net=net, value=value)


@described("modularity")
def modularity(
    net: Network, groups: Groups, weights: Weights = None, *, resolution: float = 1.0, directed: bool = True
) -> Result:
    """
    Parameters
    ----------
    resolution
        How many times what is expected by chance counts.
    directed
        Follow the network; False reads arcs as undirected ties.
    """
    value, provenance = _core.modularity(net._net, to_groups(net, groups), weights, resolution, directed)
    return Result(provenance, net=net, value=value)


@described("blau")
def blau(net: Network, groups: Groups, weights: Weights = None) -> Result:
    """
    The result has ``.values`` by vertex and ``.whole``, the index of all vertices.
    """
    values, whole, provenance = _core.blau(net._net, to_groups(net, groups), weights)
    return Result(provenance, net=net, values=values, whole=whole)
