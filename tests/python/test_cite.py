"""Citing a result, and the methods paragraph of a paper."""

import pickle
import re

import linkpin as lp
import pytest
from linkpin import catalogue, cite


@pytest.fixture(scope="module")
def net():
    return lp.Network.from_edges(list("aabcd"), list("bccde"), groups=["x", "x", "y", "y", "y"])


def bibtex_entries(text):
    """Check that braces close, and return the fields of each entry by key."""
    assert text.count("{") == text.count("}")
    found = {}
    for entry in text.split("\n\n"):
        key = re.match(r"@(?:article|book|incollection|inproceedings|misc|software)\{([\w]+),\n", entry)
        assert key, entry
        assert entry.endswith("\n}")
        found[key[1]] = dict(re.findall(r"^  (\w+) = \{(.*)\},?$", entry, re.MULTILINE))
    return found


def test_a_citation_has_method_options_version_and_source(net):
    said = lp.bootstrap(net, lp.density, replicates=20, seed=7).cite()
    assert isinstance(said, str)
    for part in (lp.__version__, "seed 7", "20 replicates", "percentile", "5 vertices and 5 ties", "Snijders"):
        assert part in said.text
    assert "intervals of vertices" in said.text
    entries = bibtex_entries(said.bibtex)
    assert entries["linkpin"]["version"] == lp.__version__
    assert entries["snijders1999parametric"]["author"] == "Snijders, T. A. B. and Borgatti, S. P."
    assert "doi" not in entries["snijders1999parametric"]  # the entry's DOI is Efron's
    assert entries["efron1987better"]["doi"] == "10.1080/01621459.1987.10478410"
    assert said == f"{said.text}\n\n{said.bibtex}"
    assert pickle.loads(pickle.dumps(said)).bibtex == said.bibtex


def test_one_source_is_taken_apart(net):
    (source,) = cite.sources(catalogue.entry("harmonic"))
    assert source.authors == ("Marchiori, M.", "Latora, V.")
    assert (source.year, source.title) == ("2000", "Harmony in the small-world")
    assert source.where == "Physica A 285, 539-546"
    assert source.doi == "10.1016/S0378-4371(00)00311-3"
    assert source.short == "Marchiori & Latora 2000"


def test_several_sources_are_told_apart():
    told = cite.sources(catalogue.entry("coreness"))
    assert [s.short for s in told] == ["Seidman 1983", "Batagelj & Zaversnik 2003"]
    assert [s.short for s in cite.sources(catalogue.entry("communities"))][:1] == ["Traag et al. 2019"]


@pytest.mark.parametrize(
    ("where", "kind", "fields"),
    [
        (
            "Social Networks 1(3), 215-239",
            "article",
            {"journal": "Social Networks", "volume": "1", "number": "3", "pages": "215--239"},
        ),
        ("Physica A 285, 539-546", "article", {"journal": "Physica A", "volume": "285", "pages": "539--546"}),
        ("PLoS ONE 6(3), e17994", "article", {"journal": "PLoS ONE", "volume": "6", "number": "3", "pages": "e17994"}),
        ("Cambridge University Press", "book", {"publisher": "Cambridge University Press"}),
        ("Oliver & Boyd", "book", {"publisher": "Oliver \\& Boyd"}),
        ("Proceedings of KDD 2003, 137-146", "inproceedings", {"booktitle": "Proceedings of KDD 2003"}),
        (
            "Multivariate Analysis II, 581-592. Academic Press",
            "incollection",
            {"booktitle": "Multivariate Analysis II", "pages": "581--592", "publisher": "Academic Press"},
        ),
        ("Position paper 5, practice survey", "misc", {"howpublished": "Position paper 5, practice survey"}),
    ],
)
def test_the_place_of_publication_says_what_kind_it_is(where, kind, fields):
    entry = cite.Source("", ("Who, A.",), "2001", "A long title", where).bibtex
    assert entry.startswith(f"@{kind}{{")
    (found,) = bibtex_entries(entry).values()
    assert found | fields == found


@pytest.mark.parametrize("name", catalogue.entries())
def test_every_entry_can_be_cited(name):
    entry = catalogue.entry(name)
    found = cite.sources(entry)
    bibtex_entries(cite.bibliography(found))
    for source in found:
        assert source.spelled in entry.reference["text"]
        assert re.fullmatch(r"\d{4}", source.year)
        assert source.authors


