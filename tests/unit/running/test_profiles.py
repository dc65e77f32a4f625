"""The profile of a run: one of Framescope's, or a folder of the user's."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from framescope.command import main
from framescope.running.run import DEFAULT_PROFILE, PROFILES, profile_folder


def test_a_profile_is_a_folder_or_the_name_of_one_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert profile_folder(DEFAULT_PROFILE) == PROFILES / "default"
    assert profile_folder("slurm") == PROFILES / "slurm"
    assert profile_folder("my-cluster") is None
    Path("my-cluster").mkdir()
    assert profile_folder("my-cluster") is None
    Path("my-cluster", "config.yaml").write_text("jobs: 2", encoding="utf-8")
    assert profile_folder("my-cluster") == tmp_path / "my-cluster"


def test_a_profile_that_does_not_exist_is_answered_with_those_that_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", str(tmp_path), "--profile", "slrum"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("--profile slrum: there is no such profile.")
    assert "default, s3, slurm" in said
    assert list(tmp_path.iterdir()) == []


def test_the_jobs_that_a_cluster_gets_as_arrays_are_those_of_batches() -> None:
    profile = yaml.safe_load((PROFILES / "slurm" / "config.yaml").read_text(encoding="utf-8"))
    rules = [path.read_text(encoding="utf-8") for path in (PROFILES.parent / "rules").glob("*.smk")]
    of_batches = [
        rule.split(":", 1)[0]
        for text in rules
        for rule in text.split("\nrule ")[1:]
        if "{batch}" in rule.partition("    output:")[2].partition("    log:")[0]
    ]
    assert sorted(of_batches) == sorted(profile["slurm-array-jobs"].split(",")) == sorted(profile["set-resources"])
