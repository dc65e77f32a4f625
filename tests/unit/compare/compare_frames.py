"""Small studies as tables: what a test says of each block, spelt out as sentences, hits, sections and documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from framescope.compare.inputs import Tables
from framescope.table_schemas import table_schemas

FLAGS = [name for name, column in table_schemas()["matches"].columns.items() if column.type == "boolean"]
HIT = {**dict.fromkeys(FLAGS, False), "voice": "author", "set_aside": ""}


def study(
    documents: Mapping[str, Mapping[str, Sequence[Sequence[Mapping[str, int]]]]],
    *,
    roles: Mapping[str, str] | None = None,
    groups: Mapping[str, str] | None = None,
    words: int = 20,
    **hit: object,
) -> Tables:
    """Tables of documents given as {document: {section: [block, ...]}}; a block lists its sentences' hits by theme.

    Every sentence has `words` words; the hits of a sentence stand at offsets of their own; `hit` overrides columns.
    """
    sentence_rows, hit_rows, section_rows = [], [], []
    for document, parts in documents.items():
        block = sentence = 0
        for section, blocks in parts.items():
            role = (roles or {}).get(section)
            section_rows.append((document, section, section, 1, role or "body", "heading" if role else "default"))
            for block_sentences in blocks:
                block += 1
                for themes in block_sentences:
                    sentence += 1
                    place = (document, section, block, block, sentence)
                    sentence_rows.append((*place, 0, 100, words, 0, "author", "descriptive", f"Sentence {sentence}."))
                    start = 0
                    for theme, count in themes.items():
                        for _ in range(count):
                            row = {"text": theme, "theme": theme, "term": theme, **HIT, **hit}
                            hit_rows.append((*place, start, start + 3, *row.values()))
                            start += 4
    place_columns = ["document", "section", "block", "paragraph", "sentence", "start", "end"]
    metadata = [(d, d, "", (groups or {}).get(d, "")) for d in documents]
    return Tables(
        pd.DataFrame(sentence_rows, columns=[*place_columns, "words", "quoted_words", "voice", "mode", "text"]),
        pd.DataFrame(hit_rows, columns=[*place_columns, "text", "theme", "term", *HIT]),
        pd.DataFrame(section_rows, columns=["document", "section", "title", "level", "role", "role_source"]),
        pd.DataFrame(metadata, columns=["document", "title", "published", "group"]),
    )
