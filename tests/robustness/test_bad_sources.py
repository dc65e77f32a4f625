"""Sources that cannot be used: each says file, cause and remedy in good time, and the next document still reads."""

from __future__ import annotations

import hashlib
import io
import random
import subprocess
import time
import zipfile
import zlib

import pypandoc
import pytest

from framescope.document import ExtractionError
from framescope.extract.reader import Reader
from framescope.extract.source.limits import Limits

SECONDS = 10
GOOD = "# Tolls\n\nThe harbour tolls rose again in spring.\n"
DEEP = 50_000
PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


@pytest.fixture(scope="module")
def reader():
    with Reader(Limits(megabytes=20, seconds=SECONDS)) as reader:
        yield reader


@pytest.fixture
def refused(reader, tmp_path):
    """Write a source, read it, and return why it was refused; a good document is read right after."""

    def check(name: str, data: bytes | str) -> ExtractionError:
        path = tmp_path / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        started = time.monotonic()
        with pytest.raises(ExtractionError) as caught:
            reader.read(path)
        assert time.monotonic() - started < SECONDS + 5
        assert caught.value.file == name
        assert caught.value.reason
        assert caught.value.remedy
        good = tmp_path / "good.md"
        good.write_text(GOOD)
        assert reader.read(good).sections[0].paragraphs[0].text == "The harbour tolls rose again in spring."
        return caught.value

    return check


def pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A PDF of numbered objects, the first one its catalogue."""
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return bytes(out)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)


def one_page(content: bytes, *more: bytes, resources: bytes = b"", trailer: bytes = b"") -> bytes:
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << %s >> >>" % resources
    pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    return pdf(b"<< /Type /Catalog /Pages 2 0 R >>", pages, page, stream(content), *more, trailer=trailer)


def text_page(trailer: bytes = b"", *more: bytes) -> bytes:
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    words = b"BT /F1 12 Tf 72 700 Td (The harbour tolls rose again in spring, and the ships stayed out.) Tj ET"
    return one_page(words, font, *more, resources=b"/Font << /F1 5 0 R >>", trailer=trailer)


def encrypted_page(password: bytes) -> bytes:
    """A page locked by the standard handler of PDF 1.4, 40-bit."""

    def rc4(key: bytes, data: bytes) -> bytes:
        box, j, out = list(range(256)), 0, bytearray()
        for i in range(256):
            j = (j + box[i] + key[i % len(key)]) % 256
            box[i], box[j] = box[j], box[i]
        i = j = 0
        for byte in data:
            i = (i + 1) % 256
            j = (j + box[i]) % 256
            box[i], box[j] = box[j], box[i]
            out.append(byte ^ box[(box[i] + box[j]) % 256])
        return bytes(out)

    padded, identity, rights = (password + PADDING)[:32], b"0123456789abcdef", b"\xfc\xff\xff\xff"
    owner = rc4(hashlib.md5(padded).digest()[:5], padded)
    user = rc4(hashlib.md5(padded + owner + rights + identity).digest()[:5], PADDING)
    lock = b"<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >>" % (owner.hex().encode(), user.hex().encode())
    name = b"/Encrypt 6 0 R /ID [<%s> <%s>]" % (identity.hex().encode(), identity.hex().encode())
    return text_page(name, lock)


def docx(document: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", document)
    return out.getvalue()


def real_docx() -> bytes:
    command = [pypandoc.get_pandoc_path(), "-f", "markdown", "-t", "docx", "-o", "-"]
    return subprocess.run(command, input=(GOOD * 40).encode(), capture_output=True, check=True).stdout


def bomb(megabytes: int) -> bytes:
    """A DOCX of a few hundred kilobytes that unpacks to so many megabytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w") as member:
            for _ in range(megabytes):
                member.write(b" " * 1_000_000)
    return out.getvalue()


def test_an_encrypted_pdf_asks_for_a_copy_without_a_password(refused):
    error = refused("locked.pdf", encrypted_page(b"secret"))
    assert "password" in error.reason
    assert "without" in error.remedy


