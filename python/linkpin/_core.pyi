# Written by tests/stubs/compare.py from the built extension.
# mypy: disable-error-code="assignment,override,type-arg"
"""
The C++ core of linkpin; private: use the package linkpin.
"""

from __future__ import annotations
import collections.abc
import numpy
import numpy.typing
import os
import typing
import typing_extensions

__all__: list[str] = [
    "Ecosystem",
    "Error",
    "FileError",
    "InputError",
    "LimitError",
    "Network",
    "arrow_stream",
    "articulation_points",
    "assortativity",
    "betweenness",
    "biconnected_components",
    "blau",
    "bridges",
    "brokerage",
    "brokerage_two_mode",
    "centralization",
    "closeness",
    "clustering",
    "codes",
    "communities",
    "components",
    "constraint",
    "constraint_two_mode",
    "core_periphery",
    "coreness",
    "date_texts",
    "dates",
    "degree",
    "degree_assortativity",
    "density",
    "diameter",
    "distances",
    "dyad_census",
    "eccentricity",
    "effective_size",
    "effective_size_two_mode",
    "efficiency",
    "ei_index",
    "eigenvector",
    "fragmentation",
    "gini",
    "group_labels",
    "harmonic",
    "hierarchy",
    "hits",
    "io",
    "katz",
    "key_players",
    "mean_distance",
    "mixing_matrix",
    "modularity",
    "pagerank",
    "partner_scores",
    "questionnaire",
    "reciprocity",
    "scorecard",
    "strength",
    "transitivity",
    "triad_census",
    "usual_entity_kinds",
    "usual_tie_kinds",
]

class Error(Exception):
    pass

class InputError(Error, ValueError):
    pass

class LimitError(InputError, OverflowError):
    pass

class FileError(InputError, OSError):
    pass

class Network:
    __hash__: typing.ClassVar[None] = None
    def __eq__(self, arg0: Network) -> bool: ...
    def __init__(
        self,
        n: typing.SupportsInt | typing.SupportsIndex,
        source: typing.Annotated[numpy.typing.ArrayLike, numpy.int32],
        target: typing.Annotated[numpy.typing.ArrayLike, numpy.int32],
        weight: typing.Any,
        directed: bool,
        parallel: str,
        names: typing.Any,
        vertices: dict,
        ties: dict,
        observed: tuple,
        lens: str,
    ) -> None: ...
    def column(self, arg0: str, arg1: str) -> typing.Any: ...
    def column_names(self, arg0: str) -> list[str]: ...
    def find(self, name: str) -> int: ...
    def is_observed(
        self, arg0: typing.SupportsInt | typing.SupportsIndex, arg1: typing.SupportsInt | typing.SupportsIndex
    ) -> str: ...
    def names(self) -> list[str]: ...
    def observed(self) -> tuple: ...
    def observed_dyads(self) -> int: ...
    def project(self, arg0: typing.Annotated[numpy.typing.ArrayLike, numpy.uint8], arg1: str) -> Network: ...
    def reversed(self) -> Network: ...
    def rows(self, incoming: bool) -> tuple: ...
    def simplified(self) -> Network: ...
    def state(self) -> tuple: ...
    def subnetwork(self, arg0: typing.Annotated[numpy.typing.ArrayLike, numpy.int32]) -> Network: ...
    def undirected(self, arg0: str) -> Network: ...
    def with_ties(self, arg0: typing.Annotated[numpy.typing.ArrayLike, numpy.uint8]) -> Network: ...
    @property
    def directed(self) -> bool: ...
    @property
    def fingerprint(self) -> tuple[int, int, int]: ...
    @property
    def lens(self) -> str: ...
    @property
    def loops(self) -> int: ...
    @property
    def m(self) -> int: ...
    @property
    def n(self) -> int: ...
    @property
    def parallel_ties(self) -> int: ...
    @property
    def sources(self) -> numpy.ndarray: ...
    @property
    def targets(self) -> numpy.ndarray: ...
    @property
    def weighted(self) -> bool: ...
    @property
    def weights(self) -> typing.Any: ...

