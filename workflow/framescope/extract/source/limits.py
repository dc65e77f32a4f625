"""How much of a machine one source may use, and the checks made before anything is unpacked."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass

from framescope.document import ExtractionError

MEGABYTE = 1_000_000
# Below this size a high ratio is only a repetitive file, not a bomb.
HARMLESS_BYTES = 20 * MEGABYTE
# What unpacking a member of an archive may raise.
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError)
ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
PROLOGUE_BYTES = 65_536


@dataclass(frozen=True)
class Limits:
    """Bounds on one source.

    `megabytes` of the file, `unpacked_megabytes` of an archive's content, `ratio` of unpacked to packed size, `pages`
    of a PDF, `seconds` of reading (`ocr_seconds` where pages are recognised), `memory_megabytes` of the parser's
    process (address space; where the system has no such limit only pandoc's heap is bounded).
    """

    megabytes: int = 100
    unpacked_megabytes: int = 300
    ratio: int = 150
    pages: int = 2_000
    seconds: int = 120
    ocr_seconds: int = 1_800
    memory_megabytes: int = 3_000


def check_size(size: int, limits: Limits) -> None:
    """Refuse a file of no bytes or of more than the limit; `size` in bytes."""
    if size == 0:
        raise ExtractionError("", "the file is empty", "Put the full file in its place or remove it.")
    if size > limits.megabytes * MEGABYTE:
        raise ExtractionError(
            "",
            f"the file has {size / MEGABYTE:,.0f} MB, the limit is {limits.megabytes} MB",
            "Split the file, or raise limits: megabytes in config.yaml.",
        )


def nested_too_deeply() -> ExtractionError:
    """The refusal of content whose nesting no reader can follow."""
    return ExtractionError("", "the content is nested too deeply", "Save it again from the program that made it.")


def open_archive(data: bytes) -> zipfile.ZipFile:
    """The ZIP archive in `data`; raises ExtractionError when it is damaged."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        if any(member.header_offset < 0 for member in archive.infolist()):
            raise zipfile.BadZipFile("its list of contents leads out of the file")
        return archive
    except (*DAMAGED, ValueError, OSError) as error:
        raise damaged(error) from error


def damaged(error: Exception) -> ExtractionError:
    """The refusal of an archive that cannot be unpacked."""
    return ExtractionError("", f"the file is damaged or cut short ({error})", "Download or save it again, whole.")


def check_archive(archive: zipfile.ZipFile, packed: int, limits: Limits) -> None:
    """Refuse an archive by what it declares, before unpacking: its size, its ratio, encryption.

    `packed` is the size of the whole file in bytes, so that members overlapping each other raise the ratio.
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
    """Refuse XML that declares entities: they can name other files or unfold without end.

    A document type that only names its standard (as JATS files do) is fine: nothing is fetched for it.
    """
    prologue = data[:PROLOGUE_BYTES]
    if ENTITY.search(prologue.replace(b"\x00", b"")):
        raise ExtractionError(
            "",
            "the XML declares entities of its own, which may point to other files",
            "Save it again without a document type (DTD), with the entities written out.",
        )
