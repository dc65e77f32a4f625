"""Running other programs that read a source, with a limit on their processor time."""

from __future__ import annotations

import resource
import signal
import subprocess
from math import ceil

from framescope.document import ExtractionError

OVERRUN = (-signal.SIGXCPU, 128 + signal.SIGXCPU)


def run_program(command: list[str], doing: str, seconds: float, key: str, given: bytes = b"") -> tuple[int, bytes, str]:
    """The exit code of a program, its output, and its messages; `given` is its input.

    Raises: ExtractionError if the program uses more than `seconds` of processor time; another try may succeed. `doing`
    is the beginning of the reason, and `key` is the name of the limit in config.yaml.
    """

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (ceil(seconds), resource.getrlimit(resource.RLIMIT_CPU)[1]))

    run = subprocess.run(command, input=given, capture_output=True, preexec_fn=limited)
    if run.returncode in OVERRUN:
        raise timed_out(doing, seconds, key)
    return run.returncode, run.stdout, run.stderr.decode("utf-8", errors="replace")


def timed_out(doing: str, seconds: float, key: str) -> ExtractionError:
    """The error for a source that needs more processor time than allowed."""
    return ExtractionError(
        "",
        f"{doing} took more than {seconds:g} seconds of processor time",
        f"Split the file, or raise limits: {key} in config.yaml.",
        retry=True,
    )
