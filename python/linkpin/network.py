"""The frozen network."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from linkpin import _core, columns
from linkpin.display import count
from linkpin.table import Table

if TYPE_CHECKING:
    import igraph
    import networkx
    import scipy.sparse

__all__ = ["CSR", "Network"]

Ids = npt.NDArray[np.int32]


class CSR(NamedTuple):
    """Compressed sparse rows: neighbours of v are ``indices[indptr[v]:indptr[v + 1]]``, weights likewise in data."""

    indptr: Ids
    indices: Ids
    data: npt.NDArray[np.float64]


class Network:
    """A frozen graph: vertices with unique names, ties with weights, and which dyads were observed at all.

    Make one with :meth:`from_edges`, from an ecosystem with ``eco.network(...)``, or by :func:`linkpin.read`.
    Nothing changes a network: methods that filter or convert return a new one. Arrays that it gives out are
    read-only views of its own memory and keep it alive.
    """

    __slots__ = ("_names", "_net")

    def __init__(self, net: _core.Network) -> None:
        """Take a network of the core; users call :meth:`from_edges`."""
        self._net = net
        self._names: list[str] | None = None

    @classmethod
    def from_edges(
        cls,
        source: Iterable[Any],
        target: Iterable[Any],
        weight: Iterable[float] | None = None,
        *,
        directed: bool = True,
        nodes: Iterable[Any] | int | None = None,
        groups: Mapping[Any, Any] | Iterable[Any] | None = None,
        observed: npt.ArrayLike | None = None,
        parallel: str = "keep",
        attributes: Mapping[str, Iterable[Any]] | None = None,
        lens: str = "",
    ) -> Network:
        """Freeze a network from the two ends of each tie.

        Parameters
        ----------
        source, target
            Tails and heads, one a tie: names of any kind (kept as text), or integers.
        weight
            One finite weight >= 0 a tie; without it every tie counts 1.
        directed
            Whether ties have a direction.
        nodes
            The vertices in the order wanted, isolates included; or their number n, and then ends are integers from 0
            to n - 1 and names are "0", "1", ... Without it the ends are the vertices: integers in order of size,
            texts in order of first appearance.
        groups
            A label for each vertex (a mapping from name, or one a vertex): the vertex column ``group``.
        observed
            Which dyads were asked and answered: an (n, n) truth matrix, or one truth value a vertex for the rows of
            respondents. Without it all were.
        parallel
            ``"keep"`` ties between the same two vertices, or ``"merge"`` them (weights summed).
        attributes
            Further columns of the ties, one value a tie.
        lens
            Words on where the network came from, kept with every result.

        Raises
        ------
        InputError
            For ends that are not among the nodes, weights that are negative or not finite, columns of another length.
        """
        tails, heads, names, n = _vertex_codes(source, target, nodes)
        vertices: dict[str, columns.Column] = {}
        if groups is not None:
            vertices["group"] = columns.encode("group", _labels(groups, names, n), type="text")
        ties = columns.encode_all(attributes or {})
        w = None if weight is None else _array(weight).astype(np.float64)
        mask = _observed_state(observed, n)
        net = _core.Network(n, tails, heads, w, directed, parallel, names, vertices, ties, mask, lens)
        return cls(net)

    # What it holds

    @property
    def n(self) -> int:
        """Number of vertices."""
        return self._net.n

    @property
    def m(self) -> int:
        """Number of ties."""
        return self._net.m

    @property
    def directed(self) -> bool:
        """Whether ties have a direction."""
        return self._net.directed

    @property
    def weighted(self) -> bool:
        """Whether ties carry weights."""
        return self._net.weighted

    @property
    def loops(self) -> int:
        """Number of ties from a vertex to itself."""
        return self._net.loops

    @property
    def parallel_ties(self) -> int:
        """Number of ties beyond the first of their dyad."""
        return self._net.parallel_ties

    @property
    def lens(self) -> str:
        """How the network was derived, in words."""
        return self._net.lens

    @property
    def names(self) -> list[str]:
        """Unique ids of the vertices; a label is a vertex column."""
        if self._names is None:
            self._names = self._net.names()
        return self._names

    def _shared_names(self) -> Callable[[], list[str]]:
        return functools.partial(_names_of, self)

    @property
    def vertices(self) -> Table:
        """The vertices: id and every vertex column."""
        return _frame(self._net, "vertices", {"id": lambda: np.array(self.names, dtype=object)})

    @property
    def ties(self) -> Table:
        """The ties in the network's order: source, target, weight, and every tie column."""
        first: dict[str, Any] = {
            "source": lambda: np.array(self.names, dtype=object)[self._net.sources],
            "target": lambda: np.array(self.names, dtype=object)[self._net.targets],
            "weight": self.weights,
        }
        return _frame(self._net, "ties", first)

    @property
    def weights(self) -> npt.NDArray[np.float64]:
        """Weight by tie; all 1 where the network has no weights."""
        w = self._net.weights
        return np.ones(self.m) if w is None else w

    @property
    def sources(self) -> Ids:
        """Vertex number of each tie's tail."""
        return self._net.sources

    @property
    def targets(self) -> Ids:
        """Vertex number of each tie's head."""
        return self._net.targets

    def labels(self) -> list[str]:
        """What to call each vertex for readers: its label, or its id."""
        if "label" not in self._net.column_names("vertices"):
            return self.names
        column = columns.decode(self._net.column("vertices", "label"))
        return [name if label is None else str(label) for name, label in zip(self.names, column, strict=True)]

    def csr(self, direction: str = "out") -> CSR:
        """Return compressed sparse rows of ties leaving ("out") or entering ("in") each vertex.

        indptr and indices are views of the network's memory (int32); data too for the "out" rows of a directed
        weighted network. In an undirected network a tie stands in the rows of both its ends.
        """
        if direction not in ("out", "in"):
            raise _core.InputError(f"csr: direction = {direction!r}: choose one of: out, in")
        offsets, neighbours, ties = self._net.rows(direction == "in")
        weights = self._net.weights
        if weights is None:
            data = np.ones(len(neighbours))
        else:
            data = weights if ties is None else weights[ties]
        return CSR(offsets, neighbours, data)

    # Other networks made from it

    def undirected(self, weights: str = "max") -> Network:
        """Return the network with one tie a pair, loops once; weights "max", "sum", "mean" or "min" of the two."""
        return Network(self._net.undirected(weights))

    def reversed(self) -> Network:
        """Return the network with every tie turned round."""
        return Network(self._net.reversed())

    def simplified(self) -> Network:
        """Return the network without loops and with one tie a dyad (weights summed)."""
        return Network(self._net.simplified())

    def subnetwork(self, vertices: Iterable[Any]) -> Network:
        """Return the network among the named (or numbered, or, from a truth array, chosen) vertices, in that order."""
        return Network(self._net.subnetwork(self.ids(vertices)))

    def with_ties(self, keep: npt.ArrayLike) -> Network:
        """Return the network with the ties for which ``keep`` (one truth value a tie) holds."""
        return Network(self._net.with_ties(np.asarray(keep, dtype=np.uint8)))

    def project(self, keep: npt.ArrayLike, weights: str = "sum") -> Network:
        """Project a two-mode network onto the vertices for which ``keep`` holds.

        Parameters
        ----------
        keep
            One truth value a vertex: True for the mode that stays.
        weights
            ``"count"`` of shared events, ``"sum"`` of products of weights, ``"newman"`` (each event's share divided
            by its size less one), or ``"cosine"``.
        """
        return Network(self._net.project(np.asarray(keep, dtype=np.uint8), weights))

    def ids(self, vertices: Iterable[Any]) -> Ids:
        """Return vertex numbers for names, numbers, or one truth value a vertex."""
        given = vertices if isinstance(vertices, np.ndarray) else np.asarray(list(vertices))
        if given.dtype.kind == "b":
            return np.flatnonzero(given).astype(np.int32)
        if given.dtype.kind in "iu":
            return given.astype(np.int32)
        found = np.array([self._net.find(str(name)) for name in given], dtype=np.int32)
        wrong = np.flatnonzero(found < 0)
        if len(wrong):
            raise _core.InputError(
                f"vertices = {str(given[wrong[0]])!r} (position {wrong[0]}): no vertex has this name; see net.names"
            )
        return found

    def is_observed(self, source: Any, target: Any) -> str:
        """Return what became of one dyad: answered, not asked, did not respond, or declined."""
        u, v = self.ids([source, target])
        return self._net.is_observed(int(u), int(v))

    @property
    def observed_share(self) -> float:
        """Share of the ordered dyads that were observed (1 where there are none)."""
        possible = self.n * (self.n - 1)
        return 1.0 if possible == 0 else self._net.observed_dyads() / possible

    # To and from other libraries

    def to_scipy(self) -> scipy.sparse.csr_array:
        """Return a scipy CSR array of weights, rows are tails (needs scipy)."""
        import scipy.sparse

        indptr, indices, data = self.csr()
        return scipy.sparse.csr_array((data, indices, indptr), shape=(self.n, self.n))

    def to_networkx(self) -> networkx.MultiDiGraph:
        """Return a networkx graph of the fitting class, with vertex and tie columns as attributes."""
        import networkx

        multi = self.parallel_ties > 0
        makers = {
            (True, True): networkx.MultiDiGraph,
            (True, False): networkx.MultiGraph,
            (False, True): networkx.DiGraph,
            (False, False): networkx.Graph,
        }
        graph = makers[multi, self.directed]()
        for row in self.vertices.rows():
            graph.add_node(row.pop("id"), **{k: v for k, v in row.items() if v is not None})
        for row in self.ties.rows():
            graph.add_edge(row.pop("source"), row.pop("target"), **{k: v for k, v in row.items() if v is not None})
        return graph

    def to_igraph(self) -> igraph.Graph:
        """Return an igraph Graph with vertex and tie columns as attributes (needs igraph)."""
        import igraph

        graph = igraph.Graph(
            n=self.n, edges=np.column_stack([self.sources, self.targets]).tolist(), directed=self.directed
        )
        graph.vs["name"] = self.names
        vertices, ties = self.vertices, self.ties
        for name in vertices.columns[1:]:
            graph.vs[name] = vertices[name].tolist()
        for name in ties.columns[2:]:
            graph.es[name] = ties[name].tolist()
        return graph

    # Being a value

    def __eq__(self, other: object) -> bool:
        return self._net == other._net if isinstance(other, Network) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._net.fingerprint)

    def __copy__(self) -> Network:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Network:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return (_from_state, (self._net.state(),))

    def plot(self, **options: Any) -> Any:
        """Draw the network; returns a matplotlib Axes. Options are those of :func:`linkpin.plots.network`."""
        from linkpin import plots

        return plots.network(self, **options)

    def __repr__(self) -> str:
        kind = "directed" if self.directed else "undirected"
        weights = ", weighted" if self.weighted else ""
        lens = f"; {self.lens}" if self.lens else ""
        size = f"{count(self.n, 'vertex', 'vertices')} and {count(self.m, 'tie', 'ties')}"
        return f"Network of {size} ({kind}{weights}{lens})"


