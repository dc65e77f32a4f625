from hypothesis import given
from hypothesis import strategies as st

from framescope.batches import batches, estimated_words

sizes = st.dictionaries(st.text(min_size=1, max_size=8), st.integers(0, 60_000), min_size=1, max_size=300)


@given(sizes)
def test_every_document_is_in_exactly_one_batch(words: dict[str, int]) -> None:
    found = [document for members in batches(words).values() for document in members]
    assert sorted(found) == sorted(words)


@given(sizes)
def test_batches_keep_to_their_limits_unless_a_document_alone_is_larger(words: dict[str, int]) -> None:
    for members in batches(words).values():
        assert len(members) == 1 or (len(members) <= 64 and sum(words[d] for d in members) <= 100_000)


@given(sizes, st.randoms())
def test_the_order_of_documents_does_not_matter(words: dict[str, int], random) -> None:
    shuffled = list(words.items())
    random.shuffle(shuffled)
    assert batches(dict(shuffled)) == batches(words)


@given(sizes, st.text(min_size=1, max_size=8))
def test_adding_a_document_changes_no_batch_but_its_own(words: dict[str, int], added: str) -> None:
    before, after = batches(words), batches({**words, added: words.get(added, 10)})
    # A study too small to fill both halves of the bits is split where it can be, which may move with a new document.
    if {name[0] for name in before} == {"0", "1"}:
        changed = {d for name, members in before.items() if after.get(name) != members for d in members}
        own = next(members for members in before.values() if set(members) <= changed) if changed else []
        assert changed == set(own)


@given(sizes, st.integers(1, 64), st.integers(1, 100_000))
def test_documents_follow_each_other_in_one_order_whatever_the_bounds(words, largest: int, most_words: int) -> None:
    in_order = [document for members in batches(words).values() for document in members]
    assert [d for members in batches(words, largest, most_words).values() for d in members] == in_order


def test_batches_grow_with_the_study_so_that_there_are_never_many() -> None:
    for documents, most in ((1_000, 32), (2_000, 32), (20_000, 40), (200_000, 100)):
        grown = batches({f"text-{number}": 800 for number in range(documents)})
        assert 10 < len(grown) <= most


def test_a_document_added_beside_thousands_changes_no_batch_but_its_own() -> None:
    words = {f"text-{number}": 800 for number in range(3_000)}
    before, after = batches(words), batches({**words, "added": 800})
    assert len([name for name in before if after.get(name) != before[name]]) == 1


@given(sizes)
def test_two_documents_or_more_make_two_batches_or_more(words: dict[str, int]) -> None:
    assert len(batches(words)) >= min(2, len(words))


def test_words_are_estimated_from_size_and_format() -> None:
    assert estimated_words("raw/a.txt", 600) == 100
    assert estimated_words("raw/a.pdf", 6000) < estimated_words("raw/a.txt", 6000)
