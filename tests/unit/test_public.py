import subprocess
import sys
from pathlib import Path

import framescope

WORKFLOW = Path(framescope.__file__).parents[1]


def test_every_public_piece_is_there_and_documented():
    for name in framescope.PUBLIC:
        assert getattr(framescope, name).__doc__, name


def test_the_pipeline_marks_names_and_dates():
    doc = framescope.load_model()("Pakistan joined SEATO in September 1954, after the Second World War.")
    assert [span.text for span in doc.spans["names"]][:2] == ["Pakistan", "SEATO"]
    assert next(span.text for span in doc.spans["dates"]) == "September 1954"


def test_importing_the_package_loads_no_language_model():
    code = "import sys, framescope; sys.exit('spacy' in sys.modules or 'pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": str(WORKFLOW)}, check=False).returncode == 0


def test_an_unknown_piece_is_an_attribute_error():
    assert not hasattr(framescope, "guess")
