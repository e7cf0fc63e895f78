"""linkpin: partnerships, participation and the road from research to policy as one graph, scored with honesty.

``eco = linkpin.read(path)`` reads what an evaluator has; ``linkpin.scorecard(eco)`` scores it;
``linkpin.report(eco, "report.html")`` explains it; ``linkpin.measures()`` lists every score with meaning and source.
"""

from linkpin import catalogue, io
from linkpin._core import Error, FileError, InputError, LimitError, __version__
from linkpin.assess.methods import methods_text
from linkpin.assess.partnerships import partnerships
from linkpin.assess.scorecard import scorecard
from linkpin.disclosure.publication import publication, respect_consent
from linkpin.disclosure.rounding import round_counts
from linkpin.disclosure.suppression import suppress
from linkpin.dynamics.cognitive import CognitiveMap
from linkpin.dynamics.diffusion import choose_seeds, spread
from linkpin.dynamics.opinions import degroot, friedkin_johnsen
from linkpin.ecosystem import Ecosystem
from linkpin.funding.funding import funding, grants
from linkpin.influence.credit import shapley, shapley_reach, shapley_success
from linkpin.influence.divide import crossover, divide, gap_map, overlap, prior_work, stranded
from linkpin.influence.lags import lags
from linkpin.influence.main_path import main_path, traversal_weights
from linkpin.influence.pathways import bottlenecks, chain_chance, gap_worth, pathways
from linkpin.influence.reach import knowledge_network, reach, reach_sensitivity
from linkpin.influence.reliability import reliability
from linkpin.influence.use import payback, utilisation
from linkpin.influence.watering import watering_down
from linkpin.instruments import Instrument, instrument, instruments, partner, questionnaire
from linkpin.instruments.agreement import aggregate_reports, rater_agreement
from linkpin.io import Issue, read
from linkpin.io.network_csv import NetworkFile, read_network_csv
from linkpin.io.resolving import resolve
from linkpin.measures.brokerage import brokerage, brokerage_two_mode
from linkpin.measures.communities import communities
from linkpin.measures.components import (
    articulation_points,
    biconnected_components,
    bridges,
    components,
    coreness,
)
from linkpin.measures.core_periphery import core_periphery
from linkpin.measures.holes import (
    constraint,
    constraint_two_mode,
    effective_size,
    effective_size_two_mode,
    efficiency,
    hierarchy,
)
from linkpin.measures.key_players import fragmentation, key_players
from linkpin.measures.mixing import assortativity, blau, degree_assortativity, ei_index, mixing_matrix, modularity
from linkpin.measures.paths import (
    betweenness,
    closeness,
    diameter,
    distances,
    eccentricity,
    harmonic,
    mean_distance,
    sampled_betweenness,
)
from linkpin.measures.percolation import percolation
from linkpin.measures.spectral import eigenvector, hits, katz, pagerank
from linkpin.measures.structure import (
    centralization,
    clustering,
    degree,
    density,
    dyad_census,
    gini,
    reciprocity,
    strength,
    transitivity,
    triad_census,
)
from linkpin.network import CSR, Network
from linkpin.participation.feedback import feedback
from linkpin.participation.levels import crosswalk
from linkpin.participation.linkage import linkage
from linkpin.participation.lived import burden, capacities, continuity, fuzzy_brokerage
from linkpin.participation.participation import (
    all_the_way_through,
    consulted_not_deciding,
    participation,
    support,
)
from linkpin.participation.representation import (
    absent_groups,
    fractions,
    hidden_group_policy,
    monitoring,
    representation,
)
from linkpin.power.boards import agenda, boards, dominance, gatekeepers, interlocks, meeting_power, power_relations
from linkpin.power.voting import power_index
from linkpin.priorities.gap import priority_gap
from linkpin.priorities.ranking import agreement, concordance, consensus, delphi
from linkpin.report import report, you_said_page
from linkpin.result import Fingerprint, Result
from linkpin.statistics.inequality import atkinson, decompose_inequality, theil
from linkpin.statistics.survival import kaplan_meier, logrank, right_truncated, turnbull
from linkpin.table import Table
from linkpin.uncertainty.bootstrap import bootstrap
from linkpin.uncertainty.composite import composite
from linkpin.uncertainty.contribution import contribution
from linkpin.uncertainty.cug import cug_test
from linkpin.uncertainty.missing import missing_sensitivity, missing_trust, pool, treated
from linkpin.uncertainty.permutation import brokerage_test, compare_groups, permutation_test
from linkpin.uncertainty.power import answers_needed, detectable_differences
from linkpin.uncertainty.qap import mrqap, qap
from linkpin.uncertainty.reconcile import reconcile
from linkpin.uncertainty.reconstruct import reconstruct
from linkpin.uncertainty.survey import survey
from linkpin.uncertainty.waves import compare_waves, save_waves

# The functions, not the rooms of the same names, are what users call.
measures = catalogue.measures

__all__ = [
    "CSR",
    "CognitiveMap",
    "Ecosystem",
    "Error",
    "FileError",
    "Fingerprint",
    "InputError",
    "Instrument",
    "Issue",
    "LimitError",
    "Network",
    "NetworkFile",
    "Result",
    "Table",
    "__version__",
    "absent_groups",
    "agenda",
    "aggregate_reports",
    "agreement",
    "all_the_way_through",
    "answers_needed",
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
    "brokerage_test",
    "brokerage_two_mode",
    "burden",
    "capacities",
    "catalogue",
    "centralization",
    "chain_chance",
    "choose_seeds",
    "closeness",
    "clustering",
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
    "cug_test",
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
    "grants",
    "harmonic",
    "hidden_group_policy",
    "hierarchy",
    "hits",
    "instrument",
    "instruments",
    "interlocks",
    "io",
    "kaplan_meier",
    "katz",
    "key_players",
    "knowledge_network",
    "lags",
    "linkage",
    "logrank",
    "main_path",
    "mean_distance",
    "measures",
    "meeting_power",
    "methods_text",
    "missing_sensitivity",
    "missing_trust",
    "mixing_matrix",
    "modularity",
    "monitoring",
    "mrqap",
    "overlap",
    "pagerank",
    "participation",
    "partner",
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
    "rater_agreement",
    "reach",
    "reach_sensitivity",
    "read",
    "read_network_csv",
    "reciprocity",
    "reconcile",
    "reconstruct",
    "reliability",
    "report",
    "representation",
    "resolve",
    "respect_consent",
    "right_truncated",
    "round_counts",
    "sampled_betweenness",
    "save_waves",
    "scorecard",
    "shapley",
    "shapley_reach",
    "shapley_success",
    "spread",
    "stranded",
    "strength",
    "support",
    "suppress",
    "survey",
    "theil",
    "transitivity",
    "traversal_weights",
    "treated",
    "triad_census",
    "turnbull",
    "utilisation",
    "watering_down",
    "you_said_page",
]
