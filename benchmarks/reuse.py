"""Measure the search for copied passages: python benchmarks/reuse.py [planted] [speed] [level] [--repetitions N]

FRAMESCOPE_SHARED names the folder with the development texts (data/speeches), which are not part of the project.
planted: passages of 12 to 150 words of the addresses, the speeches and the sample study are copied into other texts
with one word in ten substituted, deleted or inserted. Precision and recall are by words of both places; words that are
found in the texts as they were, before anything was planted, are left out of both. speed: seconds and memory for 10,000
made-up documents with as many copies. level: how often two texts and two
groups of texts by authors who emphasise all themes alike are called different at 5 %, if copies of the same paragraphs
stand in them, with copies counted once and everywhere. Detection is not part of it: the copies are marked as they are
planted.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from fake_sections import HERE, SENTENCES_A_BLOCK, THEMES, Sectioned, Text, rates, tables, written

# fake_sections sets what numpy reads when it is imported, so it comes first.
import numpy as np  # isort: skip
import pandas as pd  # isort: skip

from framescope.compare.emphasis.differences import document_differences
from framescope.compare.inputs import Tables, Testing
from framescope.compare.reuse.passages import copied_passages
from framescope.compare.reuse.running_words import running_words
from framescope.extract.reading import read
from framescope.words import WORD

SENTENCE_END = re.compile(r"(?<=[.!?])[\"'\u201d\u2019)]*\s+(?=[\"'\u201c\u2018(]?[A-Z])")
SHORTEST, LONGEST, EDITED = 12, 150, 0.1
BANDS = ((12, 19), (20, 39), (40, 150))


@dataclass
class Marked:
    """A text as words, and for each the numbers of the planted passages in which it stands."""

    words: list[str]
    inside: list[set[int]] = field(default_factory=list)


def real_prose() -> list[list[str]]:
    """The words of each address, speech and text of the sample study, with their punctuation."""
    folder = Path(os.environ["FRAMESCOPE_SHARED"]) / "data" / "speeches"
    spoken = [
        path.read_text(encoding="utf-8") for name in ("sotu", "un") for path in sorted((folder / name).glob("*.txt"))
    ]
    sample = [read(path) for path in sorted((HERE.parent / "raw").iterdir())]
    written_texts = [" ".join(p.text for section in text.sections for p in section.paragraphs) for text in sample]
    return [text.split() for text in [*spoken, *written_texts]]


def edited(
    words: Sequence[str], vocabulary: Sequence[str], random: np.random.Generator, share: float = EDITED
) -> list[str]:
    """The words with a share of them substituted by others, deleted, or followed by another word."""
    made: list[str] = []
    for word in words:
        edit = random.choice(["none", "substitute", "delete", "insert"], p=[1 - share, *[share / 3] * 3])
        other = vocabulary[int(random.integers(len(vocabulary)))]
        made += {"none": [word], "substitute": [other], "delete": [], "insert": [word, other]}[str(edit)]
    return made


def found_words(texts: Sequence[Sequence[str]]) -> tuple[list[np.ndarray], int]:
    """For each text, which of its written words are in a passage that stands elsewhere; and the number of passages."""
    sentences, places = [], []
    for number, words in enumerate(texts):
        text = " ".join(words)
        sentences += [(f"d{number:05}", place, part) for place, part in enumerate(SENTENCE_END.split(text))]
        # A written word such as "well-known" is two words.
        places.append(np.repeat(np.arange(len(words)), [len(WORD.findall(word)) for word in words]))
    frame = pd.DataFrame(sentences, columns=["document", "sentence", "text"]).assign(voice="author")
    running = running_words(frame, frame[["document"]].drop_duplicates())
    passages = copied_passages(running)
    found = np.zeros(len(running.codes), dtype=bool)
    for first, last in ((passages.earlier, passages.earlier_end), (passages.later, passages.later_end)):
        for start, end in zip(first, last, strict=True):
            found[start:end] = True
    flags = []
    for number, words in enumerate(texts):
        own = found[running.document == number]
        of_word = np.zeros(len(words), dtype=bool)
        of_word[places[number][own[: len(places[number])]]] = True
        flags.append(of_word)
    return flags, len(passages.later)


def planted(repetitions: int = 3, number: int = 300) -> None:
    """Precision and recall by words, over passages of all lengths and by their length."""
    prose = real_prose()
    vocabulary = [word for text in prose for word in text]
    untouched, natural = found_words(prose)
    share = sum(flags.sum() for flags in untouched) / len(vocabulary)
    print(f"as they are: {len(prose)} texts, {len(vocabulary)} words, {natural} passages, {share:.4f} of the words")
    sums = np.zeros(3)
    by_band = {band: np.zeros(2) for band in BANDS}
    for seed in range(repetitions):
        random = np.random.default_rng(seed)
        texts = [list(words) for words in prose]
        known = [list(flags) for flags in untouched]
        copies: list[list[int]] = [[0] * len(words) for words in prose]
        for _ in range(number):
            source, target = random.choice(len(prose), 2, replace=False)
            length = int(np.exp(random.uniform(np.log(SHORTEST), np.log(LONGEST + 1))))
            free = [
                s
                for s in random.integers(0, len(texts[source]) - length, 50)
                if not any(copies[source][s : s + length])
            ]
            at = int(random.integers(len(texts[target])))
            if not free or (at and copies[target][at - 1] and copies[target][at] == copies[target][at - 1]):
                continue
            start = int(free[0])
            copy = edited(texts[source][start : start + length], vocabulary, random)
            if min(length, len(copy)) < SHORTEST:
                continue
            copies[source][start : start + length] = [length] * length
            texts[target][at:at], known[target][at:at] = copy, [False] * len(copy)
            copies[target][at:at] = [length] * len(copy)
        flags, _ = found_words(texts)
        for found, true, before in zip(flags, copies, known, strict=True):
            lengths, fresh = np.array(true), ~np.array(before)
            sums += [(found & (lengths > 0) & fresh).sum(), (found & fresh).sum(), ((lengths > 0) & fresh).sum()]
            for low, high in BANDS:
                here = (lengths >= low) & (lengths <= high) & fresh
                by_band[low, high] += [(found & here).sum(), here.sum()]
    bands = ", ".join(f"{hit / all_:.3f} of {low} to {high} words" for (low, high), (hit, all_) in by_band.items())
    print(f"planted: precision {sums[0] / sums[1]:.4f}, recall {sums[0] / sums[2]:.4f} by words; recall {bands}")


def speed(number: int = 10_000, length: int = 850) -> None:
    """Seconds and memory for documents whose words follow one another as in real prose, each with a copy."""
    random = np.random.default_rng(3)
    words = np.array([word for text in real_prose() for word in text])
    codes, vocabulary = pd.factorize(words)
    after = np.argsort(codes[:-1], kind="stable") + 1
    first = np.searchsorted(codes[after - 1], np.arange(len(vocabulary)), side="left")
    ends = np.append(first[1:], len(after))
    now = codes[random.integers(0, len(words) - 1, number)]
    chain = np.empty((number, length), dtype=np.int64)
    for place in range(length):
        chain[:, place] = now
        choices = np.maximum(ends[now] - first[now], 1)
        now = codes[
            np.minimum(after[np.minimum(first[now] + random.integers(0, choices), len(after) - 1)], len(codes) - 1)
        ]
    texts = vocabulary[chain].astype(object)
    rows = []
    for place, text in enumerate(texts):
        source, start = texts[int(random.integers(number))], int(random.integers(length - 60))
        made = [*text, *edited(source[start : start + 60], words[:1000], random)]
        rows += [
            (f"d{place:05}", part, " ".join(made[at : at + 20]), "author")
            for part, at in enumerate(range(0, len(made), 20))
        ]
    frame = pd.DataFrame(rows, columns=["document", "sentence", "text", "voice"])
    begun, clock = time.process_time(), time.perf_counter()
    running = running_words(frame, frame[["document"]].drop_duplicates())
    read_in = time.process_time() - begun
    passages = copied_passages(running)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(
        f"{number} documents, {int((running.document >= 0).sum())} words, {len(passages.later)} passages: "
        f"{time.process_time() - begun:.1f} s of processor ({read_in:.1f} to read the words), "
        f"{time.perf_counter() - clock:.1f} s, {peak:.2f} GB at most"
    )


def assembled(
    own: Text, copies: Sequence[tuple[Text, bool]], random: np.random.Generator
) -> tuple[Sectioned, np.ndarray]:
    """Paragraphs of its own and others among them, in random order; and which sentences stand elsewhere first.

    Each of the others is given with whether it stands elsewhere first.
    """
    blocks = [(own.words[own.blocks == b], own.hits[own.blocks == b], False) for b in np.unique(own.blocks)]
    for text, again in copies:
        blocks += [(text.words[text.blocks == b], text.hits[text.blocks == b], again) for b in np.unique(text.blocks)]
    blocks = [blocks[place] for place in random.permutation(len(blocks))]
    lengths = [len(words) for words, _, _ in blocks]
    words, hits = (np.concatenate([block[part] for block in blocks]) for part in (0, 1))
    text = Text(words, hits, THEMES, np.repeat(np.arange(len(blocks)), lengths))
    copied = np.repeat([again for _, _, again in blocks], lengths)
    return Sectioned(text, text.blocks, np.full(len(words), "A")), copied


def marked(documents: Sequence[tuple[Sectioned, np.ndarray]], groups: Sequence[str] = ()) -> Tables:
    """The tables of documents, with a column that marks the sentences that stand elsewhere first."""
    study = tables([document for document, _ in documents], groups)
    copied = np.concatenate([flags for _, flags in documents])
    return replace(study, sentences=study.sentences.assign(copied=copied))


def called(study: Tables, unit: str) -> dict[str, list[bool]]:
    """For each way to count copies, which tests of this kind of unit have a p below 5 %."""
    found = {}
    for way in ("once", "everywhere"):
        testing = Testing(permutations=499, copied_passages=way)
        rows = document_differences(study, reference="d00000" if unit == "group" else None, testing=testing)
        found[way] = (rows[rows["unit"] == unit].dropna(subset="p")["p"] < 0.05).tolist()
    return found


def level(repetitions: int = 150, blocks: int = 20) -> None:
    """Differences called where nothing differs: paragraphs repeated in one text, in both texts, in all of a group."""
    passage = 4 * SENTENCES_A_BLOCK

    def own(base: np.ndarray, random: np.random.Generator, number: int = blocks) -> Text:
        return written(base, 1, number * SENTENCES_A_BLOCK, random)

    def repeated_in_one(base: np.ndarray, random: np.random.Generator) -> Tables:
        part = written(base, 1, passage, random)
        copies = [(part, False), *[(part, True)] * 4]
        return marked([assembled(own(base, random), copies, random), assembled(own(base, random), [], random)])

    def in_both(base: np.ndarray, random: np.random.Generator) -> Tables:
        part = written(base, 1, passage, random)
        return marked([assembled(own(base, random), [(part, again)], random) for again in (False, True)])

    def in_a_group(base: np.ndarray, random: np.random.Generator) -> Tables:
        part = written(base, 1, passage, random)
        with_copies = [assembled(own(base, random, 8), [(part, place > 0)], random) for place in range(8)]
        without = [assembled(own(base, random, 8), [], random) for _ in range(8)]
        return marked([*with_copies, *without], ["x"] * 8 + ["y"] * 8)

    def in_both_groups(base: np.ndarray, random: np.random.Generator) -> Tables:
        part = written(base, 1, passage, random)
        texts = [assembled(own(base, random, 8), [(part, place > 0)], random) for place in range(16)]
        return marked(texts, ["x", "y"] * 8)

    for name, unit, make in (
        ("four paragraphs five times in one of two texts", "document", repeated_in_one),
        ("four paragraphs in both of two texts", "document", in_both),
        ("four paragraphs in each text of one of two groups of eight", "group", in_a_group),
        ("four paragraphs in each text of both groups", "group", in_both_groups),
    ):
        random = np.random.default_rng(6)
        shares: dict[str, list[float]] = {"once": [], "everywhere": []}
        for _ in range(repetitions):
            for way, flags in called(make(rates(random), random), unit).items():
                shares[way] += [float(np.mean(flags))] if flags else []
        told = ", ".join(
            f"{np.mean(values):.3f} (se {np.std(values, ddof=1) / len(values) ** 0.5:.3f}) counted {way}"
            for way, values in shares.items()
        )
        print(f"{name}: called different {told}", flush=True)


def main() -> None:
    """Run the parts asked for, or all of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", default=[], help="planted, speed, level")
    options = parser.parse_args()
    measures = {"planted": planted, "speed": speed, "level": level}
    for part in options.parts or measures:
        measures[part]()


if __name__ == "__main__":
    main()
