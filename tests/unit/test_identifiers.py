import re

from hypothesis import given
from hypothesis import strategies as st

from framescope.identifiers import section_id, slug


@given(st.text())
def test_a_slug_is_never_empty_and_safe_in_a_path(text: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug(text))
    assert len(slug(text)) <= 60


def test_names_in_other_scripts_are_written_in_latin_letters() -> None:
    assert slug("Внешняя политика") == "vneshnyaya-politika"


def test_sections_are_numbered_and_named() -> None:
    assert section_id(2, "Introduction") == "02-introduction"
    assert section_id(1, None) == "01-untitled"
