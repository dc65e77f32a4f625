"""The steps of docs/extending.md are taken in a copy of the project, and a study shows what came of them."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path

import pandas as pd
import pytest
import yaml
from tests.conftest import ROOT, TINY, copy_workflow, finish

PAGE = ROOT / "docs" / "extending.md"
STEP = re.compile(
    r"^(?P<verb>Append to|Write|In) `(?P<file>[^`]+)`(?:, (?P<how>below|replace) `(?P<line>[^`]+)`)?"
    r"(?P<then>, in its `[^`]+`)?:\n\n```\w+\n(?P<text>.*?)```",
    re.MULTILINE | re.DOTALL,
)
# The number of files that each walk changes, as the page says.
PLACES = {"A table": 2, "A figure": 1, "A source format": 2, "A property of hits": 5}
SUBTITLES = """1
00:00:01,000 --> 00:00:04,000
The army will guard the harbour.

2
00:00:04,500 --> 00:00:09,000
Will trade follow the fleet?
"""


def steps() -> dict[str, list[re.Match[str]]]:
    walks = re.split(r"^## ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return {walk.partition("\n")[0]: list(STEP.finditer(walk)) for walk in walks}


def take(step: re.Match[str], project: Path) -> None:
    path, text = project / step["file"], step["text"]
    if step["verb"] == "Write":
        assert not path.exists()
        path.write_text(text, encoding="utf-8")
        return
    old = path.read_text(encoding="utf-8")
    if step["verb"] == "Append to":
        path.write_text(old + text, encoding="utf-8")
        return
    line = step["line"] + "\n"
    assert line in old, f"{step['file']} has no line {step['line']!r}"
    before, found, after = old.partition(line)
    if step["then"]:
        key, rest, after = after.partition("    properties:\n")
        found += key + rest
    path.write_text(before + ("" if step["how"] == "replace" else found) + text + after, encoding="utf-8")


def test_each_walk_touches_as_many_places_as_the_page_says() -> None:
    assert {walk: len({step["file"] for step in taken}) for walk, taken in steps().items()} == PLACES


def test_every_line_that_the_page_names_is_in_its_file() -> None:
    named = [step for taken in steps().values() for step in taken if step["line"]]
    texts = {step["file"]: (ROOT / step["file"]).read_text(encoding="utf-8") for step in named}
    assert [step["line"] for step in named if step["line"] + "\n" not in texts[step["file"]]] == []


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny study with a file of subtitles, run by a copy of the project in which every step was taken."""
    project = tmp_path_factory.mktemp("extended")
    for name in ("Snakefile", "config.yaml", "requirements.txt"):
        shutil.copy(ROOT / name, project / name)
    copy_workflow(project)
    for taken in steps().values():
        for step in taken:
            take(step, project)
    study = Path(shutil.copytree(TINY, project / "study"))
    (study / "raw" / "film.srt").write_text(SUBTITLES, encoding="utf-8")
    config = yaml.safe_load((study / "config.yaml").read_text(encoding="utf-8"))
    if isinstance(config.get("documents"), list):
        config["documents"].append("film.srt")
    config["counting"] = {**config.get("counting", {}), "asked": False}
    (study / "config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    finish(study, code=project)
    return study


def table(study: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(study / "results" / "tables" / f"{name}.csv", keep_default_na=False)


def test_a_table_is_made_listed_in_the_report_and_a_sheet_of_the_workbook(extended: Path) -> None:
    first, hits = table(extended, "first_hits"), table(extended, "hits")
    counted = hits[hits["counted"]].groupby(["document", "theme"])["sentence"].min()
    assert first.set_index(["document", "theme"])["sentence"].to_dict() == counted.to_dict()
    report = (extended / "results" / "report.html").read_text(encoding="utf-8")
    assert '<a href="tables/first_hits.csv">first_hits.csv</a></td><td>a document and theme</td>' in report
    with zipfile.ZipFile(extended / "results" / "tables.xlsx") as workbook:
        assert b'name="first_hits"' in workbook.read("xl/workbook.xml")


def test_a_figure_is_drawn_in_the_report_and_as_a_file(extended: Path) -> None:
    assert '<figure id="first-hits" class="drawing">' in (extended / "results" / "report.html").read_text(
        encoding="utf-8"
    )
    assert "Nothing to draw" not in (extended / "results" / "figures" / "first-hits.svg").read_text(encoding="utf-8")


def test_a_source_of_the_new_format_is_read(extended: Path) -> None:
    documents = table(extended, "documents").set_index("document")
    assert documents.loc["film", "format"] == "subtitles"
    text = " ".join(table(extended, "sentences").query("document == 'film'")["text"])
    assert text == "The army will guard the harbour. Will trade follow the fleet?"


def test_hits_with_the_new_property_are_told_set_aside_and_varied(extended: Path) -> None:
    hits = table(extended, "hits")
    asked = hits[hits["asked"]]
    assert "film" in set(asked["document"])
    assert set(asked["set_aside"]) == {"in a question"}
    assert not asked["counted"].any()
    assert "without questions" in set(table(extended, "robustness")["variation"])
    assert "mentions in questions" in (extended / "results" / "report.html").read_text(encoding="utf-8")
