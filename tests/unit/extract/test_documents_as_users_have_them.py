"""What Word, LaTeX and TEI files of users hold beyond the plain case."""

from __future__ import annotations

import io
import subprocess
import zipfile
from pathlib import Path

import pypandoc
import pytest

from framescope.cache import Cache
from framescope.extract.batch import extract_batch
from framescope.extract.reading import read
from framescope.extract.source.limits import Limits
from framescope.study import read_study

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def headings(document):
    return [section.title for section in document.sections]


def body(document):
    return [paragraph.text for section in document.sections for paragraph in section.paragraphs]


def converted(path: Path, source: str) -> Path:
    kind = path.suffix.removeprefix(".")
    command = [pypandoc.get_pandoc_path(), "-f", "markdown", "-t", kind, "-o", str(path)]
    subprocess.run(command, input=source.encode(), check=True)
    return path


def test_a_tei_file_whose_root_is_a_division_is_read(tmp_path):
    path = tmp_path / "part.xml"
    path.write_text('<div xmlns="http://www.tei-c.org/ns/1.0"><head>Tolls</head><p>They rose again.</p></div>')
    document = read(path)
    assert (headings(document), body(document)) == (["Tolls"], ["They rose again."])


def test_page_headers_and_footers_of_word_are_listed_as_left_out(tmp_path):
    path = converted(tmp_path / "paper.docx", "# Tolls\n\nThey rose again.\n")
    out = io.BytesIO()
    with zipfile.ZipFile(path) as whole, zipfile.ZipFile(out, "w") as copy:
        for name in whole.namelist():
            copy.writestr(name, whole.read(name))
        for name, text in (("header1", "Harbour papers"), ("header2", "Harbour papers"), ("footer1", "Draft")):
            part = f"<w:{name[:3]} xmlns:w='{WORD}'><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:{name[:3]}>"
            copy.writestr(f"word/{name}.xml", part)
    path.write_bytes(out.getvalue())
    kept = [(item.kind, item.text) for item in read(path).left_out if item.kind in ("header", "footer")]
    assert sorted(kept) == [("footer", "Draft"), ("header", "Harbour papers")]


def test_a_heading_in_two_paragraphs_of_one_style_is_one(tmp_path):
    source = "# The tolls of the\n\n# Eastern Harbour\n\nThey rose.\n\n# Ships\n\n# Pilots\n\nThey stayed out.\n"
    assert headings(read(converted(tmp_path / "paper.docx", source))) == [
        "The tolls of the Eastern Harbour",
        "Ships",
        "Pilots",
    ]


@pytest.fixture
def thesis(tmp_path: Path) -> Path:
    raw = tmp_path / "study" / "raw"
    (raw / "chapters").mkdir(parents=True)
    (tmp_path / "study" / "secret.tex").write_text("The word is swordfish.")
    inside = "\\section{Tolls}\n\\input{chapters/one}\n% \\input{chapters/two}\n\\input{../secret}\n\\include{gone}\n"
    (raw / "thesis.tex").write_text(f"\\documentclass{{book}}\\begin{{document}}\n{inside}\\end{{document}}\n")
    (raw / "chapters" / "one.tex").write_text("The tolls rose.\n\n\\input{chapters/deeper}\n")
    (raw / "chapters" / "two.tex").write_text("Nobody asked.\n")
    (raw / "chapters" / "deeper.tex").write_text("Ships stayed out.\n")
    return tmp_path / "study"


def test_files_that_latex_takes_in_from_its_folder_are_read_and_no_others(thesis):
    document = read(thesis / "raw" / "thesis.tex")
    assert body(document) == ["The tolls rose.", "Ships stayed out."]
    assert document.warnings == [
        "It includes files that are not in its folder and were not read: ../secret, gone. Put them there."
    ]


