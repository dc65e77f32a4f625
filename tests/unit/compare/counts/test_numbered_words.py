from __future__ import annotations

import numpy as np
import pytest

from framescope.compare.counts.numbered_words import numbered_words
from framescope.words import WORD


def test_words_have_one_number_if_they_are_equal_in_small_letters_and_texts_have_all_of_theirs() -> None:
    random = np.random.default_rng(1)
    texts = ["".join(random.choice(list("aAbİé1.,'’s- \n\u0301"), 40)) for _ in range(500)]
    lengths, numbers = numbered_words([*texts, ""])
    words = [[word.lower() for word in WORD.findall(text)] for text in texts]
    assert lengths.tolist() == [*map(len, words), 0]
    plain = [word for of_text in words for word in of_text]
    assert len(set(zip(plain, numbers.tolist(), strict=True))) == len(set(plain)) == numbers.max() + 1


def test_words_have_the_same_numbers_however_many_texts_are_read_together(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["Rain fell, rain stopped", "", "It fell again", "Again: rain"]
    together = numbered_words(texts)
    monkeypatch.setattr("framescope.compare.counts.numbered_words.TEXTS_AT_ONCE", 1)
    assert [part.tolist() for part in numbered_words(texts)] == [part.tolist() for part in together]


def test_no_texts_have_no_words() -> None:
    assert [part.tolist() for part in numbered_words([])] == [[], []]
