"""Scorecard, report, pictures and the command line, as their readers meet them."""

import html.parser
import math
import re
import subprocess
import sys
from pathlib import Path

import linkpin as lp
import numpy as np
import pytest
from linkpin import cli, plots
from linkpin.assess import words

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "adult-social-care"


@pytest.fixture(scope="module")
def example():
    return lp.read(EXAMPLE)


@pytest.fixture(scope="module")
def page(example, tmp_path_factory):
    path = tmp_path_factory.mktemp("report") / "report.html"
    assert lp.report(example, path) == path
    return path.read_text(encoding="utf-8")


class Checker(html.parser.HTMLParser):
    """Collects what a browser would load, and the tags that were opened and closed."""

    def __init__(self):
        super().__init__()
        self.loads, self.open, self.headings, self.images = [], [], [], []

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag in ("script", "iframe", "link", "img", "object", "embed", "image"):
            self.loads.append((tag, attributes))
        if tag == "svg":
            self.images.append(attributes)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in ("meta", "br", "img", "line", "circle", "path", "use", "rect"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag in self.open:
            while self.open.pop() != tag:
                pass


def test_the_page_makes_no_request_and_is_well_formed(page):
    checker = Checker()
    checker.feed(page)
    assert checker.loads == []
    assert checker.open == []
    assert "default-src 'none'" in page
    assert not re.search(r"url\((?!#|&quot;#|'#)", page)


def test_the_page_can_be_heard(page):
    checker = Checker()
    checker.feed(page)
    assert 'lang="en-GB"' in page
    assert checker.headings.count(1) == 1
    assert all(image.get("role") == "img" and image.get("aria-label") for image in checker.images)
    assert page.count("<table>") == page.count("<caption>")


def test_the_page_defines_every_score_it_shows(example, page):
    for measure in dict.fromkeys(lp.scorecard(example).table["measure"]):
        assert lp.catalogue.entry(measure).sentence.split("'")[0] in page


def test_the_same_data_give_the_same_page(example, page, tmp_path):
    again = lp.report(example, tmp_path / "again.html").read_text(encoding="utf-8")
    assert again == page


def test_text_from_files_is_escaped_wherever_it_is_shown(tmp_path):
    evil = "<script>alert('x')</script>$\\frac{1}{0}$"
    eco = lp.Ecosystem.from_columns(
        {"id": [evil, "b", "c"], "label": [evil, "_b", "$c"], "sector": [evil, "s", "s"]},
        {"from": [evil, "b"], "to": ["b", "c"], "kind": [evil, evil]},
        about={"title": evil, "description": evil},
        issues=[lp.io.Issue(evil, 1, evil, evil, evil, evil)],
    )
    text = lp.report(eco, tmp_path / "evil.html").read_text(encoding="utf-8")
    assert "<script" not in text
    assert "&lt;script&gt;" in text
    assert "<script" not in lp.scorecard(eco)._repr_html_()


@pytest.mark.parametrize("n", [0, 1, 2])
def test_tiny_networks_have_a_report(tmp_path, n):
    net = lp.Network.from_edges([0] if n == 2 else [], [1] if n == 2 else [], nodes=n)
    assert lp.report(net, tmp_path / "tiny.html").is_file()


def test_a_large_network_draws_its_best_connected(tmp_path):
    rng = np.random.default_rng(1)
    net = lp.Network.from_edges(rng.integers(0, 2000, 4000), rng.integers(0, 2000, 4000), nodes=2000)
    assert "of 2,000 with most ties are drawn" in lp.report(net, tmp_path / "large.html").read_text(encoding="utf-8")


def test_a_page_that_cannot_be_written_says_so(example, tmp_path):
    with pytest.raises(lp.FileError, match="may write"):
        lp.report(example, tmp_path / "no" / "such" / "folder.html")


def test_the_reading_of_the_example_is_what_the_documents_say(example):
    # Document kendrick-2023: the partnerships hang on the 2020 call and on their leads; the Living Lab has the widest
    # circle; active-involvement-2023: the two events are joined to the rest by ARC South London.
    rows = list(lp.scorecard(example).table.rows())
    between = [r["label"] for r in rows if r["measure"] == "betweenness" and r["of"] == "vertex"]
    assert "ARC South London" in between[:3]
    assert "ASC Partnership call" in between[:3]
    assert next(r["label"] for r in rows if r["measure"] == "degree").startswith("Living Lab")


def test_a_scorecard_of_a_network_takes_labels_as_groups():
    net = lp.Network.from_edges(["a", "b", "c"], ["b", "c", "a"])
    card = lp.scorecard(net, ["x", "x", "y"], top=0)
    assert {r["subject"] for r in card.table.rows() if r["of"] == "group"} == {"x", "y"}
    assert sum(r["measure"] == "degree" and r["of"] == "vertex" for r in card.table.rows()) == 3
    with pytest.raises(lp.InputError, match="already derived"):
        lp.scorecard(net, item="trust")


def test_pictures_are_drawn_and_can_be_drawn_upon(example):
    net = example.network()
    assert plots.network(net).figure is not None
    result = lp.betweenness(net)
    ax = result.plot(top=5)
    assert len(ax.patches) == 5
    assert len(lp.density(net).plot().collections) == 2  # the dot, and the line of its interval
    places = plots.layout(net)
    assert places.shape == (net.n, 2)
    assert np.isfinite(places).all()
    assert len(np.unique(places.round(6), axis=0)) == net.n


def test_the_command_line(tmp_path, capsys):
    report = tmp_path / "out.html"
    assert cli.main(["demo", "--report", str(report)]) == 0
    assert report.is_file()
    out = capsys.readouterr()
    assert str(report) in out.err
    assert "ARC South London" in out.out

    edges = tmp_path / "edges.csv"
    edges.write_text("from,to,weight\na,b,1\nb,c,nan\nc,a,2\n")
    table = tmp_path / "card.csv"
    assert cli.main(["score", str(edges), "--table", str(table)]) == 0
    assert "density" in table.read_text()
    assert "nan" in capsys.readouterr().err

    assert cli.main(["check", str(edges)]) == 0
    assert "weight" in capsys.readouterr().out
    assert cli.main(["convert", str(edges), str(tmp_path / "map.gexf")]) == 0
    assert lp.read(tmp_path / "map.gexf").network().m == 2 or lp.read(tmp_path / "map.gexf").network().m == 3

    assert cli.main(["score", str(tmp_path / "missing.csv")]) == 1
    assert "no such file" in capsys.readouterr().err
    assert cli.main(["score", str(edges), "--kinds", "trusts"]) == 1
    with pytest.raises(SystemExit):
        cli.main(["score"])


def test_the_command_says_what_it_can_do():
    assert cli.main([]) == 2
    done = subprocess.run([sys.executable, "-m", "linkpin", "--version"], capture_output=True, text=True, check=True)
    assert lp.__version__ in done.stdout


def test_a_survey_is_converted_to_the_ties_it_tells_of(tmp_path, capsys):
    survey = tmp_path / "survey.csv"
    survey.write_text("respondent,partner,trust\na,b,3\nb,a,2\nb,c,4\n")
    assert lp.read(survey).ties.columns == ["from", "to"]  # answers are no ties yet
    assert cli.main(["convert", str(survey), str(tmp_path / "map.gexf")]) == 0
    told = capsys.readouterr().err
    assert "answers are written as ties" in told
    assert "LossWarning" not in told
    back = lp.read(tmp_path / "map.gexf")
    pairs = zip(back.ties["from"], back.ties["to"], back.ties["kind"], back.ties["weight"], strict=True)
    assert sorted(pairs) == [("a", "b", "trust", 3), ("b", "a", "trust", 2), ("b", "c", "trust", 4)]


def test_check_tells_how_it_was_read_and_what_is_alike_together(tmp_path, capsys):
    edges = tmp_path / "edges.csv"
    edges.write_text("Giver;Taker;weight\n" + "".join(f"a;b{i};nan\n" for i in range(9)), encoding="cp1252")
    issues = tmp_path / "issues.csv"
    assert cli.main(["check", str(edges), "--columns", "from=Giver", "to=Taker", "--issues", str(issues)]) == 0
    out, err = capsys.readouterr()
    assert "delimiter: semicolon" in out
    assert "10 entities, 9 ties, 9 things to note" in err
    assert "and 6 more like it, until row 10" in err
    assert len(issues.read_text().splitlines()) == 10
    assert cli.main(["check", str(edges), "--columns", "from=Giver", "Taker"]) == 1
    assert "--columns: Taker" in capsys.readouterr().err


def test_what_cannot_be_written_says_where(tmp_path, capsys):
    edges = tmp_path / "edges.csv"
    edges.write_text("from,to\na,b\n")
    for name in ("map.gexf", "all.json", "package"):
        assert cli.main(["convert", str(edges), str(tmp_path / "none" / name)]) == 1
        said = capsys.readouterr().err
        assert str(tmp_path / "none") in said
        assert ".linkpin-" not in said
    assert cli.main(["convert", str(edges), str(tmp_path / "map.xlsx")]) == 1
    assert ".graphml" in capsys.readouterr().err


def test_a_score_is_headed_in_plain_words_with_the_term_beside(page):
    assert '<h3>Ties that are returned</h3><p class="term">Reciprocity</p>' in page
    assert "<h3>How many ties there are</h3>" in page
    assert '<p class="figure">1.1%</p>' in page
    assert 'aria-label="1.09% on a line from 0% to 100%, with an interval from' in page


@pytest.mark.parametrize(
    ("measure", "variant", "value", "said"),
    [
        ("diameter", "", 1, "need one step to"),
        ("bridges", "number", 1, "One tie is the only one"),
        ("articulation_points", "number", 1, "loss of one participant would"),
        ("density", "", 0, "There are no ties."),
        ("density", "", 3e-5, "Of every 100,000 ties that could exist, about 3 do."),
        ("ei_index", "", 1, "Ties all cross between groups."),
        ("fragmentation", "", 0, "Every pair has a way"),
        ("reciprocity", "", math.nan, "Ties that are returned: this cannot be said"),
    ],
)
def test_sentences_at_the_ends_of_a_scale(measure, variant, value, said):
    assert said in words.sentence(measure, variant, value)


def test_what_is_undefined_is_named_once():
    warnings = lp.scorecard(lp.Network.from_edges([0], [1])).warnings
    assert not any(w.startswith("undefined") for w in warnings)
    assert sum(w.startswith("transitivity is undefined") for w in warnings) == 1


def test_no_column_for_what_nobody_knows(tmp_path):
    net = lp.Network.from_edges(["a", "b"], ["b", "c"])
    text = lp.report(net, tmp_path / "plain.html").read_text(encoding="utf-8")
    assert "What it is" not in text
    alone = lp.report(net.subnetwork(["a", "b"]), tmp_path / "two.html").read_text(encoding="utf-8")
    assert "<b>1</b>tie<" in alone
    assert "2 vertices and 1 tie," in alone
    assert "All of them lead to a participant with no other tie." in text


def test_help_teaches():
    shown = subprocess.run([sys.executable, "-m", "linkpin.cli", "--help"], capture_output=True, text=True, check=True)
    assert "linkpin demo" in shown.stdout
    assert "linkpin convert" in shown.stdout
