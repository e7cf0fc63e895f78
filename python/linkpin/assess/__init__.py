"""The whole reading: the scorecard, and the words that explain each score."""

from linkpin.assess.scorecard import scorecard

__all__ = ["scorecard"]
