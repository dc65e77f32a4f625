"""A file becomes a Document: id, title, facts of its source."""

from __future__ import annotations

import hashlib

import pytest

from framescope.document import Document, ExtractionError
from framescope.extract.preview import to_markdown
from framescope.extract.reader import Reader
from framescope.extract.reading import read


@pytest.fixture(scope="module")
def reader():
    with Reader() as reader:
        yield reader


def test_a_document_knows_its_source(tmp_path, reader):
    path = tmp_path / "Harbour Tolls (2019).md"
    path.write_bytes("# Tolls\n\nThe café’s tolls rose.\n".encode("cp1252"))
    document = reader.read(path)
    assert document.id == "harbour-tolls-2019"
    assert document.source.file == path.name
    assert document.source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (document.source.format, document.source.encoding) == ("markdown", "cp1252")
    assert document.sections[0].paragraphs[0].text == "The café’s tolls rose."


def test_id_title_and_roles_may_be_given(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("# Tolls\n\nThey rose.\n")
    document = read(path, document="tolls", title="On Tolls", roles={"Tolls": "analysis"})
    assert (document.id, document.title) == ("tolls", "On Tolls")
    assert (document.sections[0].role, document.sections[0].role_source) == ("analysis", "config")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# The Quay\n\n## Tolls\n\nThey rose.\n", "The Quay"),
        ("# Tolls\n\nThey rose.\n\n# Cranes\n\nThey fell.\n", None),
        ("Opening words.\n\n# The Quay\n\nIt sank.\n", None),
        ("## Tolls\n\nThey rose.\n", None),
        ("---\ntitle: On the Quay\n---\n\n# Tolls\n\nThey rose.\n", "On the Quay"),
    ],
)
def test_a_lone_first_heading_is_the_title_where_the_source_states_none(tmp_path, reader, text, title):
    path = tmp_path / "a.md"
    path.write_text(text)
    assert reader.read(path).title == title


def test_what_was_read_survives_as_a_record(tmp_path, reader):
    path = tmp_path / "a.md"
    path.write_text("# Tolls\n\nThey rose.[^1]\n\n> We pay.\n\n[^1]: Act, 1902.\n")
    document = reader.read(path)
    assert Document.from_dict(document.to_dict()) == document


def test_reading_twice_gives_the_same(tmp_path):
    path = tmp_path / "a.html"
    path.write_text(
        "<h1>Tolls</h1><p>They rose<sup><a href='#f1' id='r1'>1</a></sup>.</p><p id=f1>Act. <a href='#r1'>^</a>"
    )
    assert read(path) == read(path)


def test_markdown_shows_text_notes_and_what_was_left_out(tmp_path, reader):
    path = tmp_path / "a.md"
    path.write_text(
        "# Tolls\n\nThey rose.[^1]\n\n> We pay.\n\n- one\n\n| a | b |\n|---|---|\n| c | d |\n\n[^1]: Act, 1902.\n"
    )
    text = to_markdown(reader.read(path))
    for line in ("## Tolls", "They rose.", "> We pay.", "- one", "## Notes", "## Left out", "### table", "a b c d"):
        assert line in text.splitlines()
    assert "[1] Act, 1902. *(cited in 01-tolls)*" in text


def test_the_error_of_a_batch_reader_names_the_file_alone(tmp_path, reader):
    with pytest.raises(ExtractionError) as caught:
        reader.read(tmp_path / "absent.md")
    assert caught.value.file == "absent.md"
