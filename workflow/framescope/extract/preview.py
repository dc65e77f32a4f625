"""The extraction of one document as Markdown for readers: its text, its notes and what was left out."""

from __future__ import annotations

from framescope.document import Document, Paragraph

KIND_MARKS = {"prose": "", "item": "- ", "quote": "> "}


def to_markdown(document: Document) -> str:
    """The extraction of a document as Markdown: facts, warnings, sections with roles, notes, and text left out."""
    source = document.source
    facts = [f"file {source.file}", f"format {source.format}"]
    facts += [f"encoding {source.encoding}"] if source.encoding else []
    facts += [f"{source.pages} pages"] if source.pages else []
    parts = [f"# {document.title or document.id}", ", ".join(facts)]
    parts += [f"Warning: {warning}" for warning in document.warnings]
    for section in document.sections:
        title = section.title or "(before the first heading)"
        parts.append(f"{'#' * min(section.level + 1, 6)} {title}")
        parts.append(f"*{section.id}, role {section.role} ({section.role_source})*")
        parts += [_paragraph(paragraph) for paragraph in section.paragraphs]
    if document.notes:
        parts.append("## Notes")
        parts += [
            f"[{note.number}] {note.text or '(missing)'}"
            + (f" *({note.status})*" if note.status != "whole" else "")
            + (f" *(cited in {note.section})*" if note.section else "")
            for note in document.notes
        ]
    if document.left_out:
        parts.append("## Left out")
        for kind in sorted({item.kind for item in document.left_out}):
            parts.append(f"### {kind}")
            parts += [
                item.text + (f" *(page {item.page})*" if item.page else "")
                for item in document.left_out
                if item.kind == kind
            ]
    return "\n\n".join(parts) + "\n"


def _paragraph(paragraph: Paragraph) -> str:
    return KIND_MARKS[paragraph.kind] + paragraph.text
