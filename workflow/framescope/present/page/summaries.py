"""What the page shows about a study as a whole: totals, and tables made from the tables of the study."""

from __future__ import annotations

from typing import Any

import pandas as pd

from framescope.present.figure_style import Tables
from framescope.present.page.budget import KEYWORDS_A_UNIT, MOST_LEADING_THEMES, MOST_TABLE_ROWS
from framescope.present.page.formats import records
from framescope.present.wording import in_order, section_names, short_titles, value_rows


def summary(tables: Tables, counts: dict[str, int]) -> str:
    """The study in one sentence: how many texts, of which groups and years, and what is measured in them."""
    documents = tables["documents"]
    groups = [group for group in dict.fromkeys(documents["group"].fillna("")) if group]
    years = sorted({str(date)[:4] for date in documents["published"].fillna("") if str(date)})
    texts = f"{counts['documents']:,} text" + ("s" if counts["documents"] != 1 else "")
    of = f" of {len(groups)} groups ({', '.join(groups)})" if 2 <= len(groups) <= 6 else ""
    when = f", published {'in ' + years[0] if len(years) == 1 else f'from {years[0]} to {years[-1]}'}" if years else ""
    words = f"{counts['words']:,} words, counted by a lexicon of themes"
    return f"How much each theme is emphasised in each section of {texts}{of}{when}: {words}."


def totals(tables: Tables) -> dict[str, int]:
    """The numbers of documents, sections, sentences, notes, skipped sources, copied passages, changed paragraphs of
    editions, warnings, and words that rates are based on.
    """
    documents = documents_shown(tables)
    sums = {column: int(documents[column].sum()) for column in ("sections", "sentences", "words", "notes")}
    warned = int((tables["documents"]["warnings"].fillna("") != "").sum())
    listed = {"skipped": tables["skipped"], "copied": tables["reuse"], "changed": changed_paragraphs(tables)}
    return {
        "documents": len(documents),
        **sums,
        **{name: len(rows) for name, rows in listed.items()},
        "warnings": warned,
    }


def leading_themes(tables: Tables) -> list[dict[str, Any]]:
    """The themes of the highest level with most hits: theme, hits, and percent of the hits of the first."""
    rates = tables["theme_rates"]
    rates = rates[(rates["unit"] == "document") & (rates["level"] == 1)]
    hits = rates.groupby("theme")["hits"].sum().sort_index().sort_values(ascending=False, kind="stable")
    hits = hits[hits > 0].head(MOST_LEADING_THEMES)
    return [{"theme": theme, "hits": int(n), "percent": round(100 * n / hits.iloc[0], 1)} for theme, n in hits.items()]


def documents_shown(tables: Tables) -> pd.DataFrame:
    """The documents. `words` counts the words that rates are based on, and `words_outside` the rest of the body."""
    documents = tables["documents"]
    counted = documents["document"].map(tables["framing_by_section"].groupby("document")["words"].sum()).fillna(0)
    return documents.assign(words=counted.astype(int), words_outside=documents["words"] - counted.astype(int))


def changed_paragraphs(tables: Tables) -> pd.DataFrame:
    """The paragraphs of editions, without those that the new edition kept as they were."""
    return tables["editions"][tables["editions"]["change"] != "kept"]


def accounting_wide(tables: Tables) -> pd.DataFrame:
    """The number of words by document, with one column for each kind of text."""
    wide = tables["text_accounting"].pivot_table(index="document", columns="kind", values="words", aggfunc="sum")
    return in_order(wide.reset_index().rename_axis(columns=None), tables["documents"])


def keyword_lists(tables: Tables) -> list[dict[str, Any]]:
    """The first keywords of each document, or of each section if there is only one document."""
    keywords = tables["keywords"]
    unit = "document" if tables["documents"].shape[0] > 1 else "section"
    keywords = in_order(keywords[keywords["unit"] == unit], tables["documents"])
    called = short_titles(tables["documents"])
    sections = section_names(tables["sections"])
    terms: dict[tuple[str, str], list[str]] = {}
    for document, section, term in value_rows(keywords, ["document", "section", "term"]):
        terms.setdefault((document, section), []).append(term)
    return [
        {
            "name": sections[document, section] if section else called[document],
            "unit": f"section:{document}/{section}" if section else f"document:{document}",
            "terms": listed[:KEYWORDS_A_UNIT],
        }
        for (document, section), listed in terms.items()
    ]


def actor_rows(tables: Tables) -> list[dict[str, Any]]:
    """The actors of the study, those named in most sentences of the authors first, with the number of documents."""
    actors = tables["actors"]
    actors = actors[actors["unit"] == "document"]
    keys = ["actor", "actor_id", "kind"]
    sums = actors.groupby(keys, dropna=False, as_index=False).agg(
        documents=("document", "nunique"),
        mentions=("mentions", "sum"),
        sentences=("sentences", "sum"),
        author_sentences=("author_sentences", "sum"),
    )
    ordered = sums.sort_values(["author_sentences", "mentions", *keys[:2]], ascending=[False, False, True, True])
    return records(ordered.head(MOST_TABLE_ROWS))
