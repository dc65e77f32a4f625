"""RTF and old Word files, converted by LibreOffice if it is installed."""

from __future__ import annotations

import shutil
from pathlib import Path

from framescope.document import ExtractionError
from framescope.extract.source.limits import Limits
from framescope.extract.source.programs import converted

NAMES = {"rtf": "an RTF file", "doc": "an old Word file"}


def to_docx(data: bytes, format: str, limits: Limits) -> bytes:
    """A source in RTF or the old Word format as DOCX.

    Raises: ExtractionError if LibreOffice is not installed, cannot read the source or takes too long.
    """
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise ExtractionError(
            "",
            f"it is {NAMES[format]}, and these are read through LibreOffice, which is not installed",
            "Install LibreOffice (Debian and Ubuntu: apt-get install libreoffice-writer-nogui), or save it as DOCX.",
        )

    def command(source: Path, result: Path) -> list[str]:
        # Each process needs its own profile, because LibreOffice does not allow two processes to share one.
        profile = f"-env:UserInstallation={(source.parent / 'profile').as_uri()}"
        return [program, profile, "--headless", "--convert-to", "docx", "--outdir", str(result.parent), str(source)]

    return converted(
        data,
        (f".{format}", ".docx"),
        command,
        ("LibreOffice", limits.seconds, "seconds"),
        ("LibreOffice could not read it", "Open it in a word processor and save it as DOCX."),
    )
