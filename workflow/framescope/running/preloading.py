"""Jobs as copies of one process that has already loaded what they need.

Snakemake starts an interpreter for each job, and a short job spends most of its time on imports and on data that every
job reads again, such as the language model. `Preloading` starts a process that imports what the scripts of a run import
and loads such data once; for each job it makes a copy of itself (a fork), which runs the script. The copies share the
memory of what is loaded. Snakemake starts `job.py` instead of the interpreter, which asks for such a copy. The command
that runs a study starts the process before the engine, which takes seconds to read the workflow, so that it has
imported the first modules by then.

The language model is loaded by a copy of the process, which runs the jobs of annotation. The other jobs would share its
memory, and seem to need it.

A process is reached through a socket that is a file of the study, and never through a network.
"""

from __future__ import annotations

import ast
import contextlib
import gc
import json
import os
import runpy
import shlex
import signal
import socket
import subprocess
import sys
import traceback
from collections.abc import Hashable, Iterable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from select import select
from socketserver import ForkingMixIn, StreamRequestHandler, UnixStreamServer
from typing import Any

from framescope.running import job

ADDRESS = Path(job.ADDRESS)
PACKAGE = Path(__file__).resolve().parents[1]
SCRIPTS = PACKAGE.parent / "scripts"
PRINTED = ADDRESS.with_suffix(".log")
START = (
    "import sys; sys.path.append({package!r}); "
    "from framescope.running.preloading import serve; serve({channel}, {shared!r}, {steps!r})"
)
# Names, in the environment of the engine, the channel to a process that was started before the engine was ready.
CHANNEL = "FRAMESCOPE_CHANNEL"
# The scripts of the first jobs of a run. Their imports take longest.
FIRST_SCRIPTS = ("extract", "annotate", "measures")
# The script whose jobs need the model.
APART = "annotate"
ADDRESS_APART = Path(job.address_of(f"{APART}.py"))
# The seconds between two checks for requests, ended copies and the end of the workflow engine.
SECONDS_BETWEEN_CHECKS = 0.1
# A process with threads cannot be copied safely. Snakemake gives the same values to jobs of one thread.
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
# Memory goes back to the system when a table or an array of more than two million bytes is deleted. Arrow would keep
# it, and so would the C library, for which a large array is a reason to keep more (man mallopt). The trends of 100,000
# texts need 1.57 GB in place of 1.70; smaller sizes would need less and take longer.
GIVEN_BACK = {
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "MALLOC_MMAP_THRESHOLD_": "2000000",
    "MALLOC_TRIM_THRESHOLD_": "32000000",
}
LONGEST_PATH = 65_536

# A module to import, or a module, one of its functions and the arguments for a call that jobs repeat. The function
# must remember its result, as with functools.cache; a job with other arguments computes its own.
Step = Sequence[Hashable]

# What every job needs besides the modules that its script imports.
EVERY_JOB: list[Step] = [("snakemake.script",), ("pyarrow.dataset",), ("framescope.table_schemas", "table_schemas")]


def start_process(
    python: str, study: Path, own_session: bool = False, steps: Sequence[Step] = (), shared: Sequence[Step] = ()
) -> tuple[subprocess.Popen[bytes], socket.socket]:
    """Start the process in the folder of a study, in a session of its own or in that of this process.

    It imports what `FIRST_SCRIPTS` import until the engine sends it steps through the channel that is returned, and
    ends when the channel is closed. The given steps are those of the script `APART`, for which there is a process of
    its own if there are any; those that are `shared` are taken before it is made, so that it need not take them too.
    What they print is in the file `PRINTED`; their copies write to where jobs write.
    """
    ours, theirs = socket.socketpair()
    given = {"shared": json.dumps(shared), "steps": json.dumps(steps)}
    start = START.format(package=str(PACKAGE.parent), channel=theirs.fileno(), **given)
    (study / ADDRESS_APART).unlink(missing_ok=True)
    with theirs, (study / PRINTED).open("wb") as printed:
        process = subprocess.Popen(
            [python, "-P", "-c", start],
            cwd=study,
            env={**GIVEN_BACK, **os.environ, **ONE_THREAD},
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=printed,
            stderr=printed,
            start_new_session=own_session,
        )
    return process, ours


