"""Notes: where they are on a page, where each begins, and which marker in the text refers to it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import mean, median

from framescope.extract.pages.headings import strong_heading
from framescope.extract.pages.lines import FUNCTION_WORDS, MARK, Line, begins_low, finished, number_of
from framescope.extract.pages.note_markers import BARE, candidates, numbers_in
from framescope.extract.private_marks import MARKER_CLOSES, MARKER_OPENS, RULE

NOTE_START = re.compile(
    rf"(?:{MARKER_OPENS}(?P<marked>[^{MARKER_CLOSES}]{{1,4}}){MARKER_CLOSES}[.)]?\s*"
    r"|(?P<number>\d{1,3})(?:[.)]?\s+|(?=[^\W\d_a-z]|[“\"‘'(\[])|[.)]?$)"
    r"|\[(?P<bracketed>\d{1,3})\]\s*|(?P<symbol>[*∗†‡§¶‖∥]{1,3})\s*)(?P<rest>.*)"
)

NUMBERED = re.compile(r"(?P<number>\d{1,3})(?P<form>[.)]?\s+)")
# At least this number of numbered paragraphs are a list if the text has markers for less than this share of them.
FEWEST_LISTED, MOST_CALLED = 4, 2 / 3
# The largest number of lines in which a note may continue on the next page.
LONGEST = 25
# A sign at the beginning of at least this number of lines is a bullet.
FEWEST_BULLETS = 3


@dataclass
class Draft:
    """A note before assembly: its number, its lines and the page on which it begins, 0 for an endnote."""

    number: str
    page: int
    lines: list[Line] = field(default_factory=list)

    @property
    def open(self) -> bool:
        """Whether the last line ends neither as a sentence nor with a link, so that more could follow."""
        ending = self.lines[-1].plain if self.lines else "."
        return not finished(ending) and "/" not in ending.split(" ")[-1]

    @property
    def truncated(self) -> bool:
        """Whether the text is incomplete: it ends with a comma, a hyphen, an open bracket or a function word."""
        text = " ".join(line.plain for line in self.lines)
        last = re.findall(r"[\w'’]+", text)[-1:] or [""]
        opened = text.count("(") > text.count(")")
        return not finished(text) and (text[-1:] in ",-–(" or last[0] in FUNCTION_WORDS or opened)


def note_start(line: Line) -> tuple[str, str] | None:
    """The number and the first words of a note if a line can begin one."""
    found = NOTE_START.fullmatch(line.text)
    if not found:
        return None
    number = found["marked"] or found["number"] or found["bracketed"] or found["symbol"]
    return number, found["rest"]


def bullets(lines: Sequence[Line]) -> set[str]:
    """The signs that begin list items and not notes: those at the beginning of three lines or more."""
    begun = Counter(found["symbol"] for line in lines if (found := NOTE_START.fullmatch(line.text)) and found["symbol"])
    return {sign for sign, times in begun.items() if times >= FEWEST_BULLETS}


def follows(number: str, last: str | None) -> bool:
    """Whether a note number may follow another: it is one higher, or the first of a new count."""
    counted = number_of(number)
    if counted is not None:
        return number == "1" or counted == _after(last)
    return last is None or number_of(last) is None or len(number) == 1


def _comes_next(number: str, last: str | None) -> bool:
    """Whether a note number continues the count within a group of notes."""
    counted = number_of(number)
    return last is None or counted is None or counted == _after(last)


def _after(number: str | None) -> int | None:
    """The number after another; None after a sign."""
    counted = number_of(number) if number else None
    return None if counted is None else counted + 1


def split_page(lines: Sequence[Line], last: Draft | None) -> tuple[list[Line], list[Line]]:
    """A page's body lines and note lines; `last` is the note before this page, which may continue here."""
    number = last.number if last else None
    for rule in [i for i, line in enumerate(lines) if line.text == RULE][::-1]:
        above, below = _words(lines[:rule]), _words(lines[rule + 1 :])
        start = note_start(below[0]) if below else None
        if start and (follows(start[0], number) if last else _called(start[0], above)):
            return above, below
        if below and not start and last and last.open and len(below) < 30:
            return above, below
    body = _words(lines)
    first = _first_note(body, number)
    if first is None:
        return body, []
    resumed = _resumption(body, first)
    if resumed is None:
        return body[:first], body[first:]
    notes = body[first:resumed]
    starts = [start[0] for line in notes if (start := note_start(line))]
    rest, more = split_page(body[resumed:], Draft(starts[-1], notes[-1].page, notes))
    return body[:first] + rest, notes + more


