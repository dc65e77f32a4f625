"""An error of ours on one document costs that document, in every table, and is told with its log."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from tests.conftest import finish, tables


def broken_for(document: str, path: Path, function: str, argument: str) -> None:
    """Make a function of the package raise for one document."""
    text = path.read_text(encoding="utf-8")
    begin = text.index('"""', text.index('"""', text.index(f"def {function}(")) + 3) + 3
    fault = f"\n    if {argument}.user_data['document'] == {document!r}:\n        raise AttributeError('no year')"
    path.write_text(text[:begin] + fault + text[begin:], encoding="utf-8")


def test_a_document_that_fails_in_any_stage_is_in_skipped_and_in_no_other_table_until_the_code_changes(study, code):
    clean = tables(study)
    package = code / "workflow" / "framescope"
    sound = {
        name: (package / name).read_text(encoding="utf-8")
        for name in ("annotate/batch.py", "annotate/date_mentions.py")
    }
    broken_for("page", package / "annotate" / "batch.py", "annotate_dates", "docs[0]")
    broken_for("letter", package / "annotate" / "date_mentions.py", "date_rows", "(docs := list(docs))[0]")
    said = finish(study, code=code)
    assert "Framescope: 1 document, " in said
    skipped = pd.read_csv(study / "results" / "tables" / "skipped.csv").set_index("file")
    assert skipped["reason"].to_dict() == {
        "raw/letter.txt": "measuring its dates failed (AttributeError: no year)",
        "raw/page.html": "annotating it failed (AttributeError: no year)",
        "raw/scan.pdf": "the file is empty",
    }
    for file in ("raw/letter.txt", "raw/page.html"):
        told, _, log = skipped.loc[file, "remedy"].removesuffix(".").rpartition(" ")
        assert told == "This is an error of Framescope; please report it with the log"
        assert "Traceback" in (study / log).read_text(encoding="utf-8")
    for path in sorted((study / "results" / "tables").glob("*.csv")):
        frame = pd.read_csv(path, dtype=str)
        named = [column for column in frame if column.startswith("document")]
        assert not frame[named].isin(["letter", "page"]).any(axis=None), path.name
    for name, text in sound.items():
        (package / name).write_text(text, encoding="utf-8")
    again = ["tables/documents.csv", "tables/sections.csv", "tables/skipped.csv"]
    finish(study, "--", *(f"results/{name}" for name in again), code=code)
    assert [tables(study)[name] for name in again] == [clean[name] for name in again]
