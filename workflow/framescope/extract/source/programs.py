"""Programs that read a source for us, run with a limit on their processor time."""

from __future__ import annotations

import resource
import signal
import subprocess
from math import ceil

from framescope.document import ExtractionError

OVERRUN = (-signal.SIGXCPU, 128 + signal.SIGXCPU)


def run_program(command: list[str], doing: str, seconds: float, key: str, given: bytes = b"") -> tuple[int, bytes, str]:
    """The exit code of a program, what it wrote, and its messages; `given` is what it reads.

    Raises ExtractionError, worth another try, when the program uses more than `seconds` of processor time; `doing`
    begins the reason, and `key` is what the limit is called in config.yaml.
    """

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (ceil(seconds), resource.getrlimit(resource.RLIMIT_CPU)[1]))

    run = subprocess.run(command, input=given, capture_output=True, preexec_fn=limited)
    if run.returncode in OVERRUN:
        raise timed_out(doing, seconds, key)
    return run.returncode, run.stdout, run.stderr.decode("utf-8", errors="replace")


def timed_out(doing: str, seconds: float, key: str) -> ExtractionError:
    """The refusal of a source that used up its processor time."""
    return ExtractionError(
        "",
        f"{doing} took more than {seconds:g} seconds of processor time",
        f"Split the file, or raise limits: {key} in config.yaml.",
        retry=True,
    )
