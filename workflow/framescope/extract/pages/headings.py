"""Which short lines are headings, according to their words and the lines around them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from framescope.extract.pages.lines import (
    BULLET,
    FUNCTION_WORDS,
    LINK_LINE,
    Block,
    Line,
    begins_low,
    ends_sentence,
    finished,
    length_in_words,
    letters,
)

NUMBERED = re.compile(
    r"(?:(?i:chapter|part|section|appendix)\s+(?:\d+|[IVXLC]+|[A-Z])\b[.:]?|\d{1,2}(?:\.\d{1,2}){0,3}\.?|[IVXLC]{1,5}\."
    r"|[A-Z]\.(?!\s+[A-Z]\.))\s+[“‘\"'(]?[^\W_a-z]"
)
# Chapters of books and of some reports: "iii. Strengthen Alliances". List items may have such labels too.
LOW_NUMERAL = re.compile(r"[ivx]{1,5}\.\s+(?=[^\W\d_a-z])")
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
DEPTH = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}(?=\.?\s)|\d{1,2}(?=\.?\s)")
DATE = re.compile(
    r"(?:\d{1,2}\s+)?(?:january|february|march|april|may|june|july|august|september|october|november|december)"
    r"\s+(?:\d{1,2},?\s+)?\d{4}",
    re.IGNORECASE,
)
CONTENTS = re.compile(r"(?:table of )?contents", re.IGNORECASE)
CHAPTER = re.compile(
    r"(?:chapter|part|section|appendix|chapitre|partie|kapitel|teil|cap[ií]tulo|parte|capitolo|hoofdstuk|deel|глава)\s+(?:\d+|[IVXLC]+|[A-Z]|one|two|three|four|five|six|seven|eight|nine|ten)\W?",
    re.IGNORECASE,
)
# The time of day at which a meeting begins or ends: "1:05 P.M. EDT".
TIME = re.compile(r"\b\d{1,2}[:.]\d\d\s*(?:[ap]\.?\s?m\b|hours\b|uhr\b|h\b)", re.IGNORECASE)
ALONE = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}\.?")
ASKS = re.compile(r"[?!][”\"’)]*$")
# What a transcript prints between the paragraphs of a speech: "[Laughter]", "Audience members. Boo!".
STAGE = re.compile(r"\[[^\[\]]*\]|\([^()]*\)")
REPLY = re.compile(r"[^\W\d_]{3}\.\s.*[?!\]][”\"’)]*")
# The end of a Chinese or Japanese sentence, with text after it.
INNER_END = re.compile(r"[。！？；][^。！？；”’」』）]")
INNER_SENTENCE = re.compile(r"[a-z]{3}[.!?] [A-Z][a-z]")
WORD = re.compile(r"[^\W\d_]{2}")
WORD_SIGN = re.compile(r"[^\W_]")
# A row of figures set as text: "Expenditures $32,322,504.24".
AMOUNT = re.compile(r"[$£€¥]\s?\d[\d,. ]*[,.]\d{2,3}$")
CAPITALS = re.compile(r"[A-Z][^a-z]+\s[^a-z]*\.")
YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
LONGEST = 20
# Headings in capitals, and those of chapters, may be whole sentences, as in older reports.
LONGEST_MARKED = 60
# A large text of this number of words that ends like a sentence is a quotation, not a heading.
SENTENCE = 8
MOST_LINES = 8
# At least this number of headings in a row are a list.
FEWEST_IN_LIST = 4
# Transcripts have at least this number of lines with speakers, each of at most so many words.
FEWEST_TURNS, MOST_NAMED = 4, 8
PERSON = re.compile(
    r"(?:(?:the|madam)\s+)?(?:mr|mrs|ms|dr|sir|dame|lord|lady|prof(?:essor)?|sen(?:ator)?|rep(?:resentative)?|hon"
    r"|(?:vice[- ])?president|(?:deputy |prime )?minister|secretary(?:[- ]general)?|ambassador|general|admiral|governor"
    r"|chair(?:man|woman|person)?|speaker|moderator|interviewer|presenter|host|reporter|journalist|question(?:er)?"
    r"|answer|participant|audience(?: members?)?|clerk|judge|justice|monsieur|madame|m|mme|herr|frau|señora?|q|a)\b",
    re.IGNORECASE,
)
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
    """Whether nearly all words except minor ones begin with a capital or a digit."""
    words = [word for word in re.findall(r"[^\W_][\w'’-]*", text) if word.casefold() not in MINOR]
    return bool(words) and sum(word[0].isupper() or word[0].isdecimal() for word in words) >= 0.8 * len(words)


def heading_like(text: str) -> bool:
    """Whether a text could be a heading by its words: short, at the beginning and not the end of a sentence."""
    words = text.split()
    if not words or length_in_words(text) > _longest(text) or LINK_LINE.fullmatch(text) or "@" in text:
        return False
    if DATE.fullmatch(text) or INNER_END.search(text) or TIME.search(text):
        return False
    if KNOWN.fullmatch(text):
        return True
    if numbered(text):
        return not DATE.match(text) and text[-1] not in ",;:" and not (ends_sentence(text) and not _in_capitals(text))
    if not WORD.search(text) or text[-1] in ",;:-–—(" or STAGE.fullmatch(text) or REPLY.search(text):
        return False
    if AMOUNT.search(text) or (ends_sentence(text) and not (ASKS.search(text) or _in_capitals(text))):
        return False
    if INNER_SENTENCE.search(text) and not title_case(text):
        return False
    first = re.sub(r"^[\W_]+", "", text)[:1]
    last = next(word for word in reversed(words) if WORD_SIGN.search(word))
    return not first.islower() and last.casefold() not in FUNCTION_WORDS


def _longest(text: str) -> int:
    """The largest number of words of a heading: more in capitals, or after the number of a chapter."""
    chapter = CHAPTER.match(text) and title_case(text)
    return LONGEST_MARKED if text.isupper() or chapter else LONGEST


def _in_capitals(text: str) -> bool:
    """Whether a text is several words in capitals with a full stop, as headings are in older texts."""
    return text.isupper() and bool(CAPITALS.fullmatch(text) and WORD.search(text))


def strong_heading(text: str) -> bool:
    """Whether the words of a heading-like text are typical of a heading: a known title, a number, capitals."""
    return heading_like(text) and bool(KNOWN.fullmatch(text) or numbered(text) or title_case(text))


def numbered(text: str) -> bool:
    """Whether a text begins like a numbered heading."""
    return bool(NUMBERED.match(text)) or bool(LOW_NUMERAL.match(text) and title_case(LOW_NUMERAL.sub("", text)))


def name_by_look(blocks: list[Block], size: float) -> None:
    """Mark the headings among typeset blocks: larger than the body, bold and short, or an italic line set apart.

    `size` is the body's type size. Levels follow the rank of the look, or the depth of the numbering.
    """
    for i, block in enumerate(blocks):
        after = blocks[i + 1] if i + 1 < len(blocks) else None
        bulleted = BULLET.match(block.lines[0].text) is not None
        if block.kind in ("prose", "item") and not bulleted and _looks(block, after, size):
            block.kind = "heading"
    _join_chapters(blocks)
    looks = sorted({look(block) for block in blocks if block.kind == "heading"}, reverse=True)
    for block in blocks:
        if block.kind == "heading":
            numbered = DEPTH.match(block.plain)
            block.level = numbered.group().count(".") + 1 if numbered else looks.index(look(block)) + 1


def name_slide_titles(blocks: Sequence[Block]) -> None:
    """Mark the titles of slides: the first text of each page, if it is the largest; nothing else is a heading."""
    for _, page in groupby(blocks, key=lambda block: block.lines[0].page):
        slide = [block for block in page if block.kind in ("prose", "item", "quote", "heading")]
        for i, block in enumerate(slide):
            others = max((line.size for other in slide[1:] for line in other.lines), default=0.0)
            title = i == 0 and block.lines[0].size > others and length_in_words(block.plain) <= LONGEST
            if title and not BULLET.match(block.plain):
                block.kind, block.level = "heading", 1
            elif block.kind == "heading":
                block.kind = "prose"


def name_by_outline(blocks: Sequence[Block], titles: Sequence[tuple[str, int]]) -> None:
    """Mark the headings that an outline lists, with its levels; an outline with a single title is ignored."""
    if len(titles) < 2:
        return
    levels = {letters(title): level for title, level in reversed(titles)}
    for block in blocks:
        text = letters(block.plain)
        level = levels.get(text) or levels.get(text.lstrip("0123456789"))
        if level and block.kind in ("prose", "item", "heading") and len(block.lines) < 5:
            block.kind, block.level = "heading", level


def _join_chapters(blocks: list[Block]) -> None:
    """Join a heading that is only the number of a chapter to the heading that follows it."""
    for block, after in zip(list(blocks), blocks[1:], strict=False):
        if block.kind == after.kind == "heading" and CHAPTER.fullmatch(block.plain):
            after.lines[:0] = block.lines
            blocks.remove(block)


def look(block: Block) -> tuple[float, bool]:
    """The type size of a block and whether it is bold."""
    return round(block.lines[-1].size, 1), block.lines[-1].bold


def _looks(block: Block, after: Block | None, size: float) -> bool:
    lines, text = block.lines, block.plain
    if lines[-1].ends_otherwise and lines[-1].last != (size, True):
        return False
    if len(lines) > 4 or len(text.split()) > 35 or not any(letter.isalpha() for letter in text) or DATE.fullmatch(text):
        return False
    if all(line.size > 1.06 * size for line in lines):
        return len(text.split()) < SENTENCE or not ends_sentence(text) or bool(ASKS.search(text)) or text.isupper()
    if any(len(line.cells) > 1 for line in lines):
        return False
    if any(line.size < 0.85 * size for line in lines) and not (KNOWN.fullmatch(text) or text.isupper()):
        return False
    if all(line.bold for line in lines):
        run_on = after is not None and after.lines[0].bold and not heading_like(after.plain)
        return bool(KNOWN.fullmatch(text)) or (heading_like(text) and not run_on)
    apart = lines[0].gap is None or lines[0].gap > 0.25
    capitals = text.isupper() and sum(map(str.isalpha, text)) > 3
    return apart and len(lines) < 3 and heading_like(text) and (all(line.italic for line in lines) or capitals)


def join_numbers(lines: list[Line]) -> list[Line]:
    """Lines in which a number on a line of its own is joined to the heading that it numbers.

    A whole number that is the only one above a heading is that of a page.
    """
    joined, numbers = _joined_numbers(lines)
    return joined if any("." in number for number in numbers) or len(numbers) > 1 else lines


def _joined_numbers(lines: list[Line]) -> tuple[list[Line], list[str]]:
    """The lines with numbers joined to headings, and these numbers."""
    result: list[Line] = []
    numbers: list[str] = []
    for line in lines:
        before = result[-1] if result else None
        apart = before is not None and before.page == line.page and (line.gap or 0.0) > 0
        sure = before is not None and (before.isolated or "." in before.text[:-1])
        numbered = before is not None and apart and sure and ALONE.fullmatch(before.text)
        listing = CONTENTS.fullmatch(line.text)
        if before is not None and numbered and not listing and title_case(line.text) and strong_heading(line.text):
            result[-1] = replace(before, text=f"{before.text} {line.text}", right=line.right + len(before.text) + 1)
            numbers.append(before.text)
        else:
            result.append(line)
    return result, numbers


def join_wrapped(blocks: list[Block], edge: float) -> None:
    """Join the lines of a heading that a dump separates: the first is full, or ends with a word that needs another.

    `edge` is where full lines of the body end; headings are taken to be up to half as large again.
    """
    for block, after in zip(list(blocks), blocks[1:], strict=False):
        if block.kind != "prose" or after.kind != "prose" or len(block.lines) > 2 or len(after.lines) > 2:
            continue
        wants = block.plain.split(" ")[-1].casefold() in FUNCTION_WORDS or block.plain.endswith("-")
        full = strong_heading(block.plain) and 1.4 * block.lines[-1].right + len(after.plain.split(" ")[0]) > edge
        last = " " not in after.plain and not KNOWN.fullmatch(after.plain)
        if (wants or (full and last)) and strong_heading(f"{block.plain} {after.plain}"):
            after.lines[:0] = block.lines
            blocks.remove(block)


def name_by_words(blocks: list[Block], trusted: bool, tops: Sequence[Block] = ()) -> None:
    """Mark the headings that are recognised by their words; unless `trusted`, only if none was recognised by its look.

    `tops` are headings by their place right above full lines of text, whose words need not be typical of headings.
    A question or an exclamation is a heading if the text has other headings like it; otherwise it is speech.
    """
    if not trusted and any(block.kind == "heading" for block in blocks[1:]):
        return
    asking: list[Block] = []
    running = [block for block in blocks if block.kind == "prose" and ends_sentence(block.plain)]
    capitals = sum(block.plain.isupper() for block in running) > len(running) / 2
    for i, block in enumerate(blocks):
        most = MOST_LINES if block.plain.isupper() else 3
        if block.kind not in ("prose", "item") or len(block.lines) > most or not heading_like(block.plain):
            continue
        after = blocks[i + 1].lines[0].gap if i + 1 < len(blocks) else None
        placed = strong_heading(block.plain) or any(block is top for top in tops)
        if not placed and trusted and i + 1 < len(blocks) and begins_low(blocks[i + 1].plain):
            continue
        if not placed and 0.0 in (block.lines[0].gap, after):
            continue
        before = next((b for b in reversed(blocks[:i]) if b.kind != "link" and not b.plain.isdecimal()), None)
        shouted = capitals and block.plain.isupper() and length_in_words(block.plain) > LONGEST
        if shouted or _names_speaker(blocks, i):
            continue
        if block.kind == "item" and not (numbered(block.plain) and _alone(block, before, blocks[i + 1 : i + 2])):
            continue
        text = before.plain if before is not None and before.kind in ("prose", "item", "quote") else ""
        if _heads_columns(block, text) or (capitals and _in_capitals(block.plain)):
            continue
        opens_page = block.lines[0].gap is None and strong_heading(block.plain)
        if not text or finished(text) or DATE.fullmatch(text) or KNOWN.fullmatch(block.plain) or opens_page:
            block.kind = "heading"
            asking += [block] if ASKS.search(block.plain) else []
    _answer(blocks, asking)
    if trusted:
        _join_chapters(blocks)
        name_speakers(blocks)
        _list(blocks)


def name_speakers(blocks: Sequence[Block]) -> None:
    """Set the kind of lines that name the speakers of a transcript: lines that recur above paragraphs of text.

    They name a person by title or role, or none of their words is written small anywhere in the text, unlike words of
    headings that recur in each chapter.
    """
    above = {id(b) for b, after in pairwise(blocks) if len(b.lines) == 1 and after.kind in ("prose", "quote")}
    lines = [block for block in blocks if block.kind in ("heading", "prose")]
    running = " ".join(block.plain for block in blocks if block.kind != "heading")
    named = speakers([(block.plain, id(block) in above) for block in lines], running)
    for block in lines:
        if _said_by(block.plain) in named:
            block.kind = "other"


def speakers(lines: Sequence[tuple[str, bool]], running: str) -> set[str]:
    """The speakers of a transcript, as lines name them; each line with whether it is above a paragraph of text.

    `running` is the text of the document. Empty if there are too few such lines for a transcript.
    """
    times = Counter(_said_by(text) for text, above in lines if above and _could_name(_said_by(text)))
    small = set(re.findall(r"\b[^\W\d_A-Z]\w+", running))
    named = {
        name
        for name, count in times.items()
        if (count > 1 and PERSON.match(name))
        or (count > 2 and " " in name and not {word.casefold() for word in name.split()} & small)
    }
    return named if sum(times[name] for name in named) >= FEWEST_TURNS else set()


def _could_name(text: str) -> bool:
    worded = text.isupper() or title_case(text)
    return len(text.split()) <= MOST_NAMED and worded and not numbered(text) and not KNOWN.fullmatch(text)


def _said_by(text: str) -> str:
    return text.rstrip(" :.")


def _list(blocks: Sequence[Block]) -> None:
    """Turn lines worded like headings back into paragraphs if many follow one another without text between them."""
    start = next((i for i, block in enumerate(blocks) if block.kind == "prose" and ends_sentence(block.plain)), 0)
    for heading, group in groupby(blocks[start:], key=lambda block: block.kind == "heading"):
        run = list(group)
        if heading and len(run) >= FEWEST_IN_LIST:
            for block in run:
                sure = numbered(block.plain) or KNOWN.fullmatch(block.plain)
                block.kind = "heading" if sure or (block is run[-1] and strong_heading(block.plain)) else "prose"


def _answer(blocks: list[Block], asking: Sequence[Block]) -> None:
    """Turn questions and exclamations back into paragraphs if they occur twice or are not like the other headings."""
    start = next((i for i, block in enumerate(blocks) if block.kind == "prose" and ends_sentence(block.plain)), 0)
    sure = [block.plain for block in blocks[start:] if block.kind == "heading" and not ASKS.search(block.plain)]
    telling = [text for text in sure if len(text.split()) > 2]
    said = [block.plain for block in asking]
    for block in asking:
        text = block.plain
        alike = (text.isupper() or not all(map(str.isupper, sure))) and (
            title_case(text) or not telling or not all(map(title_case, telling))
        )
        if not sure or not alike or said.count(text) > 1:
            block.kind = "prose"


def _names_speaker(blocks: Sequence[Block], i: int) -> bool:
    """Whether a block names the speaker of the quotation above it, in a line or two below its own lines."""
    if i == 0 or numbered(blocks[i].plain) or KNOWN.fullmatch(blocks[i].plain):
        return False
    before = blocks[i - 1].plain
    if i > 1 and (blocks[i].lines[0].gap == 0.0 or YEAR.search(blocks[i].plain)) and _names_speaker(blocks, i - 1):
        return len(before.split()) < LONGEST and not ends_sentence(before)
    opened = len(re.findall(r"[“„«]", before)) - len(re.findall(r"[”»]", before))
    alone = before[:1] in '“"„«' or opened < 0 or before.count('"') % 2 == 1
    return alone and before[-1:] in '”"»'


def _heads_columns(block: Block, before: str) -> bool:
    """Whether a line is close below a text that ends in a colon, like the names of a table's columns."""
    close = block.lines[0].gap == 0.0 and before.endswith(":")
    return close and not (block.plain.isupper() or NUMBERED.match(block.plain) or KNOWN.fullmatch(block.plain))


def _alone(block: Block, before: Block | None, after: list[Block]) -> bool:
    """Whether a block with a list label is between running text, without a colon or a similar item before it."""
    alike = before is not None and before.kind == "item" and before.plain.isupper() >= block.plain.isupper()
    announced = before is not None and (alike or before.plain.endswith(":"))
    return not announced and not any(block.kind == "item" for block in after)
