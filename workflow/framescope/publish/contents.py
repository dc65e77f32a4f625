"""The files of a package: the study, its results, and the code that made them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from framescope.problems import StudyError
from framescope.resources import PACKAGE, STORY
from framescope.study import Study

PROJECT = PACKAGE.parents[1]
# What is needed to install Framescope and to run the study again.
PROJECT_FILES = (
    "Snakefile",
    "Makefile",
    "install.sh",
    "pyproject.toml",
    "requirements.txt",
    "requirements-opinion.txt",
    "environment.yml",
    "README.md",
    "LICENSE",
    "CITATION.cff",
)
# Results that a run makes again and that nobody reads.
INTERMEDIATE = {"cache", "text", "annotated", "measures", "logs", "copies", "made.json", "sample.csv", "package.zip"}
SETTINGS_WITH_FILES = ("documents", "lexicon", "actors", "eras", "codes")


def package_files(folder: Path, study: Study, with_sources: bool) -> dict[str, Path]:
    """The files of a package by their path in it, in order; without sources, those in raw/ are left out.

    Raises: StudyError if the study has no results, or if only the package of Framescope is installed, without its
    workflow.
    """
    if not (folder / "results" / "provenance.json").is_file():
        raise StudyError([f"{folder}: the study has no results yet. Run it first: framescope run {folder}"])
    if not (PROJECT / "Snakefile").is_file():
        raise StudyError(
            [f"{PROJECT} has the package alone. To package a study, install the whole project: ./install.sh"]
        )
    files = dict(_code())
    files |= {f"study/{name}": folder / name for name in _settings(folder, study)}
    files |= {f"study/{path.relative_to(folder).as_posix()}": path for path in _results(folder)}
    if with_sources:
        files |= {f"study/{name}": folder / name for name in source_files(folder, study)}
    return dict(sorted(files.items()))


def source_files(folder: Path, study: Study) -> list[str]:
    """The files of raw/ that the study read or tried to read, with paths relative to the study."""
    named = {*study.documents.files} | {row["file"] for row in study.skipped}
    return sorted(name for name in named if (folder / name).is_file())


def _code() -> Iterator[tuple[str, Path]]:
    yield from ((f"code/{name}", PROJECT / name) for name in PROJECT_FILES if (PROJECT / name).is_file())
    for path in sorted((PROJECT / "workflow").rglob("*")):
        if path.is_file() and not {"__pycache__", ".snakemake"} & set(path.parts) and path.suffix != ".pyc":
            yield f"code/{path.relative_to(PROJECT).as_posix()}", path


def _settings(folder: Path, study: Study) -> list[str]:
    """config.yaml, the files of the study that it names, and the narrative of the study."""
    named = [study.config[key] for key in SETTINGS_WITH_FILES if isinstance(study.config[key], str)]
    baseline = study.config["baseline"]
    named += [baseline["name"]] if isinstance(baseline, dict) else []
    return [name for name in ["config.yaml", *named, STORY] if (folder / name).is_file()]


def _results(folder: Path) -> list[Path]:
    results = folder / "results"
    return [
        path
        for path in sorted(results.rglob("*"))
        if path.is_file() and path.relative_to(results).parts[0] not in INTERMEDIATE
    ]
