"""Ties and reporting errors from several noisy words on each tie."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from linkpin import _core
from linkpin.catalogue import described
from linkpin.ecosystem import Ecosystem
from linkpin.measures._arguments import Progress
from linkpin.network import Network
from linkpin.result import Result
from linkpin.table import Table
from linkpin.uncertainty._arguments import to_seed
from linkpin.uncertainty.reconcile import ids_at

__all__ = ["reconstruct"]

Beta = tuple[float, float]


@described("reconstruct")
def reconstruct(
    eco: Ecosystem,
    items: str | Sequence[str] | None = None,
    *,
    wave: str | int | None = None,
    method: str = "em",
    errors: str = "all",
    false_positive: float | None = None,
    density_prior: Beta | None = None,
    false_positive_prior: Beta | None = None,
    false_negative_prior: Beta | None = None,
    threshold: float = 0.5,
    draws: int = 1000,
    burn: int = 300,
    chains: int = 4,
    level: float = 0.95,
    seed: int | None = None,
    threads: int = 0,
    progress: Progress = None,
) -> Result:
    """
    Parameters
    ----------
    eco
        An ecosystem with reports.
    items
        Questions about the same tie; by default all.
    wave
        Only this wave.
    method
        ``"em"`` (maximum likelihood, Newman 2018) or ``"gibbs"`` (posterior with intervals, Butts 2003).
    errors
        Whose error rates are told apart: ``"all"`` alike, each ``"respondent"``, each ``"item"``.
    false_positive
        The chance that a tie is told of that is not there, where it is known.
    density_prior, false_positive_prior, false_negative_prior
        Beta priors as (a, b).
    threshold
        ``.likely`` holds the ties whose probability is at least this.
    draws, burn, chains
        Of each chain (gibbs).
    level
        Of the intervals.
    seed
        None draws one and records it.

    ``.value`` is the density and ``.interval`` its interval or identified range; ``.identified`` says which.
    ``.table`` has from, to, words, yes, probability; ``.rates`` the false negatives and positives with intervals;
    ``.likely`` is the network of ties at least as likely as ``threshold``, with a tie column confidence (None
    where nothing was estimated).
    """
    asked = [items] if isinstance(items, str) else list(items or ())
    given = [("items", item, eco.items) for item in asked]
    given += [] if wave is None else [("wave", str(wave), eco.waves)]
    for argument, value, known in given:
        if value not in known:
            raise _core.InputError(
                f"reconstruct: {argument} = {value}: the ecosystem has: {', '.join(known) or 'none'}"
            )
    seed = to_seed(seed)
    identified, density, interval, rates, dyads, scale_reduction, provenance = _core.reconstruct(
        eco._eco,
        asked,
        "" if wave is None else str(wave),
        method,
        errors,
        false_positive,
        density_prior,
        false_positive_prior,
        false_negative_prior,
        draws,
        burn,
        chains,
        level,
        seed,
        threads,
        progress,
    )
    if np.isfinite(density) and not np.isfinite(interval[0]):
        provenance["warnings"].append("no interval: EM gives none; method='gibbs' does")
    from_, to, words, yes, probability = dyads
    table = Table(
        {"from": ids_at(eco, from_), "to": ids_at(eco, to), "words": words, "yes": yes, "probability": probability},
        title="how likely each tie is",
    )
    result = Result(
        provenance,
        value=density,
        table=table,
        identified=identified,
        rates=_rates(eco, rates, errors, asked or eco.items),
        scale_reduction=scale_reduction,
        how="EM" if method == "em" else f"Gibbs sampler, {chains} chains of {draws:,} draws after {burn:,}",
        likely=_network(table, threshold) if np.isfinite(density) else None,
    )
    if np.isfinite(interval[0]):
        result.interval = interval
        estimated = np.isfinite(density)
        result.interval_of = "density: reports" if estimated else "density: all values that the reports allow"
    return result


def _rates(eco: Ecosystem, rates: list[tuple[float, ...]], errors: str, items: list[str]) -> Table:
    names = ["words", "false_negative", "false_negative_low", "false_negative_high"]
    names += ["false_positive", "false_positive_low", "false_positive_high"]
    columns = dict(zip(names, (np.array(c) for c in list(zip(*rates, strict=True))[1:]), strict=True))
    who = [int(r[0]) for r in rates]
    if errors == "respondent":
        of = [eco.entities["id"][w] if w >= 0 else "all" for w in who]
    else:
        of = [items[w] if w >= 0 else "all" for w in who]
    return Table({"of": of, **columns}, title="reporting errors")


def _network(table: Table, threshold: float) -> Network:
    keep = table["probability"] >= threshold
    ids = list(dict.fromkeys([*table["from"].tolist(), *table["to"].tolist()]))
    return Network.from_edges(
        table["from"][keep],
        table["to"][keep],
        nodes=ids,
        attributes={"confidence": table["probability"][keep]},
        lens=f"ties with a probability of at least {threshold:g}, reconstructed from reports",
    )
