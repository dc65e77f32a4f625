"""Set phrases and the hits in their repetitions."""

from __future__ import annotations

from collections import defaultdict

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from framescope.compare.robust.set_phrases import set_phrases, set_phrases_once
from framescope.words import word_spans


def phrase_tables(texts: list[str], word: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    starts = [100 * i for i in range(len(texts))]
    sentences = pd.DataFrame(
        {"document": "a", "sentence": range(1, len(texts) + 1), "start": starts, "end": 0, "text": texts}
    )
    at = [text.index(word) + start for text, start in zip(texts, starts, strict=True)]
    hits = sentences[["document", "sentence"]].assign(start=at, end=[a + len(word) for a in at])
    return sentences, hits


def test_a_phrase_of_four_words_said_three_times_counts_once():
    said = ["Peace through collective armed strength prevails", "Collective armed strength prevails again"]
    sentences, hits = phrase_tables([*said, "Now collective armed strength prevails"], "armed")
    assert set_phrases_once(sentences, hits, set_phrases([sentences]))["sentence"].tolist() == [1]


def test_a_phrase_said_twice_or_a_hit_outside_it_is_left_alone():
    said = ["Collective armed strength prevails", "Collective armed strength prevails", "An armed camp"]
    sentences, hits = phrase_tables(said, "armed")
    assert set_phrases_once(sentences, hits, set_phrases([sentences]))["sentence"].tolist() == [1, 2, 3]


def test_a_repetition_does_not_count_if_its_sentence_is_left_out():
    sentences, hits = phrase_tables(["Collective armed strength prevails"] * 4, "armed")
    phrases = set_phrases([sentences])
    assert set_phrases_once(sentences[1:], hits[1:], phrases)["sentence"].tolist() == [2]
    assert set_phrases_once(sentences[2:], hits[2:], phrases)["sentence"].tolist() == [3, 4]


def said(sentences: pd.DataFrame) -> list[tuple[int, int, int]]:
    """The place of each phrase of four words that its document has thrice: sentence, start and end."""
    found = defaultdict(list)
    for _, row in sentences.iterrows():
        spans = word_spans(row["text"])
        for four in zip(spans, spans[1:], spans[2:], spans[3:], strict=False):
            words = tuple(row["text"][start:end].lower() for start, end in four)
            found[row["document"], words].append(
                (row["sentence"], row["start"] + four[0][0], row["start"] + four[-1][1])
            )
    return sorted(place for places in found.values() if len(places) >= 3 for place in places)


@given(st.lists(st.tuples(st.sampled_from("ab"), st.text(alphabet="xXy  '.é-", max_size=30)), max_size=12))
def test_set_phrases_are_those_of_a_plain_search_however_many_documents_are_read_at_a_time(texts):
    sentences = pd.DataFrame(texts, columns=["document", "text"]).astype("str")
    sentences = sentences.assign(sentence=range(len(texts)), start=range(0, 50 * len(texts), 50))
    for parts in ([sentences], [sentences[sentences["document"] == document] for document in "ab"]):
        phrases = set_phrases(parts)
        assert sorted(phrases[["sentence", "from_", "to"]].itertuples(index=False, name=None)) == said(sentences)
        assert phrases.groupby("phrase").size().ge(3).all()
