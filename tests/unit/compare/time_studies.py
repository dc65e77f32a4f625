"""Small studies of dated texts, as tables."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np
from compare_frames import study

from framescope.compare.inputs import Tables

THEMES = ("defence", "economy", "energy")


def dated_study(dates: Sequence[str], expected: np.ndarray, groups: Sequence[str] = (), seed: int = 1) -> Tables:
    """A text for each date of nine blocks, whose sentences have Poisson numbers of hits of these expected values (a
    row a text, a column a theme).
    """
    random = np.random.default_rng(seed)
    texts = {
        f"d{number:03}": {
            "01": [[dict(zip(THEMES, random.poisson(row).tolist(), strict=True)) for _ in range(2)] for _ in range(9)]
        }
        for number, row in enumerate(expected)
    }
    named = dict(zip(texts, groups, strict=True)) if groups else None
    frames = study(texts, groups=named)
    return dataclasses.replace(frames, documents=frames.documents.assign(published=list(dates)))


def yearly(many: int = 60, jump: float = 1.0, groups: Sequence[str] = (), seed: int = 1) -> Tables:
    """A text a year from 1950 on; the second half has so many times the hits of economy."""
    expected = np.tile([0.5, 0.6, 0.4], (many, 1))
    expected[many // 2 :, 1] *= jump
    return dated_study([f"{1950 + place}-03-01" for place in range(many)], expected, groups, seed)
