"""Runs one script in a copy of the process that has loaded what scripts need (framescope.running.preloading).

Snakemake starts this file instead of the interpreter: it passes the script on, waits, and ends with the exit code of
the job. If there is no such process, this file replaces itself by the interpreter, which runs the script; so it does
for a module, which is how a cluster starts the workflow engine on the machine of a job.

This file is started by its path, once for each job, and imports as little as possible, so that it starts quickly and
wherever the package is installed.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Sequence

# Relative to the study, because the path of a socket may have about a hundred bytes only.
ADDRESS = ".snakemake/framescope-jobs"
STDOUT, STDERR = 1, 2


def address_of(script: str) -> str:
    """The socket of the process that runs only this script, if there is one.

    The name of a script of Snakemake ends with that of the script in the rule.

    >>> address_of("/study/.snakemake/scripts/tmp1234.annotate.py")
    '.snakemake/framescope-jobs-annotate'
    """
    return f"{ADDRESS}-{script.split('.')[-2]}"


def main(arguments: Sequence[str]) -> None:
    """Run one script in a copy of the process that serves, or a module in an interpreter of its own."""
    interpreter = [sys.executable, *arguments]
    if arguments[0] == "-m":
        os.execv(sys.executable, interpreter)
    with socket.socket(socket.AF_UNIX) as connection:
        if all(connection.connect_ex(address) for address in (address_of(arguments[0]), ADDRESS)):
            os.execv(sys.executable, interpreter)
        # The copy writes to where this process writes.
        socket.send_fds(connection, [os.fsencode(arguments[0])], [STDOUT, STDERR])
        connection.shutdown(socket.SHUT_WR)
        # A copy that was killed does not answer.
        sys.exit(next(iter(connection.recv(1)), 1))


if __name__ == "__main__":
    main(sys.argv[1:])
