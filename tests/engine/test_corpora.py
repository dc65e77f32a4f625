"""A table of speeches as the tutorial has it: each row a document, and an edit of one row the work of one."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pandas as pd
from tests.conftest import ROOT, cached, finish

TABLES = ("results/tables/documents.csv", "results/tables/skipped.csv")


def annotated(study: Path) -> set[str]:
    """What the model has said, by key."""
    return cached(study / "results" / "cache", "model")


def kept(study: Path, stage: str) -> set[str]:
    """The keys of what the cache has of a stage."""
    return cached(study / "results" / "cache", stage)


def test_of_a_row_added_to_a_table_of_many_batches_only_its_batch_is_assembled_and_its_text_read(tmp_path: Path):
    rows = [f"{n},Tolls rose in harbour {n}. Ships stayed." for n in range(300)]
    (tmp_path / "raw").mkdir()
    table = tmp_path / "raw" / "speeches.csv"
    table.write_text("\n".join(["id,text", *rows]) + "\n", encoding="utf-8")
    (tmp_path / "config.yaml").write_text("annotate: none\n", encoding="utf-8")
    finish(tmp_path, TABLES[0])
    batches = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "results" / "annotated").iterdir()}
    before = {stage: kept(tmp_path, stage) for stage in ("text", "model", "names")}
    # Before all others, so that every row moves in the file.
    table.write_text("\n".join(["id,text", "late,Pilots left the harbour.", *rows]) + "\n", encoding="utf-8")
    finish(tmp_path, TABLES[0])
    after = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "results" / "annotated").iterdir()}
    assert len(batches) > 4
    assert len(set(after.items()) - set(batches.items())) == 1
    new = {stage: len(kept(tmp_path, stage) - had) for stage, had in before.items()}
    assert new == {"text": 1, "model": 1, "names": 2}, "what is found in the text, and the words of its batch"
    assert len(pd.read_csv(tmp_path / TABLES[0])) == 301


def test_the_tutorials_table_is_twenty_documents_and_an_edit_of_one_row_annotates_one(tmp_path: Path):
    section = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8").partition("a table of texts")[2]
    config = re.search(r"((?:^    .*\n)+)", section.partition("config.yaml")[2], re.MULTILINE)[1]
    (tmp_path / "raw").mkdir()
    table = shutil.copy(ROOT / "docs" / "examples" / "speeches.csv", tmp_path / "raw")
    (tmp_path / "config.yaml").write_text(re.sub("^    ", "", config, flags=re.MULTILINE), encoding="utf-8")
    finish(tmp_path, *TABLES)
    documents = pd.read_csv(tmp_path / TABLES[0], dtype=str).set_index("document")
    first = documents.loc["speeches-1", ["group", "published", "speaker", "row", "file", "format"]]
    assert first.tolist() == ["Harbour Union", "2019-03-04", "Anna Berg", "1", "raw/speeches.csv", "csv"]
    assert len(documents) == 20
    before = annotated(tmp_path)
    text = Path(table).read_text(encoding="utf-8")
    Path(table).write_text(text.replace("needs two ships", "needs nine new ships") + "21,short\n")
    finish(tmp_path, *TABLES)
    assert len(before) == 20
    assert len(annotated(tmp_path) - before) == 1
    changed = pd.read_csv(tmp_path / TABLES[0], dtype=str).set_index("document")
    same = documents.index.difference(["speeches-2"])
    assert changed.loc[same, "sha256"].tolist() == documents.loc[same, "sha256"].tolist()
    assert changed.loc["speeches-2", "sha256"] != documents.loc["speeches-2", "sha256"]
    skipped = pd.read_csv(tmp_path / TABLES[1])
    assert skipped["file"].tolist() == ["raw/speeches.csv, line 22"]
