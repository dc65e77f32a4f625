"""A study: its documents and their metadata, read from config.yaml and raw/ and checked before a run starts."""

from __future__ import annotations

import csv
import filecmp
import os
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from framescope.actor_table import load_actors
from framescope.codes.code import CodesError
from framescope.codes.reading import read_file, stated_codes
from framescope.configuration import complete_config
from framescope.contents import why_no_file
from framescope.corpora.listing import list_tables, row_document, row_place
from framescope.corpora.parts import owners
from framescope.corpora.rows import Listing, Row
from framescope.defaults import config_schema
from framescope.identifiers import document_ids, slug
from framescope.problems import StudyError, nearest
from framescope.theme_paths import is_within

METADATA = ("title", "author", "published", "group", "genre", "source", "language", "speaker")
IGNORED = re.compile(r"^(\..*|~\$.*|Thumbs\.db|desktop\.ini|README.*|.*\.lnk)$", re.IGNORECASE)
# The number of bytes that are compared before two files of the same size are compared to their end.
BEGINNING = 512
UNSAFE = re.compile(r"[\x00-\x1f\x7f]")
# Keys that name a document, and what they may say instead.
NO_DOCUMENT: dict[str, tuple[str | None, ...]] = {"reference": (None,), "baseline": ("rest", "lexicon", "even")}


@dataclass(frozen=True)
class Entry:
    """A document of the study: its id, its file relative to the study, its size in bytes and its metadata.

    `row` describes the row if the document is one row of a table.
    """

    document: str
    file: str
    size: int
    metadata: dict[str, str] = field(default_factory=dict)
    row: Row | None = None

    @property
    def place(self) -> str:
        """The file and, if the document is a row of a table, the row."""
        return row_place(self.file, self.row.id) if self.row else self.file


@dataclass(frozen=True)
class Study:
    """The configuration with defaults, the documents in order of their ids, and the files that cannot be read."""

    config: dict[str, Any]
    documents: dict[str, Entry]
    skipped: list[dict[str, str]]


def read_study(
    config: Mapping[str, Any],
    folder: str | Path = ".",
    themes: Callable[[str | None], Iterable[str]] | None = None,
    memory: str | Path | None = None,
) -> Study:
    """The study in a folder, from its configuration and the files in raw/, of which a table contains many documents.

    `themes` returns the themes of the lexicon with a given path, or of Framescope's own for None; contrasts and focus
    themes are checked against them. `memory` is a folder that stores what tables contained when they were last listed;
    it may be deleted at any time.

    Raises: StudyError with a line for each mistake. Unknown keys are reported first; then missing files, one id given
    to two files, invalid dates, metadata of documents that do not exist, and unknown themes.
    """
    folder = Path(folder)
    complete = complete_config(dict(config))
    problems: list[str] = []
    listed, metadata, named_by = _metadata(complete["documents"], folder, problems)
    files, skipped = _files(folder, listed, named_by, problems)
    files, parts = _without_parts(files, folder / "raw")
    skipped += parts
    store = Path(memory) if memory else None
    tables, unusable, mistakes = list_tables([name for name, _ in files], complete["corpora"], folder / "raw", store)
    problems += mistakes
    refused = [row["file"].removeprefix("raw/") for row in skipped]
    documents = _documents(files, tables, refused, metadata, folder, problems)
    skipped += unusable
    problems += _unmet(complete, documents, skipped, folder)
    problems += _muddled_contrasts(complete["contrasts"])
    known = None
    if themes and (complete["lexicon"] is None or _is_file(folder / complete["lexicon"])):
        known = list(themes(complete["lexicon"]))
        problems += _unknown_themes({key: config.get(key) or [] for key in ("contrasts", "focus_themes")}, known)
        _keep_known_defaults(complete, config, known)
        problems += _wrong_actors(complete["actors"], folder, known)
    problems += _unusable_codes(complete, folder, known)
    if not documents and not problems:
        problems += [f"{refused['file']}: {refused['reason']}. {refused['remedy']}" for refused in skipped]
        problems.append("raw/: no documents. Put at least one text there.")
    if problems:
        raise StudyError(problems)
    for key in ("reference", "baseline"):
        if complete[key] not in NO_DOCUMENT[key]:
            complete[key] = _called(complete[key], documents)
    complete["section_roles"] = {_called(d, documents): roles for d, roles in complete["section_roles"].items()}
    return Study(complete, documents, skipped)


