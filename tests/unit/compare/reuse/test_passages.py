"""Copied passages: planted copies are found where they stand, and names, quotations and chance are not."""

from collections.abc import Mapping
from dataclasses import astuple

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framescope.compare.reuse import passages, seeds
from framescope.compare.reuse.extension import extend, repetitions
from framescope.compare.reuse.passages import copied_passages, own_words
from framescope.compare.reuse.running_words import order_of_documents, running_words
from framescope.compare.reuse.seeds import SEED_WORDS, find_seeds, same_words
from framescope.compare.reuse.tables import reuse_tables
from framescope.words import WORD

PASSAGE = "the ministry will publish a yearly account of what was spent on roads and bridges in every district"


def sentences_of(texts: Mapping[str, list[str]]) -> pd.DataFrame:
    """A table of sentences, each a paragraph of its own."""
    rows = [
        (document, "01", number, number, 0, sentence, "author")
        for document, sentences in texts.items()
        for number, sentence in enumerate(sentences, start=1)
    ]
    return pd.DataFrame(rows, columns=["document", "section", "paragraph", "sentence", "start", "text", "voice"])


def documents_of(texts: Mapping[str, list[str]], **published: str) -> pd.DataFrame:
    return pd.DataFrame({"document": list(texts), "published": [published.get(name, "") for name in texts]})


def reuse_of(texts: Mapping[str, list[str]], **published: str) -> dict[str, pd.DataFrame]:
    return reuse_tables(sentences_of(texts), documents_of(texts, **published))


def rows_of(texts: Mapping[str, list[str]], **published: str) -> list[tuple[str, str, str, str]]:
    reuse = reuse_of(texts, **published)["reuse"]
    return reuse[["first_document", "first_text", "document", "text"]].to_records(index=False).tolist()


def test_a_passage_that_two_texts_share_is_listed_with_the_text_that_has_it_first():
    texts = {"b": [f"Rain fell; {PASSAGE}, as all know."], "a": [f"We say that {PASSAGE} from now on."]}
    assert rows_of(texts) == [("a", PASSAGE, "b", PASSAGE)]


def test_the_first_text_is_the_earliest_by_date_and_one_without_a_date_comes_last():
    texts = {"a": [PASSAGE], "b": [PASSAGE], "c": [PASSAGE]}
    assert [row[::2] for row in rows_of(texts, b="1999", c="2005-01-02")] == [("b", "c"), ("b", "a")]
    assert order_of_documents(documents_of(texts, b="1999", c="2005-01-02")) == ["b", "c", "a"]


def test_a_passage_is_found_with_words_substituted_deleted_and_inserted():
    edited = "the ministry shall publish a full yearly account of what was spent on bridges in every district"
    (row,) = reuse_of({"a": [PASSAGE], "b": [edited]})["reuse"].to_dict("records")
    assert (row["text"], row["words"], row["first_words"]) == (edited, 17, 18)
    assert row["equal_words"] == 15
    assert row["alike"] == pytest.approx(15 / 18)


def test_a_passage_runs_on_over_sentences_and_paragraphs_and_its_place_is_in_characters_of_the_paragraph():
    sentences = [
        "Much was said before this.",
        "Roads and bridges need care in every district.",
        "We shall see to it now.",
    ]
    (row,) = reuse_of({"a": sentences, "b": ["Well: roads and bridges need care in every district.", sentences[2]]})[
        "reuse"
    ].to_dict("records")
    assert (row["sentence"], row["last_sentence"], row["start"], row["end"]) == (1, 2, 6, 22)
    assert (row["first_sentence"], row["first_last_sentence"], row["first_start"], row["first_end"]) == (2, 3, 0, 22)


def test_a_passage_repeated_inside_one_text_is_found_and_counts_as_repeated_and_not_as_copied():
    filler = "Much else was said that day about rain and wind."
    tables = reuse_of({"a": [PASSAGE, filler, PASSAGE]})
    assert tables["reuse"][["first_sentence", "sentence"]].to_numpy().tolist() == [[1, 3]]
    (row,) = tables["reuse_by_document"].to_dict("records")
    assert (row["repeated_words"], row["copied_words"], row["elsewhere_words"]) == (18, 0, 0)


def test_fewer_than_twelve_words_are_no_passage():
    eleven = " ".join(PASSAGE.split()[:11])
    assert rows_of({"a": [eleven], "b": [eleven]}) == []
    twelve = " ".join(PASSAGE.split()[:12])
    assert len(rows_of({"a": [twelve], "b": [twelve]})) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Convention on the Prohibition of the Development and Stockpiling of Toxin Weapons and on Their Use Abroad",
        "Minister Anna Maria Lind, Minister Karl Peter Holm, Minister Eva Ruth Berg and Minister Jan Olaf Falk",
        "“the strong do what they can and the weak suffer what they must, now as ever”",
    ],
)
def test_names_titles_and_quotations_are_no_passage(text):
    assert rows_of({"a": [f"Today {text} is old."], "b": [f"Nobody recalls {text} there."]}) == []