class Ecosystem:
    __hash__: typing.ClassVar[None] = None
    def __eq__(self, arg0: Ecosystem) -> bool: ...
    def __init__(
        self,
        ids: typing.Any,
        entities: dict,
        from_: typing.Annotated[numpy.typing.ArrayLike, numpy.int32],
        to: typing.Annotated[numpy.typing.ArrayLike, numpy.int32],
        ties: dict,
        report_ends: tuple,
        reports: dict,
        kinds: list,
        issues: list,
        about: collections.abc.Mapping[str, str],
    ) -> None: ...
    def about(self) -> dict[str, str]: ...
    def column(self, arg0: str, arg1: str) -> typing.Any: ...
    def column_names(self, arg0: str) -> list[str]: ...
    def distinct(self, arg0: str, arg1: str) -> list[str]: ...
    def find(self, id: str) -> int: ...
    def ids(self) -> list[str]: ...
    def issues(self) -> list: ...
    def kinds(self) -> list: ...
    def label(self, entity: typing.SupportsInt | typing.SupportsIndex) -> str: ...
    def network(
        self,
        kinds: collections.abc.Sequence[str],
        entity_kinds: collections.abc.Sequence[str],
        at: str | None,
        certain: bool,
        item: str,
        wave: str,
        rule: str,
        nonresponse: str,
        weight: str,
        project: str,
        projection: str,
        isolates: bool,
    ) -> Network: ...
    def report_ends(self) -> tuple[numpy.ndarray, numpy.ndarray, numpy.ndarray]: ...
    def state(self) -> tuple: ...
    @property
    def entity_count(self) -> int: ...
    @property
    def from_(self) -> numpy.ndarray: ...
    @property
    def report_count(self) -> int: ...
    @property
    def tie_count(self) -> int: ...
    @property
    def to(self) -> numpy.ndarray: ...

class io:
    @staticmethod
    def from_json(
        text: bytes, name: str = "document", threads: typing.SupportsInt | typing.SupportsIndex = 0
    ) -> Ecosystem: ...
    @staticmethod
    def read_json(
        path: os.PathLike | str | bytes, threads: typing.SupportsInt | typing.SupportsIndex = 0
    ) -> Ecosystem: ...
    @staticmethod
    def read_network_csv(
        path: os.PathLike | str | bytes,
        from_: str = "from",
        to: str = "to",
        weight: str = "weight",
        directed: bool = True,
        numbered: bool = False,
        columns: bool = True,
        heading: bool | None = None,
        merge: bool = False,
        delimiter: str | None = None,
        comment: str | None = None,
        threads: typing.SupportsInt | typing.SupportsIndex = 0,
        progress: typing.Any = None,
    ) -> tuple: ...
    @staticmethod
    def read_package(
        folder: os.PathLike | str | bytes,
        threads: typing.SupportsInt | typing.SupportsIndex = 0,
        progress: typing.Any = None,
    ) -> Ecosystem: ...
    @staticmethod
    def scan_csv(
        source: typing.Any,
        name: str = "text",
        delimiter: str | None = None,
        decimal_comma: bool | None = None,
        comment: str | None = None,
    ) -> tuple: ...
    @staticmethod
    def to_json(eco: Ecosystem) -> str: ...
    @staticmethod
    def write_json(eco: Ecosystem, path: os.PathLike | str | bytes) -> None: ...
    @staticmethod
    def write_package(eco: Ecosystem, folder: os.PathLike | str | bytes, progress: typing.Any = None) -> None: ...

