"""RTF and old Word files, converted by LibreOffice if it is installed."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from framescope.document import ExtractionError
from framescope.extract.source.limits import Limits
from framescope.extract.source.programs import run_program

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
    with tempfile.TemporaryDirectory(prefix="framescope-") as folder:
        source = Path(folder, f"source.{format}")
        source.write_bytes(data)
        # Each process needs its own profile, because LibreOffice does not allow two processes to share one.
        profile = Path(folder, "profile").as_uri()
        command = [
            program,
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            "docx",
            "--outdir",
            folder,
        ]
        code, _, messages = run_program([*command, str(source)], "LibreOffice", limits.seconds, "seconds")
        result = source.with_suffix(".docx")
        if code != 0 or not result.is_file():
            lines = messages.strip().splitlines()
            raise ExtractionError(
                "",
                f"LibreOffice could not read it ({lines[-1] if lines else 'no message'})",
                "Open it in a word processor and save it as DOCX.",
            )
        return result.read_bytes()
