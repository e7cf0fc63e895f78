"""A small fixed part of the calibration study: the table that results quote is what the study finds."""

import importlib.util
import math
import sys
from pathlib import Path

import pytest
from linkpin import _core

STUDY = Path(__file__).resolve().parents[2] / "calibration" / "study.py"


@pytest.fixture(scope="module")
def study():
    spec = importlib.util.spec_from_file_location("calibration_study", STUDY)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("resample", ["reports", "ties", "imputations", "vertices", "jackknife"])
def test_intervals_cover_what_the_table_says(study, resample):
    surveys = 60
    rows = list(study.covered(10, "clustered", resample, study.CHEAP, surveys, 200))
    assert len(rows) == len(study.CHEAP) * (1 if resample == "jackknife" else 3)
    for row in rows:
        measured = _core.measured_coverage(row.measure, resample, row.interval, 10)[1]
        error = math.sqrt(max(measured * (1 - measured), 0.02) / row.surveys)
        assert abs(row.coverage - measured) < 4 * error, row


def test_scores_and_places_of_vertices_cover_what_the_table_says(study):
    for row in study.covered(10, "independent", "reports", study.BY_VERTEX, 20, 200):
        measured = _core.measured_coverage(row.measure, "reports", "percentile", 10)[0]
        assert abs(row.coverage - measured) < 0.08, row


def test_report_error_keeps_its_bar(study):
    for row in study.covered(30, "independent", "reports", study.BARRED, 150, 200):
        if row.interval == "percentile":
            assert row.coverage > 0.95 - 4 * math.sqrt(0.05 * 0.95 / 150), row


def test_tests_reject_chance_as_seldom_as_they_say(study):
    for size in study.sizes(0.06):
        assert size.rejected <= 0.05 + 4 * size.error, size
        assert abs(size.rejected - size.attainable) < 4 * size.error, size
        if size.kind == "continuous":
            assert size.rejected >= 0.05 - 4 * size.error, size


def test_exact_intervals_hold_the_truth_at_least_as_often_as_they_promise(study):
    assert not any(study.broken(row) for row in study.exact_shares(0.1))
