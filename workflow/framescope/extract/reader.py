"""Files become Documents, their parsers kept in a guarded process."""

from __future__ import annotations

from pathlib import Path

from framescope.document import Document, ExtractionError, Section, Source
from framescope.extract.content import Content
from framescope.extract.source.limits import Limits
from framescope.extract.source.worker import Worker
from framescope.identifiers import slug


class Reader:
    """Reads many files with one guarded process; use it in a `with` statement or `close` it.

    `ocr` says whether pages without text are to be recognised.
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
        """End the process; the next `read` starts another."""
        self._worker.close()

    def read(
        self,
        path: str | Path,
        *,
        document: str | None = None,
        title: str | None = None,
    ) -> Document:
        """The Document in a file; its id and title are those given, else told from the file.

        Its sections have no roles yet (see `roles.assign_roles`). Raises ExtractionError with file, cause and remedy;
        OurError, which is one, where the fault is ours and its cause has the traceback as a note.
        """
        path = Path(path)
        key = "ocr_seconds" if self.ocr else "seconds"
        seconds = getattr(self.limits, key)
        try:
            format, sha256, content = self._worker.call(_parse, path, self.limits, self.ocr, seconds=seconds, key=key)
        except ExtractionError as error:
            raise type(error)(path.name, error.reason, error.remedy, error.retry) from error
        return Document(
            document=document or slug(path.stem),
            title=title or content.title or lone_heading(content),
            source=Source(path.name, sha256, format, content.encoding, content.pages),
            sections=content.sections,
            notes=content.notes,
            left_out=content.left_out,
            warnings=content.warnings,
        )

    def read_row(self, document: str, source: Source, text: str, aside: str) -> Document:
        """The Document in a row of a table; `aside` is what was noted in a speech and is no part of it.

        Raises ExtractionError with file, cause and remedy.
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
    # The parsers and their libraries are loaded in the guarded process alone.
    from framescope.extract.formats import parse

    return parse(path, limits, ocr)


def lone_heading(content: Content) -> str | None:
    """The first heading, when it begins the document and is the only one of level 1."""
    sections: list[Section] = content.sections
    if not sections or sections[0].level != 1 or sum(section.level == 1 for section in sections) != 1:
        return None
    return sections[0].title
