import json

import pandas as pd

from framescope.present.report import findings_parts, methods_of, number, records, script_json, thousands


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


def test_findings_between_texts_come_before_those_of_each_text_and_carry_no_markup_of_their_own():
    parts = findings_parts("# Findings\n\nCounts.\n\n## A *text*\n\n- One <b>.\n\n## Between documents\n\n- Two.\n")
    assert [str(part["title"]) for part in parts] == ["", "Between documents", "A <em>text</em>"]
    assert "<li>One &lt;b&gt;.</li>" in parts[2]["body"]
