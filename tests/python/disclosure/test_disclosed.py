"""Counts of people on their way into the report."""

import numpy as np
from linkpin.report.disclosed import disclosing, people, people_table


def test_small_counts_are_hidden_unless_the_caller_says_otherwise():
    frame = {"group": ["carers", "nurses", "others"], "people": [3, 12, 40]}
    assert people(3) == "fewer than 5" and people(5) == "5" and people(0) == "0" and people(1200) == "1,200"
    assert people(3, published=True) == "3"
    assert np.isnan(people_table(frame)["people"]).tolist() == [True, True, False]
    assert people_table(frame, published=True)["people"].tolist() == [3, 12, 40]
    with disclosing(None):
        assert people(3) == "3"
        assert people_table(frame)["people"].tolist() == [3, 12, 40]
    with disclosing(15):
        assert people(12) == "fewer than 15"
    assert people(12) == "12"
