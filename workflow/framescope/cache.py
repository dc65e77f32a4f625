"""A cache of finished work: one object for each document and stage, under a key of everything it depends on.

An object begins with the SHA-256 of its key and its data. An object that was truncated, altered or moved does not match
it and counts as absent.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

# What is made by one job for all batches is used under this name.
ALL_BATCHES = "all"
SEAL_BYTES = hashlib.sha256().digest_size


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
    """The objects of one stage, in a folder that may be deleted at any time. A `fresh` cache ignores stored objects."""

    def __init__(self, folder: str | Path, stage: str, fresh: bool = False) -> None:
        self.folder = Path(folder) / stage
        self.fresh = fresh
        self.used: set[str] = set()

    def get(self, key: str) -> bytes | None:
        """The object with this key, or None. A damaged object counts as absent and is named in the log."""
        path = self._path(key)
        self.used.add(key)
        if self.fresh or not path.is_file():
            return None
        stored = path.read_bytes()
        seal, data = stored[:SEAL_BYTES], stored[SEAL_BYTES:]
        if seal == _seal(key, data):
            return data
        print(f"{path}: this piece of finished work is damaged; it is made anew", file=sys.stderr)
        return None

    def put(self, key: str, data: bytes) -> bytes:
        """Store an object and return it."""
        self.used.add(key)
        write_whole(self._path(key), _seal(key, data) + data)
        return data

    def keep(self, key: str) -> None:
        """Mark a key as used, so that its object survives the run although this run does not read it."""
        self.used.add(key)

    def record(self, batch: str) -> None:
        """Write down the keys used for a batch; `keep_only` reads them."""
        plan = self.folder / "plan" / batch
        plan.parent.mkdir(parents=True, exist_ok=True)
        plan.write_text("\n".join(sorted(self.used)), encoding="utf-8")

    def planned(self, batch: str) -> bool:
        """Whether the keys used for a batch have been written down."""
        return (self.folder / "plan" / batch).is_file()

    def keep_only(self, batches: Iterable[str]) -> None:
        """Delete every object that none of these batches used, and the remains of interrupted writes."""
        wanted = set(batches)
        used: set[str] = set()
        for plan in self.folder.glob("plan/*"):
            if plan.name in wanted:
                used.update(plan.read_text(encoding="utf-8", errors="replace").split())
            else:
                plan.unlink()
        for path in self.folder.glob("??/*"):
            if path.name not in used:
                path.unlink()

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key


def made_once(
    cache: Cache, outputs: Mapping[str, str], inputs: Iterable[str | Path], depends: Any, make: Callable[[], None]
) -> None:
    """Write the outputs with `make`, or as it wrote them before from the same inputs and the same `depends`.

    Snakemake runs a job again after its inputs were written again, even if their bytes are those of before.
    """
    read = [hashlib.sha256(Path(path).read_bytes()).hexdigest() for path in inputs]
    keys = {name: cache_key(name, read, depends) for name in outputs}
    stored = {name: cache.get(key) for name, key in keys.items()}
    whole = {name: data for name, data in stored.items() if data is not None}
    if len(whole) == len(outputs):
        for name, data in whole.items():
            Path(outputs[name]).write_bytes(data)
    else:
        make()
        for name, key in keys.items():
            cache.put(key, Path(outputs[name]).read_bytes())
    cache.record(ALL_BATCHES)
    cache.keep_only([ALL_BATCHES])
