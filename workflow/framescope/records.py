"""Batch files of extraction: a line of JSON for each source, which is a Document or the reason why there is none.

The last line is the SHA-256 of the lines before it, so that a file that was cut short or altered is noticed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import accumulate
from pathlib import Path
from typing import Any

from framescope.document import Document
from framescope.failures import DamagedError, Failure, attempt_rows


def sealed_records(records: Iterable[dict[str, Any]]) -> str:
    """The text of a batch file."""
    lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    return lines + json.dumps({"sha256": hashlib.sha256(lines.encode()).hexdigest()}) + "\n"


def stored_texts(path: str | Path) -> Iterator[Document]:
    """The documents of a batch file, without its failures.

    Raises: DamagedError if the file was altered or cut short.
    """
    return (Document.from_dict(record) for record in _records(path) if "sections" in record)


class StoredTexts(Mapping[str, Document]):
    """The documents of batch files by their ids, each of which is read from its file when it is asked for.

    Raises: DamagedError if a file was altered or cut short.
    """

    def __init__(self, paths: Iterable[str | Path]) -> None:
        self._places: dict[str, tuple[str | Path, int]] = {}
        for path in paths:
            for offset, record in _placed_records(path):
                if "sections" in record:
                    self._places[record["id"]] = (path, offset)

    def __getitem__(self, document: str) -> Document:
        path, offset = self._places[document]
        with Path(path).open("rb") as stream:
            stream.seek(offset)
            return Document.from_dict(json.loads(stream.readline()))

    def __contains__(self, document: object) -> bool:
        return document in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def is_worth_a_retry(path: str | Path) -> bool:
    """Whether another try may succeed for a source of a batch file, which took too long or could not be opened.

    The search for the bytes is safe, because quotation marks inside a text are escaped in JSON.
    """
    return b'"retry": true' in Path(path).read_bytes()


def counted_texts[Row](
    work: Callable[[Document], Iterable[Row]],
    refused: Callable[[dict[str, str]], Row],
    paths: Iterable[str | Path],
    log: str | Path,
) -> Iterator[list[Row] | Failure]:
    """The rows that `work` yields for each document of batch files, or a failure; `log` is the log of the job.

    For a source that gave no document, the row is the one that `refused` makes of its file, reason and remedy.

    Raises: DamagedError if a file was altered or cut short.
    """
    for path in paths:
        for record in _records(path):
            if "sections" in record:
                document = Document.from_dict(record)
                yield attempt_rows(work, document, document.id, "counting its words", log)
            else:
                yield [refused({key: record[key] for key in ("file", "reason", "remedy")})]


def _records(path: str | Path) -> Iterator[dict[str, Any]]:
    return (record for _, record in _placed_records(path))


def _placed_records(path: str | Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The records of a batch file, each with the place of its first byte."""
    *lines, last = Path(path).read_bytes().splitlines(keepends=True) or [b""]
    seal = json.dumps({"sha256": hashlib.sha256(b"".join(lines)).hexdigest()}) + "\n"
    if last != seal.encode():
        raise DamagedError(path)
    offsets = accumulate(map(len, lines), initial=0)
    return ((offset, json.loads(line)) for offset, line in zip(offsets, lines, strict=False))
