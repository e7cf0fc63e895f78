"""Pictures: a map of the network, and one picture for each shape of result. They are matplotlib, so users can go on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from linkpin import display

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from linkpin.network import Network
    from linkpin.result import Result

__all__ = ["PALETTE", "layout", "network", "plot"]

# Okabe & Ito's colours, told apart by colour-blind readers, ordered so that neighbours differ most.
PALETTE = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#8A8D00", "#5B4B8A", "#7F7F7F", "#222222")
INK = "#26303a"
TIE = "#9aa5b1"


def _axes(ax: Axes | None, width: float, height: float) -> Axes:
    if ax is not None:
        return ax
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    if _in_pyplot():
        import matplotlib.pyplot as plt

        return plt.subplots(figsize=(width, height), layout="constrained")[1]
    figure = Figure(figsize=(width, height), layout="constrained")
    FigureCanvasAgg(figure)
    return figure.add_subplot()


def _in_pyplot() -> bool:
    """Whether the user works with pyplot (a notebook does), so that figures show there by themselves."""
    import sys

    return "matplotlib.pyplot" in sys.modules or "ipykernel" in sys.modules


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

    ax = _axes(ax, 10, 7)
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
    for code in range(-1, min(len(names), len(PALETTE))):
        chosen = codes == code if code < len(PALETTE) - 1 else codes >= code
        if not chosen.any():
            continue
        colour = "#d5dbe1" if code < 0 else PALETTE[code]
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
            label=_plain(name),
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
        ax.set_title(_plain(title), loc="left", color=INK)
    _name_vertices(ax, net, places, score, area, labels)
    return ax


def _plain(text: str) -> str:
    """Keep matplotlib from reading labels as mathematics, or hiding those that begin with an underscore."""
    text = text.replace("$", r"\$")
    return "\u200b" + text if text.startswith("_") else text


def _short(text: str, most: int = 30) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1] + "…"


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
        text = _short(words[v])
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
            _plain(text),
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


def bars(
    names: Sequence[str], values: npt.ArrayLike, *, ax: Axes | None = None, title: str = "", unit: str = ""
) -> Axes:
    """Draw horizontal bars, the first on top, each with its value written out."""
    numbers = np.asarray(values, dtype=float)
    ax = _axes(ax, 7.5, 0.8 + 0.32 * max(1, len(numbers)))
    rows = np.arange(len(numbers))[::-1]
    ax.barh(rows, np.nan_to_num(numbers), color=PALETTE[0], height=0.66)
    ax.set_yticks(rows, [_plain(_short(n, 42)) for n in names])
    ax.axvline(0, color=INK, linewidth=0.8)
    for row, value in zip(rows, numbers, strict=True):
        ax.annotate(
            display.number(float(value)),
            (0 if math.isnan(value) else value, row),
            xytext=(4 if not value < 0 else -4, 0),
            textcoords="offset points",
            va="center",
            ha="left" if not value < 0 else "right",
            fontsize=9,
            color=INK,
        )
    for side in ("top", "right", "bottom", "left"):
        ax.spines[side].set_visible(False)
    ax.tick_params(axis="y", length=0, labelcolor=INK)
    ax.set_xticks([])
    ax.margins(x=0.14)
    if title:
        ax.set_title(_plain(title), loc="left", color=INK)
    if unit:
        ax.set_xlabel(_plain(unit), color=INK)
    return ax


def plot(result: Result, *, top: int = 15, ax: Axes | None = None) -> Axes:
    """Draw a result: bars of the highest values by vertex or row, or one bar for one number.

    Parameters
    ----------
    result
        What a measure answered.
    top
        How many rows are drawn at most.
    ax
        The axes to draw on; by default a new figure.
    """
    title, unit = result.entry.title, result.entry.unit
    if result._values is not None:
        order = np.argsort(-np.nan_to_num(result.values, nan=-np.inf), kind="stable")[:top]
        names = [result.names[i] for i in order]
        return bars(names, result.values[order], ax=ax, title=title, unit=unit)
    if result._value is not None:
        return bars([title], [float(result.value)], ax=ax, unit=unit)
    table = result.table
    number = next((c for c in table.columns if table[c].dtype.kind in "fi"), None)
    if number is None or not len(table):
        raise ValueError(f"plot: the result of {result.measure} has no numbers to draw; look at .table")
    words = [c for c in table.columns if table[c].dtype.kind == "O"][:2]
    names = [" – ".join(str(table[c][i]) for c in words) or str(i) for i in range(min(top, len(table)))]
    return bars(names, table[number][:top].astype(float), ax=ax, title=f"{title}: {number}", unit=unit)
