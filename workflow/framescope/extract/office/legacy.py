"""RTF and old Word files, through LibreOffice where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from framescope.document import ExtractionError
from framescope.extract.source.limits import Limits

NAMES = {"rtf": "an RTF file", "doc": "an old Word file"}


def to_docx(data: bytes, format: str, limits: Limits) -> bytes:
    """A source in RTF or the old Word format as DOCX.

    Raises ExtractionError when LibreOffice is not installed, cannot read the source or takes too long.
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
        # A profile of its own: LibreOffice lets no two processes share one.
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
        try:
            run = subprocess.run([*command, str(source)], capture_output=True, timeout=limits.seconds)
        except subprocess.TimeoutExpired as error:
            raise ExtractionError(
                "",
                f"LibreOffice took more than {limits.seconds} seconds",
                "Split the file, or raise limits: seconds in config.yaml.",
                retry=True,
            ) from error
        result = source.with_suffix(".docx")
        if run.returncode != 0 or not result.is_file():
            message = run.stderr.decode("utf-8", errors="replace").strip().splitlines()
            raise ExtractionError(
                "",
                f"LibreOffice could not read it ({message[-1] if message else 'no message'})",
                "Open it in a word processor and save it as DOCX.",
            )
        return result.read_bytes()
