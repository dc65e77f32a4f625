"""A study: its documents and their metadata, read from config.yaml and raw/ and checked before a run starts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from framescope.actor_table import load_actors
from framescope.codes.code import CodesError
from framescope.codes.reading import read_file, stated_codes
from framescope.configuration import complete_config
from framescope.corpora.baseline import baseline_of_group, baseline_of_table, is_table
from framescope.corpora.documents import Documents, Entry, documents_of_files, documents_of_table
from framescope.corpora.files import is_file, is_there, readable_files, without_parts
from framescope.corpora.listing import list_tables
from framescope.corpora.metadata import described, read_metadata
from framescope.corpora.rows import Listing
from framescope.identifiers import document_ids, slug
from framescope.problems import StudyError, nearest
from framescope.theme_paths import is_within

# Keys that name a document, and what they may say instead.
NO_DOCUMENT: dict[str, tuple[str | None, ...]] = {"reference": (None,), "baseline": ("rest", "lexicon", "even")}


@dataclass(frozen=True)
class Study:
    """The configuration with defaults, the documents in order of their ids, and the files that cannot be read.

    `warnings` are about what the user may have misspelt.
    """

    config: dict[str, Any]
    documents: Documents
    skipped: list[dict[str, str]]
    warnings: list[str] = field(default_factory=list)


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
    warnings: list[str] = []
    listed, metadata, named_by = read_metadata(complete["documents"], folder, problems, warnings)
    files, skipped = readable_files(folder, listed, named_by, problems)
    files, parts = without_parts(files, folder / "raw")
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
    if themes and (complete["lexicon"] is None or is_file(folder / complete["lexicon"])):
        known = list(themes(complete["lexicon"]))
        problems += _unknown_themes(
            {key: config.get(key) or [] for key in ("contrasts", "focus_themes", "theme_colours")}, known
        )
        _keep_known_defaults(complete, config, known)
        problems += _wrong_actors(complete["actors"], folder, known)
    problems += _unusable_codes(complete, folder, known)
    baseline = _stated_baseline(complete["baseline"], documents, folder, known, problems)
    if not documents and not problems:
        problems += [f"{refused['file']}: {refused['reason']}. {refused['remedy']}" for refused in skipped]
        problems.append("raw/: no documents. Put at least one text there.")
    if problems:
        raise StudyError(problems)
    complete["baseline"] = baseline
    if complete["reference"] is not None:
        complete["reference"] = _called(complete["reference"], documents)
    complete["editions"] = [[_called(name, documents) for name in pair] for pair in complete["editions"]]
    complete["section_roles"] = {_called(d, documents): roles for d, roles in complete["section_roles"].items()}
    return Study(complete, documents, skipped, warnings)


def _stated_baseline(
    setting: Any, documents: Documents, folder: Path, themes: list[str] | None, problems: list[str]
) -> Any:
    """The baseline as comparisons use it (`compare.inputs.BaselineSetting`)."""
    if isinstance(setting, dict):
        metadata = {document: entry.metadata for document, entry in documents.items()}
        return baseline_of_group(setting, metadata, problems) if documents else setting
    if is_table(setting):
        return baseline_of_table(setting, folder, themes, problems)
    return setting if setting in NO_DOCUMENT["baseline"] else _called(setting, documents)


def _wrong_actors(name: str | None, folder: Path, themes: list[str]) -> list[str]:
    """Mistakes in the study's own table of actors, and themes in it that the lexicon does not have."""
    if name is None or not is_file(folder / name):
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
    places += [(key, theme) for key in ("focus_themes", "theme_colours") for theme in config[key]]
    unknown = [(place, theme) for place, theme in places if theme not in known]
    return [f"config.yaml: {place}: unknown theme {theme!r}. {nearest(theme, known)}" for place, theme in unknown]


