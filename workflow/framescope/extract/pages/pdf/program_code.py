"""Program code, as in the appendices of theses, which is no running text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from framescope.extract.pages.lines import Line

# What program code has and running text hardly ever: assignments, calls without a space before the bracket, names with
# underscores, quoted words in lists, comments, and brackets at the ends of lines.
CODE = re.compile(
    r"<-|%>%|==|\w\([\w\"'~]|\w\(\)|[^\W_]_[^\W_]|\w\$\w|^#|[\"'],[\"']|[\"']\),?$|=\s*[\"'(]|\w=\w|^[{}]|[{;]$|^[\"'].*,$"
)
# At least this number of lines, of which at least this part are like code, are a listing.
FEWEST, MOST = 6, 0.7
# The largest number of lines in a listing that are not like code and follow one another.
LONGEST_GAP = 2


def without_code(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Lines without listings of program code, and the lines of these."""
    listed: set[int] = set()
    run: list[int] = []
    for i in [*(i for i, line in enumerate(lines) if CODE.search(line.plain)), None]:
        if run and (i is None or i - run[-1] > LONGEST_GAP + 1 or _headed(lines[run[-1] : i])):
            length = run[-1] - run[0] + 1
            if len(run) >= max(FEWEST, MOST * length):
                listed |= set(range(run[0], run[-1] + 1))
            run = []
        if i is not None:
            run.append(i)
    kept = [line for i, line in enumerate(lines) if i not in listed]
    return kept, [line for i, line in enumerate(lines) if i in listed]


def _headed(lines: Sequence[Line]) -> bool:
    """Whether a line between two lines of code has another look than the first, as a heading has."""
    return any((line.size, line.bold) != (lines[0].size, lines[0].bold) for line in lines)
