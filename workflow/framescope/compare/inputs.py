"""What every comparison is given: a study's four tables, and how its intervals and tests are made."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

import pandas as pd

from framescope.defaults import default

CONFIDENCE: float = default("confidence")
SEED: int = default("seed")


@dataclasses.dataclass(frozen=True)
class Tables:
    """The four tables of a study that comparisons are made of; docs/data-dictionary.md lists their columns."""

    sentences: pd.DataFrame
    hits: pd.DataFrame
    sections: pd.DataFrame
    documents: pd.DataFrame

    def with_hits(self, hits: pd.DataFrame) -> Tables:
        """The same study with other hits."""
        return dataclasses.replace(self, hits=hits)

    def headline(self) -> Tables:
        """The same study with the hits behind the headline figures alone."""
        return self.with_hits(headline(self.hits))


def headline(hits: pd.DataFrame) -> pd.DataFrame:
    """The hits behind the headline figures: those in the author's voice."""
    return hits[hits["voice"] == "author"]


@dataclasses.dataclass(frozen=True)
class Testing:
    """How intervals and tests are made; the keys of config.yaml of these names, and their defaults.

    A unit with fewer than `min_blocks` blocks stands in no test. `confidence` is the level of the intervals,
    and 1 - confidence that of the tests; `permutations` are made for a test; `seed` starts everything drawn at random.
    """

    min_blocks: int = default("min_blocks")
    confidence: float = CONFIDENCE
    permutations: int = default("permutations")
    seed: int = SEED

    @property
    def level(self) -> float:
        """The level of the tests: a p below it is called a difference."""
        return 1 - self.confidence


AS_CONFIGURED = Testing()
"""Intervals and tests of a study that configures nothing."""

Contrasts = tuple[Mapping[str, Any], ...]
DEFAULT_CONTRASTS: Contrasts = tuple(default("contrasts"))
"""The contrasts of a study that configures none."""
