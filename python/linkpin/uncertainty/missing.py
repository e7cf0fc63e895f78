"""Non-response: scores under each treatment of the missing answers, and how far they can be trusted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from linkpin import _core
from linkpin.catalogue import described
from linkpin.ecosystem import Ecosystem
from linkpin.measures._arguments import Groups, Progress, to_groups
from linkpin.network import Network
from linkpin.result import Result
from linkpin.table import Table
from linkpin.uncertainty._arguments import to_seed
from linkpin.uncertainty._scores import Statistic, answering, named

__all__ = ["missing_sensitivity", "missing_trust", "pool", "treated"]

TREATMENTS = ("available", "complete", "partner", "preferential", "hot deck", "block", "regression")


def _words(treatments: str | Sequence[str] | None) -> list[str]:
    if treatments is None:
        return list(TREATMENTS)
    return [treatments] if isinstance(treatments, str) else list(treatments)


def _own_groups(net: Network, groups: Groups | None) -> str | list[str] | None:
    return None if groups is None else to_groups(net, groups)


def treated(
    net: Network, treatment: str, *, groups: Groups | None = None, seed: int = 0, replicate: int = 0
) -> Network:
    """Return the network under a treatment of the ties that respondents gave no answer about.

    Parameters
    ----------
    net
        The network; its mask says which dyads were answered.
    treatment
        "available" (as it stands), "complete" (only those who answered), "partner" (the partner's word), and by chance
        "preferential", "hot deck", "block" or "regression".
    groups
        For "block" and "regression": a vertex column or one label a vertex. Without, blocks are found in the ties.
    seed, replicate
        Of the treatments that draw by chance.
    """
    return Network(_core.treated(net._net, treatment, _own_groups(net, groups), seed, replicate))


@described("missing_sensitivity")
def missing_sensitivity(
    eco: Ecosystem | Network,
    statistic: Statistic | Mapping[str, Statistic] | None = None,
    *,
    treatments: str | Sequence[str] | None = None,
    imputations: int = 20,
    groups: Groups | None = None,
    item: str | None = None,
    wave: str | int | None = None,
    rule: str = "union",
    seed: int | None = None,
    progress: Progress = None,
) -> Result:
    """
    Parameters
    ----------
    eco
        An ecosystem with reports, or a network with a mask.
    statistic
        What is scored: a callable of a network that gives a number, a Result, named numbers or one number a vertex; or
        several by name. By default density, reciprocity, transitivity and degree centralisation.
    treatments
        Some of "available", "complete", "partner", "preferential", "hot deck", "block", "regression"; by default all.
    imputations
        Of each treatment that draws by chance; their mean counts, their spread is kept.
    groups
        For "block" and "regression": a vertex column or labels. Without, blocks are found in the ties.
    item, wave, rule
        For an ecosystem: as in ``eco.network``.
    seed
        None draws one and records it.

    The result's ``.table`` has score, id (None for scores of the whole), a column for each treatment, low and high;
    ``.spread`` has the standard deviations over imputations, ``.ranks`` how alike each treatment ranks the vertices
    (Spearman's correlation with the available case). ``.unanswered`` and ``.unasked`` count dyads.
    """
    seed = to_seed(seed)
    words = _words(treatments)
    net = eco if isinstance(eco, Network) else eco.network(item=item, wave=wave, rule=rule)
    labels = _own_groups(net, groups)
    rows: list[tuple[object, ...]] = []
    spreads: list[tuple[object, ...]] = []
    ranks: list[tuple[object, ...]] = []
    warnings: list[str] = []
    unanswered = unasked = 0
    provenance: dict[str, object] = {}
    for name, call in named(statistic).items():
        ask = answering("missing_sensitivity", name, call)
        if isinstance(eco, Network):
            answer = _core.missing_sensitivity(eco._net, ask, words, imputations, labels, seed, progress)
        else:
            lens = (item or "", "" if wave is None else str(wave), rule)
            answer = _core.missing_sensitivity_of_reports(
                eco._eco, *lens, ask, words, imputations, labels, seed, progress
            )
        _, found, correlation, unanswered, unasked, provenance = answer
        for score, vertex, values, spread, low, high in found:
            who = (score or name, net.names[vertex] if vertex >= 0 else None)
            rows.append((*who, *values, low, high))
            spreads.append((*who, *spread))
        if any(vertex >= 0 for _, vertex, *_ in found):
            ranks.append((name, *correlation))
        warnings += [w for w in provenance["warnings"] if w not in warnings]  # type: ignore[attr-defined]
        warnings += _undefined(words, [(score or name, values) for score, vertex, values, *_ in found if vertex < 0])
    provenance["warnings"] = warnings
    return Result(
        provenance,
        table=_table(("score", "id", *words, "low", "high"), rows, "scores under each treatment"),
        spread=_table(("score", "id", *words), spreads, "spread over imputations"),
        ranks=_table(("score", *words), ranks, "rank correlation with the available case"),
        unanswered=unanswered,
        unasked=unasked,
        how=f"treatments {', '.join(words)}, {imputations} imputations where drawn by chance",
    )


def _undefined(words: Sequence[str], scores: Sequence[tuple[str, Sequence[float]]]) -> list[str]:
    """Say which scores of the whole a treatment leaves undefined."""
    under = {name: [w for w, v in zip(words, values, strict=True) if np.isnan(v)] for name, values in scores}
    return [
        f"{name} is undefined under {'every treatment' if len(lost) == len(words) else ', '.join(lost)}"
        for name, lost in under.items()
        if lost
    ]


@described("missing_trust")
def missing_trust(
    net: Network,
    statistic: Statistic | Mapping[str, Statistic] | None = None,
    response_rates: Sequence[float] = (0.9, 0.8, 0.7, 0.6, 0.5),
    *,
    treatments: str | Sequence[str] = ("available", "complete"),
    silence: str = "random",
    replicates: int = 100,
    groups: Groups | None = None,
    seed: int | None = None,
    progress: Progress = None,
) -> Result:
    """
    Parameters
    ----------
    net
        The network, which is taken for the truth.
    statistic
        As in ``missing_sensitivity``.
    response_rates
        Shares of the vertices that answer.
    treatments
        As in ``missing_sensitivity``.
    silence
        Who does not answer: "random", rather the "central" or rather the "peripheral".
    replicates
        Of each rate and treatment.
    groups
        For "block" and "regression".
    seed
        None draws one and records it.

    The result's ``.table`` has score, response_rate, treatment, bias, relative_bias, rmse, rank_correlation (for scores
    by vertex), rank_low (one replicate in twenty is below) and undefined (replicates without a score).
    """
    seed = to_seed(seed)
    rows: list[tuple[object, ...]] = []
    provenance: dict[str, object] = {}
    for name, call in named(statistic).items():
        ask = answering("missing_trust", name, call)
        found, provenance = _core.missing_trust(
            net._net,
            ask,
            [float(r) for r in response_rates],
            _words(treatments),
            silence,
            replicates,
            _own_groups(net, groups),
            seed,
            progress,
        )
        rows += [(score or name, *rest) for score, *rest in found]
    names = ("score", "response_rate", "treatment", "bias", "relative_bias", "rmse", "rank_correlation", "rank_low")
    table = _table((*names, "undefined"), rows, "how far scores survive silence")
    how = f"{silence} silence, {replicates} replicates of each response rate"
    return Result(provenance, net=net, table=table, replicates=replicates, how=how)


@described("pool")
def pool(estimates: npt.ArrayLike, variances: npt.ArrayLike | None = None, *, level: float = 0.95) -> Result:
    """
    Parameters
    ----------
    estimates
        One estimate an imputation.
    variances
        The variance of each, where there is one; without, no interval is given.
    level
        Of the interval.

    ``.value`` is the mean; ``.between``, ``.within`` and ``.total`` are variances, ``.df`` the degrees of freedom.
    """
    given = np.zeros(0) if variances is None else np.asarray(variances, dtype=np.float64)
    value, between, within, total, df, low, high = _core.pool(np.asarray(estimates, dtype=np.float64), given, level)
    note = [] if variances is not None else ["no within-variance: the spread is that of the imputations alone"]
    result = Result(
        {"measure": "pool", "warnings": note}, value=value, between=between, within=within, total=total, df=df
    )
    if variances is not None:
        result.interval, result.interval_of = (low, high), "non-response and sampling"
    return result


def _table(names: Sequence[str], rows: Sequence[tuple[object, ...]], title: str) -> Table:
    columns = list(zip(*rows, strict=True)) if rows else [() for _ in names]
    texts = ("score", "id", "treatment")
    return Table(
        {
            name: list(column) if name in texts else np.array(column, dtype=np.float64)
            for name, column in zip(names, columns, strict=True)
        },
        title=title,
    )
