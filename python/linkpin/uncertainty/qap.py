"""Networks explained by networks: correlation and regression over dyads, tested by permuting vertices."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from linkpin import _core
from linkpin.catalogue import described
from linkpin.measures._arguments import Progress
from linkpin.result import Result
from linkpin.table import Table
from linkpin.uncertainty._arguments import Dyads, matrices, to_seed

__all__ = ["mrqap", "qap"]


@described("qap")
def qap(
    y: Dyads,
    x: Dyads,
    *,
    permutations: int = 1999,
    directed: bool = True,
    weights: str | None = None,
    seed: int | None = None,
    threads: int = 0,
    progress: Progress = None,
) -> Result:
    """
    Parameters
    ----------
    y, x
        Two networks, or square matrices with a row a sender, on the same vertices; NaN marks a dyad that was not
        observed. Networks and frames with names are matched by name.
    permutations
        How often the vertices of one are shuffled.
    directed
        False counts each pair once; the matrices are then symmetric.
    weights
        None (a tie counts 1), or the tie column that gives a network's values.
    seed
        Of the permutations; drawn and told in the result where None.

    The result has ``.value``, ``.p`` (two-sided), ``.p_greater``, ``.p_less``, ``.p_error``, ``.r_squared``, ``.dyads``
    and ``.table`` with the columns of :func:`mrqap`.
    """
    given = matrices("qap", {"y": y, "x": x}, weights)
    value, t, p, greater, less, error, dyads, provenance = _core.qap(
        given["y"], given["x"], permutations, to_seed(seed), directed, threads, progress
    )
    one = {"estimate": value, "standardised": value, "t": t, "p_greater": greater, "p_less": less}
    columns = {name: np.array([v]) for name, v in {**one, "p_two_sided": p, "p_error": error}.items()}
    return Result(
        provenance,
        value=value,
        table=Table({"term": ["x"], **columns}, title="qap"),
        p=p,
        p_two_sided=p,
        p_greater=greater,
        p_less=less,
        p_error=error,
        r_squared=value * value,
        dyads=dyads,
        permutations=permutations,
        how=f"{permutations:,} permutations",
    )


@described("mrqap")
def mrqap(
    y: Dyads,
    x: Mapping[str, Dyads],
    *,
    permutations: int = 1999,
    directed: bool = True,
    outcome: str = "continuous",
    weights: str | None = None,
    seed: int | None = None,
    threads: int = 0,
    progress: Progress = None,
) -> Result:
    """
    Parameters
    ----------
    y
        The network to explain, or a square matrix with a row a sender; NaN marks a dyad that was not observed.
    x
        What explains it, by name; all on the same vertices. Networks and frames with names are matched by name.
    permutations
        How often the vertices are shuffled for every term.
    directed
        False counts each pair once; the matrices are then symmetric.
    outcome
        ``"continuous"`` (least squares), or ``"binary"`` (logistic, for zeros and ones).
    weights
        None (a tie counts 1), or the tie column that gives a network's values.
    seed
        Of the permutations; drawn and told in the result where None.

    The result has ``.table`` (term, estimate, standardised, t, p_greater, p_less, p_two_sided, p_error),
    ``.r_squared``, ``.adjusted_r_squared``, ``.deviance``, ``.null_deviance``, ``.aic``, ``.dyads`` and
    ``.residual_df``.
    """
    if "y" in x:
        raise _core.InputError("mrqap: x, name = 'y': this is the name of the outcome: call the predictor otherwise")
    given = matrices("mrqap", {"y": y, **x}, weights)
    names = list(x)
    terms, columns, fit, provenance = _core.mrqap(
        given["y"],
        names,
        [given[name] for name in names],
        permutations,
        to_seed(seed),
        directed,
        outcome,
        threads,
        progress,
    )
    heads = ("estimate", "standardised", "t", "p_greater", "p_less", "p_two_sided", "p_error")
    table = Table({"term": terms, **dict(zip(heads, columns, strict=True))}, title="mrqap")
    how = f"{outcome} outcome, {permutations:,} permutations"
    return Result(provenance, table=table, permutations=permutations, how=how, **fit)
