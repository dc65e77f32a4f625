from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from framescope import command

WORKFLOW = Path(__file__).parents[2] / "workflow"


def test_a_reader_that_closes_the_pipe_gets_no_complaint(tmp_path: Path):
    long = tmp_path / "long.md"
    long.write_text("# A report\n\n" + "A paragraph about trade between neighbours.\n\n" * 20000, encoding="utf-8")
    show = [sys.executable, "-m", "framescope.command", "show", str(long)]
    with subprocess.Popen(show, cwd=WORKFLOW, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert "A report" in process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == ""


def test_a_file_that_cannot_be_read_is_named_and_the_exit_code_says_so(tmp_path: Path):
    empty = tmp_path / "empty.pdf"
    empty.write_bytes(b"")
    done = subprocess.run(
        [sys.executable, "-m", "framescope.command", "show", str(empty)], cwd=WORKFLOW, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert done.stderr.startswith("empty.pdf: the file is empty.")


@pytest.mark.parametrize(
    ("arguments", "does", "folder"),
    [
        (["run"], command.run, "."),
        (["check"], command.check, "."),
        (["open", "x"], command.open_report, "x"),
        (["unlock", "a study"], command.unlock, "a study"),
        (["verify", "x"], command.verify, "x"),
        (["suggest", "x"], command.suggest, "x"),
    ],
)
def test_a_study_is_the_folder_named_or_the_one_at_hand(arguments: list[str], does, folder: str):
    options = command.parser().parse_args(arguments)
    assert (options.do, options.folder) == (does, Path(folder))


def test_outputs_are_named_after_the_folder():
    options = command.parser().parse_args(["run", ".", "results/sample.csv", "--cores", "8", "--verbose"])
    assert (options.output, options.cores, options.verbose) == (["results/sample.csv"], "8", True)


def test_suggesting_runs_what_makes_the_suggestions_and_names_the_page(monkeypatch, capsys):
    asked: list[object] = []
    monkeypatch.setattr("framescope.running.run.start", lambda *given: asked.append(given) or 0)
    assert command.main(["suggest", "x", "--cores", "3"]) == 0
    assert asked == [(Path("x"), "3", ["results/term_suggestions.csv"])]
    assert capsys.readouterr().out.startswith("x/results/term_suggestions.md: ")


@pytest.mark.parametrize("arguments", [[], ["rum"], ["show"]])
def test_what_is_not_understood_ends_with_the_usage_and_no_traceback(arguments: list[str], capsys):
    with pytest.raises(SystemExit) as ended:
        command.main(arguments)
    assert ended.value.code == 2
    assert "usage: framescope" in capsys.readouterr().err


def test_every_command_says_what_it_does(capsys):
    with pytest.raises(SystemExit):
        command.main(["--help"])
    said = capsys.readouterr().out
    assert all(name in said for name in ("new", "check", "run", "unlock", "open", "show", "verify", "package"))


def test_the_command_starts_without_loading_a_language_model_or_a_table():
    code = "import sys; from framescope.command import parser; parser(); print({'spacy', 'pandas'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=WORKFLOW, capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_a_new_study_is_checked_and_its_report_is_opened_in_the_browser(tmp_path: Path, capsys, monkeypatch):
    study = tmp_path / "my study"
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda address: opened.append(address) or True)
    assert command.main(["new", str(study)]) == 0
    assert f"run '{study}'" in capsys.readouterr().out
    assert command.main(["check", str(study)]) == 0
    assert capsys.readouterr().out == "The study can run: 1 document.\n"
    (study / "results").mkdir()
    (study / "results" / "report.html").write_text("", encoding="utf-8")
    assert command.main(["open", str(study)]) == 0
    assert opened == [(study / "results" / "report.html").as_uri()]
    capsys.readouterr()
    monkeypatch.setattr("webbrowser.open", lambda address: False)
    assert command.main(["open", str(study)]) == 1
    assert "No browser was found on this machine: open " in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["new", "."], "expected a new or an empty folder"),
        (["check", "."], "The study cannot run.\nconfig.yaml: the top level: unknown key 'titel'. Did you mean title?"),
        (["open", "."], "there is no report yet. Run the study first"),
    ],
)
def test_a_mistake_of_the_user_is_answered_without_a_traceback(tmp_path: Path, arguments, said, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.yaml").write_text("titel: x\n", encoding="utf-8")
    assert command.main(arguments) == 1
    assert said in capsys.readouterr().err


def test_the_page_for_coding_is_made_of_a_sample_and_asked_for_where_there_is_none(tmp_path, capsys):
    study = tmp_path / "study"
    (study / "results" / "tables").mkdir(parents=True)
    (study / "config.yaml").write_text("title: Harbours\n", encoding="utf-8")
    assert command.main(["code", str(study), "--closed"]) == 1
    assert "results/sample.csv: not found. Draw it first" in capsys.readouterr().err
    sentences = []
    for number, (name, text) in enumerate((("sample", "The fleet sails."), ("next_sample", "It rains.")), 1):
        row = f"harbour,01-a,{number},{text},,,2,{number}"
        (study / "results" / f"{name}.csv").write_text(
            f"document,section,sentence,text,coder_1,coder_2,weight,round\n{row}\n", encoding="utf-8"
        )
        sentences.append({"document": "harbour", "paragraph": 1, "sentence": number, "text": text})
    pd.DataFrame(sentences).to_parquet(study / "results" / "tables" / "sentences.parquet")
    assert command.main(["code", str(study), "--closed"]) == 0
    assert '"text": "The fleet sails."' in (study / "results" / "coding.html").read_text(encoding="utf-8")
    assert command.main(["code", str(study), "--closed", "--next"]) == 0
    assert '"text": "It rains."' in (study / "results" / "next_coding.html").read_text(encoding="utf-8")
