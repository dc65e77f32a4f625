"""Pages that are images of text, recognised by OCRmyPDF if the study asks for it."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

from framescope.document import ExtractionError
from framescope.extract.pages.pdf.glyphs import open_pdf, sheets
from framescope.extract.source.limits import Limits
from framescope.extract.source.programs import converted

INSTALL = "Install OCRmyPDF (Debian and Ubuntu: apt-get install ocrmypdf), or put a version with text in its place."


def pictured_pages(data: bytes, max_pages: int) -> list[int]:
    """The numbers of the pages of a PDF that contain an image and no text."""
    with closing(open_pdf(data, max_pages)) as document:
        return [sheet.number for sheet in sheets(document) if sheet.pictured and not sheet.glyphs]


def recognise(data: bytes, limits: Limits) -> bytes:
    """A PDF with a text layer on the pages that are images.

    Raises: ExtractionError if OCRmyPDF is not installed, fails, or takes longer than `limits.ocr_seconds`.
    """
    program = shutil.which("ocrmypdf")
    if program is None:
        raise ExtractionError("", "some of its pages are pictures and OCRmyPDF is not installed", INSTALL)

    def command(source: Path, result: Path) -> list[str]:
        options = ["--skip-text", "--quiet", "--jobs", "1", "--output-type", "pdf"]
        return [program, *options, str(source), str(result)]

    return converted(
        data,
        (".pdf", ".pdf"),
        command,
        ("recognising its pages", limits.ocr_seconds, "ocr_seconds"),
        ("its pages are pictures and could not be recognised", "Put a version with text in its place."),
    )
