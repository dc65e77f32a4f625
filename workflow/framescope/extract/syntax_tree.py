"""pandoc's syntax tree becomes Content: sections, paragraphs by kind, notes, and what is no running text."""

from __future__ import annotations

import re
from typing import Any

from framescope.document import LeftOut, LeftOutKind, Note, Paragraph, ParagraphKind, Section
from framescope.extract.content import Content
from framescope.identifiers import section_id

# Stands where an inline element was taken out, so that no space is left before the punctuation that follows.
REMOVED = "\ue000"
GAP = re.compile(rf"\s*{REMOVED}[\s{REMOVED}]*(?=[.,;:!?)\]”’])|{REMOVED}")
# Elements that readers of other formats put into HTML for this one.
NOTE_CLASS = "framescope-note"
LEFT_OUT_CLASS = "framescope-left-out"
KIND_KEY = "kind"
REFERENCE_TITLE = re.compile(
    r"(?:[\divxlc.]+\s+)?(?:list of )?(?:selected |further |cited )?"
    r"(?:references?|bibliography|works cited|literature(?: cited)?|references cited|sources cited)(?: list)?:?",
    re.IGNORECASE,
)
NOTE_TITLE = re.compile(r"(?:end|foot)?notes:?", re.IGNORECASE)
LEADING_NUMBER = re.compile(r"^\[?(\d{1,4})[\].):]?\s+(?=\S)")
HEADING_WORDS = 14
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
Node = dict[str, Any]


def content_of(tree: Node) -> Content:
    """The Content of a document's syntax tree (pandoc's JSON form)."""
    walker = _Walker()
    walker.front_matter(tree.get("meta", {}))
    walker.blocks(_with_bold_headings(tree["blocks"]), "prose")
    walker.take_listed_notes()
    return Content(walker.title, walker.sections, walker.notes, walker.left_out)


