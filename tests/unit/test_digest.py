from pathlib import Path

import pytest

from framescope import digest as module
from framescope.digest import digest


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "house"
    (folder / "room").mkdir(parents=True)
    (folder / "__init__.py").write_text("")
    (folder / "room" / "__init__.py").write_text('"""A room."""\n')
    (folder / "room" / "door.py").write_text("from house.key import turn\n\ndef open():\n    return turn()\n")
    (folder / "key.py").write_text('def turn():\n    """Turn."""\n    return 1  # once\n')
    (folder / "other.py").write_text("x = 1\n")
    monkeypatch.setattr(module, "PACKAGE", folder)
    return folder


def edited(package: Path, file: str, text: str) -> tuple[str, str]:
    module._logic.cache_clear()
    before = digest("room.door")
    (package / file).write_text(text)
    module._logic.cache_clear()
    return before, digest("room.door")


def test_logic_edited_in_an_imported_module_changes_the_digest(package: Path) -> None:
    before, after = edited(package, "key.py", "def turn():\n    return 2\n")
    assert before != after


def test_comments_docstrings_and_layout_do_not_change_the_digest(package: Path) -> None:
    before, after = edited(package, "key.py", "# why\ndef turn():\n\n    return (\n        1)\n")
    assert before == after


def test_a_module_that_is_not_imported_does_not_change_the_digest(package: Path) -> None:
    before, after = edited(package, "other.py", "x = 2\n")
    assert before == after


def test_versions_of_named_libraries_are_part_of_the_digest(package: Path) -> None:
    assert digest("room.door") != digest("room.door", libraries=["spacy"])


def test_an_unknown_module_is_an_error(package: Path) -> None:
    with pytest.raises(FileNotFoundError):
        digest("room.window")
