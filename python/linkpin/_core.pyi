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
    "CognitiveMap",
    "Ecosystem",
    "Error",
    "FileError",
    "InputError",
    "LimitError",
    "Network",
    "absent_groups",
    "adjusted_p",
    "agenda",
    "aggregate_reports",
    "agreement",
    "all_the_way_through",
    "answers_needed",
    "arrow_stream",
    "articulation_points",
    "assortativity",
    "atkinson",
    "betweenness",
    "biconnected_components",
    "blau",
    "boards",
    "bootstrap",
    "bottlenecks",
    "bridges",
    "brokerage",
    "brokerage_two_mode",
    "burden",
    "capacities",
    "centralization",
    "chain_chance",
    "choose_seeds",
    "closeness",
    "clustering",
    "codes",
    "communities",
    "compare_groups",
    "compare_waves",
    "components",
    "composite",
    "concordance",
    "consensus",
    "constraint",
    "constraint_two_mode",
    "consulted_not_deciding",
    "continuity",
    "contribution",
    "core_periphery",
    "coreness",
    "crossover",
    "crosswalk",
    "crosswalk_level",
    "cug_test",
    "date_texts",
    "dates",
    "decompose_inequality",
    "degree",
    "degree_assortativity",
    "degroot",
    "delphi",
    "density",
    "detectable_differences",
    "diameter",
    "distances",
    "divide",
    "dominance",
    "dyad_census",
    "dyad_matrix",
    "eccentricity",
    "effective_size",
    "effective_size_two_mode",
    "efficiency",
    "ei_index",
    "eigenvector",
    "feedback",
    "fractions",
    "fragmentation",
    "friedkin_johnsen",
    "funding",
    "fuzzy_brokerage",
    "gap_map",
    "gap_worth",
    "gatekeepers",
    "gini",
    "group_labels",
    "harmonic",
    "hidden_group_policy",
    "hierarchy",
    "hits",
    "interlocks",
    "io",
    "kaplan_meier",
    "katz",
    "key_players",
    "knowledge_kinds",
    "knowledge_network",
    "lags",
    "linkage",
    "logrank",
    "main_path",
    "mean_distance",
    "measured_coverage",
    "meeting_power",
    "missing_sensitivity",
    "missing_sensitivity_of_reports",
    "missing_trust",
    "mixing_matrix",
    "modularity",
    "monitoring",
    "mrqap",
    "overlap",
    "pagerank",
    "participation",
    "participation_scales",
    "partner_scores",
    "partnerships",
    "pathways",
    "payback",
    "percolation",
    "permutation_test",
    "pool",
    "power_index",
    "power_relations",
    "prior_work",
    "priority_gap",
    "publication",
    "qap",
    "questionnaire",
    "random_network",
    "rater_agreement",
    "reach",
    "reach_sensitivity",
    "reciprocity",
    "reconcile",
    "reconstruct",
    "reliability",
    "representation",
    "respect_consent",
    "right_truncated",
    "round_counts",
    "sampled_betweenness",
    "scorecard",
    "shapley",
    "shapley_reach",
    "shapley_success",
    "spread",
    "statistic_names",
    "stranded",
    "strength",
    "support",
    "suppress",
    "theil",
    "transitivity",
    "traversal_weights",
    "treated",
    "triad_census",
    "turnbull",
    "usual_entity_kinds",
    "usual_tie_kinds",
    "utilisation",
    "watering_down",
    "wave_matrices",
    "with_groups",
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
        threshold: typing.SupportsFloat | typing.SupportsIndex,
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

class CognitiveMap:
    def __init__(
        self,
        names: collections.abc.Sequence[str],
        weights: tuple[
            typing.Annotated[numpy.typing.ArrayLike, numpy.int32],
            typing.Annotated[numpy.typing.ArrayLike, numpy.int32],
            typing.Annotated[numpy.typing.ArrayLike, numpy.float64],
            typing.SupportsInt | typing.SupportsIndex,
            typing.SupportsInt | typing.SupportsIndex,
        ],
    ) -> None: ...
    def concepts(self) -> dict: ...
    def entries(
        self,
    ) -> tuple[
        numpy.typing.NDArray[numpy.int32], numpy.typing.NDArray[numpy.int32], numpy.typing.NDArray[numpy.float64]
    ]: ...
    def learn(
        self,
        state: typing.Annotated[numpy.typing.ArrayLike, numpy.float64],
        outputs: collections.abc.Sequence[
            tuple[
                typing.SupportsInt | typing.SupportsIndex,
                typing.SupportsFloat | typing.SupportsIndex,
                typing.SupportsFloat | typing.SupportsIndex,
            ]
        ],
        rule: str,
        transfer: str,
        slope: typing.SupportsFloat | typing.SupportsIndex,
        rate: typing.SupportsFloat | typing.SupportsIndex,
        decay: typing.SupportsFloat | typing.SupportsIndex,
        tolerance: typing.SupportsFloat | typing.SupportsIndex,
        most_steps: typing.SupportsInt | typing.SupportsIndex,
        progress: typing.Any,
    ) -> tuple[numpy.typing.NDArray[numpy.float64], numpy.typing.NDArray[numpy.float64], int, bool, dict]: ...
    def names(self) -> list[str]: ...
    def run(
        self,
        state: typing.Annotated[numpy.typing.ArrayLike, numpy.float64],
        rule: str,
        transfer: str,
        slope: typing.SupportsFloat | typing.SupportsIndex,
        clamps: collections.abc.Sequence[
            tuple[typing.SupportsInt | typing.SupportsIndex, typing.SupportsFloat | typing.SupportsIndex]
        ],
        tolerance: typing.SupportsFloat | typing.SupportsIndex,
        most_steps: typing.SupportsInt | typing.SupportsIndex,
        progress: typing.Any,
    ) -> tuple[
        numpy.typing.NDArray[numpy.float64], int, numpy.typing.NDArray[numpy.float64], str, int, float, float, dict
    ]: ...

