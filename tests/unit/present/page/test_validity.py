from typing import get_args

import pandas as pd

from framescope.document import Document, LeftOutKind, Note, Section, Source
from framescope.present.page.validity import (
    AGREEMENT,
    HANDLED,
    agreement,
    corrected_differences,
    corrected_shares,
    incomplete_notes,
    warnings,
    words_by_kind,
)

DOCUMENTS = pd.DataFrame({"document": ["a", "b"], "title": ["A text", "B text"], "warnings": ["", "one; two"]})
SECTIONS = pd.DataFrame({"document": ["a"], "section": ["01"], "title": ["Trade"], "role": ["analysis"]})


def coded(unit: str, role: str, theme: str, **measures: float) -> dict[str, object]:
    row = {f"{name}{end}": float("nan") for name in AGREEMENT for end in ("", "_low", "_high")}
    counts = {"coded": 10, "coded_with_theme": 4, "lexicon_with_theme": 5}
    return {"unit": unit, "role": role, "theme": theme, **counts, **row, **measures}


def test_each_measure_of_agreement_has_its_interval_and_a_bar_in_percent():
    table = pd.DataFrame([coded("study", "", "war", precision=0.8, precision_low=0.5, precision_high=0.95)])
    (row,) = agreement({"validation": table})
    assert row["cells"][0] == {"value": 0.8, "low": 0.5, "high": 0.95, "bar": {"rate": 80.0, "low": 50.0, "high": 95.0}}
    assert row["cells"][1]["bar"] is None
    assert (row["about"], row["coded"], row["lexicon_with_theme"]) == ("", 10, 5)


def test_agreement_within_a_role_says_so_and_what_is_below_chance_ends_at_the_edge_of_its_bar():
    negative = {"alpha_coders": -0.2, "alpha_coders_low": -0.4, "alpha_coders_high": 0.1}
    (row,) = agreement({"validation": pd.DataFrame([coded("role", "analysis", "war", **negative)])})
    assert row["about"] == "sections: analysis"
    assert row["cells"][-1]["bar"] == {"rate": 0.0, "low": 0.0, "high": 10.0}


def shares(**changes: object) -> pd.DataFrame:
    row = {"unit": "section", "document": "a", "section": "01", "role": "analysis", "group": "", "theme": "war"}
    numbers = {"sentences": 20, "share_sentences": 0.2, "share_corrected": 0.25, "corrected_low": 0.1}
    estimated = {"corrected_high": 0.5, "share_estimated": None, "estimated_low": None, "estimated_high": None}
    return pd.DataFrame([{**row, **numbers, **estimated, "estimated_on": None, **changes}])


def test_corrected_shares_stand_beside_the_lexicon_s_share_which_opens_its_sentences():
    tables = {"corrected_shares": shares(), "documents": DOCUMENTS, "sections": SECTIONS}
    (row,) = corrected_shares(tables)
    assert row["name"] == ("Trade", "A text · analysis")
    assert row["address"] == "#view=validity&theme=war&unit=section%3Aa%2F01"
    assert row["corrected"]["bar"] == {"rate": 50.0, "low": 20.0, "high": 100.0}
    assert row["estimated"] == {"value": None, "low": None, "high": None, "bar": None}


def test_the_study_as_a_whole_is_named_and_opens_all_its_sentences():
    table = shares(unit="study", document="", section="", role="")
    (row,) = corrected_shares({"corrected_shares": table, "documents": DOCUMENTS, "sections": SECTIONS})
    assert row["name"] == ("all texts", "")
    assert row["address"].endswith("unit=study%3Aall")


def test_differences_name_both_units_by_their_titles():
    row = {"unit": "document", "document": "", "unit_a": "a", "unit_b": "b", "theme": "war", "difference": 0.1}
    tables = {"corrected_differences": pd.DataFrame([row]), "documents": DOCUMENTS, "sections": SECTIONS}
    (shown,) = corrected_differences(tables)
    assert (shown["first"][0], shown["second"][0]) == ("A text", "B text")


def test_every_word_is_in_a_kind_that_says_what_became_of_it_and_percents_are_of_all_words():
    table = pd.DataFrame({"document": ["a", "a", "b"], "kind": ["body", "note", "body"], "words": [60, 20, 20]})
    rows = words_by_kind({"text_accounting": table})
    assert [(row["kind"], row["words"], row["percent"]) for row in rows] == [("body", 80, 80.0), ("note", 20, 20.0)]
    assert all(row["about"] for row in rows)


def test_each_doubt_of_a_document_has_a_row_that_leads_to_its_text():
    documents = DOCUMENTS.assign(warnings=["", "read by guess; as text; shares half; of A"])
    text = Document("b", None, Source("b", "", "text"), [], warnings=["read by guess; as text"])
    rows = warnings(documents, {"b": text})
    assert [(row["name"], row["doubt"]) for row in rows] == [
        ("B text", "read by guess; as text"),
        ("B text", "shares half; of A"),
    ]
    assert rows[0]["address"] == "#view=read&document=b"


def test_incomplete_notes_lead_to_the_section_that_cites_them():
    notes = [Note("1", "Whole.", "01"), Note("2", "", "01", "missing"), Note("3", "Cut", None, "truncated")]
    text = Document("a", None, Source("a.txt", "", "text"), [Section("01", "Trade", 1)], notes)
    documents = DOCUMENTS.assign(notes_truncated=[1, 0], notes_missing=[1, 0])
    sections = pd.DataFrame({"document": ["a"], "section": ["01"], "title": ["Trade"]})
    rows = incomplete_notes({"a": text}, documents, sections)
    assert [(row["number"], row["section"], row["status"]) for row in rows] == [
        ("2", "Trade", "cited, but not found"),
        ("3", "", "only a part of it was found"),
    ]
    assert rows[0]["address"] == "#view=read&document=a&section=01"
    assert rows[1]["address"] == "#view=read&document=a"


def test_the_page_says_what_became_of_every_kind_of_text_that_extraction_tells_apart():
    assert set(HANDLED) == {"body", "quotation", "heading", "note", *get_args(LeftOutKind)}
