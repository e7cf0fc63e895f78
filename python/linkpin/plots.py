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


def layout(net: Network, seed: int = 0) -> npt.NDArray[np.float64]:
    """Place the vertices in the plane: (n, 2), each part on its own, the largest part first.

    Stress-minimising (Kamada & Kawai) up to 400 vertices a part, force-directed beyond; isolates stand in rows below.
    """
    import networkx as nx

    graph: Any = nx.Graph()
    graph.add_nodes_from(range(net.n))
    graph.add_edges_from(zip(net.sources.tolist(), net.targets.tolist(), strict=True))
    graph.remove_edges_from(nx.selfloop_edges(graph))
    places = np.zeros((net.n, 2))
    parts = sorted(nx.connected_components(graph), key=lambda c: (-len(c), min(c)))
    isolates = [v for part in parts if len(part) == 1 for v in part]
    left, floor, row_height, widest = 0.0, 0.0, 0.0, math.sqrt(max(1, net.n)) * 1.7
    for part in parts:
        if len(part) == 1:
            continue
        nodes = sorted(part)
        sub = graph.subgraph(nodes)
        found = nx.kamada_kawai_layout(sub) if len(nodes) <= 400 else _spring(sub, nx.circular_layout(sub), seed)
        size = math.sqrt(len(nodes))
        box = np.array([found[v] for v in nodes])
        box = (box - box.min(axis=0)) / max(float(np.ptp(box, axis=0).max()), 1e-9) * size
        if left > 0 and left + size > widest:
            left, floor, row_height = 0.0, floor - row_height - 0.6, 0.0
        places[nodes] = box + np.array((left, floor - size))
        left += size + 0.6
        row_height = max(row_height, size)
    floor -= row_height + (0.8 if isolates else 0.0)
    per_row = max(1, int(widest / 0.45))
    for i, v in enumerate(isolates):
        places[v] = [(i % per_row) * 0.45, floor - (i // per_row) * 0.45]
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
        name = "group not known" if code < 0 else "other groups" if rest else names[code]
        ax.scatter(
            *places[chosen].T,
            s=area[chosen],
            c=colour,
            edgecolors="white",
            linewidths=0.8,
            zorder=2,
            label=_plain(name),
        )
    _name_vertices(ax, net, places, score, labels)
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
    return ax


def _plain(text: str) -> str:
    """Keep matplotlib from reading labels as mathematics, or hiding those that begin with an underscore."""
    text = text.replace("$", r"\$")
    return "\u200b" + text if text.startswith("_") else text


def _short(text: str, most: int = 30) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1] + "…"


def _name_vertices(
    ax: Axes,
    net: Network,
    places: npt.NDArray[np.float64],
    score: npt.NDArray[np.float64],
    labels: int | Sequence[str],
) -> None:
    """Name dots, the largest first, each above or below its dot, leaving out a name that would cover another."""
    words = net.labels()
    if isinstance(labels, int):
        order = sorted(range(net.n), key=lambda v: (-score[v], net.names[v]))[:labels]
    else:
        order = net.ids(labels).tolist()
    span = np.ptp(places, axis=0) if net.n else np.ones(2)
    height = max(float(span.max()) * 0.034, 0.12)
    taken: list[tuple[float, float, float, float]] = []
    for v in order:
        text = _short(words[v])
        width = 0.52 * height * len(text)
        x, y = places[v]
        for shift in (0.75 * height, -1.5 * height, 1.7 * height, -2.4 * height):
            box = (x - width / 2, y + shift, x + width / 2, y + shift + height)
            if all(box[2] < t[0] or box[0] > t[2] or box[3] < t[1] or box[1] > t[3] for t in taken):
                taken.append(box)
                ax.annotate(
                    _plain(text),
                    (x, y + shift),
                    ha="center",
                    va="bottom",
                    fontsize=8.5,
                    color=INK,
                    zorder=4,
                    bbox={"facecolor": "white", "alpha": 0.72, "edgecolor": "none", "pad": 0.8},
                )
                break


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
