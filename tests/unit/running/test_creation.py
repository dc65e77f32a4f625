"""A new study: what its folder has, and that every line of its settings is right once its sign is removed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from framescope.checking import what_would_run
from framescope.configuration import complete_config
from framescope.problems import StudyError
from framescope.running.config_file import read_config
from framescope.running.creation import commented_config, create


def test_a_new_study_can_run_at_once_and_has_the_name_of_its_folder(tmp_path: Path):
    create(tmp_path / "Ports: a study #1")
    assert what_would_run(tmp_path / "Ports: a study #1") == "The study can run: 1 document."
    assert read_config(tmp_path / "Ports: a study #1" / "config.yaml") == {"title": "Ports: a study #1"}


def test_each_key_of_the_new_config_has_its_default_once_its_sign_is_removed():
    text = re.sub(r"^# (?=( *# )|[a-z_]+:|  [a-z_]+:|- |  [ab]: )", "", commented_config("Ports"), flags=re.MULTILINE)
    config = yaml.safe_load(text)
    assert list(config) == list(complete_config({}))
    assert complete_config(config) == complete_config({"title": "Ports"})


def test_an_empty_folder_becomes_a_study(tmp_path: Path):
    create(tmp_path)
    assert (tmp_path / "raw" / "example.md").exists()


def test_a_folder_with_files_is_left_as_it_is(tmp_path: Path):
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(StudyError, match="expected a new or an empty folder"):
        create(tmp_path)
    with pytest.raises(StudyError, match="expected a new or an empty folder"):
        create(tmp_path / "notes.txt")
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StudyError, match="the study cannot be written there"):
        create(tmp_path / "file" / "study")
