"""How often the intervals of ratios to a baseline contain the true ratio: python benchmarks/ratios.py [--studies N]

Studies of addresses and speeches with their own paragraphs (real_texts). The paragraphs of a document are drawn with
replacement from those of one text, and the text is drawn from its series, so that the rates of each text and of the
series are known. A document is compared with a table of the true rates, with one other document, with three and with
the rest of 12 and 40 documents, and a group of 8 with one of 16. FRAMESCOPE_SHARED names the folder of the texts.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from fake_sections import Sectioned, Text, tables
from real_texts import HALVES, SERIES, real_texts

# fake_sections sets what numpy reads when it is imported, so it comes first.
import numpy as np  # isort: skip

from framescope.compare.emphasis.rates import theme_rates
from framescope.compare.inputs import BaselineSetting, Testing

BLOCKS = (8, 40)
FEWEST_EXPECTED = 5.0


class Design(NamedTuple):
    """The number of documents, how many of them the unit and its baseline have, and whether a table is the baseline."""

    documents: int
    of_unit: int
    table: bool = False


DESIGNS = {
    "a document and a table": Design(2, 1, table=True),
    "a document and another": Design(2, 1),
    "a document and three others": Design(4, 1),
    "a document and twelve others": Design(13, 1),
    "a document and forty others": Design(41, 1),
    "a group of 8 and one of 16": Design(24, 8),
}


def drawn(text: Text, random: np.random.Generator, most: int) -> Sectioned:
    """A document of paragraphs drawn with replacement from those of a text."""
    blocks = random.integers(0, text.blocks.max() + 1, int(random.integers(BLOCKS[0], most + 1)))
    rows = [np.flatnonzero(text.blocks == block) for block in blocks]
    sentences = np.concatenate(rows)
    own = Text(
        text.words[sentences], text.hits[sentences], text.themes, np.repeat(np.arange(len(rows)), [*map(len, rows)])
    )
    return Sectioned(own, own.blocks, np.full(len(sentences), "A"))


def rates(texts: Sequence[Text]) -> np.ndarray:
    """Hits per word of texts of which each gives equally many paragraphs, a value a theme."""
    paragraphs = [text.blocks.max() + 1 for text in texts]
    hits = sum(text.hits.sum(axis=0) / number for text, number in zip(texts, paragraphs, strict=True))
    return np.asarray(hits / sum(text.words.sum() / number for text, number in zip(texts, paragraphs, strict=True)))


def contained(series: Sequence[Text], design: Design, random: np.random.Generator) -> np.ndarray:
    """For each theme of a study: whether the interval contains the true ratio, is below it, and is above it.

    The true rate of four documents or more is that of the series from which they are drawn, and of fewer that of their
    own texts.
    """
    places = random.integers(0, len(series), design.documents)
    chosen = [series[place] for place in places]
    groups = ["unit"] * design.of_unit + ["base"] * (design.documents - design.of_unit)
    study = tables([drawn(text, random, BLOCKS[1]) for text in chosen], groups)
    whole = rates(series)
    sides = [chosen[: design.of_unit], chosen[design.of_unit :]]
    truth = [rates(side) if len(side) < 4 else whole for side in sides]
    themes = chosen[0].themes
    baseline: BaselineSetting | Mapping[str, Any] = "rest"
    if design.table:
        baseline, truth[1] = {"name": "true", "rates": dict(zip(themes, 1000 * whole, strict=True))}, whole
    kind = "document" if design.of_unit == 1 else "group"
    found = theme_rates(study, themes=themes, units=[kind], testing=Testing(baseline=baseline))
    own = found[(found["document"] == "d00000") | (found["group"] == "unit") & (found["unit"] == "group")]
    own = own.set_index("theme").reindex(themes)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = truth[0] / truth[1]
    told = (own["ratio_high"].notna() & (truth[0] * own["words"] >= FEWEST_EXPECTED)).to_numpy() & (ratio > 0)
    low, high = (own[end].to_numpy()[told] for end in ("ratio_low", "ratio_high"))
    return np.stack([(low <= ratio[told]) & (ratio[told] <= high), high < ratio[told], low > ratio[told]])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--studies", type=int, default=400)
    studies = parser.parse_args().studies
    for half in HALVES:
        for series in SERIES:
            for name, design in DESIGNS.items():
                random = np.random.default_rng(11)
                each = [contained(real_texts(series, half), design, random) for _ in range(studies)]
                covered, below, above = np.hstack(each).mean(axis=1)
                by_study = np.array([one[0].mean() for one in each if one.shape[1]])
                error = by_study.std(ddof=1) / np.sqrt(len(by_study))
                print(
                    f"{series}, {half}, {name}: {covered:.3f} covered (se {error:.3f}; too low {below:.3f}, "
                    f"too high {above:.3f})",
                    flush=True,
                )


if __name__ == "__main__":
    main()
