"""Pages of a dump without page breaks, recognised by successive page numbers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from framescope.document import LeftOut
from framescope.extract.pages.headings import CHAPTER, title_case
from framescope.extract.pages.lines import Line

FIRST = re.compile(r"(?P<number>\d{1,4})(?P<text>(?:\s+.*)?)")
LAST = re.compile(r"(?P<text>.+)\s+(?P<number>\d{1,4})(?:\s*(?:/|of)\s*\d{1,4})?")
PAGE = re.compile(r"\W*(?:page)?\W*(?:of)?\W*", re.IGNORECASE)
# A running head and its page number at the beginning of a line, with text after it.
HEAD = re.compile(r"(?P<words>[^\W\d_][\w'’]*(?: [\w'’,&–-]+){1,9}?) (?P<number>\d{1,4}) (?=[^\W_])")
WORDS = re.compile(r"[^\W\d_]{3}.*\s.*[^\W\d_]{3}")
FEWEST_HEADS = 4
# The least average number of words between two such heads, which a page has.
FEWEST_WORDS = 100
SHORTEST, LONGEST = 12, 150


def paginate(lines: Sequence[Line]) -> tuple[list[Line], list[LeftOut]]:
    """Lines with their pages, without the page numbers and running heads by which these are recognised."""
    found = _candidates(lines)
    beside = _beside_heads(lines, found)
    chain = _chain(beside) if len(beside) >= FEWEST_HEADS else []
    chain = chain if len(chain) >= FEWEST_HEADS else _chain(found)
    if len(chain) < 3:
        return list(lines), []
    ends = {index for index, _ in chain}
    result: list[Line] = []
    left_out: list[LeftOut] = []
    page, fresh = 1, True
    for index, line in enumerate(lines):
        if index in ends:
            kind = "page number" if PAGE.fullmatch(re.sub(r"\d+", "", line.text)) else "header"
            left_out.append(LeftOut("header" if kind == "header" else "page number", line.plain, page))
            page, fresh = (page if fresh and result else page + bool(result)), True
            continue
        result.append(replace(line, page=page, gap=None if fresh else line.gap))
        fresh = False
    return result, left_out


def without_joined_heads(lines: Sequence[Line]) -> tuple[list[Line], list[LeftOut]]:
    """Lines of a text without pages, without the running heads that were joined to them, each of which begins a page.

    Such a head is a title and a page number at the beginning of several lines, with rising numbers a page apart. Left
    pages have the number before the same title, at the end of a line.
    """
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    words_above = 0
    for line in lines:
        found = HEAD.match(line.text)
        if found and title_case(found["words"]):
            places[found["words"]].append((int(found["number"]), words_above))
        words_above += len(line.text.split())
    heads = [words for words, places_of_words in places.items() if _begin_pages(places_of_words)]
    if not heads:
        return list(lines), []
    named = "|".join(map(re.escape, heads))
    head = re.compile(rf"(?:{named}) (\d{{1,4}})(?:\s+|$)|(?<=\s)(\d{{1,4}}) (?:{named})$")
    result: list[Line] = []
    left_out: list[LeftOut] = []
    page = 1
    for line in lines:
        found = head.search(line.text)
        if not found:
            result.append(replace(line, page=page))
            continue
        left_out.append(LeftOut("header", found.group().strip(), page))
        before, after = line.text[: found.start()].strip(), line.text[found.end() :].strip()
        result += [replace(line.with_text(before), page=page)] if before else []
        page += bool(result)
        result += [replace(line.with_text(after), page=page, gap=None)] if after else []
    return result, left_out


def _begin_pages(places: Sequence[tuple[int, int]]) -> bool:
    """Whether numbers, each with the count of words above it, are those of pages."""
    if len(places) < FEWEST_HEADS or any(number >= later for (number, _), (later, _) in pairwise(places)):
        return False
    return places[-1][1] - places[0][1] >= FEWEST_WORDS * (len(places) - 1)


def _candidates(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Index and number of the lines that are a page number, alone or with words that recur in this way."""
    found = []
    for index, line in enumerate(lines):
        for match in (FIRST.fullmatch(line.text), LAST.fullmatch(line.text)):
            if match and len(line.text) < 100 and not CHAPTER.fullmatch(line.text):
                found.append((index, int(match["number"]), match["text"].strip().casefold()))
    times = Counter(text for _, _, text in found)
    return [(index, number) for index, number, text in found if PAGE.fullmatch(text) or times[text] > 1]


def _beside_heads(lines: Sequence[Line], candidates: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The candidates that stand alone above or below a running head: a line that recurs beside such candidates.

    Numbered paragraphs may count up in the same text.
    """
    alone = [(index, number) for index, number in candidates if lines[index].text.strip().isdecimal()]
    heads: Counter[str] = Counter()
    near: dict[int, set[str]] = {}
    for index, _ in alone:
        above = [lines[index - 1].plain] if index and lines[index].gap == 0.0 else []
        below = [line.plain for line in lines[index + 1 : index + 2] if line.gap == 0.0]
        near[index] = {text for text in [*above, *below] if WORDS.search(text) and len(text) < 100}
        heads.update(near[index])
    return [(index, number) for index, number in alone if any(heads[text] >= FEWEST_HEADS for text in near[index])]


def _chain(candidates: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of candidates with rising numbers at the distances of pages, or in pairs of a foot and a head."""
    length = [1] * len(candidates)
    origin: list[int | None] = [None] * len(candidates)
    for place, (index, number) in enumerate(candidates):
        for before in range(place - 1, -1, -1):
            other, earlier = candidates[before]
            step, apart = number - earlier, index - other
            if apart > 2 * LONGEST:
                break
            fits = SHORTEST <= apart <= step * LONGEST or (step == 1 and apart <= 3)
            if step in (1, 2) and fits and length[before] >= length[place]:
                length[place], origin[place] = length[before] + 1, before
    last = max(range(len(candidates)), key=lambda place: length[place], default=None)
    chain = []
    while last is not None:
        chain.append(candidates[last])
        last = origin[last]
    return chain[::-1]
