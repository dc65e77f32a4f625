"""Jobs as copies of one process that has already imported their libraries.

Snakemake starts an interpreter for each job, and a short job spends most of its time on imports. `Preloading` starts a
process that imports what the scripts of a run import; for each job it makes a copy of itself (a fork), which runs the
script. Snakemake starts this file instead of the interpreter: it passes the script on, waits, and ends with the job's
exit code. If there is no such process, this file replaces itself by the interpreter, which runs the script; so it does
for a module, which is how a cluster starts the workflow engine on the machine of a job.

The process is reached through a socket that is a file of the study, and never through a network. This file is started
by its path and imports nothing of the package, so that it starts quickly and wherever the package is installed.
"""

from __future__ import annotations

import ast
import contextlib
import os
import runpy
import shlex
import signal
import socket
import subprocess
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from socketserver import ForkingMixIn, StreamRequestHandler, UnixStreamServer

# Relative to the study, because the path of a socket may have about a hundred bytes only.
ADDRESS = Path(".snakemake", "framescope-jobs")
# The seconds between two checks for requests, ended copies and the end of the workflow engine.
SECONDS_BETWEEN_CHECKS = 0.1
# A process with threads cannot be copied safely. Snakemake gives the same values to jobs of one thread.
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


class Preloading:
    """The process that imports the libraries of the scripts of a run. `python` is the interpreter."""

    def __init__(self, python: str) -> None:
        self._python = python
        self._process: subprocess.Popen[bytes] | None = None

    def begin(self, scripts: Sequence[str | Path]) -> str:
        """Start the process in the folder of the study, and return the command that starts a job.

        On systems other than Linux, where libraries may not work in a copy, and on file systems without sockets, no
        process is started, and the command is the interpreter.
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
            self._process = subprocess.Popen(
                [
                    self._python,
                    "-P",
                    __file__,
                    "--serve",
                    str(os.getpid()),
                    str(listening.fileno()),
                    *map(str, scripts),
                ],
                env={**os.environ, **ONE_THREAD},
                pass_fds=[listening.fileno()],
                stdin=subprocess.DEVNULL,
            )
        return f"{shlex.quote(self._python)} -P {shlex.quote(__file__)}"

    def end(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait()
            ADDRESS.unlink(missing_ok=True)


def modules_of(script: str | Path) -> list[str]:
    """The modules that a script imports at its top level."""
    body = ast.parse(Path(script).read_bytes()).body
    names = [[node.module] if isinstance(node, ast.ImportFrom) else _plain_imports(node) for node in body]
    return [name for imported in names for name in imported if name]


def _plain_imports(node: ast.stmt) -> list[str]:
    return [alias.name for alias in node.names] if isinstance(node, ast.Import) else []


class Server(ForkingMixIn, UnixStreamServer):
    """Makes a copy of this process for each request, and imports what further scripts need between requests."""

    # The workflow engine decides how many jobs run at a time.
    max_children = sys.maxsize

    def __init__(self, engine: int, listening: socket.socket, scripts: Sequence[str]) -> None:
        super().__init__(str(ADDRESS), Job, bind_and_activate=False)
        self.socket.close()
        self.socket = listening
        self._engine = engine
        self._scripts = list(scripts)
        self._import_next()

    def service_actions(self) -> None:
        """Between requests: note copies that have ended, import what is missing, and end with the workflow engine."""
        super().service_actions()
        self._import_next()
        if os.getppid() != self._engine:
            sys.exit()

    def _import_next(self) -> None:
        if self._scripts:
            for name in modules_of(self._scripts.pop(0)):
                # If a module cannot be imported, the job reports it, because it imports the module again.
                with contextlib.suppress(Exception):
                    import_module(name)


class Job(StreamRequestHandler):
    """A copy of the process that runs one script and answers with its exit code."""

    def handle(self) -> None:
        """Run the script that was asked for, as the interpreter would."""
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


def serve(engine: int, handle: int, scripts: Sequence[str]) -> None:
    """The loop of the process, which listens to the socket with this handle as long as the workflow engine runs."""
    sys.path.append(str(Path(__file__).resolve().parents[2]))
    # Ctrl-C ends this process without a message; its copies react to it as every job does.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    with Server(engine, socket.socket(fileno=handle), scripts) as server:
        server.serve_forever(SECONDS_BETWEEN_CHECKS)


def main(arguments: Sequence[str]) -> None:
    """Serve a socket for scripts, or run one script in a copy of the process that serves."""
    if arguments[0] == "--serve":
        serve(int(arguments[1]), int(arguments[2]), arguments[3:])
    interpreter = [sys.executable, *arguments]
    if arguments[0] == "-m":
        os.execv(sys.executable, interpreter)
    with socket.socket(socket.AF_UNIX) as connection:
        try:
            connection.connect(str(ADDRESS))
        except OSError:
            os.execv(sys.executable, interpreter)
        connection.sendall(os.fsencode(arguments[0]))
        connection.shutdown(socket.SHUT_WR)
        # A copy that was killed does not answer.
        sys.exit(next(iter(connection.recv(1)), 1))


if __name__ == "__main__":
    main(sys.argv[1:])
