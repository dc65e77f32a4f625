"""The tables that compare hand codes with the lexicon; without hand codes they have no rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from framescope.codes.code import Problem
from framescope.codes.reading import read_files
from framescope.compare.coders.correction import corrected_shares
from framescope.compare.coders.estimation import KEYS, estimated_contrasts, estimated_differences, estimated_shares
from framescope.compare.coders.finding import Coded, find_coded
from framescope.compare.coders.survey import Survey
from framescope.compare.coders.validation import coded_hits, confusion, validation
from framescope.compare.counts.ancestors import with_ancestors
from framescope.compare.counts.choices import ALL, counted_tables
from framescope.compare.emphasis.contrasts import contrasts as contrast_table
from framescope.compare.emphasis.rates import theme_rates
from framescope.compare.inputs import Tables, Testing, headline
from framescope.compare.opinion.opinions import NO_OPINION
from framescope.tables import read_table

CODING_TABLES = (
    "code_problems",
    "validation",
    "confusion",
    "corrected_shares",
    "corrected_contrasts",
    "corrected_differences",
    "coded_theme_rates",
    "coded_contrasts",
)
OF_RATES = [*KEYS, "theme", "sentences", "share_sentences"]
SHARES = ["unit", "document", "section", "role", "group", "theme", "sentences", "share_sentences"]
SHARES += ["share_corrected", "corrected_low", "corrected_high", "validated_on"]
SHARES += ["share_estimated", "estimated_low", "estimated_high", "estimated_on"]


def read_codes(
    paths: Sequence[str | Path], coders: Sequence[str], sentences: pd.DataFrame, themes: Iterable[str]
) -> Coded | None:
    """The codes of files, each with the name of its coder or "", found among the study's sentences; None without files.

    `themes` are those of the lexicon.

    Raises:
        CodesError: a file has none of the forms that `read_file` knows.
    """
    if not paths:
        return None
    return find_coded(read_files(zip(paths, coders, strict=True), themes), sentences)


def coding_of_study(
    paths: Mapping[str, Any],
    coders: Sequence[str],
    counting: Mapping[str, object],
    contrasts: Sequence[Mapping[str, Any]],
    testing: Testing,
) -> dict[str, pd.DataFrame]:
    """The `coding_tables` of the study and the codes at these paths; without codes nothing is read.

    `coders` are the names of the coders of the files in `paths["codes"]`, or "".
    """
    if not paths["codes"]:
        return dict.fromkeys(CODING_TABLES, pd.DataFrame())
    tables = counted_tables(paths, counting, columns=ALL)
    themes = read_table(paths["themes"])["theme"].tolist()
    coded = find_coded(read_files(zip(paths["codes"], coders, strict=True), themes), tables.sentences)
    rates = read_table(paths["rates"], OF_RATES, where={"theme": themes})
    return coding_tables(coded, tables, rates, contrasts, testing, read_table(paths["second_opinion"]))


def coding_tables(
    coded: Coded,
    tables: Tables,
    rates: pd.DataFrame,
    contrasts: Sequence[Mapping[str, Any]],
    testing: Testing,
    opinion: pd.DataFrame = NO_OPINION,
) -> dict[str, pd.DataFrame]:
    """The tables of hand codes by name, for all themes that were coded.

    `rates` has the columns OF_RATES of the table theme_rates. Shares are corrected if sentences, not paragraphs, were
    coded. coded_theme_rates and coded_contrasts are computed from the codes themselves, with the weights of the sample.
    `opinion` is the table of `opinion.opinions`, which helps to predict codes.
    """
    problems = pd.DataFrame(coded.problems, columns=Problem._fields)
    if coded.rows.empty:
        return {**dict.fromkeys(CODING_TABLES, pd.DataFrame()), "code_problems": problems}
    accuracy = validation(coded, tables, testing)
    shares = pd.DataFrame()
    contrasted, differences = pd.DataFrame(), pd.DataFrame()
    if coded.kind == "sentence":
        survey, coded_themes = Survey(coded, tables, opinion), accuracy["theme"].unique().tolist()
        estimated = estimated_shares(survey, coded_themes, testing.confidence)
        known = pd.concat([_of_study(tables, coded_themes), rates], ignore_index=True)
        shares = corrected_shares(known, accuracy, testing.confidence)
        shares = shares.merge(estimated.drop(columns="sentences"), on=[*KEYS, "theme"], how="left")[SHARES]
        contrasted = estimated_contrasts(survey, contrasts, testing.confidence)
        differences = estimated_differences(survey, coded_themes, testing.confidence)
    sentences, hits = coded_hits(coded, tables.sentences)
    by_hand = replace(tables, sentences=sentences, hits=hits)
    return {
        "code_problems": problems,
        "validation": accuracy,
        "confusion": confusion(coded, tables.hits),
        "corrected_shares": shares,
        "corrected_contrasts": contrasted,
        "corrected_differences": differences,
        "coded_theme_rates": theme_rates(by_hand, testing=testing),
        "coded_contrasts": contrast_table(by_hand, contrasts=contrasts, testing=testing),
    }


def _of_study(tables: Tables, themes: Sequence[str]) -> pd.DataFrame:
    """The share of the author's sentences with a headline hit of each theme in the study, as rows of rates."""
    sentences = tables.sentences[tables.sentences["voice"] == "author"]
    hits = with_ancestors(headline(tables.hits)[["document", "sentence", "theme"]])
    counts = hits.merge(sentences[["document", "sentence"]])["theme"].value_counts()
    share = [counts.get(theme, 0) / len(sentences) for theme in themes]
    keys = dict.fromkeys(KEYS, "") | {"unit": "study"}
    return pd.DataFrame({"theme": list(themes), "sentences": len(sentences), "share_sentences": share}).assign(**keys)


def sentence_codes(coded: Coded | None) -> pd.DataFrame | None:
    """The codes for `lexicon_terms`, with document, sentence and theme; None unless sentences were coded."""
    return coded.rows.rename(columns={"unit": "sentence"}) if coded is not None and coded.kind == "sentence" else None
