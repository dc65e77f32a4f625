"""A new study: a folder with raw/, an example text, and a config.yaml whose comments explain every key."""

from __future__ import annotations

import json
import shutil
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from framescope.defaults import config_schema
from framescope.problems import StudyError
from framescope.resources import NEW_STUDY

BEFORE = """\
# The settings of a study. Every key may be left out. Each key that is not set stands after the sign # with its default;
# to set it, remove the sign and change the value. `framescope check` says what is wrong before anything runs.
"""
WIDTH = 118


def create(folder: Path) -> None:
    """Make a study in a folder that does not exist or is empty; its title is the name of the folder.

    Raises: StudyError if the folder has something in it, or cannot be written.
    """
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise StudyError([f"{folder}: expected a new or an empty folder; found one with files. Name another."])
        (folder / "raw").mkdir(parents=True)
        shutil.copyfile(NEW_STUDY / "README.md", folder / "README.md")
        shutil.copyfile(NEW_STUDY / "example.md", folder / "raw" / "example.md")
        (folder / "config.yaml").write_text(commented_config(folder.resolve().name), encoding="utf-8")
    except OSError as error:
        raise StudyError([f"{folder}: the study cannot be written there ({error.strerror})."]) from error


def commented_config(title: str) -> str:
    """The text of a config.yaml that sets the title alone, and has each other key with its default in a comment."""
    parts = []
    for key, facts in config_schema()["properties"].items():
        lines = [*_comment(facts["description"])]
        if key == "title":
            lines.append(_yaml(key, title))
        else:
            lines += [f"# {line}" for line in _key(key, facts)]
        parts.append("\n".join(line.rstrip() for line in lines))
    return BEFORE + "\n" + "\n\n".join(parts) + "\n"


def _key(key: str, facts: Mapping[str, Any]) -> Iterator[str]:
    """The lines of a key with its default, and of the keys inside it, each after its description."""
    if not facts.get("properties"):
        yield from _yaml(key, facts.get("default")).split("\n")
        return
    yield f"{key}:"
    for inner, inner_facts in facts["properties"].items():
        for line in (*_comment(inner_facts["description"]), *_key(inner, inner_facts)):
            yield f"  {line}"


def _comment(description: str) -> list[str]:
    return textwrap.wrap(" ".join(description.split()), WIDTH, initial_indent="# ", subsequent_indent="# ")


def _yaml(key: str, value: Any) -> str:
    """A key with its value; a key without a value has its default, as a key that is left out."""
    if isinstance(value, list) and value:
        text: str = yaml.safe_dump({key: value}, sort_keys=False, allow_unicode=True, default_flow_style=None)
        return text.strip()
    return f"{key}: {json.dumps(value, ensure_ascii=False)}" if value is not None else f"{key}:"
