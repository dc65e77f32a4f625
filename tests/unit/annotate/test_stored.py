"""Measures made from stored Docs: read once for all, kept by batch, and the same whatever is reused."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Set
from contextlib import closing
from functools import partial
from io import BytesIO
from pathlib import Path

import pandas as pd
import pytest
import spacy
from spacy.tokens import DocBin

from framescope.annotate import docs as annotated_docs
from framescope.annotate import stored as module
from framescope.annotate.docs import stored
from framescope.annotate.stored import Dependence, write_measures
from framescope.cache import SEAL_BYTES, Cache
from framescope.tables import measure_failures, read_table

BATCHES = {"0": ["air", "army"], "1": ["navy", "copy"]}


def batch_file(
    folder: Path, batch: str, words: str = "met in 1965", of: str = "", documents: list[str] | None = None
) -> Path:
    """A batch of documents with these words, of which other documents than `of` keep the usual words if it is given."""
    pipeline = spacy.blank("en")
    docs = []
    for name in documents or BATCHES[batch]:
        doc = pipeline(f"The {name} {words if of in ('', name) else 'met in 1965'}.")
        doc.user_data.update(document=name, section="01", block=1, part="body", kind="prose", paragraph=1)
        docs.append(doc)
    path = folder / f"{batch}.spacy"
    path.write_bytes(stored(docs).to_bytes())
    return path


class Study:
    """Two batch files and their measures, with a count of the documents that were worked on."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.paths = [batch_file(folder, batch) for batch in BATCHES]
        self.facts = folder / "document_facts.parquet"
        self.of_document: dict[str, str] = {}
        self.table = {"met": "a row about meetings"}
        self.attributes: tuple[str, ...] = ()
        self.worked: Counter[str] = Counter()
        self.asked = 0
        self.know("air", "army", "navy")

    def know(self, *documents: str) -> None:
        pd.DataFrame({"document": documents}).to_parquet(self.facts)

    def concerning(self, tokens: Set[tuple[str, ...]]) -> list[str]:
        self.asked += 1
        words = {text for text, *_ in tokens}
        return [row for word, row in self.table.items() if word in words]

    def rows(self, docs):
        self.worked[docs[0].user_data["document"]] += 1
        if "broken" in docs[0].text:
            raise AttributeError("no year")
        place = {key: docs[0].user_data[key] for key in ("document", "section", "block")}
        return [{**place, "term": token.lower_, "count": 1} for token in docs[0]]

    def terms(self, depends: str = "code", fresh: bool = False) -> bytes:
        outputs = {"terms": str(self.folder / "terms.parquet")}
        cache = partial(Cache, self.folder / "cache", "measures", fresh)
        log = "results/logs/measures.log"
        dependence = Dependence(depends, self.of_document.get, self.table, self.concerning, self.attributes)
        write_measures({"terms": self.rows}, self.paths, self.facts, outputs, log, cache, dependence)
        return Path(outputs["terms"]).read_bytes()


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return Study(tmp_path)


def test_a_measure_has_the_rows_of_the_documents_that_count_in_the_order_of_the_batches(study: Study) -> None:
    study.terms()
    table = read_table(study.folder / "terms.parquet")
    assert list(table["document"].drop_duplicates()) == ["air", "army", "navy"]
    assert list(table["term"][:3]) == ["the", "air", "met"]


def test_reused_rows_give_the_bytes_of_a_fresh_run(study: Study) -> None:
    first = study.terms()
    assert study.terms() == first
    assert set(study.worked.values()) == {1}
    assert study.terms(fresh=True) == first
    assert set(study.worked.values()) == {2}


def test_of_a_changed_batch_the_changed_documents_alone_are_read_again(study: Study) -> None:
    study.terms()
    batch_file(study.folder, "1", "left in 1965", of="copy")
    changed = study.terms()
    assert study.worked == {"air": 1, "army": 1, "navy": 1, "copy": 2}
    assert study.terms(fresh=True) == changed


def test_a_document_before_others_is_added_and_one_is_removed_without_reading_the_others(study: Study) -> None:
    first = study.terms()
    study.know("aid", "army", "navy")
    batch_file(study.folder, "0", documents=["aid", "army"])
    second = study.terms()
    assert study.worked == {"air": 1, "army": 1, "navy": 1, "copy": 1, "aid": 1}
    assert study.terms(fresh=True) == second != first
    assert list(read_table(study.folder / "terms.parquet")["document"].drop_duplicates()) == ["aid", "army", "navy"]


def test_documents_whose_batch_was_split_are_not_read_again(study: Study) -> None:
    study.terms()
    study.paths = [batch_file(study.folder, f"1{bit}", documents=[name]) for bit, name in enumerate(BATCHES["1"])]
    study.terms()
    assert set(study.worked.values()) == {1}


