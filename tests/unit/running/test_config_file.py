from pathlib import Path

import pytest

from framescope.problems import StudyError
from framescope.running.config_file import read_config


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return tmp_path / "config.yaml"


def test_a_study_without_config_or_with_an_empty_one_sets_no_key(config: Path):
    assert read_config(config) == {}
    config.write_text("# nothing yet\n", encoding="utf-8")
    assert read_config(config) == {}


def test_a_mark_of_byte_order_is_no_part_of_the_first_key(config: Path):
    config.write_text("title: Ports\n", encoding="utf-8-sig")
    assert read_config(config) == {"title": "Ports"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title: x\nlimits:\n\tpages: 3\n", "config.yaml, line 3: it begins with a tab. Indent with spaces instead."),
        ("limits:\n  \tpages: 3\n", "config.yaml, line 2: it begins with a tab. Indent with spaces instead."),
        ("title: a: b\n", "config.yaml, line 1: it is not YAML: mapping values are not allowed in this context."),
        ("title: 'Ports\n", "config.yaml, line 2: it is not YAML: "),
        ("- a\n- b\n", "config.yaml: expected keys with values, such as title: My study; found ['a', 'b']."),
        ("title: \x00\n", "config.yaml: it cannot be read as YAML in UTF-8"),
    ],
)
def test_what_is_not_yaml_is_named_with_its_line(config: Path, text: str, said: str):
    config.write_text(text, encoding="utf-8")
    with pytest.raises(StudyError) as error:
        read_config(config)
    assert str(error.value).startswith(said)


def test_another_encoding_is_named(config: Path):
    config.write_bytes("title: Häfen\n".encode("latin-1"))
    with pytest.raises(StudyError, match="cannot be read as YAML in UTF-8"):
        read_config(config)
