"""The guide to the keys of config.yaml, config/README.md, generated from the schema."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from framescope.configuration import KINDS
from framescope.defaults import config_schema

ROOT = Path(__file__).parents[3]
FILE = ROOT / "config" / "README.md"
BEFORE = """# Configuration

Generated from `workflow/framescope/schemas/config.schema.yaml` by `make docs`.

A study is a folder with `raw/`, which holds the sources, and `config.yaml`, in which every key may be left out. It is
the working directory of Snakemake, `--directory FOLDER`. The [config.yaml](../config.yaml) of the sample study has the
keys with comments. A Snakefile that uses this workflow as a module may pass the keys instead: `config: config`.
A wrong key or value is reported before anything runs.

| key | value | default | meaning |
| --- | --- | --- | --- |
"""
SIGNS = {"minimum": "≥", "exclusiveMinimum": ">", "maximum": "≤", "exclusiveMaximum": "<"}


def settings_guide(schema: Mapping[str, Any] | None = None) -> str:
    """The text of config/README.md: a row for each key of config.yaml, with nested keys after their parent."""
    return BEFORE + "".join(f"| {' | '.join(row)} |\n" for row in _rows(schema or config_schema()))


def _rows(schema: Mapping[str, Any], inside: str = "") -> Iterator[tuple[str, str, str, str]]:
    for key, facts in schema.get("properties", {}).items():
        name = f"{inside}{key}"
        default = json.dumps(facts.get("default"), ensure_ascii=False)
        nothing = default in ("null", "{}", "[]")
        about = " ".join(facts["description"].split()).replace("|", "\\|")
        yield f"`{name}`", _value(facts), "" if nothing else f"`{default}`", about
        metadata = facts.get("$defs", {}).get("metadata", {})
        yield from _rows(metadata, f"{name}: FILE: ")
        yield from _rows(facts, f"{name}: ")
        yield from _rows(facts.get("items", {}), f"{name}: - ")


def _value(facts: Mapping[str, Any]) -> str:
    """The values that a key may have: a choice of words, or a type with its bounds."""
    if "enum" in facts:
        return " or ".join(f"`{word}`" for word in facts["enum"])
    if "const" in facts:
        return f"`{json.dumps(facts['const'])}`"
    kinds = [facts["type"]] if isinstance(facts["type"], str) else facts["type"]
    bounds = [f"{sign} {facts[bound]}" for bound, sign in SIGNS.items() if bound in facts]
    return ", ".join([" or ".join(KINDS[kind] for kind in kinds if kind != "null"), *bounds])


if __name__ == "__main__":
    FILE.write_text(settings_guide(), encoding="utf-8")
