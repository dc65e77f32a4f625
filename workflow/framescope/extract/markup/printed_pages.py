"""What files keep of the pages that they were made from: lines of contents, page numbers, running heads, cut lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from framescope.document import LeftOut, LeftOutKind, Paragraph, Section
from framescope.extract.content import Content
from framescope.extract.pages.floats import FEWEST_ENTRIES, PAGE
from framescope.extract.pages.headings import CONTENTS, speakers
from framescope.extract.pages.hyphens import Vocabulary, join
from framescope.extract.pages.lines import Line, begins_low, ends_sentence, finished, letters

NUMBER = re.compile(r"(?:page\s+)?[-–—]?\s*(\d{1,4})\s*[-–—]?", re.IGNORECASE)
# At least this number of paragraphs are page numbers, and as many are the same running head, of at most so many words.
FEWEST_PAGES, LONGEST_HEAD = 3, 15
# Lines are paragraphs if at least this share of the paragraphs ends in the middle of a sentence and goes on below.
CUT_SHARE, FEWEST_LINES = 0.4, 20
# The last line of a paragraph is shorter than this part of a full line.
SHORT = 0.9


def without_listed_contents(content: Content) -> Content:
    """The content without a table of contents made of paragraphs: four or more in a row that headings below repeat."""
    later = {letters(section.title or ""): place for place, section in enumerate(content.sections)}
    found: set[int] = set()
    for place, section in enumerate(content.sections):
        run: list[Paragraph] = []
        for before, paragraph in zip([None, *section.paragraphs], [*section.paragraphs, None], strict=True):
            titled = before is not None and CONTENTS.fullmatch(before.text.rstrip(" :"))
            run = [before] if titled and before else run
            if paragraph and later.get(letters(PAGE.sub("", paragraph.text)) or "-", -1) > place:
                run.append(paragraph)
                continue
            if len(run) >= FEWEST_ENTRIES:
                found |= {id(entry) for entry in run}
            run = []
    return _without(content, found, "other")


def without_page_marks(content: Content) -> Content:
    """The content without page numbers that are paragraphs, and without the running heads beside them."""
    paragraphs = [p for section in content.sections for p in section.paragraphs]
    numbers = _rising([(i, int(m[1])) for i, p in enumerate(paragraphs) if (m := NUMBER.fullmatch(p.text))])
    if len(numbers) < FEWEST_PAGES:
        return content
    beside = [i + step for i in numbers for step in (-1, 1) if 0 <= i + step < len(paragraphs)]
    times = Counter(paragraphs[i].text for i in beside if len(paragraphs[i].text.split()) <= LONGEST_HEAD)
    heads = {i for i in beside if times[paragraphs[i].text] >= FEWEST_PAGES} - set(numbers)
    content = _without(content, {id(paragraphs[i]) for i in numbers}, "page number")
    return _without(content, {id(paragraphs[i]) for i in heads}, "header")


def with_whole_paragraphs(content: Content) -> Content:
    """The content with the lines of its paragraphs joined, if each line became a paragraph."""
    prose = [p.text for section in content.sections for p in section.paragraphs if p.kind == "prose"]
    cut = sum(not ends_sentence(a) and begins_low(b) for a, b in pairwise(prose))
    if len(prose) < FEWEST_LINES or cut < CUT_SHARE * len(prose):
        return content
    vocabulary = Vocabulary.of([Line(text) for text in prose])
    edge = sorted(map(len, prose))[len(prose) * 4 // 5]
    return replace(
        content,
        sections=[replace(s, paragraphs=_joined(s.paragraphs, edge, vocabulary)) for s in content.sections],
        warnings=[*content.warnings, "Each printed line was a paragraph; the lines were joined to paragraphs."],
    )


def without_speakers(content: Content) -> Content:
    """The content without lines that name the speakers of a transcript, which are headings or paragraphs of their own.

    The text below such a heading belongs to the section above it.
    """
    lines = [(s.title or "", bool(s.paragraphs)) for s in content.sections]
    for section in content.sections:
        texts = [p.text for p in section.paragraphs]
        lines += [(text, place + 1 < len(texts)) for place, text in enumerate(texts)]
    named = speakers(lines, " ".join(p.text for s in content.sections for p in s.paragraphs))
    if not named:
        return content
    spoken = {id(p) for s in content.sections for p in s.paragraphs if p.text.rstrip(" :.") in named}
    content = _without(content, spoken, "other")
    sections: list[Section] = []
    left_out, moved = list(content.left_out), dict[str, str]()
    for section in content.sections:
        if section.title is None or section.title.rstrip(" :.") not in named:
            sections.append(section)
            continue
        left_out.append(LeftOut("other", section.title))
        if sections:
            moved[section.id] = sections[-1].id
            sections[-1] = replace(sections[-1], paragraphs=[*sections[-1].paragraphs, *section.paragraphs])
        else:
            sections.append(replace(section, title=None))
    notes = [replace(n, section=moved.get(n.section or "", n.section)) for n in content.notes]
    return replace(content, sections=sections, notes=notes, left_out=left_out)


def _without(content: Content, found: set[int], kind: LeftOutKind) -> Content:
    """The content without the paragraphs with these identities, which are left out as texts of a kind."""
    if not found:
        return content
    taken = [p.text for section in content.sections for p in section.paragraphs if id(p) in found]
    sections = [
        replace(section, paragraphs=[p for p in section.paragraphs if id(p) not in found])
        for section in content.sections
    ]
    cited = {note.section for note in content.notes}
    return replace(
        content,
        sections=[s for s in sections if s.title is not None or s.paragraphs or s.id in cited],
        left_out=[*content.left_out, *(LeftOut(kind, text) for text in taken)],
    )


def _rising(numbers: Sequence[tuple[int, int]]) -> list[int]:
    """The places of the longest run of numbers of which each is one or two larger than the one before it."""
    best: list[int] = []
    for first in range(len(numbers)):
        run = [numbers[first]]
        for place, number in numbers[first + 1 :]:
            if 0 < number - run[-1][1] <= 2 and place - run[-1][0] > 1:
                run.append((place, number))
        best = max(best, [place for place, _ in run], key=len)
    return best


def _joined(paragraphs: Sequence[Paragraph], edge: int, vocabulary: Vocabulary) -> list[Paragraph]:
    """Paragraphs made of lines, of which each ends with a sentence and has a short last line."""
    result: list[Paragraph] = []
    last = ""
    for paragraph in paragraphs:
        before = result[-1] if result else None
        word = len(paragraph.text.split(" ", 1)[0])
        ends = finished(last) and len(last) + word < SHORT * edge
        if before and before.kind == paragraph.kind == "prose" and not ends and not (before.calls or paragraph.calls):
            result[-1] = replace(before, text=join([Line(before.text), Line(paragraph.text)], vocabulary))
        else:
            result.append(paragraph)
        last = paragraph.text
    return result
