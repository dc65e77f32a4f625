"""The least that a study can be still runs to its end."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from tests.conftest import finish


def test_a_note_that_names_nobody_in_a_folder_without_a_config_is_a_study(tmp_path: Path):
    (tmp_path / "raw").mkdir()
    note = "# Rain\n\nRain fell on the fields, and the harvest was late.\n\nThe mill stood idle for a week.\n"
    (tmp_path / "raw" / "note.md").write_text(note, encoding="utf-8")
    said = finish(tmp_path)
    assert "Framescope: 1 document, 2 sentences, 17 words, 0 skipped files." in said
    assert (tmp_path / "results" / "report.html").exists()
    assert pd.read_csv(tmp_path / "results" / "tables" / "actor_pairs.csv").empty


def test_a_text_that_is_there_twice_counts_once_and_one_that_shares_most_is_named(tmp_path: Path):
    (tmp_path / "raw").mkdir()
    texts = [f"In year {n} the ministry bought tanks, and the harvest of the fields was late." for n in range(8)]
    sources = {"a.txt": texts, "b.txt": texts, "c.md": texts, "d.txt": [*texts[:5], "The mill stood idle for a week."]}
    for name, paragraphs in sources.items():
        gap = "\n\n\n" if name == "c.md" else "\n\n"
        (tmp_path / "raw" / name).write_text(gap.join(paragraphs) + "\n", encoding="utf-8")
    said = finish(tmp_path)
    tables = tmp_path / "results" / "tables"
    skipped = pd.read_csv(tables / "skipped.csv")
    assert dict(zip(skipped["file"], skipped["reason"], strict=True)) == {
        "raw/b.txt": "it is the same file as raw/a.txt",
        "raw/c.md": "it reads the same as raw/a.txt",
    }
    documents = pd.read_csv(tables / "documents.csv").set_index("document")["warnings"].to_dict()
    assert documents == {
        "a": "shares 5 of its 8 blocks with raw/d.txt: what both say counts twice",
        "d": "shares 5 of its 6 blocks with raw/a.txt: what both say counts twice",
    }
    assert f"warning: raw/a.txt: {documents['a']}." in said
    assert documents["d"] in (tmp_path / "results" / "report.html").read_text(encoding="utf-8")
    for table in ("sentences", "hits", "entities", "dates", "theme_rates", "keywords", "concordance"):
        assert set(pd.read_csv(tables / f"{table}.csv")["document"].dropna()) <= {"a", "d"}, table
    assert "Nothing to be done" in finish(tmp_path)
