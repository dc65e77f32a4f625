"""Pages that are pictures of text, recognised through OCRmyPDF where the study asks for it."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import closing
from pathlib import Path

from framescope.document import ExtractionError
from framescope.extract.pages.pdf.glyphs import open_pdf, sheets
from framescope.extract.source.limits import Limits
from framescope.extract.source.programs import run_program

INSTALL = "Install OCRmyPDF (Debian and Ubuntu: apt-get install ocrmypdf), or put a version with text in its place."


def pictured_pages(data: bytes, max_pages: int) -> list[int]:
    """The numbers of a PDF's pages that show a picture and hold no text."""
    with closing(open_pdf(data, max_pages)) as document:
        return [sheet.number for sheet in sheets(document) if sheet.pictured and not sheet.glyphs]


def recognise(data: bytes, limits: Limits) -> bytes:
    """A PDF with a text layer on its pictured pages.

    Raises ExtractionError when OCRmyPDF is not installed, fails, or takes longer than `limits.ocr_seconds`.
    """
    program = shutil.which("ocrmypdf")
    if program is None:
        raise ExtractionError("", "some of its pages are pictures and OCRmyPDF is not installed", INSTALL)
    with tempfile.TemporaryDirectory(prefix="framescope-") as folder:
        source, result = Path(folder, "source.pdf"), Path(folder, "result.pdf")
        source.write_bytes(data)
        command = [program, "--skip-text", "--quiet", "--jobs", "1", "--output-type", "pdf", str(source), str(result)]
        code, _, messages = run_program(command, "recognising its pages", limits.ocr_seconds, "ocr_seconds")
        if code != 0 or not result.is_file():
            said = messages.strip().splitlines()
            raise ExtractionError(
                "",
                f"its pages are pictures and could not be recognised ({said[-1] if said else 'no message'})",
                "Put a version with text in its place.",
            )
        return result.read_bytes()
