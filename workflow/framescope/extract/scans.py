"""What a PDF is before it is read: locked, too long, or images of pages without text."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from framescope.document import ExtractionError
from framescope.extract.limits import Limits

OCR_REMEDY = (
    "Install OCRmyPDF (Debian and Ubuntu: apt-get install ocrmypdf) and set ocr: true in config.yaml, or put a version "
    "with text in its place."
)


def image_pages(data: bytes, limits: Limits) -> tuple[int, list[int]]:
    """How many pages a PDF has, and the numbers of those that show an image and hold no text.

    Raises ExtractionError for a PDF that is encrypted, damaged, without pages or longer than the limit.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise ExtractionError(
                "", "the PDF is encrypted with a password", "Save a copy without a password."
            ) from error
        raise ExtractionError(
            "", "the PDF is damaged or cut short", "Download it again, or print it to a new PDF."
        ) from error
    try:
        pages = len(document)
        if pages == 0:
            raise ExtractionError("", "the PDF has no pages", "Download it again, whole.")
        if pages > limits.pages:
            raise ExtractionError(
                "",
                f"the PDF has {pages:,} pages, the limit is {limits.pages:,}",
                "Split the file, or raise limits: pages in config.yaml.",
            )
        return pages, [number for number in range(1, pages + 1) if _is_image(document, number)]
    finally:
        document.close()


def recognise(data: bytes, limits: Limits) -> bytes:
    """The PDF with a text layer on its image pages, made by OCRmyPDF."""
    program = shutil.which("ocrmypdf")
    if program is None:
        raise ExtractionError("", "its pages are images and OCRmyPDF is not installed", OCR_REMEDY)
    with tempfile.TemporaryDirectory(prefix="framescope-") as folder:
        source, result = Path(folder, "source.pdf"), Path(folder, "result.pdf")
        source.write_bytes(data)
        command = [program, "--skip-text", "--quiet", "--jobs", "1", "--output-type", "pdf", str(source), str(result)]
        try:
            run = subprocess.run(command, capture_output=True, timeout=limits.ocr_seconds)
        except subprocess.TimeoutExpired as error:
            raise ExtractionError(
                "",
                f"recognising its pages took more than {limits.ocr_seconds} seconds",
                "Split the file, or raise limits: ocr_seconds in config.yaml.",
                retry=True,
            ) from error
        if run.returncode != 0 or not result.is_file():
            message = run.stderr.decode("utf-8", errors="replace").strip().splitlines()
            raise ExtractionError(
                "",
                f"its pages are images and could not be recognised ({message[-1] if message else 'no message'})",
                "Put a version with text in its place.",
            )
        return result.read_bytes()


def _is_image(document: pypdfium2.PdfDocument, number: int) -> bool:
    page = document[number - 1]
    try:
        text = page.get_textpage()
        try:
            if text.count_chars() and text.get_text_bounded().strip():
                return False
        finally:
            text.close()
        return any(item.type == pdfium.FPDF_PAGEOBJ_IMAGE for item in page.get_objects(max_depth=3))
    finally:
        page.close()


def page_list(pages: list[int]) -> str:
    """Page numbers as people write them.

    >>> page_list([1, 2, 3, 7])
    '1-3, 7'
    """
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
