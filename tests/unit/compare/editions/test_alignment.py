"""Alignment of editions: every paragraph is accounted for once, and what was made of it is called what it is."""

from hypothesis import given
from hypothesis import strategies as st

from framescope.compare.editions.alignment import Paragraph, align_editions, align_paragraphs, longest_rising

TOPICS = ("harbour", "railway", "winter", "school", "forest", "market", "island", "bridge", "orchard", "garden")


def paragraph(number: int, section: int = 0) -> Paragraph:
    topic = TOPICS[number % len(TOPICS)]
    return Paragraph(section, f"The {topic} of town {number} has to be looked after by those who use the {topic} most.")


@given(st.permutations(range(8)), st.sets(st.integers(0, 7), max_size=4))
def test_paragraphs_in_any_order_are_paired_with_themselves_and_only_those_out_of_order_moved(order, dropped):
    old = [paragraph(number) for number in range(8)]
    kept = [number for number in order if number not in dropped]
    pairs = align_paragraphs(old, [paragraph(number) for number in kept])
    assert [(pair.old, kept[pair.new]) for pair in pairs] == [(number, number) for number in kept]
    stayed = [pair.old for pair in pairs if not pair.moved]
    assert stayed == sorted(stayed)
    assert len(stayed) == len(longest_rising(kept))


@given(st.lists(st.integers(0, 30), unique=True, max_size=9))
def test_no_rising_series_is_longer(numbers):
    places = longest_rising(numbers)
    assert [numbers[place] for place in places] == sorted(numbers[place] for place in places)
    lengths = [1] * len(numbers)
    for last in range(len(numbers)):
        lengths[last] += max((lengths[n] for n in range(last) if numbers[n] < numbers[last]), default=0)
    assert len(places) == max(lengths, default=0)


@given(st.lists(st.text("ab cd.", max_size=12), max_size=6), st.lists(st.text("ab cd.", max_size=12), max_size=6))
def test_each_paragraph_is_in_one_pair_at_most_and_pairs_are_in_the_order_of_the_new_edition(first, second):
    pairs = align_paragraphs([Paragraph(0, text) for text in first], [Paragraph(0, text) for text in second])
    assert len({pair.old for pair in pairs}) == len(pairs)
    assert [pair.new for pair in pairs] == sorted({pair.new for pair in pairs})
    assert all(0.4 <= pair.alike <= 1 for pair in pairs)


def test_of_paragraphs_with_the_same_words_the_one_at_the_same_place_is_paired():
    same = Paragraph(0, "Nothing is decided yet.")
    pairs = align_paragraphs([same, paragraph(1), same], [same, paragraph(1), same])
    assert [(pair.old, pair.new, pair.moved) for pair in pairs] == [(0, 0, False), (1, 1, False), (2, 2, False)]


def test_a_paragraph_without_much_in_common_is_another_paragraph():
    assert align_paragraphs([paragraph(1)], [Paragraph(0, "Our ships sail at dawn, and nobody knows where to.")]) == []


def test_sections_are_the_same_by_their_paragraphs_under_another_title_and_by_their_title_with_other_paragraphs():
    old = [paragraph(0, 0), paragraph(1, 0), paragraph(2, 1)]
    new = [paragraph(9, 0), paragraph(0, 1), paragraph(1, 1)]
    _, sections = align_editions(old, new, (["1. The coast", "2. Trade and work"], ["1. Trade and work", "2. Our sea"]))
    assert sections == [(0, 1), (1, 0)]


def test_a_section_with_other_paragraphs_and_another_title_is_another_section():
    pairs, sections = align_editions([paragraph(0)], [Paragraph(0, "Ships sail at dawn.")], (["Coast"], ["Labour"]))
    assert (pairs, sections) == ([], [])


def test_a_paragraph_in_another_section_than_its_own_has_moved_though_the_order_is_the_same():
    old = [paragraph(n, 0) for n in range(3)] + [paragraph(n, 1) for n in (3, 4)]
    new = [paragraph(n, 0) for n in range(2)] + [paragraph(n, 1) for n in (2, 3, 4)]
    pairs, sections = align_editions(old, new, (["Coast", "Labour"], ["Coast", "Labour"]))
    assert sections == [(0, 0), (1, 1)]
    assert [pair.old for pair in pairs if pair.moved] == [2]


def test_an_empty_edition_has_nothing_in_common_with_another():
    assert align_editions([], [paragraph(1)], ([], ["Coast"])) == ([], [])
    assert align_editions([], [], ([], [])) == ([], [])
