"""What runs again when something changes, by dry run."""

import os
import shutil
import time
from pathlib import Path

from tests.conftest import finish, tables

EXPENSIVE = {"extract", "annotate"}
MEASURES = {"texts", "sentences", "entities", "dates", "hits", "terms", "relations", "notes"}


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_nothing_changed_means_nothing_to_do(study, planned):
    assert planned(study) == {}


def test_an_edited_theme_annotates_nothing_and_matches_again(study, planned):
    edit(study / "themes.yaml", "- navy", "- navy\n  - harbour")
    plan = planned(study)
    assert not (EXPENSIVE | MEASURES - {"hits", "notes"}) & set(plan)
    assert {"hits", "rates", "contrasts", "report"} <= set(plan)


def test_an_added_document_is_read_and_annotated_in_its_batch_only(study, planned):
    (study / "raw" / "new.txt").write_text("The navy sailed in 2020. Trade went on.", encoding="utf-8")
    plan = planned(study)
    assert plan["extract"] == plan["annotate"] == 1


def test_edited_metadata_runs_comparison_and_presentation_only(study, planned):
    edit(study / "config.yaml", "group: press", "group: parliament")
    plan = planned(study)
    assert not (EXPENSIVE | MEASURES) & set(plan)
    assert {"documents", "rates", "report"} <= set(plan)


def test_an_edited_date_of_publication_annotates_the_batch_of_its_document_without_the_model(study, planned):
    edit(study / "config.yaml", '"2021-05-04"', '"2021-05-05"')
    plan = planned(study)
    assert "extract" not in plan
    assert plan["annotate"] == 1
    shutil.rmtree(study / "results" / "logs")
    finish(study)
    assert not model_loads(study)


def test_an_edited_title_of_the_study_runs_the_report_only(study, planned):
    edit(study / "config.yaml", "A tiny study", "A small study")
    assert set(planned(study)) <= {"report", "provenance", "all"}


def test_edited_logic_runs_its_own_stage_and_what_follows(study, code, planned):
    finish(study, code=code)
    edit(
        code / "workflow" / "framescope" / "compare" / "framing.py",
        "def framing_by_section(",
        "X = 1\n\n\ndef framing_by_section(",
    )
    plan = planned(study, code)
    assert not (EXPENSIVE | MEASURES | {"contrasts", "actors"}) & set(plan)
    assert {"rates", "report"} <= set(plan)


def test_an_edited_comment_or_docstring_runs_nothing(study, code, planned):
    finish(study, code=code)
    path = code / "workflow" / "framescope" / "compare" / "framing.py"
    path.write_text(
        path.read_text(encoding="utf-8").replace('"""The wide', '"""The very wide') + "# A word.\n", encoding="utf-8"
    )
    assert planned(study, code) == {}


def test_touching_every_script_loads_no_model_and_changes_no_table(study, code):
    finish(study, code=code)
    before = tables(study)
    shutil.rmtree(study / "results" / "logs")
    later = time.time() + 5
    for script in (code / "workflow" / "scripts").glob("*.py"):
        os.utime(script, (later, later))
    finish(study, code=code)
    assert not model_loads(study)
    assert tables(study) == before


def test_a_removed_document_leaves_no_file_of_its_batch_and_no_object_in_the_cache(study):
    cached = set((study / "results" / "cache").glob("*/??/*"))
    (study / "raw" / "page.html").unlink()
    finish(study)
    assert "raw/page.html" not in (study / "results" / "tables" / "documents.csv").read_text(encoding="utf-8")
    planned = {path.stem for path in (study / "results" / "text").glob("*.jsonl")}
    assert planned == {path.stem for path in (study / "results" / "annotated").glob("*.spacy")}
    assert set((study / "results" / "cache").glob("*/??/*")) < cached


def test_a_deleted_cache_changes_no_table(study):
    before = tables(study)
    shutil.rmtree(study / "results" / "cache")
    finish(study, "--forceall")
    assert tables(study) == before
    assert model_loads(study)


def model_loads(study: Path) -> list[Path]:
    logs = (study / "results" / "logs" / "annotate").glob("*.log")
    return [path for path in logs if "loading the model" in path.read_text(encoding="utf-8")]
