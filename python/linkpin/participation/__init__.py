"""Who takes part, in which capacity, at which level, and who is missing."""
