"""The files in raw/ that a study reads, without hidden and unreadable files, copies, and parts of other files."""

from __future__ import annotations

import filecmp
import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from framescope.contents import why_no_file
from framescope.corpora.parts import owners

IGNORED = re.compile(r"^(\..*|~\$.*|Thumbs\.db|desktop\.ini|README.*|.*\.lnk)$", re.IGNORECASE)
# The number of bytes that are compared before two files of the same size are compared to their end.
BEGINNING = 512
UNSAFE = re.compile(r"[\x00-\x1f\x7f]")


def readable_files(
    folder: Path, listed: list[str] | None, named_by: str | None, problems: list[str]
) -> tuple[list[tuple[str, int]], list[dict[str, str]]]:
    """The readable files in raw/ with their sizes, in order, and a row of skipped sources for each that is refused.

    `listed` are the only files to read, if they are stated, and `named_by` is the table of metadata, which is no text.
    Each mistake is added to `problems`.
    """
    raw = folder / "raw"
    if not raw.is_dir():
        problems.append(f"{raw}: no such folder. Make it and put the study's texts there.")
        return [], []
    if listed is not None:
        exists = {name: is_there(raw / name) for name in listed}
        problems += [f"config.yaml: documents: no file {name} in raw/." for name in listed if not exists[name]]
        names = [name for name in exists if exists[name]]
    else:
        names = sorted(_names(raw))
    files: list[tuple[str, int]] = []
    skipped: list[dict[str, str]] = []
    inside, metadata = os.path.realpath(raw), os.path.realpath(folder / named_by) if named_by else None
    for name in names:
        path = raw / name
        real = os.path.realpath(path)
        if real == metadata:
            continue
        reason, remedy = _refusal(path, name, real.startswith(inside + os.sep))
        if reason:
            skipped.append({"file": f"raw/{_printable(name)}", "reason": reason, "remedy": remedy})
        else:
            files.append((name, path.stat().st_size))
    return _without_copies(files, raw, skipped), skipped


def _names(raw: Path) -> Iterator[str]:
    """The names of the files below raw/, relative to it, without those that are ignored or in hidden folders."""
    for where, folders, names in os.walk(raw):
        folder = os.path.relpath(where, raw)
        links = [inner for inner in folders if Path(where, inner).is_symlink()]
        folders[:] = [inner for inner in folders if not inner.startswith(".")]
        for name in (*names, *links):
            if not IGNORED.match(name):
                yield name if folder == os.curdir else f"{folder}{os.sep}{name}"


def _without_copies(files: list[tuple[str, int]], raw: Path, skipped: list[dict[str, str]]) -> list[tuple[str, int]]:
    """The files without copies of earlier ones, for which a row is added to `skipped`.

    A file is opened only if another has the same size, and read to its end only if both begin with the same bytes.
    """
    sizes = Counter(size for _, size in files)
    alike: dict[tuple[int, bytes], list[str]] = defaultdict(list)
    kept = []
    for name, size in files:
        if size and sizes[size] > 1:
            with (raw / name).open("rb") as stream:
                before = alike[size, stream.read(BEGINNING)]
            same = next((other for other in before if filecmp.cmp(raw / other, raw / name, shallow=False)), None)
            if same is not None:
                reason = f"it is the same file as raw/{same}"
                skipped.append({"file": f"raw/{name}", "reason": reason, "remedy": "Remove one of the two."})
                continue
            before.append(name)
        kept.append((name, size))
    return kept


def without_parts(files: list[tuple[str, int]], raw: Path) -> tuple[list[tuple[str, int]], list[dict[str, str]]]:
    """The files that are not parts of others among them, and a row of skipped sources for each that is."""
    owner = owners([name for name, _ in files], raw)
    remedy = "Nothing is to be done: its text is read there."
    rows = [
        {"file": f"raw/{part}", "reason": f"it is a part of raw/{whole}", "remedy": remedy}
        for part, whole in owner.items()
    ]
    return [(name, size) for name, size in files if name not in owner], rows


def is_there(path: Path) -> bool:
    """Whether a path exists; a broken link does, and a name that the system does not allow does not."""
    return os.path.lexists(path)


def is_file(path: Path) -> bool:
    """Whether a path is that of a file; a name that the system does not allow is not."""
    return is_there(path) and path.is_file()


def _printable(name: str) -> str:
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in os.fsencode(name).decode("utf-8", "replace"))


def _refusal(path: Path, name: str, inside: bool) -> tuple[str, str]:
    """The reason why a file cannot be used, and the remedy; both are empty if it can.

    `inside` is whether it is in raw/ after links are followed.
    """
    if UNSAFE.search(name) or not name.isprintable():
        return "its name has control characters or bytes that are not text", "Rename the file."
    if path.is_symlink() and not path.exists():
        return "it is a link to nothing", "Mend the link or remove it."
    if not inside:
        return "it is a link out of raw/", "Copy the file into raw/."
    if kind := why_no_file(path):
        return kind, "Remove it from raw/."
    if not os.access(path, os.R_OK):
        return "it may not be read", "Give yourself the right to read it."
    return "", ""
