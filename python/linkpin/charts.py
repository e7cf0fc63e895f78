"""The forms of charts that results are drawn in: bars, values with their intervals, curves, shaded tables."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from linkpin import display

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["INK", "PALETTE", "bars", "curves", "new_axes", "plain", "ranges", "shades", "short"]

# Okabe & Ito's colours, told apart by colour-blind readers, ordered so that neighbours differ most.
PALETTE = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#8A8D00", "#5B4B8A", "#7F7F7F", "#222222")
INK = "#26303a"


def new_axes(ax: Axes | None, width: float, height: float) -> Axes:
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


def plain(text: str) -> str:
    """Keep matplotlib from reading labels as mathematics, or hiding those that begin with an underscore."""
    text = text.replace("$", r"\$")
    return "\u200b" + text if text.startswith("_") else text


def short(text: str, most: int = 30) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1] + "…"


def bars(
    names: Sequence[str], values: npt.ArrayLike, *, ax: Axes | None = None, title: str = "", unit: str = ""
) -> Axes:
    """Draw horizontal bars, the first on top, each with its value written out."""
    numbers = np.asarray(values, dtype=float)
    ax = new_axes(ax, 7.5, 0.8 + 0.32 * max(1, len(numbers)))
    rows = np.arange(len(numbers))[::-1]
    ax.barh(rows, np.nan_to_num(numbers), color=PALETTE[0], height=0.66)
    ax.set_yticks(rows, [plain(short(n, 42)) for n in names])
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
        ax.set_title(plain(title), loc="left", color=INK)
    if unit:
        ax.set_xlabel(plain(unit), color=INK)
    return ax


def _bare(ax: Axes, names: Sequence[str], rows: npt.NDArray[np.int64], title: str, unit: str) -> None:
    """Leave of the axes only the names of the rows, the title and the unit."""
    ax.set_yticks(rows, [plain(short(n, 42)) for n in names])
    for side in ("top", "right", "bottom", "left"):
        ax.spines[side].set_visible(False)
    ax.tick_params(axis="y", length=0, labelcolor=INK)
    if title:
        ax.set_title(plain(title), loc="left", color=INK)
    if unit:
        ax.set_xlabel(plain(unit), color=INK)


def ranges(
    names: Sequence[str],
    values: npt.ArrayLike,
    low: npt.ArrayLike,
    high: npt.ArrayLike,
    *,
    ends: tuple[float, float] | None = None,
    ax: Axes | None = None,
    title: str = "",
    unit: str = "",
) -> Axes:
    """Draw each value as a dot on the line from its low to its high; where these are undefined, the dot alone."""
    numbers, lows, highs = (np.asarray(x, dtype=float) for x in (values, low, high))
    ax = new_axes(ax, 7.5, 1.0 + 0.34 * max(1, len(numbers)))
    rows = np.arange(len(numbers))[::-1]
    ax.hlines(rows, lows, highs, color=PALETTE[4], linewidth=6, alpha=0.6, zorder=1)
    ax.scatter(numbers, rows, s=46, color=PALETTE[0], edgecolors="white", zorder=2)
    for row, value in zip(rows, numbers, strict=True):
        if math.isnan(value):
            ax.annotate("–", (0, row), va="center", color=INK)
            continue
        said = display.number(float(value))
        ax.annotate(said, (value, row), (0, 6), textcoords="offset points", ha="center", fontsize=8.5, color=INK)
    if ends is not None:
        margin = 0.04 * (ends[1] - ends[0])
        ax.set_xlim(ends[0] - margin, ends[1] + margin)
    ax.set_ylim(-0.6, len(numbers) - 0.2)
    ax.axvline(0, color=INK, linewidth=0.6, alpha=0.5, zorder=0)
    _bare(ax, names, rows, title, unit)
    return ax


def curves(
    groups: Sequence[str],
    x: npt.ArrayLike,
    y: npt.ArrayLike,
    low: npt.ArrayLike | None = None,
    high: npt.ArrayLike | None = None,
    *,
    start: tuple[float, float] | None = None,
    ax: Axes | None = None,
    title: str = "",
    labels: tuple[str, str] = ("", ""),
) -> Axes:
    """Draw y as steps over x, a curve for each group with the band between low and high; each begins at ``start``."""
    ax = new_axes(ax, 7.5, 4.5)
    across, up = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    bands = None if low is None or high is None else (np.asarray(low, dtype=float), np.asarray(high, dtype=float))
    begin = ([], []) if start is None else ([start[0]], [start[1]])
    for i, name in enumerate(dict.fromkeys(groups)):
        chosen = np.array([g == name for g in groups])
        colour = PALETTE[i % len(PALETTE)]
        label = plain(str(name)) if name else None
        ax.step([*begin[0], *across[chosen]], [*begin[1], *up[chosen]], where="post", color=colour, label=label)
        if bands is not None:
            least, most = (band[chosen] for band in bands)
            ax.fill_between(across[chosen], least, most, step="post", color=colour, alpha=0.18, linewidth=0)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    ax.set_xlabel(labels[0], color=INK)
    ax.set_ylabel(labels[1], color=INK)
    ax.set_ylim(bottom=0)
    if any(groups):
        ax.legend(frameon=False, labelcolor=INK)
    if title:
        ax.set_title(plain(title), loc="left", color=INK)
    return ax


def shades(
    rows: Sequence[str], columns: Sequence[str], values: npt.ArrayLike, *, ax: Axes | None = None, title: str = ""
) -> Axes:
    """Draw a table of numbers, darker where they are larger, each written out."""
    numbers = np.asarray(values, dtype=float)
    ax = new_axes(ax, 2.5 + 0.55 * len(columns), 1.6 + 0.4 * len(rows))
    ax.imshow(np.nan_to_num(numbers), cmap="Blues", aspect="auto", vmax=1.6 * max(1e-9, np.nanmax(numbers, initial=0)))
    ax.set_xticks(range(len(columns)), [plain(short(c, 24)) for c in columns], rotation=35, ha="left")
    ax.xaxis.tick_top()
    ax.set_yticks(range(len(rows)), [plain(short(r, 24)) for r in rows])
    for i, j in np.ndindex(numbers.shape):
        said = "·" if numbers[i, j] == 0 else display.number(float(numbers[i, j]))
        ax.annotate(said, (j, i), ha="center", va="center", fontsize=8.5, color=INK)
    ax.tick_params(length=0, labelcolor=INK)
    for side in ("top", "right", "bottom", "left"):
        ax.spines[side].set_visible(False)
    if title:
        ax.set_title(plain(title), loc="left", color=INK)
    return ax