def _wrong_actors(name: str | None, folder: Path, themes: list[str]) -> list[str]:
    """Mistakes in the study's own table of actors, and themes in it that the lexicon does not have."""
    if name is None or not _is_file(folder / name):
        return []
    try:
        rows = load_actors(folder / name).rows
    except StudyError as error:
        return error.problems
    declared = {theme: row.surface for row in rows for theme in (row.theme, row.present_theme) if theme}
    unknown = {theme: surface for theme, surface in declared.items() if theme.split(".")[0] not in themes}
    return [f"{name}: {actor}: unknown theme {theme!r}. {nearest(theme, themes)}" for theme, actor in unknown.items()]


def _keep_known_defaults(complete: dict[str, Any], config: Mapping[str, Any], known: list[str]) -> None:
    """Remove those of the default contrasts and focus themes that the study's own lexicon does not have."""
    if config.get("contrasts") is None:
        complete["contrasts"] = [c for c in complete["contrasts"] if set(c["a"]) | set(c["b"]) <= set(known)]
    if config.get("focus_themes") is None:
        complete["focus_themes"] = [theme for theme in complete["focus_themes"] if theme in known]


def _muddled_contrasts(contrasts: list[dict[str, Any]]) -> list[str]:
    """A message for each name that two contrasts share, and for each theme that overlaps both sides of a contrast."""
    problems = []
    names = [str(contrast["name"]) for contrast in contrasts]
    for name in dict.fromkeys(name for name in names if names.count(name) > 1):
        problems.append(f"config.yaml: contrasts: {name!r} names two contrasts. Give each its own name.")
    for contrast in contrasts:
        for a, b in ((a, b) for a in contrast["a"] for b in contrast["b"]):
            if is_within(a, b) or is_within(b, a):
                shared = "is on both sides" if a == b else f"and {b} share hits and are on two sides"
                problems.append(
                    f"config.yaml: contrasts > {contrast['name']}: {a} {shared}. Name each theme on one side."
                )
    return problems


def _unknown_themes(config: Mapping[str, Any], known: list[str]) -> list[str]:
    contrasts = config["contrasts"]
    places = [(f"contrasts > {c['name']} > {side}", theme) for c in contrasts for side in "ab" for theme in c[side]]
    places += [("focus_themes", theme) for theme in config["focus_themes"]]
    unknown = [(place, theme) for place, theme in places if theme not in known]
    return [f"config.yaml: {place}: unknown theme {theme!r}. {nearest(theme, known)}" for place, theme in unknown]


def _metadata(
    documents: Any, folder: Path, problems: list[str]
) -> tuple[list[str] | None, dict[str, dict[str, str]], str | None]:
    """The listed files (None for all), the metadata by file name or id, and the CSV file in raw/ that gave them."""
    if documents is None:
        return None, {}, None
    if isinstance(documents, str):
        named_by = documents if _is_file(folder / documents) else None
        return None, _metadata_of_csv(documents, folder, problems), named_by
    if isinstance(documents, dict):
        facts_by_name = _mappings(
            {str(name): {} if facts is None else facts for name, facts in documents.items()}, problems
        )
        rows = [{"file": name, **facts} for name, facts in facts_by_name.items()]
        return None, _by_name(rows, "config.yaml: documents", problems), None
    entries = {number: {"file": row} if isinstance(row, str) else row for number, row in enumerate(documents, 1)}
    rows = list(_mappings(entries, problems).values())
    listed = [str(row["file"]) for row in rows if row.get("file")]
    for number, row in enumerate(rows, 1):
        if not row.get("file"):
            problems.append(f"config.yaml: documents > {number}: the key file is missing.")
    return listed, _by_name(rows, "config.yaml: documents", problems), None


def _mappings[Place](entries: Mapping[Place, Any], problems: list[str]) -> dict[Place, dict[str, Any]]:
    """The entries of `documents` that are mappings; for each other entry a problem is added."""
    for place, entry in entries.items():
        if not isinstance(entry, dict):
            known = ", ".join(METADATA)
            problems.append(f"config.yaml: documents > {place}: expected keys with values ({known}); found {entry!r}.")
    return {place: entry for place, entry in entries.items() if isinstance(entry, dict)}


