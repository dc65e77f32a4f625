"""A study whose results are kept in an object storage has the tables of one whose results are in its folder."""

from __future__ import annotations

import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import lxml.etree
import pytest
import yaml
from tests.conftest import ROOT, TINY
from tests.engine.slurm import wait_for
from tests.engine.test_run import ENVIRONMENT

# Of the environment that `make .venv/storage/installed` makes.
PROGRAMS = ROOT / ".venv" / "storage" / "bin"
PROFILE = ROOT / "workflow" / "profiles" / "s3" / "config.yaml"
KEYS = {
    "SNAKEMAKE_STORAGE_S3_ACCESS_KEY": "key",
    "SNAKEMAKE_STORAGE_S3_SECRET_KEY": "secret",
    "AWS_DEFAULT_REGION": "us-east-1",
}
FOLDER = "studies/tiny"
pytestmark = pytest.mark.skipif(not PROGRAMS.is_dir(), reason="needs an object storage: make .venv/storage/installed")


@pytest.fixture
def bucket(tmp_path: Path) -> Iterator[str]:
    """The address of an empty bucket of a server on this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (tmp_path / "server.log").open("w") as log:
        server = subprocess.Popen(
            [PROGRAMS / "moto_server", "-H", "127.0.0.1", "-p", str(port)], stdout=log, stderr=subprocess.STDOUT
        )
    wait_for(lambda: _answers(port))
    address = f"http://127.0.0.1:{port}/bucket"
    urlopen(Request(address, method="PUT")).close()
    yield address
    server.terminate()
    server.wait()


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def stored(bucket: str) -> dict[str, bytes]:
    """The objects of a bucket below FOLDER by their names there."""
    with urlopen(f"{bucket}?list-type=2&max-keys=1000") as answer:
        keys = [key.text for key in lxml.etree.fromstring(answer.read()).iter("{*}Key")]
    found = {}
    for key in keys:
        with urlopen(Request(f"{bucket}/{key}", headers={"Authorization": "AWS key:secret"})) as answer:
            found[key.removeprefix(f"{FOLDER}/")] = answer.read()
    return found


def run(study: Path, profile: Path) -> str:
    """What a run of a study says, which must end well."""
    command = [PROGRAMS / "python", "-m", "framescope.command", "run", study, "--profile", profile]
    done = subprocess.run(command, env={**ENVIRONMENT, **KEYS}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_results_in_a_bucket_are_those_of_a_local_run_and_a_second_run_makes_nothing(
    finished: Path, bucket: str, tmp_path: Path
) -> None:
    study = shutil.copytree(TINY, tmp_path / "study")
    address, _, name = bucket.rpartition("/")
    settings = yaml.safe_load(PROFILE.read_text(encoding="utf-8"))
    settings |= {"default-storage-prefix": f"s3://{name}/{FOLDER}", "storage-s3-endpoint-url": address}
    (tmp_path / "profile").mkdir()
    (tmp_path / "profile" / "config.yaml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    said = run(study, tmp_path / "profile")
    assert f"is in s3://{name}/{FOLDER}/" in said
    assert "annotating" in said
    results = stored(bucket)
    local = {path.relative_to(finished).as_posix(): path.read_bytes() for path in finished.glob("results/tables/*")}
    assert len(local) > 40
    assert {file: results.get(file) for file in local} == local
    assert results["results/report.html"] == (finished / "results" / "report.html").read_bytes()
    assert not list(study.glob("results/tables/*"))
    run(study, tmp_path / "profile")
    assert stored(bucket) == results
