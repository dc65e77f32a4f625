"""Each command that the documents name does what it says, as it is written, in a folder as it is after `make`."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.conftest import ROOT, copy_workflow

DOCUMENTS = ["README.md", "docs/tutorial.md", "docs/how-to.md", "Snakefile"]
STARTS = r"(?:make|\.venv/bin/\S+|framescope|\./install\.sh|git|cd|conda|pip|mkdir|cp|echo|apt|snakemake|uv|python\S*)"
# What is not run here, and why.
NOT_RUN = {
    r"git clone|cd framescope": "the place where the project is published is the reader's to fill in",
    r"\./install\.sh|conda|pip|apt|make opinion": "installs packages over the network",
    r"cp ~/|\S+ new ": "makes a study of the reader's own; the tiny study stands in for it",
    r"(make|\S+framescope) (open|code)": "opens a browser; tests/unit/test_command.py opens one that is not there",
    r"make next-sample": "needs coded sentences; tests/study/test_codes.py draws from a coded study",
    r"cp docs/examples|make STUDY=speeches": "tests/engine/test_corpora.py runs the tutorial's table of speeches",
    r"make (test|test-robustness|check|site)$": "the tests themselves, and tests/engine/test_site.py",
    r"make audit": "tests/study/test_audit.py runs the audit",
    r"make verify|\S+ verify|.*--forceall": "runs a whole study, as tests/engine/test_reruns.py does",
}
LAUNCHER = """#!{python}
import sys

sys.path.insert(0, {workflow!r})
from framescope.command import main

sys.exit(main())
"""


def documented() -> list[str]:
    """The commands in blocks and in running text, each once; what deletes finished work comes last."""
    found = {}
    for name in DOCUMENTS:
        text = (ROOT / name).read_text(encoding="utf-8")
        lines = re.findall(rf"^ {{4}}({STARTS}(?: .*?)?)(?: {{3,}}.*)?$", text, re.MULTILINE)
        inline = re.findall(rf"`({STARTS}(?:\s[^`]+)?)`", text)
        found.update(dict.fromkeys(" ".join(command.split()) for command in [*lines, *inline]))
    return sorted(found, key=lambda command: "clean-cache" in command)


def reason_not_to_run(command: str) -> str | None:
    return next((reason for pattern, reason in NOT_RUN.items() if re.match(pattern, command)), None)


@pytest.fixture(scope="module")
def checkout(finished: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as it is after `make`, with the tiny study in its own place and in mystudy."""
    folder = tmp_path_factory.mktemp("checkout")
    for name in ("Snakefile", "Makefile", "requirements.txt", "requirements-test.txt", "pyproject.toml", "install.sh"):
        shutil.copy2(ROOT / name, folder)
    copy_workflow(folder)
    scripts = folder / ".venv" / "bin"
    scripts.mkdir(parents=True)
    launcher = LAUNCHER.format(python=sys.executable, workflow=str(folder / "workflow"))
    started = {
        name: f'#!/bin/sh\nexec "{Path(sys.executable).with_name(name)}" "$@"\n' for name in ("python", "snakemake")
    }
    for name, text in {**started, "framescope": launcher}.items():
        (scripts / name).write_text(text, encoding="utf-8")
        (scripts / name).chmod(0o755)
    for name in ("installed", "installed-tests"):
        (folder / ".venv" / name).touch()
    shutil.copytree(finished, folder / "mystudy", copy_function=shutil.copy2)
    done = do(folder, "make STUDY=mystudy")
    assert done.returncode == 0, done.stdout + done.stderr
    shutil.copytree(folder / "mystudy", folder, copy_function=shutil.copy2, dirs_exist_ok=True)
    return folder


def do(folder: Path, command: str) -> subprocess.CompletedProcess[str]:
    path = f"{folder / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}"
    variables = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "STUDY", "MAKEFLAGS")}
    return subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env={**variables, "PATH": path},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


def test_every_command_is_run_here_or_there_is_a_reason_not_to():
    commands = documented()
    assert {"make", ".venv/bin/framescope run mystudy", "make sample STUDY=mystudy"} <= set(commands)
    assert [pattern for pattern in NOT_RUN if not any(re.match(pattern, command) for command in commands)] == []


def test_no_document_names_a_program_that_make_puts_out_of_reach():
    assert [command for command in documented() if re.match(r"(snakemake|python|uv)\b", command)] == []


@pytest.mark.parametrize("command", [command for command in documented() if not reason_not_to_run(command)])
def test_a_documented_command_ends_well(checkout: Path, command: str):
    done = do(checkout, command.replace("paper.pdf", "harbour.md"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
