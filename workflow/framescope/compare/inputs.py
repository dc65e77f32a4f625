"""The inputs of every comparison: a study's four tables, and the settings of its intervals and tests."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framescope.defaults import default
from framescope.tables import DOCUMENTS_AT_ONCE, rows_of_parts

CONFIDENCE: float = default("confidence")
SEED: int = default("seed")


ONCE = "once"

BaselineSetting = str | Mapping[str, Any]
"""The baseline of a study: "rest", "lexicon", "even" or the id of a document; or a mapping with its `name` and the
`documents` that it consists of, or the `rates` of themes per 1,000 words that a table states."""
BASELINE: BaselineSetting = default("baseline")


@dataclasses.dataclass(frozen=True)
class Tables:
    """The four tables of a study from which comparisons are computed; docs/data-dictionary.md lists their columns.

    Sentences may have a column `copied`, which marks those that repeat a passage that stands earlier in the study.
    """

    sentences: pd.DataFrame
    hits: pd.DataFrame
    sections: pd.DataFrame
    documents: pd.DataFrame

    def in_parts(self, most: int = DOCUMENTS_AT_ONCE) -> Iterator[Tables]:
        """The tables of at most so many documents at a time, in the order of their ids."""
        return (Tables(**part) for part in in_parts(vars(self), most))

    def with_hits(self, hits: pd.DataFrame) -> Tables:
        """The same study with other hits."""
        return dataclasses.replace(self, hits=hits)

    def headline(self) -> Tables:
        """The same study with only the hits that the headline figures count."""
        return self.with_hits(headline(self.hits))

    def without_copies(self) -> Tables:
        """The same study without copied sentences and the hits in them, so that every passage is there once."""
        copied = self.sentences["copied"].to_numpy(bool) if "copied" in self.sentences else np.zeros(0, bool)
        if not copied.any():
            return self
        places = [pd.MultiIndex.from_frame(table[["document", "sentence"]]) for table in (self.sentences, self.hits)]
        kept = self.hits[~places[1].isin(places[0][copied])]
        return dataclasses.replace(self, sentences=self.sentences[~copied], hits=kept)

    def tested(self, testing: Testing) -> Tables:
        """The headline count as tests use it: with copied passages once, unless the study chose otherwise."""
        return (self.without_copies() if testing.copied_passages == ONCE else self).headline()


def in_parts(frames: Mapping[str, pd.DataFrame], most: int = DOCUMENTS_AT_ONCE) -> Iterator[dict[str, pd.DataFrame]]:
    """The rows that tables have of at most so many of their documents at a time, in the order of the documents' ids.

    The parts have about as many documents each. There is at least one, which has no rows if the tables have none.
    """
    ids = pd.Index(sorted(set().union(*(frame["document"].unique() for frame in frames.values()))))
    number = max(-(-len(ids) // most), 1)
    part_of = np.arange(len(ids)) * number // max(len(ids), 1)
    rows = {name: rows_of_parts(part_of[places(frame["document"], ids)], number) for name, frame in frames.items()}
    for part in range(number):
        yield {name: frame.iloc[rows[name][part]] for name, frame in frames.items()}


def places(names: pd.Series[str], known: pd.Index) -> NDArray[np.intp]:
    """The place of each name among those that are known, or -1."""
    codes, different = pd.factorize(names)
    return known.get_indexer(pd.Index(different).astype(str))[codes]


def headline(hits: pd.DataFrame) -> pd.DataFrame:
    """The hits that the headline figures count: those in the author's voice."""
    return hits[hits["voice"] == "author"]


@dataclasses.dataclass(frozen=True)
class Testing:
    """Settings of intervals and tests: the keys of config.yaml with these names, and their defaults.

    A unit with fewer than `min_blocks` blocks is not tested. `confidence` is the level of the intervals, and 1 -
    confidence that of the tests; `permutations` is the number made for a test; `seed` is that of all random draws.
    `baseline` is that with which rates and shares are compared (`emphasis.baselines`). `copied_passages` says whether
    tests of differences use a passage that stands in several places only in the first of them ("once").
    """

    min_blocks: int = default("min_blocks")
    confidence: float = CONFIDENCE
    permutations: int = default("permutations")
    seed: int = SEED
    baseline: BaselineSetting = BASELINE
    copied_passages: str = default("copied_passages")

    @property
    def level(self) -> float:
        """The significance level of the tests: a difference is established if its corrected p is below it."""
        return 1 - self.confidence


AS_CONFIGURED = Testing()
"""The settings of a study whose config.yaml does not state them."""

Contrasts = tuple[Mapping[str, Any], ...]
DEFAULT_CONTRASTS: Contrasts = tuple(default("contrasts"))
"""The contrasts of a study whose config.yaml does not state any."""
