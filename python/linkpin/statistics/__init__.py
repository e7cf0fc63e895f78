"""Plain arrays: how long until something happens."""
