"""What is said of a study before anything runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from framescope.checking import checked_study, what_would_run
from framescope.problems import StudyError


@pytest.fixture
def study(tmp_path: Path) -> Path:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text("The ministry bought tanks.\n", encoding="utf-8")
    return tmp_path


def test_files_that_will_be_skipped_are_named(study: Path):
    (study / "raw" / "b.txt").symlink_to(study / "nowhere")
    assert what_would_run(study).splitlines() == [
        "The study can run: 1 document.",
        "skipped: raw/b.txt: it is a link to nothing. Mend the link or remove it.",
    ]


@pytest.mark.parametrize(
    ("config", "files", "said"),
    [
        ("titel: x\n", {}, "unknown key 'titel'. Did you mean title"),
        ("limits:\n\tpages: 3\n", {}, "config.yaml, line 2: it begins with a tab"),
        ("focus_themes: [defense]\n", {}, "unknown theme 'defense'. Did you mean defence"),
        ("lexicon: themes.yaml\n", {}, "no file themes.yaml"),
        ("models: [defense ~ year]\n", {}, "models > 1 (defense ~ year): no theme or contrast 'defense'. Did you mean"),
        ("models: [{formla: defence ~ year}]\n", {}, "models > 0: unknown key 'formla'. Did you mean formula"),
        ("lexicon: themes.yaml\n", {"themes.yaml": "defence: [tank"}, "themes.yaml"),
        ("actors: actors.csv\n", {"actors.csv": "surface,id\n"}, "actors.csv"),
        ("eras: eras.csv\n", {"eras.csv": "name\n"}, "expected the columns"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(study: Path, config: str, files: dict[str, str], said: str):
    (study / "config.yaml").write_text(config, encoding="utf-8")
    for name, text in files.items():
        (study / name).write_text(text, encoding="utf-8")
    with pytest.raises(StudyError) as error:
        what_would_run(study)
    assert said in str(error.value)


def test_a_second_opinion_without_its_packages_is_told_with_the_command_that_installs_them(study: Path, monkeypatch):
    (study / "config.yaml").write_text("second_opinion: true\n", encoding="utf-8")
    monkeypatch.setattr("framescope.compare.opinion.encoder.find_spec", lambda name: None)
    with pytest.raises(StudyError, match=r"second_opinion: expected the packages pyduck.* `make opinion`"):
        what_would_run(study)
    monkeypatch.setattr("framescope.compare.opinion.encoder.find_spec", lambda name: name)
    assert what_would_run(study) == "The study can run: 1 document."


def test_warnings_about_the_lexicon_go_to_the_terminal_and_stop_nothing(study: Path, monkeypatch):
    (study / "themes.yaml").write_text("defence: [tank]\ntrade: [port]\ndefence: [army]\n", encoding="utf-8")
    said: list[str] = []
    monkeypatch.setattr("framescope.checking.say", said.append)
    assert list(checked_study({"lexicon": "themes.yaml"}, study).documents) == ["a"]
    assert said == ["themes.yaml, line 3: the theme 'defence' was begun in line 1; both are kept as one"]


def test_a_study_that_is_not_fully_annotated_is_told_what_it_lacks(study: Path, capfd: pytest.CaptureFixture[str]):
    (study / "themes.yaml").write_text("economy: ['lemma:buy', tariff*]\ndefence: [army]\n", encoding="utf-8")
    for level, told in (("full", False), ("none", True)):
        (study / "config.yaml").write_text(f"annotate: {level}\nlexicon: themes.yaml\n", encoding="utf-8")
        what_would_run(study)
        said = capfd.readouterr().err
        assert ("annotate: none: economy: 'lemma:buy' asks for a lemma" in said) == told
        assert ("annotate: none: no language model was used." in said) == told
