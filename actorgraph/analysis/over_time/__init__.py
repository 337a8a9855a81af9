"""Measures on many days: where a series stops, what moves between two stops, and the curves that come of it."""
