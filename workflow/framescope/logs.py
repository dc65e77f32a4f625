"""Where messages go: a job's details to its log; progress to the terminal, or as events to the screen of `make`."""

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
    """Send warnings and the traceback of an error to a log file; the error itself goes on."""
    with Path(path).open("w", encoding="utf-8") as stream, redirect_stderr(stream):
        try:
            yield
        except Exception:
            traceback.print_exc()
            raise


def say(text: str, **facts: Any) -> None:
    """Print a line to the terminal, past a job's log; to the screen of `make` it is an event with these facts."""
    if EVENTS in os.environ:
        send("said", text=text, **facts)
    else:
        print(text, file=sys.__stderr__, flush=True)


def send(event: str, **facts: Any) -> None:
    """Send an event to the screen of `make`, a line of JSON after a mark; nothing without such a screen."""
    if EVENTS in os.environ:
        # One call, and lines of its own: other processes and threads write to the same pipe, half lines among them.
        os.write(STANDARD_ERROR, f"\n{MARK}{json.dumps({'event': event, **facts})}\n".encode())


def progress[Item](items: Iterable[Item], doing: str, batch: str, total: int) -> Iterator[Item]:
    """The items of a batch, telling the terminal now and then how many of them are done, and at the end."""
    said = time.monotonic()
    for done, item in enumerate(items, 1):
        yield item
        if time.monotonic() - said > SECONDS_BETWEEN or done == total:
            text = f"{doing}, batch {batch}: {done} of {total} documents"
            say(text, doing=doing, batch=batch, done=done)
            said = time.monotonic()