def test_an_encrypted_office_file_asks_for_a_copy_without_a_password(refused):
    compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000) + "EncryptedPackage".encode("utf-16-le") + bytes(1000)
    assert "password" in refused("locked.docx", compound).reason


def zipped(**members: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/").replace("_", ".").replace("META.INF", "META-INF"), text)
    return out.getvalue()


def test_an_encrypted_odt_asks_for_a_copy_without_a_password(refused):
    kind = "application/vnd.oasis.opendocument.text"
    manifest = '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry>'
    data = zipped(mimetype=kind, content_xml="\x8f\x01", META_INF__manifest_xml=manifest)
    assert "password" in refused("locked.odt", data).reason


def test_a_book_locked_by_its_seller_is_named_as_such(refused):
    data = zipped(mimetype="application/epub+zip", META_INF__container_xml="<container/>", META_INF__rights_xml="<r/>")
    assert "locked" in refused("locked.epub", data).reason


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_truncated_docx_is_damaged(refused, share):
    data = real_docx()
    assert "damaged" in refused("cut.docx", data[: int(share * len(data))]).reason


def test_a_truncated_pdf_is_damaged(refused):
    assert "damaged" in refused("cut.pdf", text_page()[:60]).reason


@pytest.mark.parametrize("name", ["empty.txt", "empty.pdf", "empty.docx", "empty.html", "empty.md"])
def test_an_empty_file_is_empty_whatever_its_name(refused, name):
    assert refused(name, b"").reason == "the file is empty"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("blank.txt", " \n\n \t\n"),
        ("blank.md", "\n\n---\n\n"),
        ("blank.html", "<html><body><p> </p></body></html>"),
        ("blank.tex", "\\documentclass{article}\\begin{document}\\end{document}"),
        ("dots.txt", "... --- ***\n"),
        ("blank.pdf", one_page(b"")),
    ],
)
def test_a_document_without_words_is_refused(refused, name, data):
    assert "text" in refused(name, data).reason


def test_an_image_only_pdf_names_its_pages_and_ocr(refused):
    image = stream(
        b"\x80" * 100,
        b"/Type /XObject /Subtype /Image /Width 10 /Height 10 /ColorSpace /DeviceGray /BitsPerComponent 8",
    )
    error = refused(
        "scan.pdf", one_page(b"q 500 0 0 700 50 50 cm /I Do Q", image, resources=b"/XObject << /I 5 0 R >>")
    )
    assert "1" in error.reason
    assert "ocr" in error.remedy.lower()


def test_a_page_of_scripts_says_that_it_needs_a_browser(refused):
    page = "<!doctype html><title>App</title><body><div id=root></div><script>render()</script></body>"
    assert "JavaScript" in refused("app.html", page).remedy


def test_a_huge_file_is_refused_unread(reader, tmp_path):
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(5_000_000_000)
    started = time.monotonic()
    with pytest.raises(ExtractionError, match=r"5,000 MB, the limit is 20 MB") as caught:
        reader.read(path)
    assert time.monotonic() - started < 2
    assert "megabytes" in caught.value.remedy


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("deep.html", "<p>word</p>" + "<div>" * DEEP, "</div>" * DEEP),
        ("deep.md", "> " * DEEP, ""),
        ("brackets.md", "[" * DEEP, "]" * DEEP),
        ("deep.xml", "<TEI><text>" + "<div>" * DEEP, "</div>" * DEEP + "</text></TEI>"),
        ("deep-jats.xml", "<article><body>" + "<sec>" * DEEP + "<p>", "</p>" + "</sec>" * DEEP + "</body></article>"),
        ("deep.tex", "\\begin{document}" + "\\begin{quote}" * DEEP, "\\end{quote}" * DEEP + "\\end{document}"),
    ],
)
def test_nesting_of_50_000_levels_is_refused(refused, name, before, after):
    assert "nested too deeply" in refused(name, before + "word" + after).reason


def test_deep_nesting_inside_an_office_file_is_refused(refused):
    refused("deep.docx", docx(b"<w:document xmlns:w='x'>" + b"<w:p>" * DEEP + b"</w:p>" * DEEP + b"</w:document>"))


