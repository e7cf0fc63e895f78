"""Kinds of tie from what a file says of direction: a kind is symmetric where all its ties are undirected."""

from __future__ import annotations

from collections.abc import Sequence

from .draft import Draft

__all__ = ["settle"]


def settle(draft: Draft, undirected: Sequence[bool]) -> None:
    """Give every tie a kind that says whether it has a direction; `undirected` has one value a tie of the draft.

    Ties without a kind become "tie", or "arc" and "edge" where the file has both. A kind whose ties are all undirected
    is symmetric; of a kind that has both, the undirected ones get the kind "… (undirected)".
    """
    count = len(draft.ties["from"])
    if not count:
        return
    kinds = draft.ties.setdefault("kind", [None] * count)
    found: dict[str | None, set[bool]] = {}
    for kind, flag in zip(kinds, undirected, strict=True):
        found.setdefault(kind, set()).add(flag)
    names: dict[tuple[str | None, bool], str] = {}
    for kind, flags in found.items():
        both = len(flags) == 2
        for flag in flags:
            if kind is None:
                names[kind, flag] = ("edge" if flag else "arc") if both else "tie"
            else:
                names[kind, flag] = f"{kind} (undirected)" if both and flag else kind
    for (kind, flag), name in names.items():
        if flag:
            draft.add_kind(name, symmetric=True, meaning=f"{kind or 'tie'}, without direction in the file")
        elif kind is None:
            draft.add_kind(name, symmetric=False, meaning="a tie with a direction")
    draft.ties["kind"] = [names[kind, flag] for kind, flag in zip(kinds, undirected, strict=True)]