def _words(lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if line.text != RULE]


def _first_note(body: Sequence[Line], last: str | None) -> int | None:
    """The line at which notes begin: the lowest with the next number, if the text above has a marker with it.

    If columns are printed out of order, it is the first of two successive numbers with markers in the text above.
    """
    numbers: dict[str, int] = {}
    pairs: list[int] = []
    called = _first_calls(body)
    in_list = listed(body, lambda i: called.get((note_start(body[i]) or ("", ""))[0], i) < i)
    usual = median(len(line.text) for line in body) if body else 0.0
    for i in range(1, len(body)):
        start = note_start(body[i])
        if not start or i in in_list or called.get(start[0], i) >= i or _heads(body, i, usual):
            continue
        if follows(start[0], last):
            numbers[start[0]] = i
        elif any((after := note_start(line)) and _comes_next(after[0], start[0]) for line in body[i + 1 : i + 8]):
            pairs.append(i)
    following = str(_after(last) or 1)
    first = numbers.get(following, min(numbers.values(), default=None))
    return min(pairs[0], first or pairs[0]) if pairs and len(pairs) > 1 else first


def listed(lines: Sequence[Line], called: Callable[[int], bool]) -> set[int]:
    """The lines that begin the paragraphs of a numbered list: successive numbers, few of them with markers.

    `called` says whether the text has a marker with the number at the beginning of a line.
    """
    runs: list[list[int]] = []
    last: dict[str, tuple[int, list[int]]] = {}
    for i, line in enumerate(lines):
        if not (found := NUMBERED.match(line.text)):
            continue
        number, (before, run) = int(found["number"]), last.get(found["form"], (-1, []))
        if number != before + 1 or not run:
            run = []
            runs.append(run)
        run.append(i)
        last[found["form"]] = number, run
    long = [run for run in runs if len(run) >= FEWEST_LISTED]
    return {i for run in long if sum(map(called, run)) < MOST_CALLED * len(run) for i in run}


def _first_calls(lines: Sequence[Line]) -> dict[str, int]:
    """The first line with each number that could be a marker."""
    found: dict[str, int] = {}
    for i, line in enumerate(lines):
        for number in MARK.findall(line.text):
            found.setdefault(number, i)
    for candidate in candidates(lines):
        number = str(candidate.number)
        found[number] = min(found.get(number, candidate.line), candidate.line)
    return found


def _heads(body: Sequence[Line], i: int, usual: float) -> bool:
    """Whether a line with a number is a heading: shorter than `usual`, after a sentence and before another."""
    if i + 1 >= len(body) or note_start(body[i + 1]) or begins_low(body[i + 1].text):
        return False
    ended = finished(re.sub(r"\d{1,3}$", "", body[i - 1].text))
    return ended and len(body[i].text) < 0.8 * usual and strong_heading(body[i].text)


def _resumption(body: Sequence[Line], first: int) -> int | None:
    """The line at which text continues below notes, as in the next column: in mid-sentence, after the end of a note."""
    if finished(body[first - 1].text):
        return None
    edge = max(len(line.text) for line in body[first:])
    for i in range(first + 2, len(body)):
        before, word = body[i - 1], body[i].text.split(" ", 1)[0]
        ended = (body[i].gap or 0.0) > 0 or len(before.text) + len(word) + 1 < 0.95 * edge
        near = any(note_start(line) for line in body[i : i + 8])
        if ended and finished(before.text) and begins_low(body[i].text) and not near:
            return i
    return None


def _called(number: str, lines: Sequence[Line]) -> bool:
    """Whether the text above has a marker with this number."""
    return number in numbers_in(lines)


