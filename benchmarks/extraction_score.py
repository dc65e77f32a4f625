"""How close an extraction comes to its gold: headings, sections, body, notes, paragraphs, hyphens.

Both sides are `{"sections": [{"title", "level", "paragraphs": [text]}], "footnotes": [{"number", "text"}]}`. Gold may
add `title` and `ignore_titles` (headings neither right nor wrong), `ignore` (body text neither right nor wrong, such
as the title block, table cells and captions) and `furniture` (running heads).

The body is compared as words in order: the longest common subsequence of the two texts pairs each word of the output
with at most one of the gold; F1 is the harmonic mean of precision and recall over those pairs.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

Extraction = dict[str, Any]

SIMILAR_TITLES = 90
SAME_NOTE, SAME_TRUNCATED_NOTE = 0.9, 0.6
NUMBERING = re.compile(
    r"^\s*(?:(?:section|chapter|part)\s+)?(?:[0-9]+(?:\.[0-9]+)*|[ivxlc]+|[a-z])[.):\s]\s*", re.IGNORECASE
)
MEASURES = {
    "headings_f1": "headings F1",
    "section_accuracy": "section accuracy",
    "body_f1": "body F1",
    "note_share": "note share in body",
    "furniture_share": "furniture share in body",
    "paragraphs_f1": "paragraphs F1",
    "notes_text_f1": "notes F1, text alone",
    "notes_f1": "notes F1",
    "hyphen_errors": "hyphen errors per 1,000 words",
}


def words(text: str) -> list[str]:
    """The words that are compared: case, apostrophes inside words, ligatures and soft hyphens make no difference."""
    text = unicodedata.normalize("NFKC", text).replace("’", "'").replace("\u00ad", "").casefold()
    return re.findall(r"\w+", re.sub(r"(?<=\w)'(?=\w)", "", text))


def same_title(one: str | None, other: str | None) -> bool:
    """Whether two headings are the same but for their numbering and a few characters."""
    keys = [" ".join(words(NUMBERING.sub("", title or ""))) for title in (one, other)]
    if not all(keys):
        keys = [" ".join(words(title or "")) for title in (one, other)]
    return all(keys) and fuzz.ratio(*keys) >= SIMILAR_TITLES


def f1(hits: float, found: int, wanted: int) -> float:
    """The harmonic mean of precision and recall, each 1 where nothing was due and nothing was missed."""
    precision = hits / found if found else float(wanted == 0)
    recall = hits / wanted if wanted else 1.0
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def titles(extraction: Extraction) -> list[str]:
    """The headings of an extraction, in order."""
    return [section["title"] for section in extraction["sections"] if section.get("title")]


def headings_f1(found: Extraction, gold: Extraction) -> float | None:
    """F1 over headings; None where the gold has none."""
    wanted = titles(gold)
    neutral = [*gold.get("ignore_titles", []), *([gold["title"]] if gold.get("title") else [])]
    counted = [
        title
        for title in titles(found)
        if any(same_title(title, want) for want in wanted) or not any(same_title(title, skip) for skip in neutral)
    ]
    unmatched = list(counted)
    hits = 0
    for want in wanted:
        match = next((title for title in unmatched if same_title(want, title)), None)
        if match is not None:
            unmatched.remove(match)
            hits += 1
    return f1(hits, len(counted), len(wanted)) if wanted else None


@dataclass(frozen=True)
class Body:
    """The words of a body in order, the section each is in, and where paragraphs begin."""

    words: list[str]
    sections: list[int]
    starts: list[int]


def body_of(extraction: Extraction) -> Body:
    """The body of an extraction."""
    paragraphs = [
        (index, split)
        for index, section in enumerate(extraction["sections"])
        for paragraph in section["paragraphs"]
        if (split := words(paragraph))
    ]
    ends = list(accumulate(len(split) for _, split in paragraphs))
    return Body(
        [word for _, split in paragraphs for word in split],
        [index for index, split in paragraphs for _ in split],
        [0, *ends[:-1]] if ends else [],
    )


def aligned(found: list[str], gold: list[str]) -> dict[int, int]:
    """Pairs of positions along a longest common subsequence of two lists of words."""
    numbers = {word: number for number, word in enumerate(dict.fromkeys([*found, *gold]))}
    codes = LCSseq.opcodes([numbers[word] for word in found], [numbers[word] for word in gold])
    return {
        code.src_start + step: code.dest_start + step
        for code in codes
        if code.tag == "equal"
        for step in range(code.src_end - code.src_start)
    }


def near(position: int, positions: Iterable[int]) -> bool:
    """Whether a paragraph begins at a position, give or take a word."""
    return any(position + step in positions for step in (-1, 0, 1))


def soft_starts(gold: Extraction) -> set[int]:
    """Positions at which the gold leaves open whether a paragraph begins."""
    soft, position = set(), 0
    for section in gold["sections"]:
        for paragraph in section["paragraphs"]:
            for mark in gold.get("soft_breaks", []):
                at = paragraph.find(mark["before"])
                if at >= 0 and mark["section"] == section["title"]:
                    soft.add(position + len(words(paragraph[:at])))
            position += len(words(paragraph))
    return soft


def paragraphs_f1(found: Body, gold: Body, pairs: dict[int, int], soft: set[int]) -> float:
    """F1 over the beginnings of paragraphs, the first apart, in the gold's positions."""
    order = sorted(pairs)
    begun = set()
    for start, end in pairwise([*found.starts, len(found.words)]):
        first = bisect_left(order, start)
        if first < len(order) and order[first] < end:
            begun.add(pairs[order[first]])
    begun = {start for start in begun if start and not near(start, soft)}
    wanted = {start for start in gold.starts if start and not near(start, soft)}
    hits = sum(near(start, begun) for start in wanted)
    return f1(min(hits, len(begun)), len(begun), len(wanted))


