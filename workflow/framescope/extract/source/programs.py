"""Running other programs that read or convert a source, with a limit on their processor time."""

from __future__ import annotations

import resource
import signal
import subprocess
import tempfile
from collections.abc import Callable
from math import ceil
from pathlib import Path

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


def converted(
    data: bytes,
    suffixes: tuple[str, str],
    command: Callable[[Path, Path], list[str]],
    limit: tuple[str, float, str],
    failure: tuple[str, str],
) -> bytes:
    """The bytes of a source after its conversion by a program that reads a file and writes another.

    `suffixes` are those of the two files. `command` is given their paths, which have the same stem; the folder of the
    second is otherwise empty. `limit` has the arguments doing, seconds and key of `run_program`. `failure` is the
    reason, to which the program's last message is added, and the remedy if the program fails.

    Raises: ExtractionError if the program fails or exceeds the limit.
    """
    with tempfile.TemporaryDirectory(prefix="framescope-") as folder:
        source, result = Path(folder, f"source{suffixes[0]}"), Path(folder, "result", f"source{suffixes[1]}")
        result.parent.mkdir()
        source.write_bytes(data)
        code, _, messages = run_program(command(source, result), *limit)
        if code != 0 or not result.is_file():
            reason, remedy = failure
            last = (messages.strip().splitlines() or ["no message"])[-1]
            raise ExtractionError("", f"{reason} ({last})", remedy)
        return result.read_bytes()


def timed_out(doing: str, seconds: float, key: str) -> ExtractionError:
    """The error for a source that needs more processor time than allowed."""
    return ExtractionError(
        "",
        f"{doing} took more than {seconds:g} seconds of processor time",
        f"Split the file, or raise limits: {key} in config.yaml.",
        retry=True,
    )
