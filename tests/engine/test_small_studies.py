"""The least that a study can be still runs to its end."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
from tests.conftest import TINY, finish, snakemake

from framescope.annotate.levels import what_is_missing
from framescope.annotate.model_files import PACKAGES
from framescope.defaults import default


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
        "a": "shares 5 of its 8 blocks with raw/d.txt: rates count it in both",
        "d": "shares 5 of its 6 blocks with raw/a.txt: rates count it in both",
    }
    assert f"warning: raw/a.txt: {documents['a']}." in said
    assert documents["d"] in (tmp_path / "results" / "report.html").read_text(encoding="utf-8")
    for table in ("sentences", "hits", "entities", "dates", "theme_rates", "keywords", "concordance"):
        assert set(pd.read_csv(tables / f"{table}.csv")["document"].dropna()) <= {"a", "d"}, table
    assert "Nothing to be done" in finish(tmp_path)


def test_a_study_without_annotation_runs_where_no_model_can_be_loaded_and_says_what_is_missing(tmp_path: Path):
    blocked, study = tmp_path / "blocked", tmp_path / "study"
    for package in PACKAGES[default("model")]:
        (blocked / package).mkdir(parents=True)
        (blocked / package / "__init__.py").write_text("raise OSError('a model is imported')\n", encoding="utf-8")
    shutil.copytree(TINY, study)
    with (study / "config.yaml").open("a", encoding="utf-8") as config:
        config.write("annotate: none\n")
    said = finish(study, environment={"PYTHONPATH": str(blocked)})
    missing = what_is_missing("none")
    assert missing in said
    for file in ("findings.md", "report.html"):
        assert missing in (study / "results" / file).read_text(encoding="utf-8")
    for table, empty in (("keywords", True), ("actor_roles", True), ("hits", False), ("actors", False)):
        assert pd.read_csv(study / "results" / "tables" / f"{table}.csv").empty == empty, table
    (study / "config.yaml").write_text("annotate: names\n", encoding="utf-8")
    failed = snakemake(study, environment={"PYTHONPATH": str(blocked)})
    assert "a model is imported" in failed.stdout + failed.stderr
