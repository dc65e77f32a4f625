"""Reuse of finished work: one object a document and stage, under a key of everything it depends on."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any


def cache_key(*parts: Any) -> str:
    """The SHA-256 of parts that are JSON or bytes; equal parts give equal keys, in any process."""
    digest = hashlib.sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else json.dumps(part, sort_keys=True, ensure_ascii=False).encode()
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


class Cache:
    """Objects of one stage in a folder that may be deleted at any time; a fresh cache reads nothing old."""

    def __init__(self, folder: str | Path, stage: str, fresh: bool = False) -> None:
        self.folder = Path(folder) / stage
        self.fresh = fresh

    def get(self, key: str) -> bytes | None:
        """The object under a key, or None."""
        path = self._path(key)
        return path.read_bytes() if not self.fresh and path.is_file() else None

    def put(self, key: str, data: bytes) -> bytes:
        """Store an object whole or not at all, and return it."""
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(stream.name).replace(path)
        return data

    def keep_only(self, keys: Iterable[str]) -> None:
        """Delete every object under other keys, and what an interrupted write left."""
        kept = set(keys)
        for path in self.folder.glob("??/*"):
            if path.name not in kept:
                path.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key
