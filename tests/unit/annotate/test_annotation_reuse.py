"""What an annotated document is made from again when something it depends on changes."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy

from framescope.actor_table import ActorTable
from framescope.annotate import batch
from framescope.annotate.batch import annotate_batch
from framescope.annotate.dates import load_eras
from framescope.annotate.docs import docs_in
from framescope.cache import Cache
from framescope.document import Document

LEXICONS = Path(__file__).parents[3] / "workflow" / "framescope" / "lexicons"
TEXT = "The treaty was signed last year."
LETTER = {
    "id": "letter",
    "title": None,
    "source": {"file": "letter.txt", "sha256": "0", "format": "text", "encoding": "utf-8", "pages": None},
    "sections": [
        {
            "id": "01-body",
            "title": None,
            "level": 1,
            "role": "body",
            "role_source": "default",
            "paragraphs": [{"kind": "prose", "text": TEXT, "page": None, "calls": []}],
        }
    ],
    "notes": [],
    "left_out": [],
    "warnings": [],
}


@pytest.fixture
def first_day(tmp_path: Path):
    """The first day of the one date of a letter, annotated with one cache, and how often the model was loaded."""
    eras = load_eras(LEXICONS / "eras.csv")
    loaded = []

    def pipeline():
        loaded.append(True)
        model = spacy.blank("en")
        model.add_pipe("sentencizer")
        return model

    def annotate(
        published: str, model_key: str = "model", names_key: str = "names", text: str = TEXT
    ) -> tuple[str, int]:
        caches = [Cache(tmp_path, stage) for stage in ("model", "names")]
        letter = Document.from_dict(LETTER)
        letter.sections[0].paragraphs[0].text = text
        documents = [letter]
        stores = annotate_batch(
            documents,
            {"letter": published},
            pipeline,
            ActorTable([]),
            eras,
            *caches,
            model_key,
            names_key,
            "words",
            tmp_path / "log",
        )
        (date,) = [date for store in stores for doc in docs_in(store) for date in doc.user_data["dates"]]
        return date["first"], len(loaded)

    return annotate


def test_last_year_moves_with_the_date_of_publication_and_loads_no_model_again(first_day):
    assert first_day("2018-06-30") == ("2017-01-01", 1)
    assert first_day("2021-03-01") == ("2020-01-01", 1)
    assert first_day("2018-06-30") == ("2017-01-01", 1)


def test_another_model_is_loaded_and_other_names_are_not_its_business(first_day):
    first_day("2018")
    assert first_day("2018", names_key="other names")[1] == 1
    assert first_day("2018", model_key="another model")[1] == 2


def test_another_text_under_the_same_id_is_annotated_anew(first_day):
    first_day("2018")
    assert first_day("2018", text="The treaty was signed in May 1954.") == ("1954-05-01", 2)


def test_names_and_dates_are_made_once_for_each_state_of_their_tables_and_code(first_day, monkeypatch):
    made = []
    making = batch.annotate_dates
    monkeypatch.setattr(batch, "annotate_dates", lambda *given: made.append(given) or making(*given))
    for names_key, times in (("names", 1), ("names", 1), ("edited actors", 2), ("names", 2)):
        first_day("2018", names_key=names_key)
        assert len(made) == times
