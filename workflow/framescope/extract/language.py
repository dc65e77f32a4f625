"""Identification of the language of a text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from framescope.document import Document, ExtractionError

# Languages in which policy texts are written. Very small and constructed languages are left out, because short texts,
# names and tables would be mistaken for them.
CANDIDATES = frozenset(
    re.findall(
        r"\w+",
        """ar az be bg bn bs ca cs da de el en es et fa fi fr gu he hi hr hu hy id it ja ka kk km kn ko ky lt lv mk ml
        mn mr ms my ne nl no or pa pl ps pt ro ru si sk sl sq sr sv sw ta te th tl tr uk ur uz vi zh""",
    )
)
ENOUGH_CHARACTERS = 20_000
# Fewer letters are too little evidence: of sentences with 10 to 19 letters, 9 in 100 are assigned a wrong language.
FEWEST_LETTERS = 20


def language_of(text: str) -> str:
    """The ISO 639-1 code of the most likely language among `CANDIDATES`, from the first 20,000 characters."""
    return str(identifier().classify(text[:ENOUGH_CHARACTERS])[0])


def check_language(document: Document, languages: Sequence[str]) -> None:
    """Check that the body of a document is in one of the languages. A text of a few letters is always accepted.

    Raises: ExtractionError if it is in another language.
    """
    text = "\n".join(paragraph.text for section in document.sections for paragraph in section.paragraphs)
    if sum(map(str.isalpha, text[:ENOUGH_CHARACTERS])) < FEWEST_LETTERS:
        return
    language = language_of(text)
    if language not in languages:
        raise ExtractionError(
            document.source.file,
            f"the text is in the language {language}, the model reads {', '.join(languages)}",
            "Remove the file or translate it; if it is wrong, state the language in the document's metadata.",
        )


@cache
def identifier() -> LanguageIdentifier:
    """The identifier of languages, loaded once in a process."""
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(sorted(CANDIDATES & set(identifier.nb_classes)))
    return identifier
