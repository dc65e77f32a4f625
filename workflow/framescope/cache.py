"""Reuse of finished work: one object a document and stage, under a key of everything it depends on.

An object begins with the SHA-256 over its key and its data, so that one that was cut short, altered or moved counts as
absent.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

SEAL_BYTES = hashlib.sha256().digest_size


def cache_key(*parts: Any) -> str:
    """The SHA-256 of parts that are JSON or bytes; equal parts give equal keys, in any process."""
    digest = hashlib.sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else json.dumps(part, sort_keys=True, ensure_ascii=False).encode()
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


def write_whole(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, whatever stops the process."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as stream:
        try:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        except OSError:
            Path(stream.name).unlink()
            raise
    Path(stream.name).replace(path)


def remembered(path: Path) -> dict[str, Any]:
    """What a JSON file of ours keeps; nothing where it is missing or damaged: all in it can be worked out anew."""
    try:
        kept = json.loads(path.read_bytes())
    except (FileNotFoundError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _seal(key: str, data: bytes) -> bytes:
    return hashlib.sha256(key.encode() + data).digest()


class Cache:
    """Objects of one stage in a folder that may be deleted at any time; a fresh cache reads nothing old."""

    def __init__(self, folder: str | Path, stage: str, fresh: bool = False) -> None:
        self.folder = Path(folder) / stage
        self.fresh = fresh
        self.used: set[str] = set()

    def get(self, key: str) -> bytes | None:
        """The object under a key, or None where there is none or only a damaged one, which the log then names."""
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
        """Store an object whole or not at all, and return it."""
        self.used.add(key)
        write_whole(self._path(key), _seal(key, data) + data)
        return data

    def keep(self, key: str) -> None:
        """Count a key as asked for, so that its object outlives the run although nothing reads it."""
        self.used.add(key)

    def record(self, batch: str) -> None:
        """Note the keys asked for in the work on a batch, so that `keep_only` knows them."""
        plan = self.folder / "plan" / batch
        plan.parent.mkdir(parents=True, exist_ok=True)
        plan.write_text("\n".join(sorted(self.used)), encoding="utf-8")

    def planned(self, batch: str) -> bool:
        """Whether the work on a batch has noted its keys."""
        return (self.folder / "plan" / batch).is_file()

    def keep_only(self, batches: Iterable[str]) -> None:
        """Delete every object that no work on these batches asked for, and what an interrupted write left."""
        wanted = set(batches)
        kept: set[str] = set()
        for plan in self.folder.glob("plan/*"):
            if plan.name in wanted:
                kept.update(plan.read_text(encoding="utf-8", errors="replace").split())
            else:
                plan.unlink()
        for path in self.folder.glob("??/*"):
            if path.name not in kept:
                path.unlink()

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key
