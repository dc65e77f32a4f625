"""The schema of config.yaml, and the default values of its keys."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from framescope.resources import SCHEMAS

SCHEMA = SCHEMAS / "config.schema.yaml"


@cache
def config_schema(path: Path = SCHEMA) -> dict[str, Any]:
    """The schema of config.yaml, with descriptions and defaults."""
    schema: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return schema


def default(*keys: str) -> Any:
    """The default of a key of config.yaml, or of a key within a key.

    >>> default("confidence"), default("counting", "negated")
    (0.95, True)
    """
    schema = config_schema()
    for key in keys:
        schema = schema["properties"][key]
    return deepcopy(schema["default"])
