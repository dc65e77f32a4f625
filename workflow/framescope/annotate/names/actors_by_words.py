"""Which rows of the table of actors can matter to a text: those whose words it has, and all rows of the same actors.

An edit of the table then costs only the texts that it concerns. What is found in a text must not depend on other rows.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Set
from functools import lru_cache
from typing import Any

from framescope.actor_table import ActorTable, surface_key
from framescope.annotate.docs import Token, blank

# Words are compared by their first letters, so that "Indians" and "Defence" fit rows with "Indian" and "Defense".
LETTERS = 4
# Shorter words of a name are ignored, unless it has no others.
SHORTEST = 3
# A word in which accents may be signs of their own.
WORD = re.compile(r"[\w\u0300-\u036f]+")
# The tokenizer divides "10km".
PART = re.compile(r"\d+|[^\W\d]+")


def beginnings(texts: Iterable[str]) -> frozenset[str]:
    """The first letters of each word of texts, and of each part of a word with digits, small and without accents.

    >>> sorted(beginnings(["Côte d'Ivoire", "10km"]))
    ['10', '10km', 'cote', 'd', 'ivoi', 'km']
    """
    words = {word for text in texts for word in ((text,) if text.isalpha() else WORD.findall(text))}
    return frozenset().union(*map(_beginnings, words))


@lru_cache(maxsize=65536)
def _beginnings(word: str) -> frozenset[str]:
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", word) if not unicodedata.combining(letter))
    plain = plain.casefold()
    return frozenset(part[:LETTERS] for part in (plain, *PART.findall(plain)))


class ActorsByWords:
    """The actors of a table by the words of their names."""

    def __init__(self, table: ActorTable) -> None:
        self._rows = [repr(row).encode() for row in table.rows]
        self._of_actor: dict[str, list[int]] = defaultdict(list)
        self._heirs: dict[str, set[str]] = defaultdict(set)
        asked: dict[tuple[frozenset[str], str], None] = {}
        for number, row in enumerate(table.rows):
            self._of_actor[row.id].append(number)
            if row.successor:
                self._heirs[row.id].add(row.successor)
            asked |= dict.fromkeys((words, row.id) for words in _asked(row.surface))
        rows_with = Counter(word for words, _ in asked for word in words)
        # By the word that fewest names have, the words that a text must have, and the actor.
        self._by_word: dict[str, list[tuple[frozenset[str], str]]] = defaultdict(list)
        for words, actor in asked:
            self._by_word[min(words, key=lambda word: (rows_with[word], word))].append((words, actor))

    @property
    def of_all(self) -> str:
        """A digest of all rows."""
        return hashlib.sha256(b"\n".join(self._rows)).hexdigest()

    def concerning(self, tokens: Set[Token]) -> str:
        """The `digest` for texts with these tokens."""
        return self.digest(beginnings({text for text, *_ in tokens}))

    def digest(self, words: Set[str]) -> str:
        """A digest of the rows that can matter to a text with these `beginnings` of its words or of its tokens."""
        known = words & self._by_word.keys()
        waiting = {actor for word in known for asked, actor in self._by_word[word] if asked <= words}
        actors: set[str] = set()
        while waiting:
            actors |= waiting
            waiting = {heir for actor in waiting for heir in self._heirs.get(actor, ())} - actors
        numbers = sorted(number for actor in actors for number in self._of_actor.get(actor, ()))
        return hashlib.sha256(b"\n".join(self._rows[number] for number in numbers)).hexdigest()


def _asked(surface: str) -> Iterator[frozenset[str]]:
    """The beginnings that a text must have to contain a name, for each way of writing it, by its words and its tokens.

    The tokenizer divides few words that are written as one, such as "cannot".
    """
    key = surface_key(surface)
    for written in {key, key.replace("Coop", "Co-op")}:
        tokenizer: Any = blank().tokenizer
        divided = [token.text for token in tokenizer(written)] if set(written.split()) & tokenizer.rules.keys() else []
        for parts in ([written], divided):
            words = beginnings(parts)
            asked = frozenset(word for word in words if len(word) >= SHORTEST) or words
            if asked:
                yield asked


@lru_cache(maxsize=4)
def actors_by_words(table: ActorTable) -> ActorsByWords:
    """The actors of a table by the words of their names, made once in a process."""
    return ActorsByWords(table)
