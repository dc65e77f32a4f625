from __future__ import annotations

import subprocess
import sys
from pathlib import Path

WORKFLOW = Path(__file__).parents[3] / "workflow"


def test_a_reader_that_closes_the_pipe_gets_no_complaint(tmp_path: Path):
    long = tmp_path / "long.md"
    long.write_text("# A report\n\n" + "A paragraph about trade between neighbours.\n\n" * 20000, encoding="utf-8")
    command = [sys.executable, "-m", "framescope.extract", str(long)]
    with subprocess.Popen(command, cwd=WORKFLOW, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert "A report" in process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == ""


def test_a_file_that_cannot_be_read_is_named_and_the_exit_code_says_so(tmp_path: Path):
    empty = tmp_path / "empty.pdf"
    empty.write_bytes(b"")
    done = subprocess.run(
        [sys.executable, "-m", "framescope.extract", str(empty)], cwd=WORKFLOW, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert done.stderr.startswith("empty.pdf: the file is empty.")
