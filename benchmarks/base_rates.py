"""Write the base rates that come with the lexicon: python benchmarks/base_rates.py

They are the hits of each theme in the texts of the sample study, which were written for this project, counted by terms
alone. These are five texts on one region, so the rates describe them and not policy texts in general.
"""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "workflow"))

import pandas as pd  # noqa: E402

from framescope.compare.emphasis.baselines import BASE_RATES  # noqa: E402
from framescope.resources import LEXICONS  # noqa: E402
from framescope.themes.formats import load_lexicon  # noqa: E402
from framescope.themes.tally import tally  # noqa: E402
from framescope.words import count_words  # noqa: E402


def base_rates() -> pd.DataFrame:
    """A row for each theme: its hits in the texts, the words and the number of these."""
    files = sorted((HERE.parent / "docs" / "sample-study" / "sources").glob("*.md"))
    texts = [file.read_text(encoding="utf-8") for file in files]
    hits = tally(texts, load_lexicon(LEXICONS / "themes.yaml")).sum()
    rates = hits.rename_axis("theme").rename("hits").reset_index()
    return rates.assign(words=sum(map(count_words, texts)), texts=len(texts))


if __name__ == "__main__":
    base_rates().to_csv(BASE_RATES, index=False)
