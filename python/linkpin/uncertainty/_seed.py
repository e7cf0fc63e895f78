"""Seeds: what the caller gave, or one drawn and recorded with the result."""

from __future__ import annotations

import secrets

__all__ = ["drawn"]


def drawn(seed: int | None) -> int:
    """Return the seed, or a fresh one where there is none."""
    return secrets.randbits(63) if seed is None else seed
