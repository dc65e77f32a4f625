"""Annotating a batch: what is reused, what is kept, and what an error costs."""

from __future__ import annotations

import zlib
from functools import partial
from pathlib import Path

import pandas as pd
import pytest
import spacy
from spacy.tokens import DocBin

from framescope.actor_table import ActorTable
from framescope.annotate import batch as module
from framescope.annotate.batch import annotate_batch
from framescope.annotate.dates import load_eras
from framescope.annotate.docs import docs_in, joined
from framescope.annotate.stored import Dependence, write_measures
from framescope.cache import Cache
from framescope.document import Document, Paragraph, Section, Source
from framescope.failures import DamagedError
from framescope.tables import measure_failures, read_table

ERAS = load_eras(Path(module.__file__).parents[1] / "lexicons" / "eras.csv")


def document(name: str) -> Document:
    section = Section("01", None, 1, paragraphs=[Paragraph("prose", f"The {name} met in 1965.")])
    return Document(name, None, Source(f"raw/{name}.txt", "0", "txt"), [section])


class Study:
    """A study that is annotated with a pipeline which counts its loads, and pruned after each run."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.loads = folder, 0

    def run(self, *names: str, tables: str = "tables", code: str = "") -> list[DocBin]:
        model, named = (Cache(self.folder, stage) for stage in ("model", "names"))
        stores = list(
            annotate_batch(
                [document(name) for name in names],
                {},
                self.load,
                ActorTable([]),
                ERAS,
                model,
                named,
                "model" + code,
                tables + code,
                "words",
                "results/logs/annotate/0.log",
            )
        )
        for cache in (model, named):
            cache.keep_used()
        return stores

    def load(self) -> spacy.Language:
        self.loads += 1
        pipeline = spacy.blank("en")
        pipeline.add_pipe("sentencizer")
        return pipeline


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return Study(tmp_path)


def test_after_a_text_is_added_an_edit_of_the_actors_loads_no_model(study: Study) -> None:
    study.run("army")
    study.run("army", "navy")
    loads = study.loads
    study.run("army", "navy", tables="edited")
    assert study.loads == loads == 2


def test_after_an_edit_of_the_actors_an_added_text_loads_the_model_for_itself_only(study: Study) -> None:
    study.run("army")
    study.run("army", tables="edited")
    study.run("army", "navy", tables="edited")
    assert study.loads == 2
    study.run("army", "navy")
    assert study.loads == 2


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    """The measure that says which documents there are."""
    path = tmp_path / "document_facts.parquet"
    pd.DataFrame({"document": ["air", "army", "navy"]}).to_parquet(path)
    return path


def term_rows(docs):
    """Rows of the measure `terms`: the text of each Doc as a term."""
    place = {"document": docs[0].user_data["document"], "section": "01", "block": 1, "count": 1}
    return [{**place, "term": doc.text} for doc in docs]


def measured(work, path: Path, facts: Path) -> tuple[list[str], list[dict[str, str]]]:
    """The terms that `work` finds in a batch file, and its failures."""
    output = path.with_suffix(".parquet")
    cache = partial(Cache, path.parent / "measures", "measures")
    source = ([path], facts, {"terms": str(output)}, "results/logs/measures.log")
    write_measures({"terms": work}, *source, cache, Dependence("code", lambda _: "", "", lambda _: ""))
    return read_table(output)["term"].tolist(), [failure.to_dict() for failure in measure_failures([output])]


def failing_for(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    annotate_dates = module.annotate_dates

    def dates(docs, published, eras):
        if docs[0].user_data["document"] == name:
            raise AttributeError("no year")
        annotate_dates(docs, published, eras)

    monkeypatch.setattr(module, "annotate_dates", dates)


def test_a_failed_document_is_a_failure_in_the_store(study, tmp_path, facts, monkeypatch, capsys) -> None:
    failing_for("army", monkeypatch)
    path = tmp_path / "0.spacy"
    path.write_bytes(joined(study.run("air", "army", "navy")))
    found, failures = measured(term_rows, path, facts)
    assert found == ["The air met in 1965.", "The navy met in 1965."]
    assert failures == [
        {
            "document": "army",
            "reason": "annotating it failed (AttributeError: no year)",
            "log": "results/logs/annotate/0.log",
        }
    ]
    assert "Traceback" in capsys.readouterr().err


def test_a_failure_is_kept_for_this_code_and_tried_again_with_other_code(study, monkeypatch, capsys) -> None:
    failing_for("army", monkeypatch)
    study.run("army")
    capsys.readouterr()
    monkeypatch.undo()
    [failed] = study.run("army")
    assert docs_in(failed)[0].user_data["part"] == "failure"
    assert "Traceback" in capsys.readouterr().err, "the log of every run has it"
    [annotated] = study.run("army", code="changed")
    assert docs_in(annotated)[0].text == "The army met in 1965."


def test_a_measure_that_fails_on_a_document_goes_on_with_the_next(study: Study, tmp_path: Path, facts: Path) -> None:
    path = tmp_path / "0.spacy"
    path.write_bytes(joined(study.run("army", "navy")))

    def rows(docs):
        if "army" in docs[0].text:
            raise KeyError("army")
        return term_rows(docs)

    found, [failure] = measured(rows, path, facts)
    assert failure["reason"] == "measuring its terms failed (KeyError: 'army')"
    assert found == ["The navy met in 1965."]


def is_the_same(altered: bytes, whole: bytes) -> bool:
    """Whether a bit was flipped that nothing reads, as between two blocks of compressed data."""
    try:
        return zlib.decompress(altered) == zlib.decompress(whole)
    except zlib.error:
        return False


def test_a_store_with_a_flipped_bit_or_cut_short_is_refused_with_a_remedy(study, tmp_path, facts) -> None:
    path = tmp_path / "0.spacy"
    whole = joined(study.run("army"))
    wrong = [whole[:length] for length in range(0, len(whole), 7)]
    wrong += [whole[:place] + bytes([whole[place] ^ 8]) + whole[place + 1 :] for place in range(0, len(whole), 7)]
    for data in wrong:
        path.write_bytes(data)
        if is_the_same(data, whole):
            continue
        with pytest.raises(DamagedError, match="Delete it and run again"):
            measured(term_rows, path, facts)


def test_documents_are_annotated_in_order_however_many_are_begun_together(study, monkeypatch) -> None:
    names = ("air", "army", "navy")
    together = [[doc.to_json() for doc in docs_in(store)] for store in study.run(*names)]
    monkeypatch.setattr(module, "CHARACTERS_TOGETHER", 30)
    one_by_one = [[doc.to_json() for doc in docs_in(store)] for store in study.run(*names, tables="edited")]
    assert together == one_by_one
    assert [docs[0]["text"] for docs in one_by_one] == [f"The {name} met in 1965." for name in names]
