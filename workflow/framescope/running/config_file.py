"""Reading config.yaml as YAML; `configuration` checks what its keys hold."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from framescope.problems import StudyError


def read_config(path: Path) -> dict[str, Any]:
    """The keys of a config.yaml with their values; none if there is no such file.

    Raises: StudyError with file, line and cause if the file is not YAML, or has no keys at its top level.
    """
    if not path.exists():
        return {}
    try:
        text = path.read_text(encoding="utf-8-sig")
        config = yaml.load(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        raise StudyError([f"{path.name}{_cause(error, text)}"]) from error
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        raise StudyError([f"{path.name}: it cannot be read as YAML in UTF-8 ({error})."]) from error
    if config is not None and not isinstance(config, dict):
        raise StudyError([f"{path.name}: expected keys with values, such as title: My study; found {config!r:.60}."])
    return config or {}


def _cause(error: yaml.MarkedYAMLError, text: str) -> str:
    """The line at which the text is not YAML, and why."""
    number = error.problem_mark.line if error.problem_mark else 0
    line = [*text.split("\n"), ""][number]
    if re.match(r" *\t", line):
        return f", line {number + 1}: it begins with a tab. Indent with spaces instead."
    parts = [str(part) for part in (error.context, error.problem) if part]
    return f", line {number + 1}: it is not YAML: {', '.join(parts)}."
