"""A cache of finished work: objects under keys of everything they depend on, in one file for each batch of a stage.

The file is a database of SQLite. An object begins with the SHA-256 of its key and its data. An object that was altered
or moved does not match it and counts as absent, and a file that was cut short or altered counts as empty.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import secrets
import sqlite3
import sys
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing, contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

# The batch of what one job makes for all documents, and of the only document of a study.
ALL_BATCHES = "all"
SUFFIX = ".sqlite"
SEAL_BYTES = hashlib.sha256().digest_size
# The number by which SQLite calls that a file becomes smaller at once.
FULL = 1
TABLE = "CREATE TABLE IF NOT EXISTS objects (key TEXT PRIMARY KEY, data BLOB NOT NULL, used INTEGER NOT NULL DEFAULT 0)"


def cache_key(*parts: Any) -> str:
    """The SHA-256 of `parts`, which are bytes or values of JSON. Equal parts give equal keys in every process."""
    digest = hashlib.sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else json.dumps(part, sort_keys=True, ensure_ascii=False).encode()
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


def write_whole(path: Path, data: bytes) -> None:
    """Write a file completely or not at all, even if the process is killed; the umask sets its permissions."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # The files of tempfile would be readable by the user alone, whatever the umask.
    unfinished = path.parent / f".{secrets.token_hex(8)}"
    with unfinished.open("xb") as stream:
        try:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        except OSError:
            unfinished.unlink()
            raise
    unfinished.replace(path)


def remembered(path: Path) -> dict[str, Any]:
    """The content of a JSON file that Framescope wrote, or nothing if the file is missing or damaged."""
    try:
        content = json.loads(path.read_bytes())
    except (FileNotFoundError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _seal(key: str, data: bytes) -> bytes:
    return hashlib.sha256(key.encode() + data).digest()


class Cache:
    """The objects of a batch of one stage, in a folder that may be deleted at any time.

    A `fresh` cache ignores stored objects. The name of a batch is a prefix of the bits of its documents, and "all"
    stands for no bits, so that a batch to which a document belonged before is one whose name begins with that of its
    batch now, or is the beginning of it. Objects that only the file of such a batch has are copied when they are used.
    No two jobs of a run use a file at the same time.
    """

    def __init__(self, folder: str | Path, stage: str, fresh: bool = False, batch: str = ALL_BATCHES) -> None:
        self.path = Path(folder) / stage / f"{batch}{SUFFIX}"
        self.fresh = fresh
        self.used: set[str] = set()

    def get(self, key: str) -> bytes | None:
        """The object with this key, or None. A damaged object counts as absent and is named in the log."""
        self.used.add(key)
        if self.fresh:
            return None
        found = _object(self.path, self._database, key)
        for path, database in self._related.items() if found is None else ():
            found = _object(path, database, key)
            if found is not None:
                return self.put(key, found)
        return found

    def put(self, key: str, data: bytes) -> bytes:
        """Store an object and return it.

        Raises: OSError if the file cannot be written, for example because the disk is full.
        """
        self.used.add(key)
        with _errors_of_the_system(self.path):
            self._database.execute("REPLACE INTO objects (key, data) VALUES (?, ?)", (key, _seal(key, data) + data))
        return data

    def record(self) -> None:
        """Write down which objects the batch used. `prune` deletes the others.

        Raises: OSError if the file cannot be written.
        """
        with _errors_of_the_system(self.path):
            stored = self._database.execute("SELECT key, used FROM objects")
            if _recorded(self._database) and all(bool(used) == (key in self.used) for key, used in stored):
                return
            self._database.execute("BEGIN")
            self._database.execute("UPDATE objects SET used = 0 WHERE used")
            self._database.executemany("UPDATE objects SET used = 1 WHERE key = ?", [(key,) for key in self.used])
            # What says that the batch was processed, even if it has no objects.
            self._database.execute("PRAGMA user_version = 1")
            self._database.execute("COMMIT")

    def keep_used(self) -> None:
        """Delete the objects of this batch that were not used. Raises: OSError if the file cannot be written."""
        self.record()
        with _errors_of_the_system(self.path):
            _delete_unused(self._database)

    @cached_property
    def _database(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        # Not left to SQLite, which would not give the file the permissions that the umask asks for.
        self.path.touch()
        database = _opened(self.path)
        if database is not None:
            return database
        self.path.write_bytes(b"")
        return _connected(self.path)

    @cached_property
    def _related(self) -> dict[Path, sqlite3.Connection]:
        own = _bits(self.path)
        others = [path for path in sorted(self.path.parent.glob(f"*{SUFFIX}")) if path != self.path]
        near = [path for path in others if own.startswith(_bits(path)) or _bits(path).startswith(own)]
        opened = {path: _opened(path) for path in near}
        return {path: database for path, database in opened.items() if database is not None}


def prune(folder: str | Path, stages: Iterable[str], batches: Collection[str]) -> None:
    """Delete the objects of stages that none of the batches used, once every batch was processed in every stage."""
    files = [Path(folder) / stage / f"{batch}{SUFFIX}" for stage in stages for batch in batches]
    databases = [_opened(path) if path.is_file() else None for path in files]
    if any(database is None or not _recorded(database) for database in databases):
        return
    for database in databases:
        if database is not None:
            with closing(database):
                _delete_unused(database)
    for stage in {path.parent for path in files}:
        for path in set(stage.glob(f"*{SUFFIX}")) - set(files):
            path.unlink()


def _connected(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, autocommit=True)
    # So that the file becomes smaller when objects are deleted. To set it again would write the file.
    if database.execute("PRAGMA auto_vacuum").fetchone() != (FULL,):
        database.execute(f"PRAGMA auto_vacuum = {FULL}")
    # To wait for the disk would take longer than storing an object. A file that a loss of power damaged is noticed.
    database.execute("PRAGMA synchronous = OFF")
    database.execute(TABLE)
    return database


def _opened(path: Path) -> sqlite3.Connection | None:
    """The database in a file; None if the file is damaged, which is said in the log."""
    try:
        database = _connected(path)
        whole = database.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            raise OSError(errno.EIO, str(error), str(path)) from error
        whole = False
    if whole:
        return database
    print(f"{path}: this finished work is damaged; it is made anew", file=sys.stderr)
    return None


def _object(path: Path, database: sqlite3.Connection, key: str) -> bytes | None:
    found = database.execute("SELECT data FROM objects WHERE key = ?", (key,)).fetchone()
    if found is None:
        return None
    seal, data = found[0][:SEAL_BYTES], found[0][SEAL_BYTES:]
    if seal == _seal(key, data):
        return bytes(data)
    print(f"{path}: a piece of finished work in it is damaged; it is made anew", file=sys.stderr)
    return None


def _recorded(database: sqlite3.Connection) -> bool:
    (version,) = database.execute("PRAGMA user_version").fetchone()
    return bool(version == 1)


def _delete_unused(database: sqlite3.Connection) -> None:
    database.execute("DELETE FROM objects WHERE NOT used")


def _bits(path: Path) -> str:
    return "" if path.stem == ALL_BATCHES else path.stem


@contextmanager
def _errors_of_the_system(path: Path) -> Iterator[None]:
    """Raises OSError for what prevents SQLite from writing the file."""
    try:
        yield
    except sqlite3.OperationalError as error:
        full = error.sqlite_errorcode == sqlite3.SQLITE_FULL
        raise OSError(errno.ENOSPC if full else errno.EIO, str(error), str(path)) from error
