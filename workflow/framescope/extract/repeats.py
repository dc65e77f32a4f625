"""Repeated texts: documents with the same paragraphs as another one, or that share most of them."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from framescope.document import Document, begins_block

MOST = 0.5


class Text(NamedTuple):
    """What is compared of a document: the digests of its blocks, in order; and its id and its file."""

    document: str
    file: str
    blocks: list[bytes]


@dataclass(frozen=True)
class Repeats:
    """Documents that repeat others: for each, the file that has the same text, or a warning about what is shared."""

    same: dict[str, str] = field(default_factory=dict)
    warnings: dict[str, str] = field(default_factory=dict)

    def kept(self, document: str) -> bool:
        """Whether a document is kept, because it is not the same as another."""
        return document not in self.same

    def warned(self, facts: dict[str, Any]) -> dict[str, Any]:
        """The facts of a document, with a warning added if it shares much text with others."""
        warning = self.warnings.get(facts["document"])
        return {**facts, "warnings": "; ".join(filter(None, [facts["warnings"], warning]))}

    def failure(self, text: Text) -> dict[str, str]:
        """The file, reason and remedy for a document that is left out as a repetition."""
        reason = f"it reads the same as {self.same[text.document]}"
        return {"file": text.file, "reason": reason, "remedy": "Remove one of the two."}


def find_repeats(texts: Iterable[Text]) -> Repeats:
    """The repetitions among texts, whatever their order. Of documents with the same text the first by id is kept.

    A document has a warning if another one contains more than half of its blocks (paragraphs with the list items that
    they introduce), compared without regard to spaces.
    """
    files: dict[str, str] = {}
    blocks: dict[str, list[bytes]] = {}
    for text in texts:
        files[text.document] = text.file
        blocks[text.document] = text.blocks
    same: dict[str, str] = {}
    first: dict[tuple[bytes, ...], str] = {}
    for name in sorted(blocks):
        earlier = first.setdefault(tuple(blocks[name]), name)
        if earlier != name and blocks[name]:
            same[name] = files[earlier]
    sets = {name: set(blocks[name]) for name in sorted(blocks) if name not in same}
    holders: dict[bytes, list[str]] = defaultdict(list)
    for name, own_blocks in sets.items():
        for block in own_blocks:
            holders[block].append(name)
    shares = {name: _sharing(name, own_blocks, sets, holders) for name, own_blocks in sets.items()}
    warnings = {name: _warning(others, files, len(sets[name])) for name, others in shares.items() if others}
    return Repeats(same, warnings)


def text_of(document: Document) -> Text:
    """What is compared of a document."""
    texts: list[list[str]] = []
    for section in document.sections:
        for before, paragraph in zip([None, *section.paragraphs], section.paragraphs, strict=False):
            if begins_block(paragraph, before):
                texts.append([])
            texts[-1] += paragraph.text.split()
    blocks = [hashlib.sha256(" ".join(words).encode()).digest()[:16] for words in texts]
    return Text(document.id, document.source.file, blocks)


def _sharing(
    name: str, own_blocks: set[bytes], sets: dict[str, set[bytes]], holders: dict[bytes, list[str]]
) -> list[tuple[str, int]]:
    """The other documents that contain more than half of the blocks of a document, with the number of shared blocks.

    Those that share most come first. A document with more than half of the blocks must have one of the rarer half of
    them. Only the documents with such a block are compared, so that a phrase common to all texts does not cause every
    pair of documents to be compared.
    """
    rare = sorted(own_blocks, key=lambda block: (len(holders[block]), block))[: (len(own_blocks) + 1) // 2]
    candidates = {other for block in rare for other in holders[block] if other != name}
    shared = Counter({other: len(own_blocks & sets[other]) for other in candidates})
    in_order = sorted(shared.items(), key=lambda pair: (-pair[1], pair[0]))
    return [(other, number) for other, number in in_order if number > MOST * len(own_blocks)]


def _warning(sharing: list[tuple[str, int]], files: dict[str, str], blocks: int) -> str:
    (other, shared), *more = sharing
    others = f", and as many or fewer with {len(more)} other{'s' if len(more) > 1 else ''}" if more else ""
    return f"shares {shared} of its {blocks} blocks with {files[other]}{others}: rates count it in both"
