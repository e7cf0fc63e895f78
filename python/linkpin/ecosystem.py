"""The ecosystem: who there is, what is claimed to tie them, what each respondent said."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from linkpin import _core, columns
from linkpin.display import count
from linkpin.network import Network
from linkpin.table import Table, issues_table

__all__ = ["Ecosystem"]

Columns = Mapping[str, Iterable[Any]]


class Ecosystem:
    """Everything that is claimed about stakeholders and their ties; networks are derived from it.

    Read one with :func:`linkpin.read` or make one with :meth:`from_columns`. ``eco.entities``, ``eco.ties``,
    ``eco.reports`` and ``eco.issues`` (what a reader had to refuse) are tables. Nothing changes an ecosystem.
    """

    __slots__ = ("_eco",)

    def __init__(self, eco: _core.Ecosystem) -> None:
        """Take an ecosystem of the core; users call :meth:`from_columns` or :func:`linkpin.read`."""
        self._eco = eco

    @classmethod
    def from_columns(
        cls,
        entities: Columns,
        ties: Columns | None = None,
        reports: Columns | None = None,
        *,
        kinds: Iterable[Mapping[str, Any]] = (),
        about: Mapping[str, str] | None = None,
        issues: Iterable[Any] = (),
    ) -> Ecosystem:
        """Make an ecosystem from columns.

        Parameters
        ----------
        entities
            ``id`` (unique), and any of label, kind, sector, roles, start, end, source, evidence and own attributes.
        ties
            ``from`` and ``to`` (ids), and any of kind, weight, confidence, start, end, wave, source, evidence and own
            attributes.
        reports
            ``respondent``, ``from``, ``to`` (ids; a missing ``to`` speaks of the whole row), item, wave, state
            (answered, not asked, did not respond, declined), value.
        kinds
            Kinds of tie beyond the usual ones: name, flow ("forward" or "backward"), symmetric, meaning.
        about
            Title, description, licence and the like.
        issues
            What a reader refused: file, row, column, value, reason, remedy.

        Raises
        ------
        InputError
            For ids that stand twice, ends that are no entity, values out of range or of the wrong type.
        """
        entities = dict(entities)
        if "id" not in entities:
            raise _core.InputError(f"from_columns: entities has no column id: it has {', '.join(entities) or 'none'}")
        ids = [str(v) for v in entities.pop("id")]
        ties = {} if ties is None else dict(ties)
        reports = {} if reports is None else dict(reports)
        from_ = _ends(ties.pop("from", ()), ids, "tie from")
        to = _ends(ties.pop("to", ()), ids, "tie to")
        ends = (
            _ends(reports.pop("respondent", ()), ids, "respondent"),
            _ends(reports.pop("from", ()), ids, "report from"),
            _ends(reports.pop("to", ()), ids, "report to", may_be_absent=True),
        )
        own_kinds = [
            (str(k["name"]), str(k.get("flow", "forward")), bool(k.get("symmetric", False)), str(k.get("meaning", "")))
            for k in kinds
        ]
        refused = [(str(i.file), int(i.row), str(i.column), str(i.value), str(i.reason), str(i.remedy)) for i in issues]
        return cls(
            _core.Ecosystem(
                ids,
                columns.encode_all(entities),
                from_,
                to,
                columns.encode_all(ties),
                ends,
                columns.encode_all(reports),
                own_kinds,
                refused,
                dict(about or {}),
            )
        )

    @property
    def entities(self) -> Table:
        """The entities: id and every entity column."""
        return self._table("entities", {"id": lambda: _objects(self._eco.ids())})

    @property
    def ties(self) -> Table:
        """The claimed ties: from, to (ids) and every tie column."""
        return self._table("ties", {"from": self._ids_of(self._eco.from_), "to": self._ids_of(self._eco.to)})

    @property
    def reports(self) -> Table:
        """What respondents said: respondent, from, to (ids; None speaks of the whole row) and every report column."""
        respondent, from_, to = self._eco.report_ends()
        return self._table(
            "reports",
            {"respondent": self._ids_of(respondent), "from": self._ids_of(from_), "to": self._ids_of(to)},
        )

    @property
    def issues(self) -> Table:
        """What a reader refused: file, row (the heading is row 1), column, value, reason, remedy."""
        return issues_table(self._eco.issues())

    @property
    def kinds(self) -> list[dict[str, Any]]:
        """The kinds of tie that this ecosystem adds to the usual ones."""
        return [
            {"name": name, "flow": flow, "symmetric": symmetric, "meaning": meaning}
            for name, flow, symmetric, meaning in self._eco.kinds()
        ]

    def _symmetric_kinds(self) -> set[str]:
        """Return the kinds of tie that say the same from either end: a directed network holds them both ways."""
        told = {name: both for name, _, both, _ in _core.usual_tie_kinds()}
        told |= {kind["name"]: kind["symmetric"] for kind in self.kinds}
        return {name for name, both in told.items() if both}

    @property
    def about(self) -> dict[str, str]:
        """Title, description, licence and how it was read."""
        return self._eco.about()

    @property
    def items(self) -> list[str]:
        """The questions that respondents answered."""
        return self._eco.distinct("reports", "item")

    @property
    def waves(self) -> list[str]:
        """The waves of reports and ties, in order of first appearance."""
        return list(dict.fromkeys([*self._eco.distinct("reports", "wave"), *self._eco.distinct("ties", "wave")]))

    def labels(self, ids: Iterable[str]) -> list[str]:
        """What to call entities for readers: their label, or their id."""
        return [self._eco.label(self._eco.find(i)) if self._eco.find(i) >= 0 else i for i in ids]

    def network(
        self,
        kinds: str | Sequence[str] | None = None,
        at: str | int | None = None,
        wave: str | int | None = None,
        item: str | None = None,
        rule: str = "union",
        nonresponse: str = "available",
        weight: str | None = None,
        project: str | None = None,
        *,
        threshold: float = 0.5,
        projection: str = "sum",
        entity_kinds: str | Sequence[str] | None = None,
        certain: bool = False,
        isolates: bool = True,
    ) -> Network:
        """Derive a network: the one door from claims and reports to graphs.

        Parameters
        ----------
        kinds
            Kinds of tie to keep; None keeps all. Symmetric kinds alone give an undirected network.
        at
            A date (2023, "2023-05", "2023-05-31"): only what holds at some time in it.
        wave
            Only ties and reports of this wave.
        item
            The question whose reports are read. None reads the claimed ties, or, where there are only reports, the
            first question.
        rule
            How two words on one tie are reconciled: "sender", "receiver", "union", "intersection", "min", "mean",
            "max"; where respondents also told of other people's ties, "las-union", "las-intersection", "consensus",
            "romney-batchelder". See :func:`linkpin.reconcile`, which shows where the words disagree.
        nonresponse
            "available" (unanswered dyads stay unobserved), "complete" (only those who answered stay), "reconstruct"
            (an unanswered tie takes the partner's word).
        weight
            Tie column that gives the weights; "weight" where there is one.
        project
            Kind of entity that a two-mode network is projected onto ("person").
        threshold
            For "consensus": the share of the words that a tie must pass.
        projection
            Weights of projected ties: "count", "sum", "newman", "cosine".
        entity_kinds
            Kinds of entity to keep; None keeps all.
        certain
            With ``at``: only what certainly holds, whatever the precision of its dates.
        isolates
            Keep entities without a tie.

        Raises
        ------
        InputError
            For a kind, item, wave or column that is not there, naming those that are.
        """
        return Network(
            self._eco.network(
                _listed(kinds),
                _listed(entity_kinds),
                None if at is None else str(at),
                certain,
                item or "",
                "" if wave is None else str(wave),
                rule,
                threshold,
                nonresponse,
                weight or "",
                project or "",
                projection,
                isolates,
            )
        )

    def save(self, path: str | os.PathLike[str], format: str | None = None) -> None:
        """Write the ecosystem; without a format, a folder is a data package (lossless) and an ending names others."""
        from linkpin import io

        io.write(self, path, format=format)

    def __eq__(self, other: object) -> bool:
        return self._eco == other._eco if isinstance(other, Ecosystem) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __copy__(self) -> Ecosystem:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Ecosystem:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return (_from_state, (self._eco.state(),))

    def __repr__(self) -> str:
        title = f" {self.about['title']!r}" if "title" in self.about else ""
        parts = [count(self._eco.entity_count, "entity", "entities"), count(self._eco.tie_count, "tie", "ties")]
        if self._eco.report_count:
            parts.append(count(self._eco.report_count, "report", "reports"))
        refused = len(self._eco.issues())
        told = f"; {count(refused, 'issue', 'issues')}, see .issues" if refused else ""
        return f"Ecosystem{title} of {', '.join(parts)}{told}"

    def _ids_of(self, ends: npt.NDArray[np.int32]) -> Any:
        def make() -> npt.NDArray[Any]:
            table = _objects([*self._eco.ids(), None])
            out: npt.NDArray[Any] = table[ends]
            return out

        return make

    def _table(self, frame: str, first: dict[str, Any]) -> Table:
        for name in self._eco.column_names(frame):
            first[name] = functools.partial(_column, self._eco, frame, name)
        return Table(first, title=frame)


def _from_state(state: tuple[Any, ...]) -> Ecosystem:
    return Ecosystem(_core.Ecosystem(*state))


def _column(eco: _core.Ecosystem, frame: str, name: str) -> npt.NDArray[Any]:
    return columns.decode(eco.column(frame, name))


def _objects(values: Sequence[Any]) -> npt.NDArray[Any]:
    out = np.empty(len(values), dtype=object)
    out[:] = values
    return out


def _listed(names: str | Sequence[str] | None) -> list[str]:
    if names is None:
        return []
    return [names] if isinstance(names, str) else list(names)


def _ends(values: Iterable[Any], ids: Sequence[str], what: str, may_be_absent: bool = False) -> npt.NDArray[np.int32]:
    texts = [None if v is None or v != v else str(v) for v in values]  # frames hold NaN where there is none
    codes, _ = _core.codes(texts, ids)
    wrong = np.flatnonzero(codes < (-1 if may_be_absent else 0))
    if len(wrong):
        row = int(wrong[0])
        raise _core.InputError(f"from_columns: {what} = {texts[row]!r} (row {row}): no entity has this id; add it")
    return codes
