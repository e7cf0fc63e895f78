"""Measures of networks: pure functions from a network to a Result; each module mirrors a header of the core."""
