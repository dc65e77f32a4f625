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
import sysconfig
import tempfile
import threading
import time
import traceback
from collections.abc import Callable
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import IO, Any

import psutil

from framescope.document import ExtractionError, OurError
from framescope.extract.source.limits import MEGABYTE, nested_too_deeply
from framescope.extract.source.programs import timed_out

PACKAGE = str(Path(__file__).resolve().parents[3])
START = (
    "import sys; sys.path.append({package!r}); "
    "from framescope.extract.source.worker import serve; serve({handle}, {memory})"
)
START_SECONDS = 60
GRACE_SECONDS = 10
# A parser whose study was killed is ended after so many times the limit, whatever it waits for.
ABANDONED = 100
# Below this share of a processor a parser is not slow or on a busy machine: it waits for something that never comes.
IDLE_SHARE = 0.001
LOOK_SECONDS = 0.25
OUR_ERROR = "This is an error of Framescope and no fault of the file; please report it with its traceback."


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

    def call(self, function: Callable[..., Any], *arguments: Any, seconds: float, key: str = "seconds") -> Any:
        """What `function(*arguments)` returns, worked out in the process; all of it must be picklable.

        `seconds` are of processor time, of the process and the programs it starts, so that a busy machine reads what
        an idle one reads; `key` is what the limit is called in config.yaml. Raises the ExtractionError that the
        function raised, or one of its own: with `retry` when the time is used up or when nothing has moved for so
        long, without when the process ran out of memory or crashed; OurError where the code of Framescope failed.
        """
        with self._lock:
            process, connection = self._started()
            try:
                connection.send((function, arguments, seconds))
                _await_answer(connection, process.pid, seconds, key)
                outcome, result = connection.recv()
            except (EOFError, ConnectionError) as error:
                raise _crashed(process.wait(), seconds, key) from error
            except BaseException:
                self.close()
                raise
            if outcome == "result":
                return result
            if outcome in ("refusal", "unusable"):
                raise result
            self.close()
            failure = _failed(*result[:-1])
            failure.add_note(result[-1])
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
        # Should the study be killed meanwhile, nobody else would end this process.
        signal.setitimer(signal.ITIMER_PROF, seconds + GRACE_SECONDS)
        signal.alarm(ABANDONED * (int(seconds) + GRACE_SECONDS))
        try:
            answer = ("result", function(*arguments))
        except ExtractionError as error:
            answer = ("refusal", error)
        except (Exception, RecursionError) as error:
            place, ours = _place(error)
            answer = (
                "failure",
                (type(error).__name__, " ".join(str(error).split())[:300], place, ours, traceback.format_exc()),
            )
        signal.alarm(0)
        signal.setitimer(signal.ITIMER_PROF, 0)
        connection.send(answer)


def _await_answer(connection: Connection, process: int, seconds: float, key: str) -> None:
    """Return when the process has answered or ended.

    Raises ExtractionError where it has used up its processor time, or has done next to nothing for as long.
    """
    used = last = _processor_seconds(process)
    moved = time.monotonic()
    while not connection.poll(min(LOOK_SECONDS, seconds)):
        now, spent = time.monotonic(), _processor_seconds(process)
        if spent - used > seconds:
            raise timed_out("reading", seconds, key)
        if spent - last > IDLE_SHARE * seconds:
            last, moved = spent, now
        elif now - moved > seconds:
            raise ExtractionError(
                "",
                f"reading stood still for more than {seconds:g} seconds",
                "Run again; if it stands still again, save the file again or convert it to another format.",
                retry=True,
            )


def _processor_seconds(process: int) -> float:
    """The processor time of a process and of all programs that it started, in seconds."""
    total = 0.0
    with contextlib.suppress(psutil.NoSuchProcess):
        parent = psutil.Process(process)
        for each in (parent, *parent.children(recursive=True)):
            with contextlib.suppress(psutil.NoSuchProcess):
                times = each.cpu_times()
                total += times.user + times.system + times.children_user + times.children_system
    return total


def _place(error: BaseException) -> tuple[str, bool]:
    """Where an error arose, as file and line, and whether that is in the code of Framescope, not in a library's.

    What Framescope asks of Python's own library in the wrong way is an error of Framescope.
    """
    frames = traceback.extract_tb(error.__traceback__)
    outside = [frame for frame in frames if not _is_of_python(frame.filename)]
    place = (outside or frames)[-1]
    ours = not outside or Path(PACKAGE, "framescope") in Path(place.filename).parents
    return f"{Path(place.filename).name}, line {place.lineno}", ours


def _is_of_python(file: str) -> bool:
    inside = Path(sysconfig.get_path("stdlib")) in Path(file).parents
    return file.startswith("<") or (inside and "site-packages" not in Path(file).parts)


def _crashed(code: int, seconds: float, key: str) -> ExtractionError:
    if code in (-signal.SIGALRM, -signal.SIGPROF):
        return timed_out("reading", seconds, key)
    cause = signal.Signals(-code).name if code < 0 else f"exit code {code}"
    return ExtractionError(
        "", f"the parser crashed on it ({cause})", "The file is probably damaged: save it again or convert it to PDF."
    )


def _failed(kind: str, message: str, place: str, ours: bool) -> ExtractionError:
    if kind == "MemoryError":
        return ExtractionError(
            "",
            "reading needed more memory than allowed",
            "Split the file, or raise limits: memory_megabytes in config.yaml.",
        )
    if kind == "RecursionError":
        return nested_too_deeply()
    if ours:
        return OurError("", f"reading it failed ({kind}: {message}; {place})", OUR_ERROR)
    return ExtractionError(
        "",
        f"a library that reads such files failed on it ({kind}: {message}; {place})",
        "The file may be damaged: save it again or convert it to another format.",
    )