class Preloading:
    """The process that loads what the jobs of a run need, for the engine. `python` is the interpreter."""

    def __init__(self, python: str) -> None:
        self._python = python
        self._channel: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def begin(self, steps: Mapping[str, Sequence[Step]]) -> str:
        """Send the process its steps, and return the command that starts a job in the folder of the study.

        `steps` has the steps of each script, by its name without suffix. A job waits for those of its script, and the
        process takes the others while it waits for jobs. The process is started, if the program that started the engine
        has not done so. On systems other than Linux, where libraries may not work in a copy, and on file systems
        without sockets, no process is used, and the command is the interpreter.
        """
        if sys.platform != "linux":
            return shlex.quote(self._python)
        try:
            listening = listen(ADDRESS)
        except OSError:
            return shlex.quote(self._python)
        with listening:
            if CHANNEL in os.environ:
                self._channel = socket.socket(fileno=int(os.environ.pop(CHANNEL)))
            else:
                self._process, self._channel = start_process(self._python, Path())
            # If the process has ended, jobs find that nothing listens, and start interpreters.
            with contextlib.suppress(BrokenPipeError):
                message = message_of(steps)
                socket.send_fds(self._channel, [message[:1]], [listening.fileno()])
                self._channel.sendall(message[1:])
        return f"{shlex.quote(self._python)} -P {shlex.quote(job.__file__)}"

    def end(self) -> None:
        """End the process."""
        if self._channel is not None:
            self._channel.close()
            for address in (ADDRESS, ADDRESS_APART):
                address.unlink(missing_ok=True)
        if self._process is not None:
            self._process.terminate()
            self._process.wait()


def listen(address: Path) -> socket.socket:
    """A socket for jobs at an address, which may ask before anything answers. Raises OSError if there can be none."""
    listening = socket.socket(socket.AF_UNIX)
    address.unlink(missing_ok=True)
    try:
        listening.bind(str(address))
    except OSError:
        listening.close()
        raise
    listening.listen()
    return listening


def message_of(steps: Mapping[str, Sequence[Step]]) -> bytes:
    """The steps of each script as a line of JSON."""
    return json.dumps(dict(steps)).encode() + b"\n"


def first_message(channel: socket.socket) -> tuple[dict[str, Sequence[Step]], list[int]]:
    """The steps in the first message of a channel, and the handles that came with it.

    Ends the process if the other end of the channel is closed.
    """
    message, handles, _, _ = socket.recv_fds(channel, LONGEST_PATH, 1)
    while not message.endswith(b"\n"):
        message += channel.recv(LONGEST_PATH) or sys.exit()
    return json.loads(message), handles


def imports_of(script: str | Path) -> list[Step]:
    """A step for each module that a script imports at its top level."""
    body = ast.parse(Path(script).read_bytes()).body
    names = [[node.module] if isinstance(node, ast.ImportFrom) else _plain_imports(node) for node in body]
    return [(name,) for imported in names for name in imported if name]


def _plain_imports(node: ast.stmt) -> list[str]:
    return [alias.name for alias in node.names] if isinstance(node, ast.Import) else []


class Server(ForkingMixIn, UnixStreamServer):
    """Makes a copy of this process for each request, and takes steps before it and between requests."""

    # The workflow engine decides how many jobs run at a time.
    max_children = sys.maxsize

    def __init__(self, engine: socket.socket, listening: socket.socket, steps: Mapping[str, Sequence[Step]]) -> None:
        super().__init__(str(ADDRESS), Job, bind_and_activate=False)
        self.socket.close()
        self.socket = listening
        self._engine = engine
        self._steps = dict(steps)

    def verify_request(self, request: Any, client_address: Any) -> bool:
        """Take the steps of the script that is asked for, and accept the request."""
        # The name of a script of Snakemake ends with that of the script in the rule: tmp1234.extract.py.
        script = Path(os.fsdecode(request.recv(LONGEST_PATH, socket.MSG_PEEK)))
        take(self._steps.pop(script.stem.rpartition(".")[2], ()))
        return True

    def service_actions(self) -> None:
        """Between requests: note copies that have ended, take steps, and end with the workflow engine."""
        super().service_actions()
        while self._steps and not is_readable(self.socket):
            take(self._steps.pop(next(iter(self._steps))))
        if is_readable(self._engine):
            sys.exit()


