"""The SHA-256 of files, so that a change is recognised by a file's content and not by its date alone."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import tempfile
from pathlib import Path
from typing import Any

from framescope.cache import remembered, write_whole

KINDS = (
    (stat.S_ISDIR, "it is a folder"),
    (stat.S_ISFIFO, "it is a pipe"),
    (stat.S_ISSOCK, "it is a socket"),
    (stat.S_ISCHR, "it is a device"),
    (stat.S_ISBLK, "it is a device"),
)


class Contents:
    """The SHA-256 of files, read again only where a file may have changed since it was last hashed.

    As in git's index, a file is taken for unchanged while its size, its times of modification and of change, and its
    inode are those it was hashed with, and both times lie before the moment of hashing: a file written in the same tick
    of the clock may have been written again since. `memory` is the file that keeps all this from run to run; it may be
    deleted at any time.
    """

    def __init__(self, memory: str | Path) -> None:
        self._memory = Path(memory)
        self._kept = remembered(self._memory)
        self._used: dict[str, Any] = {}

    def sha256(self, file: str | Path) -> str:
        """The SHA-256 of a file's bytes. Raises OSError where it cannot be read."""
        current = signature(file)
        last = self._used.get(str(file)) or self._kept.get(str(file))
        if not (last and last["file"] == current and max(current["modified"], current["changed"]) < last["hashed"]):
            hashed = self._now()
            with Path(file).open("rb") as stream:
                last = {"file": current, "hashed": hashed, "sha256": hashlib.file_digest(stream, "sha256").hexdigest()}
        self._used[str(file)] = last
        return str(last["sha256"])

    def remember(self) -> None:
        """Store what is known about the files that were asked for, and about no others."""
        if self._used != self._kept:
            write_whole(self._memory, json.dumps(self._used).encode())
            self._kept = dict(self._used)

    def _now(self) -> int:
        """The present time by the clock of the file system, which may be that of another machine."""
        self._memory.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=self._memory.parent) as stream:
            return os.fstat(stream.fileno()).st_mtime_ns


def signature(file: str | Path) -> dict[str, int]:
    """What shows without reading a file whether it may have changed: size in bytes, times in nanoseconds, inode."""
    found = Path(file).stat()
    return {
        "size": found.st_size,
        "modified": found.st_mtime_ns,
        "changed": found.st_ctime_ns,
        "inode": found.st_ino,
    }


def why_no_file(path: Path) -> str:
    """Why nothing can be read from a path: it is missing, a folder, a pipe, a link to nothing; empty for a file."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return "it is a link to nothing" if path.is_symlink() else "there is no such file"
    except OSError as error:
        return f"it cannot be reached ({error.strerror})"
    return next((kind for holds, kind in KINDS if holds(mode)), "")
