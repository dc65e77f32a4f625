"""Checking config.yaml against its schema, and filling in defaults; all errors are reported at once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any, cast

from jsonschema import Draft202012Validator, TypeChecker, ValidationError
from jsonschema.validators import extend

from framescope.defaults import config_schema
from framescope.problems import StudyError, nearest

KINDS = {
    "object": "keys with values",
    "array": "a list",
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "null": "nothing",
}
BOUNDS = {
    "maxLength": "a number of characters of at most",
    "minimum": "at least",
    "maximum": "at most",
    "exclusiveMinimum": "more than",
    "exclusiveMaximum": "less than",
    "minItems": "a number of entries of at least",
    "maxItems": "a number of entries of at most",
    "minProperties": "a number of keys of at least",
    "maxProperties": "a number of keys of at most",
}


# What a text looks like that a pattern of the schema allows.
PATTERNS = {"^#[0-9A-Fa-f]{6}$": 'a colour as red, green and blue in two digits each, such as "#7b3f61"'}


def complete_config(config: dict[str, Any], file: str = "config.yaml") -> dict[str, Any]:
    """The configuration with every default filled in.

    Raises: StudyError with a line for each unknown key or wrong value.
    """
    schema = config_schema()
    config = {key: value for key, value in config.items() if value is not None}
    errors = sorted(Validator(schema).iter_errors(config), key=lambda error: [str(p) for p in error.path])
    problems = [f"{file}: {sentence}" for error in errors for sentence in _sentences(error)]
    if problems:
        raise StudyError(problems)
    return _filled(config, schema)


def _is_number(checker: TypeChecker, value: object) -> bool:
    """Whether a value is a number that can be compared with a bound, which the value ".nan" of YAML is not."""
    return Draft202012Validator.TYPE_CHECKER.is_type(value, "number") and value == value


# jsonschema has no type hints for `extend`.
Validator = extend(  # type: ignore[no-untyped-call]
    Draft202012Validator, type_checker=Draft202012Validator.TYPE_CHECKER.redefine("number", _is_number)
)


def _filled(value: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    complete = dict(value)
    for key, facts in schema.get("properties", {}).items():
        if key not in complete and "default" in facts:
            complete[key] = deepcopy(facts["default"])
        if isinstance(complete.get(key), dict) and facts.get("properties"):
            complete[key] = _filled(complete[key], facts)
    return complete


def _sentences(error: ValidationError) -> Iterator[str]:
    place = " > ".join(str(part) for part in error.absolute_path) or "the top level"
    validator, wanted, found = str(error.validator), cast(Any, error.validator_value), cast(Any, error.instance)
    rule = cast(dict[str, Any], error.schema)
    if validator == "additionalProperties" and isinstance(found, dict):
        known = list(rule.get("properties", {}))
        for key in (key for key in found if key not in known):
            yield f"{place}: unknown key {key!r}. {nearest(key, known)}"
    elif validator == "required":
        yield f"{place}: the key {', '.join(key for key in wanted if key not in found)} is missing."
    elif validator == "enum":
        known = [str(value) for value in wanted]
        yield f"{place}: expected one of {', '.join(known)}; found {found!r}. {nearest(str(found), known)}"
    elif validator == "const":
        yield f"{place}: expected {json.dumps(wanted)}; found {json.dumps(found)}. {rule['description']}"
    elif validator == "type":
        expected = " or ".join(
            KINDS[kind] for kind in ([wanted] if isinstance(wanted, str) else wanted) if kind != "null"
        )
        yield f"{place}: expected {expected}; found {found!r}."
    elif validator == "pattern":
        yield f"{place}: expected {PATTERNS[wanted]}; found {found!r}."
    else:
        yield f"{place}: expected {BOUNDS.get(validator, validator)} {wanted}; found {found!r}."
