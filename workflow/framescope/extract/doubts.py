"""Doubts about a reading: proportions of notes, headings and sections that are rare unless a text is misread."""

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
# Kinds of text left out that belong to the content of a document. All other kinds are boilerplate, such as headers.
CONTENT_LEFT_OUT = ("table", "caption", "reference")
# Proportions of a shorter text mean little: half of a memorandum of one page may be its letterhead.
FEWEST_WORDS = 500
# At least this number of notes, and more than this share of all, must be cited nowhere before they are doubted.
FEWEST_UNCALLED, MOST_UNCALLED = 5, 1 / 2
# With at least this number of paragraphs that are worded like headings, headings were probably missed.
FEWEST_UNREAD = 3


@dataclass(frozen=True)
class Proportions:
    """The number of words of a reading by the kind of text that they were taken for, without boilerplate.

    `longest_note` and `largest_section` count the words of one note and of the paragraphs of one section. `unread` is
    the number of paragraphs that are worded like headings.
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
        """The number of all words except those of boilerplate."""
        return self.body + self.notes + self.headings + self.left_out


def proportions(content: Content) -> Proportions:
    """The number of words of a reading by kind of text."""
    sections = [sum(count_words(p.text) for p in section.paragraphs) for section in content.sections]
    notes = [count_words(note.text) for note in content.notes]
    return Proportions(
        body=sum(sections),
        notes=sum(notes),
        headings=sum(count_words(section.title or "") for section in content.sections),
        left_out=sum(count_words(item.text) for item in content.left_out if item.kind in CONTENT_LEFT_OUT),
        longest_note=max(notes, default=0),
        largest_section=max(sections, default=0),
        unread=sum(p.kind == "prose" and strong_heading(p.text) for s in content.sections for p in s.paragraphs),
    )


def note_doubts(content: Content) -> list[str]:
    """The doubts about the notes of a reading: too many words, too long a note, or notes that are cited nowhere."""
    return _of_notes(content, proportions(content))


def _of_notes(content: Content, counts: Proportions) -> list[str]:
    running = counts.body + counts.notes + counts.headings
    if running < FEWEST_WORDS:
        return []
    warnings = []
    whole = [note for note in content.notes if note.text]
    uncalled = sum(note.section is None for note in whole)
    if counts.notes > MOST_IN_NOTES * running and uncalled:
        warnings.append(f"notes hold {counts.notes / running:.0%} of the words: text may have been taken for notes")
    if counts.longest_note > LONGEST_NOTE:
        warnings.append(f"a note has {counts.longest_note:,} words: text or a table may have been taken for a note")
    if uncalled >= FEWEST_UNCALLED and uncalled > MOST_UNCALLED * len(whole):
        warnings.append(f"{uncalled} of {len(whole)} notes are called nowhere in the text: they may be no notes")
    return warnings


def doubts(content: Content) -> list[str]:
    """A warning for each proportion that suggests a misreading; none for a text of less than a page."""
    counts = proportions(content)
    running = counts.body + counts.notes + counts.headings
    if running < FEWEST_WORDS:
        return []
    warnings = _of_notes(content, counts)
    if counts.body < LEAST_BODY * counts.words:
        warnings.append(f"only {counts.body / counts.words:.0%} of the words are body text: see text_accounting.csv")
    if counts.largest_section > LARGEST_SECTION * counts.body and counts.unread >= FEWEST_UNREAD:
        warnings.append(
            f"one section holds {counts.largest_section / counts.body:.0%} of the body, "
            f"and {counts.unread} of the paragraphs read like headings: headings may have been missed"
        )
    if counts.headings > MOST_IN_HEADINGS * running:
        warnings.append(
            f"headings hold {counts.headings / running:.0%} of the words: text may have been taken for headings"
        )
    return warnings
