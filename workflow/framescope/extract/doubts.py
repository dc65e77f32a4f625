"""Doubts about a reading: proportions of notes, headings and sections that documents seldom have and misreadings do."""

from __future__ import annotations

from dataclasses import dataclass

from framescope.extract.content import Content
from framescope.extract.pages.headings import strong_heading
from framescope.words import count_words

MOST_IN_NOTES = 1 / 3
LONGEST_NOTE = 400
LEAST_BODY = 1 / 2
LARGEST_SECTION = 0.9
MOST_IN_HEADINGS = 1 / 10
# What a document says outside its running text; the rest of what is left out is furniture.
SAID = ("table", "caption", "reference")
# Below so many words a share says little: a memorandum of a page may be half letterhead.
FEWEST_WORDS = 500
# From so many notes on, and such a share of them, notes that nothing calls are none.
FEWEST_UNCALLED, MOST_UNCALLED = 5, 1 / 2
# So many short paragraphs that read like headings are headings that were not recognised.
FEWEST_UNREAD = 3


@dataclass(frozen=True)
class Proportions:
    """Words of a reading by the kind of text they were taken for; furniture of pages and sites aside.

    `longest_note` and `largest_section` are words of one note and of the paragraphs of one section, `unread` counts
    the paragraphs that are worded like headings.
    """

    body: int
    notes: int
    headings: int
    left_out: int
    longest_note: int
    largest_section: int
    unread: int

    @property
    def words(self) -> int:
        """All words but those of the furniture."""
        return self.body + self.notes + self.headings + self.left_out


def proportions(content: Content) -> Proportions:
    """The words of a reading by kind."""
    sections = [sum(count_words(p.text) for p in section.paragraphs) for section in content.sections]
    notes = [count_words(note.text) for note in content.notes]
    return Proportions(
        body=sum(sections),
        notes=sum(notes),
        headings=sum(count_words(section.title or "") for section in content.sections),
        left_out=sum(count_words(item.text) for item in content.left_out if item.kind in SAID),
        longest_note=max(notes, default=0),
        largest_section=max(sections, default=0),
        unread=sum(p.kind == "prose" and strong_heading(p.text) for s in content.sections for p in s.paragraphs),
    )


def note_doubts(content: Content) -> list[str]:
    """The doubts about a reading's notes: too many words in them, too long a note, notes that nothing calls."""
    found = proportions(content)
    running = found.body + found.notes + found.headings
    if running < FEWEST_WORDS:
        return []
    told = []
    whole = [note for note in content.notes if note.text]
    uncalled = sum(note.section is None for note in whole)
    if found.notes > MOST_IN_NOTES * running and uncalled:
        told.append(f"notes hold {found.notes / running:.0%} of the words: text may have been taken for notes")
    if found.longest_note > LONGEST_NOTE:
        told.append(f"a note has {found.longest_note:,} words: text or a table may have been taken for a note")
    if uncalled >= FEWEST_UNCALLED and uncalled > MOST_UNCALLED * len(whole):
        told.append(f"{uncalled} of {len(whole)} notes are called nowhere in the text: they may be no notes")
    return told


def doubts(content: Content) -> list[str]:
    """A warning for each proportion of a reading that says it may be wrong; none for a text of less than a page."""
    found = proportions(content)
    running = found.body + found.notes + found.headings
    if running < FEWEST_WORDS:
        return []
    told = note_doubts(content)
    if found.body < LEAST_BODY * found.words:
        told.append(f"only {found.body / found.words:.0%} of the words are body text: see text_accounting.csv")
    if found.largest_section > LARGEST_SECTION * found.body and found.unread >= FEWEST_UNREAD:
        told.append(
            f"one section holds {found.largest_section / found.body:.0%} of the body, "
            f"and {found.unread} of the paragraphs read like headings: headings may have been missed"
        )
    if found.headings > MOST_IN_HEADINGS * running:
        told.append(f"headings hold {found.headings / running:.0%} of the words: text may have been taken for headings")
    return told