def _from_state(state: tuple[Any, ...]) -> Network:
    return Network(_core.Network(*state))


def _names_of(net: Network) -> list[str]:
    return net.names


def _frame(net: _core.Network, frame: str, first: dict[str, Any]) -> Table:
    for name in net.column_names(frame):
        if name not in first:
            first[name] = functools.partial(_column, net, frame, name)
    return Table(first)


def _column(net: _core.Network, frame: str, name: str) -> npt.NDArray[Any]:
    return columns.decode(net.column(frame, name))


def _array(values: Iterable[Any]) -> npt.NDArray[Any]:
    if isinstance(values, np.ndarray):
        return values
    rows = values.to_numpy() if hasattr(values, "to_numpy") else list(values)
    if isinstance(rows, np.ndarray):
        return rows
    if all(isinstance(v, (int, np.integer)) and not isinstance(v, bool) for v in rows):
        return np.asarray(rows, dtype=np.int64)
    out = np.empty(len(rows), dtype=object)
    out[:] = rows
    return out


def _name(value: Any) -> str:
    return value if isinstance(value, str) else str(value)


def _vertex_codes(
    source: Iterable[Any], target: Iterable[Any], nodes: Iterable[Any] | int | None
) -> tuple[npt.NDArray[Any], npt.NDArray[Any], list[str] | None, int]:
    tails, heads = _array(source), _array(target)
    if len(tails) != len(heads):
        raise _core.InputError(
            f"from_edges: target, length = {len(heads)}: give one head for each of the {len(tails)} tails"
        )
    integers = tails.dtype.kind in "iu" and heads.dtype.kind in "iu"
    if isinstance(nodes, (int, np.integer)):
        if not integers and len(tails):
            raise _core.InputError("from_edges: nodes is a number: give source and target as integers below it")
        return _as_ids(tails), _as_ids(heads), None, int(nodes)
    if nodes is None and integers:
        known, codes = np.unique(np.concatenate([tails, heads]), return_inverse=True)
        codes = codes.astype(np.int32)
        return codes[: len(tails)], codes[len(tails) :], [str(v) for v in known.tolist()], len(known)
    ends = [_name(v) for v in tails.tolist()] + [_name(v) for v in heads.tolist()]
    given = None if nodes is None else [_name(v) for v in nodes]
    found, names = _core.codes(ends, given)
    wrong = np.flatnonzero(found < 0)
    if len(wrong):
        tie = int(wrong[0]) % len(tails)
        raise _core.InputError(
            f"from_edges: end of a tie = {ends[int(wrong[0])]!r} (tie {tie}): not among the nodes; add it to nodes"
        )
    return found[: len(tails)], found[len(tails) :], names, len(names)


