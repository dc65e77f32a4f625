"""Jobs as copies of one process that has already loaded what they need.

Snakemake starts an interpreter for each job, and a short job spends most of its time on imports and on data that every
job reads again, such as the language model. `Preloading` starts a process that imports what the scripts of a run import
and loads such data once; for each job it makes a copy of itself (a fork), which runs the script. The copies share the
memory of what is loaded. Snakemake starts `job.py` instead of the interpreter, which asks for such a copy.

The process is reached through a socket that is a file of the study, and never through a network.
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
from collections.abc import Hashable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from select import select
from socketserver import ForkingMixIn, StreamRequestHandler, UnixStreamServer
from typing import Any

from framescope.running import job

ADDRESS = Path(job.ADDRESS)
PACKAGE = str(Path(__file__).resolve().parents[2])
START = "import sys; sys.path.append({package!r}); from framescope.running.preloading import serve; serve({given!r})"
# The seconds between two checks for requests, ended copies and the end of the workflow engine.
SECONDS_BETWEEN_CHECKS = 0.1
# A process with threads cannot be copied safely. Snakemake gives the same values to jobs of one thread.
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
LONGEST_PATH = 65_536

# A module to import, or a module, one of its functions and the arguments for a call that jobs repeat. The function
# must remember its result, as with functools.cache; a job with other arguments computes its own.
Step = Sequence[Hashable]


class Preloading:
    """The process that loads what the jobs of a run need. `python` is the interpreter."""

    def __init__(self, python: str) -> None:
        self._python = python
        self._process: subprocess.Popen[bytes] | None = None

    def begin(self, steps: Mapping[str, Sequence[Step]]) -> str:
        """Start the process in the folder of the study, and return the command that starts a job.

        `steps` has the steps of each script, by its name without suffix. A job waits for those of its script, and the
        process takes the others while it waits for jobs. On systems other than Linux, where libraries may not work in a
        copy, and on file systems without sockets, no process is started, and the command is the interpreter.
        """
        if sys.platform != "linux":
            return shlex.quote(self._python)
        with socket.socket(socket.AF_UNIX) as listening:
            ADDRESS.unlink(missing_ok=True)
            try:
                listening.bind(str(ADDRESS))
            except OSError:
                return shlex.quote(self._python)
            # Jobs may ask before the process has started.
            listening.listen()
            given = json.dumps([os.getpid(), listening.fileno(), dict(steps)])
            self._process = subprocess.Popen(
                [self._python, "-P", "-c", START.format(package=PACKAGE, given=given)],
                env={**os.environ, **ONE_THREAD},
                pass_fds=[listening.fileno()],
                stdin=subprocess.DEVNULL,
            )
        return f"{shlex.quote(self._python)} -P {shlex.quote(job.__file__)}"

    def end(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait()
            ADDRESS.unlink(missing_ok=True)


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

    def __init__(self, engine: int, listening: socket.socket, steps: Mapping[str, Sequence[Step]]) -> None:
        super().__init__(str(ADDRESS), Job, bind_and_activate=False)
        self.socket.close()
        self.socket = listening
        self._engine = engine
        self._steps = dict(steps)

    def verify_request(self, request: Any, client_address: Any) -> bool:
        """Take the steps of the script that is asked for, and accept the request."""
        # The name of a script of Snakemake ends with that of the script in the rule: tmp1234.extract.py.
        script = Path(os.fsdecode(request.recv(LONGEST_PATH, socket.MSG_PEEK)))
        self._take(script.stem.rpartition(".")[2])
        return True

    def service_actions(self) -> None:
        """Between requests: note copies that have ended, take steps, and end with the workflow engine."""
        super().service_actions()
        while self._steps and not select([self.socket], [], [], 0)[0]:
            self._take(next(iter(self._steps)))
        if os.getppid() != self._engine:
            sys.exit()

    def _take(self, script: str) -> None:
        for module, *call in self._steps.pop(script, ()):
            # If a step fails, the job reports it, because it takes the step again.
            with contextlib.suppress(Exception):
                imported = import_module(str(module))
                if call:
                    getattr(imported, str(call[0]))(*call[1:])
        # The collector of garbage would write to all objects, and so copy the memory that the jobs share.
        gc.freeze()


class Job(StreamRequestHandler):
    """A copy of the process that runs one script and answers with its exit code."""

    def handle(self) -> None:
        """Run the script that was asked for, as the interpreter would."""
        gc.enable()
        script = os.fsdecode(self.rfile.read())
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


def serve(given: str) -> None:
    """The loop of the process, which runs as long as the workflow engine does.

    `given` is a list in JSON: the number of the engine's process, the handle of the socket, and the steps.
    """
    engine, handle, steps = json.loads(given)
    gc.disable()
    # Ctrl-C ends this process without a message; its copies react to it as every job does.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    with Server(engine, socket.socket(fileno=handle), steps) as server:
        server.serve_forever(SECONDS_BETWEEN_CHECKS)
