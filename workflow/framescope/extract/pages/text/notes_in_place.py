"""Notes of a text without pages, each of which is between paragraphs near the text with its marker."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from framescope.extract.pages.headings import KNOWN, NUMBERED, strong_heading
from framescope.extract.pages.lines import MARK, Line, begins_low, finished, mark
from framescope.extract.pages.note_markers import BARE, candidates
from framescope.extract.pages.notes import Draft, bullets, listed, note_start

# A sign right after a word or punctuation. A sign between spaces is a bullet.
SIGN = re.compile(r"(?<=[\w.,;:!?”\"'’)\]])([*∗†‡§¶‖∥]{1,3})(?=[\s.,;:)]|$)")
# The largest number of lines between a marker and its note below, or above; notes in brackets may be anywhere below.
BELOW, ABOVE = 150, 60
# A longer text, in words, is not such a note.
MOST_WORDS = 400
# Lines longer than this that end with sentences are whole paragraphs.
LONG = 60


@dataclass
class _Call:
    """A marker in the text: its line, its position there, and the name of its note (`_name`)."""

    line: int
    start: int
    end: int
    name: str


def notes_in_place(lines: Sequence[Line]) -> tuple[list[Line], list[Draft]]:
    """Body lines with the markers, and the notes between them.

    A note begins with a number or sign that is a marker in a line nearby. It ends at a blank line that is not followed
    by an indented line, at the next note, and after a short line at the end of a sentence.
    """
    calls = _calls(lines)
    in_list = listed(lines, lambda i: _called(lines, i, calls) is not None)
    edge = _edge(lines)
    kept: list[int] = []
    drafts: list[Draft] = []
    answered: list[_Call] = []
    i = 0
    while i < len(lines):
        call = None if i in in_list else _called(lines, i, calls)
        end = _end(lines, i, calls, edge) if call else i
        number, rest = note_start(lines[i]) or ("", "")
        empty = not rest and end == i + 1
        if call is None or empty or sum(len(line.text.split()) for line in lines[i:end]) > MOST_WORDS:
            kept.append(i)
            i += 1
            continue
        first = [lines[i].with_text(rest)] if rest else []
        drafts.append(Draft(number, 0, [*first, *lines[i + 1 : end]]))
        answered.append(call)
        i = end
    marked = _marked(lines, answered)
    return _with_single_markers([marked[i] for i in kept]), drafts


def _with_single_markers(lines: Sequence[Line]) -> list[Line]:
    """Lines in which a marker on a line of its own is at the end of the line above it."""
    result: list[Line] = []
    for line in lines:
        if result and line.gap == 0.0 and MARK.fullmatch(line.text):
            result[-1] = result[-1].with_text(result[-1].text + line.text)
        else:
            result.append(line)
    return result


def _marked(lines: Sequence[Line], calls: Sequence[_Call]) -> list[Line]:
    """Lines in which the numbers and signs with notes are markers; two notes may have one marker."""
    result = list(lines)
    for _, call in sorted({(call.line, -call.start): call for call in calls}.items()):
        text = result[call.line].text
        marker = mark(call.name.strip("[]")) + text[call.end :]
        result[call.line] = result[call.line].with_text(text[: call.start].rstrip() + marker)
    return result


def _calls(lines: Sequence[Line]) -> dict[str, list[_Call]]:
    """The markers of each note; if some notes have brackets, numbers without brackets are not markers."""
    found: dict[str, list[_Call]] = defaultdict(list)
    for candidate in candidates(lines):
        whole = lines[candidate.line].text
        text = whole[candidate.start : candidate.end]
        if candidate.glued and (candidate.start > 0 or text == whole != str(candidate.number)):
            name = text if text.startswith("[") else str(candidate.number)
            found[name].append(_Call(candidate.line, candidate.start, candidate.end, name))
    for i, line in enumerate(lines):
        for match in SIGN.finditer(line.text):
            found[match.group()].append(_Call(i, match.start(), match.end(), match.group()))
    named = [_name(line) for line in lines]
    bracketed = any(name is not None and name.startswith("[") and name in found for name in named)
    signs = bullets(lines)
    return {
        name: calls
        for name, calls in found.items()
        if name not in signs and (name.startswith("[") or not (bracketed and name.isdecimal()))
    }


def _name(line: Line) -> str | None:
    """The number or sign of a note that begins with a line, in brackets if it is printed so; otherwise None."""
    start = note_start(line)
    return None if start is None else f"[{start[0]}]" if line.text.startswith("[") else start[0]


def _edge(lines: Sequence[Line]) -> float:
    """The place at which full lines end; infinite if each line is a paragraph."""
    long = [line for line in lines if len(line.text) > LONG]
    if sum(finished(line.text) for line in long) > 0.8 * len(long):
        return float("inf")
    ends = sorted(line.right for line in lines)
    return ends[len(ends) * 4 // 5] if ends else 0.0


def _called(lines: Sequence[Line], i: int, calls: dict[str, list[_Call]]) -> _Call | None:
    """The nearest marker of the note that begins with a line, preferably above it; None if no note begins."""
    line = lines[i]
    name = _name(line)
    if name in (None, "0", "[0]") or line.cells or KNOWN.fullmatch(line.text):
        return None
    if NUMBERED.match(line.text) and strong_heading(line.text) and i + 1 < len(lines) and lines[i + 1].gap != 0.0:
        return None
    below = i if line.text.startswith("[") else BELOW
    near = [call for call in calls.get(name or "", []) if -below <= call.line - i <= ABOVE and call.line != i]
    return min(near, key=lambda call: (call.line > i, abs(call.line - i)), default=None)


def _end(lines: Sequence[Line], first: int, calls: dict[str, list[_Call]], edge: float) -> int:
    """The line after the last of the note that begins with line `first`."""
    margin = lines[first].left
    hanging = first + 1 < len(lines) and lines[first + 1].gap == 0.0 and lines[first + 1].left > margin
    for i in range(first + 1, len(lines)):
        line, before = lines[i], lines[i - 1]
        alone = i == first + 1 and not (note_start(before) or ("", "x"))[1]
        if _called(lines, i, calls) or line.gap is None or (line.gap > 0 and line.left <= margin):
            return i
        if hanging and line.left <= margin:
            return i
        if BARE.fullmatch(line.text):
            return i
        if alone or hanging:
            continue
        closes = (finished(before.text) or "/" in before.text.split(" ")[-1]) and not begins_low(line.text)
        if closes and (before.right < 0.85 * edge or note_start(line)):
            return i
    return len(lines)
