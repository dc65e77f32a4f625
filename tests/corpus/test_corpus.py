"""The corpus is whole, and the scorer measures what it says."""

from __future__ import annotations

import copy
import importlib.util
import json
import os
import sys
from pathlib import Path

import pytest
import yaml

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.append(str(ROOT / "benchmarks"))
import extraction_score as scorer  # noqa: E402

KINDS = yaml.safe_load((HERE / "corpus.yaml").read_text(encoding="utf-8"))
RECIPES = {file: recipe for recipes in KINDS.values() for file, recipe in recipes.items()}
OF_THEIR_OWN = [file for file, recipe in RECIPES.items() if "of" not in recipe]


def gold_of(file):
    return json.loads((HERE / "gold" / f"{file}.json").read_text(encoding="utf-8"))


def shared():
    if "FRAMESCOPE_SHARED" not in os.environ:
        pytest.skip("FRAMESCOPE_SHARED names no folder with development documents")
    return Path(os.environ["FRAMESCOPE_SHARED"])


def shared_scorer():
    path = shared() / "bench" / "extract" / "score.py"
    spec = importlib.util.spec_from_file_location("shared_score", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def spoilt(gold):
    """An extraction with faults of every kind: a lost heading, a note in the body, split and joined paragraphs."""
    found = copy.deepcopy({"sections": gold["sections"], "footnotes": gold["footnotes"]})
    sections = found["sections"]
    if len(sections) > 2:
        lost = sections.pop(1)
        sections[0]["paragraphs"] += [lost["title"] or "", *lost["paragraphs"]]
    if found["footnotes"]:
        moved = found["footnotes"].pop()
        sections[-1]["paragraphs"].append(f"{moved['number']} {moved['text']}")
        found["footnotes"][0]["number"] = "999"
    paragraphs = max(sections, key=lambda section: len(section["paragraphs"]))["paragraphs"]
    paragraphs[0:2] = [" ".join([*paragraphs[0:2], *gold["furniture"] * 3])]
    half = len(paragraphs[-1]) // 2
    paragraphs[-1:] = [paragraphs[-1][:half], paragraphs[-1][half:].replace("e", "e- ", 1).replace("-", "", 1)]
    return found


def test_the_corpus_lists_exactly_the_documents_and_gold_it_holds():
    assert sorted(RECIPES) == sorted(path.name for path in (HERE / "documents").iterdir())
    assert sorted(OF_THEIR_OWN) == sorted(path.name.removesuffix(".json") for path in (HERE / "gold").iterdir())


def test_every_dump_is_of_a_document_with_gold():
    assert {recipe["of"] for recipe in RECIPES.values() if "of" in recipe} <= set(OF_THEIR_OWN)


def test_the_corpus_stays_under_six_megabytes():
    assert sum(path.stat().st_size for path in HERE.rglob("*") if path.is_file()) < 6_000_000


@pytest.mark.parametrize("file", OF_THEIR_OWN)
def test_gold_scores_full_marks_against_itself(file):
    gold = gold_of(file)
    row = scorer.score(gold, gold)
    due = {"note_share": 0, "furniture_share": 0, "hyphen_errors": 0}
    assert all(value is None or value == due.get(name, 1) for name, value in row.items())


def test_every_fault_lowers_its_own_measure():
    gold = gold_of("pdflatex-journal.pdf")
    row = scorer.score(spoilt(gold), gold)
    assert all(row[name] < 1 for name in row if name not in {"note_share", "furniture_share", "hyphen_errors"})
    assert row["note_share"] > 0
    assert row["furniture_share"] > 0


def test_a_hyphen_left_open_or_wrongly_closed_is_an_error():
    gold = {"sections": [{"title": None, "paragraphs": ["eco nomic counter-terrorism x"]}], "footnotes": []}
    found = {"sections": [{"title": None, "paragraphs": ["eco- nomic counterterrorism x"]}], "footnotes": []}
    assert scorer.hyphen_errors(found, gold) == 500


def test_an_empty_extraction_finds_nothing():
    gold = gold_of("pdflatex-journal.pdf")
    row = scorer.score({"sections": [], "footnotes": []}, gold)
    assert row["body_f1"] == row["headings_f1"] == row["notes_f1"] == row["section_accuracy"] == 0


def test_scores_agree_with_the_development_scorer():
    theirs = shared_scorer()
    names = {
        "headings_f1": "head_f1",
        "section_accuracy": "section_acc",
        "body_f1": "body_f1",
        "note_share": "note_contam",
        "furniture_share": "furn_contam",
        "paragraphs_f1": "para_f1",
        "notes_text_f1": "fn_text_f1",
        "notes_f1": "fn_f1",
        "hyphen_errors": "hyph_err_per_1k",
    }
    golds = [json.loads(path.read_text()) for path in sorted((shared() / "data" / "extract" / "gold").iterdir())]
    for gold in [*golds, *(gold_of(file) for file in OF_THEIR_OWN)]:
        ours, other = scorer.score(spoilt(gold), gold), theirs.score(spoilt(gold), gold)
        assert {ours[mine]: other[its] for mine, its in names.items() if ours[mine] is None} in ({}, {None: None})
        figures = {mine: other[its] for mine, its in names.items() if ours[mine] is not None}
        assert {mine: ours[mine] for mine in figures} == pytest.approx(figures, abs=0.002)
