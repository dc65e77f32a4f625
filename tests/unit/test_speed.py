"""Annotating texts costs little more than the model alone; by processor time of one run, so that no machine matters."""

import re
from pathlib import Path

from benchmarks.speed import SAME_LIBRARY, share_in_process

import framescope

ROOT = Path(__file__).parents[2]


def test_annotation_has_lost_less_than_a_third_of_its_share_of_the_speed_of_the_model_alone() -> None:
    page = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
    [recorded] = re.findall(rf"^\| {SAME_LIBRARY} \|.*\| ([\d.]+) \|$", page, re.MULTILINE)
    documents = [framescope.read(path) for path in (ROOT / "raw" / "speech.md", ROOT / "raw" / "academic-article.txt")]
    assert share_in_process(documents, framescope.load_model()) > float(recorded) * 2 / 3
