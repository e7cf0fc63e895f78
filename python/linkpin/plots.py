"""Pictures: a map of the network, and one picture for each shape of result. They are matplotlib, so users can go on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from linkpin.charts import INK, PALETTE, bars, new_axes, plain, short
from linkpin.drawings import plot

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from linkpin.network import Network

__all__ = ["PALETTE", "bars", "layout", "network", "plot"]

TIE = "#9aa5b1"


def _spring(graph: Any, start: dict[int, Any], seed: int) -> dict[int, Any]:
    import networkx as nx

    return dict(nx.spring_layout(graph, pos=start, k=1.1 / math.sqrt(len(graph)), iterations=60, seed=seed))


_GAP = 0.7  # between parts; a tie is about 1 long


def layout(net: Network, seed: int = 0) -> npt.NDArray[np.float64]:
    """Place the vertices in the plane: (n, 2), each part on its own, the largest part first, isolates last.

    Stress-minimising (Kamada & Kawai) up to 400 vertices a part, force-directed beyond.
    """
    import networkx as nx

    graph: Any = nx.Graph()
    graph.add_nodes_from(range(net.n))
    graph.add_edges_from(zip(net.sources.tolist(), net.targets.tolist(), strict=True))
    graph.remove_edges_from(nx.selfloop_edges(graph))
    places = np.zeros((net.n, 2))
    parts = sorted(nx.connected_components(graph), key=lambda c: (-len(c), min(c)))
    boxes: list[tuple[list[int], npt.NDArray[np.float64]]] = []
    for part in parts:
        nodes = sorted(part)
        if len(nodes) == 1:
            box = np.zeros((1, 2))
        elif len(nodes) == 2:
            box = np.array([(0.0, 0.0), (1.0, 0.0)])
        else:
            sub = graph.subgraph(nodes)
            found = nx.kamada_kawai_layout(sub) if len(nodes) <= 400 else _spring(sub, nx.circular_layout(sub), seed)
            box = np.array([found[v] for v in nodes])
            box -= box.min(axis=0)
            box *= math.sqrt(len(nodes)) / max(float(box.max()), 1e-9)
        boxes.append((nodes, box))
    # Parts stand on shelves, in columns: below the last one where the shelf has room left, else beside it.
    room = [(float(box[:, 0].max()) + _GAP, float(box[:, 1].max()) + _GAP) for _, box in boxes]
    widest = max([math.sqrt(2 * sum(w * h for w, h in room)), *(w for w, _ in room)], default=0.0)
    left, column, down, top, shelf = 0.0, 0.0, 0.0, 0.0, 0.0
    for (nodes, box), (width, height) in zip(boxes, room, strict=True):
        if down + height > shelf or width > column:
            left, column, down = left + column, width, 0.0
            if left + width > widest:
                left, top, shelf = 0.0, top - shelf, 0.0
            shelf = max(shelf, height)
        places[nodes] = box + np.array((left, top - down - height + _GAP))
        down += height
    return places


def _codes(labels: Sequence[Any]) -> tuple[list[str], npt.NDArray[np.int64]]:
    known = [str(v) for v in labels if v is not None]
    names = sorted(set(known), key=lambda name: (-known.count(name), name))
    index = {name: i for i, name in enumerate(names)}
    return names, np.array([index.get(str(v), -1) if v is not None else -1 for v in labels], dtype=np.int64)


def network(
    net: Network,
    groups: str | Sequence[Any] | None = None,
    *,
    size: npt.ArrayLike | None = None,
    labels: int | Sequence[str] = 12,
    ax: Axes | None = None,
    seed: int = 0,
    title: str = "",
) -> Axes:
    """Draw a map of the network.

    Parameters
    ----------
    net
        The network.
    groups
        Vertex column, or one label a vertex, that gives the colours; by default sector, group or kind where there is
        one.
    size
        One number a vertex for the size of its dot; by default its number of ties.
    labels
        How many of the largest dots are named, or the ids of those that are.
    ax
        The axes to draw on; by default a new figure.
    seed
        Of the layout of large parts.
    title
        Heading of the picture.
    """
    from linkpin.assess.scorecard import default_groups

    ax = new_axes(ax, 10, 7)
    column = default_groups(net) if groups is None else groups
    given: Sequence[Any] = (
        net.vertices[column].tolist()
        if isinstance(column, str)
        else list(column)
        if column is not None
        else [None] * net.n
    )
    names, codes = _codes(given)
    places = layout(net, seed)
    weight = np.bincount(net.sources, minlength=net.n) + np.bincount(net.targets, minlength=net.n)
    score = np.asarray(weight if size is None else size, dtype=float)
    score = np.nan_to_num(score, nan=0.0)
    area = 22 + 300 * score / max(float(score.max(initial=0.0)), 1e-9)

    from matplotlib.collections import LineCollection

    ends = np.stack([places[net.sources], places[net.targets]], axis=1)
    ax.add_collection(LineCollection(list(ends), colors=TIE, linewidths=0.7, alpha=0.55, zorder=1))
    for code in (*range(min(len(names), len(PALETTE))), -1):  # in the legend "not known" comes last
        chosen = codes == code if code < len(PALETTE) - 1 else codes >= code
        if not chosen.any():
            continue
        unknown = "#d5dbe1" if names else PALETTE[0]  # where nobody has a group, pale dots would look left out
        colour = unknown if code < 0 else PALETTE[code]
        rest = code == len(PALETTE) - 1 and len(names) > len(PALETTE)
        name = "not known" if code < 0 else "other groups" if rest else names[code]
        x, y = places[chosen].T
        ax.scatter(
            x,
            y,
            s=area[chosen],
            c=colour,
            edgecolors="white",
            linewidths=0.8,
            zorder=2,
            label=plain(name),
        )
    if names:
        legend = ax.legend(
            loc="upper center", bbox_to_anchor=(0.5, 0.0), ncols=4, frameon=False, fontsize=9, labelcolor=INK
        )
        for handle in legend.legend_handles:
            if handle is not None:
                handle.set_sizes([60])  # type: ignore[attr-defined]
    ax.set_axis_off()
    ax.set_aspect("equal")
    ax.autoscale_view()
    if title:
        ax.set_title(plain(title), loc="left", color=INK)
    _name_vertices(ax, net, places, score, area, labels)
    return ax


_Box = tuple[float, float, float, float]  # left, bottom, right, top, in points

# Where a name may stand, best first: the side of the dot its text begins from, as shares of the text's own size.
_SIDES = ((0, -0.5), (-1, -0.5), (-0.5, 0), (-0.5, -1), (0, 0), (0, -1), (-1, 0), (-1, -1))


def _overlap(a: _Box, b: _Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _beside(x: float, y: float, radius: float, width: float, height: float) -> list[_Box]:
    """Return the boxes around a dot in which a text of this size could stand."""
    boxes = []
    for across, up in _SIDES:
        gap = radius + 1.5 if -0.5 in (across, up) else 0.75 * radius
        left = x + across * width + gap * (1 + 2 * across if across != -0.5 else 0)
        bottom = y + up * height + gap * (1 + 2 * up if up != -0.5 else 0)
        boxes.append((left, bottom, left + width, bottom + height))
    return boxes


def _name_vertices(
    ax: Axes,
    net: Network,
    places: npt.NDArray[np.float64],
    score: npt.NDArray[np.float64],
    area: npt.NDArray[np.float64],
    labels: int | Sequence[str],
) -> None:
    """Name dots, the largest first, each beside its dot; a name that would cover another name is left out."""
    words = net.labels()
    if isinstance(labels, int):
        order = sorted(range(net.n), key=lambda v: (-score[v], net.names[v]))[:labels]
    else:
        order = net.ids(labels).tolist()
    if not order:
        return
    figure = ax.get_figure()
    figure.draw_without_rendering()  # type: ignore[union-attr]  # from here on places in the plane are places on paper
    x, y = (ax.transData.transform(places) * 72 / figure.dpi).T  # type: ignore[union-attr]
    radius = np.sqrt(area) / 2
    size = 8.5
    taken: list[_Box] = []
    for v in order:
        text = short(words[v])
        best: tuple[int, _Box] | None = None
        for box in _beside(x[v], y[v], radius[v], 0.56 * size * len(text), 1.2 * size):
            if any(_overlap(box, other) for other in taken):
                continue
            reach = (x + radius > box[0]) & (x - radius < box[2]) & (y + radius > box[1]) & (y - radius < box[3])
            covered = int(reach.sum()) - bool(reach[v])
            if best is None or covered < best[0]:
                best = (covered, box)
        if best is None:
            continue
        box = best[1]
        taken.append(box)
        # Centred on its box, so that a font of another width stays beside the dot.
        ax.annotate(
            plain(text),
            tuple(places[v]),
            xytext=((box[0] + box[2]) / 2 - x[v], (box[1] + box[3]) / 2 - y[v]),
            textcoords="offset points",
            ha="center",
            va="center",
            fontsize=size,
            color=INK,
            zorder=4,
            bbox={"facecolor": "white", "alpha": 0.6, "edgecolor": "none", "pad": 0.3},
        )