def test_the_methods_of_a_scorecard(net):
    said = lp.methods_text(net, seed=3, replicates=30)
    assert "5 vertices and 5 ties" in said.text
    assert "seed 3" in said.text
    assert "30 replicates" in said.text
    assert "redrawing vertices" in said.text
    assert "Density, Reciprocity (Wasserman & Faust 1994)" in said.text
    assert "No interval is given for" in said.text
    assert lp.__version__ in said.text
    cited = bibtex_entries(said.bibtex)
    assert {"linkpin", "wasserman1994social", "freeman1977measures", "snijders1999parametric"} <= set(cited)
    measures = set(lp.scorecard(net).table["measure"])
    assert all(catalogue.entry(name).title in said.text for name in measures)


def test_the_methods_of_a_survey_say_how_it_was_drawn():
    ids = list("abcd")
    rows = [(a, b) for a in ids for b in ids if a != b]
    eco = lp.Ecosystem.from_columns(
        {"id": ids},
        None,
        {
            "respondent": [a for a, _ in rows],
            "from": [a for a, _ in rows],
            "to": [b for _, b in rows],
            "state": ["did not respond" if a == "d" else "answered" for a, _ in rows],
            "value": [float("nan") if a == "d" else float(b in "ab") for a, b in rows],
        },
    )
    said = lp.methods_text(eco, rule="intersection", replicates=20)
    for part in (
        "4 entities",
        "12 reports by 4 respondents",
        "rule intersection",
        "non-response available",
        "% of the",
    ):
        assert part in said.text


def test_the_methods_of_chosen_results(net):
    said = lp.methods_text(net, lp.harmonic(net), lp.bootstrap(net, lp.density, replicates=20, seed=7))
    assert "Harmonic closeness (Marchiori & Latora 2000)" in said.text
    assert "Measures: Harmonic closeness (Marchiori & Latora 2000); Density (Wasserman & Faust 1994)" in said.text
    assert "The interval for Density is of vertices" in said.text
    assert "Gini" not in said.text
    assert "seed 7" in said.text
    assert "is of vertices (vertices resampled, percentile interval, 20 replicates)" in said.text


def test_each_source_keeps_its_own_doi():
    told = {s.short: s.doi for s in cite.sources(catalogue.entry("representation"))}
    assert told == {
        "Clopper & Pearson 1934": "10.1093/biomet/26.4.404",
        "Koopman 1984": "10.2307/2531405",
        "Miettinen & Nurminen 1985": "10.1002/sim.4780040211",
        "Manski 1989": "10.2307/145818",
    }
    dois = {s.short: s.doi for s in cite.sources(catalogue.entry("constraint"))}
    assert dois == {"Burt 1992": "", "Everett & Borgatti 2020": "10.1016/j.socnet.2020.02.001"}
    assert {s.title for s in cite.sources(catalogue.entry("composite"))} >= {"Ratings and rankings: voodoo or science?"}


def test_no_doi_is_told_twice(net):
    for text in (lp.bootstrap(net, lp.density, seed=1).reference, lp.methods_text(net).text):
        for line in text.split("\n"):
            dois = re.findall(r"10\.\d{4,9}/[^\s;]*[\w)]", line)
            assert len(dois) == len(set(dois)), line


def test_a_result_that_is_of_no_network_names_none(net):
    told = lp.contribution(0.5, [{"sensitivity": 0.8, "type_one": 0.1, "passed": True}])
    assert told.network is None
    assert "vertices" not in told.cite().text
    square = [[0, 1, 2], [1, 0, 3], [5, 2, 0]]
    assert " 0 vertices" not in lp.methods_text(net, lp.qap(square, square, permutations=9, seed=1)).text
    assert "of a network of 5 vertices" in lp.density(net).cite().text


def test_a_surname_may_begin_small():
    found = {s.short: s for s in cite.sources(catalogue.entry("missing_sensitivity"))}
    assert "van Buuren & Groothuis-Oudshoorn 2011" in found
    assert found["van Buuren & Groothuis-Oudshoorn 2011"].key == "vanbuuren2011mice"


def test_how_many_permutations_stands_in_the_methods(net):
    test = lp.permutation_test(net, lp.ei_index, "group", permutations=99, seed=1)
    assert test.method == "Permutation test with groups, 99 permutations"
    fit = lp.mrqap([[0, 1, 2], [1, 0, 3], [5, 2, 0]], {"x": [[0, 3, 1], [2, 0, 2], [1, 4, 0]]}, permutations=49, seed=1)
    compared = lp.compare_groups(net, lp.degree, "group", permutations=29, seed=1)
    said = lp.methods_text(net, test, fit, compared).text
    for part in (
        "groups: 99 permutations.",
        "continuous outcome, 49 permutations.",
        "29 permutations, p adjusted by Holm.",
    ):
        assert part in said, part
