"""Measure what is said of sections: python benchmarks/sections.py [PART ...] [--half "kept aside"], or all parts.

coverage: how often the intervals of sections of 2 to 40 blocks hold the rate of the text that they are drawn from, and
how wide they are. forecast: how often the interval of an unbroken stretch holds the rate of the rest of its text, and
of another text of the series. level: how often neighbouring stretches of a text are called different, as they are and
with three of four hits left out of one. studies: how often findings state a difference in studies in which nothing
differs. Texts are addresses and speeches with their own paragraphs (real_texts), one half of which was used to choose
formulas.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence

from fake_sections import Sectioned, Text, made_up, tables, thinned
from real_texts import HALVES, SERIES, real_texts

# fake_sections sets what numpy reads when it is imported, so it comes first.
import numpy as np  # isort: skip
import pandas as pd  # isort: skip

from framescope.compare.emphasis.contrasts import contrast_differences
from framescope.compare.emphasis.differences import document_differences, section_differences
from framescope.compare.inference.intervals import moments, pooled_dispersion, rate_interval, share_interval
from framescope.compare.inputs import Tables, Testing
from framescope.present.findings import established, statable

SIZES = (2, 3, 5, 8, 12, 20, 40)
FOCUS = ("defence", "economy")
PERMUTATIONS = Testing(permutations=499)
Random = np.random.Generator


def by_block(text: Text, values: np.ndarray) -> np.ndarray:
    """Sums of the rows of sentences by block."""
    columns = values.T if values.ndim == 2 else values[np.newaxis]
    return np.array([np.bincount(text.blocks, column) for column in columns]).T


def error_over_texts(values: np.ndarray, texts: np.ndarray) -> float:
    """Standard error of a mean of values of which those of a text are not independent (Cochran 1977, ch. 9A)."""
    sums = np.array([(values - values.mean())[texts == text].sum() for text in np.unique(texts)])
    return float(np.sqrt(len(sums) / max(len(sums) - 1, 1) * (sums**2).sum()) / len(values))


def coverage(name: str, texts: Sequence[Text], repetitions: int = 1000) -> None:
    """Studies of five texts, each with a section of every size drawn from its blocks with replacement."""
    random = np.random.default_rng(3)
    codes = np.repeat(np.arange(5 * len(SIZES)), np.tile(SIZES, 5))
    found: dict[str, list[np.ndarray]] = {"rates": [], "shares": [], "contrasts": []}
    for _ in range(repetitions):
        parts: dict[str, list[tuple[np.ndarray, np.ndarray, np.ndarray]]] = {kind: [] for kind in found}
        chosen = random.choice(len(texts), 5, replace=False)
        for place in chosen:
            text = texts[place]
            words, sentences = by_block(text, text.words), by_block(text, np.ones(len(text.words)))
            hits, with_hit = by_block(text, text.hits).astype(float), by_block(text, text.hits > 0).astype(float)
            a, b = np.triu_indices(6, 1)
            drawn = random.integers(0, len(words), sum(SIZES))
            for kind, y, x in (
                ("rates", hits, words * np.ones_like(hits)),
                ("shares", with_hit, sentences * np.ones_like(hits)),
                ("contrasts", hits[:, a], hits[:, a] + hits[:, b]),
            ):
                truth = y.sum(axis=0) / np.maximum(x.sum(axis=0), 1)
                parts[kind].append((y[drawn], x[drawn], np.tile(truth, (len(SIZES), 1))))
        for kind, rows in parts.items():
            y, x, truth = (np.vstack(part) for part in zip(*rows, strict=True))
            sums, binomial = moments(y, x, codes, 5 * len(SIZES)), kind != "rates"
            interval = share_interval if binomial else rate_interval
            low, high = interval(sums, pooled_dispersion(sums, binomial))
            told = (truth > 0) & (truth < 1) & (sums.x > 0)
            size = np.tile(SIZES, 5)[:, np.newaxis] * np.ones_like(truth)
            covered, expected = (low <= truth) & (truth <= high), truth * sums.x
            number = np.repeat(chosen, len(SIZES))[:, np.newaxis] * np.ones_like(truth)
            found[kind].append(np.stack([size, covered, high - low, expected, number])[:, told])
    for kind, pieces in found.items():
        size, covered, width, expected, text_of = np.hstack(pieces)
        for number in SIZES:
            own = size == number
            rare, frequent = own & (expected < 2), own & (expected >= 5)
            scale = 1000 if kind == "rates" else 1
            print(
                f"{name}, {kind}, {number} blocks: {covered[own].mean():.3f} covered (where under two are expected "
                f"{covered[rare].mean():.3f}, five and more {covered[frequent].mean():.3f}, se "
                f"{error_over_texts(covered[frequent], text_of[frequent]):.3f}), mean width "
                f"{scale * width[own].mean():.3g}",
                flush=True,
            )


def forecast(name: str, texts: Sequence[Text], repetitions: int = 200) -> None:
    """Studies of five texts, each with a stretch of 8, 20 and 40 consecutive blocks that is all that is known of it."""
    for length in (8, 20, 40):
        random = np.random.default_rng(5)
        chosen = long_enough(texts, length + 8)
        if len(chosen) < 6:
            continue
        found = []
        for _ in range(repetitions):
            of_text = [chosen[place] for place in random.choice(len(chosen), 6, replace=False)]
            blocks = [(by_block(text, text.hits).astype(float), by_block(text, text.words)) for text in of_text]
            first = [int(random.integers(0, len(words) - length + 1)) for _, words in blocks]
            own = [np.arange(start, start + length) for start in first[:5]]
            y = np.vstack([hits[rows] for (hits, _), rows in zip(blocks, own, strict=False)])
            x = np.vstack([words[rows] for (_, words), rows in zip(blocks, own, strict=False)]) * np.ones_like(y)
            sums = moments(y, x, np.repeat(np.arange(5), length), 5)
            low, high = rate_interval(sums, pooled_dispersion(sums, False))
            whole = np.array([hits.sum(axis=0) / words.sum() for hits, words in blocks])
            rest = np.array(
                [
                    np.delete(hits, rows, axis=0).sum(axis=0) / np.delete(words, rows, axis=0).sum()
                    for (hits, words), rows in zip(blocks, own, strict=False)
                ]
            )
            held = [(low <= truth) & (truth <= high) for truth in (rest, whole[1:])]
            found.append(np.stack([*held, rest * sums.x >= 5, whole[1:] * sums.x >= 5]))
        in_rest, in_other, often, often_other = np.hstack(found).reshape(4, -1)
        print(
            f"{name}, stretches of {length} blocks: hold the rate of the rest of the text in {in_rest.mean():.3f} "
            f"(where five hits and more are expected {in_rest[often].mean():.3f}), of another "
            f"text in {in_other.mean():.3f} ({in_other[often_other].mean():.3f})",
            flush=True,
        )


def stretch(text: Text, blocks: int | None, sections: int, random: Random) -> Sectioned:
    """So many consecutive sections of so many blocks each, or the whole text cut into so many."""
    number = int(text.blocks.max()) + 1
    length = number if blocks is None else blocks * sections
    first = int(random.integers(0, number - length + 1))
    rows = np.flatnonzero((text.blocks >= first) & (text.blocks < first + length))
    part = (text.blocks[rows] - first) * sections // length
    own = text._replace(words=text.words[rows], hits=text.hits[rows].astype(int), blocks=text.blocks[rows])
    return Sectioned(own, own.blocks, np.array(list("ABCD"))[part])


def _error(table: pd.DataFrame, chosen: Sequence[Text]) -> float:
    """Standard error of the share of p below 5 %, over texts, of each of which several stretches were drawn."""
    text = table["document"].str[1:].astype(int) % len(chosen)
    shares = (table["p"] < 0.05).groupby(text).mean()
    return float(shares.std() / len(shares) ** 0.5)


def long_enough(texts: Sequence[Text], blocks: int) -> list[Text]:
    return [text for text in texts if text.blocks.max() + 1 >= blocks]


def level(name: str, texts: Sequence[Text], repetitions: int = 200) -> None:
    """Two neighbouring stretches of 8, 12, 15 and 30 blocks, and texts cut in two: level and power at 5 %."""
    for blocks in (8, 12, 15, 30, None):
        chosen = long_enough(texts, 2 * (blocks or 8))
        if not chosen:
            continue
        for kept in (1.0, 0.25):
            random = np.random.default_rng(8)
            number = repetitions if blocks else len(chosen)
            made = [stretch(chosen[i % len(chosen)], blocks, 2, random) for i in range(number)]
            study = tables([thinned(text, kept, random) for text in made])
            rates = section_differences(study, focus_themes=FOCUS, testing=PERMUTATIONS).dropna(subset="p")
            one_side = tables([thinned(text, kept, random, FOCUS[:1]) for text in made])
            leans = contrast_differences(one_side, testing=PERMUTATIONS)
            leans = leans[leans["unit"] == "section"].dropna(subset="p")
            top = rates[~rates["theme"].str.contains(".", regex=False)]
            focal = top[top["theme"].isin(FOCUS)]
            shares = [(table["p"] < 0.05).mean() for table in (top, focal, leans)]
            errors = [_error(table, chosen) for table in (top, focal, leans)]
            where = f"{blocks} and {blocks} blocks" if blocks else "texts cut in two"
            print(
                f"{name}, {where}, {kept:.0%} of hits kept in one: rates {shares[0]:.3f} of {len(top)} "
                f"(se {errors[0]:.3f}), of defence and economy {shares[1]:.3f} (se {errors[1]:.3f}), contrasts, of "
                f"whose side a as many are kept, {shares[2]:.3f} of {len(leans)} (se {errors[2]:.3f})",
                flush=True,
            )


def states(study: Tables) -> bool:
    """Whether findings state any difference of the study."""
    rows = statable(
        contrast_differences(study, testing=PERMUTATIONS),
        section_differences(study, focus_themes=FOCUS, testing=PERMUTATIONS),
        document_differences(study, focus_themes=FOCUS, testing=PERMUTATIONS).query("unit == 'group'"),
    )
    told = established(rows[rows["unit"].isin(["section", "group"])], 0.05)
    return len(told) > 0


def studies(half: str, repetitions: int = 100) -> None:
    """One text in two and four sections, six texts in two, and twelve texts in two groups drawn by lot."""
    addresses, speeches = (real_texts(series, half) for series in SERIES)

    def some(texts: Sequence[Text], number: int, random: Random) -> list[Text]:
        return [texts[i] for i in random.choice(len(texts), number, replace=False)]

    designs: dict[str, Callable[[Random], Tables]] = {
        "one address in two sections": lambda r: tables([stretch(some(addresses, 1, r)[0], None, 2, r)]),
        "one address in four sections": lambda r: tables(
            [stretch(some(long_enough(addresses, 40), 1, r)[0], None, 4, r)]
        ),
        "one speech in two sections": lambda r: tables([stretch(some(long_enough(speeches, 17), 1, r)[0], None, 2, r)]),
        "six addresses, two sections of twelve": lambda r: tables(
            [stretch(text, 12, 2, r) for text in some(long_enough(addresses, 24), 6, r)]
        ),
        "six speeches in two sections": lambda r: tables(
            [stretch(text, None, 2, r) for text in some(long_enough(speeches, 17), 6, r)]
        ),
        "twelve speeches in two groups": lambda r: tables(
            [stretch(text, None, 1, r) for text in some(long_enough(speeches, 8), 12, r)], ["x", "y"] * 6
        ),
    }
    for name, make in designs.items():
        random = np.random.default_rng(4)
        told = np.array([states(make(random)) for _ in range(repetitions)])
        print(f"{name}: {told.mean():.3f} of {repetitions} studies state a difference", flush=True)


def sources(half: str) -> Iterator[tuple[str, Sequence[Text]]]:
    """Names and texts of one half, and texts made up."""
    for series in SERIES:
        yield f"{series}, {half}", real_texts(series, half)
    seed = 1 + 2 * HALVES[half]
    yield "made up, in runs", made_up(True, 60, 250, seed=seed)
    yield "made up, without runs", made_up(False, 60, 250, seed=seed + 1)


def main() -> None:
    """Run the parts asked for, or all of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", default=[], help="coverage, forecast, level, studies")
    parser.add_argument("--half", choices=list(HALVES), default="kept aside")
    parser.add_argument("--repetitions", type=int, help="studies or stretches of each kind, instead of each part's own")
    options = parser.parse_args()
    parts = options.parts or ["coverage", "forecast", "level", "studies"]
    number = {} if options.repetitions is None else {"repetitions": options.repetitions}
    for part, measure in (("coverage", coverage), ("forecast", forecast), ("level", level)):
        for name, texts in sources(options.half) if part in parts else ():
            measure(name, texts, **number)
    if "studies" in parts:
        studies(options.half, **number)


if __name__ == "__main__":
    main()
