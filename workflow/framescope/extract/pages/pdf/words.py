"""Words and printed lines from the glyphs of a page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from framescope.extract.pages.lines import LIGATURES, MARK, Line, mark, number_of
from framescope.extract.pages.pdf.accents import with_accents
from framescope.extract.pages.pdf.glyphs import SPACE, Glyph
from framescope.extract.private_marks import MARKER_OPENS

SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
RAISED_NUMBER = re.compile(r"([⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
UNIT = re.compile(r"\d*[kcm]?m|\d*ft|\d*mi", re.IGNORECASE)
MARKER = re.compile(r"[(\[]?(\d{1,3}|[*∗†‡§¶‖∥]{1,3}|[a-z])[)\].]?")
MARKERS = re.compile(r"\d{1,3}(?:[,;–-]\d{1,3})*[,;]?")

# Line numbers are beside the words at this share of the page's width.
NEAR = 0.4
# At least this share of the lines of running text begin with a small letter.
LEAST_LOW = 0.4
# Words of a line with a larger gap, in ems, are in different cells of a table, except after a label.
CELL = 1.2
LABEL = re.compile(r"\(?(?:\d{1,2}(?:\.\d{1,2})*|[ivxIVX]{1,5}|[a-zA-Z])[.)]?|\W|" + MARKER_OPENS + ".*")


@dataclass
class Word:
    """Glyphs without a space between them: text, edges, baseline, and the look of most of them."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    bold: bool
    italic: bool
    raised: bool = False
    glued: bool = False


def words(glyphs: Sequence[Glyph]) -> list[Word]:
    """The words of a page in the order it draws them; gaps between glyphs are spaces."""
    result: list[Word] = []
    glyphs = with_accents(glyphs)
    spaces = sum(glyph.char in SPACE for glyph in glyphs)
    spaced = spaces > 0.08 * len(glyphs)
    run: list[Glyph] = []
    for glyph in glyphs:
        if run and not _runs_on(run[-1], glyph):
            result += _run_words(run, spaced)
            run = []
        run.append(glyph)
    result += _run_words(run, spaced)
    return _with_raised(result)


def _runs_on(before: Glyph, glyph: Glyph) -> bool:
    size = before.style.size
    gap = glyph.left - before.right
    return (
        abs(glyph.baseline - before.baseline) < 0.05 * size
        and abs(glyph.style.size - size) < 0.03 * size
        and -0.6 * size < gap < 1.2 * size
    )


def _run_words(run: list[Glyph], spaced: bool) -> list[Word]:
    if not run:
        return []
    size = run[0].style.size
    gaps = [
        glyph.left - before.right for before, glyph in pairwise(run) if before.char.isalnum() and glyph.char.isalnum()
    ]
    usual = median(gaps) if len(gaps) > 3 else 0.0
    space = max(0.0, usual) + (0.25 if spaced and run[0].style.italic else 0.14) * size
    parts: list[list[Glyph]] = [[]]
    for before, glyph in zip([None, *run], run, strict=False):
        if glyph.char in SPACE:
            parts.append([])
            continue
        if before is not None and before.char not in SPACE and glyph.left - before.right > space:
            parts.append([])
        parts[-1].append(glyph)
    return [_word(part) for part in parts if part]


def _word(part: list[Glyph]) -> Word:
    bold = sum([glyph.style.bold for glyph in part]) * 2 > len(part)
    italic = sum([glyph.style.italic for glyph in part]) * 2 > len(part)
    text = "".join([glyph.char for glyph in part]).translate(LIGATURES)
    return Word(text, part[0].left, part[-1].right, part[0].baseline, part[0].style.size, bold, italic)


def _with_raised(found: list[Word]) -> list[Word]:
    """Words, with those marked as raised that are higher and smaller than a neighbour, like note markers."""
    for i, word in enumerate(found):
        for j in (i - 1, i + 1, i - 2):
            if not 0 <= j < len(found) or found[j].raised:
                continue
            host = found[j]
            rise = (word.baseline - host.baseline) / host.size
            largest = 0.97 if rise > 0.3 and MARKERS.fullmatch(word.text) else 0.88
            if not 0.4 < word.size / host.size < largest:
                continue
            near = (
                -0.3 < (word.left - host.right) / host.size < 0.5
                if j < i
                else -0.3 < (host.left - word.right) / host.size < 1.2
            )
            if 0.1 < rise < 0.75 and (near or j == i - 2):
                word.raised = True
                break
    return found


