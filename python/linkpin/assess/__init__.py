"""The whole reading: the scorecard, and the words that explain each score."""
