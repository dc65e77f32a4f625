"""Annotating texts costs little more than the model alone; by processor time of one run, so that no machine matters."""

import re
from pathlib import Path

from benchmarks.speed import IN_PROCESS, SAME_LIBRARY, as_markdown, further_parts, share_in_process

import framescope

ROOT = Path(__file__).parents[2]


def test_annotation_has_lost_less_than_a_third_of_its_share_of_the_speed_of_the_model_alone() -> None:
    page = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
    [recorded] = re.findall(rf"^\| {SAME_LIBRARY} \|.*\| ([\d.]+) \|$", page, re.MULTILINE)
    documents = [framescope.read(path) for path in (ROOT / "raw" / "speech.md", ROOT / "raw" / "academic-article.txt")]
    assert share_in_process(documents, framescope.load_model()) > float(recorded) * 2 / 3


def test_a_page_of_speeds_that_is_written_anew_keeps_the_parts_of_other_programs(tmp_path: Path) -> None:
    page, rows = tmp_path / "page.md", [(IN_PROCESS, "", "", "1.20")]
    page.write_text(
        as_markdown(rows, "old", 0, "\n## Tables of texts\n\n### Of 100,000 rows\n\n| csv |\n"), encoding="utf-8"
    )
    for _ in range(2):
        rows = [*rows, (SAME_LIBRARY, "", "", "0.80")]
        page.write_text(as_markdown(rows, "new", 0, further_parts(page)), encoding="utf-8")
    text = page.read_text(encoding="utf-8")
    assert text.count("## Tables of texts\n\n### Of 100,000 rows\n\n| csv |\n") == 1
    assert (text.count(SAME_LIBRARY), text.count("Measured with `new`"), "`old`" in text) == (2, 1, False)


def test_a_page_of_speeds_that_does_not_exist_has_no_further_parts(tmp_path: Path) -> None:
    assert further_parts(tmp_path / "none.md") == ""
