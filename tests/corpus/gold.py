"""The gold of a text, from its Markdown source by construction: no reader of finished documents takes part."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import pypandoc

READ = "markdown+autolink_bare_uris"
REFERENCES = "References"
Element = dict[str, Any]
Text = dict[str, Any]


def parse(source: Path) -> Text:
    """A Markdown source as pandoc's syntax tree."""
    command = [pypandoc.get_pandoc_path(), "-f", READ, "-t", "json", str(source)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def meta(text: Text, key: str) -> str:
    """An entry of a text's head, such as its title."""
    return plain(text["meta"][key]["c"], [])


def book(chapters: list[Text], title: str) -> Text:
    """Several texts as one, each a chapter with its headings a level lower."""
    blocks: list[Element] = []
    for chapter in chapters:
        blocks.append({"t": "Header", "c": [1, ["", [], []], chapter["meta"]["title"]["c"]]})
        for block in chapter["blocks"]:
            if block["t"] == "Header":
                level, attributes, inlines = block["c"]
                block = {"t": "Header", "c": [level + 1, attributes, inlines]}
            blocks.append(block)
    name = {"t": "MetaInlines", "c": [{"t": "Str", "c": title}]}
    return {**chapters[0], "meta": {**chapters[0]["meta"], "title": name}, "blocks": blocks}


def without_tables(text: Text) -> Text:
    """A text for a layout that cannot hold tables."""
    return {**text, "blocks": [block for block in text["blocks"] if block["t"] != "Table"]}


def long_notes(text: Text) -> Text:
    """A text with a third of its notes, each of which takes in the two that follow, so that some run over pages."""
    notes = list(all_notes(text["blocks"]))
    merged = [[block for note in notes[n : n + 3] for block in note] for n in range(len(notes))]
    numbers = iter(range(len(notes)))

    def change(element: Any) -> Any:
        if isinstance(element, list):
            return [new for part in element if (new := change(part)) is not None]
        if not isinstance(element, dict):
            return element
        if element.get("t") == "Note":
            number = next(numbers)
            return None if number % 3 else {"t": "Note", "c": [{"t": "Para", "c": joined(merged[number])}]}
        return {key: change(value) for key, value in element.items()}

    return {**text, "blocks": change(text["blocks"])}


def joined(blocks: list[Element]) -> list[Element]:
    """The inlines of some paragraphs as those of one."""
    inlines = [inline for block in blocks for inline in [{"t": "Space"}, *block["c"]]]
    return inlines[1:]


def all_notes(element: Any) -> Iterator[list[Element]]:
    """The contents of every note, in order."""
    if isinstance(element, list):
        for part in element:
            yield from all_notes(part)
    elif isinstance(element, dict):
        if element.get("t") == "Note":
            yield element["c"]
        else:
            yield from all_notes(element.get("c"))


def with_references(text: Text) -> Text:
    """A text whose notes are a list of references at its end."""

    def change(element: Any) -> Any:
        if isinstance(element, list):
            return [change(part) for part in element if not (isinstance(part, dict) and part.get("t") == "Note")]
        return {key: change(value) for key, value in element.items()} if isinstance(element, dict) else element

    entries = sorted((block for note in all_notes(text["blocks"]) for block in note), key=lambda b: plain(b["c"], []))
    heading = {"t": "Header", "c": [1, ["references", [], []], [{"t": "Str", "c": REFERENCES}]]}
    return {**text, "blocks": [*change(text["blocks"]), heading, *entries]}


def plain(inlines: list[Element], notes: list[list[Element]]) -> str:
    """The characters of running text; the notes met on the way are added to `notes`."""
    out = []
    for inline in inlines:
        kind, content = inline["t"], inline.get("c")
        if kind == "Str":
            out.append(content)
        elif kind in {"Space", "SoftBreak", "LineBreak"}:
            out.append(" ")
        elif kind == "Quoted":
            left, right = "‘’" if content[0]["t"] == "SingleQuote" else "“”"
            out.append(left + plain(content[1], notes) + right)
        elif kind in {"Emph", "Strong", "SmallCaps", "Superscript", "Subscript"}:
            out.append(plain(content, notes))
        elif kind in {"Link", "Span"}:
            out.append(plain(content[1], notes))
        elif kind == "Note":
            notes.append(content)
        else:
            raise ValueError(f"no gold for a pandoc inline of type {kind}")
    return "".join(out)


def paragraphs(blocks: list[Element], notes: list[list[Element]]) -> Iterator[str]:
    """The paragraphs, list items and block quotations among some blocks, in order."""
    for block in blocks:
        kind, content = block["t"], block.get("c")
        if kind in {"Para", "Plain"}:
            yield plain(content, notes)
        elif kind == "BlockQuote":
            yield from paragraphs(content, notes)
        elif kind in {"BulletList", "OrderedList"}:
            for item in content if kind == "BulletList" else content[1]:
                yield from paragraphs(item, notes)
        elif kind != "Table":
            raise ValueError(f"no gold for a pandoc block of type {kind}")


def strings(element: Any) -> Iterator[str]:
    """Every string printed by a table: its cells and its caption."""
    if isinstance(element, dict):
        if element.get("t") == "Plain":
            yield plain(element["c"], [])
        else:
            yield from strings(element.get("c"))
    elif isinstance(element, list):
        for part in element:
            yield from strings(part)


def list_labels(blocks: list[Element]) -> Iterator[str]:
    """The numbers and numerals that printers set before list items."""
    roman = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii"]
    for block in blocks:
        if block["t"] == "OrderedList":
            for n in range(len(block["c"][1])):
                yield f"{roman[n]}." if block["c"][0][1]["t"] == "LowerRoman" else f"{n + 1}."


def gold(
    text: Text, furniture: list[str], ignore: list[str], ignore_titles: list[str], restart: bool, numbers: list[str]
) -> dict[str, Any]:
    """Title, sections, footnotes and what is neither right nor wrong, in the scorer's form.

    `restart` numbers the notes anew in each section of level 1; `numbers`, where given, are the printed ones.
    """
    sections: list[dict[str, Any]] = [{"title": None, "level": 1, "paragraphs": []}]
    footnotes: list[dict[str, Any]] = []
    tables = [s for block in text["blocks"] if block["t"] == "Table" for s in strings(block)]
    number = 0
    for block in text["blocks"]:
        notes: list[list[Element]] = []
        if block["t"] == "Header":
            level, _, inlines = block["c"]
            sections.append({"title": plain(inlines, notes), "level": level, "paragraphs": []})
            number = 0 if restart and level == 1 else number
        else:
            sections[-1]["paragraphs"] += paragraphs([block], notes)
        for note in notes:
            number += 1
            printed = numbers[len(footnotes)] if numbers else str(number)
            footnotes.append({"number": printed, "text": " ".join(paragraphs(note, []))})
    if not sections[0]["paragraphs"]:
        del sections[0]
    references = [p for section in sections if section["title"] == REFERENCES for p in section["paragraphs"]]
    sections = [section for section in sections if section["title"] != REFERENCES]
    head = [meta(text, key) for key in ("title", "author", "date", "series")]
    return {
        "title": head[0],
        "sections": sections,
        "footnotes": footnotes,
        "furniture": furniture,
        "ignore": [*head, *tables, *list_labels(text["blocks"]), *references, *ignore],
        "ignore_titles": [*ignore_titles, *([REFERENCES] if references else [])],
    }


def damaged(footnotes: list[dict[str, Any]], truncated: Collection[int] = (), missing: Collection[int] = ()) -> None:
    """Mark the notes of which a document prints only the beginning, and empty those it lost."""
    for number, note in enumerate(footnotes, 1):
        if number in truncated:
            note["status"] = "truncated"
        if number in missing:
            note.update(status="missing", text="")