def is_readable(channel: socket.socket) -> bool:
    """Whether something has arrived at a socket, or its other end was closed."""
    return bool(select([channel], [], [], 0)[0])


def take(steps: Sequence[Step]) -> None:
    """Import modules and make calls."""
    for module, *call in steps:
        # If a step fails, the job reports it, because it takes the step again.
        with contextlib.suppress(Exception):
            imported = import_module(str(module))
            if call:
                getattr(imported, str(call[0]))(*call[1:])
    # The collector of garbage would write to all objects, and so copy the memory that the jobs share.
    gc.freeze()


def take_until_asked(engine: socket.socket, steps: Iterable[Step]) -> None:
    """Import modules and make calls, until a message arrives."""
    for step in steps:
        if not is_readable(engine):
            take([step])


class Job(StreamRequestHandler):
    """A copy of the process that runs one script and answers with its exit code."""

    def handle(self) -> None:
        """Run the script that was asked for, as the interpreter would."""
        gc.enable()
        path, outputs, _, _ = socket.recv_fds(self.request, LONGEST_PATH, 2)
        script = os.fsdecode(path)
        for output, standard in zip(outputs, (job.STDOUT, job.STDERR), strict=True):
            os.dup2(output, standard)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        sys.argv = [script]
        code = 0
        try:
            runpy.run_path(script, run_name="__main__")
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
        except BaseException:
            traceback.print_exc()
            code = 1
        sys.stdout.flush()
        sys.stderr.flush()
        self.wfile.write(bytes([code % 256]))


def serve(channel: int, shared: str, ahead: str) -> None:
    """The loop of the process, which runs until the other end of the channel is closed.

    `ahead` are steps in JSON, those of the script `APART` that are taken before the first message, which has the steps
    of each script and the handle of the socket for jobs. Those that are `shared` are taken before them.
    """
    gc.disable()
    # Ctrl-C ends this process without a message; its copies react to it as every job does.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    steps_apart = json.loads(ahead)
    # Before anything that takes time, so that its first job finds it.
    listening_apart = listen(ADDRESS_APART) if steps_apart else None
    with socket.socket(fileno=channel) as engine:
        number, apart = 0, None
        for script in FIRST_SCRIPTS:
            take_until_asked(engine, imports_of(SCRIPTS / f"{script}.py"))
            if script == APART and listening_apart:
                take_until_asked(engine, [*EVERY_JOB, *json.loads(shared)])
                number, apart = process_apart(engine, listening_apart, steps_apart)
        steps_of, handles = first_message(engine)
        if apart:
            # If that process has ended, this one runs its jobs.
            with contextlib.suppress(BrokenPipeError):
                apart.sendall(message_of({APART: steps_of.get(APART, ())}))
                steps_of.pop(APART, None)
        with socket.socket(fileno=handles[0]) as listening, Server(engine, listening, steps_of) as server:
            try:
                server.serve_forever(SECONDS_BETWEEN_CHECKS)
            finally:
                if apart:
                    apart.close()
                    # So that its processor time is part of that of the run.
                    os.waitpid(number, 0)


def process_apart(engine: socket.socket, listening: socket.socket, ahead: Sequence[Step]) -> tuple[int, socket.socket]:
    """Make the copy of this process that runs the jobs of the script `APART`; its number, and the channel to it.

    It takes the steps `ahead`, and others when they are sent to it, and ends when the channel is closed.
    """
    ours, theirs = socket.socketpair()
    if number := os.fork():
        theirs.close()
        listening.close()
        return number, ours
    ours.close()
    engine.close()
    take(ahead)
    steps_of, _ = first_message(theirs)
    with Server(theirs, listening, steps_of) as server:
        server.serve_forever(SECONDS_BETWEEN_CHECKS)
    sys.exit()
