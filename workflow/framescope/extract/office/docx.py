"""Word files: corrections of what pandoc would lose, or would show although it is hidden."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections import Counter
from typing import Any

import lxml.etree

from framescope.document import LeftOut, LeftOutKind
from framescope.extract.office.packages import with_part
from framescope.extract.source.safe_xml import parse_xml, plain_text, remove

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
MAIN = "/officeDocument"
# Word's own size if a file states none, in half points; and how much larger than the body headings are.
DEFAULT_SIZE, LARGER = 20, 1.1
PAGE_PART = re.compile(r"word/(header|footer)\d*\.xml")
CHANGES = tuple(f"{WORD}{name}" for name in ("ins", "del", "moveTo", "moveFrom"))


def prepare_docx(archive: zipfile.ZipFile) -> tuple[bytes, list[LeftOut]]:
    """A DOCX without text boxes and hidden text, and the texts that were removed.

    The corrections are needed because pandoc replaces the paragraph to which a text box is anchored by the text of the
    box, ignores the text of simple fields (references to sections and tables), and shows hidden text.
    """
    part = _main_part(archive)
    root = parse_xml(archive.read(part))
    left_out = []
    for tag in (ALTERNATIVES, f"{WORD}pict"):
        for holder in list(root.iter(tag)):
            box = holder.find(f".//{WORD}txbxContent")
            if box is not None:
                left_out.append(LeftOut("other", plain_text(box)))
                remove(holder)
    for change in root.iter(*CHANGES):
        # pandoc ignores changes without an author, and text that was deleted.
        change.set(f"{WORD}author", change.get(f"{WORD}author") or "unknown")
    for field in list(root.iter(f"{WORD}fldSimple")):
        for run in list(field):
            field.addprevious(run)
        remove(field)
    for run in list(root.iter(f"{WORD}r")):
        if _is_hidden(run):
            left_out.append(LeftOut("other", plain_text(run)))
            remove(run)
    _embolden_large(root, _usual_size(archive))
    left_out += _page_headers(archive)
    return with_part(archive, part, root), [item for item in left_out if item.text]


def _page_headers(archive: zipfile.ZipFile) -> list[LeftOut]:
    """The running heads and feet of all pages, each once; pandoc ignores them."""
    lines: dict[tuple[str, str], LeftOut] = {}
    for name in sorted(archive.namelist()):
        if match := PAGE_PART.fullmatch(name):
            kind: LeftOutKind = "header" if match[1] == "header" else "footer"
            text = plain_text(parse_xml(archive.read(name)))
            lines.setdefault((kind, text), LeftOut(kind, text))
    return list(lines.values())


def _embolden_large(root: Any, usual: int) -> None:
    """Set in bold the paragraphs in larger type than most text, because pandoc does not tell the sizes of type."""
    sizes: Counter[int] = Counter()
    paragraphs = []
    for paragraph in root.iter(f"{WORD}p"):
        runs = [run for run in paragraph.iter(f"{WORD}r") if plain_text(run)]
        lengths = [(run, _size(run, usual), len(plain_text(run))) for run in runs]
        sizes.update({size: length for _, size, length in lengths})
        paragraphs.append(lengths)
    if not sizes:
        return
    body = sizes.most_common(1)[0][0]
    for lengths in paragraphs:
        if lengths and all(size > LARGER * body for _, size, _ in lengths):
            for run, _, _ in lengths:
                properties = run.find(f"{WORD}rPr")
                if properties is None:
                    properties = lxml.etree.Element(f"{WORD}rPr")
                    run.insert(0, properties)
                lxml.etree.SubElement(properties, f"{WORD}b")


def _size(run: Any, usual: int) -> int:
    """The size of the type of a run in half points."""
    stated = run.find(f"{WORD}rPr/{WORD}sz")
    value = str(stated.get(f"{WORD}val")) if stated is not None else ""
    return int(value) if value.isdecimal() else usual


def _usual_size(archive: zipfile.ZipFile) -> int:
    """The size of type in half points of text without a size of its own."""
    if "word/styles.xml" not in archive.namelist():
        return DEFAULT_SIZE
    stated = parse_xml(archive.read("word/styles.xml")).find(f"{WORD}docDefaults//{WORD}sz")
    value = str(stated.get(f"{WORD}val")) if stated is not None else ""
    return int(value) if value.isdecimal() else DEFAULT_SIZE


def _main_part(archive: zipfile.ZipFile) -> str:
    if "_rels/.rels" in archive.namelist():
        for relation in parse_xml(archive.read("_rels/.rels")).iter(RELATION):
            target = posixpath.normpath(str(relation.get("Target") or "").lstrip("/"))
            if str(relation.get("Type")).endswith(MAIN) and target in archive.namelist():
                return target
    return "word/document.xml"


def _is_hidden(run: Any) -> bool:
    mark = run.find(f"{WORD}rPr/{WORD}vanish")
    return mark is not None and mark.get(f"{WORD}val", "true") not in ("0", "false", "off")
