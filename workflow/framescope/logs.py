"""Messages: details of a job go to its log, and progress goes to the terminal or, as events, to `make`'s screen."""

from __future__ import annotations

import json
import os
import sys
import time
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, redirect_stderr
from pathlib import Path
from typing import Any

SECONDS_BETWEEN = 5.0
EVENTS = "FRAMESCOPE_EVENTS"
MARK = "\x1e"
STANDARD_ERROR = 2


@contextmanager
def logged(path: str | Path) -> Iterator[None]:
    """Write warnings and the traceback of an error to a log file; the error is raised again."""
    with Path(path).open("w", encoding="utf-8") as stream, redirect_stderr(stream):
        try:
            yield
        except Exception:
            traceback.print_exc()
            raise


def say(text: str, **facts: Any) -> None:
    """Print a line to the terminal and not to the log; on the screen of `make` it is an event with these facts."""
    if EVENTS in os.environ:
        send("said", text=text, **facts)
    else:
        print(text, file=sys.__stderr__, flush=True)


def say_each(lines: Iterable[str]) -> None:
    """Print lines as `say` does."""
    for line in lines:
        say(line)


def send(event: str, **facts: Any) -> None:
    """Send an event to the screen of `make` as a line of JSON after a mark; without such a screen, do nothing."""
    if EVENTS in os.environ:
        # One call writes whole lines, because other processes and threads write to the same pipe, even parts of lines.
        os.write(STANDARD_ERROR, f"\n{MARK}{json.dumps({'event': event, **facts})}\n".encode())


def progress[Item](items: Iterable[Item], doing: str, batch: str, total: int) -> Iterator[Item]:
    """The items of a batch; the terminal shows every few seconds, and at the end, how many of them are done."""
    reported = time.monotonic()
    for done, item in enumerate(items, 1):
        yield item
        if time.monotonic() - reported > SECONDS_BETWEEN or done == total:
            text = f"{doing}, batch {batch}: {done} of {total} documents"
            say(text, doing=doing, batch=batch, done=done)
            reported = time.monotonic()
