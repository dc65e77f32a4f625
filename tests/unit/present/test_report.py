import json

import pandas as pd

from framescope.compare.counts.choices import CHOICES
from framescope.present.report import (
    documents_shown,
    findings_parts,
    framing_rows,
    methods_of,
    number,
    records,
    script_json,
    thousands,
    totals,
    what_counts,
)


def test_text_in_a_script_cannot_end_it():
    assert "</script" not in script_json({"a": "</script><b>"})
    assert json.loads(str(script_json({"a": "</script>"}))) == {"a": "</script>"}


def test_absent_values_are_shown_as_nothing():
    assert number(None) == number(float("nan")) == thousands(pd.NA) == ""
    assert number(1.25) == "1.2"
    assert thousands(1234567) == "1,234,567"


def test_records_have_none_where_a_value_is_absent():
    frame = pd.DataFrame({"a": pd.array([1, None], dtype="Int64"), "b": ["x", ""]})
    assert records(frame) == [{"a": 1, "b": "x"}, {"a": None, "b": ""}]


def test_methods_name_what_the_study_was_measured_with():
    record = {
        "config": {
            "contrasts": [{"name": "d v. e", "a": ["d"], "b": ["e", "f"]}],
            "focus_themes": ["d"],
            "min_blocks": 8,
            "confidence": 0.9,
            "counting": dict.fromkeys(CHOICES, True),
            "permutations": 1999,
            "seed": 3,
        },
        "data": {"themes.yaml": "0123456789abcdef"},
        "framescope": "1",
        "libraries": dict.fromkeys(("spacy", "textacy", "pandas", "snakemake"), "2"),
        "model": {"name": "m", "digest": "d"},
        "python": "3.13",
    }
    methods = methods_of(json.dumps(record))
    assert methods["Contrasts"] == "d v. e: d v. e + f"
    assert methods["Tests"] == "1,999 permutations of blocks, seed 3"
    assert "themes.yaml (SHA-256 0123456789ab)" in methods["Lexicon and actors"]


def test_parts_of_the_findings_keep_their_order_and_carry_no_markup_of_their_own():
    parts = findings_parts("# Findings\n\nCounts.\n\n## A *text*\n\n- One <b>.\n\n## Between documents\n\n- Two.\n")
    assert [str(part["title"]) for part in parts] == ["", "A <em>text</em>", "Between documents"]
    assert "<li>One &lt;b&gt;.</li>" in parts[1]["body"]


def test_words_beside_rates_are_those_that_the_rates_are_counted_over():
    framing = pd.DataFrame(
        {"document": "a", "section": ["01", "02"], "title": ["A", ""], "role": "body", "words": [500, 393]}
    )
    rates = pd.DataFrame(
        {"unit": "section", "level": 1, "document": "a", "section": ["01", "02"], "theme": "t", "hits": 1}
    )
    sections = pd.DataFrame({"document": "a", "section": ["01", "02"], "words": [550, 433]})
    documents = pd.DataFrame({"document": ["a"], "sections": 2, "sentences": 40, "words": 983, "notes": 0})
    tables = {"framing_by_section": framing, "theme_rates": rates, "sections": sections, "documents": documents}
    assert [row["words"] for row in framing_rows(tables)["rows"]] == [500, 393]
    shown = documents_shown(tables)
    assert shown[["words", "words_outside"]].to_numpy().tolist() == [[893, 90]]
    assert totals({**tables, "skipped": []})["words"] == 893


def test_every_section_of_a_table_too_long_for_the_page_is_counted():
    framing = pd.DataFrame(
        {"document": "a", "section": [f"{n:03}" for n in range(250)], "title": "", "role": "", "words": 9}
    )
    rates = pd.DataFrame(columns=["unit", "level", "document", "section", "theme", "hits"])
    shown = framing_rows({"framing_by_section": framing, "theme_rates": rates})
    assert (len(shown["rows"]), shown["total"]) == (200, 250)


def test_methods_say_what_the_study_s_own_choices_count():
    choices = dict.fromkeys(CHOICES, True) | {"quoted": False, "negated": False}
    assert what_counts(choices) == (
        "Left out: block quotations and quotations of eight or more words; negated mentions."
    )
    assert what_counts(dict.fromkeys(choices, True)) == "Quotations count as the author's own words. Left out: nothing."


def test_tables_in_the_findings_carry_no_styles_of_their_own():
    parts = findings_parts("# Findings\n\nOne.\n\n## Texts\n\n| unit | rate |\n|:---|---:|\n| letter | 12 |\n")
    body = parts[1]["body"]
    assert "style=" not in body
    assert '<td class="n">12</td>' in body
    assert "<td>letter</td>" in body
