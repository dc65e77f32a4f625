"""A separate process for parsers, so that a bad source can neither block nor end the run of a study.

The process is started and not forked, and it reads many documents. After a time-out, a crash or an error inside a
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
# If the run of the study was killed, the parser ends after this multiple of the limit, even if it is only waiting.
ABANDONED = 100
# A parser that uses less than this share of a processor is not slow but waits for something that never happens.
IDLE_SHARE = 0.001
LOOK_SECONDS = 0.25
OUR_ERROR = "This is an error of Framescope and no fault of the file; please report it with its traceback."


class Worker:
    """A separate process for calls, with a limit on its memory; use it in a `with` statement or call `close`."""

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
        """The result of `function(*arguments)`, computed in the process; function and arguments must be picklable.

        `seconds` limits the processor time of the process and of the programs that it starts, so that the result does
        not depend on how busy the machine is. `key` is the name of the limit in config.yaml.

        Raises: the ExtractionError that the function raised; an ExtractionError with `retry` if the time is used up or
        the process made no progress for as long; one without `retry` if the process crashed or ran out of memory;
        OurError if the code of Framescope failed.
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
        """End the process and the programs that it started; the next call starts a new one."""
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
    """The loop of the separate process: receive calls from the connection `handle` and answer each."""
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
        # If the run of the study is killed now, only these timers end this process.
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
    """Wait until the process has answered or ended.

    Raises: ExtractionError if it has used up its processor time or has made no progress for as long.
    """
    # No program of an earlier call is running, and looking for programs takes longer than reading a short text.
    used = last = _processor_seconds(process, with_programs=False)
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


def _processor_seconds(process: int, with_programs: bool = True) -> float:
    """The processor time of a process and of all programs that it started, in seconds.

    Without `with_programs`, that of programs that are still running is left out.
    """
    total = 0.0
    with contextlib.suppress(psutil.NoSuchProcess):
        parent = psutil.Process(process)
        for member in (parent, *(parent.children(recursive=True) if with_programs else ())):
            with contextlib.suppress(psutil.NoSuchProcess):
                times = member.cpu_times()
                total += times.user + times.system + times.children_user + times.children_system
    return total


def _place(error: BaseException) -> tuple[str, bool]:
    """The file and line in which an error arose, and whether it arose in the code of Framescope.

    An error in the standard library of Python is attributed to the code that called it.
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
