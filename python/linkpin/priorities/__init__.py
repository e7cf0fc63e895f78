"""Priorities: how far groups agree on what matters, what each way to one order costs whom, and what is then funded."""
