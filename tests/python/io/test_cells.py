"""What a cell says: numbers in either writing, dates of any precision, and the one type of a column."""

from __future__ import annotations

import datetime

import pytest
from linkpin.io.cells import is_doubtful, number_of, text_of, typed
from linkpin.io.named import iso_date


@pytest.mark.parametrize(
    ("cell", "decimal", "number"),
    [
        ("3", ".", 3),
        (" -2.50 ", ".", -2.5),
        ("\u22121", ".", -1),
        (".5", ".", 0.5),
        ("1e3", ".", 1000.0),
        ("1,5", ",", 1.5),
        ("1.234,5", ",", 1234.5),
        ("1,234.5", ".", 1234.5),
        ("1,234", ".", 1234),
        ("1,5", ".", None),
        ("1.5", ",", None),
        ("12 apples", ".", None),
        ("", ".", None),
        (2.0, ".", 2),
        (2.5, ",", 2.5),
        (True, ".", 1),
        (None, ".", None),
    ],
)
def test_numbers(cell, decimal, number):
    assert number_of(cell, decimal) == number


def test_texts_that_identify():
    assert text_of("  Age \u00a0 UK\n") == "Age UK"
    assert text_of(7.0) == "7"
    assert text_of(datetime.date(2023, 5, 1)) == "2023-05-01"
    assert text_of(datetime.datetime(2023, 5, 1)) == "2023-05-01"
    assert text_of("   ") is None


def test_a_column_has_one_type():
    assert typed(["1", "", "3"]).values == [1, None, 3]
    assert typed(["1", "2.5"]).values == [1.0, 2.5]
    assert typed(["TRUE", "false", ""]).values == [True, False, None]
    assert typed(["007", "12"]).values == ["007", "12"]
    assert typed(["1", "x"]).values == ["1", "x"]
    found = typed(["1", "NA", "n/a", "4"])
    assert (found.values, found.codes) == ([1, None, None, 4], 2)
    assert typed(["NA", "NA"]).values == ["NA", "NA"]
    assert typed(["9" * 400, "1"]).values == ["9" * 400, "1"]  # too large for a number: kept as it stands


def test_doubt_of_the_decimal_mark():
    assert not is_doubtful(["a", "1,5", "2"], ",", ";")
    assert not is_doubtful(["1.5", "2"], ".", ";")
    assert not is_doubtful(["1.234,5", "1,234"], ",", ";")
    assert is_doubtful(["1,234"], ",", ";")
    assert is_doubtful(["1,234"], ".", ";")
    assert not is_doubtful(["1,234"], ".", ",")
    assert is_doubtful(["1,5", "1.5"], ".", ";")
    assert not is_doubtful(["1,234", "1.5"], ".", ";")


@pytest.mark.parametrize(
    ("cell", "date"),
    [
        ("2018", "2018"),
        (2018.0, "2018"),
        ("2018-5", "2018-05"),
        ("2018-05-03", "2018-05-03"),
        ("2018-05-03T10:00:00", "2018-05-03"),
        ("03.05.2018", "2018-05-03"),
        ("31/12/2018", "2018-12-31"),
        ("12/31/2018", "2018-12-31"),
        ("3 May 2018", "2018-05-03"),
        ("May 2018", "2018-05"),
        ("May 3, 2018", "2018-05-03"),
        (datetime.datetime(2018, 5, 3, 12), "2018-05-03"),
        ("03/05/2018", None),
        ("2018-13", None),
        ("31.02.2018", None),
        ("spring 2018", None),
    ],
)
def test_dates(cell, date):
    assert iso_date(cell) == date
