"""The functions for notebooks, collected from the parts of the package; `framescope` exports them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from spacy.language import Language
from spacy.tokens import Doc

from framescope.actor_table import load_actors
from framescope.annotate.batch import annotate_dates
from framescope.annotate.dates import Date, Eras, find_dates, load_eras
from framescope.annotate.model import load_model as load_pipeline
from framescope.annotate.names.find import annotate_names
from framescope.compare.emphasis.differences import section_differences
from framescope.compare.inputs import Tables, Testing
from framescope.defaults import default
from framescope.extract.reading import read
from framescope.resources import LEXICONS
from framescope.themes.formats import load_lexicon
from framescope.themes.tally import tally

__all__ = ["Date", "Eras", "compare_sections", "find_dates", "load_lexicon", "load_model", "read", "tally"]

DEFAULT_MODEL: str = default("model")


def load_model(name: str | None = None) -> Language:
    """The spaCy pipeline with names and dates, in `doc.spans["names"]`, `doc.spans["dates"]` and `doc.user_data`.

    Raises: ModuleNotFoundError if no installed package provides the model.
    """
    pipeline = load_pipeline(name or DEFAULT_MODEL)
    actors, eras = load_actors(LEXICONS / "actors.csv"), load_eras(LEXICONS / "eras.csv")

    def names_and_dates(doc: Doc) -> Doc:
        doc.user_data["part"] = "body"
        annotate_names([doc], actors)
        annotate_dates([doc], None, eras)
        return doc

    Language.component("framescope_names_and_dates", func=names_and_dates)
    pipeline.add_pipe("framescope_names_and_dates", last=True)
    return pipeline


def compare_sections(
    hits: pd.DataFrame,
    sentences: pd.DataFrame,
    sections: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    themes: Sequence[str] | None = None,
    focus_themes: Sequence[str] = (),
    **testing: Any,
) -> pd.DataFrame:
    """Rows of the section_differences table, which compares every two sections of a document on every theme.

    The first four arguments are the tables of these names. `testing` may contain min_blocks, confidence, permutations
    and seed, which have the meanings of the keys of config.yaml.
    """
    tables = Tables(sentences, hits, sections, documents)
    return section_differences(tables, themes=themes, focus_themes=focus_themes, testing=Testing(**testing))
