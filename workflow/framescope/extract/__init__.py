"""Source files become Documents: sections, paragraphs, notes and what was left out."""

from __future__ import annotations

import atexit
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from framescope.document import Document
from framescope.extract.guard import Reader
from framescope.extract.limits import Limits

__all__ = ["Limits", "Reader", "read"]


def read(
    path: str | Path,
    *,
    document: str | None = None,
    title: str | None = None,
    limits: Limits | None = None,
    roles: Mapping[str, str] | None = None,
    ocr: bool = False,
) -> Document:
    """The Document in a file of any supported format (see `Reader.read`).

    Raises ExtractionError with file, cause and remedy.
    """
    return _reader(limits or Limits(), ocr).read(path, document=document, title=title, roles=roles)


@lru_cache(maxsize=1)
def _reader(limits: Limits, ocr: bool) -> Reader:
    reader = Reader(limits, ocr)
    atexit.register(reader.close)
    return reader
