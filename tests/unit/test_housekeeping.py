"""What a run says of its outputs, and what it finds edited."""

import json
from pathlib import Path

import pytest

from framescope.contents import Contents
from framescope.housekeeping import Made, closing_line, remove_obsolete
from framescope.table_schemas import files_made_by


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one table, which the last run made."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "table.csv").write_text("a,1\n")
    made().record(["table.csv"])
    return tmp_path


def made() -> Made:
    return Made("made.json", Contents("contents.json"))


def test_an_output_that_is_as_it_was_made_or_was_only_touched_is_not_edited(study: Path) -> None:
    (study / "table.csv").touch()
    assert made().edited(["table.csv"]) == []
    assert made().anew(["table.csv"]) == 0


def test_an_edited_output_counts_once_more_until_it_was_made_anew_and_then_for_good(study: Path) -> None:
    (study / "table.csv").write_text("a,9\n")
    run = made()
    assert (run.edited(["table.csv"]), run.anew(["table.csv", "other.csv"])) == (["table.csv"], 1)
    (study / "table.csv").unlink()
    (study / "table.csv").write_text("a,1\n")
    run.record(["table.csv"])
    assert (made().edited(["table.csv"]), made().anew(["table.csv"])) == ([], 1)


def test_an_edited_output_that_a_failed_run_did_not_come_to_stays_edited(study: Path) -> None:
    (study / "table.csv").write_text("a,9\n")
    made().record(["table.csv"])
    assert made().edited(["table.csv"]) == ["table.csv"]


def test_an_output_that_is_gone_or_no_longer_planned_is_forgotten(study: Path) -> None:
    (study / "table.csv").unlink()
    assert made().edited(["table.csv"]) == []
    made().record(["table.csv"])
    assert json.loads((study / "made.json").read_text()) == {}


def test_the_closing_line_names_the_studys_own_report_as_a_path_that_opens_from_anywhere(study: Path) -> None:
    tables = study / "results" / "tables"
    tables.mkdir(parents=True)
    (tables / "documents.csv").write_text("document,file,sentences,words,warnings\na,raw/a.txt,2,1500,\n")
    (tables / "skipped.csv").write_text("file,reason,remedy\n")
    (study / "results" / "report.html").touch()
    said = closing_line("results").splitlines()
    assert said[0] == "Framescope: 1 document, 2 sentences, 1,500 words, 0 skipped files."
    assert said[-1] == f"Report: {study.resolve()}/results/report.html"


def test_the_closing_lines_give_the_doubts_about_each_reading_and_count_those_beyond_twenty(study: Path) -> None:
    tables = study / "results" / "tables"
    tables.mkdir(parents=True)
    rows = "".join(f'{n},raw/{n}.pdf,2,9,"58 % of the words are in notes."\n' for n in range(23))
    (tables / "documents.csv").write_text(f"document,file,sentences,words,warnings\n{rows}")
    (tables / "skipped.csv").write_text("file,reason,remedy\nraw/x.pdf,it is empty,Remove it.\n")
    said = closing_line("results").splitlines()
    assert said[:2] == [
        "skipped: raw/x.pdf: it is empty. Remove it.",
        "warning: raw/0.pdf: 58 % of the words are in notes.",
    ]
    assert said[21] == f"... and 3 more: {tables.resolve()}/documents.csv"


def test_the_closing_line_names_no_report_that_was_not_made(study: Path) -> None:
    tables = study / "results" / "tables"
    tables.mkdir(parents=True)
    (tables / "documents.csv").write_text("document,file,sentences,words,warnings\na,raw/a.txt,2,1500,\n")
    (tables / "skipped.csv").write_text("file,reason,remedy\n")
    assert closing_line("results").splitlines()[-1] == f"Tables: {study.resolve()}/results/tables/"


def test_an_output_worth_a_retry_is_made_anew_by_the_next_run_and_kept_when_that_changes_nothing(study: Path) -> None:
    (study / "batch.jsonl").write_text("took too long\n")
    made().record(["table.csv", "batch.jsonl"], retry=lambda output: output == "batch.jsonl")
    run = made()
    assert (run.retried(["table.csv", "batch.jsonl"]), run.edited(["batch.jsonl"])) == (["batch.jsonl"], [])
    assert (run.anew(["table.csv"]), run.anew(["batch.jsonl"])) == (0, 1)
    (study / "batch.jsonl").unlink()
    (study / "batch.jsonl").write_text("took too long\n")
    run.record(["table.csv", "batch.jsonl"], retry=lambda output: True)
    assert (made().retried(["batch.jsonl"]), made().anew(["batch.jsonl"])) == ([], 1)


def test_an_output_worth_a_retry_stays_so_while_no_run_has_come_to_it(study: Path) -> None:
    (study / "batch.jsonl").write_text("took too long\n")
    made().record(["batch.jsonl"], retry=lambda output: True)
    made().record(["batch.jsonl"], retry=lambda output: False)
    assert made().retried(["batch.jsonl"]) == ["batch.jsonl"]


def test_a_study_that_grew_large_keeps_no_csv_file_of_a_table_that_it_has_as_parquet_alone(study: Path) -> None:
    files = files_made_by("mentions", large=False)
    for path in map(Path, files.values()):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    remove_obsolete("results", [], large=False)
    assert all(Path(path).exists() for path in files.values())
    remove_obsolete("results", [], large=True)
    kept = files_made_by("mentions", large=True)
    assert {name for name, path in files.items() if Path(path).exists()} == set(kept)
