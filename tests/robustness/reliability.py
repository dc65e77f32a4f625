"""The page of counts, of what the tests counted: `python -m tests.robustness.reliability COUNTS...`."""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

HEADING = """# Reliability

What was tried against the project, and what became of it. This page is written by the command that tries:

    make test-robustness

Each row is a kind of fault or input. *Survived* is a study that afterwards equals, byte by byte, one that was never
disturbed, or an input that was read or refused as it should be; *lost* is anything else, an undeclared error among
inputs too. A row without losses is a claim about these very tries, not about all that could happen.

"""


@dataclass
class Tally:
    """Counts of tries by kind, in the order in which kinds were first tried."""

    rows: dict[str, list[int]] = field(default_factory=dict)
    skipped: dict[str, str] = field(default_factory=dict)
    seconds: float = 0

    def add(self, kind: str, tried: int, survived: int) -> None:
        """Count tries of a kind and how many of them came out as they should."""
        row = self.rows.setdefault(kind, [0, 0])
        row[0] += tried
        row[1] += survived

    def join(self, other: Tally) -> None:
        """Add the counts of other tries; what was skipped in one and tried in the other counts as skipped."""
        for kind, (tried, survived) in other.rows.items():
            self.add(kind, tried, survived)
        self.skipped |= other.skipped
        self.seconds += other.seconds

    def write(self, path: Path) -> None:
        """Keep the counts as JSON."""
        path.write_text(json.dumps(asdict(self), indent=1, ensure_ascii=False), encoding="utf-8")


def page(rows: Mapping[str, list[int]], skipped: Mapping[str, str], seconds: float, runs: int = 1) -> str:
    """The page as Markdown: a row a kind, the total, and what was not tried with the reason.

    `runs` says of how many runs of parts of the tests the counts are joined.
    """
    lines = ["| what was tried | tried | survived | lost |", "| --- | ---: | ---: | ---: |"]
    lines += [f"| {kind} | {tried:,} | {well:,} | {tried - well:,} |" for kind, (tried, well) in rows.items()]
    tried, well = (sum(row[place] for row in rows.values()) for place in (0, 1))
    lines.append(f"| **all** | **{tried:,}** | **{well:,}** | **{tried - well:,}** |")
    if skipped:
        lines += ["", "Not tried here:", "", *(f"- {name}: {reason}" for name, reason in skipped.items())]
    system = f"Python {platform.python_version()} on {platform.system()}, {platform.machine()}"
    how = f"in {runs} runs, each of a part of the tests, " if runs > 1 else ""
    return HEADING + "\n".join(lines) + f"\n\nIt took {seconds / 60:.0f} minutes {how}with {system}.\n"


if __name__ == "__main__":
    whole = Tally()
    for name in sys.argv[1:]:
        whole.join(Tally(**json.loads(Path(name).read_text(encoding="utf-8"))))
    print(page(whole.rows, whole.skipped, whole.seconds, len(sys.argv) - 1), end="")
