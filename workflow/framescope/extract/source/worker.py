"""Parsers run in a process of their own, so that one bad source can neither hang nor end a study.

The process is started anew, not forked, and reads many documents; after a time-out, a crash or a failure inside a
library it is replaced.
"""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import IO, Any

from framescope.document import ExtractionError
from framescope.extract.source.limits import MEGABYTE, nested_too_deeply

PACKAGE = str(Path(__file__).resolve().parents[3])
START = (
    "import sys; sys.path.append({package!r}); "
    "from framescope.extract.source.worker import serve; serve({handle}, {memory})"
)
START_SECONDS = 60
GRACE_SECONDS = 10


class Worker:
    """One process for guarded calls, with a bound on its memory; use it in a `with` statement or `close` it."""

    def __init__(self, memory_megabytes: int) -> None:
        self.memory_megabytes = memory_megabytes
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: Connection | None = None

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def call(self, function: Callable[..., Any], *arguments: Any, seconds: float) -> Any:
        """What `function(*arguments)` returns, worked out in the process; all of it must be picklable.

        Raises the ExtractionError that the function raised, or one of its own: with `retry` when `seconds` have
        passed, without when the process ran out of memory or crashed.
        """
        with self._lock:
            process, connection = self._started()
            try:
                connection.send((function, arguments, seconds))
                if not connection.poll(seconds):
                    raise _timed_out(seconds)
                outcome, result = connection.recv()
            except (EOFError, ConnectionError) as error:
                raise _crashed(process.wait(), seconds) from error
            except BaseException:
                self.close()
                raise
            if outcome == "result":
                return result
            if outcome in ("refusal", "unusable"):
                raise result
            self.close()
            failure = _failed(*result[:3])
            failure.add_note(result[3])
            raise failure

    def close(self) -> None:
        """End the process and the programs it started; the next call starts another."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        if self._connection is not None:
            self._connection.close()
        self._process = self._connection = None

    def _started(self) -> tuple[subprocess.Popen[bytes], Connection]:
        if self._process is None or self._connection is None or self._process.poll() is not None:
            self.close()
            self._connection, theirs = Pipe()
            start = START.format(package=PACKAGE, handle=theirs.fileno(), memory=self.memory_megabytes)
            with tempfile.TemporaryFile() as messages:
                self._process = subprocess.Popen(
                    [sys.executable, "-P", "-c", start],
                    pass_fds=[theirs.fileno()],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=messages,
                    start_new_session=True,
                )
                theirs.close()
                self._await_start(messages)
        return self._process, self._connection

    def _await_start(self, messages: IO[bytes]) -> None:
        with contextlib.suppress(EOFError, ConnectionError):
            if self._connection is not None and self._connection.poll(START_SECONDS):
                self._connection.recv()
                return
        self.close()
        messages.seek(0)
        lines = messages.read().decode("utf-8", errors="replace").strip().splitlines()
        raise ChildProcessError(f"the process that reads files did not start: {lines[-1] if lines else 'no message'}")


def serve(handle: int, memory_megabytes: int) -> None:
    """The guarded process's own loop: read calls from the connection `handle`, answer each."""
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (memory_megabytes * MEGABYTE, memory_megabytes * MEGABYTE))
    connection = Connection(handle)
    connection.send("ready")
    while True:
        try:
            function, arguments, seconds = connection.recv()
        except EOFError:
            return
        except Exception as error:
            connection.send(("unusable", ChildProcessError(f"the process that reads files lacks a part: {error}")))
            continue
        # Should the study be killed meanwhile, nobody else would end a parser that hangs.
        signal.alarm(int(seconds) + GRACE_SECONDS)
        try:
            answer = ("result", function(*arguments))
        except ExtractionError as error:
            answer = ("refusal", error)
        except (Exception, RecursionError) as error:
            answer = ("failure", (type(error).__name__, str(error)[:300], _place(error), traceback.format_exc()))
        signal.alarm(0)
        connection.send(answer)


def _place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else ""


def _timed_out(seconds: float) -> ExtractionError:
    return ExtractionError(
        "",
        f"reading took more than {seconds:g} seconds",
        "Split the file, or raise limits: seconds in config.yaml.",
        retry=True,
    )


def _crashed(code: int, seconds: float) -> ExtractionError:
    if code == -signal.SIGALRM:
        return _timed_out(seconds)
    cause = signal.Signals(-code).name if code < 0 else f"exit code {code}"
    return ExtractionError(
        "", f"the parser crashed on it ({cause})", "The file is probably damaged: save it again or convert it to PDF."
    )


def _failed(kind: str, message: str, place: str) -> ExtractionError:
    if kind == "MemoryError":
        return ExtractionError(
            "",
            "reading needed more memory than allowed",
            "Split the file, or raise limits: memory_megabytes in config.yaml.",
        )
    if kind == "RecursionError":
        return nested_too_deeply()
    return ExtractionError(
        "",
        f"the parser failed on it ({kind}: {message}; {place})",
        "The file is probably damaged: save it again or convert it to another format.",
    )
