"""The report: one self-contained page that shows the study, its figures, and the sentences behind them."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Any, cast

import pandas as pd
from jinja2 import Environment, StrictUndefined
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markupsafe import Markup

from framescope.compare.counts.choices import CHOICES
from framescope.present.figure_style import Tables, styled
from framescope.present.gallery import FIGURES
from framescope.table_schemas import Table, table_schemas

MOST_CONCORDANCE_ROWS = 1_500
MOST_DOCUMENT_ROWS = 200
KEYWORDS_A_UNIT = 12


def report_page(tables: Tables, title: str, findings: str, methods: Mapping[str, Any], viewer: str) -> str:
    """The page as HTML. `findings` is Markdown, `methods` describes how the study was measured, and `viewer` is the
    program that draws its figures (`present.viewer`).

    The page contains everything it needs and opens without a network. All text from the study is escaped. The content
    security policy of the page allows a browser to run only its two scripts, which it names by their hashes.
    """
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters |= {"number": number, "thousands": thousands}
    style, scripts = Markup(part("report.css")), [Markup(viewer), Markup(part("report.js"))]
    specifications = {figure.name: styled(chart) for figure in FIGURES if (chart := figure.draw(tables)) is not None}
    return environment.from_string(part("report.html.jinja")).render(
        title=title,
        policy=content_policy(scripts, [style]),
        style=style,
        scripts=scripts,
        data=script_json(
            {"figures": specifications, "rows": concordance_rows(tables), "total": len(tables["concordance"])}
        ),
        findings=findings_parts(findings),
        methods=methods,
        figures=FIGURES,
        drawn=set(specifications),
        documents=records(documents_shown(tables).head(MOST_DOCUMENT_ROWS)),
        totals=totals(tables),
        framing=framing_rows(tables),
        accounting=records(accounting_wide(tables).head(MOST_DOCUMENT_ROWS)),
        warnings=[row for row in records(tables["documents"]) if row["warnings"]],
        skipped=records(tables["skipped"]),
        keywords=keyword_lists(tables)[:MOST_DOCUMENT_ROWS],
        keywords_total=len(keyword_lists(tables)),
        concordance_total=len(tables["concordance"]),
        concordance_themes=sorted(set(tables["concordance"]["theme"])),
        sections=records(tables["sections"][["document", "section", "title"]]),
        table_list=table_list(),
    )


def table_list() -> dict[str, list[Table]]:
    """The tables of the study by the heading under which the report lists them."""
    listed: dict[str, list[Table]] = {}
    for table in table_schemas().values():
        if table.made_by:
            listed.setdefault(table.report, []).append(table)
    return listed


def findings_parts(findings: str) -> list[dict[str, Any]]:
    """The parts of the findings, each with a title and a body.

    `findings` is the Markdown of `present.findings`, whose parts begin with headings of the second level.
    """
    markdown = MarkdownIt("js-default")
    markdown.core.ruler.push("alignment", _align_by_class)
    opening, *parts = findings.partition("\n")[2].split("\n## ")
    titled = [part.partition("\n") for part in parts]
    return [{"title": "", "body": Markup(markdown.render(opening))}] + [
        {"title": Markup(markdown.renderInline(title)), "body": Markup(markdown.render(body))}
        for title, _, body in titled
    ]


def _align_by_class(state: StateCore) -> None:
    """Give cells that are aligned to the right the class of numbers; the page's policy forbids styles in elements."""
    for token in state.tokens:
        if token.type in ("td_open", "th_open") and token.attrs.pop("style", None) == "text-align:right":
            token.attrSet("class", "n")


def content_policy(scripts: Iterable[str], styles: Iterable[str]) -> str:
    """The Content-Security-Policy of a page that may use these scripts and styles and may load nothing else.

    Source of the notation: W3C, Content Security Policy Level 3, section 2.3.1.
    """
    allowed = {
        "default-src": "'none'",
        "script-src": " ".join(map(hash_source, scripts)) or "'none'",
        "style-src": " ".join(map(hash_source, styles)) or "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{directive} {sources}" for directive, sources in allowed.items())


def hash_source(text: str) -> str:
    """The name of a script or style in a policy: the SHA-256 of its UTF-8 bytes in base 64.

    The example is that of W3C, Content Security Policy Level 3, section 8.3.

    >>> hash_source("alert('Hello, world.');")
    "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"
    """
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def part(name: str) -> str:
    """A file of the page: its template, its style or its script."""
    return files("framescope.present").joinpath(name).read_text(encoding="utf-8")


