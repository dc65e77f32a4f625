"""What stands at a path where a file is expected."""

from __future__ import annotations

import stat
from pathlib import Path

KINDS = (
    (stat.S_ISDIR, "it is a folder"),
    (stat.S_ISFIFO, "it is a pipe"),
    (stat.S_ISSOCK, "it is a socket"),
    (stat.S_ISCHR, "it is a device"),
    (stat.S_ISBLK, "it is a device"),
)


def why_no_file(path: Path) -> str:
    """Why nothing can be read from a path: it is missing, a folder, a pipe, a link to nothing; empty for a file."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return "it is a link to nothing" if path.is_symlink() else "there is no such file"
    except OSError as error:
        return f"it cannot be reached ({error.strerror})"
    return next((kind for holds, kind in KINDS if holds(mode)), "")
