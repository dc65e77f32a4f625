"""On a cluster with Slurm a study gives the same tables as on one machine, even if a node fails."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from tests.conftest import ROOT, TINY, tables
from tests.engine.slurm import SITE, Cluster, obstacle, wait_for
from tests.engine.test_run import ENVIRONMENT

PROFILE = ROOT / "workflow" / "profiles" / "slurm" / "config.yaml"


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """A cluster of two nodes, without jobs."""
    if reason := obstacle():
        pytest.skip(reason)
    (tmp_path / "cluster").mkdir()
    running = Cluster(tmp_path / "cluster")
    yield running
    running.stop()


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    """The profile for Slurm with what a user adds for this cluster."""
    settings = yaml.safe_load(PROFILE.read_text(encoding="utf-8")) | SITE
    settings["default-resources"]["slurm_partition"] = "main"
    folder = tmp_path / "profile"
    folder.mkdir()
    (folder / "config.yaml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    return folder


@pytest.fixture
def run(cluster: Cluster, profile: Path, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A run of the tiny study in `tmp_path / "study"` on the cluster."""
    study = shutil.copytree(TINY, tmp_path / "study")
    command = [sys.executable, "-m", "framescope.command", "run", str(study), "--verbose", "--profile", str(profile)]
    going_on = subprocess.Popen(
        command, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    )
    yield going_on
    going_on.terminate()
    going_on.wait()


def test_a_run_survives_the_end_of_a_node_and_gives_the_tables_of_a_local_run(
    finished: Path, cluster: Cluster, run: subprocess.Popen[str], tmp_path: Path
) -> None:
    wait_for(lambda: cluster.jobs("n1") and cluster.jobs("n2"))
    cluster.kill("n1")
    said, _ = run.communicate(timeout=540)
    assert run.returncode == 0, said
    assert "Trying to restart job" in said
    assert tables(tmp_path / "study") == tables(finished)