def without_line_numbers(found: list[Word]) -> tuple[list[Word], list[str]]:
    """Words without line numbers in the margins and between columns, and these numbers, which count in even steps."""
    if not found:
        return found, []
    lefts, rights = sorted(word.left for word in found), sorted(word.right for word in found)
    inner_left, inner_right = lefts[len(found) // 8], rights[-1 - len(found) // 8]
    numbers = [word for word in found if number_of(word.text) is not None and not word.raised]
    height = max(word.baseline for word in found) - min(word.baseline for word in found)
    counted = [
        [word for word in numbers if word.right < inner_left - 0.5 * word.size],
        [word for word in numbers if word.left > inner_right + 0.5 * word.size],
        *(
            stack
            for stack in _stacks(numbers)
            if stack[0].baseline - stack[-1].baseline > 0.5 * height and _beside_text(stack, found)
        ),
    ]
    gone = {id(word): word.text for stack in counted if _counts_lines(stack, found) for word in stack}
    return [word for word in found if id(word) not in gone], list(gone.values())


def _stacks(numbers: Sequence[Word]) -> list[list[Word]]:
    """Numbers that end at the same place on their lines, from top to bottom."""
    stacks: list[list[Word]] = []
    for word in sorted(numbers, key=lambda word: word.right):
        if stacks and word.right - stacks[-1][-1].right < 0.1 * word.size:
            stacks[-1].append(word)
        else:
            stacks.append([word])
    return [sorted(stack, key=lambda word: -word.baseline) for stack in stacks]


def _beside_text(stack: Sequence[Word], found: Sequence[Word]) -> bool:
    """Whether numbers stand apart from the words of their lines, of which many after them begin with a small letter.

    The words after the numbers of notes and of list items begin with capitals.
    """
    low = 0
    for number in stack:
        line = [word for word in found if abs(word.baseline - number.baseline) < 0.3 * number.size]
        after = min((word for word in line if word.left > number.right), key=lambda word: word.left, default=None)
        close = (
            word.left - 0.5 * word.size < number.right and word.right + 0.5 * word.size > number.left
            for word in line
            if word is not number
        )
        if any(close):
            return False
        low += after is not None and after.text[0].islower()
    return low > LEAST_LOW * len(stack)


def _counts_lines(numbers: Sequence[Word], found: Sequence[Word]) -> bool:
    """Whether numbers, from top to bottom, rise in even steps beside most rows of a column of text."""
    ordered = sorted(numbers, key=lambda word: -word.baseline)
    if len(ordered) < 5:
        return False
    step, times = Counter(int(after.text) - int(word.text) for word, after in pairwise(ordered)).most_common(1)[0]
    place, reach = ordered[0].right, NEAR * (max(word.right for word in found) - min(word.left for word in found))
    own = set(map(id, numbers))
    text = [word for word in found if id(word) not in own]
    sides = [
        {round(word.baseline) for word in text if place < word.left < place + reach},
        {round(word.baseline) for word in text if place - reach < word.right < place},
    ]
    rows = min((len(side) for side in sides if len(side) > len(ordered) / 2), default=0)
    return step > 0 and times >= 0.8 * (len(ordered) - 1) and len(ordered) * step > 0.5 * rows > 0


def lines_of(found: Sequence[Word], page: int, column: int) -> list[Line]:
    """The printed lines of one column, from top to bottom; raised numbers become note markers."""
    rows = _rows([word for word in found if not word.raised])
    for word in found:
        if word.raised:
            _attach(rows, word)
    _drop_capitals(rows)
    edge = max((word.right for word in found), default=0.0)
    lines = [_line(sorted(row, key=lambda word: word.left), page, column, edge) for row in rows if row]
    return sorted(lines, key=lambda line: line.top)


def _rows(found: Sequence[Word]) -> list[list[Word]]:
    rows: list[list[Word]] = []
    for word in sorted(found, key=lambda word: (-word.baseline, word.left)):
        for row in rows[-4:][::-1]:
            if abs(row[0].baseline - word.baseline) < 0.25 * min(row[0].size, word.size):
                row.append(word)
                break
        else:
            rows.append([word])
    return rows


def _attach(rows: list[list[Word]], word: Word) -> None:
    """Add a raised word to its row, which is the nearest one below its baseline."""
    below = [row for row in rows if 0 < word.baseline - row[0].baseline < 0.75 * row[0].size and not row[0].raised]
    if below:
        min(below, key=lambda row: word.baseline - row[0].baseline).append(word)
    else:
        word.raised = False
        rows.append([word])


def _drop_capitals(rows: list[list[Word]]) -> None:
    """Join a drop capital, which is as tall as several lines, to the first word of the topmost line beside it."""
    for row in rows:
        for word in list(row):
            if len(word.text.strip("“\"'‘")) != 1 or not word.text[-1].isalpha() or word.raised:
                continue
            beside = [
                other
                for other in rows
                for first in [min((w for w in other if w is not word), key=lambda w: w.left, default=None)]
                if first is not None
                and word.size > 1.7 * first.size
                and word.baseline - 0.2 * first.size <= first.baseline <= word.baseline + word.size
                and first.left >= word.right - 0.3 * first.size
                and first.left - word.right < 1.5 * first.size
            ]
            if len(beside) < 2:
                continue
            row.remove(word)
            for other in beside:
                first = min(other, key=lambda w: w.left)
                first.left = word.left
            topmost = max(beside, key=lambda other: other[0].baseline)
            first = min(topmost, key=lambda w: w.left)
            first.text = word.text + first.text


def _line(row: list[Word], page: int, column: int, edge: float) -> Line:
    main = [word for word in row if not word.raised] or row
    sizes = Counter[float]()
    for word in main:
        sizes[round(word.size, 1)] += len(word.text)
    size = sizes.most_common(1)[0][0]
    letters = sum(len(word.text) for word in main)
    text, before = "", None
    cells: list[tuple[float, float]] = []
    for word in row:
        if before is not None and word.left - before.right > CELL * size and not LABEL.fullmatch(text):
            cells.append((word.left, word.right))
        elif cells:
            cells[-1] = (cells[-1][0], word.right)
        power = word.raised and word.text in ("2", "3") and before is not None and UNIT.fullmatch(before.text)
        piece = word.text if power else _markers(word.text) if word.raised else RAISED_NUMBER.sub(_raised, word.text)
        spaced = before is not None and word.left - before.right > 0.12 * max(before.size, word.size)
        if spaced and word.raised and MARK.match(piece):
            spaced = False
        text += (" " if spaced else "") + piece
        before = word
    baseline = main[0].baseline
    return Line(
        text=text,
        page=page,
        left=row[0].left,
        right=max(word.right for word in row),
        gap=0.0,
        size=size,
        bold=sum(len(word.text) for word in main if word.bold) > 0.8 * letters,
        italic=sum(len(word.text) for word in main if word.italic) > 0.8 * letters,
        top=-baseline,
        column=column,
        first=(round(main[0].size, 1), main[0].bold),
        last=(round(main[-1].size, 1), main[-1].bold),
        cells=() if _evenly_spaced(main, edge) else tuple(cells),
    )


def _evenly_spaced(row: Sequence[Word], edge: float) -> bool:
    """Whether all gaps between words are equal, as in a loose justified line; `edge` is the column's right edge."""
    gaps = [after.left - word.right for word, after in pairwise(row)]
    enough = 1 if row[-1].right > edge - 1 else 2
    return len(gaps) > enough and max(gaps) - min(gaps) < 0.2 * max(gaps)


def _markers(text: str) -> str:
    """Raised text as note markers if it is numbers or signs, and otherwise unchanged."""
    single = MARKER.fullmatch(text)
    if single:
        return mark(single.group(1))
    if MARKERS.fullmatch(text):
        return "".join(mark(number) for number in re.findall(r"\d+", text))
    return text


def _raised(match: re.Match[str]) -> str:
    return mark(match.group(1).translate(SUPERSCRIPTS))
