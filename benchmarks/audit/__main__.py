"""Recompute a study's numbers from its sentences and hits: python -m benchmarks.audit STUDY"""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.audit.checks import Checks
from benchmarks.audit.copies import Editions, Reuse
from benchmarks.audit.counts import Study
from benchmarks.audit.findings import Findings
from benchmarks.audit.models import Models
from benchmarks.audit.over_time import OverTime
from benchmarks.audit.report import Report
from benchmarks.audit.tables import Recomputed


def audit(folder: Path) -> Checks:
    """Everything that was compared in a study, and what differs."""
    checks = Checks()
    recomputed = Recomputed(Study(folder))
    recomputed.check(checks)
    Models(recomputed.study, checks).check()
    OverTime(recomputed.units, checks).check()
    Reuse(recomputed.study, checks).check()
    Editions(recomputed.study, checks).check()
    findings, page = ((folder / "results" / name).read_text("utf-8") for name in ("findings.md", "report.html"))
    Findings(recomputed, checks).check(findings)
    Report(recomputed, checks).check(page, findings)
    return checks


def main() -> int:
    checks = audit(Path(sys.argv[1] if len(sys.argv) > 1 else "."))
    for name, number in checks.counted.items():
        print(f"{name}: {number:,} checked")
    print(*checks.differences, sep="\n", end="\n" if checks.differences else "")
    print(f"{sum(checks.counted.values()):,} numbers checked, {len(checks.differences):,} differ")
    return 1 if checks.differences else 0


if __name__ == "__main__":
    sys.exit(main())
