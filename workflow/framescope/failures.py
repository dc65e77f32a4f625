"""Failures: the record that takes the place of a result when a stage cannot process a document.

All code that processes one document at a time runs through `attempt`, so that an error affects that document and not
the study. The failure is stored in the output of the stage and ends in the table of skipped sources. A document that
failed in one stage is left out of every table.
"""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from framescope.document import ExtractionError

LONGEST_MESSAGE = 200
# These errors are caused by the machine and not by the document: they end the job, and the next run tries again.
OF_THE_MACHINE = (OSError, MemoryError, ImportError)


class DamagedError(Exception):
    """A file between two stages that was changed or cut short after it was written."""

    def __init__(self, path: str | Path) -> None:
        super().__init__(path)
        self.path = path

    def __str__(self) -> str:
        return f"{self.path}: this file is damaged. Delete it and run again: it is made anew from finished work."


@dataclass(frozen=True)
class Failure:
    """An error of Framescope on a document: the reason for the user, the log of the job, and the traceback in it."""

    document: str
    reason: str
    log: str
    trace: str = ""

    @property
    def remedy(self) -> str:
        """What the owner of the document can do."""
        return f"This is an error of Framescope; please report it with the log {self.log}."

    def tell(self) -> None:
        """Write the traceback to standard error, which is the log of the job while a job runs."""
        print(f"{self.document}: {self.reason}\n{self.trace}", file=sys.stderr)

    def to_bytes(self) -> bytes:
        """The failure for the cache; `from_bytes` reads it back."""
        return json.dumps(asdict(self), ensure_ascii=False).encode()

    @classmethod
    def from_bytes(cls, data: bytes, log: str) -> Failure | None:
        """The failure that `to_bytes` stored, with the log of this job; None if `data` is a result instead."""
        return cls(**{**json.loads(data), "log": log}) if data.startswith(b"{") else None

    def to_dict(self) -> dict[str, str]:
        """The failure as outputs store it, without the traceback, which contains paths of this machine."""
        return {"document": self.document, "reason": self.reason, "log": self.log}


def attempt[Result](work: Callable[[], Result], document: str, doing: str, log: str | Path) -> Result | Failure:
    """The result of `work` on a document, or a failure if it raises an error.

    `doing` is the beginning of the reason, such as "annotating it".

    Raises: errors of the machine, such as a full disk, and ExtractionError, which has a cause and remedy of its own.
    """
    try:
        return work()
    except (*OF_THE_MACHINE, ExtractionError):
        raise
    except Exception as error:
        message = (str(error).splitlines() or [""])[0][:LONGEST_MESSAGE]
        cause = f"{type(error).__name__}: {message}" if message else type(error).__name__
        return Failure(document, f"{doing} failed ({cause})", str(log), traceback.format_exc())


def attempt_rows[Item, Row](
    work: Callable[[Item], Iterable[Row]], item: Item, document: str, doing: str, log: str | Path
) -> list[Row] | Failure:
    """All rows that `work` yields for an item of a document, or a failure."""
    return attempt(lambda: list(work(item)), document, doing, log)
