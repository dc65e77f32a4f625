"""Measure the alignment of editions: python benchmarks/editions.py [--repetitions N]

New editions of the texts of the sample study are made with a seed: sections are renamed, moved, dropped, and added
from another text; paragraphs are dropped, added, moved within the text, and edited (5 to 30 % of their words). Prints
F1 of the aligned sections and of the aligned paragraphs, and for each change the share that is called so. A
paragraph that was put back where it had been has not moved.
"""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import dataclass

from fake_sections import HERE
from reuse import edited

# fake_sections sets what numpy reads when it is imported, so it comes first.
import numpy as np  # isort: skip

from framescope.compare.editions.alignment import Paragraph, align_editions
from framescope.compare.editions.tables import ADDED, DROPPED, MOVED, change_of
from framescope.extract.reading import read

WORDS = ("New", "Common", "Wider", "Next", "Regional", "Open", "Shared", "Early")


@dataclass
class Made:
    """A paragraph of a new edition: its text, and the number of the old paragraph or none; and whether it was moved."""

    text: str
    old: int | None
    moved: bool = False


@dataclass
class Section:
    """A section of a new edition: its title, the number of the old one or none, and its paragraphs."""

    title: str
    old: int | None
    paragraphs: list[Made]


def sample() -> list[list[tuple[str, list[str]]]]:
    """The texts of the sample study, as sections of a title and paragraphs."""
    documents = [read(path) for path in sorted((HERE.parent / "raw").iterdir())]
    return [[(s.title or "", [p.text for p in s.paragraphs]) for s in d.sections if s.paragraphs] for d in documents]


def new_edition(
    text: list[tuple[str, list[str]]], other: list[tuple[str, list[str]]], random: np.random.Generator
) -> list[Section]:
    """The next edition of a text, with sections and paragraphs of another."""
    vocabulary = [word for _, paragraphs in other for paragraph in paragraphs for word in paragraph.split()]
    strangers = [paragraph for _, paragraphs in other for paragraph in paragraphs]
    made: list[Section] = []
    number = 0
    for place, (title, paragraphs) in enumerate(text):
        numbered = [(number + n, paragraph) for n, paragraph in enumerate(paragraphs)]
        number += len(paragraphs)
        if random.random() < 0.1:
            continue
        own = [Made(_edited(p, vocabulary, random), n) for n, p in numbered if random.random() > 0.15]
        for at in range(len(own), -1, -1):
            if random.random() < 0.15:
                own.insert(at, Made(strangers[int(random.integers(len(strangers)))], None))
        renamed = f"{title} {WORDS[int(random.integers(len(WORDS)))]}" if random.random() < 0.3 else title
        made.append(Section(renamed, place, own))
    if random.random() < 0.5:
        title, paragraphs = other[int(random.integers(len(other)))]
        made.insert(int(random.integers(len(made) + 1)), Section(title, None, [Made(p, None) for p in paragraphs]))
    if len(made) > 3 and random.random() < 0.3:
        moved = made.pop(int(random.integers(len(made))))
        for paragraph in moved.paragraphs:
            paragraph.moved = paragraph.old is not None
        made.insert(int(random.integers(len(made) + 1)), moved)
    for section in made:
        for paragraph in [p for p in section.paragraphs if p.old is not None and random.random() < 0.05]:
            section.paragraphs.remove(paragraph)
            target = made[int(random.integers(len(made)))]
            paragraph.moved = True
            target.paragraphs.insert(int(random.integers(len(target.paragraphs) + 1)), paragraph)
    return [section for section in made if section.paragraphs]


def _edited(paragraph: str, vocabulary: list[str], random: np.random.Generator) -> str:
    if random.random() < 0.4:
        return paragraph
    return " ".join(edited(paragraph.split(), vocabulary, random, float(random.uniform(0.05, 0.3))))


def measure(repetitions: int = 60) -> None:
    """F1 of sections and paragraphs over all texts and repetitions, and how often each change is called what it is."""
    sections, paragraphs, changes = Counter[str](), Counter[str](), Counter[tuple[str, str]]()
    texts = sample()
    for seed in range(repetitions):
        random = np.random.default_rng(seed)
        for place, text in enumerate(texts):
            made = new_edition(text, texts[(place + 1 + int(random.integers(len(texts) - 1))) % len(texts)], random)
            old = [Paragraph(n, p) for n, (_, own) in enumerate(text) for p in own]
            flat = [(n, p) for n, section in enumerate(made) for p in section.paragraphs]
            new = [Paragraph(n, p.text) for n, p in flat]
            titles = [title for title, _ in text], [section.title for section in made]
            pairs, aligned = align_editions(old, new, titles)
            true = {(p.old, n) for n, (_, p) in enumerate(flat) if p.old is not None}
            _count(paragraphs, {(pair.old, pair.new) for pair in pairs}, true)
            same = {(section.old, n) for n, section in enumerate(made) if section.old is not None}
            _count(sections, set(aligned), same)
            found = {pair.new: change_of(pair, old[pair.old], new[pair.new]) for pair in pairs}
            for n, (section, p) in enumerate(flat):
                passed = passed_by(n, flat)
                elsewhere = p.old is not None and made[section].old != old[p.old].section
                kept = p.old is not None and new[n].words == old[p.old].words
                gone = p.moved and bool(passed or elsewhere)
                real = ADDED if p.old is None else MOVED if gone else "kept" if kept else "edited"
                changes[real, found.get(n, ADDED)] += 1
            there = {p.old for _, p in flat}
            for n in set(range(len(old))) - there:
                changes[DROPPED, "still there" if n in {pair.old for pair in pairs} else DROPPED] += 1
    print(
        f"{repetitions * len(texts)} editions: F1 of sections {_f1(sections):.4f}, of paragraphs {_f1(paragraphs):.4f}"
    )
    for real in dict.fromkeys(real for real, _ in sorted(changes)):
        row = {called: n for (own, called), n in sorted(changes.items()) if own == real}
        print(f"{real}: {row[real] / sum(row.values()):.3f} of {sum(row.values())} called so; {row}")


def passed_by(place: int, flat: list[tuple[int, Made]]) -> set[int]:
    """The paragraphs of a new edition that stand on the other side of this one than in the old."""
    own = flat[place][1].old
    return {
        n
        for n, (_, p) in enumerate(flat)
        if p.old is not None and own is not None and (n < place) != (p.old < own) and n != place
    }


def _count(counter: Counter[str], found: set[tuple[int, int]], true: set[tuple[int | None, int]]) -> None:
    counter.update(right=len(found & true), found=len(found), true=len(true))


def _f1(counter: Counter[str]) -> float:
    return 2 * counter["right"] / (counter["found"] + counter["true"])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repetitions", type=int, default=60)
    measure(parser.parse_args().repetitions)
