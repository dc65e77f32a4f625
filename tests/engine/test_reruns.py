"""What runs again when something changes, by dry run."""

import json
import os
import shutil
import time
from pathlib import Path

import pytest
from tests.conftest import cached, finish, tables

EXPENSIVE = {"extract", "annotate"}
MADE_BY = {
    "tables/contrasts.csv": "contrasts",
    "tables/hits.parquet": "mentions",
    "measures/sentences.parquet": "measures",
    "findings.md": "findings",
}
MEASURES = {"texts", "measures", "matches"}


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_nothing_changed_means_nothing_to_do(study, planned):
    assert planned(study) == {}


def test_a_run_with_nothing_to_do_keeps_the_digests_of_sources_for_the_next_run(study, planned):
    memory = study / "results" / "cache" / "contents.json"
    assert planned(study) == {}
    sources = {file for file in json.loads(memory.read_bytes()) if file.startswith("raw/")}
    assert sources == {f"raw/{path.name}" for path in (study / "raw").iterdir()}


def test_an_edited_theme_annotates_nothing_and_matches_again(study, planned):
    edit(study / "themes.yaml", "- navy", "- navy\n  - harbour")
    plan = planned(study)
    assert not (EXPENSIVE | MEASURES - {"matches"}) & set(plan)
    assert {"matches", "rates", "contrasts", "report"} <= set(plan)


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
    assert set(planned(study)) <= {"page", "report", "provenance", "all", "study"}


def test_edited_logic_runs_its_own_stage_and_what_follows(study, code, planned):
    finish(study, code=code)
    edit(
        code / "workflow" / "framescope" / "compare" / "emphasis" / "framing.py",
        "def framing_tables(",
        "X = 1\n\n\ndef framing_tables(",
    )
    plan = planned(study, code)
    assert not (EXPENSIVE | MEASURES | {"contrasts", "actors"}) & set(plan)
    assert {"rates", "report"} <= set(plan)


def test_an_edited_reader_of_lexicons_matches_again(study, code, planned):
    finish(study, code=code)
    edit(code / "workflow" / "framescope" / "themes" / "terms.py", "word.lower()", "word.lower()[:3]")
    plan = planned(study, code)
    assert not EXPENSIVE & set(plan)
    assert {"matches", "rates", "differences", "lexicon_terms"} <= set(plan)


def test_edited_patterns_of_roles_read_no_source_again(study, code):
    finish(study, code=code)
    edit(code / "workflow" / "framescope" / "lexicons" / "roles.yaml", "conclusion:", "conclusion:\n  - a closing word")
    before = cached(study / "results" / "cache", "text")
    finish(study, code=code)
    assert cached(study / "results" / "cache", "text") == before


def replaced(path: Path, old: str, new: str) -> None:
    """Put other content in a file's place with a date long before, as `cp -p` and unzipping do."""
    edit(path, old, new)
    os.utime(path, (1_000_000_000, 1_000_000_000))


def test_a_source_replaced_by_one_with_an_older_date_is_read(study, planned):
    replaced(study / "raw" / "letter.txt", "the", "our")
    plan = planned(study)
    assert plan["extract"] == 1
    assert {"annotate", "matches", "report"} <= set(plan)


def test_a_lexicon_replaced_by_one_with_an_older_date_is_matched(study, planned):
    replaced(study / "themes.yaml", "- navy", "- harbour")
    assert {"matches", "rates", "lexicon_terms", "report"} <= set(planned(study))


def test_sources_with_new_dates_and_the_same_content_read_nothing(study, planned):
    for path in [study / "themes.yaml", *(study / "raw").iterdir()]:
        path.touch()
    assert planned(study) == {}