def test_changed_code_makes_all_documents_anew_and_a_changed_fact_about_one_only_this_one(study: Study) -> None:
    study.of_document = {"air": "title", "navy": "title"}
    study.terms()
    study.of_document["air"] = "another title"
    study.terms()
    assert study.worked == {"air": 2, "army": 1, "navy": 1, "copy": 1}
    study.terms(depends="other code")
    assert study.worked == {"air": 3, "army": 2, "navy": 2, "copy": 2}


def test_what_of_the_tables_can_matter_is_asked_once_after_an_edit_of_them(study: Study) -> None:
    study.terms()
    study.asked = 0
    study.terms()
    assert study.asked == 0
    study.table["fleet"] = "a row that concerns no document"
    study.terms()
    assert study.asked == len(BATCHES)
    study.terms()
    assert study.asked == len(BATCHES)
    assert set(study.worked.values()) == {1}


def test_an_edit_of_a_table_makes_documents_anew_only_if_it_concerns_them(study: Study) -> None:
    first = study.terms()
    study.table["army"] = "a row about armies"
    assert study.terms() == first
    assert study.worked == {"air": 1, "army": 2, "navy": 1, "copy": 1}


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The sizes of the batch files that are opened, from then on."""
    sizes: list[int] = []

    def noting(data: bytes) -> DocBin:
        sizes.append(len(data))
        return annotated_docs.opened(data)

    monkeypatch.setattr(module, "opened", noting)
    return sizes


def test_a_batch_that_an_edit_of_a_table_does_not_concern_is_not_opened(study: Study, opened: list[int]) -> None:
    first = study.terms()
    opened.clear()
    study.table["submarine"] = "a row about submarines"
    assert study.terms() == first
    assert opened == []
    study.table["navy"] = "a row about navies"
    assert study.terms() == first
    assert opened == [study.paths[1].stat().st_size]


def test_a_table_that_asks_for_other_attributes_opens_all_batches(study: Study, opened: list[int]) -> None:
    first = study.terms()
    opened.clear()
    study.attributes = ("LEMMA",)
    assert study.terms() == first
    assert len(opened) == len(study.paths)


def test_keys_of_another_part_do_not_count(study: Study) -> None:
    first = study.terms()
    older = {path: path.read_bytes() for path in (study.folder / "cache" / "measures").iterdir()}
    for batch in BATCHES:
        batch_file(study.folder, batch, "left in 1965")
    assert study.terms() != first
    for path, data in older.items():
        with closing(sqlite3.connect(":memory:")) as database, closing(sqlite3.connect(path)) as current:
            database.deserialize(data)
            [keys] = [row for row in database.execute("SELECT key, data FROM objects") if b'"part"' in row[1]]
            current.execute("UPDATE objects SET data = ? WHERE key = ?", keys[::-1])
            current.commit()
    for batch in BATCHES:
        batch_file(study.folder, batch)
    assert study.terms() == first, "a run that was killed between the two leaves older keys beside newer rows"


def test_a_document_that_counts_again_has_its_rows_without_reading_its_batch_again(study: Study) -> None:
    study.terms()
    study.know("air", "army", "navy", "copy")
    study.terms()
    assert set(study.worked.values()) == {1}
    assert "copy" in set(read_table(study.folder / "terms.parquet")["document"])


def test_a_failure_is_in_the_measure_and_tried_again_in_the_next_run(study: Study, capsys) -> None:
    study.paths[1] = batch_file(study.folder, "1", "is broken")
    for _ in range(2):
        study.terms()
        [failure] = measure_failures([study.folder / "terms.parquet"])
        assert failure.document == "navy", "the copy counts in no table"
        assert failure.reason == "measuring its terms failed (AttributeError: no year)"
        assert "Traceback" in capsys.readouterr().err
    assert study.worked == {"air": 1, "army": 1, "navy": 2, "copy": 2}, "the copy is broken as well"


def test_the_rows_of_a_changed_text_take_the_place_of_those_before(study: Study) -> None:
    study.terms()
    batch_file(study.folder, "1", "left in 1965")
    study.terms()
    for path in (study.folder / "cache" / "measures").iterdir():
        with closing(sqlite3.connect(path)) as database:
            rows = [data[SEAL_BYTES:] for (data,) in database.execute("SELECT data FROM objects").fetchall()]
        [part] = [data for data in rows if data.startswith(b"PAR1")]
        terms = pd.read_parquet(BytesIO(part))["term"]
        assert ("met" in set(terms)) != ("left" in set(terms))