def _as_ids(values: npt.NDArray[Any]) -> Ids:
    if len(values) and (int(values.max()) > np.iinfo(np.int32).max or int(values.min()) < 0):
        raise _core.InputError("from_edges: end of a tie is outside 0 to n - 1: ids are 32-bit and not negative")
    return values.astype(np.int32)


def _labels(groups: Mapping[Any, Any] | Iterable[Any], names: Sequence[str] | None, n: int) -> list[Any]:
    if isinstance(groups, Mapping):
        by_name = {_name(k): v for k, v in groups.items()}
        return [by_name.get(name) for name in (names if names is not None else map(str, range(n)))]
    return list(groups)


def _observed_state(observed: npt.ArrayLike | None, n: int) -> tuple[Any, Any, bool]:
    if observed is None:
        return (None, None, False)
    mask: npt.NDArray[np.bool_] = np.asarray(observed, dtype=bool)
    if mask.shape == (n,):
        return (np.where(mask, 0, 2).astype(np.uint8), None, False)
    if mask.shape != (n, n):
        raise _core.InputError(
            f"from_edges: observed, shape = {mask.shape}: give one truth value a vertex ({n},) or a dyad ({n}, {n})"
        )
    # A respondent whose whole row is unobserved did not respond; single gaps are exceptions to the row's state.
    off_diagonal = ~np.eye(n, dtype=bool)
    rows: npt.NDArray[np.bool_] = np.asarray((mask & off_diagonal).any(axis=1) | (n < 2))
    odd = np.argwhere((mask != rows[:, None]) & off_diagonal)
    states = np.where(mask[odd[:, 0], odd[:, 1]], 0, 1) if len(odd) else np.empty(0, dtype=np.int64)
    exceptions = np.column_stack([odd, states]).astype(np.int32).ravel()
    return (np.where(rows, 0, 2).astype(np.uint8), exceptions, False)