def arrow_stream(columns: collections.abc.Sequence[tuple[str, numpy.ndarray]]) -> typing_extensions.CapsuleType: ...
def articulation_points(net: Network) -> tuple[numpy.typing.NDArray[numpy.uint8], dict]: ...
def assortativity(net: Network, groups: typing.Any, weights: typing.Any) -> tuple[float, dict]: ...
def betweenness(
    net: Network,
    directed: bool,
    lengths: typing.Any,
    normalized: typing.Any,
    two_mode: typing.Any,
    sources: typing.Any,
    pivots: typing.SupportsInt | typing.SupportsIndex,
    seed: typing.SupportsInt | typing.SupportsIndex,
    threads: typing.SupportsInt | typing.SupportsIndex,
    progress: typing.Any,
) -> tuple[numpy.typing.NDArray[numpy.float64], typing.Any, dict]: ...
def biconnected_components(net: Network) -> tuple[list[list[int]], dict]: ...
def blau(
    net: Network, groups: typing.Any, weights: typing.Any
) -> tuple[numpy.typing.NDArray[numpy.float64], float, dict]: ...
def bridges(net: Network) -> tuple[numpy.typing.NDArray[numpy.int32], numpy.typing.NDArray[numpy.int32], dict]: ...
def brokerage(
    net: Network,
    groups: typing.Any,
    permutations: typing.SupportsInt | typing.SupportsIndex,
    seed: typing.SupportsInt | typing.SupportsIndex,
    threads: typing.SupportsInt | typing.SupportsIndex,
    progress: typing.Any,
) -> tuple[dict, dict, dict]: ...
def brokerage_two_mode(
    net: Network,
    groups: typing.Any,
    brokers: typing.Annotated[numpy.typing.ArrayLike, numpy.uint8],
    permutations: typing.SupportsInt | typing.SupportsIndex,
    seed: typing.SupportsInt | typing.SupportsIndex,
    threads: typing.SupportsInt | typing.SupportsIndex,
    progress: typing.Any,
) -> tuple[numpy.typing.NDArray[numpy.int32], dict, dict, dict]: ...
def centralization(
    net: Network, of: str, loops: bool, threads: typing.SupportsInt | typing.SupportsIndex, progress: typing.Any
) -> tuple[float, float, dict]: ...
def closeness(
    net: Network,
    mode: str,
    lengths: typing.Any,
    normalized: typing.Any,
    two_mode: typing.Any,
    threads: typing.SupportsInt | typing.SupportsIndex,
    progress: typing.Any,
) -> tuple: ...
def clustering(
    net: Network,
    weights: typing.Any,
    low_degree: str,
    threads: typing.SupportsInt | typing.SupportsIndex,
    progress: typing.Any,
) -> tuple[numpy.typing.NDArray[numpy.float64], dict]: ...
def codes(
    texts: collections.abc.Sequence, known: typing.Any = None
) -> tuple[numpy.typing.NDArray[numpy.int32], list[str]]: ...
def communities(
    net: Network,
    objective: str,
    resolution: typing.SupportsFloat | typing.SupportsIndex,
    weights: typing.Any,
    directed: bool,
    seed: typing.SupportsInt | typing.SupportsIndex,
    trials: typing.SupportsInt | typing.SupportsIndex,
    iterations: typing.SupportsInt | typing.SupportsIndex,
    randomness: typing.SupportsFloat | typing.SupportsIndex,
    threads: typing.SupportsInt | typing.SupportsIndex,
    progress: typing.Any,
) -> tuple[
    numpy.typing.NDArray[numpy.int32],
    float,
    float,
    int,
    numpy.typing.NDArray[numpy.int32],
    numpy.typing.NDArray[numpy.float64],
    numpy.typing.NDArray[numpy.float64],
    dict,
]: ...
def components(
    net: Network, mode: str
) -> tuple[numpy.typing.NDArray[numpy.int32], numpy.typing.NDArray[numpy.int32], dict]: ...
def constraint(
    net: Network, weights: typing.Any, threads: typing.SupportsInt | typing.SupportsIndex, progress: typing.Any
) -> tuple[numpy.typing.NDArray[numpy.float64], dict]: ...
def constraint_two_mode(
    net: Network, weights: typing.Any, threads: typing.SupportsInt | typing.SupportsIndex, progress: typing.Any
) -> tuple[numpy.typing.NDArray[numpy.float64], dict]: ...
def core_periphery(
    net: Network,
    model: str,
    pattern: str,
    fit: str,
    weights: typing.Any,
    exact: bool | None,
    starts: typing.SupportsInt | typing.SupportsIndex,
    seed: typing.SupportsInt | typing.SupportsIndex,
    progress: typing.Any,
) -> tuple[float, numpy.typing.NDArray[numpy.float64], list[int], bool, dict]: ...
def coreness(net: Network, mode: str) -> tuple[numpy.typing.NDArray[numpy.float64], dict]: ...
def date_texts(
    first: typing.Annotated[numpy.typing.ArrayLike, numpy.int32],
    precision: typing.Annotated[numpy.typing.ArrayLike, numpy.uint8],
) -> list[str]: ...
def dates(
    texts: collections.abc.Sequence,
) -> tuple[
    numpy.typing.NDArray[numpy.int32],
    numpy.typing.NDArray[numpy.int32],
    numpy.typing.NDArray[numpy.uint8],
    numpy.typing.NDArray[numpy.uint8],
]: ...
def degree(net: Network, mode: str, loops: bool) -> tuple[numpy.typing.NDArray[numpy.float64], dict]: ...
def degree_assortativity(net: Network) -> tuple[float, dict]: ...
def density(net: Network, two_mode: typing.Any = None) -> tuple[float, int, int, dict]: ...
def diameter(
    net: Network,
    directed: bool,
    lengths: typing.Any,
    threads: typing.SupportsInt | typing.SupportsIndex,
    progress: typing.Any,
) -> tuple[float, int, int, dict]: ...
def distances(
    net: Network,
    sources: typing.Any,
    mode: str,
    lengths: typing.Any,
    threads: typing.SupportsInt | typing.SupportsIndex,
    progress: typing.Any,
) -> tuple[numpy.typing.NDArray[numpy.int32], numpy.typing.NDArray[numpy.float64], dict]: ...
def dyad_census(net: Network) -> tuple[int, int, int, int, dict]: ...
def eccentricity(
    net: Network,
    mode: str,
    lengths: typing.Any,
    threads: typing.SupportsInt | typing.SupportsIndex,
    progress: typing.Any,
) -> tuple: ...
def effective_size(
    net: Network, weights: typing.Any, threads: typing.SupportsInt | typing.SupportsIndex, progress: typing.Any
) -> tuple[numpy.typing.NDArray[numpy.float64], dict]: ...
def effective_size_two_mode(
    net: Network, threads: typing.SupportsInt | typing.SupportsIndex, progress: typing.Any
) -> tuple[numpy.typing.NDArray[numpy.float64], dict]: ...
def efficiency(
    net: Network, weights: typing.Any, threads: typing.SupportsInt | typing.SupportsIndex, progress: typing.Any
) -> tuple[numpy.typing.NDArray[numpy.float64], dict]: ...
def ei_index(
    net: Network, groups: typing.Any, weights: typing.Any
) -> tuple[
    float,
    float,
    float,
    list[str],
    numpy.typing.NDArray[numpy.int32],
    tuple,
    tuple,
    numpy.typing.NDArray[numpy.float64],
    dict,
]: ...
def eigenvector(
    net: Network,
    directed: bool,
    weights: typing.Any,
    loops: bool,
    threads: typing.SupportsInt | typing.SupportsIndex,
    progress: typing.Any,
) -> tuple[numpy.typing.NDArray[numpy.float64], float, dict, dict]: ...
def fragmentation(
    net: Network, distance_weighted: bool, threads: typing.SupportsInt | typing.SupportsIndex, progress: typing.Any
) -> tuple[float, dict]: ...
def gini(values: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], corrected: bool) -> float: ...
def group_labels(net: Network, groups: typing.Any) -> list[str | None]: ...
def harmonic(
    net: Network,
    mode: str,
    lengths: typing.Any,
    normalized: typing.Any,
    threads: typing.SupportsInt | typing.SupportsIndex,
    progress: typing.Any,
) -> tuple: ...
def hierarchy(
    net: Network, weights: typing.Any, threads: typing.SupportsInt | typing.SupportsIndex, progress: typing.Any
) -> tuple[numpy.typing.NDArray[numpy.float64], dict]: ...
def hits(
    net: Network,
    weights: typing.Any,
    loops: bool,
    threads: typing.SupportsInt | typing.SupportsIndex,
    progress: typing.Any,
) -> tuple[numpy.typing.NDArray[numpy.float64], numpy.typing.NDArray[numpy.float64], float, dict, dict]: ...
def katz(
    net: Network,
    alpha: typing.SupportsFloat | typing.SupportsIndex,
    beta: typing.SupportsFloat | typing.SupportsIndex,
    personalisation: typing.Any,
    directed: bool,
    weights: typing.Any,
    loops: bool,
    normalized: typing.Any,
    threads: typing.SupportsInt | typing.SupportsIndex,
    progress: typing.Any,
) -> tuple[numpy.typing.NDArray[numpy.float64], dict, dict]: ...
def key_players(
    net: Network,
    k: typing.SupportsInt | typing.SupportsIndex,
    criterion: str,
    distance_weighted: bool | None,
    steps: typing.SupportsInt | typing.SupportsIndex,
    normalized: str,
    exact: bool | None,
    most_sets: typing.SupportsInt | typing.SupportsIndex,
    starts: typing.SupportsInt | typing.SupportsIndex,
    seed: typing.SupportsInt | typing.SupportsIndex,
    threads: typing.SupportsInt | typing.SupportsIndex,
    progress: typing.Any,
) -> tuple[float, int, list[list[int]], bool, float, dict]: ...
def mean_distance(
    net: Network,
    directed: bool,
    lengths: typing.Any,
    threads: typing.SupportsInt | typing.SupportsIndex,
    progress: typing.Any,
) -> tuple[float, int, int, dict]: ...
def mixing_matrix(
    net: Network, groups: typing.Any, weights: typing.Any
) -> tuple[
    list[str],
    numpy.typing.NDArray[numpy.float64],
    numpy.typing.NDArray[numpy.float64],
    numpy.typing.NDArray[numpy.float64],
    numpy.typing.NDArray[numpy.float64],
    dict,
]: ...
def modularity(
    net: Network,
    groups: typing.Any,
    weights: typing.Any,
    resolution: typing.SupportsFloat | typing.SupportsIndex,
    directed: bool,
) -> tuple[float, dict]: ...
def pagerank(
    net: Network,
    damping: typing.SupportsFloat | typing.SupportsIndex,
    directed: bool,
    weights: typing.Any,
    loops: bool,
    personalisation: typing.Any,
    tolerance: typing.SupportsFloat | typing.SupportsIndex,
    threads: typing.SupportsInt | typing.SupportsIndex,
    progress: typing.Any,
) -> tuple[numpy.typing.NDArray[numpy.float64], int, dict, dict]: ...
def partner_scores(
    eco: Ecosystem,
    trust_items: collections.abc.Sequence[str],
    value_items: collections.abc.Sequence[str],
    wave: str,
    low: typing.SupportsFloat | typing.SupportsIndex,
    high: typing.SupportsFloat | typing.SupportsIndex,
    percent: str,
) -> tuple[dict, dict]: ...
def questionnaire(
    id: str,
    title: str,
    version: str,
    scales: list,
    items: collections.abc.Sequence[str],
    answers: typing.Annotated[numpy.typing.ArrayLike, numpy.float64],
) -> tuple[list, dict]: ...
def reciprocity(net: Network, kind: str) -> tuple[float, dict]: ...
def scorecard(
    net: Network,
    groups: typing.Any,
    top: typing.SupportsInt | typing.SupportsIndex,
    seed: typing.SupportsInt | typing.SupportsIndex,
    threads: typing.SupportsInt | typing.SupportsIndex,
    progress: typing.Any,
) -> tuple[list, dict]: ...
def strength(
    net: Network, mode: str, weights: typing.Any, loops: bool
) -> tuple[numpy.typing.NDArray[numpy.float64], dict]: ...
def transitivity(
    net: Network, threads: typing.SupportsInt | typing.SupportsIndex, progress: typing.Any
) -> tuple[float, int, int, dict]: ...
def triad_census(
    net: Network, threads: typing.SupportsInt | typing.SupportsIndex, progress: typing.Any
) -> tuple[list[str], numpy.typing.NDArray[numpy.int64], dict]: ...
def usual_entity_kinds() -> list[str]: ...
def usual_tie_kinds() -> list: ...

__boost__: str
__version__: str