def _metadata_of_csv(name: str, folder: Path, problems: list[str]) -> dict[str, dict[str, str]]:
    path = folder / name
    if not _is_file(path):
        problems.append(f"config.yaml: documents: no file {name} in the study.")
        return {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            columns, rows = list(reader.fieldnames or []), list(reader)
    except (UnicodeDecodeError, csv.Error, OSError) as error:
        problems.append(_unreadable(name, error))
        return {}
    known = ["file", "document", *METADATA]
    problems += [f"{name}: unknown column {c!r}. {nearest(c, known)}" for c in columns if c not in known]
    if "file" not in columns and "document" not in columns:
        problems.append(f"{name}: expected a column file or document; found {', '.join(columns) or 'no columns'}.")
        return {}
    return _by_name(rows, name, problems)


def _unreadable(name: str, error: Exception) -> str:
    return f"{name}: expected a table as CSV in UTF-8; it cannot be read ({error}). Save it as CSV UTF-8."


def _by_name(rows: Iterable[Mapping[str, Any]], place: str, problems: list[str]) -> dict[str, dict[str, str]]:
    known = list(config_schema()["properties"]["documents"]["$defs"]["metadata"]["properties"])
    metadata: dict[str, dict[str, str]] = {}
    for number, row in enumerate(rows, 1):
        name = str(row.get("file") or row.get("document") or "").strip()
        problems += [
            f"{place} > {name or number}: unknown key {k!r}. {nearest(k, known)}" for k in row if k not in known and k
        ]
        facts = {key: str(row[key]).strip() for key in (*METADATA, "document") if row.get(key) not in (None, "")}
        if name in metadata:
            problems.append(f"{place} > {name}: listed twice.")
        if "published" in facts and not _is_date(facts["published"]):
            expected = f"expected a day, month or year such as 2018-06-30; found {facts['published']!r}."
            problems.append(f"{place} > {name} > published: {expected}")
        if name:
            metadata[name] = facts
    return metadata


def _is_date(text: str) -> bool:
    if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", text):
        return False
    parts = [int(part) for part in text.split("-")] + [1, 1]
    try:
        date(*parts[:3])
    except ValueError:
        return False
    return True


def _files(
    folder: Path, listed: list[str] | None, named_by: str | None, problems: list[str]
) -> tuple[list[tuple[str, int]], list[dict[str, str]]]:
    """The readable files in raw/ with their sizes, in order, and a row for each file that is refused."""
    raw = folder / "raw"
    if not raw.is_dir():
        problems.append(f"{raw}: no such folder. Make it and put the study's texts there.")
        return [], []
    if listed is not None:
        exists = {name: _is_there(raw / name) for name in listed}
        problems += [f"config.yaml: documents: no file {name} in raw/." for name in listed if not exists[name]]
        names = [name for name in exists if exists[name]]
    else:
        names = sorted(
            str((Path(where) / name).relative_to(raw))
            for where, folders, names_in_folder in os.walk(raw)
            for name in [*names_in_folder, *(inner for inner in folders if (Path(where) / inner).is_symlink())]
            if not IGNORED.match(name) and not any(part.startswith(".") for part in Path(where).relative_to(raw).parts)
        )
    files: list[tuple[str, int]] = []
    skipped: list[dict[str, str]] = []
    for name in names:
        if named_by and (raw / name).resolve() == (folder / named_by).resolve():
            continue
        reason, remedy = _refusal(raw / name, name, raw)
        if reason:
            skipped.append({"file": f"raw/{_printable(name)}", "reason": reason, "remedy": remedy})
        else:
            files.append((name, (raw / name).stat().st_size))
    return _without_copies(files, raw, skipped), skipped


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


def _without_parts(files: list[tuple[str, int]], raw: Path) -> tuple[list[tuple[str, int]], list[dict[str, str]]]:
    """The files that are not parts of others among them, and a row of skipped sources for each that is."""
    owner = owners([name for name, _ in files], raw)
    remedy = "Nothing is to be done: its text is read there."
    rows = [
        {"file": f"raw/{part}", "reason": f"it is a part of raw/{whole}", "remedy": remedy}
        for part, whole in owner.items()
    ]
    return [(name, size) for name, size in files if name not in owner], rows


def _is_there(path: Path) -> bool:
    """Whether a path exists; a broken link does, and a name that the system does not allow does not."""
    return os.path.lexists(path)


def _is_file(path: Path) -> bool:
    return _is_there(path) and path.is_file()


def _printable(name: str) -> str:
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in os.fsencode(name).decode("utf-8", "replace"))


def _refusal(path: Path, name: str, raw: Path) -> tuple[str, str]:
    """The reason why a file cannot be used, and the remedy; both are empty if it can."""
    if UNSAFE.search(name) or not name.isprintable():
        return "its name has control characters or bytes that are not text", "Rename the file."
    if path.is_symlink() and not path.exists():
        return "it is a link to nothing", "Mend the link or remove it."
    if raw.resolve() not in path.resolve().parents:
        return "it is a link out of raw/", "Copy the file into raw/."
    if kind := why_no_file(path):
        return kind, "Remove it from raw/."
    if not os.access(path, os.R_OK):
        return "it may not be read", "Give yourself the right to read it."
    return "", ""


