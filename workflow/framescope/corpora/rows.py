"""The rows of a table in a study, which are listed once and stored as long as the file does not change."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from framescope.cache import remembered, write_whole
from framescope.contents import signature
from framescope.corpora.columns import facts_of, find_columns
from framescope.identifiers import slug

MEND = "Correct the row, or remove it."


class Row(NamedTuple):
    """A document of a table: its id, its place for messages, its start and end for `text_of`, and its metadata.

    It also has the digest of its text, and the size of its text in bytes.
    """

    id: str
    place: str
    start: int
    end: int
    sha256: str
    size: int
    facts: dict[str, str]


class Found(NamedTuple):
    """A row as a reader returns it: its place, and its cells by column or, without cells, the problem with it."""

    place: str
    start: int
    end: int
    cells: dict[str, Any] | None
    fault: str = ""


@dataclass
class Listing:
    """The documents of a table, the rows that are skipped, and problems with its configuration.

    `how` has the facts that are needed to read the text of a row again.
    """

    rows: list[Row] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    how: dict[str, Any] = field(default_factory=dict)


class Refused(Exception):  # noqa: N818 - this is not an error: the file is skipped with this reason
    """A table that cannot be listed: the reason, and what to do about it."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.reason, self.remedy = reason, remedy


def digest(text: str) -> str:
    """The SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def listed(header: list[str], found: Iterator[Found], stated: Mapping[str, Any], how: dict[str, Any]) -> Listing:
    """The listing of a table from its columns and rows.

    A row is skipped with its cause if it is malformed, has no text, an invalid date, or the id of an earlier row.

    Raises: Refused if no column has the text.
    """
    roles, further, problems = find_columns(header, stated)
    if problems:
        return Listing(problems=problems)
    if "text" not in roles:
        names = ", ".join(header[:12])
        raise Refused(
            f"it is a table, and none of its columns is called text (it has {names})",
            "Name its columns under corpora in config.yaml, or remove it from raw/.",
        )
    listing = Listing(how={**how, "column": roles["text"]})
    ids: dict[str, str] = {}
    for number, (place, start, end, cells, fault) in enumerate(found, 1):
        if cells is None:
            listing.skipped.append((place, fault))
            continue
        text = cells.get(roles["text"])
        if not isinstance(text, str) or not text.strip():
            listing.skipped.append((place, f"its column {roles['text']} has no text"))
            continue
        given = cells.get(roles.get("id", ""))
        row_id = slug(str(given)) if given not in (None, "") else f"{number:06}"
        if row_id in ids:
            listing.skipped.append((place, f"its id {row_id} is that of {ids[row_id]}"))
            continue
        try:
            facts = facts_of(cells, roles, further)
        except ValueError as error:
            listing.skipped.append((place, f"column {roles['published']}: {error}"))
            continue
        ids[row_id] = place
        aside = cells.get("aside", "") if how["format"] == "tei" else ""
        listing.rows.append(
            Row(row_id, place, start, end, digest(text + aside), len(text.encode("utf-8", "replace")), facts)
        )
    return listing


def remembered_listing(
    path: Path, stated: Mapping[str, Any], memory: Path | None, work: Callable[[], Listing | None]
) -> Listing | None:
    """The listing that `work` makes of a file, or an earlier one stored in `memory` if the file has not changed.

    The result is None for a file that is not a table. As in `Contents`, a file that may have been written since it was
    listed is listed again.
    """
    if memory is None:
        return work()
    kept_in = memory / f"{digest(str(path))}.json"
    file = signature(path)
    key = [file, dict(stated), CODE]
    stored = remembered(kept_in)
    if stored.get("key") == key and max(file["modified"], file["changed"]) < kept_in.stat().st_mtime_ns:
        facts = stored["listing"]
        return facts and Listing(**{**facts, "rows": [Row(*row) for row in facts["rows"]]})
    listing = work()
    facts = listing and listing.__dict__
    write_whole(kept_in, json.dumps({"key": key, "listing": facts}, ensure_ascii=False).encode("utf-8", "replace"))
    return listing


CODE = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))).hexdigest()
