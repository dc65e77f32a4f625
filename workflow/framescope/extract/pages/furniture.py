"""Running heads, running feet and page numbers: lines that recur at the edges of pages."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from framescope.document import LeftOut, LeftOutKind
from framescope.extract.pages.floats import CAPTION
from framescope.extract.pages.headings import numbered, strong_heading, title_case
from framescope.extract.pages.lines import MARK, Line, number_of

# Only ASCII letters are numerals, not "ı" and "İ". Longer runs of digits are not page numbers.
NUMBER = re.compile(r"(?<!\d)\d{1,9}(?!\d)|\b(?ai:[ivxlcdm]+)\b")
PAGE_NUMBER = re.compile(r"\W*(?:page|p\.)?\W*#\W*(?:(?:of|/|\|)\W*#)?\W*", re.IGNORECASE)
DEPTH = 4
# The end of a sentence, not of an abbreviation. Running heads with such an end are shorter.
SENTENCE = re.compile(r"[^\W\d_A-Z]{3}[.!?…][\"'”’»)]*$")
FEWEST_WORDS = 6
# What an item of a list may end with, but no running head.
OPEN_ENDS = (";", ",")
# A sentence that recurs on a smaller share of the pages is a refrain, and with changing numbers it is running text.
MOST_PAGES, MOST_LINES = 0.8, 3
# In a document of so many pages, lines at a foot are set apart by this space, in their size.
FEWEST_PAGES, APART = 3, 2.5


def split(pages: Sequence[list[Line]], slides: bool = False) -> tuple[list[list[Line]], list[LeftOut]]:
    """Pages without running heads, feet and page numbers, and these; the largest line of a slide is its title."""
    seen: dict[tuple[str, str], list[Line]] = defaultdict(list)
    said = {id(line) for lines in pages for line in _sentences(lines)}
    edges: list[list[tuple[str, Line]]] = []
    for lines in pages:
        edges.append(_edges(lines))
        if slides:
            largest = max((line.size for line in lines), default=0.0)
            edges[-1] = [(edge, line) for edge, line in edges[-1] if line.size < largest]
        for edge, line in edges[-1]:
            if not MARK.match(line.text):
                seen[edge, _key(line)].append(line)
    furniture: dict[int, str] = {}
    often: set[int] = set()
    for (edge, key), found in seen.items():
        recurring = _recurring(found, key, len(pages))
        if "#" in key or len(recurring) < MOST_PAGES * len(pages):
            recurring = [line for line in recurring if id(line) not in said]
        furniture.update({id(line): edge for line in recurring})
        if len(recurring) > 2:
            often.update(id(line) for line in recurring)
    _add_outside(pages, furniture)
    _add_numbered(edges, furniture)
    _add_strays(edges, furniture, len(pages))
    for page in edges:
        _keep_inner(page, furniture, often)
    return _part(pages, furniture)


def _sentences(lines: Sequence[Line]) -> list[Line]:
    """The lines of plain text that are a paragraph of one sentence or more in up to three lines."""
    found: list[Line] = []
    paragraph: list[Line] = []
    for line in [*lines, None]:
        if paragraph and (line is None or line.gap != 0.0):
            plain = len(paragraph) <= MOST_LINES and paragraph[0].size == 1.0
            found += paragraph if plain and _is_sentence(" ".join(part.plain for part in paragraph)) else []
            paragraph = []
        paragraph += [line] if line is not None else []
    return found


def _edges(lines: Sequence[Line]) -> list[tuple[str, Line]]:
    """The lines in the first and the last places of a page from top to bottom, each with its edge."""
    ordered = sorted(lines, key=lambda line: line.top)
    tops = sorted({round(line.top) for line in ordered})
    head, foot = tops[:DEPTH], tops[-DEPTH:]
    found = []
    for line in ordered:
        place = round(line.top)
        if place in head and not (place in foot and tops.index(place) >= len(tops) / 2):
            found.append(("top", line))
        elif place in foot:
            found.append(("bottom", line))
    return found


def _key(line: Line) -> str:
    return " ".join(NUMBER.sub("#", line.text).casefold().split())


def _recurring(found: Sequence[Line], key: str, pages: int) -> list[Line]:
    """The lines with the same key that recur on other pages at the same height, with numbers that follow the page."""
    heights: dict[int, list[Line]] = defaultdict(list)
    for line in found:
        heights[round(line.slot / 4)].append(line)
    result: list[Line] = []
    for height, lines in heights.items():
        near = lines + heights.get(height + 1, [])
        numbers = [[int(n) if n.isdecimal() else _roman(n) for n in NUMBER.findall(line.text)] for line in near]
        if len({line.page for line in near}) < 2 and not (
            pages == 1 and PAGE_NUMBER.fullmatch(key) and near[0].isolated
        ):
            continue
        if len(near) == 1 or _follows(numbers, [line.page for line in near]):
            result += near
    return result


def _follows(numbers: Sequence[list[int]], pages: Sequence[int]) -> bool:
    """Whether each number in similar lines stays the same or rises with the page, except for a few misreadings."""
    for column in zip(*numbers, strict=False):
        offsets = [number - page for number, page in zip(column, pages, strict=True)]
        same = max(column.count(number) for number in column)
        steady = max(offsets.count(offset) for offset in offsets)
        if max(same, steady) < 0.7 * len(column):
            return False
    return True


def _add_outside(pages: Sequence[list[Line]], furniture: dict[int, str]) -> None:
    """Add the lines at the foot of a typeset page that stand apart below the text of all other pages.

    The first page of an article often has such lines, with the name of the journal or the conference.
    """
    texts = [sorted((line for line in page if id(line) not in furniture), key=lambda line: line.top) for page in pages]
    lowest = sorted(((page[-1].top, i) for i, page in enumerate(texts) if page), reverse=True)
    if len(lowest) < FEWEST_PAGES or texts[lowest[0][1]][0].size == 1.0:
        return
    page, below = texts[lowest[0][1]], lowest[1][0]
    foot = [line for line in page if line.top > below + line.size]
    above = [line for line in page if line.top <= below + line.size]
    apart = above and foot and foot[0].top - above[-1].top > APART * foot[0].size
    if apart and len(foot) <= MOST_LINES:
        furniture.update({id(line): "bottom" for line in foot})


def _roman(text: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}[letter] for letter in text.lower()]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def _add_numbered(edges: Sequence[list[tuple[str, Line]]], furniture: dict[int, str]) -> None:
    """Add the outermost lines that begin or end with the number of the page, which follows from other pages."""
    offsets: Counter[int] = Counter()
    for page in edges:
        for _, line in page:
            if id(line) in furniture:
                offsets.update({number - line.page for number in _outer_numbers(line)})
    if not offsets or offsets.most_common(1)[0][1] < 3:
        return
    offset = max(sorted(offsets), key=lambda value: offsets[value])
    for page in edges:
        for edge, ordered in (("top", page), ("bottom", page[::-1])):
            outer = next((line for place, line in ordered if place == edge), None)
            if outer and _like_head(outer) and outer.page + offset in _outer_numbers(outer):
                furniture.setdefault(id(outer), edge)


def _like_head(line: Line) -> bool:
    """Whether a line could be a running head: set apart, or worded as a title."""
    return len(line.text.split()) < 16 and (line.isolated or title_case(line.plain))


def _outer_numbers(line: Line) -> set[int]:
    """The numbers that a line begins and ends with."""
    words = line.text.split()
    return {number for word in words[:1] + words[-1:] if (number := number_of(word)) is not None}


def _add_strays(edges: Sequence[list[tuple[str, Line]]], furniture: dict[int, str], pages: int) -> None:
    """Add running heads that do not recur: set apart, at a height at which many pages have running heads or feet."""
    usual: dict[tuple[str, int], int] = defaultdict(int)
    for page in edges:
        for place in {(edge, round(line.slot / 4)) for edge, line in page if id(line) in furniture}:
            usual[place] += 1
    for page in edges:
        for edge, line in page:
            height = round(line.slot / 4)
            count = max(usual[edge, height + shift] for shift in (-1, 0, 1))
            if (
                id(line) not in furniture
                and line.isolated
                and not MARK.match(line.text)
                and line.plain[-1:] not in OPEN_ENDS
                and not (_is_sentence(line.plain) and not any(map(str.isdigit, line.plain)))
                and not _heads(line, page, furniture)
                and count >= max(2, 0.4 * pages)
            ):
                furniture[id(line)] = edge


def _is_sentence(text: str) -> bool:
    """Whether a text is a sentence of running text, by its length and its last word."""
    return len(text.split()) >= FEWEST_WORDS and bool(SENTENCE.search(text))


def _heads(line: Line, page: Sequence[tuple[str, Line]], furniture: dict[int, str]) -> bool:
    """Whether a line below a running head is worded as a numbered heading or a caption.

    In plain text, whose type size is 1, running heads with the titles of sections look the same.
    """
    below = any(id(other) in furniture and other.top < line.top - line.size / 2 for _, other in page)
    worded = CAPTION.match(line.plain) or (numbered(line.plain) and strong_heading(line.plain))
    return line.size > 1.0 and below and bool(worded)


def _keep_inner(page: list[tuple[str, Line]], furniture: dict[int, str], often: set[int]) -> None:
    """Keep as text the lines that are not at the edge, or recur seldom and are as close as lines of the text."""
    for edge, ordered in (("top", page), ("bottom", page[::-1])):
        lines = [line for place, line in ordered if place == edge]
        run = 0
        while run < len(lines) and id(lines[run]) in furniture:
            run += 1
        while 0 < run < len(lines) and id(lines[run - 1]) not in often and _close(lines[run - 1], lines[run]):
            run -= 1
        for line in lines[run:]:
            furniture.pop(id(line), None)


def _close(outer: Line, inner: Line) -> bool:
    """Whether two lines are as close as lines of one paragraph."""
    return 0.5 < abs(outer.top - inner.top) < 1.4 * max(outer.size, inner.size)


def _part(pages: Sequence[list[Line]], furniture: dict[int, str]) -> tuple[list[list[Line]], list[LeftOut]]:
    kept, left_out = [], []
    for lines in pages:
        kept.append([line for line in lines if id(line) not in furniture])
        for line in lines:
            edge = furniture.get(id(line))
            if edge is not None:
                kind: LeftOutKind = "header" if edge == "top" else "footer"
                if PAGE_NUMBER.fullmatch(_key(line)):
                    kind = "page number"
                left_out.append(LeftOut(kind, line.plain, line.page))
    return kept, left_out
