"""Where a job's messages go: details to its log, progress to the terminal."""

from __future__ import annotations

import sys
import time
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, redirect_stderr
from pathlib import Path

SECONDS_BETWEEN = 5.0


@contextmanager
def logged(path: str | Path) -> Iterator[None]:
    """Send warnings and the traceback of an error to a log file; the error itself goes on."""
    with Path(path).open("w", encoding="utf-8") as stream, redirect_stderr(stream):
        try:
            yield
        except Exception:
            traceback.print_exc()
            raise


def progress[Item](items: Iterable[Item], doing: str, total: int) -> Iterator[Item]:
    """The items, telling the terminal now and then how many of them are done, and at the end."""
    said = time.monotonic()
    for done, item in enumerate(items, 1):
        yield item
        if time.monotonic() - said > SECONDS_BETWEEN or done == total:
            print(f"{doing}: {done} of {total} documents", file=sys.__stderr__, flush=True)
            said = time.monotonic()
