"""The context by which a name with several meanings is resolved: words near the name, and in the whole document."""

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


class Contexts:
    """The context of each name with several meanings in one document: its paragraph, and a word for its usual meaning.

    A name mostly has one meaning in a document (Gale, Church and Yarowsky 1992, One Sense per Discourse). If more than
    half of the paragraphs with the name contain context words of one meaning (`ActorRow.context`), the name has this
    meaning in the other paragraphs too, unless these contain context words of another meaning.
    """

    def __init__(self, docs: Sequence[Doc], table: ActorTable) -> None:
        self._table = table
        paragraphs: dict[tuple[ActorRow, ...], dict[Doc, None]] = {}
        for doc in docs:
            for span in doc.spans["names"]:
                if meanings := table.meanings(span.text):
                    paragraphs.setdefault(meanings, {})[doc] = None
        self._usual = {meanings: _usual_context_word(meanings, list(docs)) for meanings, docs in paragraphs.items()}

    def of(self, span: Span, surface: str) -> str:
        """The text in which the context words of a name are looked for; empty if its meaning does not depend on any."""
        meanings = self._table.meanings(surface)
        return f"{span.doc.text} {self._usual.get(meanings, '')}" if meanings else ""


def _usual_context_word(meanings: Sequence[ActorRow], paragraphs: Sequence[Doc]) -> str:
    """A context word of the meaning whose words occur in more than half of the paragraphs; empty if there is none."""
    for row in meanings:
        pattern = row.context_pattern
        matches = [match for paragraph in paragraphs if pattern and (match := pattern.search(paragraph.text))]
        if 2 * len(matches) > len(paragraphs):
            return matches[0].group()
    return ""


def plays(span: Span, state: bool) -> bool:
    """Whether the name of a `state` means its team: it takes part in a verb of `PLAYING`, beside a word of `SPORT`."""
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
