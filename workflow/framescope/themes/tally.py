"""Counting themes in a list of texts, for notebooks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np
import pandas as pd
from spacy.tokens import Doc

from framescope.theme_paths import lineage
from framescope.themes.lexicon import Lexicon
from framescope.themes.matching import Matcher, Scope


def tally(texts: Iterable[str | Doc], lexicon: Lexicon, scope: Scope = "theme", weighted: bool = False) -> pd.DataFrame:
    """How often each text has each theme: a row a text, a column a theme by its dotted path.

    A theme's number is that of its own terms plus those of the themes below it. `weighted` adds up the weights of the
    terms, as imported lexicons give them, in place of ones. A Series keeps its index. `scope` says which hits block
    each other (see `Matcher`). Names, quotations and negation are not looked at: hits of annotated documents know
    them. Raises ValueError where the lexicon asks for lemmas or parts of speech and a text is not annotated.

    >>> from framescope.themes.terms import parse_term
    >>> lexicon = Lexicon.build([("defence.threat", parse_term("enem*")), ("economy", parse_term("free trade"))])
    >>> tally(["Enemies of free trade and other enemies", "Peace"], lexicon)
       defence  defence.threat  economy
    0        2               2        1
    1        0               0        0
    """
    matcher = Matcher(lexicon, scope)
    themes = lexicon.themes
    columns = {theme: number for number, theme in enumerate(themes)}
    lines = [[columns[theme] for theme in lineage(entry.theme)] for entry in matcher.entries]
    index = texts.index if isinstance(texts, pd.Series) else None
    counts = [
        Counter(matcher.entries_in_doc(text) if isinstance(text, Doc) else matcher.entries_in_text(text))
        for text in texts
    ]
    table = np.zeros((len(counts), len(themes)), dtype=float if weighted else int)
    for row, found in enumerate(counts):
        for entry, number in found.items():
            table[row, lines[entry]] += number * matcher.entries[entry].term.weight if weighted else number
    return pd.DataFrame(table, columns=themes, index=index)
