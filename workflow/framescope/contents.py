"""The SHA-256 of files, so that a change is recognised by the content of a file and not only by its date."""

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
    """The SHA-256 of files, which are read again only if they may have changed since they were last hashed.

    As in the index of git, a file counts as unchanged while its size, its times of modification and of change and its
    inode are the same as when it was hashed. Both times must also be earlier than the moment of hashing, because a file
    may be written twice within one tick of the clock. `memory` is the file in which all this is stored from run to run;
    it may be deleted at any time.
    """

    def __init__(self, memory: str | Path) -> None:
        self._memory = Path(memory)
        self._kept = remembered(self._memory)
        self._used: dict[str, Any] = {}
        self._hashed = 0

    def sha256(self, file: str | Path) -> str:
        """The SHA-256 of a file's bytes.

        Raises: OSError if the file cannot be read.
        """
        current = signature(file)
        last = self._used.get(str(file)) or self._kept.get(str(file))
        if not (last and last["file"] == current and max(current["modified"], current["changed"]) < last["hashed"]):
            # The clock is asked again only for a file that was written after it was asked last.
            if max(current["modified"], current["changed"]) >= self._hashed:
                self._hashed = self._now()
            last = {"file": current, "hashed": self._hashed, "sha256": sha256_of(file)}
        self._used[str(file)] = last
        return str(last["sha256"])

    def remember(self, requested_alone: bool = False) -> None:
        """Store what is known about files; with `requested_alone` only about those requested since this was made.

        When a run begins, most of the files that it will request have not been requested yet.
        """
        known = self._used if requested_alone else self._kept | self._used
        if known != self._kept:
            write_whole(self._memory, json.dumps(known).encode())
            self._kept = dict(known)

    def _now(self) -> int:
        """The present time according to the file system, whose clock may be that of another machine."""
        self._memory.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=self._memory.parent) as stream:
            return os.fstat(stream.fileno()).st_mtime_ns


def sha256_of(file: str | Path) -> str:
    """The SHA-256 of a file's bytes, as hexadecimal digits. Raises: OSError if the file cannot be read."""
    with Path(file).open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def signature(file: str | Path) -> dict[str, int]:
    """Facts that show whether a file may have changed: size in bytes, times in nanoseconds, and inode."""
    status = Path(file).stat()
    return {
        "size": status.st_size,
        "modified": status.st_mtime_ns,
        "changed": status.st_ctime_ns,
        "inode": status.st_ino,
    }


def why_no_file(path: Path) -> str:
    """The reason why a path is not a file that can be read, such as a folder or a broken link; empty for a file."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return "it is a link to nothing" if path.is_symlink() else "there is no such file"
    except OSError as error:
        return f"it cannot be reached ({error.strerror})"
    return next((kind for holds, kind in KINDS if holds(mode)), "")
