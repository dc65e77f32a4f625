"""Reading a single file into a Document with the roles of its sections."""

from __future__ import annotations

import atexit
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from framescope.document import Document
from framescope.extract.reader import Reader
from framescope.extract.section_roles import assign_roles, load_roles
from framescope.extract.source.limits import Limits


def read(
    path: str | Path,
    *,
    document: str | None = None,
    title: str | None = None,
    limits: Limits | None = None,
    roles: Mapping[str, str] | None = None,
    ocr: bool = False,
) -> Document:
    """The Document in a file of any supported format. Its id and title are taken from the file if they are not given.

    `roles` maps ids or titles of sections to roles, and takes precedence over the patterns of `lexicons/roles.yaml`.

    Raises: ExtractionError with file, cause and remedy.
    """
    result = _reader(limits or Limits(), ocr).read(path, document=document, title=title)
    assign_roles(result.sections, load_roles(), roles)
    return result


@lru_cache(maxsize=1)
def _reader(limits: Limits, ocr: bool) -> Reader:
    reader = Reader(limits, ocr)
    atexit.register(reader.close)
    return reader
