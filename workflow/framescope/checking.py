"""Checking a study before anything runs: its settings, documents, lexicon, actors and eras."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from framescope.annotate.levels import LEVEL, what_is_missing
from framescope.corpora.documents import FACTS
from framescope.logs import say
from framescope.problems import StudyError
from framescope.resources import LEXICONS
from framescope.running.config_file import read_config
from framescope.study import Study, read_study
from framescope.themes.formats import load_lexicon
from framescope.themes.lexicon import LexiconError

NOT_INSTALLED = (
    "config.yaml: second_opinion: expected the packages {} to be installed; found that they are not. Install them with "
    "`make opinion` in the folder of Framescope, or leave the key out."
)


def checked_study(config: Mapping[str, Any], folder: str | Path = ".", memory: str | Path | None = None) -> Study:
    """The study in a folder, whose lexicon and eras can be read.

    Warnings about the lexicon, and what the study lacks if its texts are not fully annotated, go to the terminal.

    `memory` is as in `read_study`.

    Raises: StudyError with a line for each mistake.
    """

    known: list[str] = []

    def themes(own: str | None) -> Iterable[str]:
        lexicon = load_lexicon(lexicon_file(own, folder), config.get("lexicon_format") if own else None)
        for warning in lexicon.at_level(config.get("annotate") or LEVEL).warnings:
            say(warning)
        known.extend(lexicon.themes)
        return known

    try:
        study = read_study(config, folder, themes, memory)
    except LexiconError as error:
        raise StudyError([str(error)]) from error
    for warning in study.warnings:
        say(warning)
    if missing := what_is_missing(study.config["annotate"]):
        say(missing)
    if study.config["second_opinion"]:
        _check_packages()
    if study.config["eras"]:
        _check_eras(Path(folder) / study.config["eras"])
    if study.config["models"] or study.config["groups"]:
        _check_metadata(study, known)
    return study


def _check_eras(path: Path) -> None:
    # Imported here, because the grammar of dates takes a moment to load.
    from framescope.annotate.dates.eras import load_eras

    try:
        load_eras(path)
    except ValueError as error:
        raise StudyError([str(error)]) from error


def _check_packages() -> None:
    # Imported here, because the library for the model's arithmetic takes a moment to load.
    from framescope.compare.opinion.encoder import missing_packages

    if absent := missing_packages():
        raise StudyError([NOT_INSTALLED.format(", ".join(absent))])


def _check_metadata(study: Study, themes: list[str]) -> None:
    # Imported here, because the libraries for models take a moment to load.
    from framescope.compare.counts.groupings import wrong_groupings
    from framescope.compare.models.check import wrong_models

    table = study.documents.table
    stated = [name for name in FACTS if table[name].null_count < len(table)]
    documents = table.select(["document", *stated]).to_pandas()
    documents["published"] = documents["published"].fillna("") if "published" in stated else ""
    settings = (study.config[key] for key in ("contrasts", "period"))
    problems = wrong_groupings(study.config["groups"], documents)
    problems += wrong_models(study.config["models"], documents, themes, *settings)
    if problems:
        raise StudyError(problems)


def lexicon_file(own: str | None, folder: str | Path = ".") -> Path:
    """The study's own lexicon, whose path is relative to the study, or the one that comes with Framescope."""
    return Path(folder) / own if own else LEXICONS / "themes.yaml"


def what_would_run(folder: Path) -> str:
    """A sentence about a study that can run, and a line for each file of raw/ that is skipped.

    Raises: StudyError with a line for each mistake.
    """
    study = checked_study(read_config(folder / "config.yaml"), folder)
    documents = len(study.documents)
    lines = [f"The study can run: {documents:,} document{'s' * (documents != 1)}."]
    lines += [f"skipped: {row['file']}: {row['reason']}. {row['remedy']}" for row in study.skipped]
    return "\n".join(lines)
