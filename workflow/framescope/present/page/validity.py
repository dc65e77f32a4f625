"""What the view Validity shows: how the lexicon agrees with hand codes, what became of every word, and doubts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from framescope.compare.counts.groupings import name_column
from framescope.document import Document
from framescope.present.figure_style import Tables
from framescope.present.page.addresses import address, unit_of
from framescope.present.page.budget import MOST_TABLE_ROWS
from framescope.present.page.formats import records, unit_names
from framescope.present.wording import section_names, short_titles

# Measures of agreement, each with the head of its column. None is above 1.
AGREEMENT = {
    "precision": "Precision",
    "recall": "Recall",
    "f1": "F1",
    "kappa_lexicon": "Kappa, lexicon",
    "alpha_coders": "Alpha, coders",
}
# What became of the words of each kind of text, in the order in which the page lists them.
HANDLED = {
    "body": "running text, in which themes are counted",
    "quotation": "block quotations, which are read but counted only if the study says so",
    "heading": "headings, which name sections and are not counted",
    "note": "footnotes and endnotes, which have tables of their own",
    "table": "tables, left out",
    "caption": "captions of figures and tables, left out",
    "reference": "lists of references, left out",
    "link": "links, left out",
    "header": "heads of pages, left out",
    "footer": "feet of pages, left out",
    "page number": "numbers of pages, left out",
    "line number": "numbers of lines, left out",
    "watermark": "watermarks, left out",
    "other": "other text that is not part of the document, left out",
}


def agreement(tables: Tables) -> list[dict[str, Any]]:
    """A row for each theme of the study, then of roles: about, theme, coded, and a cell for each of `AGREEMENT`."""
    return [
        {
            "about": f"sections: {row['role']}" if row["unit"] == "role" else "",
            **{key: row[key] for key in ("theme", "coded", "coded_with_theme", "lexicon_with_theme")},
            "cells": [measured(row, name, f"{name}_low", f"{name}_high", 1.0) for name in AGREEMENT],
        }
        for row in records(tables["validation"].head(MOST_TABLE_ROWS))
    ]


def measured(row: dict[str, Any], value: str, low: str, high: str, reach: float) -> dict[str, Any]:
    """A number of a row with its interval, and where both are on a bar that ends at `reach`, in percent of the bar."""
    numbers = {"value": row[value], "low": row[low], "high": row[high]}
    if any(number is None for number in numbers.values()):
        return {**numbers, "bar": None}
    ends = {name: round(100 * min(max(number / reach, 0.0), 1.0), 1) for name, number in numbers.items()}
    return {**numbers, "bar": {"rate": ends["value"], "low": ends["low"], "high": ends["high"]}}


def corrected_shares(tables: Tables) -> list[dict[str, Any]]:
    """A row for each unit and theme: the share of sentences by the lexicon, corrected, and estimated from codes."""
    rows = tables["corrected_shares"]
    ends = rows[["share_sentences", "corrected_high", "estimated_high"]].apply(pd.to_numeric)
    reach = max(float(ends.max().max()) if ends.notna().any().any() else 1.0, 1e-9)
    names = unit_names(tables)
    return [
        {
            "name": names(row),
            "address": address("validity", theme=row["theme"], unit=unit_of(row)),
            **{key: row[key] for key in ("theme", "sentences", "share_sentences", "estimated_on")},
            "corrected": measured(row, "share_corrected", "corrected_low", "corrected_high", reach),
            "estimated": measured(row, "share_estimated", "estimated_low", "estimated_high", reach),
        }
        for row in records(rows.head(MOST_TABLE_ROWS))
    ]


def corrected_contrasts(tables: Tables) -> list[dict[str, Any]]:
    """A row for each unit and contrast: the shares of both sides as estimated from codes, and to which one it leans."""
    names = unit_names(tables)
    return [row | {"name": names(row)} for row in records(tables["corrected_contrasts"].head(MOST_TABLE_ROWS))]


def corrected_differences(tables: Tables) -> list[dict[str, Any]]:
    """A row for each pair of units and theme: both names, and the difference of the estimated shares."""
    names = unit_names(tables)

    def called(row: dict[str, Any], side: str) -> tuple[str, str]:
        return names({"role": "", "group": "", "section": "", **row, name_column(row["unit"]): row[f"unit_{side}"]})

    rows = records(tables["corrected_differences"].head(MOST_TABLE_ROWS))
    return [row | {"first": called(row, "a"), "second": called(row, "b")} for row in rows]


def words_by_kind(tables: Tables) -> list[dict[str, Any]]:
    """How many words of each kind all texts have, with percent of all words and what became of them."""
    words = tables["text_accounting"].groupby("kind")["words"].sum()
    total = int(words.sum())
    kinds = [*(kind for kind in HANDLED if words.get(kind, 0)), *sorted(set(words.index) - set(HANDLED))]
    return [
        {"kind": kind, "about": HANDLED.get(kind, ""), "words": int(words[kind]), "percent": 100 * words[kind] / total}
        for kind in kinds
    ]


def warnings(documents: pd.DataFrame, texts: Mapping[str, Document]) -> list[dict[str, Any]]:
    """A row for each doubt about the reading of a document: what it is called, an address, and the doubt.

    The table has the doubts of a document as one text, which ends with what it shares with other documents.
    """
    called = short_titles(documents)
    rows = []
    for row in records(documents[documents["warnings"].fillna("") != ""]):
        own = list(texts[row["document"]].warnings) if row["document"] in texts else []
        shared = row["warnings"].removeprefix("; ".join(own)).removeprefix("; ")
        named = {"name": called[row["document"]], "address": address("read", document=row["document"])}
        rows += [named | {"doubt": doubt} for doubt in (*own, *filter(None, [shared]))]
    return rows


def incomplete_notes(
    texts: Mapping[str, Document], documents: pd.DataFrame, sections: pd.DataFrame
) -> list[dict[str, Any]]:
    """A row for each note that is missing, or of which only a part was found, with the section that cites it.

    Only texts are read of which the table of documents says that they have such notes.
    """
    called, parts = short_titles(documents), section_names(sections)
    concerned = set(documents.loc[documents[["notes_truncated", "notes_missing"]].gt(0).any(axis=1), "document"])
    return [
        {
            "name": called[text.id],
            "section": parts.get((text.id, note.section or ""), ""),
            "address": address("read", document=text.id, section=note.section or ""),
            "number": note.number,
            "status": "cited, but not found" if note.status == "missing" else "only a part of it was found",
        }
        for text in (texts[document] for document in texts if document in concerned)
        for note in text.notes
        if note.status != "whole"
    ]
