"""Rates, intervals, tests and timelines, from tables alone."""
