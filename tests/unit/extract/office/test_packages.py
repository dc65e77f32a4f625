"""Office files: properties, styles, contents, tracked changes."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import pypandoc
import pytest
from tests.conftest import ROOT

from framescope.document import Document, ExtractionError
from framescope.extract.reader import Reader

TEXT = "# Tolls\n\nThe board raised the tolls.\n\nNobody paid them.\n"


@pytest.fixture(scope="module")
def reader():
    with Reader() as reader:
        yield reader


def made(folder: Path, format: str, text: str = TEXT) -> Path:
    path = folder / f"tolls.{format}"
    pypandoc.convert_text(text, format, format="markdown", outputfile=str(path))
    return path


def patched(path: Path, member: str, *changes: tuple[str, str]) -> Path:
    """The package with texts of one member replaced; each must be there."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as package, zipfile.ZipFile(out, "w") as copy:
        for name in package.namelist():
            data = package.read(name)
            if name == member:
                text = data.decode()
                for old, new in changes:
                    assert old in text
                    text = text.replace(old, new, 1)
                data = text.encode()
            copy.writestr(name, data)
    path.write_bytes(out.getvalue())
    return path


def texts(document: Document) -> list[str]:
    return [paragraph.text for section in document.sections for paragraph in section.paragraphs]


def test_tracked_deletions_of_word_are_dropped_and_insertions_kept(tmp_path, reader):
    run = '<w:r><w:t xml:space="preserve">The board raised the tolls.</w:t></w:r>'
    changed = (
        '<w:r><w:t xml:space="preserve">The board </w:t></w:r>'
        '<w:del w:id="90" w:author="A" w:date="2019-01-01T00:00:00Z"><w:r><w:delText>lowered</w:delText></w:r></w:del>'
        '<w:ins w:id="91" w:author="A" w:date="2019-01-01T00:00:00Z"><w:r><w:t>doubled</w:t></w:r></w:ins>'
        '<w:r><w:t xml:space="preserve"> the tolls.</w:t></w:r>'
    )
    document = reader.read(patched(made(tmp_path, "docx"), "word/document.xml", (run, changed)))
    assert texts(document) == ["The board doubled the tolls.", "Nobody paid them."]


def test_tracked_deletions_of_opendocument_are_dropped(tmp_path, reader):
    deletion = (
        '<office:text><text:tracked-changes><text:changed-region text:id="c1"><text:deletion><text:p>The gulls won.'
        "</text:p></text:deletion></text:changed-region></text:tracked-changes>"
    )
    path = patched(made(tmp_path, "odt"), "content.xml", ("<office:text>", deletion))
    assert texts(reader.read(path)) == ["The board raised the tolls.", "Nobody paid them."]


@pytest.mark.parametrize("format", ["docx", "odt"])
def test_the_title_comes_from_the_properties_where_the_text_shows_none(format, tmp_path, reader):
    path = made(tmp_path, format, '---\ntitle: "The Toll Question"\n---\n\n' + TEXT)
    assert reader.read(path).title == "The Toll Question"
    member, style = ("word/document.xml", '"Title"') if format == "docx" else ("content.xml", '"Title"')
    patched(path, member, (style, '"Standard"'))
    assert reader.read(path).title == "The Toll Question"


def test_a_file_name_in_the_properties_is_no_title(tmp_path, reader):
    path = made(tmp_path, "docx", "---\ntitle: Microsoft Word - draft3.docx\n---\n\nThe board raised the tolls.\n")
    patched(path, "word/document.xml", ('"Title"', '"Normal"'))
    assert reader.read(path).title is None


def test_headings_made_of_bold_lines_are_headings_where_there_are_no_others(tmp_path, reader):
    path = made(tmp_path, "docx", "**Tolls**\n\nThe board met.\n\nIt voted.\n\n**Cranes and Owners**\n\nNobody came.\n")
    document = reader.read(path)
    assert [(section.title, len(section.paragraphs)) for section in document.sections] == [
        ("Tolls", 2),
        ("Cranes and Owners", 1),
    ]


def test_bold_lines_are_text_where_there_are_headings(tmp_path, reader):
    document = reader.read(
        made(tmp_path, "docx", "# Tolls\n\n**First point**\n\nThe board met.\n\n**Second**\n\nNo.\n")
    )
    assert [section.title for section in document.sections] == ["Tolls"]