def _documents(
    files: list[tuple[str, int]],
    tables: Mapping[str, Listing],
    skipped: list[str],
    metadata: dict[str, dict[str, str]],
    folder: Path,
    problems: list[str],
) -> dict[str, Entry]:
    stated = _stated_ids([name for name, _ in files], metadata, problems)
    ids = stated | document_ids([name for name, _ in files if name not in stated], stated.values())
    entries: dict[str, Entry] = {}
    used = {key for name in skipped for key in _names(name) if key in metadata}
    for name, size in files:
        key = next((key for key in _names(name, ids[name]) if key in metadata), None)
        facts = {k: v for k, v in metadata[key].items() if k != "document"} if key else {}
        used |= {key} if key else set()
        if name in tables:
            entries |= _rows(ids[name], f"raw/{name}", tables[name], facts, metadata, used)
        else:
            entries[ids[name]] = Entry(ids[name], f"raw/{name}", size, facts)
    known = [name for name, _ in files]
    for key in metadata:
        if key not in used and not _is_there(folder / "raw" / key):
            problems.append(
                f"documents: metadata for {key!r}, which is not in raw/. {nearest(key, known) if known else ''}".strip()
            )
    return dict(sorted(entries.items()))


def _rows(
    table: str,
    file: str,
    listing: Listing,
    facts: Mapping[str, str],
    metadata: Mapping[str, Mapping[str, str]],
    used: set[str],
) -> dict[str, Entry]:
    """The documents of a table.

    Metadata that the study gives for a row take precedence over those in the row itself, and these over the metadata
    of the whole table.
    """
    entries = {}
    for row in listing.rows:
        document = row_document(table, row.id)
        stated = metadata.get(document, {})
        used |= {document} & metadata.keys()
        entries[document] = Entry(document, file, row.size, {**facts, **row.facts, **stated, "row": row.id}, row)
    return entries


def _stated_ids(names: list[str], metadata: dict[str, dict[str, str]], problems: list[str]) -> dict[str, str]:
    """The ids that metadata give to files; a problem is added if two files have the same id."""
    stated: dict[str, str] = {}
    owners: dict[str, str] = {}
    for name in names:
        document = next((metadata[key].get("document") for key in _names(name) if key in metadata), None)
        if document is None:
            continue
        stated[name] = slug(document)
        other = owners.setdefault(stated[name], name)
        if other != name:
            problems.append(f"documents: {other} and {name} are given one id, {document!r}. Give each its own.")
    return stated


def _names(file: str, document: str | None = None) -> tuple[str, ...]:
    """The names by which metadata may refer to a file in raw/ with this id, the most specific first."""
    path = Path(file)
    return (file, path.name, *([document] if document else []), path.stem, slug(path.stem))


def _called(name: str, documents: Mapping[str, Entry]) -> str | None:
    """The id of the document to which a name in the configuration refers by its id or by its file, or None."""
    if name in documents:
        return name
    named = [d for d, entry in documents.items() if name in _names(entry.file.removeprefix("raw/"))]
    return named[0] if len(named) == 1 else None


def _unmet(
    config: dict[str, Any], documents: dict[str, Entry], skipped: list[dict[str, str]], folder: Path
) -> list[str]:
    """A message for each document or file that the configuration names and the study does not have."""
    problems = []
    known = list(documents)
    for key, words in NO_DOCUMENT.items():
        named = config[key]
        if named in words or _called(named, documents) is not None:
            continue
        left_out = [row for row in skipped if named in _names(row["file"].removeprefix("raw/"))]
        reasons = [f"{row['file']}: {row['reason']}. {row['remedy']}" for row in left_out]
        others = [word for word in words if word]
        expected = nearest(named, [*others, *known])
        problems.append(f"config.yaml: {key}: no document {named!r}. {' '.join(reasons) or expected}")
    if config["baseline"] == "lexicon" and config["lexicon"] is not None:
        problems.append(
            "config.yaml: baseline: lexicon: these base rates are of the lexicon that comes with Framescope, and the "
            f"study has its own, {config['lexicon']}. Choose rest, even or a document."
        )
    for document in config["section_roles"]:
        if _called(document, documents) is None:
            problems.append(f"config.yaml: section_roles: no document {document!r}. {nearest(document, known)}")
    for key in ("lexicon", "actors", "eras"):
        if config[key] is not None and not _is_file(folder / config[key]):
            problems.append(f"config.yaml: {key}: no file {config[key]} in the study.")
    return problems


def _unusable_codes(config: Mapping[str, Any], folder: Path, themes: Iterable[str] | None) -> list[str]:
    """The reasons why files of codes cannot be used."""
    problems = []
    for file, coder in stated_codes(config["codes"]):
        if not _is_file(folder / file):
            problems.append(f"config.yaml: codes: no file {file} in the study.")
            continue
        try:
            read_file(folder / file, themes, coder)
        except (CodesError, OSError) as error:
            problems.append(str(error))
    return problems