def test_words_of_names_and_quotations_are_not_the_authors_own():
    text = "The Treaty on the Non-Proliferation of Arms says “no more” and I agree"
    assert own_words(text, "author") == [*[False] * 8, True, False, False, True, True, True]
    assert not any(own_words(text, "quoted"))


def test_no_passage_runs_from_one_document_into_the_next():
    words = PASSAGE.split()
    texts = {"a": [" ".join(words[:9])], "b": [" ".join(words[9:])], "c": [PASSAGE]}
    assert rows_of(texts) == []


def test_the_summary_of_a_document_says_how_much_is_copied_and_from_where_most():
    other = "all who live by the river know how quickly the water comes in a wet spring"
    texts = {"a": [PASSAGE], "b": [other], "c": [PASSAGE, other, "Nothing more is said here."]}
    table = reuse_of(texts)["reuse_by_document"].set_index("document")
    assert table.loc["c", ["words", "copied_words", "most_from", "most_from_words"]].tolist() == [39, 34, "a", 18]
    assert table.loc["c", "copied_share"] == pytest.approx(34 / 39)
    assert table.loc["a", ["copied_words", "elsewhere_words", "most_from"]].tolist() == [0, 18, ""]


def test_a_sentence_is_copied_if_at_least_half_of_its_words_are():
    long = (
        f"{PASSAGE} and this is what everybody who was there that day has heard from him more than once or twice today"
    )
    texts = {"a": [PASSAGE], "b": [f"Now {PASSAGE}.", long]}
    copied = reuse_of(texts)["copied_sentences"]
    assert copied[["document", "sentence", "copied_words"]].to_numpy().tolist() == [["b", 1, 18]]


def test_a_study_without_sentences_has_no_passages():
    tables = reuse_of({})
    assert {name: len(table) for name, table in tables.items()} == {
        "reuse": 0,
        "reuse_by_document": 0,
        "copied_sentences": 0,
    }


@given(st.lists(st.integers(0, 3), max_size=60), st.integers(1, 12))
def test_seeds_are_the_runs_of_equal_words_that_a_reader_finds(words, distance):
    codes = np.array([*words, *range(-1, -9, -1)], dtype=np.int32)
    found = find_seeds(same_words(codes), np.arange(len(words)), distance)
    covered = {
        (int(a) + step, int(b) + step)
        for a, b, length in zip(*found, strict=True)
        for step in range(int(length) - SEED_WORDS + 1)
    }
    places = range(len(words) - SEED_WORDS + 1)
    same = {(a, b) for b in places for a in places[:b] if words[a : a + SEED_WORDS] == words[b : b + SEED_WORDS]}
    firsts = {b: [a for a in places[:b] if (a, b) in same][:8] for b in places}
    assert covered == {(a, b) for b, earlier in firsts.items() for a in earlier if b - a >= distance}


@given(st.lists(st.lists(st.integers(0, 2), max_size=60), max_size=6))
def test_passages_do_not_depend_on_how_many_words_are_compared_together(documents):
    texts = {f"{number}": [" ".join(f"w{word}" for word in words)] for number, words in enumerate(documents)}
    words = running_words(sentences_of(texts), documents_of(texts))
    together = astuple(copied_passages(words)), same_words(words.codes)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passages, "AT_ONCE", 50)
        patch.setattr(seeds, "PLACES_AT_ONCE", 10)
        for found, expected in zip((astuple(copied_passages(words)), same_words(words.codes)), together, strict=True):
            np.testing.assert_equal([*found], [*expected])


def scores(first: list[int], second: list[int]) -> list[list[tuple[int, int]]]:
    """The best alignment of each two beginnings: equal words less edits, and equal words."""
    table = [[(-n, 0) for n in range(len(second) + 1)]]
    for row, own in enumerate(first):
        before, now = table[-1], [(-row - 1, 0)]
        for column, other in enumerate(second):
            score, equal = before[column]
            diagonal = (score + 1, equal + 1) if own == other else (score - 1, equal)
            steps = [(score - 1, equal) for score, equal in (before[column + 1], now[column])]
            now.append(max(diagonal, *steps))
        table.append(now)
    return table


EDITS = st.lists(st.tuples(st.integers(0, 79), st.sampled_from(["substitute", "delete", "insert"])), max_size=5)


