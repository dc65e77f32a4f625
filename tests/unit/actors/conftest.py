from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.tokens import Doc

import framescope
from framescope.actor_table import ActorTable, load_actors
from framescope.annotate.batch import annotate_dates
from framescope.annotate.dates.eras import default_eras
from framescope.annotate.model import load_model
from framescope.annotate.names.find import annotate_names

LEXICON = Path(framescope.__file__).parent / "lexicons" / "actors.csv"


@pytest.fixture(scope="session")
def table() -> ActorTable:
    return load_actors(LEXICON)


@pytest.fixture(scope="session")
def pipeline() -> spacy.Language:
    return load_model()


@pytest.fixture(scope="session")
def read(pipeline: spacy.Language, table: ActorTable) -> Callable[..., list[Doc]]:
    """Paragraphs of one document as Docs with names and dates; a text may be a pair of its part and itself."""

    def docs_of(*texts: str | tuple[str, str], published: str | None = None) -> list[Doc]:
        docs = []
        for number, given in enumerate(texts, start=1):
            part, text = given if isinstance(given, tuple) else ("body", given)
            doc = pipeline(text)
            facts: dict[str, Any] = {"document": "d", "section": "01", "part": part, "kind": "prose"}
            doc.user_data.update(facts, paragraph=number if part == "body" else 0, block=number)
            docs.append(doc)
        annotate_names(docs, table)
        annotate_dates(docs, published, default_eras())
        return docs

    return docs_of
