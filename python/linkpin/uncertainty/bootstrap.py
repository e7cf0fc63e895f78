"""Intervals for any score: what it could have been with other vertices, other ties, or other reports."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from linkpin import _core
from linkpin.catalogue import described
from linkpin.ecosystem import Ecosystem
from linkpin.measures._arguments import Groups, Progress
from linkpin.network import Network
from linkpin.result import Result
from linkpin.table import Table
from linkpin.uncertainty._arguments import to_seed
from linkpin.uncertainty._statistics import Statistic, choose

__all__ = ["Coverage", "bootstrap"]


Rate: TypeAlias = "float | Mapping[str, float]"  # of all, or by respondent


class Coverage(NamedTuple):
    """Share of simulated surveys whose 95 % interval held the true value: `surveys` each, of the nearest size `n`."""

    independent: float
    clustered: float
    n: int
    surveys: int


_OF = {
    "vertices": "vertices",
    "jackknife": "vertices",
    "ties": "ties",
    "reports": "reports",
    "imputations": "non-response",
}


def tellings(eco: Ecosystem, others: Sequence[Network], lens: dict[str, Any]) -> tuple[Network, list[Network]]:
    """Return what senders say of each tie, and what receivers say where they were asked."""
    sent = eco.network(rule="sender", **lens)
    received = eco.network(rule="receiver", **lens)
    heard = received.m > 0 and received.names == sent.names and received.directed == sent.directed
    return sent, [*([received] if heard else []), *others]


def _rates(
    net: Network, false_positive: Rate | None, false_negative: Rate | None, errors: Result | None
) -> tuple[float, float, npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return the error rates of all, or by vertex those of each."""
    none = np.zeros(0)
    if errors is not None:
        if false_positive is not None or false_negative is not None:
            raise _core.InputError("bootstrap: errors: give these, or false_positive and false_negative, not both")
        false_positive, false_negative = _found_rates(net, errors)
    each = [isinstance(rate, Mapping) for rate in (false_positive, false_negative)]
    if not any(each):
        one = [math.nan if rate is None else float(rate) for rate in (false_positive, false_negative)]  # type: ignore[arg-type]
        return one[0], one[1], none, none
    return math.nan, math.nan, _by_vertex(net, false_positive), _by_vertex(net, false_negative)


def _by_vertex(net: Network, rate: Rate | None) -> npt.NDArray[np.float64]:
    if not isinstance(rate, Mapping):
        return np.full(net.n, math.nan if rate is None else float(rate))
    unknown = [name for name in net.names if name not in rate]
    if unknown:
        raise _core.InputError(
            f"bootstrap: false_positive, false_negative: {unknown[0]!r} has no rate: give everybody's"
        )
    return np.array([float(rate[name]) for name in net.names])


def _found_rates(net: Network, errors: Result) -> list[Rate]:
    """Return the false positives and negatives that ``reconstruct`` estimated, of all or by respondent."""
    if not errors.identified:
        raise _core.InputError(
            "bootstrap: errors: these words do not identify error rates; give reconstruct a known false_positive, or a "
            "prior"
        )
    rates = errors.rates
    both: list[Rate] = []
    for name in ("false_positive", "false_negative"):
        values = rates[name]
        known = ~np.isnan(values)
        usual = float(np.average(values[known], weights=rates["words"][known]))
        if rates["of"].tolist() == ["all"]:
            both.append(usual)
            continue
        found = dict(zip(rates["of"][known].tolist(), values[known].tolist(), strict=True))
        both.append({who: found.get(who, usual) for who in net.names})
    return both


def _poor(coverage: Coverage) -> bool:
    return min(coverage[:2]) < 0.93 or max(coverage[:2]) > 0.97


def _words(coverage: Coverage | None, level: float, of: str = "such intervals") -> str | None:
    if coverage is None:
        return "how often such intervals hold the true value was not measured for this score" if level == 0.95 else None
    if not _poor(coverage):
        return None
    low, high = sorted((coverage.independent, coverage.clustered))
    share = f"{low:.0%}" if round(low, 2) == round(high, 2) else f"{low:.0%} to {high:.0%}"
    return (
        f"{of} held the true value in {share} of {coverage.surveys} simulated surveys of {coverage.n} (95 % was meant)"
    )


def _measured(measure: str, resample: str, interval: str, n: int, level: float) -> Coverage | None:
    found = _core.measured_coverage(measure, resample, interval, n) if level == 0.95 else None
    return None if found is None else Coverage(*found)


def _of_each(names: Sequence[str], resample: str, interval: str, n: int, level: float) -> tuple[list[float], list[str]]:
    """Return what was measured for each of several scores (the lowest share, NaN where none), and what to warn of."""
    found = {name: _measured(name, resample, interval, n, level) for name in names}
    said = [words for name, c in found.items() if c and (words := _words(c, level, f"{name}: such intervals"))]
    if level == 0.95 and (unknown := [name for name, c in found.items() if c is None]):
        said.append(f"how often such intervals hold the true value was not measured for {', '.join(unknown)}")
    return [math.nan if c is None else min(c[:2]) for c in found.values()], said


