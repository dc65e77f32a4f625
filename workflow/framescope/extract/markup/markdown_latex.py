"""Markdown and LaTeX: converting what pandoc does not understand before pandoc reads a text."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace

from framescope.extract.content import Content
from framescope.extract.markup.pandoc import read_pandoc
from framescope.extract.markup.printed_notes import with_printed_notes
from framescope.extract.source.limits import Limits, nested_too_deeply

# The time that pandoc needs doubles with each open bracket and grows fast with nested quotations.
DEEP = re.compile(r"^(?:[ \t]*(?:>|[-*+][ \t]|\d+[.)][ \t])){100}|\[{16}", re.MULTILINE)
TOML = re.compile(r"\A\+\+\+[ \t]*\n(.*?)\n\+\+\+[ \t]*\n", re.DOTALL)
# Commands of site generators (Hugo, Jekyll, kramdown), which are not part of the text.
SITE_COMMANDS = re.compile(r"\{\{[<%].*?[>%]\}\}|\{%.*?%\}|^\{:.*\}[ \t]*$", re.MULTILINE)
# Raised numbers as converters of PDF write them; pandoc does not read the elements of HTML in Markdown.
RAISED = re.compile(r"[ \t]*<sup>\s*\[?(\d{1,3})\]?\s*</sup>")
BULLET = re.compile(r"^(?:[-*+]|1[.)])[ \t]+\S")
LIST_LINE = re.compile(r"^\s*(?:[-*+]|\d+[.)]|[a-z][.)])[ \t]+\S|^\s")
FOOTNOTE_MARK = re.compile(r"\\footnotemark\b(?:\[[^\]]*\])?")
OTHER_FILE = re.compile(r"^[^%\n]*?\\(?:input|include|subfile)\{([^}\n]+)\}", re.MULTILINE)
FOOTNOTE_TEXT = re.compile(r"\\footnotetext\b")


def read_markup(text: str, format: str, limits: Limits) -> Content:
    """The content of a text in Markdown or LaTeX."""
    if format == "latex":
        return _read_latex(text, limits)
    if DEEP.search(text):
        raise nested_too_deeply()
    front = TOML.match(text)
    text = SITE_COMMANDS.sub("", text[front.end() :] if front else text)
    text = RAISED.sub(r"^\1^", _open_lists(text))
    content = with_printed_notes(read_pandoc(text.encode("utf-8"), format, limits))
    return replace(content, title=content.title or _toml_title(front[1])) if front else content


def _read_latex(text: str, limits: Limits) -> Content:
    # pandoc loses the text of a note if its mark and its text are separate commands.
    text = FOOTNOTE_TEXT.sub(r"\\footnote", FOOTNOTE_MARK.sub("", text))
    content = read_pandoc(text.encode("utf-8"), "latex", limits)
    others = list(dict.fromkeys(OTHER_FILE.findall(text)))
    if not others:
        return content
    warning = f"It includes files that are not in its folder and were not read: {', '.join(others)}. Put them there."
    return replace(content, warnings=[warning, *content.warnings])


def _toml_title(front_matter: str) -> str | None:
    try:
        title = tomllib.loads(front_matter).get("title")
    except tomllib.TOMLDecodeError:
        return None
    return title if isinstance(title, str) else None


def _open_lists(text: str) -> str:
    """The text with an empty line before each list that directly follows a paragraph, as most authors intend it."""
    lines: list[str] = []
    for line in text.split("\n"):
        if lines and lines[-1].strip() and BULLET.match(line) and not LIST_LINE.match(lines[-1]):
            lines.append("")
        lines.append(line)
    return "\n".join(lines)
