"""The findings on the first screen: each with a small picture and the address of the view that shows it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markupsafe import Markup, escape

from framescope.present.figure_style import Tables
from framescope.present.page.addresses import address, pair_of

ROW = re.compile(r" ?\(\[row\]\(\S+?/(\w+)\.csv#L(\d+)\)\)\s*$")
DIFFERENCES = "What differs"
CHANGES = "What changes over time"
TEXTS = "What each text has"


@dataclass(frozen=True)
class Finding:
    """A finding: its sentences, the documents it is about, where it is shown, and the ratio with its interval."""

    body: Markup
    row: dict[str, Any] | None = None
    line: str = ""
    address: str = ""
    ratio: tuple[float, float, float] | None = None


@dataclass(frozen=True)
class Findings:
    """What differs, how to read it, and the further parts of the findings as (title, body), by the view they are in."""

    stated: list[Finding]
    reading: Markup
    changes: list[tuple[str, Markup]]
    texts: list[tuple[str, Markup]]
    tested: list[tuple[str, Markup]]

    @property
    def documents(self) -> list[str]:
        """The documents that findings are about."""
        named: list[str] = []
        for finding in self.stated:
            row = finding.row or {}
            pair = [row.get("unit_a"), row.get("unit_b")] if row.get("unit") == "document" else [row.get("document")]
            named += [str(document) for document in pair if document and document not in named]
        return named


def read_findings(findings: str, tables: Tables) -> Findings:
    """The parts of the Markdown of `present.findings`, whose list entries end with a link to their row of a table."""
    markdown = MarkdownIt("js-default")
    markdown.core.ruler.push("alignment", _align_by_class)
    opening, *parts = findings.partition("\n")[2].split("\n## ")
    titled = [(title, body) for title, _, body in (part.partition("\n") for part in parts)]
    differing = next((body for title, body in titled if title == DIFFERENCES), "")
    entries = [line.removeprefix("- ") for line in differing.splitlines() if line.startswith("- ")]
    rest = "\n".join(line for line in differing.splitlines() if not line.startswith("- "))
    rendered = [(title, _scrolled(markdown.render(body), title)) for title, body in titled if title != DIFFERENCES]
    return Findings(
        [_finding(entry, tables, markdown) for entry in entries],
        Markup(markdown.render(f"{opening}\n\n{rest}")),
        [part for part in rendered if part[0] == CHANGES],
        [part for part in rendered if part[0] == TEXTS],
        [part for part in rendered if part[0] not in (CHANGES, TEXTS)],
    )


def _finding(entry: str, tables: Tables, markdown: MarkdownIt) -> Finding:
    link = ROW.search(entry)
    if not link:
        return Finding(Markup(markdown.renderInline(entry)))
    name, line = link[1], int(link[2])
    row = tables[name].iloc[line - 2]
    facts: dict[str, Any] = {str(key): value for key, value in row.items() if not pd.isna(value)}
    facts.setdefault("unit", "section")
    a, b = pair_of(facts)
    effect = [facts.get("log2_ratio", facts.get("delta_log_odds")), facts.get("low"), facts.get("high")]
    base = 2.0 if "log2_ratio" in facts else np.e
    ratio = None
    if all(value is not None for value in effect):
        values = [float(value) if float(effect[0]) > 0 else -float(value) for value in effect]  # type: ignore[arg-type]
        ratio = (base ** values[0], base ** min(values[1:]), base ** max(values[1:]))
    if float(effect[0] or 0) < 0:
        a, b = b, a
    chosen = {"theme": str(facts["theme"])} if "theme" in facts else {"contrast": str(facts["contrast"])}
    said = Markup(markdown.renderInline(entry[: link.start()]))
    return Finding(said, facts, f"tables/{name}.csv#L{line}", address("compare", a=a, b=b, **chosen), ratio)


def _scrolled(body: str, title: str) -> Markup:
    """HTML whose tables can be scrolled, also with the keyboard, where they are wider than the screen."""
    parts = body.split("<table>")
    opened = [
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(title)}, table {place}"><table>{part}'
        for place, part in enumerate(parts[1:], 1)
    ]
    return Markup("".join([parts[0], *opened]).replace("</table>", "</table></div>"))


def _align_by_class(state: StateCore) -> None:
    """Give cells that are aligned to the right the class of numbers; the page's policy forbids styles in elements."""
    for token in state.tokens:
        if token.type in ("td_open", "th_open") and token.attrs.pop("style", None) == "text-align:right":
            token.attrSet("class", "n")
