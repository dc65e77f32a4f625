"""Word files made from pages, and from typewritten text: page numbers, running heads, cut lines, contents, speakers."""

import io
import subprocess
import textwrap
import zipfile

import pypandoc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framescope.document import Paragraph, Section
from framescope.extract.content import Content
from framescope.extract.markup.printed_pages import (
    with_whole_paragraphs,
    without_listed_contents,
    without_page_marks,
    without_speakers,
)
from framescope.extract.reading import read

FIRST = "The harbour was built in a year of peace, and the customs service grew with it until the war came."
SECOND = "Tolls were raised twice in the decade that followed, and both times the merchants of the province protested."
NAMES = ["Trade and Tolls", "Pilots of the Quay", "Ships and Crews", "Peace and War"]


def texts(content):
    return [paragraph.text for section in content.sections for paragraph in section.paragraphs]


def titles(content):
    return [section.title for section in content.sections]


def word(path, source):
    command = [pypandoc.get_pandoc_path(), "-f", "markdown", "-t", "docx", "-o", str(path)]
    subprocess.run(command, input=source.encode(), check=True)
    return path


def one_section(*lines):
    return Content(None, [Section("01-untitled", None, 1, paragraphs=[Paragraph("prose", line) for line in lines])])


def test_page_numbers_that_are_paragraphs_and_the_running_heads_beside_them_are_left_out(tmp_path):
    pages = "\n\n".join(f"{FIRST}\n\n{SECOND}\n\n{n}\n\nHarbour Review" for n in range(3, 8))
    document = read(word(tmp_path / "paper.docx", f"# Tolls\n\n{pages}\n\n{SECOND}\n"))
    assert set(texts(document)) == {FIRST, SECOND}
    assert sorted((item.kind, item.text) for item in document.left_out) == [
        *[("header", "Harbour Review")] * 5,
        *[("page number", str(n)) for n in range(3, 8)],
    ]


def test_numbers_that_do_not_rise_like_pages_stay():
    lines = ["1990", FIRST, "14", SECOND, "3", FIRST]
    assert texts(without_page_marks(one_section(*lines))) == lines


def test_lines_that_became_paragraphs_are_joined_and_that_is_said(tmp_path):
    paragraphs = [f"{FIRST} {SECOND} {FIRST}", f"{SECOND} {SECOND}", f"{FIRST} {FIRST} {SECOND} The end came soon."]
    lines = "\n\n".join(line for p in paragraphs * 2 for line in textwrap.wrap(p, 60))
    document = read(word(tmp_path / "paper.docx", f"# Tolls\n\n{lines}\n"))
    assert texts(document) == paragraphs * 2
    assert document.warnings == ["Each printed line was a paragraph; the lines were joined to paragraphs."]


def test_whole_paragraphs_are_not_joined():
    content = one_section(*[FIRST, SECOND] * 20)
    assert with_whole_paragraphs(content) == content


def test_a_table_of_contents_typed_by_hand_is_left_out(tmp_path):
    entries = "\n\n".join(f"{name}   {n}" for n, name in enumerate(NAMES, 3))
    parts = "\n\n".join(f"# {name}\n\n{FIRST}" for name in NAMES)
    document = read(word(tmp_path / "paper.docx", f"Contents\n\n{entries}\n\n{parts}\n"))
    assert titles(document) == NAMES
    assert document.left_out[0].text == "Contents"


def test_titles_that_no_heading_below_repeats_are_no_contents():
    content = one_section(*NAMES, FIRST)
    assert without_listed_contents(content) == content


@pytest.mark.parametrize("form", ["**{}**", "{}", "# {}"])
def test_lines_that_name_the_speakers_of_an_interview_are_left_out(tmp_path, form):
    turns = "\n\n".join(f"{form.format(['Interviewer', 'Minister Okafor'][n % 2])}\n\n{FIRST}" for n in range(6))
    document = read(word(tmp_path / "paper.docx", f"{FIRST}\n\n{turns}\n"))
    assert (titles(document), texts(document)) == ([None], [FIRST] * 7)
    assert [item.text for item in document.left_out] == ["Interviewer", "Minister Okafor"] * 3


@pytest.mark.parametrize(
    ("form", "shown"), [("[{}]{{.underline}}", "{}"), ("**{}:**", "{}:"), ("**[{}]{{.underline}}**", "{}")]
)
def test_underlined_and_bold_lines_with_a_colon_are_headings_of_a_file_without_heading_styles(tmp_path, form, shown):
    source = "\n\n".join(f"{form.format(name)}\n\n{FIRST}\n\n{SECOND}" for name in NAMES)
    assert titles(read(word(tmp_path / "paper.docx", source))) == [shown.format(name) for name in NAMES]


def test_lines_in_capitals_are_headings_of_a_file_without_heading_styles(tmp_path):
    source = "\n\n".join(f"{name.upper()}\n\n{FIRST}\n\n{SECOND}" for name in NAMES)
    assert titles(read(word(tmp_path / "paper.docx", source))) == [name.upper() for name in NAMES]


def test_a_bold_line_with_a_colon_above_a_list_introduces_it(tmp_path):
    source = "\n\n".join(f"**{name}:**\n\n- {FIRST}\n- {SECOND}" for name in NAMES)
    assert titles(read(word(tmp_path / "paper.docx", f"{FIRST}\n\n{source}\n"))) == [None]


