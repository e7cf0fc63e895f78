"""Fuzzy cognitive maps: concepts that raise or lower one another, and where a change of one leads."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from linkpin import _core, columns
from linkpin.catalogue import described
from linkpin.dynamics._matrix import entries
from linkpin.ecosystem import Ecosystem
from linkpin.io import read
from linkpin.measures._arguments import Progress
from linkpin.network import Network
from linkpin.result import Result
from linkpin.table import Table

__all__ = ["CognitiveMap"]

State: TypeAlias = "Mapping[str, float] | npt.ArrayLike"


class CognitiveMap:
    """Concepts and the effect of each on each, in [-1, 1]; a map is a picture of what people think acts on what.

    ``CognitiveMap(names, weights)`` with ``weights[i, j]`` the effect of concept i on concept j (dense or scipy);
    :meth:`read` takes a Mental Modeler file or whatever else linkpin reads, :meth:`from_ecosystem` ties with a sign.
    """

    __slots__ = ("_map", "issues")

    def __init__(self, names: Iterable[Any], weights: Any) -> None:
        """Take one name a concept and the matrix of effects; InputError for weights outside [-1, 1]."""
        named = [str(name) for name in names]
        self._map = _core.CognitiveMap(named, entries("CognitiveMap", "weights", weights))
        self.issues: Table | None = None

    @classmethod
    def read(cls, path: str | os.PathLike[str]) -> CognitiveMap:
        """Read a map from a Mental Modeler file (or another that linkpin reads); ``.issues`` has what was refused."""
        return cls.from_ecosystem(read(path))

    @classmethod
    def from_ecosystem(cls, eco: Ecosystem, kinds: str | Iterable[str] = ("influences",)) -> CognitiveMap:
        """Make a map of the ties of these kinds: weight is the size of an effect, the column sign (-1, 1) its sign.

        Concepts are the entities of the kind concept, or, where there are none, the ends of the ties. They are called
        by their labels; labels that stand twice carry their id. Effects that stand twice are averaged.
        """
        ties, wanted = eco.ties, {kinds} if isinstance(kinds, str) else set(kinds)
        kind = ties["kind"].tolist() if "kind" in ties.columns else [None] * len(ties)
        rows = [i for i, k in enumerate(kind) if k in wanted]
        ids = eco.entities["id"].tolist()
        kind_of = eco.entities["kind"].tolist() if "kind" in eco.entities.columns else [None] * len(ids)
        concepts = [id_ for id_, k in zip(ids, kind_of, strict=True) if k == "concept"]
        if not concepts:
            used = {ties[end][i] for i in rows for end in ("from", "to")}
            concepts = [id_ for id_ in ids if id_ in used]
        if not concepts:
            raise _core.InputError(
                f"CognitiveMap.from_ecosystem: kinds = {', '.join(sorted(wanted))}: no concepts and no ties of these "
                "kinds; name the kinds of tie that say what acts on what"
            )
        sizes = ties["weight"] if "weight" in ties.columns else np.ones(len(ties))
        signs = ties["sign"].tolist() if "sign" in ties.columns else [1] * len(ties)
        place = {id_: i for i, id_ in enumerate(concepts)}
        total, count = np.zeros((2, len(concepts), len(concepts)))
        for i in rows:
            ends = place.get(ties["from"][i]), place.get(ties["to"][i])
            if None in ends or np.isnan(sizes[i]):
                continue
            total[ends] += float(sizes[i]) * (-1 if signs[i] == -1 else 1)
            count[ends] += 1
        made = cls(_called(eco, concepts), np.divide(total, count, out=total, where=count > 0))
        made.issues = eco.issues
        return made

    @classmethod
    def from_network(cls, net: Network, signs: npt.ArrayLike | None = None) -> CognitiveMap:
        """Make a map of a network's weights, tail on head; ``signs`` has 1 or -1 a tie. Parallel ties add."""
        weight = net.weights * (1.0 if signs is None else np.asarray(signs, dtype=float))
        made = cls.__new__(cls)
        made._map = _core.CognitiveMap(net.names, (net.sources, net.targets, weight, net.n, net.n))
        made.issues = None
        return made

    @property
    def names(self) -> list[str]:
        """The concepts."""
        names: list[str] = self._map.names()
        return names

    @property
    def weights(self) -> npt.NDArray[np.float64]:
        """The effect of each concept (row) on each (column)."""
        rows, cols, values = self._map.entries()
        dense = np.zeros((len(self.names), len(self.names)))
        dense[rows, cols] = values
        return dense

    @property
    def concepts(self) -> Table:
        """By concept: outdegree and indegree (sums of absolute effects), centrality (both), and type.

        A driver acts and is not acted on, a receiver is acted on only, others are ordinary or isolated.
        """
        return columns.table(self._map.concepts(), "concepts")

    @described("cognitive_map")
    def run(
        self,
        state: State,
        rule: str = "kosko",
        transfer: str = "sigmoid",
        slope: float = 1.0,
        clamp: Mapping[str, float] | None = None,
        tolerance: float = 1e-9,
        *,
        most_steps: int = 5000,
        progress: Progress = None,
    ) -> Result:
        """
        Parameters
        ----------
        state
            Where the map starts: one number a concept, or a mapping from names (what is not named is 0).
        rule
            ``"kosko"`` (the influences alone), ``"modified"`` (with the concept's own state) or ``"rescaled"`` (states
            around one half).
        transfer
            ``"sigmoid"``, ``"tanh"``, ``"bivalent"`` or ``"trivalent"``.
        slope
            Of sigmoid and tanh.
        clamp
            What if: concepts held at a value through the whole run.
        tolerance
            A state is the same again where no concept differs by more.
        most_steps
            After which the verdict is given on what was seen.
        progress
            Called with the share done.

        The result has ``.values`` (the last state), ``.trajectory`` (a table, a row a step), ``.verdict`` ("fixed
        point", "cycle", "chaos", "unsettled"), ``.period``, ``.steps``, ``.change`` (largest in the last step) and
        ``.lyapunov`` (asked where nothing settled).
        """
        names = self.names
        trajectory, steps, last, verdict, period, change, lyapunov, provenance = self._map.run(
            self._state(state),
            rule,
            transfer,
            slope,
            list(zip(self._indices("clamp", clamp or {}), (clamp or {}).values(), strict=True)),
            tolerance,
            most_steps,
            progress,
        )
        rows = trajectory.reshape(steps + 1, len(names))
        path = Table({"step": np.arange(steps + 1), **{name: rows[:, i] for i, name in enumerate(names)}})
        return Result(
            provenance,
            values=last,
            table=Table({"concept": names, "state": last}, title="cognitive map"),
            trajectory=path,
            verdict=verdict,
            period=period,
            steps=steps,
            change=change,
            lyapunov=lyapunov,
        )

    def what_if(self, clamp: Mapping[str, float], state: State | None = None, **options: Any) -> Table:
        """Return where the map leads without and with the clamped concepts: concept, without, held, difference.

        ``state`` is where both start (all ones unless given); options are those of :meth:`run`.
        """
        start = np.ones(len(self.names)) if state is None else state
        without, held = self.run(start, **options), self.run(start, clamp=clamp, **options)
        unsettled = [r.verdict for r in (without, held) if r.verdict != "fixed point"]
        note = f"what if (compared though one run ended in: {unsettled[0]})" if unsettled else "what if"
        return Table(
            {
                "concept": self.names,
                "without": without.values,
                "held": held.values,
                "difference": held.values - without.values,
            },
            title=note,
        )

    @described("hebbian_learning")
    def learn(
        self,
        state: State,
        outputs: Mapping[str, tuple[float, float]],
        *,
        rule: str = "modified",
        transfer: str = "sigmoid",
        slope: float = 1.0,
        rate: float = 0.01,
        decay: float = 0.98,
        tolerance: float = 0.002,
        most_steps: int = 1000,
        progress: Progress = None,
    ) -> Result:
        """
        Parameters
        ----------
        state
            Where the map starts: one number a concept, or a mapping from names.
        outputs
            The concepts that should come to rest within a range, and the range: ``{"uptake": (0.6, 0.8)}``.
        rule, transfer, slope
            As in ``run``.
        rate, decay
            The eta and g of the formula.
        tolerance
            Learning ends where no output changes by more and every one lies in its range.
        most_steps
            Where it ends at the latest.
        progress
            Called with the share done.

        The result has ``.map`` (the map with what was learnt), ``.reached``, ``.steps`` and ``.values`` (the last
        state).
        """
        names = self.names
        learned, last, steps, reached, provenance = self._map.learn(
            self._state(state),
            [(i, *bounds) for i, bounds in zip(self._indices("outputs", outputs), outputs.values(), strict=True)],
            rule,
            transfer,
            slope,
            rate,
            decay,
            tolerance,
            most_steps,
            progress,
        )
        rows, cols, _ = self._map.entries()
        weights = np.zeros((len(names), len(names)))
        weights[rows, cols] = learned
        return Result(
            provenance,
            values=last,
            table=Table({"concept": names, "state": last}, title="learnt map"),
            map=CognitiveMap(names, weights),
            reached=reached,
            steps=steps,
        )

    def _state(self, state: State) -> npt.NDArray[np.float64]:
        if not isinstance(state, Mapping):
            return np.asarray(state, dtype=float)
        values = np.zeros(len(self.names))
        values[self._indices("state", state)] = list(state.values())
        return values

    def _indices(self, argument: str, named: Iterable[str]) -> list[int]:
        place = {name: i for i, name in enumerate(self.names)}
        unknown = [name for name in named if name not in place]
        if unknown:
            raise _core.InputError(
                f"CognitiveMap: {argument} = {unknown[0]!r}: no concept has this name; there are: "
                f"{', '.join(self.names[:20])}"
            )
        return [place[name] for name in named]

    def __repr__(self) -> str:
        """Name the size."""
        return f"CognitiveMap of {len(self.names)} concepts and {len(self._map.entries()[2])} effects"

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle by names and weights."""
        return CognitiveMap, (self.names, self.weights)


def _called(eco: Ecosystem, ids: list[str]) -> list[str]:
    """Return labels as names; one that stands twice carries its id."""
    known = eco.entities
    labels = dict(zip(known["id"], known["label"], strict=True)) if "label" in known.columns else {}
    names = [str(labels.get(id_) or id_) for id_ in ids]
    count = Counter(names)
    return [name if count[name] == 1 else f"{name} ({id_})" for name, id_ in zip(names, ids, strict=True)]
