"""The files of a study that are tables, their rows, and the text of a row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from framescope.corpora.delimited import list_delimited, row_of_delimited
from framescope.corpora.records import list_json_lines, list_parquet, row_of_json_lines, row_of_parquet
from framescope.corpora.rows import MEND, Listing, Refused, Row, digest, remembered_listing
from framescope.corpora.speeches import list_speeches, speech_of
from framescope.document import ExtractionError
from framescope.identifiers import LONGEST

LISTERS: dict[str, Callable[[Path, Mapping[str, Any]], Listing | None]] = {
    ".csv": list_delimited,
    ".tsv": list_delimited,
    ".jsonl": list_json_lines,
    ".ndjson": list_json_lines,
    ".parquet": list_parquet,
    ".xml": list_speeches,
    ".tei": list_speeches,
}
READERS: dict[str, Callable[[Path, Mapping[str, Any], int, int], str]] = {
    "csv": row_of_delimited,
    "jsonl": row_of_json_lines,
    "parquet": row_of_parquet,
}


def list_table(path: Path, stated: Mapping[str, Any], memory: Path | None = None) -> Listing | None:
    """The documents of a table, which is recognised by its suffix; None for a file that is a single document.

    `stated` is the entry of the table under `corpora` in config.yaml, or empty. An earlier listing is taken from the
    folder `memory` as long as the file has not changed.

    Raises: Refused with reason and remedy.
    """
    lister = LISTERS.get(path.suffix.lower())
    if lister is None:
        return None
    return remembered_listing(path, stated, memory, lambda: lister(path, stated))


def list_tables(
    names: Iterable[str], corpora: Iterable[Mapping[str, Any]], raw: Path, memory: Path | None
) -> tuple[dict[str, Listing], list[dict[str, str]], list[str]]:
    """The tables in raw/ by name, a row for each source that is skipped, and problems with `corpora`.

    `corpora` is the key of the configuration. A table that cannot be listed is included without rows.
    """
    stated = {str(entry["file"]): {k: v for k, v in entry.items() if k != "file"} for entry in corpora}
    known = list(names)
    problems = [f"config.yaml: corpora: no file {name} in raw/." for name in stated if name not in known]
    tables: dict[str, Listing] = {}
    skipped = []
    for name in known:
        if name in stated and Path(name).suffix.lower() not in LISTERS:
            endings = ", ".join(LISTERS)
            problems.append(f"config.yaml: corpora > {name}: expected a table ({endings}); its name ends otherwise.")
            continue
        try:
            listing = list_table(raw / name, stated.get(name, {}), memory)
        except Refused as refused:
            skipped.append({"file": f"raw/{name}", "reason": refused.reason, "remedy": refused.remedy})
            tables[name] = Listing()
            continue
        if listing is not None:
            tables[name] = listing
            problems += [f"config.yaml: corpora > {name} > {problem}" for problem in listing.problems]
            skipped += [
                {"file": f"raw/{name}, {place}", "reason": reason, "remedy": MEND} for place, reason in listing.skipped
            ]
    return tables, skipped, problems


def row_document(table: str, row: str) -> str:
    """The id of the document in a row, formed from the ids of the table and of the row.

    >>> row_document("speeches", "000017")
    'speeches-000017'
    """
    whole = f"{table}-{row}"
    return whole if len(whole) <= LONGEST else f"{whole[: LONGEST - 13].strip('-')}-{digest(whole)[:12]}"


def row_place(file: str, row: str) -> str:
    """The place of a row in a message for users: its file and its id."""
    return f"{file}, row {row}"


def text_of(path: Path, listing: Listing, row: Row) -> tuple[str, str]:
    """The text of a row, and notes in it, such as applause, that are not part of the text."""
    if listing.how["format"] == "tei":
        return speech_of(path, row.start)
    return READERS[listing.how["format"]](path, listing.how, row.start, row.end), ""


class Rows:
    """The texts of rows, by file in raw/ and id; `corpora` is the key of config.yaml that describes the tables.

    `memory` is the folder in which listings of tables are stored.
    """

    def __init__(self, corpora: Iterable[Mapping[str, Any]], memory: str | Path | None) -> None:
        self._stated = {f"raw/{entry['file']}": {k: v for k, v in entry.items() if k != "file"} for entry in corpora}
        self._memory = Path(memory) if memory else None
        self._tables: dict[str, Listing] = {}

    def text(self, file: str, row: str, sha256: str) -> tuple[str, str, dict[str, Any]]:
        """The text of a row, the notes in it, and the format and encoding of its table.

        Raises: ExtractionError if the row no longer contains the text with this digest; another try may succeed.
        """
        if file not in self._tables:
            self._tables[file] = list_table(Path(file), self._stated.get(file, {}), self._memory) or Listing()
        listing = self._tables[file]
        found = listing.row(row)
        text, notes = text_of(Path(file), listing, found) if found else ("", "")
        if digest(text + notes) != sha256:
            raise ExtractionError(
                row_place(file, row), "it was changed while the study ran", "Run again to read it as it is.", retry=True
            )
        return text, notes, listing.how