@described("bootstrap")
def bootstrap(
    net: Network | Ecosystem,
    statistic: Statistic,
    resample: str = "vertices",
    interval: str = "percentile",
    replicates: int = 1000,
    level: float = 0.95,
    seed: int | None = None,
    *,
    groups: Groups | None = None,
    confidence: str | npt.ArrayLike = "confidence",
    beta: tuple[str, str] | None = None,
    unreported: float | None = None,
    false_positive: Rate | None = None,
    false_negative: Rate | None = None,
    errors: Result | None = None,
    others: Sequence[Network] = (),
    threads: int = 0,
    progress: Progress = None,
    **lens: Any,
) -> Result:
    """
    Parameters
    ----------
    net
        The network; for ``resample="reports"`` an ecosystem too, whose senders' and receivers' words are then used.
    statistic
        A measure (``lp.density``), its name (``"centralization_betweenness"``), a list of them (all on the same
        replicates), or any callable from a network to a number, an array or a result. Measures given as they stand run
        in parallel without Python.
    resample
        What varies: ``"vertices"`` (drawn with replacement), ``"jackknife"`` (each left out), ``"ties"`` (each there
        with its confidence), ``"reports"`` (the true network, given how often reports err) or ``"imputations"`` (the
        answers of those who did not respond, filled in by chance from a regression of the ties that were told of).
    interval
        ``"percentile"``, ``"basic"`` or ``"bca"``.
    replicates
        How many networks are drawn.
    level
        The share of such intervals that should hold the true value.
    seed
        Drawn and told in the result where None.
    groups
        For measures of groups, and for reports and imputations, which then know ties within groups from those across.
    confidence
        Tie column, or one value a tie: the chance that the tie is there.
    beta
        Two tie columns instead: the parameters of a Beta distribution of that chance.
    unreported
        The chance of a tie where none is claimed; without it ties are only taken away.
    false_positive, false_negative
        Reports: how often one tells of a tie that is not there, and misses one that is: one rate for all, or each
        respondent's own by name.
    errors
        Reports: what ``lp.reconstruct`` found, instead of these rates; a respondent of whom nothing was found has the
        usual rate of the others.
    others
        Reports: further tellings of the same ties on the same vertices.
    **lens
        For an ecosystem: the options of ``eco.network``.

    One number gives ``.value``, ``.interval``, ``.mean``, ``.standard_error`` and ``.monte_carlo_error``; several give
    ``.values`` and a ``.table`` with these columns, and for scores by vertex rank, rank_low, rank_high and tier: in
    ``level`` of the replicates every member of a tier is above all of the next; a list of measures has ``covers``, the
    lowest share of simulated surveys whose interval held the true value. Both have ``.interval_of``,
    ``.replicates``, ``.draws`` (one row a replicate), ``.scores`` (by name, where they are the
    library's), ``.coverage``, ``.rank_coverage`` and ``.seed``.
    """
    heard = list(others)
    if isinstance(net, Ecosystem):
        if resample == "reports":
            net, heard = tellings(net, others, lens)
        else:
            net = net.network(**lens)
    elif lens:
        raise _core.InputError(
            f"bootstrap: {', '.join(lens)}: a network is already derived; give the ecosystem instead"
        )
    chosen = choose("bootstrap", net, statistic, groups)
    columns, draws, ranks, coverage, done, provenance = _core.bootstrap(
        chosen.net,
        chosen.statistic,
        chosen.measure,
        chosen.groups,
        resample,
        interval,
        replicates,
        level,
        to_seed(seed),
        confidence if isinstance(confidence, str) else np.asarray(confidence, dtype=np.float64),
        beta or ("", ""),
        math.nan if unreported is None else unreported,
        *_rates(net, false_positive, false_negative, errors),
        [other._net for other in heard],
        threads,
        progress,
    )
    measured = None if coverage is None else Coverage(*coverage)
    covers: dict[str, Any] = {}
    if chosen.scores is not None:
        covers["covers"], said = _of_each(chosen.scores, resample, interval, net.n, level)
        provenance["warnings"] += said
    elif (words := _words(measured, level)) is not None:
        provenance["warnings"].append(words)
    how = f"{resample} resampled, {interval} interval, {done} replicates" if resample != "jackknife" else "jackknife"
    parts: dict[str, Any] = {"replicates": done, "coverage": measured, "level": level, "draws": draws, "how": how}
    parts["scores"] = chosen.scores or ([chosen.measure] if chosen.measure else [])
    of = _OF[resample]
    if resample == "reports" and net.observed_share < 1:
        of = "reports and non-response"
    if draws.shape[1] == 1:
        one: dict[str, Any] = {name: float(column[0]) for name, column in columns.items()}
        value, low, high = (one.pop(name) for name in ("estimate", "low", "high"))
        table = Table({name: np.array([v]) for name, v in {"estimate": value, "low": low, "high": high, **one}.items()})
        result = Result(provenance, net=net, value=value, table=table, lower=low, upper=high, **one, **parts)
        result.interval = (low, high)
    else:
        by_vertex = draws.shape[1] == net.n and chosen.scores is None
        rows = {"id": net.names} if by_vertex else {"score": chosen.scores or np.arange(draws.shape[1])}
        if ranks is not None:
            columns = {**columns, **dict(zip(("rank", "rank_low", "rank_high", "tier"), ranks, strict=True))}
            parts["rank_coverage"] = _measured(f"rank_{chosen.measure}", resample, interval, net.n, level)
            words = _words(parts["rank_coverage"], level, "intervals of places")
            if parts["rank_coverage"] is not None and words is not None:
                provenance["warnings"].append(words)
        table = Table({**rows, **columns, **{k: np.array(v) for k, v in covers.items()}}, title="intervals")
        result = Result(provenance, net=net, values=columns["estimate"], table=table, **parts)
        result.interval = Table({**rows, "low": columns["low"], "high": columns["high"]}, title="interval")
    result.interval_of = of
    return result
