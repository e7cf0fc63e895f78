"""How far evidence moves belief in a claim that something contributed to an outcome."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

import numpy as np

from linkpin import _core
from linkpin.catalogue import described
from linkpin.result import Result
from linkpin.table import Table

__all__ = ["contribution"]

Chance: TypeAlias = "float | tuple[float, float]"

_KEYS = {"name", "sensitivity", "type_one", "passed", "group"}


def _range(value: Any, what: str) -> tuple[float, float]:
    ends = value if isinstance(value, (tuple, list)) else (value, value)
    try:
        low, high = (float(end) for end in ends)
    except (TypeError, ValueError):
        raise _core.InputError(f"contribution: {what} = {value!r}: give a probability, or a pair (low, high)") from None
    return low, high


def _found(value: Any, test: int) -> bool:
    if not isinstance(value, (bool, np.bool_, int, np.integer)) or value not in (0, 1):
        raise _core.InputError(
            f"contribution: test {test}: passed = {value!r}: True where the evidence was found, False where it was "
            "looked for in vain; leave the test out where nobody looked"
        )
    return bool(value)


@described("contribution")
def contribution(prior: Chance, tests: Iterable[Mapping[str, Any]], *, threshold: float = 0.5) -> Result:
    """
    Parameters
    ----------
    prior
        Probability of the claim before the evidence: a number, or (low, high).
    tests
        One mapping for each piece of evidence that was looked for: ``sensitivity`` and ``type_one`` (numbers, or
        (low, high)), ``passed`` (whether it was found), and if wished ``group`` (tests with the same group may depend
        on each other) and ``name``.
    threshold
        The verdict is whether the posterior is above it.

    The result has ``.value``, ``.interval``, ``.lower``, ``.upper``, ``.if_independent``, ``.ratio``, ``.decibans``,
    ``.flip_prior``, and ``.table`` with a row a test: name, kind, passed, group, ratio, ratio_low, ratio_high,
    decibans, flip_sensitivity, flip_type_one.
    """
    rows = list(tests)
    for i, test in enumerate(rows, 1):
        if unknown := set(test) - _KEYS:
            raise _core.InputError(f"contribution: test {i}: {min(unknown)!r}: a test has {', '.join(sorted(_KEYS))}")
        if missing := {"sensitivity", "type_one", "passed"} - set(test):
            raise _core.InputError(f"contribution: test {i}: {min(missing)} is missing: give it")
    names = [str(test.get("name") or f"test {i}") for i, test in enumerate(rows, 1)]
    groups = ["" if test.get("group") is None else str(test["group"]) for test in rows]
    given = [
        (
            name,
            _range(test["sensitivity"], f"test {i}: sensitivity"),
            _range(test["type_one"], f"test {i}: type_one"),
            _found(test["passed"], i),
            group,
        )
        for i, (name, test, group) in enumerate(zip(names, rows, groups, strict=True), 1)
    ]
    value, bounds, parts, kinds, columns, provenance = _core.contribution(_range(prior, "prior"), given, threshold)
    heads = ("ratio", "ratio_low", "ratio_high", "decibans", "flip_sensitivity", "flip_type_one")
    table = Table(
        {
            "name": names,
            "kind": kinds,
            "passed": [test[3] for test in given],
            "group": [group or None for group in groups],
            **dict(zip(heads, columns, strict=True)),
        },
        title="contribution",
    )
    result = Result(
        provenance,
        value=value,
        table=table,
        lower=bounds[0],
        upper=bounds[1],
        bounds=bounds,
        flip=parts["flip_prior"],
        **parts,
    )
    result.interval = bounds
    result.interval_of = (
        "the prior and the tests' probabilities over all their ranges, and any dependence within groups"
    )
    return result
