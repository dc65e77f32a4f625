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
    """The number of hits of each theme in each text, with one row for each text and one column for each theme.

    Columns are named by the dotted paths of the themes. The number of a theme includes the hits of the themes below it.
    With `weighted`, each hit counts as much as the weight of its term, which imported lexicons may give. The index of a
    Series is kept. `scope` says which hits compete where they share words (see `Matcher`). Names, quotations
    and negation are ignored here; `hit_rows` takes them into account.

    Raises: ValueError if the lexicon asks for lemmas or parts of speech and a text is not annotated.

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
    columns_of_entry = [[columns[theme] for theme in lineage(entry.theme)] for entry in matcher.entries]
    index = texts.index if isinstance(texts, pd.Series) else None
    counts = [
        Counter(matcher.entries_in_doc(text) if isinstance(text, Doc) else matcher.entries_in_text(text))
        for text in texts
    ]
    table = np.zeros((len(counts), len(themes)), dtype=float if weighted else int)
    for row, counts_of_text in enumerate(counts):
        for entry, number in counts_of_text.items():
            table[row, columns_of_entry[entry]] += number * matcher.entries[entry].term.weight if weighted else number
    return pd.DataFrame(table, columns=themes, index=index)
