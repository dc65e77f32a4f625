"""Reading files into Documents, with parsers that run in a process of their own."""

from __future__ import annotations

from pathlib import Path

from framescope.document import Document, ExtractionError, Section, Source
from framescope.extract.content import Content
from framescope.extract.source.limits import Limits
from framescope.extract.source.worker import Worker
from framescope.identifiers import slug


class Reader:
    """Reads many files with one separate process; use it in a `with` statement or call `close`.

    With `ocr`, text is recognised in pages that consist of images.
    """

    def __init__(self, limits: Limits | None = None, ocr: bool = False) -> None:
        self.limits = limits or Limits()
        self.ocr = ocr
        self._worker = Worker(self.limits.memory_megabytes)

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process; the next `read` starts a new one."""
        self._worker.close()

    def read(
        self,
        path: str | Path,
        *,
        document: str | None = None,
        title: str | None = None,
    ) -> Document:
        """The Document in a file. Its id and title are taken from the file if they are not given.

        Its sections have no roles yet (see `section_roles.assign_roles`).

        Raises: ExtractionError with file, cause and remedy. It is an OurError if Framescope failed; the traceback is
        then a note of its cause.
        """
        path = Path(path)
        key = "ocr_seconds" if self.ocr else "seconds"
        seconds = getattr(self.limits, key)
        try:
            format, sha256, content = self._worker.call(_parse, path, self.limits, self.ocr, seconds=seconds, key=key)
        except ExtractionError as error:
            raise type(error)(path.name, error.reason, error.remedy, error.retry) from error
        return Document(
            id=document or slug(path.stem),
            title=title or content.title or lone_heading(content),
            source=Source(path.name, sha256, format, content.encoding, content.pages),
            sections=content.sections,
            notes=content.notes,
            left_out=content.left_out,
            warnings=content.warnings,
        )

    def read_row(self, document: str, source: Source, text: str, aside: str) -> Document:
        """The Document in a row of a table. `aside` is text recorded with a speech, such as applause, and is left out.

        Raises: ExtractionError with file, cause and remedy.
        """
        try:
            content: Content = self._worker.call(_parse_row, text, aside, seconds=self.limits.seconds)
        except ExtractionError as error:
            raise type(error)(source.file, error.reason, error.remedy, error.retry) from error
        return Document(document, None, source, content.sections, [], content.left_out, content.warnings)


def _parse_row(text: str, aside: str) -> Content:
    from framescope.extract.row import parse_row

    return parse_row(text, aside)


def _parse(path: Path, limits: Limits, ocr: bool) -> tuple[str, str, Content]:
    # The parsers and their libraries are imported only in the separate process.
    from framescope.extract.parse import parse

    return parse(path, limits, ocr)


def lone_heading(content: Content) -> str | None:
    """The first heading, if the document begins with it and it is the only heading of level 1."""
    sections: list[Section] = content.sections
    if not sections or sections[0].level != 1 or sum(section.level == 1 for section in sections) != 1:
        return None
    return sections[0].title