def absent_groups(
    eco: Ecosystem,
) -> tuple[numpy.typing.NDArray[numpy.int32], numpy.typing.NDArray[numpy.int32], dict]: ...
def adjusted_p(
    p: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], adjust: str
) -> numpy.typing.NDArray[numpy.float64]: ...
def agenda(
    eco: Ecosystem, groups: str, level: typing.SupportsFloat | typing.SupportsIndex
) -> tuple[dict, dict, dict]: ...
def aggregate_reports(
    eco: Ecosystem, tie: str, combine: str, options: typing.SupportsInt | typing.SupportsIndex
) -> tuple[Ecosystem, list, dict]: ...
def agreement(
    ranks: typing.Annotated[numpy.typing.ArrayLike, numpy.float64],
    items: typing.SupportsInt | typing.SupportsIndex,
    k: typing.SupportsInt | typing.SupportsIndex,
    persistence: typing.SupportsFloat | typing.SupportsIndex,
) -> tuple[list, dict]: ...
def all_the_way_through(
    eco: Ecosystem,
    by: str,
    shaping: collections.abc.Sequence[str],
    later: collections.abc.Sequence[str],
    level: typing.SupportsFloat | typing.SupportsIndex,
) -> tuple[dict, dict]: ...
def answers_needed(
    first: typing.Annotated[numpy.typing.ArrayLike, numpy.float64],
    second: typing.Annotated[numpy.typing.ArrayLike, numpy.float64],
    answers: typing.SupportsFloat | typing.SupportsIndex,
    level: typing.SupportsFloat | typing.SupportsIndex,
) -> tuple[float, float, float, float, dict]: ...
def arrow_stream(columns: collections.abc.Sequence[tuple[str, numpy.ndarray]]) -> typing_extensions.CapsuleType: ...
def articulation_points(net: Network) -> tuple[numpy.typing.NDArray[numpy.uint8], dict]: ...
def assortativity(net: Network, groups: typing.Any, weights: typing.Any) -> tuple[float, dict]: ...
def atkinson(
    values: typing.Annotated[numpy.typing.ArrayLike, numpy.float64],
    epsilon: typing.SupportsFloat | typing.SupportsIndex,
) -> float: ...
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
def boards(eco: Ecosystem, blocs: str, at: str | None, progress: typing.Any) -> tuple[dict, dict, dict, dict]: ...
def bootstrap(
    net: Network,
    statistic: typing.Any,
    measure: str,
    groups: str,
    resample: str,
    interval: str,
    replicates: typing.SupportsInt | typing.SupportsIndex,
    level: typing.SupportsFloat | typing.SupportsIndex,
    seed: typing.SupportsInt | typing.SupportsIndex,
    confidence: typing.Any,
    beta: tuple[str, str],
    unreported: typing.SupportsFloat | typing.SupportsIndex,
    false_positive: typing.SupportsFloat | typing.SupportsIndex,
    false_negative: typing.SupportsFloat | typing.SupportsIndex,
    false_positive_of: typing.Annotated[numpy.typing.ArrayLike, numpy.float64],
    false_negative_of: typing.Annotated[numpy.typing.ArrayLike, numpy.float64],
    others: collections.abc.Sequence[Network],
    threads: typing.SupportsInt | typing.SupportsIndex,
    progress: typing.Any,
) -> tuple[dict, typing.Any, typing.Any, typing.Any, int, dict]: ...
def bottlenecks(
    net: Network,
    sources: typing.Annotated[numpy.typing.ArrayLike, numpy.int32],
    targets: typing.Annotated[numpy.typing.ArrayLike, numpy.int32],
    p: typing.Any,
    flow: str,
    method: str,
    budget: typing.SupportsFloat | typing.SupportsIndex,
    samples: typing.SupportsInt | typing.SupportsIndex,
    seed: typing.SupportsInt | typing.SupportsIndex,
    progress: typing.Any,
) -> tuple[
    float,
    bool,
    numpy.typing.NDArray[numpy.uint8],
    float,
    numpy.typing.NDArray[numpy.float64],
    numpy.typing.NDArray[numpy.float64],
    numpy.typing.NDArray[numpy.float64],
    float,
    dict,
]: ...
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
def burden(
    eco: Ecosystem, most: typing.SupportsFloat | typing.SupportsIndex
) -> tuple[dict, float, int, float, float, dict]: ...
def capacities(
    eco: Ecosystem, level: typing.SupportsFloat | typing.SupportsIndex
) -> tuple[dict, dict, int, float, tuple[float, float], dict]: ...
def centralization(
    net: Network, of: str, loops: bool, threads: typing.SupportsInt | typing.SupportsIndex, progress: typing.Any
) -> tuple[float, float, dict]: ...
def chain_chance(
    a: typing.Annotated[numpy.typing.ArrayLike, numpy.float64],
    b: typing.Annotated[numpy.typing.ArrayLike, numpy.float64],
    level: typing.SupportsFloat | typing.SupportsIndex,
) -> tuple[float, float, tuple[float, float], dict]: ...
def choose_seeds(
    net: Network,
    k: typing.SupportsInt | typing.SupportsIndex,
    model: str,
    p: typing.Any,
    flow: str,
    method: str,
    epsilon: typing.SupportsFloat | typing.SupportsIndex,
    delta: typing.SupportsFloat | typing.SupportsIndex,
    costs: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex],
    budget: typing.SupportsFloat | typing.SupportsIndex | None,
    groups: typing.Any,
    floors: collections.abc.Sequence[
        tuple[typing.SupportsInt | typing.SupportsIndex, typing.SupportsFloat | typing.SupportsIndex]
    ],
    level: typing.SupportsFloat | typing.SupportsIndex,
    seed: typing.SupportsInt | typing.SupportsIndex,
    threads: typing.SupportsInt | typing.SupportsIndex,
    progress: typing.Any,
) -> dict: ...
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
def compare_groups(
    net: Network,
    values: typing.Annotated[numpy.typing.ArrayLike, numpy.float64],
    groups: typing.Any,
    permutations: typing.SupportsInt | typing.SupportsIndex,
    seed: typing.SupportsInt | typing.SupportsIndex,
    adjust: str,
    threads: typing.SupportsInt | typing.SupportsIndex,
    progress: typing.Any,
) -> tuple[float, float, float, list[str], list[str], list, dict]: ...
def compare_waves(
    eco: Ecosystem,
    waves: collections.abc.Sequence[str],
    statistic: typing.Any,
    item: str,
    kinds: collections.abc.Sequence[str],
    rule: str,
    nonresponse: str,
    trust_items: collections.abc.Sequence[str],
    value_items: collections.abc.Sequence[str],
    level: typing.SupportsFloat | typing.SupportsIndex,
    progress: typing.Any,
) -> tuple[list, list, list, list, dict]: ...
def components(
    net: Network, mode: str
) -> tuple[numpy.typing.NDArray[numpy.int32], numpy.typing.NDArray[numpy.int32], dict]: ...
def composite(
    names: collections.abc.Sequence[str],
    values: collections.abc.Sequence[typing.Annotated[numpy.typing.ArrayLike, numpy.float64]],
    weights: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex],
    higher_is_better: collections.abc.Sequence[bool],
    normalisations: collections.abc.Sequence[str],
    aggregations: collections.abc.Sequence[str],
    concentration: typing.SupportsFloat | typing.SupportsIndex,
    floor: typing.SupportsFloat | typing.SupportsIndex,
    draws: typing.SupportsInt | typing.SupportsIndex,
    level: typing.SupportsFloat | typing.SupportsIndex,
    seed: typing.SupportsInt | typing.SupportsIndex,
    threads: typing.SupportsInt | typing.SupportsIndex,
    progress: typing.Any,
) -> tuple[
    list, list, numpy.typing.NDArray[numpy.float64], numpy.typing.NDArray[numpy.float64], list, list, float, dict
]: ...
def concordance(
    ranks: typing.Annotated[numpy.typing.ArrayLike, numpy.float64],
    items: typing.SupportsInt | typing.SupportsIndex,
    test: str,
    permutations: typing.SupportsInt | typing.SupportsIndex,
    seed: typing.SupportsInt | typing.SupportsIndex,
    threads: typing.SupportsInt | typing.SupportsIndex,
    progress: typing.Any,
) -> tuple[float, numpy.typing.NDArray[numpy.float64], dict, dict]: ...
def consensus(
    ranks: typing.Annotated[numpy.typing.ArrayLike, numpy.float64],
    items: typing.SupportsInt | typing.SupportsIndex,
    method: str,
    groups: typing.Annotated[numpy.typing.ArrayLike, numpy.int32],
    progress: typing.Any,
) -> tuple[
    numpy.typing.NDArray[numpy.float64],
    numpy.typing.NDArray[numpy.float64],
    list[list[int]],
    int,
    float,
    int,
    list,
    dict,
]: ...
def constraint(
    net: Network, weights: typing.Any, threads: typing.SupportsInt | typing.SupportsIndex, progress: typing.Any
) -> tuple[numpy.typing.NDArray[numpy.float64], dict]: ...
def constraint_two_mode(
    net: Network, weights: typing.Any, threads: typing.SupportsInt | typing.SupportsIndex, progress: typing.Any
) -> tuple[numpy.typing.NDArray[numpy.float64], dict]: ...
def consulted_not_deciding(
    eco: Ecosystem,
    by: str,
    at_or_above: str,
    permutations: typing.SupportsInt | typing.SupportsIndex,
    seed: typing.SupportsInt | typing.SupportsIndex,
    threads: typing.SupportsInt | typing.SupportsIndex,
    progress: typing.Any,
) -> tuple[dict, str, dict]: ...
def continuity(eco: Ecosystem, by: str, level: typing.SupportsFloat | typing.SupportsIndex) -> tuple[dict, dict]: ...
def contribution(
    prior: tuple[typing.SupportsFloat | typing.SupportsIndex, typing.SupportsFloat | typing.SupportsIndex],
    tests: collections.abc.Sequence[
        tuple[
            str,
            tuple[typing.SupportsFloat | typing.SupportsIndex, typing.SupportsFloat | typing.SupportsIndex],
            tuple[typing.SupportsFloat | typing.SupportsIndex, typing.SupportsFloat | typing.SupportsIndex],
            bool,
            str,
        ]
    ],
    threshold: typing.SupportsFloat | typing.SupportsIndex,
) -> tuple[float, tuple[float, float], dict, list[str], list, dict]: ...
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
def crossover(eco: Ecosystem, by: str) -> tuple: ...
def crosswalk() -> dict: ...
def crosswalk_level(level: str, from_: str, to: str) -> list[str]: ...
def cug_test(
    net: Network,
    statistic: typing.Any,
    groups: str,
    condition: str,
    replicates: typing.SupportsInt | typing.SupportsIndex,
    seed: typing.SupportsInt | typing.SupportsIndex,
    swaps: typing.SupportsInt | typing.SupportsIndex,
    threads: typing.SupportsInt | typing.SupportsIndex,
    progress: typing.Any,
) -> tuple: ...
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
def decompose_inequality(
    values: typing.Annotated[numpy.typing.ArrayLike, numpy.float64],
    groups: typing.Annotated[numpy.typing.ArrayLike, numpy.int32],
    index: str,
    epsilon: typing.SupportsFloat | typing.SupportsIndex,
) -> tuple[float, float, float, float, list, dict]: ...
def degree(net: Network, mode: str, loops: bool) -> tuple[numpy.typing.NDArray[numpy.float64], dict]: ...
def degree_assortativity(net: Network) -> tuple[float, dict]: ...
def degroot(
    w: tuple[
        typing.Annotated[numpy.typing.ArrayLike, numpy.int32],
        typing.Annotated[numpy.typing.ArrayLike, numpy.int32],
        typing.Annotated[numpy.typing.ArrayLike, numpy.float64],
        typing.SupportsInt | typing.SupportsIndex,
        typing.SupportsInt | typing.SupportsIndex,
    ],
    x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64],
    tolerance: typing.SupportsFloat | typing.SupportsIndex,
    progress: typing.Any,
) -> tuple: ...
def delphi(
    ratings: typing.Annotated[numpy.typing.ArrayLike, numpy.float64],
    items: typing.SupportsInt | typing.SupportsIndex,
    previous: typing.Annotated[numpy.typing.ArrayLike, numpy.float64],
) -> tuple[list, dict]: ...
def density(net: Network, two_mode: typing.Any = None) -> tuple[float, int, int, dict]: ...
def detectable_differences(
    net: Network,
    values: typing.Annotated[numpy.typing.ArrayLike, numpy.float64],
    groups: typing.Any,
    level: typing.SupportsFloat | typing.SupportsIndex,
    power: typing.SupportsFloat | typing.SupportsIndex,
) -> tuple[list[str], list[str], list, dict]: ...
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
def divide(
    net: Network,
    sides: typing.Any,
    a: str,
    b: str,
    new_ties: typing.SupportsInt | typing.SupportsIndex,
    candidates: typing.SupportsInt | typing.SupportsIndex,
    threads: typing.SupportsInt | typing.SupportsIndex,
    progress: typing.Any,
) -> tuple[dict, numpy.typing.NDArray[numpy.float64], numpy.typing.NDArray[numpy.uint8], list, dict]: ...
def dominance(
    eco: Ecosystem,
    groups: str,
    kinds: collections.abc.Sequence[str],
    epsilon: typing.SupportsFloat | typing.SupportsIndex,
) -> tuple[dict, dict, dict]: ...
def dyad_census(net: Network) -> tuple[int, int, int, int, dict]: ...
def dyad_matrix(net: Network, weights: typing.Any) -> numpy.ndarray: ...
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
def feedback(
    eco: Ecosystem, by: str, as_of: typing.Any, level: typing.SupportsFloat | typing.SupportsIndex
) -> tuple[dict, dict]: ...
def fractions(
    percentages: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex],
    most: typing.SupportsInt | typing.SupportsIndex,
    decimals: typing.SupportsInt | typing.SupportsIndex,
    whole: bool,
) -> tuple[list[int], list[list[int]], dict]: ...
def fragmentation(
    net: Network, distance_weighted: bool, threads: typing.SupportsInt | typing.SupportsIndex, progress: typing.Any
) -> tuple[float, dict]: ...
def friedkin_johnsen(
    w: tuple[
        typing.Annotated[numpy.typing.ArrayLike, numpy.int32],
        typing.Annotated[numpy.typing.ArrayLike, numpy.int32],
        typing.Annotated[numpy.typing.ArrayLike, numpy.float64],
        typing.SupportsInt | typing.SupportsIndex,
        typing.SupportsInt | typing.SupportsIndex,
    ],
    u: typing.Annotated[numpy.typing.ArrayLike, numpy.float64],
    susceptibility: typing.Annotated[numpy.typing.ArrayLike, numpy.float64],
    tolerance: typing.SupportsFloat | typing.SupportsIndex,
    progress: typing.Any,
) -> tuple: ...
def funding(
    eco: Ecosystem,
    into: typing.Any,
    rates: list,
    community: collections.abc.Sequence[str],
    participants: collections.abc.Sequence[str],
) -> tuple[dict, dict]: ...
def fuzzy_brokerage(
    net: Network,
    groups: typing.Any,
    permutations: typing.SupportsInt | typing.SupportsIndex,
    seed: typing.SupportsInt | typing.SupportsIndex,
    threads: typing.SupportsInt | typing.SupportsIndex,
    progress: typing.Any,
) -> tuple[dict, list[float], typing.Any, typing.Any, dict]: ...
def gap_map(eco: Ecosystem, kind: str, rows: str, columns: str, layers: str) -> tuple: ...
def gap_worth(
    net: Network,
    sources: typing.Annotated[numpy.typing.ArrayLike, numpy.int32],
    targets: typing.Annotated[numpy.typing.ArrayLike, numpy.int32],
    start: typing.Annotated[numpy.typing.ArrayLike, numpy.int32],
    end: typing.Annotated[numpy.typing.ArrayLike, numpy.int32],
    chance: typing.SupportsFloat | typing.SupportsIndex,
    p: typing.Any,
    flow: str,
    method: str,
    budget: typing.SupportsFloat | typing.SupportsIndex,
    samples: typing.SupportsInt | typing.SupportsIndex,
    seed: typing.SupportsInt | typing.SupportsIndex,
    progress: typing.Any,
) -> tuple[numpy.typing.NDArray[numpy.float64], float, bool, float, dict]: ...
def gatekeepers(
    net: Network,
    sources: typing.Annotated[numpy.typing.ArrayLike, numpy.int32],
    targets: typing.Annotated[numpy.typing.ArrayLike, numpy.int32],
    along: bool,
    against: bool,
    progress: typing.Any,
) -> tuple[list, dict]: ...
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
def hidden_group_policy(
    eco: Ecosystem, level: typing.SupportsFloat | typing.SupportsIndex
) -> tuple[int, int, int, float, tuple[float, float], tuple[float, float], numpy.typing.NDArray[numpy.int32], dict]: ...
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
def interlocks(eco: Ecosystem, at: str | None) -> tuple[dict, dict, dict]: ...
def kaplan_meier(
    time: typing.Annotated[numpy.typing.ArrayLike, numpy.float64],
    observed: typing.Annotated[numpy.typing.ArrayLike, numpy.uint8],
    groups: typing.Any,
    count: typing.SupportsInt | typing.SupportsIndex,
    clusters: typing.Any,
    level: typing.SupportsFloat | typing.SupportsIndex,
) -> list: ...
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
) -> tuple[numpy.typing.NDArray[numpy.float64], int, dict, dict]: ...
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
def knowledge_kinds(eco: Ecosystem) -> list[str]: ...
def knowledge_network(eco: Ecosystem, kinds: collections.abc.Sequence[str], at: str | None) -> Network: ...
def lags(
    eco: Ecosystem,
    from_: str,
    to: str,
    from_date: str,
    to_date: str,
    ties: collections.abc.Sequence[str] | None,
    steps: typing.SupportsInt | typing.SupportsIndex,
    of: str,
    curve: str,
    groups: str,
    clusters: str,
    seen_until: str,
    by_source: collections.abc.Sequence[tuple[str, str]],
    level: typing.SupportsFloat | typing.SupportsIndex,
    replicates: typing.SupportsInt | typing.SupportsIndex,
    seed: typing.SupportsInt | typing.SupportsIndex,
    threads: typing.SupportsInt | typing.SupportsIndex,
    progress: typing.Any,
) -> tuple[dict, dict, list, tuple[float, int, float], dict, str, str | None, dict]: ...
def linkage(
    eco: Ecosystem,
    kinds: collections.abc.Sequence[str] | None,
    threads: typing.SupportsInt | typing.SupportsIndex,
    progress: typing.Any,
) -> tuple[dict, dict, numpy.typing.NDArray[numpy.int32], float, float, int, dict]: ...
def logrank(
    time: typing.Annotated[numpy.typing.ArrayLike, numpy.float64],
    observed: typing.Annotated[numpy.typing.ArrayLike, numpy.uint8],
    groups: typing.Annotated[numpy.typing.ArrayLike, numpy.int32],
    clusters: typing.Any,
) -> tuple[float, int, float, list, dict]: ...
def main_path(
    net: Network,
    kind: str,
    search: str,
    key_routes: typing.SupportsInt | typing.SupportsIndex,
    flow: str,
    cycles: str,
    dates: typing.Any,
    progress: typing.Any,
) -> tuple[
    numpy.typing.NDArray[numpy.int32], numpy.typing.NDArray[numpy.int32], tuple, tuple, tuple, bool, dict, dict
]: ...
def mean_distance(
    net: Network,
    directed: bool,
    lengths: typing.Any,
    threads: typing.SupportsInt | typing.SupportsIndex,
    progress: typing.Any,
) -> tuple[float, int, int, dict]: ...
def measured_coverage(
    measure: str, resample: str, interval: str, n: typing.SupportsInt | typing.SupportsIndex
) -> typing.Any: ...
def meeting_power(
    votes: typing.Annotated[numpy.typing.ArrayLike, numpy.int64],
    attendance: typing.Annotated[numpy.typing.ArrayLike, numpy.float64],
    quorum: typing.SupportsInt | typing.SupportsIndex,
    casting: typing.SupportsInt | typing.SupportsIndex,
    progress: typing.Any,
) -> tuple[float, numpy.typing.NDArray[numpy.float64], numpy.typing.NDArray[numpy.float64]]: ...
def missing_sensitivity(
    net: Network,
    statistic: collections.abc.Callable,
    treatments: collections.abc.Sequence[str],
    imputations: typing.SupportsInt | typing.SupportsIndex,
    groups: typing.Any,
    seed: typing.SupportsInt | typing.SupportsIndex,
    progress: typing.Any,
) -> tuple: ...
def missing_sensitivity_of_reports(
    eco: Ecosystem,
    item: str,
    wave: str,
    rule: str,
    statistic: collections.abc.Callable,
    treatments: collections.abc.Sequence[str],
    imputations: typing.SupportsInt | typing.SupportsIndex,
    groups: typing.Any,
    seed: typing.SupportsInt | typing.SupportsIndex,
    progress: typing.Any,
) -> tuple: ...
def missing_trust(
    net: Network,
    statistic: collections.abc.Callable,
    response_rates: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex],
    treatments: collections.abc.Sequence[str],
    silence: str,
    replicates: typing.SupportsInt | typing.SupportsIndex,
    groups: typing.Any,
    seed: typing.SupportsInt | typing.SupportsIndex,
    progress: typing.Any,
) -> tuple[list, dict]: ...
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
def monitoring(
    eco: Ecosystem,
    events: collections.abc.Sequence[str],
    attended: typing.SupportsInt | typing.SupportsIndex | None,
    level: typing.SupportsFloat | typing.SupportsIndex,
) -> tuple[dict, dict, dict]: ...
def mrqap(
    y: typing.Annotated[numpy.typing.ArrayLike, numpy.float64],
    names: collections.abc.Sequence[str],
    x: collections.abc.Sequence[typing.Annotated[numpy.typing.ArrayLike, numpy.float64]],
    permutations: typing.SupportsInt | typing.SupportsIndex,
    seed: typing.SupportsInt | typing.SupportsIndex,
    directed: bool,
    outcome: str,
    threads: typing.SupportsInt | typing.SupportsIndex,
    progress: typing.Any,
) -> tuple[list[str], list, dict, dict]: ...
def overlap(
    eco: Ecosystem,
    kinds: collections.abc.Sequence[str],
    least: typing.SupportsFloat | typing.SupportsIndex,
    most: typing.SupportsInt | typing.SupportsIndex,
    progress: typing.Any,
) -> tuple: ...
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
def participation(
    eco: Ecosystem, by: str, at_or_above: str, level: typing.SupportsFloat | typing.SupportsIndex
) -> tuple[dict, dict]: ...
def participation_scales() -> list: ...
def partner_scores(
    eco: Ecosystem,
    trust_items: collections.abc.Sequence[str],
    value_items: collections.abc.Sequence[str],
    wave: str,
    low: typing.SupportsFloat | typing.SupportsIndex,
    high: typing.SupportsFloat | typing.SupportsIndex,
    percent: str,
) -> tuple[dict, dict]: ...
def partnerships(
    eco: Ecosystem,
    source_types: collections.abc.Sequence[str],
    steps: typing.SupportsInt | typing.SupportsIndex,
    deduplicate: bool,
    working_papers: bool,
    seen_until: str,
    covariates: collections.abc.Sequence[str],
    level: typing.SupportsFloat | typing.SupportsIndex,
    threads: typing.SupportsInt | typing.SupportsIndex,
    progress: typing.Any,
) -> tuple[dict, dict, dict, dict, dict, dict, int, int, dict]: ...
def pathways(
    net: Network,
    sources: typing.Annotated[numpy.typing.ArrayLike, numpy.int32],
    targets: typing.Annotated[numpy.typing.ArrayLike, numpy.int32],
    p: typing.Any,
    fidelity: typing.Any,
    flow: str,
    k: typing.SupportsInt | typing.SupportsIndex,
    at_least: typing.SupportsFloat | typing.SupportsIndex,
    progress: typing.Any,
) -> tuple[list, bool, dict]: ...
def payback(eco: Ecosystem) -> tuple: ...
def percolation(
    net: Network,
    scores: typing.Annotated[numpy.typing.ArrayLike, numpy.float64] | None,
    orders: typing.SupportsInt | typing.SupportsIndex,
    seed: typing.SupportsInt | typing.SupportsIndex,
    threads: typing.SupportsInt | typing.SupportsIndex,
    progress: typing.Any,
) -> tuple[
    float,
    numpy.typing.NDArray[numpy.float64],
    numpy.typing.NDArray[numpy.int32],
    numpy.typing.NDArray[numpy.int32],
    numpy.typing.NDArray[numpy.float64],
    dict,
]: ...
def permutation_test(
    net: Network,
    statistic: typing.Any,
    groups: typing.Any,
    permutations: typing.SupportsInt | typing.SupportsIndex,
    seed: typing.SupportsInt | typing.SupportsIndex,
    threads: typing.SupportsInt | typing.SupportsIndex,
    progress: typing.Any,
) -> tuple: ...
def pool(
    estimates: typing.Annotated[numpy.typing.ArrayLike, numpy.float64],
    variances: typing.Annotated[numpy.typing.ArrayLike, numpy.float64],
    level: typing.SupportsFloat | typing.SupportsIndex,
) -> tuple[float, float, float, float, float, float, float]: ...
def power_index(
    weights: typing.Annotated[numpy.typing.ArrayLike, numpy.float64],
    quota: typing.SupportsFloat | typing.SupportsIndex,
    kind: str,
    casting: typing.SupportsInt | typing.SupportsIndex,
    blocs: typing.Annotated[numpy.typing.ArrayLike, numpy.int32],
    progress: typing.Any,
) -> tuple[numpy.typing.NDArray[numpy.float64], numpy.typing.NDArray[numpy.float64], list[str], str, dict]: ...
def power_relations(
    eco: Ecosystem,
    groups: str,
    over: collections.abc.Sequence[str],
    with_: collections.abc.Sequence[str],
    progress: typing.Any,
) -> tuple[dict, dict, dict]: ...
def prior_work(
    eco: Ecosystem,
    topics: collections.abc.Sequence[str],
    kinds: collections.abc.Sequence[str],
    most: typing.SupportsInt | typing.SupportsIndex,
) -> tuple: ...
def priority_gap(
    eco: Ecosystem, item: str, high_is_best: bool, groups: str
) -> tuple[dict, dict, dict, float, float, dict]: ...
def publication(
    eco: Ecosystem,
    people: bool,
    named: collections.abc.Sequence[str],
    by: str,
    threshold: typing.SupportsInt | typing.SupportsIndex,
    seed: typing.SupportsInt | typing.SupportsIndex,
) -> tuple[Ecosystem, list[str], int, list[str], int, dict]: ...
def qap(
    y: typing.Annotated[numpy.typing.ArrayLike, numpy.float64],
    x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64],
    permutations: typing.SupportsInt | typing.SupportsIndex,
    seed: typing.SupportsInt | typing.SupportsIndex,
    directed: bool,
    threads: typing.SupportsInt | typing.SupportsIndex,
    progress: typing.Any,
) -> tuple[float, float, float, float, float, float, int, dict]: ...
def questionnaire(
    id: str,
    title: str,
    version: str,
    scales: list,
    items: collections.abc.Sequence[str],
    answers: typing.Annotated[numpy.typing.ArrayLike, numpy.float64],
) -> tuple[list, dict]: ...
def random_network(
    net: Network,
    condition: str,
    seed: typing.SupportsInt | typing.SupportsIndex,
    swaps: typing.SupportsInt | typing.SupportsIndex,
    replicate: typing.SupportsInt | typing.SupportsIndex,
) -> Network: ...
def rater_agreement(
    values: typing.Annotated[numpy.typing.ArrayLike, numpy.float64],
    groups: typing.Annotated[numpy.typing.ArrayLike, numpy.int32],
    options: typing.SupportsInt | typing.SupportsIndex,
) -> tuple[dict, dict]: ...
def reach(
    net: Network,
    sources: typing.Annotated[numpy.typing.ArrayLike, numpy.int32],
    targets: typing.Annotated[numpy.typing.ArrayLike, numpy.int32],
    source_types: collections.abc.Sequence[str],
    steps: typing.SupportsInt | typing.SupportsIndex,
    deduplicate: bool,
    working_papers: bool,
    attenuation: typing.SupportsFloat | typing.SupportsIndex,
    flow: str,
    dates: str,
    progress: typing.Any,
) -> tuple[
    numpy.typing.NDArray[numpy.int64],
    numpy.typing.NDArray[numpy.float64],
    numpy.typing.NDArray[numpy.int32],
    int,
    int,
    list[int],
    list[int],
    dict,
]: ...
def reach_sensitivity(
    net: Network,
    sources: typing.Annotated[numpy.typing.ArrayLike, numpy.int32],
    targets: typing.Annotated[numpy.typing.ArrayLike, numpy.int32],
    flow: str,
    progress: typing.Any,
) -> tuple[
    list, numpy.typing.NDArray[numpy.int64], numpy.typing.NDArray[numpy.int64], numpy.typing.NDArray[numpy.int64], dict
]: ...
def reciprocity(net: Network, kind: str) -> tuple[float, dict]: ...
def reconcile(
    eco: Ecosystem,
    item: str,
    wave: str,
    rule: str,
    nonresponse: str,
    threshold: typing.SupportsFloat | typing.SupportsIndex,
) -> tuple[dict, dict, dict, dict]: ...
def reconstruct(
    eco: Ecosystem,
    items: collections.abc.Sequence[str],
    wave: str,
    method: str,
    errors: str,
    false_positive: typing.SupportsFloat | typing.SupportsIndex | None,
    density_prior: tuple[typing.SupportsFloat | typing.SupportsIndex, typing.SupportsFloat | typing.SupportsIndex]
    | None,
    false_positive_prior: tuple[
        typing.SupportsFloat | typing.SupportsIndex, typing.SupportsFloat | typing.SupportsIndex
    ]
    | None,
    false_negative_prior: tuple[
        typing.SupportsFloat | typing.SupportsIndex, typing.SupportsFloat | typing.SupportsIndex
    ]
    | None,
    draws: typing.SupportsInt | typing.SupportsIndex,
    burn: typing.SupportsInt | typing.SupportsIndex,
    chains: typing.SupportsInt | typing.SupportsIndex,
    level: typing.SupportsFloat | typing.SupportsIndex,
    seed: typing.SupportsInt | typing.SupportsIndex,
    threads: typing.SupportsInt | typing.SupportsIndex,
    progress: typing.Any,
) -> tuple[
    bool,
    float,
    tuple,
    list,
    tuple[
        numpy.typing.NDArray[numpy.int32],
        numpy.typing.NDArray[numpy.int32],
        numpy.typing.NDArray[numpy.int32],
        numpy.typing.NDArray[numpy.int32],
        numpy.typing.NDArray[numpy.float64],
    ],
    float,
    dict,
]: ...
def reliability(
    net: Network,
    sources: typing.Annotated[numpy.typing.ArrayLike, numpy.int32],
    targets: typing.Annotated[numpy.typing.ArrayLike, numpy.int32],
    p: typing.Any,
    flow: str,
    method: str,
    budget: typing.SupportsFloat | typing.SupportsIndex,
    samples: typing.SupportsInt | typing.SupportsIndex,
    level: typing.SupportsFloat | typing.SupportsIndex,
    seed: typing.SupportsInt | typing.SupportsIndex,
    threads: typing.SupportsInt | typing.SupportsIndex,
    progress: typing.Any,
) -> tuple[float, tuple[float, float], tuple[float, float], str, bool, float, int, int, dict]: ...
def representation(
    categories: collections.abc.Sequence[str],
    counts: collections.abc.Sequence[typing.SupportsInt | typing.SupportsIndex],
    prefer_not_to_say: typing.SupportsInt | typing.SupportsIndex,
    left_blank: typing.SupportsInt | typing.SupportsIndex,
    not_returned: typing.SupportsInt | typing.SupportsIndex,
    reference_categories: collections.abc.Sequence[str],
    reference_values: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex],
    sample: bool,
    level: typing.SupportsFloat | typing.SupportsIndex,
) -> tuple[dict, int, list[str], dict]: ...
def respect_consent(eco: Ecosystem) -> tuple[Ecosystem, dict, dict]: ...
def right_truncated(
    time: typing.Annotated[numpy.typing.ArrayLike, numpy.float64],
    longest: typing.Annotated[numpy.typing.ArrayLike, numpy.float64],
    groups: typing.Any,
    count: typing.SupportsInt | typing.SupportsIndex,
    clusters: typing.Any,
    level: typing.SupportsFloat | typing.SupportsIndex,
) -> list: ...
def round_counts(
    tables: list, base: typing.SupportsInt | typing.SupportsIndex, progress: typing.Any
) -> tuple[dict, dict]: ...
def sampled_betweenness(
    net: Network,
    error: typing.SupportsFloat | typing.SupportsIndex,
    level: typing.SupportsFloat | typing.SupportsIndex,
    directed: bool,
    lengths: typing.Any,
    seed: typing.SupportsInt | typing.SupportsIndex,
    threads: typing.SupportsInt | typing.SupportsIndex,
    progress: typing.Any,
) -> tuple[numpy.typing.NDArray[numpy.float64], int, int, dict]: ...
def scorecard(
    net: Network,
    groups: typing.Any,
    top: typing.SupportsInt | typing.SupportsIndex,
    seed: typing.SupportsInt | typing.SupportsIndex,
    replicates: typing.SupportsInt | typing.SupportsIndex | None,
    level: typing.SupportsFloat | typing.SupportsIndex,
    false_positive: typing.SupportsFloat | typing.SupportsIndex,
    false_negative: typing.SupportsFloat | typing.SupportsIndex,
    others: collections.abc.Sequence[Network],
    threads: typing.SupportsInt | typing.SupportsIndex,
    progress: typing.Any,
) -> tuple[list, int, dict]: ...
def shapley(
    players: typing.SupportsInt | typing.SupportsIndex,
    worth: collections.abc.Callable,
    most_exact: typing.SupportsInt | typing.SupportsIndex,
    permutations: typing.SupportsInt | typing.SupportsIndex,
    level: typing.SupportsFloat | typing.SupportsIndex,
    seed: typing.SupportsInt | typing.SupportsIndex,
    progress: typing.Any,
) -> tuple[
    numpy.typing.NDArray[numpy.float64],
    numpy.typing.NDArray[numpy.float64],
    numpy.typing.NDArray[numpy.float64],
    float,
    bool,
    dict,
]: ...
def shapley_reach(
    net: Network,
    sources: typing.Annotated[numpy.typing.ArrayLike, numpy.int32],
    targets: typing.Annotated[numpy.typing.ArrayLike, numpy.int32],
    players: typing.Any,
    flow: str,
    steps: typing.SupportsInt | typing.SupportsIndex,
    progress: typing.Any,
) -> tuple: ...
def shapley_success(
    p: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], players: typing.Any, progress: typing.Any
) -> tuple: ...
def spread(
    net: Network,
    seeds: collections.abc.Sequence[typing.SupportsInt | typing.SupportsIndex],
    model: str,
    p: typing.Any,
    flow: str,
    method: str,
    replicates: typing.SupportsInt | typing.SupportsIndex,
    level: typing.SupportsFloat | typing.SupportsIndex,
    seed: typing.SupportsInt | typing.SupportsIndex,
    threads: typing.SupportsInt | typing.SupportsIndex,
    progress: typing.Any,
) -> tuple[float, tuple, float, numpy.typing.NDArray[numpy.float64], bool, int, dict]: ...
def statistic_names() -> list[list[str]]: ...
def stranded(
    eco: Ecosystem, ties: collections.abc.Sequence[str] | None, level: typing.SupportsFloat | typing.SupportsIndex
) -> tuple: ...
def strength(
    net: Network, mode: str, weights: typing.Any, loops: bool
) -> tuple[numpy.typing.NDArray[numpy.float64], dict]: ...
def support(eco: Ecosystem, by: str, level: typing.SupportsFloat | typing.SupportsIndex) -> tuple[dict, dict, dict]: ...
def suppress(
    tables: list,
    threshold: typing.SupportsInt | typing.SupportsIndex,
    zeros: bool,
    published: list,
    progress: typing.Any,
) -> tuple[dict, dict]: ...
def theil(values: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], l: bool) -> float: ...
def transitivity(
    net: Network, threads: typing.SupportsInt | typing.SupportsIndex, progress: typing.Any
) -> tuple[float, int, int, dict]: ...
def traversal_weights(
    net: Network, kind: str, flow: str, cycles: str, dates: typing.Any, progress: typing.Any
) -> tuple[numpy.typing.NDArray[numpy.int32], tuple, tuple, dict, dict]: ...
def treated(
    net: Network,
    treatment: str,
    groups: typing.Any,
    seed: typing.SupportsInt | typing.SupportsIndex,
    replicate: typing.SupportsInt | typing.SupportsIndex,
) -> Network: ...
def triad_census(
    net: Network, threads: typing.SupportsInt | typing.SupportsIndex, progress: typing.Any
) -> tuple[list[str], numpy.typing.NDArray[numpy.int64], dict]: ...
def turnbull(
    from_: typing.Annotated[numpy.typing.ArrayLike, numpy.float64],
    until: typing.Annotated[numpy.typing.ArrayLike, numpy.float64],
    clusters: typing.Any,
    level: typing.SupportsFloat | typing.SupportsIndex,
    replicates: typing.SupportsInt | typing.SupportsIndex,
    seed: typing.SupportsInt | typing.SupportsIndex,
    threads: typing.SupportsInt | typing.SupportsIndex,
    progress: typing.Any,
) -> tuple[dict, int, float, float, bool, tuple[float, float], dict]: ...
def usual_entity_kinds() -> list[str]: ...
def usual_tie_kinds() -> list: ...
def utilisation(eco: Ecosystem, by: str, level: typing.SupportsFloat | typing.SupportsIndex) -> tuple: ...
def watering_down(
    net: Network,
    sources: typing.Annotated[numpy.typing.ArrayLike, numpy.int32],
    targets: typing.Annotated[numpy.typing.ArrayLike, numpy.int32],
    fidelity: typing.Any,
    flow: str,
    progress: typing.Any,
) -> tuple[list, list[int], numpy.typing.NDArray[numpy.int32], dict]: ...
def wave_matrices(
    eco: Ecosystem,
    waves: collections.abc.Sequence[str],
    item: str,
    kinds: collections.abc.Sequence[str],
    rule: str,
    nonresponse: str,
    fixed_kinds: collections.abc.Sequence[str],
) -> tuple[numpy.typing.NDArray[numpy.int32], list, list]: ...
def with_groups(net: Network, groups: typing.Any, column: str) -> Network: ...

__boost__: str
__version__: str