@pytest.mark.parametrize("date", [None, 1_000_000_000])
@pytest.mark.parametrize("output", MADE_BY)
def test_an_output_edited_by_hand_is_made_anew_and_never_taken_for_a_result(study, planned, output, date):
    path = study / "results" / output
    rule = MADE_BY[output]
    made, before = path.read_bytes(), tables(study)
    path.write_bytes(made + b"edited\n")
    if date:
        os.utime(path, (date, date))
    assert rule in planned(study)
    if output == "tables/contrasts.csv":
        said = finish(study)
        assert f"results/{output}: it is not what the last run made of it and is made anew." in said
        assert path.read_bytes() == made
        assert tables(study) == before
        assert planned(study) == {}


def test_an_edited_comment_or_docstring_runs_nothing(study, code, planned):
    finish(study, code=code)
    path = code / "workflow" / "framescope" / "compare" / "emphasis" / "framing.py"
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
    stages = ("text", "model", "names")
    before = cached(study / "results" / "cache", *stages)
    (study / "raw" / "page.html").unlink()
    finish(study)
    assert "raw/page.html" not in (study / "results" / "tables" / "documents.csv").read_text(encoding="utf-8")
    planned = {path.stem for path in (study / "results" / "text").glob("*.jsonl")}
    assert planned == {path.stem for path in (study / "results" / "annotated").glob("*.spacy")}
    after = cached(study / "results" / "cache", *stages)
    assert before - after
    assert len(after - before) == 1, "the words of the batch that it was in"


def test_edited_actors_and_terms_are_looked_for_in_their_texts_alone_and_give_the_tables_of_a_fresh_study(study):
    names = cached(study / "results" / "cache", "names")
    (study / "actors.csv").write_text("surface,id,kind\nUnited Nations,CLUB,organisation\n", encoding="utf-8")
    edit(study / "config.yaml", "lexicon:", "actors: actors.csv\nlexicon:")
    edit(study / "themes.yaml", "- navy", "- navy\n  - side")
    fresh = Path(shutil.copytree(study, study.with_name("fresh"), ignore=shutil.ignore_patterns("results", ".*")))
    finish(study)
    finish(fresh)
    assert tables(study) == tables(fresh)
    assert b",CLUB," in tables(study)["tables/entities.csv"]
    assert len(cached(study / "results" / "cache", "names") - names) == 1, "only the letter names them"


def test_a_deleted_cache_changes_no_table(study):
    before = tables(study)
    shutil.rmtree(study / "results" / "cache")
    finish(study, "--forceall")
    assert tables(study) == before
    assert model_loads(study)


def model_loads(study: Path) -> list[Path]:
    logs = (study / "results" / "logs" / "annotate").glob("*.log")
    return [path for path in logs if path.read_text(encoding="utf-8").startswith("annotating with the model")]


def test_results_of_an_older_version_are_made_anew(tmp_path, code):
    study, text = tmp_path / "study", "results/text/all.jsonl"
    (study / "raw").mkdir(parents=True)
    (study / "raw" / "a.txt").write_text("The navy sailed in 2020. Trade went on.", encoding="utf-8")
    finish(study, "--", text, code=code)
    assert "\nextract " not in finish(study, "--dry-run", "--", text, code=code)
    edit(code / "workflow" / "framescope" / "schemas" / "tables.yaml", "skipped:", "# A column more.\nskipped:")
    assert "\nextract " in finish(study, "--dry-run", "--", text, code=code)


def test_results_of_an_unknown_version_are_made_anew(study, planned):
    shutil.rmtree(study / ".snakemake")
    plan = planned(study)
    assert plan["extract"] == 2
    assert (EXPENSIVE | MEASURES | {"rates", "report"}) <= set(plan)


def test_a_source_that_only_took_too_long_is_tried_again_by_the_next_run_and_kept_after_that(finished, study, planned):
    made = study / "results" / "made.json"
    facts = json.loads(made.read_text(encoding="utf-8"))
    batch = next(output for output in facts if output.startswith("results/text/"))
    made.write_text(json.dumps({**facts, batch: {**facts[batch], "retry": True}}), encoding="utf-8")
    assert planned(study)["extract"] == 1
    assert f"{batch}: a source could not be opened or took too long to read; it is tried again." in finish(study)
    assert planned(study) == {}
    assert tables(study) == tables(finished)