class _Walker:
    def __init__(self) -> None:
        self.title: str | None = None
        self.sections: list[Section] = []
        self.notes: list[Note] = []
        self.left_out: list[LeftOut] = []
        self.references_level: int | None = None
        self.abstract_ended = False

    def front_matter(self, meta: Node) -> None:
        if "title" in meta:
            self.title = self.text(_meta_inlines(meta["title"])) or None
        for key in ("subtitle", "author", "date"):
            if key in meta and (text := self.text(_meta_inlines(meta[key]))):
                self.leave_out("other", text)
        if "abstract" in meta:
            self.abstract(_meta_blocks(meta["abstract"]), "prose")

    def abstract(self, blocks: list[Node], kind: ParagraphKind) -> None:
        if not (self.sections and (self.sections[-1].title or "").lower() == "abstract"):
            self.open_section("Abstract", 1)
        self.abstract_ended = False
        self.blocks(blocks, kind)
        self.abstract_ended = True

    def open_section(self, title: str | None, level: int) -> None:
        self.abstract_ended = False
        self.sections.append(Section(section_id(len(self.sections) + 1, title), title, level))

    def add(self, kind: ParagraphKind, text: str) -> None:
        if not text:
            return
        if self.references_level is not None:
            self.leave_out("reference", text)
            return
        if not self.sections or self.abstract_ended:
            self.open_section(None, 1)
        self.sections[-1].paragraphs.append(Paragraph(kind, text))

    def leave_out(self, kind: LeftOutKind, text: str) -> None:
        if text := _tidy(text):
            self.left_out.append(LeftOut(kind, text))

    def heading(self, level: int, inlines: list[Node]) -> None:
        title = self.text(inlines)
        if not title:
            return
        if self.references_level is not None and level > self.references_level:
            self.leave_out("reference", title)
            return
        self.references_level = None
        if REFERENCE_TITLE.fullmatch(title):
            self.references_level = level
            self.leave_out("reference", title)
            return
        repeated = self.sections and self.sections[-1].title == title and not self.sections[-1].paragraphs
        if not repeated:
            self.open_section(title, level)

    def blocks(self, blocks: list[Node], kind: ParagraphKind) -> None:
        for block in blocks:
            self.block(block, kind)

    def block(self, block: Node, kind: ParagraphKind) -> None:
        tag: str = block["t"]
        content: Any = block.get("c")
        if tag == "Header":
            level, _, inlines = content
            if kind == "prose":
                self.heading(level, inlines)
            else:
                self.add(kind, self.text(inlines))
        elif tag in ("Para", "Plain"):
            for paragraph in _split_at_empty_lines(content):
                self.paragraph(kind, paragraph)
        elif tag == "LineBlock":
            self.add(kind, _tidy(" ".join(self.text(line) for line in content)))
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
                self.add("item", self.text(term))
                for definition in definitions:
                    self.blocks(definition, "item")
        elif tag == "Div":
            self.div(content[0], content[1], kind)
        elif tag == "Table":
            self.leave_out("caption", _plain(content[1]))
            self.leave_out("table", _plain(content[3:]))
        elif tag == "Figure":
            self.leave_out("caption", _plain(content[1]) or _plain(content[2]))
        elif tag == "CodeBlock":
            self.leave_out("other", content[1])

    def div(self, attributes: list[Any], blocks: list[Node], kind: ParagraphKind) -> None:
        identifier, classes, pairs = attributes
        facts = dict(pairs)
        style = facts.get("custom-style", "").lower()
        left_out = facts.get(KIND_KEY) if LEFT_OUT_CLASS in classes else _left_out_kind(identifier, classes, style)
        if left_out:
            for block in blocks:
                self.leave_out(left_out, _plain(block))
        elif style in ("abstract title", "toc heading", "reference heading"):
            if style == "toc heading":
                self.leave_out("other", _plain(blocks))
            else:
                self.heading(1, [{"t": "Str", "c": _plain(blocks)}])
        elif "abstract" in classes or style == "abstract":
            self.abstract([block for block in blocks if "abstract-title" not in _classes(block)], kind)
        else:
            self.blocks(blocks, "quote" if "quot" in style or style == "block text" else kind)

    def paragraph(self, kind: ParagraphKind, inlines: list[Node]) -> None:
        before = len(self.notes)
        self.add(kind, self.text(inlines))
        for note in self.notes[before:]:
            note.section = self.sections[-1].id if self.sections else None

    def text(self, inlines: list[Node]) -> str:
        return _tidy("".join(self.inline(inline) for inline in inlines))

    def inline(self, inline: Node) -> str:
        tag: str = inline["t"]
        content: Any = inline.get("c")
        if tag == "Str":
            return str(content)
        if tag in ("Space", "SoftBreak", "LineBreak"):
            return " "
        if tag in ("Code", "Math"):
            return str(content[1])
        if tag == "Note":
            self.note(str(len(self.notes) + 1), content)
            return REMOVED
        if tag == "Quoted":
            left, right = "“”" if content[0]["t"] == "DoubleQuote" else "‘’"
            return left + self.inlines(content[1]) + right
        if tag == "Strikeout":
            self.leave_out("other", _plain(content))
            return REMOVED
        if tag == "Cite":
            return self.citation(content[1])
        if tag == "RawInline":
            if "cite" in content[1]:
                self.leave_out("reference", content[1])
            return REMOVED
        if tag == "Image":
            self.leave_out("caption", _plain(content[1]))
            return REMOVED
        if tag == "Span":
            _, classes, pairs = content[0]
            if NOTE_CLASS in classes:
                self.note(dict(pairs).get("number") or str(len(self.notes) + 1), content[1])
                return REMOVED
            return self.inlines(content[1])
        if tag == "Link":
            return self.inlines(content[1])
        return self.inlines(content) if isinstance(content, list) else ""

    def inlines(self, inlines: list[Node]) -> str:
        return "".join(self.inline(inline) for inline in inlines)

    def citation(self, inlines: list[Node]) -> str:
        text = self.inlines(inlines)
        if "@" in text or not text.strip(REMOVED):
            self.leave_out("reference", text.replace(REMOVED, ""))
            return REMOVED
        return text

    def note(self, number: str, content: list[Node]) -> None:
        self.notes.append(Note(number, _plain(content), self.sections[-1].id if self.sections else None))

    def take_listed_notes(self) -> None:
        """A closing section of numbered notes ("Notes", "Endnotes") becomes notes."""
        for section in self.sections:
            if not (section.title and NOTE_TITLE.fullmatch(section.title) and section.paragraphs):
                continue
            texts = [paragraph.text for paragraph in section.paragraphs]
            numbers = [LEADING_NUMBER.match(text) for text in texts]
            items = all(paragraph.kind == "item" for paragraph in section.paragraphs)
            if not items and sum(number is not None for number in numbers) < 0.6 * len(texts):
                continue
            for place, (text, number) in enumerate(zip(texts, numbers, strict=True), start=1):
                self.notes.append(Note(number[1] if number else str(place), text[number.end() :] if number else text))
            section.paragraphs = []
        self.sections = [
            Section(section_id(place, section.title), section.title, section.level, paragraphs=section.paragraphs)
            for place, section in enumerate(
                (
                    section
                    for section in self.sections
                    if section.paragraphs or not NOTE_TITLE.fullmatch(section.title or "")
                ),
                start=1,
            )
        ]


