"""Plain text as printed lines: line spacing, page starts and separators of the many forms of PDF-to-text dumps."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise

from framescope.extract.pages.lines import LINK_LINE, Line, ends_sentence
from framescope.extract.private_marks import RULE

# A drawn or blank line that separates notes from the text above; it has no words of its own.
SEPARATOR = re.compile(r"[ \t\xa0]{20,}|\s*[_\-–—─━=]{8,}\s*")
LABEL = re.compile(r"^\S{1,5}\s+")
# A row of one sign, as long as the line above it, which is thereby a heading.
UNDERLINE = re.compile(r"\s*([=*~^\"#+-])\1{3,}\s*")
LONE_BULLET = re.compile(r"[•●▪■◦‣⁃∙·○▸►–—*-]")
BARE_NUMBER = re.compile(r"\s*\d{1,3}\s*")


@dataclass
class _Printed:
    text: str
    chunk: int
    blanks: int
    underline: str = ""


def printed_lines(text: str) -> list[Line]:
    """The printed lines of a plain text with their pages, indents and gaps; separators are lines of RULE."""
    printed = _printed(text)
    usual = _usual_spacing(printed)
    starts = _page_starts(printed, usual)
    underlines = dict.fromkeys(item.underline for item in printed if item.underline)
    levels = {sign: level for level, sign in enumerate(underlines, 1)}
    lines: list[Line] = []
    page, top = 1, 0.0
    for index, item in enumerate(printed):
        page += index in starts
        stripped = item.text.strip()
        left = len(item.text) - len(item.text.lstrip())
        after_number = bool(left == 1 and index and BARE_NUMBER.fullmatch(printed[index - 1].text))
        if index in starts or after_number:
            left -= 1
        gap = None if index == 0 or index in starts else float(max(0, item.blanks - usual))
        top += 1.0 + (gap or 0.0)
        lines.append(
            Line(
                stripped,
                page,
                float(left),
                float(left + len(stripped)),
                gap,
                top=top,
                cells=tuple((float(left + start), float(left + end)) for start, end in _cells(stripped)),
                fragment=after_number,
                level=levels.get(item.underline, 0),
            )
        )
    for before, line, after in zip([None, *lines], lines, [*lines[1:], None], strict=False):
        line.isolated = (before is None or line.gap != 0.0) and (after is None or after.gap != 0.0)
    return _without_page_margin(lines)


def _printed(text: str) -> list[_Printed]:
    """The lines of a text with words or separators, and the number of blank lines before each."""
    chunks = re.sub(r"\r\n?|[\x0b\x85\u2028\u2029]", "\n", text).split("\f")
    printed: list[_Printed] = []
    blanks = 0
    for number, chunk in enumerate(chunks, 1):
        for raw in chunk.expandtabs().split("\n"):
            if _underlines(raw, printed, number, blanks):
                printed[-1].underline = raw.strip()[0]
                continue
            if SEPARATOR.fullmatch(raw):
                printed.append(_Printed(RULE, number, blanks))
            elif raw.strip():
                printed.append(_Printed(raw.rstrip(), number, blanks))
            else:
                # White space right after a number is the rest of a printed line that a raised number divided.
                blanks += not (raw and not blanks and printed and BARE_NUMBER.fullmatch(printed[-1].text))
                continue
            blanks = 0
    return printed


def _cells(text: str) -> list[tuple[int, int]]:
    """Start and end of the cells of a line after the first, which are separated by wide spaces."""
    unlabelled = LABEL.sub(lambda match: "x" * len(match.group()), text)
    starts = [match.end() for match in re.finditer(r"\S {3,}(?=\S)", unlabelled)]
    return list(pairwise([*starts, len(text)]))


def with_bullets(lines: list[Line]) -> list[Line]:
    """Lines in which each bullet on a line of its own is joined to the line that it belongs to."""
    result: list[Line] = []
    for line in lines:
        before = result[-1] if result else None
        if (
            before is not None
            and LONE_BULLET.fullmatch(before.text)
            and not LONE_BULLET.fullmatch(line.text)
            and line.text != RULE
        ):
            result[-1] = replace(line, text=f"{before.text} {line.text}", left=before.left, gap=before.gap)
        else:
            result.append(line)
    return result


def _underlines(raw: str, printed: list[_Printed], chunk: int, blanks: int) -> bool:
    """Whether a line of the text underlines the one right above it: a row of one sign, as long as that."""
    if blanks or not printed or printed[-1].chunk != chunk or not UNDERLINE.fullmatch(raw):
        return False
    above = printed[-1].text
    begun = len(above) - len(above.lstrip()) == len(raw) - len(raw.lstrip())
    return begun and abs(len(above) - len(raw.rstrip())) < 3 and any(map(str.isalpha, above))


def _usual_spacing(printed: list[_Printed]) -> int:
    """The blank lines between two printed lines of a paragraph: 1 in dumps that put one after every line."""
    pairs = [
        item.blanks
        for before, item in pairwise(printed)
        if RULE not in (before.text, item.text) and not BARE_NUMBER.fullmatch(before.text)
    ]
    if len(pairs) < 8:
        return 0
    modal = max(sorted(Counter(pairs)), key=lambda blanks: pairs.count(blanks))
    unfinished = sum(not ends_sentence(item.text) for item in printed) / len(printed)
    spread = sum(blanks > modal for blanks in pairs)
    return modal if modal and spread and pairs.count(modal) > 0.6 * len(pairs) and unfinished > 0.5 else 0


def _page_starts(printed: list[_Printed], usual: int) -> set[int]:
    """The lines at which pages begin: at form feeds, or at lines with one leading space and no blank line before."""
    feeds = {i for i in range(1, len(printed)) if printed[i].chunk != printed[i - 1].chunk}
    if feeds or not usual:
        return feeds
    flush = sum(not item.text.startswith(" ") for item in printed)
    starts = {
        i
        for i in range(1, len(printed))
        if re.match(r" \S", printed[i].text)
        and printed[i].blanks < usual
        and printed[i - 1].text != RULE
        and not BARE_NUMBER.fullmatch(printed[i - 1].text)
        and not LINK_LINE.fullmatch(printed[i].text.strip())
    }
    return starts if flush > 0.7 * len(printed) else set()


def _without_page_margin(lines: list[Line]) -> list[Line]:
    """Lines without the left margin of their page, which dumps that keep the layout have."""
    margins: dict[int, float] = {}
    for line in lines:
        if line.text != RULE:
            margins[line.page] = min(margins.get(line.page, line.left), line.left)
    for line in lines:
        shift = margins.get(line.page, 0.0)
        line.left, line.right = max(0.0, line.left - shift), max(0.0, line.right - shift)
    return lines
