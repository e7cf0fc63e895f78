"""The catalogue as its readers meet it: docstrings that say what every parameter is."""

import inspect

import linkpin as lp
import pytest
from linkpin import catalogue

MEASURES = [name for name in lp.__all__ if name in catalogue.entries()]


def test_there_are_measures():
    assert len(MEASURES) > 40


@pytest.mark.parametrize("name", MEASURES)
def test_every_parameter_is_explained(name):
    function = getattr(lp, name)
    document = inspect.getdoc(function) or ""
    listed = document.partition("Parameters\n----------\n")[2].partition("\n\n")[0].splitlines()
    told = {word.lstrip("*") for line in listed if not line.startswith(" ") for word in line.split(", ")}
    assert told == set(inspect.signature(function).parameters)


def test_usual_parameters_say_the_same_everywhere():
    assert "    0 for as many as the process may use" in (lp.constraint.__doc__ or "")
    assert "    Trials run side by side" in (lp.communities.__doc__ or "")  # its own word goes before
