from copy import deepcopy

from framescope.defaults import config_schema
from framescope.present.settings import FILE, settings_guide


def test_the_guide_to_config_yaml_is_that_of_the_schema():
    assert FILE.read_text(encoding="utf-8") == settings_guide(), "make docs writes it anew"


def test_every_key_is_explained_with_its_bounds_and_default():
    text = settings_guide()
    assert all(f"| `{key}` |" in text for key in config_schema()["properties"])
    assert "| `min_blocks` | a whole number, ≥ 3, ≤ 1000 | `8` |" in text
    assert "| `counting: quoted` | true or false | `false` |" in text
    assert "| `documents: FILE: published` | text |  | Day, month or year of publication" in text


def test_a_key_that_is_added_to_the_schema_changes_the_guide():
    # A copy, because all of a process share the schema.
    schema = deepcopy(config_schema())
    schema["properties"]["new"] = {"type": ["null", "number"], "description": "New | or not.", "maximum": 3}
    assert "| `new` | a number, ≤ 3 |  | New \\| or not. |" in settings_guide(schema)