def methods_of(provenance: str) -> dict[str, str]:
    """The statements of the methods section, taken from the record of provenance (JSON)."""
    record = json.loads(provenance)
    config = record["config"]
    contrasts = "; ".join(f"{c['name']}: {' + '.join(c['a'])} v. {' + '.join(c['b'])}" for c in config["contrasts"])
    return {
        "Model": f"{record['model']['name']}, digest {record['model']['digest']}",
        "Lexicon and actors": ", ".join(f"{name} (SHA-256 {digest[:12]})" for name, digest in record["data"].items()),
        "What counts": what_counts(config["counting"]),
        "Contrasts": contrasts,
        "Themes asked about in advance": ", ".join(config["focus_themes"]),
        "Fewest blocks for a test": str(config["min_blocks"]),
        "Intervals": f"{config['confidence']:.0%}, over blocks: a paragraph with the list items it introduces",
        "Tests": f"{config['permutations']:,} permutations of blocks, seed {config['seed']}",
        "Versions": f"Framescope {record['framescope']}, Python {record['python']}, "
        + ", ".join(f"{name} {record['libraries'][name]}" for name in ("spacy", "textacy", "pandas", "snakemake")),
    }


def what_counts(counting: Mapping[str, Any]) -> str:
    """The choices of the study about what is counted, in words."""
    without = "; ".join(choice.described for name, choice in CHOICES.items() if not counting[name])
    quoted = "Quotations count as the author's own words. " if counting["quoted"] else ""
    return f"{quoted}Left out: {without or 'nothing'}."


def script_json(value: Any) -> Markup:
    """A value as JSON that cannot end the script element that contains it."""
    return Markup(json.dumps(value, ensure_ascii=False).replace("<", "\\u003c"))


def number(value: Any, digits: int = 1) -> str:
    """A number formatted for readers, or empty text if there is none."""
    return "" if value is None or pd.isna(value) else f"{float(value):.{digits}f}"


def thousands(value: Any) -> str:
    """A count with separated thousands, or empty text if there is none."""
    return "" if value is None or pd.isna(value) else f"{int(value):,}"


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table as dictionaries, with None for missing values."""
    return cast(list[dict[str, Any]], frame.astype(object).where(frame.notna(), None).to_dict("records"))


def totals(tables: Tables) -> dict[str, int]:
    """The numbers of documents, sections, sentences, notes, skipped sources, and words that rates are based on."""
    documents = documents_shown(tables)
    sums = {column: int(documents[column].sum()) for column in ("sections", "sentences", "words", "notes")}
    return {"documents": len(documents), **sums, "skipped": len(tables["skipped"])}


def documents_shown(tables: Tables) -> pd.DataFrame:
    """The documents. `words` counts the words that rates are based on, and `words_outside` the rest of the body."""
    documents = tables["documents"]
    counted = documents["document"].map(tables["framing_by_section"].groupby("document")["words"].sum()).fillna(0)
    return documents.assign(words=counted.astype(int), words_outside=documents["words"] - counted.astype(int))


def framing_rows(tables: Tables) -> dict[str, Any]:
    """The rates by section: the themes of the first level, those with most hits first, and a row for each section.

    `words` counts the words of a section that its rates are based on; a section without such words has no row.
    """
    rates = tables["theme_rates"]
    rates = rates[(rates["unit"] == "section") & (rates["level"] == 1)]
    hits = rates.groupby("theme")["hits"].sum().sort_index().sort_values(ascending=False, kind="stable")
    themes = list(hits[hits > 0].index)
    cells = {(r.document, r.section, r.theme): r for r in rates.itertuples()}
    framing = tables["framing_by_section"][["document", "section", "title", "role", "words"]]
    rows = [
        {**section, "cells": [cells[section["document"], section["section"], theme] for theme in themes]}
        for section in records(framing.head(MOST_DOCUMENT_ROWS))
    ]
    return {"themes": themes, "rows": rows, "total": len(framing), "several": framing["document"].nunique() > 1}


def accounting_wide(tables: Tables) -> pd.DataFrame:
    """The number of words by document, with one column for each kind of text."""
    wide = tables["text_accounting"].pivot_table(index="document", columns="kind", values="words", aggfunc="sum")
    return wide.reset_index().rename_axis(columns=None)


def keyword_lists(tables: Tables) -> list[dict[str, Any]]:
    """The first keywords of each document, or of each section if there is only one document."""
    keywords = tables["keywords"]
    unit = "document" if tables["documents"].shape[0] > 1 else "section"
    keywords = keywords[keywords["unit"] == unit]
    titles = {(row["document"], row["section"]): row["title"] for row in records(tables["sections"])}
    return [
        {
            "name": titles.get((document, section)) or ("before the first heading" if section else document),
            "terms": list(group["term"].head(KEYWORDS_A_UNIT)),
        }
        for (document, section), group in keywords.groupby(["document", "section"], sort=False)
    ]


def concordance_rows(tables: Tables) -> list[list[str]]:
    """Hits with their contexts; if there are too many for the page, every nth row of the table.

    Each row is document, section, theme, left, hit, right, and the reason why the hit is not counted, or empty text.
    """
    concordance = tables["concordance"]
    step = max(1, -(-len(concordance) // MOST_CONCORDANCE_ROWS))
    columns = ["document", "section", "theme", "left", "hit", "right", "set_aside"]
    return [[str(value) for value in row] for row in concordance.iloc[::step][columns].itertuples(index=False)]
