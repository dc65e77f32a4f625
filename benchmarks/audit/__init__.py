"""An independent recomputation of what a study reports: python -m benchmarks.audit STUDY

Reads the tables sentences and hits, from sections.csv and documents.csv the names, roles and groups of units, and from
provenance.json the settings, and computes from them anew every number of the tables of rates, contrasts and
differences, then of findings.md and of the tables in report.html. Nothing of the package is imported: the formulas are
those of docs/statistics.md, written a second time.

Counts, rates, shares, estimates and intervals have to agree to the digit shown. p and critical values depend on random
permutations; here others are drawn, and the two have to agree within `SPREAD` standard errors of their difference.
Whether a finding holds under variations is compared with the rows of robustness.csv, which are not computed anew.
"""
