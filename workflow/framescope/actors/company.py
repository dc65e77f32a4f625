"""Names with several meanings, decided by the words in whose company they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Doc, Span

from framescope.actor_table import ActorRow, ActorTable

# Words of sport that do not occur in sentences about what states do.
SPORT = re.compile(
    r"\b(?:World Cup|Euro (?:19|20)\d\d|Copa América|Asian Cup|Nations League|Six Nations|(?:quarter|semi)-?finals?|"
    r"midfielders?|strikers?|goalkeepers?|goalless|half-time|extra time|kick-off|penalty shoot-?out|penalties|"
    r"group stage|"
    r"qualifiers?|innings|wickets?|batsm[ae]n|bowlers?|Test match|hat-trick|equali[sz]er|scored|knock-?out stage|"
    r"gold medal(?:s|lists?)?|squad|rugby|cricket|football|hockey|basketball|handball)\b"
)
PLAYING = re.compile(
    "beat|defeat|thrash|play|face|win|lose|draw|score|meet|eliminate|host|qualify|edge|trounce|reach|advance"
)


class Company:
    """The text that decides between the meanings of a name: its paragraph, and what most paragraphs with it tell.

    A name mostly has one meaning in a document (Gale, Church and Yarowsky 1992). Where words of the company of a
    meaning stand in more than half of the paragraphs that hold the name, they decide in the others too.
    """

    def __init__(self, docs: Sequence[Doc], table: ActorTable) -> None:
        self._table = table
        holding: dict[tuple[ActorRow, ...], dict[Doc, None]] = {}
        for doc in docs:
            for span in doc.spans["names"]:
                if meanings := table.meanings(span.text):
                    holding.setdefault(meanings, {})[doc] = None
        self._usual = {meanings: _told(meanings, list(held)) for meanings, held in holding.items()}

    def of(self, span: Span, surface: str) -> str:
        """The company of a name; empty if its meaning does not depend on it."""
        meanings = self._table.meanings(surface)
        return f"{span.doc.text} {self._usual.get(meanings, '')}" if meanings else ""


def _told(meanings: Sequence[ActorRow], docs: Sequence[Doc]) -> str:
    """The word of a meaning's company that stands in more than half of the paragraphs, or nothing."""
    for row in meanings:
        found = [match for doc in docs if row.company and (match := row.company.search(doc.text))]
        if 2 * len(found) > len(docs):
            return found[0].group()
    return ""


def plays(span: Span, state: bool) -> bool:
    """Whether the name of a `state` is that of its team: it plays, in a sentence with a word of sport."""
    if not state:
        return False
    token = span.root
    while token.dep_ == "conj":
        token = token.head
    if token.dep_ == "pobj" and token.head.lower_ in ("against", "over", "by"):
        token = token.head
    elif token.dep_ not in ("nsubj", "nsubjpass", "dobj"):
        return False
    return PLAYING.fullmatch(token.head.lemma_.lower()) is not None and SPORT.search(span.sent.text) is not None
