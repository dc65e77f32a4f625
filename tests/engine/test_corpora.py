"""A table of speeches as the tutorial has it: each row a document, and an edit of one row the work of one."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pandas as pd
from tests.conftest import ROOT, finish

TABLES = ("results/tables/documents.csv", "results/tables/skipped.csv")


def annotated(study: Path) -> set[str]:
    """What the model has said, by key."""
    return {path.name for path in (study / "results" / "cache" / "model").glob("??/*")}


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