def surplus(extra: list[str], gold: Extraction) -> Counter[str]:
    """The words of a body that are not the gold's body, by where they come from: ignore, notes, furniture or other."""
    notes = [f"{note['number']} {note['text'] or ''}" for note in gold["footnotes"]]
    ignored, noted = Counter(words(" ".join(gold.get("ignore", [])))), Counter(words(" ".join(notes)))
    furniture = set(words(" ".join(gold.get("furniture", []))))
    kinds: Counter[str] = Counter()
    for word in extra:
        if ignored[word] > 0:
            ignored[word] -= 1
            kinds["ignore"] += 1
        elif noted[word] > 0:
            noted[word] -= 1
            kinds["notes"] += 1
        else:
            kinds["furniture" if word in furniture or word.isdigit() else "other"] += 1
    return kinds


def section_accuracy(found: Extraction, gold: Extraction, bodies: tuple[Body, Body], pairs: dict[int, int]) -> float:
    """The share of the gold's body words that are found under their own heading."""

    def right(one: int, other: int) -> bool:
        title, want = found["sections"][one].get("title"), gold["sections"][other].get("title")
        return same_title(title, want) if want else not title or same_title(title, gold.get("title"))

    places = Counter((bodies[0].sections[one], bodies[1].sections[other]) for one, other in pairs.items())
    return sum(count for place, count in places.items() if right(*place)) / max(1, len(bodies[1].words))


def notes_f1(found: Extraction, gold: Extraction) -> tuple[float | None, float | None]:
    """F1 over notes by their text, and by text and number; None where the gold has no note."""
    wanted = [note for note in gold["footnotes"] if note.get("text")]
    if not wanted:
        return None, None
    left = [(str(note.get("number", "")).strip("[]. "), words(note.get("text") or "")) for note in found["footnotes"]]
    offered = sum(1 for _, text in left if text)
    by_text = by_number = 0
    for note in wanted:
        need = words(note["text"])
        enough = SAME_TRUNCATED_NOTE if note.get("status") == "truncated" else SAME_NOTE
        for candidate in left:
            number, have = candidate
            if have and 2 * LCSseq.similarity(need, have) / (len(need) + len(have)) >= enough:
                left.remove(candidate)
                by_text += 1
                by_number += number == str(note["number"])
                break
    return f1(by_text, offered, len(wanted)), f1(by_number, offered, len(wanted))


def hyphen_errors(found: Extraction, gold: Extraction) -> float:
    """Words broken at a hyphen, joined across one, or left with a hyphen's code point, per 1,000 words of gold."""
    texts = ["\n".join(p for section in side["sections"] for p in section["paragraphs"]) for side in (found, gold)]
    out, right = (text.casefold() for text in texts)
    broken = len(re.findall(r"[a-z]-\s+[a-z]", out)) - len(re.findall(r"[a-z]-\s+[a-z]", right))
    stray = sum(out.count(character) for character in "\u00ad\ufffe\x02")
    has, due = (Counter(re.findall(r"\w+(?:-\w+)*", text)) for text in (out, right))
    joined = 0
    for word, count in due.items():
        closed = word.replace("-", "")
        if closed != word:
            joined += max(0, min(has[closed] - due[closed], count - has[word]))
    return 1000 * (max(0, broken) + stray + joined) / max(1, len(right.split()))


def score(found: Extraction, gold: Extraction) -> dict[str, float | None]:
    """Every measure of one document, by the names in `MEASURES`."""
    bodies = body_of(found), body_of(gold)
    pairs = aligned(bodies[0].words, bodies[1].words)
    extra = surplus([word for at, word in enumerate(bodies[0].words) if at not in pairs], gold)
    counted = max(1, len(bodies[0].words) - extra["ignore"])
    notes_text, notes = notes_f1(found, gold)
    return {
        "headings_f1": headings_f1(found, gold),
        "section_accuracy": section_accuracy(found, gold, bodies, pairs),
        "body_f1": f1(len(pairs), counted, len(bodies[1].words)),
        "note_share": extra["notes"] / counted,
        "furniture_share": extra["furniture"] / counted,
        "paragraphs_f1": paragraphs_f1(*bodies, pairs, soft_starts(gold)),
        "notes_text_f1": notes_text,
        "notes_f1": notes,
        "hyphen_errors": hyphen_errors(found, gold),
    }
