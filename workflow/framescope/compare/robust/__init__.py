"""Robustness: which findings hold under other defensible ways to count."""
