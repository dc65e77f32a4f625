"""What a stage leaves behind for a document that it cannot work on, in place of its result.

Whatever works on a document at a time does so through `attempt`, so that an error costs that document and not the
study. The failure travels in the stage's output to the table of skipped sources, and a document that failed in one
stage is left out of every table.
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
# These speak of the machine and not of the document: they end the job, and the next run tries again.
OF_THE_MACHINE = (OSError, MemoryError, ImportError)


class DamagedError(Exception):
    """A file between two stages that is not as it was written."""

    def __init__(self, path: str | Path) -> None:
        super().__init__(f"{path}: this file is damaged. Delete it and run again: it is made anew from finished work.")


@dataclass(frozen=True)
class Failure:
    """An error of Framescope on a document: the reason for a reader, the log of the job and the traceback for it."""

    document: str
    reason: str
    log: str
    trace: str = ""

    @property
    def remedy(self) -> str:
        """What the owner of the document can do."""
        return f"This is an error of Framescope; please report it with the log {self.log}."

    def tell(self) -> None:
        """Write the traceback to the job's log, which standard error is while a job runs."""
        print(f"{self.document}: {self.reason}\n{self.trace}", file=sys.stderr)

    def to_bytes(self) -> bytes:
        """The failure for the cache; `from_bytes` reads it back."""
        return json.dumps(asdict(self), ensure_ascii=False).encode()

    @classmethod
    def from_bytes(cls, data: bytes, log: str) -> Failure | None:
        """The failure that `to_bytes` stored, with the log of this job; None for any packed result."""
        return cls(**{**json.loads(data), "log": log}) if data.startswith(b"{") else None

    def to_dict(self) -> dict[str, str]:
        """What the outputs of stages keep: all but the traceback, which has paths of this machine."""
        return {"document": self.document, "reason": self.reason, "log": self.log}


def attempt[Result](work: Callable[[], Result], document: str, doing: str, log: str | Path) -> Result | Failure:
    """The result of work on a document, or its failure.

    `doing` begins the reason ("annotating it"). An error of the machine, such as a full disk, is raised as it is; so is
    a refusal, which has its own cause and remedy.
    """
    try:
        return work()
    except (*OF_THE_MACHINE, ExtractionError):
        raise
    except Exception as error:
        said = (str(error).splitlines() or [""])[0][:LONGEST_MESSAGE]
        what = f"{type(error).__name__}: {said}" if said else type(error).__name__
        return Failure(document, f"{doing} failed ({what})", str(log), traceback.format_exc())


def attempt_rows[Item, Row](
    work: Callable[[Item], Iterable[Row]], item: Item, document: str, doing: str, log: str | Path
) -> list[Row] | Failure:
    """All rows that `work` gives for an item of a document, or its failure."""
    return attempt(lambda: list(work(item)), document, doing, log)
