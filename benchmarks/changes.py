"""Measure trends, breaks and smooth lines: python benchmarks/changes.py [PART ...], all parts by default.

Prints figures of docs/time.md with fixed seeds. nulls: how often a trend or a break is reported where nothing changes,
and how often by tests that take texts for independent. breaks: how often a doubling is found, and how often the
interval of its place holds it. lines: how often a rise is found, how often the interval of the slope holds it, and how
often the band of a smooth line holds the line. Series have neighbours that are alike: chains, speakers who follow one
another, and, where FRAMESCOPE_SHARED names the folder with the development data, the addresses' own departures from
their straight lines, permuted in stretches of ten.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator

from real_texts import SERIES, _counted

# real_texts sets what numpy reads when it is imported, so it comes first.
import numpy as np  # isort: skip
import pandas as pd  # isort: skip
from pathlib import Path  # isort: skip
from scipy import stats  # isort: skip

from framescope.compare.counts.blocks import Array
from framescope.compare.inputs import Testing
from framescope.compare.time.changes import _break, _trend, compared_series, smooth_band
from framescope.compare.time.fits import fit_trend
from framescope.compare.time.series import Texts

TESTING = Testing()
LEVEL = 1 - TESTING.confidence
THEMES = 12
STRETCH = 10
Departures = Callable[[int, np.random.Generator], Array]


def chain(rho: float, spread: float = 0.1) -> Departures:
    """Themes of a study as autoregressive series, texts x themes, with standard normal values."""

    def draw(points: int, random: np.random.Generator) -> Array:
        own = np.clip(rho + spread * random.standard_normal(THEMES), -0.2, 0.95)
        rows = random.standard_normal((points, THEMES))
        for place in range(1, points):
            rows[place] = own * rows[place - 1] + np.sqrt(1 - own**2) * rows[place]
        return rows

    return draw


def speaking(share: float, longest: int) -> Departures:
    """Speakers give 2 to so many texts each and share a part of the variance."""

    def draw(points: int, random: np.random.Generator) -> Array:
        lengths = random.integers(2, longest + 1, points)
        speaker = np.repeat(np.arange(points), lengths)[:points]
        common, own = random.standard_normal((2, points, THEMES))
        return np.asarray(np.sqrt(share) * common[speaker] + np.sqrt(1 - share) * own)

    return draw


class Real:
    """The addresses as counts in order of time: words, hits, and what each is of its straight line (texts x themes)."""

    def __init__(self) -> None:
        folder = Path(os.environ["FRAMESCOPE_SHARED"]) / "data" / "speeches"
        facts = pd.read_csv(folder / "sotu.csv").sort_values("published", kind="stable")
        texts = [_counted(folder / "sotu" / file, SERIES["addresses"][1]) for file in facts["file"]]
        self.words = np.array([text.words.sum() for text in texts])
        hits = np.array([text.hits.sum(axis=0) for text in texts])[:, :THEMES]
        self.rates = hits.sum(axis=0) / self.words.sum()
        value = hits / self.words[:, np.newaxis]
        place = np.arange(len(texts), dtype=float)
        trend = fit_trend(value.T, np.ones_like(value.T), place)
        line = trend.first + np.outer(place / place[-1], trend.last - trend.first)
        self.departures = value / np.maximum(line, self.rates / 4)

    def permuted(self, points: int, random: np.random.Generator) -> Array:
        """Stretches of ten texts one after another, all themes of a text together."""
        starts = random.integers(0, len(self.words) - STRETCH + 1, -(-points // STRETCH))
        rows = (starts[:, np.newaxis] + np.arange(STRETCH)).ravel()[:points]
        return np.asarray(self.departures[rows] / self.departures.mean(axis=0))


def sources(real: Real | None) -> Iterator[tuple[str, Callable[[int, np.random.Generator], Array], bool]]:
    """Names of kinds of series, what draws departures of a study, and whether these are factors of rates already."""
    for rho in (0.0, 0.2, 0.4, 0.6):
        yield f"chains, {rho}", chain(rho), False
    yield "speakers of 2 to 8 texts, .4 of the variance", speaking(0.4, 8), False
    yield "speakers of 2 to 4 texts, .6 of the variance", speaking(0.6, 4), False
    if real is not None:
        yield "addresses, in stretches of ten", real.permuted, True


class Studies:
    """Studies of one kind of series: counts of texts whose expected rates are multiplied by `shape`."""

    def __init__(self, draw: Departures, factors: bool, spread: float, points: int, real: Real | None, seed: int):
        self.draw, self.factors, self.spread, self.points = draw, factors, spread, points
        self.real, self.random = real, np.random.default_rng(seed)

    def study(self, shape: Array | float = 1.0) -> Texts:
        """A study of twelve themes and a contrast, one text a year; `shape` multiplies the rates of every other theme
        (texts, or one for all).
        """
        random, points = self.random, self.points
        if self.real is not None:
            words = random.choice(self.real.words, points)
            rates = self.real.rates
        else:
            words, rates = random.lognormal(9, 0.6, points).round(), random.choice([0.0005, 0.002, 0.01], THEMES)
        self.rates = rates
        departures = self.draw(points, random)
        if not self.factors:
            sigma = np.sqrt(np.log1p(self.spread**2))
            departures = np.exp(sigma * departures - sigma**2 / 2)
        expected = departures * rates * words[:, np.newaxis]
        expected[:, ::2] *= np.broadcast_to(shape, (points,))[:, np.newaxis]
        # Departures of real texts have the chance of counts in them.
        hits = expected.round() if self.factors else random.poisson(expected)
        day = (np.datetime64("1900-06-30") + 365 * np.arange(points)).astype("M8[D]")
        a, both = hits[:, :1], hits[:, :1] + hits[:, 1:2]
        return Texts(
            documents=np.arange(points).astype(str),
            groups={},
            first=day,
            last=day,
            names=(*(f"theme{i}" for i in range(THEMES)), "contrast"),
            shares=np.arange(THEMES + 1) == THEMES,
            y=np.hstack([hits, a]).astype(float),
            x=np.hstack([np.repeat(words[:, np.newaxis], THEMES, axis=1), both]).astype(float),
        )


def naive(texts: Texts) -> tuple[Array, Array]:
    """p of a slope and of the CUSUM of rates (Ploberger and Kraemer 1992), both with texts as independent."""
    value = np.divide(texts.y, texts.x, out=np.zeros_like(texts.y), where=texts.x > 0)
    many = len(value)
    slope = np.array([stats.linregress(np.arange(many), column).pvalue for column in value.T])
    sums = (value - value.mean(axis=0)).cumsum(axis=0)
    with np.errstate(invalid="ignore"):
        largest = np.abs(sums).max(axis=0) / (value.std(axis=0, ddof=1) * np.sqrt(many))
    return slope, stats.kstwobign.sf(largest)


def nulls(real: Real | None, studies: int) -> None:
    """False alarms at 5 %."""
    print(f"\n{studies} studies of twelve themes and a contrast each: called a change at 5 %")
    print("| series | texts | spread | trend | break | break of contrasts | slope, naive | CUSUM, naive |")
    for points in (40, 80):
        for name, draw, factors in sources(real):
            for spread in (0.5, 0.9) if not factors else (0.0,):
                made = Studies(draw, factors, spread, points, real, seed=points)
                found: dict[str, list[float]] = {key: [] for key in ("trend", "break", "contrast", "slope", "cusum")}
                for _ in range(studies):
                    texts = made.study()
                    series = compared_series(texts, TESTING)
                    assert series is not None
                    scale, told = np.ones(len(texts.names)), series.tested
                    p = {"trend": _trend(series, scale, TESTING)["p"], "break": _break(series, scale, TESTING)["p"]}
                    slope, cusum = naive(texts)
                    found["contrast"] += list(p["break"][told & texts.shares] < LEVEL)
                    for key, own in {**p, "slope": slope, "cusum": cusum}.items():
                        found[key] += list(own[told & ~texts.shares] < LEVEL)
                rates = " | ".join(f"{np.mean(own):.3f}" for own in found.values())
                print(f"| {name} | {points} | {spread or 'own'} | {rates} |", flush=True)


def breaks(real: Real | None, studies: int) -> None:
    """Doublings after the middle of eighty texts, and elsewhere: found, and where."""
    print(f"\n{studies} studies of 80 texts, six themes of each doubled from a text on, at 5 %")
    print("| series | spread | doubled from | found | holds the place | of those found | median width, texts |")
    for name, draw, factors in sources(real):
        for spread in (0.5, 0.9) if not factors else (0.0,):
            for place in (40, 20):
                made = Studies(draw, factors, spread, 80, real, seed=place)
                found, held, width = [], [], []
                for _ in range(studies):
                    texts = made.study(np.where(np.arange(80) >= place, 2.0, 1.0))
                    series = compared_series(texts, TESTING)
                    assert series is not None
                    changed = np.flatnonzero(series.tested & ~texts.shares & (np.arange(len(texts.names)) % 2 == 0))
                    columns = _break(series, np.ones(len(texts.names)), TESTING)
                    days = texts.first.astype(str)
                    low, high = (np.searchsorted(days, columns[end][changed].astype(str)) for end in DATES)
                    found += list(columns["p"][changed] < LEVEL)
                    held += list((low <= place) & (place <= high))
                    width += list(high - low)
                hit, inside = np.array(found), np.array(held)
                line = f"{hit.mean():.3f} | {inside.mean():.3f} | {inside[hit].mean():.3f}"
                print(
                    f"| {name} | {spread or 'own'} | {place} | {line} | {np.median(np.array(width)[hit]):.0f} |",
                    flush=True,
                )


DATES = ("break_low", "break_high")


def lines(real: Real | None, studies: int) -> None:
    """Rises to the double over eighty texts: found, and how often the slope's interval and the band hold the truth."""
    print(f"\n{studies} studies of 80 texts, six themes of each rising to the double: found; slope's interval; band")
    print("| series | spread | found | slope held | line held by the band | constant held by the band |")
    shape = np.linspace(1, 2, 80)
    for name, draw, factors in sources(real):
        for spread in (0.5, 0.9) if not factors else (0.0,):
            made = Studies(draw, factors, spread, 80, real, seed=3)
            found, held, inside, constant = [], [], [], []
            for _ in range(studies):
                texts = made.study(shape)
                series = compared_series(texts, TESTING)
                assert series is not None
                told = series.tested & ~texts.shares
                even = np.arange(len(texts.names)) % 2 == 0
                columns = _trend(series, np.ones(len(texts.names)), TESTING)
                truth = np.append(made.rates, 0)
                slope = truth * (1 / (series.series.time[-1] - series.series.time[0])) * 10
                found += list(columns["p"][told & even] < LEVEL)
                held += list(((columns["low"] <= slope) & (slope <= columns["high"]))[told & even])
                _, low, high = smooth_band(series, TESTING.confidence)
                for row in np.flatnonzero(told):
                    line = truth[row] * (shape if even[row] else np.ones(80))
                    (inside if even[row] else constant).append(((low[row] <= line) & (line <= high[row])).mean())
            parts = " | ".join(f"{np.mean(part):.3f}" for part in (found, held, inside, constant))
            print(f"| {name} | {spread or 'own'} | {parts} |", flush=True)


PARTS = {"nulls": nulls, "breaks": breaks, "lines": lines}

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", choices=list(PARTS), default=list(PARTS))
    parser.add_argument("--studies", type=int, default=200)
    options = parser.parse_args()
    texts_of_series = Real() if "FRAMESCOPE_SHARED" in os.environ else None
    for part in options.parts or PARTS:
        PARTS[part](texts_of_series, options.studies)