def _split_at_empty_lines(inlines: list[Node]) -> list[list[Node]]:
    parts: list[list[Node]] = [[]]
    for before, inline in zip([None, *inlines], inlines, strict=False):
        if before and before["t"] == inline["t"] == "LineBreak":
            parts.append([])
        else:
            parts[-1].append(inline)
    return parts


def _left_out_kind(identifier: str, classes: list[str], style: str) -> LeftOutKind | None:
    if "references" in classes or identifier == "refs":
        return "reference"
    if "caption" in classes or "caption" in style:
        return "caption"
    return (
        next((kind for name, kind in STYLE_KINDS if style == name or style.startswith(name + " ")), None)
        if (style and style != "toc heading")
        else None
    )


def _with_bold_headings(blocks: list[Node]) -> list[Node]:
    """In a document without a heading, short paragraphs wholly in bold are its headings."""
    if any(block["t"] == "Header" for block in _leaves(blocks)):
        return blocks
    bold = [index for index, block in enumerate(blocks) if _is_bold_line(block)]
    if len(bold) < 2 or len(bold) > len(blocks) / 2:
        return blocks
    return [
        {"t": "Header", "c": [1, ["", [], []], _paragraph_inlines(block)]} if index in bold else block
        for index, block in enumerate(blocks)
    ]


def _leaves(blocks: list[Node]) -> list[Node]:
    found = []
    for block in blocks:
        found += _leaves(block["c"][1]) if block["t"] == "Div" else [block]
    return found


def _paragraph_inlines(block: Node) -> list[Node]:
    while block["t"] == "Div" and len(block["c"][1]) == 1:
        block = block["c"][1][0]
    return block["c"] if block["t"] in ("Para", "Plain") else []


def _is_bold_line(block: Node) -> bool:
    inlines = [inline for inline in _paragraph_inlines(block) if inline["t"] not in ("Space", "Note", "LineBreak")]
    text = _plain(inlines)
    return (
        bool(text)
        and all(inline["t"] == "Strong" for inline in inlines)
        and len(text.split()) <= HEADING_WORDS
        and not text.endswith((".", ",", ";", ":"))
    )


def _classes(block: Node) -> list[str]:
    return list(block["c"][0][1]) if block["t"] == "Div" else []


def _meta_inlines(meta: Node) -> list[Node]:
    tag: str = meta["t"]
    content: Any = meta.get("c")
    if tag == "MetaInlines":
        return list(content)
    if tag == "MetaString":
        return [{"t": "Str", "c": content}]
    if tag == "MetaBlocks":
        return [inline for block in content for inline in (*_paragraph_inlines(block), {"t": "Space"})]
    if tag == "MetaList":
        return [inline for entry in content for inline in (*_meta_inlines(entry), {"t": "Space"})]
    if tag == "MetaMap":
        return [inline for key in sorted(content) for inline in (*_meta_inlines(content[key]), {"t": "Space"})]
    return []


def _meta_blocks(meta: Node) -> list[Node]:
    return list(meta["c"]) if meta["t"] == "MetaBlocks" else [{"t": "Para", "c": _meta_inlines(meta)}]


def _plain(node: Any) -> str:
    """All text below a node, without building anything from it."""
    pieces: list[str] = []
    _gather(node, pieces)
    return _tidy("".join(pieces))


def _gather(node: Any, pieces: list[str]) -> None:
    if isinstance(node, list):
        for child in node:
            _gather(child, pieces)
    elif isinstance(node, dict):
        tag = node.get("t")
        content: Any = node.get("c")
        if tag == "Str":
            pieces.append(content)
        elif tag in ("Space", "SoftBreak", "LineBreak"):
            pieces.append(" ")
        elif tag in ("Code", "Math", "CodeBlock"):
            pieces.append(content[1])
        elif tag == "Quoted":
            left, right = "“”" if content[0]["t"] == "DoubleQuote" else "‘’"
            pieces.append(left)
            _gather(content[1], pieces)
            pieces.append(right)
        elif tag not in ("RawInline", "RawBlock", "Note"):
            _gather(content, pieces)
            if tag in ("Para", "Plain", "Header"):
                pieces.append(" ")
    # Attributes and table cells are bare lists of strings and numbers: text stands only in nodes.


def _tidy(text: str) -> str:
    return " ".join(GAP.sub("", text).split())
