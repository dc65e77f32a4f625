"""Copied passages and editions are those that an independent recomputation gives, and planted faults are found."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from benchmarks.audit import copies
from benchmarks.audit.checks import Checks
from benchmarks.audit.copies import Editions, Reuse
from benchmarks.audit.counts import Study

from framescope.compare.editions.tables import edition_tables
from framescope.compare.inputs import Tables
from framescope.compare.reuse.tables import reuse_tables

OPENING = "we met on the quay before the ice had gone and spoke for an hour of all that had been lost in winter."
COPY = "every boat that is laid up on the shore will be mended before spring and put to sea again by those who own it."
EDITED = COPY.replace("mended", "repaired").replace("those who own it", "those who want it")
LATER = "nobody has yet said who will pay for the rope and for the tar that this needs."
CLOSING = "the harbour master asks for patience and for a second lamp at the end of the pier."
HITS = {"boat": "defence.sales", "pay": "economy", "harbour": "economy", "lamp": "defence"}
TEXTS = {"a-1900": [OPENING, COPY, CLOSING], "b-1901": [OPENING, LATER, EDITED], "c-1902": [COPY, LATER, COPY]}


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """The tables of three texts that have sentences in common, of which the second is a new edition of the first."""
    sentences, hits = [], []
    for document, texts in TEXTS.items():
        for number, text in enumerate(texts, start=1):
            place = {
                "document": document,
                "section": f"s{number}",
                "block": number,
                "paragraph": number,
                "sentence": number,
            }
            sizes = {"words": len(text.split()), "quoted_words": 0, "voice": "author", "text": text}
            sentences.append({**place, "start": 0, "end": len(text), **sizes})
            found = [(text.find(word), word, theme) for word, theme in HITS.items() if word in text]
            hits += [{**place, "start": at, "end": at + len(word), "theme": theme} for at, word, theme in found]
    frames = {"sentences": pd.DataFrame(sentences), "hits": pd.DataFrame(hits).assign(voice="author", counted=True)}
    sections = frames["sentences"][["document", "section"]].assign(
        title="", level=1, role="body", role_source="default"
    )
    documents = pd.DataFrame({"document": list(TEXTS), "title": "", "group": ""})
    documents["published"] = documents["document"].str[-4:]
    tables = Tables(frames["sentences"], frames["hits"], sections, documents)
    frames |= {"sections": sections, "documents": documents}
    frames |= reuse_tables(frames["sentences"], documents) | edition_tables(tables, [["a-1900", "b-1901"]])
    folder = tmp_path / "results" / "tables"
    folder.mkdir(parents=True)
    for name, frame in frames.items():
        frame.to_csv(folder / f"{name}.csv", index=False)
    config = {"min_blocks": 8, "confidence": 0.95, "permutations": 99, "contrasts": [], "copied_passages": "once"}
    config |= {"counting": {"quoted": False}, "editions": [["a-1900", "b-1901"]], "groups": []}
    (tmp_path / "results" / "provenance.json").write_text(json.dumps({"config": config}), encoding="utf-8")
    return tmp_path


def audited(folder: Path) -> Checks:
    checks, study = Checks(), Study(folder)
    Reuse(study, checks).check()
    Editions(study, checks).check()
    return checks


def change(folder: Path, table: str, alter: Callable[[pd.DataFrame], pd.DataFrame]) -> list[str]:
    path = folder / "results" / "tables" / f"{table}.csv"
    alter(pd.read_csv(path, dtype=str, keep_default_na=False)).to_csv(path, index=False)
    return audited(folder).differences


def test_every_cell_of_copies_and_editions_recomputes_from_the_sentences(study: Path) -> None:
    checks = audited(study)
    assert checks.differences == []
    tables = {"reuse", "reuse_by_document", "copied_sentences", "editions", "edition_sections", "edition_themes"}
    assert set(checks.counted) == tables
    assert len(pd.read_csv(study / "results" / "tables" / "reuse.csv")) >= 4


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("reuse", "words"),
        ("reuse", "equal_words"),
        ("reuse", "alike"),
        ("reuse_by_document", "copied_words"),
        ("reuse_by_document", "elsewhere_share"),
        ("editions", "new_words"),
        ("editions", "alike"),
        ("edition_sections", "added"),
        ("edition_themes", "added_hits"),
        ("edition_themes", "old_rate"),
    ],
)
def test_a_changed_number_is_found(study: Path, table: str, column: str) -> None:
    def alter(rows: pd.DataFrame) -> pd.DataFrame:
        row = rows.index[rows[column] != ""][0]
        rows.loc[row, column] = f"{float(rows.loc[row, column]) * 1.01 + 1:.6g}"
        return rows

    assert any(line.startswith(f"{table},") and column in line for line in change(study, table, alter))


@pytest.mark.parametrize("table", ["reuse", "copied_sentences", "editions"])
def test_a_row_left_out_is_found(study: Path, table: str) -> None:
    assert change(study, table, lambda rows: rows.drop(rows.index[0]))


def test_another_word_for_what_became_of_a_paragraph_is_found(study: Path) -> None:
    found = change(study, "editions", lambda rows: rows.assign(change=rows["change"].replace("kept", "edited")))
    assert any(line.startswith("editions,") and "change" in line for line in found)


def test_a_text_cut_at_another_place_is_found(study: Path) -> None:
    found = change(study, "reuse", lambda rows: rows.assign(text=rows["text"].str[:-4]))
    assert any(line.startswith("reuse,") and ", text:" in line for line in found)


def test_the_alignment_counts_the_words_that_are_equal() -> None:
    assert copies.aligned(["a", "b", "c", "d", "e"], ["a", "x", "c", "d"]) == 3
    assert copies.matched(["a", "b", "c", "d"], ["c", "d", "a", "b"]) == 2