def test_a_part_of_a_latex_source_is_no_document_of_its_own(thesis):
    study = read_study({}, thesis)
    assert list(study.documents) == ["thesis", "two"]
    assert {row["file"]: row["reason"] for row in study.skipped} == {
        "raw/chapters/deeper.tex": "it is a part of raw/thesis.tex",
        "raw/chapters/one.tex": "it is a part of raw/thesis.tex",
    }


def test_a_change_in_a_part_reads_its_document_again(thesis):
    entry = {"document": "thesis", "file": str(thesis / "raw" / "thesis.tex"), "language": "en"}

    def text() -> str:
        cache = Cache(thesis / "cache", "text")
        (record,) = extract_batch([entry], cache, "x", Limits(), False, "en", "it.log")
        return record["sections"][0]["paragraphs"][0]["text"]

    assert text() == "The tolls rose."
    (thesis / "raw" / "chapters" / "one.tex").write_text("The tolls fell.\n")
    assert text() == "The tolls fell."


FROM_PDF = """# Tolls

The tolls rose again.1 Ships from the eastern ports stayed out for a week, and the guild of

1 See the letters of the pilots, which nobody answered.

2 The guild says “never”.

pilots asked for a treaty.2 In 2019 the toll was 3.5 of the value,3 and nobody paid.

3 The books of the harbour show it.

The council met.
"""


def test_numbered_paragraphs_whose_numbers_are_glued_to_words_are_notes_of_a_word_file_made_from_pdf(tmp_path):
    document = read(converted(tmp_path / "paper.docx", FROM_PDF))
    assert body(document) == [
        "The tolls rose again. Ships from the eastern ports stayed out for a week, and the guild of pilots asked for a "
        "treaty. In 2019 the toll was 3.5 of the value, and nobody paid.",
        "The council met.",
    ]
    assert [(note.number, note.text, note.section) for note in document.notes] == [
        ("1", "See the letters of the pilots, which nobody answered.", "01-tolls"),
        ("2", "The guild says “never”.", "01-tolls"),
        ("3", "The books of the harbour show it.", "01-tolls"),
    ]


CUT = """# Tolls

The tolls rose again.1 Ships from the eastern ports stayed out for a week, and the value of the grain fell by

1 See the letters of the pilots, at

https://harbour.example/letters/of/the/pil

ots%20and%20guild.html

12.5 per cent in 2019.2 The council met the guild and the pilots in the hall of the Old Quay, which belonged to the

Board of the harbour. The share was 3.25.3 Nobody paid.

2 The guild says “never”.

3 The books of the harbour show it.

A title

The council met the guild again (Reyes et al.

2019).

The council met.
"""


def test_paragraphs_of_a_word_file_made_from_pdf_that_pages_cut_before_a_number_or_a_name_are_joined(tmp_path):
    document = read(converted(tmp_path / "paper.docx", CUT))
    assert [text[-20:] for text in body(document)] == [
        "s 3.25. Nobody paid.",
        "A title",
        "(Reyes et al. 2019).",
        "The council met.",
    ]
    assert "fell by 12.5 per cent in 2019. The council" in body(document)[0]
    assert "belonged to the Board" in body(document)[0]


def test_the_rest_of_an_address_is_part_of_the_note_above_it(tmp_path):
    note = read(converted(tmp_path / "paper.docx", CUT)).notes[0]
    assert (
        note.text
        == "See the letters of the pilots, at https://harbour.example/letters/of/the/pilots%20and%20guild.html"
    )


def test_numbered_paragraphs_that_nothing_cites_stay_in_the_body(tmp_path):
    numbered = "\n\n".join(f"{n} The council decides on toll {n}." for n in range(1, 7))
    assert len(body(read(converted(tmp_path / "paper.docx", numbered)))) == 6


def test_a_word_file_whose_whole_text_is_indented_is_no_quotation(tmp_path):
    path = converted(tmp_path / "paper.docx", "> The tolls rose.\n>\n> Ships stayed out.\n")
    assert {paragraph.kind for section in read(path).sections for paragraph in section.paragraphs} == {"prose"}