def test_a_table_of_contents_is_left_out(tmp_path, reader):
    path = tmp_path / "contents.docx"
    pypandoc.convert_text(TEXT, "docx", format="markdown", outputfile=str(path))
    entry = '<w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr><w:r><w:t>Tolls 1</w:t></w:r></w:p>'
    style = '<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style></w:styles>'
    patched(path, "word/document.xml", ("<w:body>", "<w:body>" + entry))
    patched(path, "word/styles.xml", ("</w:styles>", style))
    document = reader.read(path)
    assert texts(document) == ["The board raised the tolls.", "Nobody paid them."]
    assert "Tolls 1" in [item.text for item in document.left_out]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_broken_rtf_is_refused(tmp_path, reader):
    path = tmp_path / "broken.rtf"
    path.write_bytes(rb"{\rtf1\ansi The board raised the tolls.\par{\footnote")
    with pytest.raises(ExtractionError, match="LibreOffice could not read it"):
        reader.read(path)


def test_text_boxes_are_left_out_and_the_paragraphs_they_hang_on_stay(tmp_path, reader):
    text = '<w:t xml:space="preserve">The board raised the tolls.</w:t></w:r>'
    box = "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>Tolls doubled!</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
    document = reader.read(patched(made(tmp_path, "docx"), "word/document.xml", (text, text + box)))
    assert texts(document) == ["The board raised the tolls.", "Nobody paid them."]
    assert ("other", "Tolls doubled!") in [(item.kind, item.text) for item in document.left_out]


def test_hidden_text_is_left_out_and_the_text_of_fields_is_read(tmp_path, reader):
    text = '<w:t xml:space="preserve">Nobody paid them.</w:t></w:r>'
    more = (
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>DRAFT</w:t></w:r>"
        '<w:fldSimple w:instr=" REF t "><w:r><w:t xml:space="preserve"> See Table 1.</w:t></w:r></w:fldSimple>'
    )
    document = reader.read(patched(made(tmp_path, "docx"), "word/document.xml", (text, text + more)))
    assert texts(document)[1] == "Nobody paid them. See Table 1."
    assert "DRAFT" in [item.text for item in document.left_out]


@pytest.mark.parametrize("format", ["docx", "odt"])
def test_contents_under_their_own_heading_are_left_out(format, tmp_path, reader):
    text = "# Table of Contents\n\nTolls 1\n\nCranes 2\n\n## Tolls\n\nThe board met.\n"
    document = reader.read(made(tmp_path, format, text))
    assert [section.title for section in document.sections] == ["Tolls"]


def test_a_table_that_lays_out_running_text_is_read_and_one_of_figures_is_not(tmp_path, reader):
    long = " ".join(["The board raised the tolls again, and nobody paid them."] * 6)
    layout = f"+----------+\n| {long} |\n+----------+\n".replace("----------", "-" * (len(long) + 2))
    document = reader.read(made(tmp_path, "docx", f"# Tolls\n\n{layout}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"))
    assert texts(document) == [long]
    assert ("table", "a b 1 2") in [(item.kind, item.text) for item in document.left_out]


def test_an_archive_cut_in_its_middle_is_refused_as_damaged(tmp_path, reader):
    whole = (ROOT / "tests" / "corpus" / "documents" / "pandoc-book.epub").read_bytes()
    (tmp_path / "book.epub").write_bytes(whole[:2000] + whole[3000:])
    with pytest.raises(ExtractionError, match="damaged or cut short"):
        reader.read(tmp_path / "book.epub")


@pytest.mark.parametrize("name", ["libreoffice-report.docx", "libreoffice-brief.odt", "pandoc-book.epub"])
@pytest.mark.parametrize("part", ["head", "data"])
def test_an_archive_with_a_damaged_member_is_refused_as_damaged(name: str, part: str, tmp_path, reader):
    data = bytearray((ROOT / "tests" / "corpus" / "documents" / name).read_bytes())
    for member in zipfile.ZipFile(io.BytesIO(data)).infolist():
        if member.header_offset and member.file_size:
            start = member.header_offset if part == "head" else member.header_offset + 60 + len(member.filename)
            data[start : start + 3] = b"\xff\xff\xff"
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ExtractionError) as refused:
        reader.read(tmp_path / name)
    assert refused.value.reason.startswith("the file is damaged or cut short")