def test_lines_in_larger_type_are_headings_of_a_word_file_without_heading_styles(tmp_path):
    path = word(tmp_path / "paper.docx", "\n\n".join(f"{name}\n\n{FIRST}\n\n{SECOND}" for name in NAMES))
    out = io.BytesIO()
    with zipfile.ZipFile(path) as whole, zipfile.ZipFile(out, "w") as copy:
        for part in whole.namelist():
            data = whole.read(part)
            if part == "word/document.xml":
                for name in NAMES:
                    text = f'<w:t xml:space="preserve">{name}</w:t>'
                    large = f'<w:rPr><w:sz w:val="36"/></w:rPr>{text}'
                    data = data.replace(text.encode(), large.encode())
            copy.writestr(part, data)
    path.write_bytes(out.getvalue())
    assert titles(read(path)) == NAMES


@pytest.mark.parametrize("label", ["Table 1. Tolls by year", "Figure 2: Ships", "Tabelle 3. Zölle"])
def test_the_title_of_a_table_or_figure_in_the_style_of_a_heading_is_a_caption(tmp_path, label):
    document = read(word(tmp_path / "paper.docx", f"# Tolls\n\n{FIRST}\n\n## {label}\n\n{SECOND}\n"))
    assert titles(document) == ["Tolls"]
    assert [(item.kind, item.text) for item in document.left_out] == [("caption", label)]


def test_the_title_of_a_box_heads_its_text(tmp_path):
    document = read(word(tmp_path / "paper.docx", f"# Tolls\n\n{FIRST}\n\n## Box 1. How tolls work\n\n{SECOND}\n"))
    assert titles(document) == ["Tolls", "Box 1. How tolls work"]


LINES = st.sampled_from([FIRST, SECOND, "Interviewer", "Minister Okafor", "1", "2", "3", "Harbour Review", *NAMES])


@given(st.lists(st.tuples(st.sampled_from([None, "Interviewer", *NAMES]), st.lists(LINES))))
def test_no_word_is_lost(parts):
    sections = [
        Section(f"{n:02}", title, 1, paragraphs=[Paragraph("prose", line) for line in lines])
        for n, (title, lines) in enumerate(parts, 1)
    ]
    content = Content(None, sections)
    wanted = sorted(" ".join([*(title or "" for title, _ in parts), *texts(content)]).split())
    for step in (without_page_marks, with_whole_paragraphs, without_listed_contents, without_speakers):
        content = step(content)
    left = [item.text for item in content.left_out]
    assert sorted(" ".join([*(t or "" for t in titles(content)), *texts(content), *left]).split()) == wanted


def test_bold_lines_below_the_title_of_a_web_page_are_headings_also_where_line_breaks_separate_them(tmp_path):
    parts = "".join(f"<b>{name}</b><br><br>{FIRST}<br><br>{SECOND}<br><br>" for name in NAMES)
    path = tmp_path / "page.html"
    path.write_text(f"<html><body><h1>Tolls</h1><div>{parts}</div></body></html>")
    document = read(path)
    assert [(s.title, s.level) for s in document.sections] == [("Tolls", 1), *((name, 2) for name in NAMES)]
    assert texts(document) == [FIRST, SECOND] * 4


def test_bold_questions_of_an_interview_are_text(tmp_path):
    path = tmp_path / "page.html"
    parts = "".join(f"<p><b>What of {name.lower()}?</b></p><p>{FIRST}</p>" for name in NAMES)
    path.write_text(f"<html><body><h1>Tolls</h1>{parts}</body></html>")
    assert titles(read(path)) == ["Tolls"]


def test_raised_numbers_in_elements_of_html_and_numbered_paragraphs_are_notes_of_a_converted_markdown(tmp_path):
    parts = "\n\n".join(
        f"## {name}\n\n{FIRST} <sup>{n}</sup>\n\n{n} Port Review {n}." for n, name in enumerate(NAMES, 1)
    )
    path = tmp_path / "paper.md"
    path.write_text(parts)
    document = read(path)
    assert texts(document) == [FIRST] * 4
    assert [(note.number, note.text) for note in document.notes] == [(str(n), f"Port Review {n}.") for n in range(1, 5)]


def test_speakers_and_stage_directions_of_tei_are_left_out(tmp_path):
    path = tmp_path / "debate.xml"
    turn = f"<sp><speaker>Okafor</speaker><p>{FIRST}</p><stage>Applause</stage></sp>"
    path.write_text(f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><div>{turn}</div></body></text></TEI>')
    document = read(path)
    assert texts(document) == [FIRST]
    assert [(item.kind, item.text) for item in document.left_out] == [("other", "Okafor"), ("other", "Applause")]


def test_a_list_titled_references_and_notes_is_a_list_of_notes_if_the_text_cites_it(tmp_path):
    path = tmp_path / "page.html"
    body = "".join(f"<p>{FIRST}<sup>{n}</sup></p>" for n in range(1, 5))
    notes = "".join(f"<p>{n}. Port Review {n}.</p>" for n in range(1, 5))
    path.write_text(f"<html><body><h1>Tolls</h1>{body}<h2>References and notes</h2>{notes}</body></html>")
    document = read(path)
    assert (titles(document), len(document.notes)) == (["Tolls"], 4)