def continued(body: list[Line], draft: Draft | None, edge: float) -> tuple[list[Line], list[Line]]:
    """Body lines, and the lines at their end that continue the unfinished note of the last page.

    These are below a gap and longer than `edge`, where full lines of the body end, because their type is smaller; or
    below a gap that interrupts a sentence; or they contain citations like the note.
    """
    if draft is None or not draft.open or not body or not finished(body[-1].text):
        return body, []
    for i in range(len(body) - 1, max(0, len(body) - 40), -1):
        if (body[i].gap or 0) > 0:
            interrupted = not finished(body[i - 1].text) and not BARE.fullmatch(body[i - 1].text)
            lengths = [len(line.text) for line in body[i:-1]]
            small = len(lengths) > 1 and median(lengths) > 1.06 * edge
            if small or (interrupted and len(lengths) < 6):
                return body[:i], body[i:]
            break
    start = _like_notes(body, draft, edge)
    return body[:start], body[start:]


def _like_notes(body: Sequence[Line], draft: Draft, edge: float) -> int:
    """The first of the lines at the end of a page that are more similar to the unfinished note than to the text above.

    Citations have a larger share of words with a capital or a digit than running text.
    """
    shares = [citing(line.text) for line in body]
    note = mean(citing(line.text) for line in draft.lines)
    text = mean(shares[: max(1, len(shares) - LONGEST)])
    if note - text < 0.1:
        return len(body)
    best, start, total = 0.0, len(body), 0.0
    for i in range(len(body) - 1, max(0, len(body) - LONGEST), -1):
        ended = finished(re.sub(r"\d{1,3}$", "", body[i - 1].text))
        if ended and len(body[i].text) < 0.75 * edge and strong_heading(body[i].text):
            break
        total += shares[i] - (note + text) / 2
        if total > best:
            best, start = total, i
    return start


def citing(text: str) -> float:
    """The share of a line's words that begin with a capital or contain a digit."""
    words = text.split()
    return sum(bool(re.match(r"\W*[^\W\d_a-z]|\S*\d", word)) and not word[:1].islower() for word in words) / len(words)


def parse(lines: Sequence[Line], page: int, last: str | None, called: Sequence[str]) -> tuple[list[Line], list[Draft]]:
    """Note lines as notes: the lines that continue an earlier note, and the notes that begin here."""
    earlier: list[Line] = []
    drafts: list[Draft] = []
    marked = False
    for line in lines:
        start = note_start(line)
        if not drafts:
            marked = bool(MARK.match(line.text))
            begins = start is not None and (marked or follows(start[0], last) or start[0] in called)
        else:
            counts = start is not None and (
                _comes_next(start[0], last) or _out_of_order(start[0], line, called, drafts)
            )
            begins = bool(MARK.match(line.text)) if marked else counts
        if start and begins:
            last = start[0]
            drafts.append(Draft(last, page, [line.with_text(start[1])] if start[1] else []))
        elif drafts:
            drafts[-1].lines.append(line)
        else:
            earlier.append(line)
    earlier += [Line(draft.number, page) for draft in drafts if not draft.lines]
    return earlier, _split_unnumbered([draft for draft in drafts if draft.lines], called)


def _out_of_order(number: str, line: Line, called: Sequence[str], drafts: Sequence[Draft]) -> bool:
    """Whether a number below a gap has a marker on the page and no note yet, as in columns out of order."""
    return (line.gap or 0.0) > 0 and number in called and number not in {draft.number for draft in drafts}


def _split_unnumbered(drafts: list[Draft], called: Sequence[str]) -> list[Draft]:
    """Notes, divided if the next one has lost its number and is part of the one before: at an indented line."""
    found = {draft.number for draft in drafts}
    result = []
    for draft in drafts:
        result.append(draft)
        following = str(_after(draft.number) or "")
        if following not in called or following in found:
            continue
        for i in range(1, len(draft.lines)):
            if draft.lines[i].left > draft.lines[i - 1].left and draft.lines[i].left > 0:
                result.append(Draft(following, draft.page, draft.lines[i:]))
                del draft.lines[i:]
                break
    return result
