"""Hyphens at line ends."""

import time

import pytest

from framescope.extract.pages.hyphens import Vocabulary, cut_word, join
from framescope.extract.pages.lines import Line, mark

PRINTED = [
    "well-known counter-smuggling patrols and other long-term work",
    "harbour tolls of economic use to a self made",
    "man",
]


def joined(*texts: str, known: list[str] = PRINTED) -> str:
    lines = [Line(text) for text in texts]
    return join(lines, Vocabulary.of([*map(Line, known), *lines]))


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (("counter-", "smuggling"), "counter-smuggling"),
        (("eco-", "nomic"), "economic"),
        (("har-", "bour"), "harbour"),
        (("Anglo-", "American"), "Anglo-American"),
        (("1947-", "48"), "1947-48"),
        (("vis-\u00e0-", "vis"), "vis-\u00e0-vis"),
        (("self-", "made"), "self-made"),
        (("short-", "term work"), "short-term work"),
        (("state-of-", "the-art"), "state-of-the-art"),
        (("soft\u00ad", "ened"), "softened"),
        (("a dash \u2013", "and more"), "a dash \u2013 and more"),
        (("see https://example.org/a/long-", "path.html for it"), "see https://example.org/a/long-path.html for it"),
    ],
)
def test_a_hyphen_is_kept_or_dropped_as_the_documents_words_say(lines: tuple[str, str], text: str) -> None:
    assert joined(*lines, known=[*PRINTED, "short notes of the state", "har-", "bour", "eco-", "nomic"]) == text


def test_a_hyphen_before_a_capital_is_kept_though_the_document_prints_the_word_without_it() -> None:
    lines = [Line("Trade with South-"), Line("East Asia grew")]
    assert join(lines, Vocabulary.of([Line("In Southeast Asia"), *lines])) == "Trade with South-East Asia grew"


def test_a_document_that_breaks_no_words_keeps_all_its_hyphens() -> None:
    kept = ["counter-", "smuggling", "well-", "known", "long-", "term"]
    assert joined("inborn-", "insecure", known=[*PRINTED, *kept]) == "inborn-insecure"


def test_markers_stay_where_they_stand() -> None:
    assert joined(f"tolls.{mark('1')}", "Harbour") == f"tolls.{mark('1')} Harbour"


def test_a_word_of_many_letters_takes_no_longer_a_letter_than_a_short_one() -> None:
    """What a line ends with is found in time proportional to its length: by place in the text, not by trying each."""
    times = []
    for length in (20_000, 200_000):
        lines = [Line("a" * length + end) for end in ("", "-", "-b-")] * 2
        start = time.process_time()
        join(lines, Vocabulary.of(lines))
        times.append(time.process_time() - start)
    assert times[1] < 50 * max(times[0], 0.005)


def test_the_cut_word_is_the_whole_compound_before_the_hyphen() -> None:
    assert [cut_word(text) for text in ("a counter-smug-", "x (al\u00adone\u00ad", "--", "end.", "")] == [
        *("counter-smug", "one", None, None, None)
    ]
