"""The report's sections on taking part."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import linkpin as lp
import pytest
from linkpin.report import lived, missing, participation
from linkpin.report.disclosed import disclosing

ROOT = Path(__file__).resolve().parents[3]


def by_key(eco: lp.Ecosystem) -> dict[str, str]:
    rooms = (participation, missing, lived)
    return {section.key: str(section.body) for room in rooms for section in room.sections(eco)}


class _Balanced(HTMLParser):
    """Every element that opens closes, in order; void ones stand alone."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in ("br", "img", "meta", "hr"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def balanced(html: str) -> None:
    parser = _Balanced()
    parser.feed(html)
    assert not parser.open


def test_an_ecosystem_with_nothing_of_it_has_no_section() -> None:
    assert by_key(lp.Ecosystem.from_columns({"id": ["a", "b"]}, {"from": ["a"], "to": ["b"]})) == {}


def test_the_events_of_october_2023_are_said_as_their_report_prints_them() -> None:
    found = by_key(lp.read(ROOT / "examples" / "active-involvement"))
    assert set(found) == {"participation", "missing", "lived"}
    assert "8 of the 35 who answered the question “Carer?” said “Yes”" in found["missing"]
    assert "between 8 and 58 of the about 85 people" in found["missing"]
    assert 'colspan="5"><span>Carer? (35 answers, 1 left it blank, 49 returned no form)</span>' in found["missing"]
    assert "13 or 22" in found["missing"]  # 77% and 23% of at most 22 forms
    assert "Local people, Service users, Carers" in found["participation"]  # groups whose number is not said
    for html in found.values():
        balanced(html)


def test_groups_with_nobody_are_listed_by_name() -> None:
    found = by_key(lp.read(ROOT / "examples" / "carer-participation"))
    assert "Gay and lesbian carers" in found["missing"]
    assert "Carers of people with substance misuse problems or other stigmatising conditions" in found["missing"]
    assert "Mental health carers’ forum" in found["participation"]  # rooms are listed where nobody is counted


def test_groups_are_missing_only_where_groups_are_said_to_take_part() -> None:
    assert "missing" not in by_key(lp.read(ROOT / "examples" / "adult-social-care"))  # there only people are
    eco = lp.Ecosystem.from_columns(
        {
            "id": ["here", "there", "gone", "e"],
            "kind": ["group"] * 3 + ["event"],
            "label": ["Here", "There", "Gone", "E"],
        },
        {"from": ["here", "there"], "to": ["e", "here"], "kind": ["takes_part_in", "advises"]},
    )
    found = by_key(eco)["missing"]
    assert "nobody from them on record anywhere:</p><ul><li>Gone</li></ul>" in found
    assert "not said to take part in an event, a board or a decision: There." in found


def test_the_top_of_the_page_says_who_is_missing(tmp_path: Path) -> None:
    for name, said in (
        ("active-involvement", "36 of about 85 people who were there handed in a form."),
        ("carer-participation", "nobody from them on record anywhere: Gay and lesbian carers; Carers of people with"),
    ):
        page = lp.report(lp.read(ROOT / "examples" / name), tmp_path / "page.html").read_text(encoding="utf-8")
        assert said in page[page.index('id="brief"') : page.index("<nav")]


def small(published: bool) -> lp.Ecosystem:
    return lp.Ecosystem.from_columns(
        {"id": ["yes", "no", "maybe", "e"], "kind": ["group"] * 3 + ["event"], "attendance": [None] * 3 + [60]},
        {
            "from": ["yes", "no", "maybe"],
            "to": ["e"] * 3,
            "kind": ["counted_at"] * 3,
            "characteristic": ["Carer?"] * 3,
            "category": ["Yes", "No", "Not sure"],
            "count": [3, 21, 17],
            "published": [published] * 3,
        },
    )


def test_small_counts_are_hidden_unless_they_had_been_published() -> None:
    hidden = by_key(small(False))["missing"]
    assert ">3<" not in hidden
    assert "hidden" in hidden
    assert "3 of the 41" not in hidden
    assert ">3<" in by_key(small(True))["missing"]
    with disclosing(None):
        assert ">3<" in by_key(small(False))["missing"]


@pytest.fixture
def hostile() -> lp.Ecosystem:
    bad = "<script>alert('x')</script>"
    people = [f"{bad}{i}" for i in range(12)]
    return lp.Ecosystem.from_columns(
        {
            "id": [*people, bad, "board", "group"],
            "label": [*people, bad, f"board {bad}", f"nobody {bad}"],
            "kind": ["person"] * 12 + ["board", "board", "group"],
            "setting": [None] * 12 + ["grassroots", "strategic", None],
        },
        {
            "from": [*people, *people[:6]],
            "to": [bad] * 12 + ["board"] * 6,
            "kind": ["takes_part_in"] * 18,
            "capacity": [f"carer|{bad}"] * 18,
            "stage": ["design"] * 12 + [bad] * 6,
            "level": ["consult"] * 12 + ["empower"] * 6,
            "scale": ["iap2"] * 18,
            "start": ["2022"] * 12 + ["2023"] * 6,
            "support_offered": [bad] * 18,
            "support_declined": [bad] * 18,
            "declined_because": [bad] * 18,
        },
    )


def test_texts_of_the_data_are_escaped_everywhere(hostile: lp.Ecosystem, tmp_path: Path) -> None:
    found = by_key(hostile)
    assert set(found) == {"participation", "missing", "lived"}
    for html in found.values():
        assert "<script" not in html
        balanced(html)
    assert "The middle level of all participations is “consult”" in found["participation"]
    assert "Heard, and deciding" in found["participation"]
    assert "Who stays and who leaves" in found["lived"]
    page = lp.report(hostile, tmp_path / "r.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert 'id="missing"' in page
    assert lp.catalogue.entry("consulted_not_deciding").title in page


def test_who_stayed_and_left_is_not_given_away_by_the_rest_of_the_row() -> None:
    people = [f"p{i}" for i in range(20)]
    eco = lp.Ecosystem.from_columns(
        {"id": [*people, "e"], "kind": ["person"] * 20 + ["event"]},
        {
            "from": people + people[2:],
            "to": ["e"] * 38,
            "kind": ["takes_part_in"] * 38,
            "start": ["2023"] * 20 + ["2024"] * 18,
        },
    )
    row = by_key(eco)["lived"].split("2024</th>")[1]
    assert row.startswith('<td class="n">18</td>' + '<td class="n">hidden</td>' * 4)  # 20 less 18 would be the two