@given(EDITS)
def test_an_extension_has_the_score_of_the_best_alignment(edits):
    words = list(range(100, 180))
    edited = list(words)
    for number, (place, edit) in enumerate(edits):
        new = 1000 + number
        edited[place : place + 1] = {
            "substitute": [new],
            "delete": [],
            "insert": [*edited[place : place + 1], new],
        }[edit]
    none = [-1 - number for number in range(120)]
    codes = np.array([*none[:40], *words, *none[40:80], *edited, *none[80:]], dtype=np.int32)
    starts = [np.array([place]) for place in (40, 80 + len(words))]
    found = extend(codes, repetitions(codes), *starts, step=1, between=np.array([40 + len(words)]))
    first, second = words[: int(found.earlier[0])], edited[: int(found.later[0])]
    best = max(score for row in scores(words, edited) for score in row)
    assert scores(first, second)[-1][-1] == best
    assert int(found.equal[0]) == best[1]


@settings(max_examples=25)
@given(st.integers(0, 2**32 - 1), st.sampled_from([2, 3, 8, 300]), st.integers(0, 12), st.sampled_from([1, -1]))
def test_an_extension_past_long_runs_is_the_one_word_by_word(seed, vocabulary, edits, step):
    random = np.random.default_rng(seed)
    words = random.integers(0, vocabulary, 320).tolist()
    # A stretch of some texts repeats itself every few words.
    stretch = slice(100, 100 + int(random.choice([0, 100, 220])))
    words[stretch] = np.resize(words[100 : 101 + seed % 12], stretch.stop - 100).tolist()
    copy = list(words)
    for place in random.integers(0, len(words) - 5, edits):
        copy[place : place + int(random.integers(0, 5))] = random.integers(0, vocabulary, random.integers(0, 5))
    none = [-1 - number for number in range(120)]
    codes = np.array([*none[:40], *words, *none[40:80], *copy, *none[80:]], dtype=np.int32)
    earlier = 40 + random.integers(0, len(words), 40)
    later = np.minimum(earlier + len(words) + 40 + random.integers(-7, 8, 40), len(codes) - 41)
    between = later - earlier - random.integers(0, 2, 40) * random.integers(0, len(words), 40)
    # As if all words were repetitions, so that none are passed at once.
    word_by_word = extend(codes, np.ones(len(codes), dtype=bool), earlier, later, step, between)
    for found, expected in zip(
        extend(codes, repetitions(codes), earlier, later, step, between), word_by_word, strict=True
    ):
        assert found.tolist() == expected.tolist()


@given(st.lists(st.integers(0, 2), min_size=20, max_size=60))
def test_repetitions_are_five_words_that_stand_again_at_most_ten_words_away(words):
    codes = np.array([*words, *range(-1, -41, -1)], dtype=np.int32)
    repeated = {
        place + step
        for place in range(len(words))
        for distance in range(1, 11)
        if codes[place : place + 5].tolist() == codes[place + distance : place + distance + 5].tolist()
        for step in range(distance + 5)
    }
    assert set(np.flatnonzero(repetitions(codes)).tolist()) == repeated


@given(st.lists(st.text(st.sampled_from(list("aS.1,’'-é\n\u0301 ")), max_size=12), max_size=5))
def test_running_words_are_the_words_of_each_sentence(sentences):
    words = running_words(sentences_of({"a": sentences}), documents_of({"a": sentences}))
    found = [word.lower().replace("’", "'") for sentence in sentences for word in WORD.findall(sentence)]
    codes = words.codes[words.document >= 0].tolist()
    assert len(codes) == len(found)
    assert len({*zip(codes, found, strict=True)}) == len({*codes}) == len({*found})
    lengths = [len(WORD.findall(sentence)) for sentence in sentences]
    assert (words.starts - 32).tolist() == [sum(lengths[:number]) for number in range(len(lengths))]


@given(st.integers(12, 30), st.integers(2, 6), st.lists(st.integers(0, 179), max_size=6))
def test_a_passage_does_not_overlap_its_own_repetition(period, times, edited):
    words = [f"w{number}" for number in range(period)] * times
    for number in edited:
        words[number % len(words)] = f"changed{number}"
    texts = {"a": [" ".join(words)]}
    passages = copied_passages(running_words(sentences_of(texts), documents_of(texts)))
    assert (passages.earlier_end <= passages.later).all()
    assert (passages.equal <= passages.later_end - passages.later).all()


@given(st.integers(13, 60), st.data())
def test_a_planted_copy_with_an_edited_word_is_found_with_all_of_its_words(length, data):
    copy = [f"w{number}" for number in range(length)]
    place = data.draw(st.integers(5, length - 6))
    copy[place] = "changed"
    around = [[f"{side}{number}" for number in range(20)] for side in "abcd"]
    original = [f"w{number}" for number in range(length)]
    texts = {
        "a": [" ".join([*around[0], *original, *around[1]])],
        "b": [" ".join([*around[2], *copy, *around[3]])],
    }
    words = running_words(sentences_of(texts), documents_of(texts))
    passages = copied_passages(words)
    assert passages.later_end - passages.later == length
    assert passages.equal == length - 1