def _documents(
    files: list[tuple[str, int]],
    tables: Mapping[str, Listing],
    skipped: list[str],
    metadata: dict[str, dict[str, str]],
    folder: Path,
    problems: list[str],
) -> Documents:
    stated = _stated_ids([name for name, _ in files], metadata, problems)
    ids = stated | document_ids([name for name, _ in files if name not in stated], stated.values())
    entries: list[Entry] = []
    parts: list[pa.Table] = []
    used = {key for name in skipped for key in _names(name) if key in metadata}
    for name, size in files:
        key = next((key for key in _names(name, ids[name]) if key in metadata), None) if metadata else None
        facts = {k: v for k, v in metadata[key].items() if k != "document"} if key else {}
        used |= {key} if key else set()
        if name in tables:
            parts.append(documents_of_table(ids[name], f"raw/{name}", tables[name], facts, metadata))
        else:
            entries.append(Entry(ids[name], f"raw/{name}", size, facts))
    documents = Documents(pa.concat_tables([documents_of_files(entries), *parts]))
    for document in documents.repeated():
        problems.append(f"raw/: {' and '.join(documents.places(document))} have one id, {document!r}. Rename a file.")
    known = [name for name, _ in files]
    for key in metadata:
        if key not in used and key not in documents and not is_there(folder / "raw" / key):
            problems.append(
                f"documents: metadata for {key!r}, which is not in raw/. {nearest(key, known) if known else ''}".strip()
            )
    return documents


def _stated_ids(names: list[str], metadata: dict[str, dict[str, str]], problems: list[str]) -> dict[str, str]:
    """The ids that metadata give to files; a problem is added if two files have the same id."""
    stated: dict[str, str] = {}
    if not metadata:
        return stated
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


def _called(name: str, documents: Documents) -> str | None:
    """The id of the document to which a name in the configuration refers by its id or by its file, or None."""
    if name in documents:
        return name
    files = [file for file in documents.files if name in _names(file.removeprefix("raw/"))]
    named = documents.in_file(files[0]) if len(files) == 1 else []
    return named[0] if len(named) == 1 else None


def _unmet(config: dict[str, Any], documents: Documents, skipped: list[dict[str, str]], folder: Path) -> list[str]:
    """A message for each document or file that the configuration names and the study does not have."""
    problems = []
    known = list(documents)
    for key, words in NO_DOCUMENT.items():
        named = config[key]
        if isinstance(named, dict) or is_table(named) or named in words or _called(named, documents) is not None:
            continue
        left_out = [row for row in skipped if named in _names(row["file"].removeprefix("raw/"))]
        reasons = [f"{row['file']}: {row['reason']}. {row['remedy']}" for row in left_out]
        others = [word for word in words if word]
        expected = nearest(named, [*others, *known])
        if key == "baseline" and (column := _column_with(named, documents)):
            expected = f"A group is named with its column: {{{column}: {named}}}."
        problems.append(f"config.yaml: {key}: no document {named!r}. {' '.join(reasons) or expected}")
    if config["baseline"] == "lexicon" and config["lexicon"] is not None:
        problems.append(
            "config.yaml: baseline: lexicon: these base rates are of the lexicon that comes with Framescope, and the "
            f"study has its own, {config['lexicon']}. Choose rest, even or a document."
        )
    for number, edition in enumerate(config["editions"], start=1):
        place = f"config.yaml: editions, pair {number}"
        problems += [
            f"{place}: no document {name!r}. {nearest(name, known)}"
            for name in edition
            if _called(name, documents) is None
        ]
        if len({_called(name, documents) or name for name in edition}) == 1:
            problems.append(f"{place}: {edition[0]} is given twice. Name the old edition, then the new one.")
    for document in config["section_roles"]:
        if _called(document, documents) is None:
            problems.append(f"config.yaml: section_roles: no document {document!r}. {nearest(document, known)}")
    for key in ("lexicon", "actors", "eras"):
        if config[key] is not None and not is_file(folder / config[key]):
            problems.append(f"config.yaml: {key}: no file {config[key]} in the study.")
    return problems


def _column_with(value: str, documents: Mapping[str, Entry]) -> str | None:
    """A column of metadata in which a document has this value, or None."""
    columns = (name for entry in documents.values() for name, own in described(entry.metadata).items() if own == value)
    return next(columns, None)


def _unusable_codes(config: Mapping[str, Any], folder: Path, themes: Iterable[str] | None) -> list[str]:
    """The reasons why files of codes cannot be used."""
    problems = []
    for file, coder in stated_codes(config["codes"]):
        if not is_file(folder / file):
            problems.append(f"config.yaml: codes: no file {file} in the study.")
            continue
        try:
            read_file(folder / file, themes, coder)
        except (CodesError, OSError) as error:
            problems.append(str(error))
    return problems
