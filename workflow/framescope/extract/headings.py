"""Which short lines are headings, judged by their words and by the lines around them."""

from __future__ import annotations

import re

from framescope.extract.lines import FUNCTION_WORDS, LINK_LINE, Block, ends_sentence

NUMBERED = re.compile(
    r"(?:(?:chapter|part|section|appendix)\s+(?:\d+|[IVXLC]+|[A-Z])\b[.:]?|\d{1,2}(?:\.\d{1,2}){0,3}\.?|[IVXLC]{1,5}\.|[A-Z]\.)\s+\S",
    re.IGNORECASE,
)
KNOWN = re.compile(
    r"(?:\d+\.?\s+)?(?:abstract|executive summary|summary|introduction|background|conclusions?|concluding remarks|"
    r"recommendations|policy recommendations|discussion|results|findings|method(?:s|ology)|literature review|"
    r"theoretical framework|references|bibliography|works cited|notes|endnotes|footnotes|acknowledge?ments?|"
    r"foreword|preface|epilogue|annex|appendix|key ?words)\s*:?",
    re.IGNORECASE,
)
REFERENCES = re.compile(
    r"(?:\W*\d*\.?\s*)(?:references|bibliography|works cited|literature cited|sources)\W*", re.IGNORECASE
)
ENDNOTES = re.compile(r"(?:\W*\d*\.?\s*)(?:notes|endnotes|notes and references)\W*", re.IGNORECASE)
LONGEST = 20
MINOR = FUNCTION_WORDS | {
    "since",
    "towards",
    "toward",
    "after",
    "before",
    "between",
    "under",
    "over",
    "through",
    "without",
}


def title_case(text: str) -> bool:
    """Whether every word that matters begins with a capital or a digit."""
    words = [word for word in re.findall(r"[^\W_][\w'’-]*", text) if word.casefold() not in MINOR]
    return bool(words) and sum(not word[0].islower() for word in words) >= 0.8 * len(words)


def heading_like(text: str) -> bool:
    """Whether a text could be a heading by its words alone: short, begun, without the end of a sentence."""
    words = text.split()
    if not words or len(words) > LONGEST or LINK_LINE.fullmatch(text) or "@" in text:
        return False
    if KNOWN.fullmatch(text) or NUMBERED.match(text):
        return not text.endswith((",", ";"))
    if not any(letter.isalpha() for letter in text) or text[-1] in ",;:-–—(":
        return False
    if ends_sentence(text) and text[-1] not in '?!”"':
        return False
    first = re.sub(r"^[\W_]+", "", text)[:1]
    return not first.islower() and words[-1].casefold() not in FUNCTION_WORDS


def strong_heading(text: str) -> bool:
    """Whether the words of a heading-like text speak for a heading: a known title, a number, capitals."""
    return heading_like(text) and bool(KNOWN.fullmatch(text) or NUMBERED.match(text) or title_case(text))


def document_title(blocks: list[Block]) -> tuple[str | None, list[Block]]:
    """The title a document opens with and the blocks after it; a known section title is none."""
    if blocks and blocks[0].kind == "heading" and not KNOWN.fullmatch(blocks[0].plain):
        later = [block for block in blocks[1:] if block.kind == "heading"]
        if later:
            return blocks[0].plain, blocks[1:]
    return None, blocks
