"""Count the sentences lost in plain texts of unusual shapes: python -m benchmarks.odd_texts

Litanies, resolutions, transcripts, lists, verse, numbered paragraphs, refrains at the ends of pages, and pages of a
few lines are made from a seed. The sentences of each are known. A row for each shape:

    texts          number of texts made
    lost           words that are in no section, note or list of what was left out, per 1,000
    in body        share of the sentences that are whole within the paragraphs of the body
    elsewhere      where the others are, with their share

    python -m benchmarks.odd_texts --seeds 40 --shape verse --show    prints the sentences outside the body
"""

from __future__ import annotations

import argparse
from collections import Counter

from benchmarks.odd_texts.made import COMBINED, made
from benchmarks.odd_texts.places import lost_words, places, reading
from benchmarks.odd_texts.writer import SHAPES

from framescope.words import count_words


def main() -> None:
    parser = argparse.ArgumentParser(description="Count the sentences lost in plain texts of odd shapes.")
    parser.add_argument("--seeds", type=int, default=20, help="texts of each shape")
    parser.add_argument("--shape", choices=[*SHAPES, *COMBINED], action="append", help="only this shape")
    parser.add_argument("--show", action="store_true", help="print the sentences outside the body")
    options = parser.parse_args()
    print("| shape | texts | lost | in body | elsewhere |\n| --- | --- | --- | --- | --- |")
    for shape in options.shape or [*SHAPES, *COMBINED]:
        lost = total = 0
        where: Counter[str] = Counter()
        for seed in range(options.seeds):
            odd = made(shape, seed)
            content = reading(odd)
            gone = lost_words(odd.text, content)
            lost, total = lost + gone.total(), total + count_words(odd.text)
            found = places(odd, content)
            where.update(found)
            if options.show:
                for sentence, place in zip(odd.sentences, found, strict=True):
                    if place != "body":
                        print(f"{seed} {place}: {sentence[:100]}")
                if gone:
                    print(f"{seed} lost: {dict(gone.most_common(8))}")
        body = where.pop("body", 0)
        every = body + where.total()
        rest = ", ".join(f"{kind} {number / every:.3f}" for kind, number in where.most_common())
        print(f"| {shape} | {options.seeds} | {1000 * lost / total:.1f} | {body / every:.3f} | {rest} |", flush=True)


if __name__ == "__main__":
    main()
