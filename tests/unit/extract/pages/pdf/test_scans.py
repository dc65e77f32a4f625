"""Pictured pages are found, and recognised where OCRmyPDF is installed."""

from __future__ import annotations

import shutil

import pypdfium2
import pytest

from framescope.document import ExtractionError
from framescope.extract.pages.pdf import scans
from framescope.extract.reader import Reader
from framescope.extract.source.limits import Limits

WORDS = ["The harbour board met on Monday.", "It raised the tolls again."]


def pdf(*pages: tuple[bytes, bytes]) -> bytes:
    """A PDF of pages, each a content stream and the object that is its resource /R."""
    count = len(pages)
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    kids = b" ".join(b"%d 0 R" % (3 + 3 * number) for number in range(count))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count)
    for number, (content, resource) in enumerate(pages):
        first = 3 + 3 * number
        kind = b"/Font" if b"/Type /Font" in resource else b"/XObject"
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << %s << /R %d 0 R >> >> >>" % (first + 1, kind, first + 2)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        objects.append(resource)
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def printed_page() -> tuple[bytes, bytes]:
    lines = b" ".join(b"(%s) Tj 0 -30 Td" % line.encode() for line in WORDS)
    return b"BT /R 20 Tf 72 700 Td %s ET" % lines, b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def scanned_page() -> tuple[bytes, bytes]:
    document = pypdfium2.PdfDocument(pdf(printed_page()))
    bitmap = document[0].render(scale=2, grayscale=True)
    rows = bytes(bitmap.buffer)
    pixels = b"".join(rows[line * bitmap.stride : line * bitmap.stride + bitmap.width] for line in range(bitmap.height))
    header = b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8" % (
        bitmap.width,
        bitmap.height,
    )
    image = header + b" /Length %d >>\nstream\n%s\nendstream" % (len(pixels), pixels)
    return b"q 595 0 0 842 0 0 cm /R Do Q", image


def test_pages_that_are_pictures_are_found_among_others():
    assert scans.pictured_pages(pdf(printed_page(), scanned_page(), printed_page()), 10) == [2]


def test_a_pictured_page_among_others_is_named_in_a_warning(tmp_path):
    path = tmp_path / "mixed.pdf"
    path.write_bytes(pdf(printed_page(), scanned_page()))
    with Reader() as reader:
        document = reader.read(path)
    assert any("2" in warning for warning in document.warnings)
    assert document.sections


@pytest.mark.skipif(shutil.which("ocrmypdf") is None, reason="OCRmyPDF is not installed")
def test_pictured_pages_are_recognised_and_said_to_be(tmp_path):
    path = tmp_path / "scan.pdf"
    path.write_bytes(pdf(scanned_page()))
    with Reader(ocr=True) as reader:
        document = reader.read(path)
    text = " ".join(paragraph.text for section in document.sections for paragraph in section.paragraphs)
    assert text == " ".join(WORDS)
    assert "Recognised from pictures of pages: 1." in document.warnings


def test_without_ocrmypdf_the_remedy_says_how_to_install_it(monkeypatch):
    monkeypatch.setattr(scans.shutil, "which", lambda name: None)
    with pytest.raises(ExtractionError, match="OCRmyPDF is not installed") as caught:
        scans.recognise(b"%PDF", Limits())
    assert "apt-get install ocrmypdf" in caught.value.remedy
