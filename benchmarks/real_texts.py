"""Addresses and speeches with their own paragraphs, as counts: what intervals and tests are measured on.

Development texts are not part of the project: FRAMESCOPE_SHARED names their folder (data/speeches, two series). A
seeded half of each series is for choosing between formulas, the other half is only ever reported.
"""

from __future__ import annotations

import os
import re
import tempfile
from functools import cache
from hashlib import sha256
from pathlib import Path

from fake_sections import HERE, Text

# fake_sections sets what numpy reads when it is imported, so it comes first.
import numpy as np  # isort: skip

from framescope.themes.formats import load_lexicon
from framescope.themes.tally import tally
from framescope.words import count_words

LEXICON = HERE.parent / "workflow" / "framescope" / "lexicons" / "themes.yaml"
# The addresses stand a blank line between paragraphs, the speeches a paragraph a line.
SERIES = {"addresses": ("sotu", r"\n\s*\n"), "speeches": ("un", r"\n")}
SENTENCE_END = re.compile(r"(?<=[.!?])[\"'\u201d\u2019)]*\s+(?=[\"'\u201c\u2018(]?[A-Z])")
HALVES = {"chosen on": 0, "kept aside": 1}


@cache
def real_texts(series: str, half: str) -> tuple[Text, ...]:
    """The texts of one half of a series, "addresses" or "speeches": "chosen on" or "kept aside"."""
    folder, paragraph_end = SERIES[series]
    files = sorted((Path(os.environ["FRAMESCOPE_SHARED"]) / "data" / "speeches" / folder).glob("*.txt"))
    own = np.random.default_rng(7).permutation(len(files)) % 2 == HALVES[half]
    return tuple(_counted(file, paragraph_end) for file, chosen in zip(files, own, strict=True) if chosen)


@cache
def _lexicon() -> tuple[str, object]:
    data = LEXICON.read_bytes()
    return sha256(data).hexdigest()[:16], load_lexicon(LEXICON)


def _counted(file: Path, paragraph_end: str) -> Text:
    """Words and hits of each sentence; hits are made once for a text and lexicon and stored in a temporary folder."""
    digest, lexicon = _lexicon()
    paragraphs = [part for part in re.split(paragraph_end, file.read_text(encoding="utf-8")) if part.strip()]
    sentences = [(place, s) for place, p in enumerate(paragraphs) for s in SENTENCE_END.split(" ".join(p.split()))]
    sentences = [(place, s) for place, s in sentences if count_words(s)]
    themes = [theme for theme in lexicon.themes if "." not in theme]  # type: ignore[attr-defined]
    stored = Path(tempfile.gettempdir()) / "framescope-benchmarks" / digest / f"{file.parent.name}-{file.stem}.npy"
    if not stored.exists():
        stored.parent.mkdir(parents=True, exist_ok=True)
        hits = tally([text for _, text in sentences], lexicon)[themes].to_numpy()  # type: ignore[arg-type]
        np.save(stored.with_suffix(".part.npy"), hits)
        stored.with_suffix(".part.npy").replace(stored)
    blocks = np.unique([place for place, _ in sentences], return_inverse=True)[1]
    words = np.array([count_words(text) for _, text in sentences], dtype=float)
    return Text(words, np.load(stored), themes, blocks)
