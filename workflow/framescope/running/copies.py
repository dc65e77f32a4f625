"""Work on several items at the same time, in copies of the process that has read what the work needs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

_shared: list[Callable[[Any], Any]] = []


def in_copies[Item, Result](work: Callable[[Item], Result], items: Iterable[Item], copies: int) -> Iterator[Result]:
    """The result of `work` for each item, in the order of the items, from so many copies of this process.

    Items and results are sent between processes (`pickle`); what `work` refers to need not be, as a copy has it. With
    one copy, with one item, and on systems other than Linux, where libraries may not work in a copy, this process does
    the work. Raises: what `work` raises; BrokenProcessPool if a copy was ended from outside.
    """
    listed = list(items)
    if min(copies, len(listed)) < 2 or sys.platform != "linux":
        yield from map(work, listed)
        return
    # What waits to be written would be written by each copy.
    sys.stdout.flush()
    sys.stderr.flush()
    # A copy receives the arguments of its start with its memory, so that they need not be sent.
    with ProcessPoolExecutor(copies, get_context("fork"), _shared.append, (work,)) as pool:
        yield from pool.map(_worked, listed)


def _worked(item: Any) -> Any:
    return _shared[-1](item)