def test_50_000_braces_are_no_obstacle(reader, tmp_path):
    path = tmp_path / "braces.tex"
    path.write_text("\\begin{document}" + "{" * DEEP + "word" + "}" * DEEP + "\\end{document}")
    document = reader.read(path)
    assert [paragraph.text for section in document.sections for paragraph in section.paragraphs] == ["word"]


def test_a_zip_bomb_is_refused_by_what_it_declares(refused):
    data = bomb(400)
    assert len(data) < 5_000_000
    started = time.monotonic()
    error = refused("bomb.docx", data)
    assert "unpack" in error.reason
    assert "trust" in error.remedy
    assert time.monotonic() - started < 3


def test_a_smaller_bomb_is_refused_by_its_ratio(refused):
    assert "times its size" in refused("bomb.docx", bomb(100)).reason


def test_a_zip_bomb_that_lies_about_its_size_is_stopped(refused):
    data = bytearray(bomb(400))
    true_size = (400_000_000).to_bytes(4, "little")
    while (place := data.find(true_size)) >= 0:
        data[place : place + 4] = (1000).to_bytes(4, "little")
    refused("liar.docx", bytes(data))


@pytest.mark.parametrize(
    ("name", "root"),
    [("entity.xml", "article"), ("entity-tei.xml", "TEI")],
)
def test_external_entities_are_refused(refused, tmp_path, name, root):
    secret = tmp_path / "secret.txt"
    secret.write_text("the password is swordfish")
    declared = f'<!DOCTYPE {root} [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
    error = refused(name, f"<?xml version='1.0'?>{declared}<{root}><body><p>before &e; after</p></body></{root}>")
    assert "entities" in error.reason
    assert "swordfish" not in str(error)


def test_entities_inside_an_office_file_are_refused(refused):
    bad = b'<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><w:document xmlns:w="x">&b;</w:document>'
    assert "entities" in refused("entity.docx", docx(bad)).reason


def test_a_document_type_that_only_names_its_standard_is_no_obstacle(reader, tmp_path):
    path = tmp_path / "article.xml"
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) v1.2//EN" "JATS-archivearticle1.dtd">'
        "<article><front><article-meta><title-group><article-title>Tolls</article-title></title-group></article-meta></front>"
        "<body><sec><title>Harbours</title><p>Tolls rose.</p></sec></body></article>"
    )
    document = reader.read(path)
    assert (document.title, document.sections[0].title) == ("Tolls", "Harbours")


def test_content_goes_before_a_wrong_suffix_and_says_so(reader, tmp_path):
    path = tmp_path / "paper.pdf"
    path.write_bytes(real_docx())
    document = reader.read(path)
    assert document.source.format == "docx"
    assert ".pdf" in document.warnings[0]


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("picture.docx", b"\x89PNG\r\n\x1a\n" + bytes(100), "PNG image"),
        ("table.docx", None, "spreadsheet"),
        ("data.xml", b"<?xml version='1.0'?><records><r/></records>", "records"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "not a Word document"),
    ],
)
def test_content_of_a_kind_that_is_not_read_is_named(refused, name, data, found):
    if data is None:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("[Content_Types].xml", "<Types/>")
            archive.writestr("xl/workbook.xml", "<workbook/>")
        data = out.getvalue()
    assert found in refused(name, data).reason


@pytest.mark.parametrize("name", ["noise.txt", "noise.html", "noise.md"])
def test_bytes_in_no_encoding_are_refused(refused, name):
    noise = random.Random(7).randbytes(20_000)
    assert "encoding" in refused(name, noise).reason


def test_a_file_that_is_not_there_is_said_to_be_missing(reader, tmp_path):
    with pytest.raises(ExtractionError, match=r"no such file"):
        reader.read(tmp_path / "absent.txt")


def test_a_crafted_stream_that_unpacks_without_end_is_stopped(refused):
    squeezed = zlib.compress(b" " * 400_000_000, 1)
    content = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(squeezed), squeezed)
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>"
    pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    refused("stream.pdf", pdf(b"<< /Type /Catalog /Pages 2 0 R >>", pages, page, content))
