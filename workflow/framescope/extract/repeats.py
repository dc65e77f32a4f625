"""Texts that are there twice: those that read to the same paragraphs as another, and those that share most with one."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from framescope.document import Document, begins_block

MOST = 0.5


@dataclass(frozen=True)
class Repeats:
    """Of documents that repeat others: the file that each reads the same as, and a warning for what is shared."""

    same: dict[str, str] = field(default_factory=dict)
    warnings: dict[str, str] = field(default_factory=dict)

    def kept(self, document: Document) -> bool:
        """Whether a document is no repetition of another."""
        return document.document not in self.same

    def warned(self, document: Document) -> Document:
        """The document with the warning about what it shares with others, where there is one."""
        warning = self.warnings.get(document.document)
        return replace(document, warnings=[*document.warnings, warning]) if warning else document

    def failure(self, document: Document) -> dict[str, str]:
        """Why a document is left out as a repetition: file, reason and remedy."""
        reason = f"it reads the same as {self.same[document.document]}"
        return {"file": document.source.file, "reason": reason, "remedy": "Remove one of the two."}


def find_repeats(documents: Iterable[Document]) -> Repeats:
    """What repeats what among documents, whatever their order; of those that read the same the first id is kept.

    A document is warned of where another holds more than half of its blocks: paragraphs with the list items that they
    introduce, spaces aside.
    """
    files: dict[str, str] = {}
    blocks: dict[str, list[bytes]] = {}
    for document in documents:
        files[document.document] = document.source.file
        blocks[document.document] = _blocks(document)
    same: dict[str, str] = {}
    first: dict[tuple[bytes, ...], str] = {}
    for name in sorted(blocks):
        kept = first.setdefault(tuple(blocks[name]), name)
        if kept != name and blocks[name]:
            same[name] = files[kept]
    sets = {name: set(blocks[name]) for name in sorted(blocks) if name not in same}
    holders: dict[bytes, list[str]] = defaultdict(list)
    for name, held in sets.items():
        for block in held:
            holders[block].append(name)
    shares = {name: _sharing(name, held, sets, holders) for name, held in sets.items()}
    return Repeats(same, {name: _warning(found, files, len(sets[name])) for name, found in shares.items() if found})


def _blocks(document: Document) -> list[bytes]:
    """A digest of each block's text, in order."""
    texts: list[list[str]] = []
    for section in document.sections:
        for before, paragraph in zip([None, *section.paragraphs], section.paragraphs, strict=False):
            if begins_block(paragraph, before):
                texts.append([])
            texts[-1] += paragraph.text.split()
    return [hashlib.sha256(" ".join(words).encode()).digest()[:16] for words in texts]


def _sharing(
    name: str, held: set[bytes], sets: dict[str, set[bytes]], holders: dict[bytes, list[str]]
) -> list[tuple[str, int]]:
    """The other documents that hold more than half of a document's blocks, and how many, the most first.

    Whoever holds more than half of them holds one of the rarer half: only its holders need to be compared, so that a
    phrase that all texts have does not compare each with each.
    """
    rare = sorted(held, key=lambda block: (len(holders[block]), block))[: (len(held) + 1) // 2]
    shared = Counter({other: len(held & sets[other]) for block in rare for other in holders[block] if other != name})
    return [
        (other, n) for other, n in sorted(shared.items(), key=lambda pair: (-pair[1], pair[0])) if n > MOST * len(held)
    ]


def _warning(found: list[tuple[str, int]], files: dict[str, str], blocks: int) -> str:
    (other, shared), *more = found
    others = f", and as many or fewer with {len(more)} other{'s' if len(more) > 1 else ''}" if more else ""
    return f"shares {shared} of its {blocks} blocks with {files[other]}{others}: what both say counts twice"
