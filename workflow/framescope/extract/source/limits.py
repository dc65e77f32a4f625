"""Limits on the resources that one source may use, and checks before an archive is unpacked."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass

from framescope.document import ExtractionError

MEGABYTE = 1_000_000
# An archive of less than this size is harmless, even if its ratio is high.
HARMLESS_BYTES = 20 * MEGABYTE
# Errors that unpacking a member of an archive may raise.
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError)
ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
PROLOGUE_BYTES = 65_536


@dataclass(frozen=True)
class Limits:
    """Limits on one source.

    `megabytes` limits the file, `unpacked_megabytes` the content of an archive, `ratio` unpacked by packed size,
    `pages` the pages of a PDF, and `seconds` the time of reading (`ocr_seconds` if text is recognised in images).
    `memory_megabytes` limits the address space of the process that parses; if the system has no such limit, only the
    heap of pandoc is limited.
    """

    megabytes: int = 100
    unpacked_megabytes: int = 300
    ratio: int = 150
    pages: int = 2_000
    seconds: int = 120
    ocr_seconds: int = 1_800
    memory_megabytes: int = 3_000


def check_size(size: int, limits: Limits) -> None:
    """Check the size of a file in bytes.

    Raises: ExtractionError if the file is empty or exceeds the limit.
    """
    if size == 0:
        raise ExtractionError("", "the file is empty", "Put the full file in its place or remove it.")
    if size > limits.megabytes * MEGABYTE:
        raise ExtractionError(
            "",
            f"the file has {size / MEGABYTE:,.0f} MB, the limit is {limits.megabytes} MB",
            "Split the file, or raise limits: megabytes in config.yaml.",
        )


def nested_too_deeply() -> ExtractionError:
    """The error for content that is nested more deeply than readers support."""
    return ExtractionError("", "the content is nested too deeply", "Save it again from the program that made it.")


def open_archive(data: bytes) -> zipfile.ZipFile:
    """The ZIP archive in `data`.

    Raises: ExtractionError if it is damaged.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        if any(member.header_offset < 0 for member in archive.infolist()):
            raise zipfile.BadZipFile("its list of contents leads out of the file")
        return archive
    except (*DAMAGED, ValueError, OSError) as error:
        raise damaged(error) from error


def damaged(error: Exception) -> ExtractionError:
    """The error for an archive that cannot be unpacked."""
    return ExtractionError("", f"the file is damaged or cut short ({error})", "Download or save it again, whole.")


def check_archive(archive: zipfile.ZipFile, packed: int, limits: Limits) -> None:
    """Check the size, ratio and encryption that an archive declares, before it is unpacked.

    `packed` is the size of the whole file in bytes, so that overlapping members increase the ratio.

    Raises: ExtractionError if the archive is encrypted or exceeds a limit.
    """
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    if any(member.flag_bits & 1 for member in members):
        raise ExtractionError("", "the file is encrypted", "Save a copy without a password.")
    if unpacked > limits.unpacked_megabytes * MEGABYTE:
        raise ExtractionError(
            "",
            f"the archive would unpack to {unpacked / MEGABYTE:,.0f} MB, the limit is {limits.unpacked_megabytes} MB",
            "Remove it if you do not trust its source; otherwise raise limits: unpacked_megabytes in config.yaml.",
        )
    if unpacked > HARMLESS_BYTES and unpacked > limits.ratio * packed:
        raise ExtractionError(
            "",
            f"the archive unpacks to {unpacked / packed:,.0f} times its size, the limit is {limits.ratio} times",
            "Remove it if you do not trust its source; otherwise raise limits: ratio in config.yaml.",
        )


def check_entities(data: bytes) -> None:
    """Check that XML declares no entities, which may refer to other files or expand without end.

    A document type that only names a standard, as in JATS, is allowed, because nothing is fetched for it.

    Raises: ExtractionError if there is an entity.
    """
    prologue = data[:PROLOGUE_BYTES]
    if ENTITY.search(prologue.replace(b"\x00", b"")):
        raise ExtractionError(
            "",
            "the XML declares entities of its own, which may point to other files",
            "Save it again without a document type (DTD), with the entities written out.",
        )
