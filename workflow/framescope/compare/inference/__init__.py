"""Estimators, confidence intervals, permutation tests, and families of tests."""
