"""Conversion of pandoc's syntax tree into Content: sections, paragraphs by kind, notes, and text left out."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from framescope.document import Call, LeftOut, LeftOutKind, Note, Paragraph, ParagraphKind, Section
from framescope.extract.content import Content
from framescope.extract.markup.float_levels import float_levels
from framescope.extract.markup.listed_notes import plain_digits, take_listed_notes, without_markers
from framescope.extract.markup.printed_pages import without_listed_contents, without_speakers
from framescope.extract.markup.syntax_text import (
    CALL,
    Node,
    meta_blocks,
    meta_inlines,
    plain,
    split_at_empty_lines,
    table_cells,
    tidy,
)
from framescope.extract.markup.unstyled_headings import with_unstyled_headings
from framescope.extract.note_calls import taken_out
from framescope.extract.pages.floats import CAPTION, LABEL, SOURCE
from framescope.extract.pages.headings import KNOWN, numbered
from framescope.extract.pages.lines import length_in_words
from framescope.extract.private_marks import CALL_CLOSES, CALL_OPENS, MARKER_CLOSES, MARKER_OPENS, REMOVED
from framescope.identifiers import section_id

# Marks that the readers of other formats insert into HTML, and that are recognised here.
NOTE_CLASS = "framescope-note"
LEFT_OUT_CLASS = "framescope-left-out"
KIND_KEY = "leftout"
REFERENCE_TITLE = re.compile(
    r"(?:[\divxlc.]+\s+)?(?:list of )?(?:selected |further |cited )?"
    r"(?:references?|bibliography|works cited|literature(?: cited)?|references cited|sources cited)(?: list)?:?",
    re.IGNORECASE,
)
CONTENTS_TITLE = re.compile(r"(?:table of )?contents|list of (?:figures|tables)", re.IGNORECASE)
# The text of a box has a heading of its own; the captions of figures and tables do not head a text.
BOX = re.compile(r"box\b|encadré\b", re.IGNORECASE)
LONGEST_CAPTION, LONGEST_NOTE = 40, 200
# A heading that ends with one of these words continues in the next line.
UNFINISHED = frozenset("a an and as at by for from in into of on or the to v versus with".split())  # noqa: SIM905
# A table with at least this many words in a cell, on average, only serves the layout of running text.
LAYOUT_WORDS = 40
DEEPEST = 9
STYLE_KINDS: tuple[tuple[str, LeftOutKind], ...] = (
    ("caption", "caption"),
    ("captioned figure", "caption"),
    ("bibliography", "reference"),
    ("references", "reference"),
    ("title", "other"),
    ("subtitle", "other"),
    ("author", "other"),
    ("date", "other"),
    ("toc", "other"),
    ("header", "header"),
    ("footer", "footer"),
)


def content_of(tree: Node, titled: bool = False) -> Content:
    """The Content of a document, from its syntax tree in the JSON form of pandoc.

    `titled` says that documents of its format have their title as a heading.
    """
    walker = _Walker()
    walker.front_matter(tree.get("meta", {}))
    walker.float_levels = float_levels(tree["blocks"])
    walker.blocks(with_unstyled_headings(tree["blocks"], titled), "prose")
    content = take_listed_notes(Content(walker.title, walker.sections, walker.notes, walker.left_out))
    content = without_speakers(without_listed_contents(content))
    return replace(content, notes=_counted_through(content.notes))


class _Walker:
    def __init__(self) -> None:
        self.title: str | None = None
        self.sections: list[Section] = []
        self.notes: list[Note] = []
        self.left_out: list[LeftOut] = []
        # Inside a list of references or contents: the level of its heading and the kind of its text.
        self.beside: tuple[int, LeftOutKind] | None = None
        self.abstract_ended = False
        self.in_abstract = False
        # Whether a table, a figure or its caption came last, and whether it was a label alone: "Figure 1".
        self.floated = self.labelled = False
        # The levels of headings that are titles of tables and figures.
        self.float_levels: frozenset[int] = frozenset()

    def front_matter(self, meta: Node) -> None:
        if "title" in meta:
            self.title = without_markers(self.text(meta_inlines(meta["title"]))) or None
        for key in ("subtitle", "author", "date"):
            if key in meta and (text := self.text(meta_inlines(meta[key]))):
                self.leave_out("other", text)
        if "abstract" in meta and plain(meta["abstract"]):
            self.abstract(meta_blocks(meta["abstract"]), "prose")

    def abstract(self, blocks: list[Node], kind: ParagraphKind) -> None:
        if not (self.sections and (self.sections[-1].title or "").lower() == "abstract"):
            self.open_section("Abstract", 1)
        self.abstract_ended, self.in_abstract = False, True
        self.blocks(blocks, kind)
        self.abstract_ended, self.in_abstract = True, False

    def open_section(self, title: str | None, level: int) -> None:
        self.abstract_ended = False
        self.sections.append(Section(section_id(len(self.sections) + 1, title), title, level))

    def add(self, kind: ParagraphKind, running: str) -> None:
        """Add a paragraph of text as `inlines` gives it."""
        text, found = taken_out(CALL, running, tidy)
        if not text:
            return
        noted = self.floated and SOURCE.match(text) and length_in_words(text) <= LONGEST_NOTE
        if noted or (CAPTION.match(text) and length_in_words(text) <= LONGEST_CAPTION):
            self.leave_out("caption", text)
            self.labelled = bool(LABEL.fullmatch(text))
            return
        self.floated = self.labelled = False
        if self.beside is not None:
            self.leave_out(self.beside[1], text)
            return
        if not self.sections or self.abstract_ended:
            self.open_section(None, 1)
        calls = [Call(at, int(each[1])) for at, each in found]
        self.sections[-1].paragraphs.append(Paragraph(kind, text, calls=calls))

    def leave_out(self, kind: LeftOutKind, text: str) -> None:
        self.floated, self.labelled = kind in ("caption", "table"), False
        if text := plain_digits(tidy(text)):
            self.left_out.append(LeftOut(kind, text))

    def heading(self, level: int, inlines: list[Node]) -> None:
        title = self.text(inlines)
        if not title:
            return
        if self.beside is not None and level > self.beside[0]:
            self.leave_out(self.beside[1], title)
            return
        kind: LeftOutKind | None = "reference" if REFERENCE_TITLE.fullmatch(title) else None
        kind = "other" if CONTENTS_TITLE.fullmatch(title) else kind
        # A list of references may have subsections, but a table of contents has none.
        self.beside = (level if kind == "reference" else DEEPEST, kind) if kind else None
        if kind:
            self.leave_out(kind, title)
            return
        captioned = level in self.float_levels or CAPTION.match(title)
        if LABEL.fullmatch(title) or (captioned and not BOX.match(title)):
            self.leave_out("caption", title)
            self.labelled = bool(LABEL.fullmatch(title))
            return
        last = self.sections[-1] if self.sections else None
        titles_float = self.labelled and last is not None and level > last.level
        if titles_float and not (numbered(title) or KNOWN.fullmatch(title)):
            self.leave_out("caption", title)
            return
        self.floated = self.labelled = False
        if last is not None and not last.paragraphs and last.title:
            if last.title == title:
                return
            if last.level == level and _goes_on(last.title, title):
                last.title = f"{last.title} {title}"
                last.id = section_id(len(self.sections), last.title)
                return
        self.open_section(title, level)

    def blocks(self, blocks: list[Node], kind: ParagraphKind) -> None:
        for block in blocks:
            self.block(block, kind)

    def block(self, block: Node, kind: ParagraphKind) -> None:
        tag: str = block["t"]
        content: Any = block.get("c")
        if tag == "Header":
            level, _, inlines = content
            if self.in_abstract:
                self.leave_out("other", self.text(inlines))
            elif kind == "prose":
                self.heading(level, inlines)
            else:
                self.add(kind, self.inlines(inlines))
        elif tag in ("Para", "Plain"):
            for paragraph in split_at_empty_lines(content):
                self.paragraph(kind, paragraph)
        elif tag == "LineBlock":
            self.add(kind, " ".join(self.inlines(line) for line in content))
        elif tag == "BlockQuote":
            self.blocks(content, "quote")
        elif tag == "BulletList":
            for item in content:
                self.blocks(item, "item")
        elif tag == "OrderedList":
            for item in content[1]:
                self.blocks(item, "item")
        elif tag == "DefinitionList":
            for term, definitions in content:
                self.add("item", self.inlines(term))
                for definition in definitions:
                    self.blocks(definition, "item")
        elif tag == "Div":
            self.div(content[0], content[1], kind)
        elif tag == "Table":
            self.table(content, kind)
        elif tag == "Figure":
            self.leave_out("caption", plain(content[1]) or plain(content[2]))
        elif tag == "CodeBlock":
            self.leave_out("other", content[1])

    def table(self, content: list[Any], kind: ParagraphKind) -> None:
        """Leave a table out, unless its cells contain running text, because it then only serves the layout."""
        self.leave_out("caption", plain(content[1]))
        cells = [cell for cell in table_cells(content) if plain(cell)]
        words = sum(len(plain(cell).split()) for cell in cells)
        if cells and words >= LAYOUT_WORDS * len(cells):
            for cell in cells:
                self.blocks(cell, kind)
        else:
            self.leave_out("table", plain(content[3:]))

    def div(self, attributes: list[Any], blocks: list[Node], kind: ParagraphKind) -> None:
        identifier, classes, pairs = attributes
        facts = dict(pairs)
        style = facts.get("custom-style", "").lower()
        left_out = facts.get(KIND_KEY) if LEFT_OUT_CLASS in classes else _left_out_kind(identifier, classes, style)
        if left_out:
            for block in blocks:
                self.leave_out(left_out, plain(block))
        elif style in ("abstract title", "reference heading"):
            self.heading(1, [{"t": "Str", "c": plain(blocks)}])
        elif "abstract" in classes or style == "abstract":
            self.abstract([block for block in blocks if "abstract-title" not in _classes(block)], kind)
        else:
            self.blocks(blocks, "quote" if "quot" in style or style == "block text" else kind)

    def paragraph(self, kind: ParagraphKind, inlines: list[Node]) -> None:
        before = len(self.notes)
        self.add(kind, self.inlines(inlines))
        for note in self.notes[before:]:
            note.section = self.sections[-1].id if self.sections else None

    def text(self, inlines: list[Node]) -> str:
        return tidy(self.inlines(inlines))

    def inline(self, inline: Node) -> str:
        tag: str = inline["t"]
        content: Any = inline.get("c")
        if tag == "Str":
            return str(content)
        if tag in ("Space", "SoftBreak", "LineBreak"):
            return " "
        if tag == "Math" and content[0]["t"] == "DisplayMath":
            self.leave_out("other", content[1])
            return REMOVED
        if tag in ("Code", "Math"):
            return str(content[1])
        if tag == "Note":
            return self.note(str(len(self.notes) + 1), content)
        if tag == "Quoted":
            left, right = "“”" if content[0]["t"] == "DoubleQuote" else "‘’"
            return left + self.inlines(content[1]) + right
        if tag == "Strikeout":
            self.leave_out("other", plain(content))
            return REMOVED
        if tag == "Superscript" and (number := plain(content).strip("[]()")).isdecimal() and len(number) < 4:
            return MARKER_OPENS + number + MARKER_CLOSES
        if tag == "Cite":
            return self.citation(*content)
        if tag == "RawInline":
            return REMOVED
        if tag == "Image":
            self.leave_out("caption", plain(content[1]))
            return REMOVED
        if tag == "Span":
            _, classes, pairs = content[0]
            if NOTE_CLASS in classes:
                return self.note(dict(pairs).get("number") or str(len(self.notes) + 1), content[1])
            return self.inlines(content[1])
        if tag == "Link":
            return self.inlines(content[1])
        return self.inlines(content) if isinstance(content, list) else ""

    def inlines(self, inlines: list[Node]) -> str:
        return "".join(self.inline(inline) for inline in inlines)

    def citation(self, citations: list[Node], inlines: list[Node]) -> str:
        """The text of a citation that is part of its sentence; any other citation is left out as a reference."""
        text = self.inlines(inlines).strip(REMOVED)
        if citations and citations[0]["citationMode"]["t"] == "AuthorInText":
            return text or citations[0]["citationId"]
        if text and "@" not in text:
            return text
        self.leave_out("reference", text or "; ".join(citation["citationId"] for citation in citations))
        return REMOVED

    def note(self, number: str, content: list[Node]) -> str:
        """Keep a note, and return what stands for it in the text that cites it."""
        self.notes.append(Note(number, plain(content), self.sections[-1].id if self.sections else None))
        return f"{REMOVED}{CALL_OPENS}{len(self.notes) - 1}{CALL_CLOSES}"


def _goes_on(title: str, below: str) -> bool:
    """Whether a heading continues the one above it, which is incomplete or is followed by a small letter."""
    begins_small = below[:1].islower()
    return begins_small or title.endswith((",", ":", "–", "—")) or title.split()[-1].casefold() in UNFINISHED


def _counted_through(notes: list[Note]) -> list[Note]:
    """The notes, numbered continuously if numbers begin again in each chapter, so that each number is unique."""
    if len({note.number for note in notes}) == len(notes):
        return notes
    return [replace(note, number=str(number)) for number, note in enumerate(notes, start=1)]


def _left_out_kind(identifier: str, classes: list[str], style: str) -> LeftOutKind | None:
    if "references" in classes or "thebibliography" in classes or identifier == "refs":
        return "reference"
    if "caption" in classes or "caption" in style:
        return "caption"
    return next((kind for name, kind in STYLE_KINDS if style == name or style.startswith(name + " ")), None)


def _classes(block: Node) -> list[str]:
    return list(block["c"][0][1]) if block["t"] == "Div" else []
