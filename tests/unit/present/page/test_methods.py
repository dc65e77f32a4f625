import pytest

from framescope.compare.counts.choices import CHOICES
from framescope.present.page.methods import citation, digest_of_tables, methods_of, methods_text, what_counts

RECORD = {
    "config": {
        "annotate": "full",
        "baseline": "rest",
        "second_opinion": False,
        "contrasts": [{"name": "d v. e", "a": ["d"], "b": ["e", "f"]}],
        "focus_themes": ["d"],
        "min_blocks": 8,
        "confidence": 0.9,
        "copied_passages": "once",
        "counting": dict.fromkeys(CHOICES, True),
        "permutations": 1999,
        "seed": 3,
    },
    "data": {"themes.yaml": "0123456789abcdef"},
    "framescope": "1",
    "libraries": dict.fromkeys(("spacy", "textacy", "pandas", "snakemake"), "2"),
    "model": {"name": "m", "digest": "d"},
    "python": "3.13",
    "tables": {"hits.csv": "ab"},
}


def test_methods_name_what_the_study_was_measured_with():
    methods = methods_of(RECORD)
    assert methods["Contrasts"] == "d v. e: d v. e + f"
    assert methods["Tests"] == "1,999 permutations of blocks, seed 3"
    assert "themes.yaml (SHA-256 0123456789ab)" in methods["Lexicon and actors"]


def test_methods_say_what_the_study_s_own_choices_count():
    choices = dict.fromkeys(CHOICES, True) | {"quoted": False, "negated": False}
    assert what_counts(choices) == (
        "Left out: block quotations and quotations of eight or more words; negated mentions."
    )
    assert what_counts(dict.fromkeys(choices, True)) == "Quotations count as the author's own words. Left out: nothing."


def test_the_methods_for_a_paper_state_confidence_permutations_and_seed_of_the_study():
    text = " ".join(methods_text(RECORD, {"documents": 3, "words": 1200}))
    for said in ("3 documents", "1,200 words", "90% intervals", "1,999 permutations", "seed 3", "pipeline m"):
        assert said in text


def test_the_methods_say_whether_tests_count_a_copied_passage_once():
    everywhere = {**RECORD, "config": {**RECORD["config"], "copied_passages": "everywhere"}}
    said = [
        "Of a passage that stands" in " ".join(methods_text(r, {"documents": 3, "words": 9}))
        for r in (RECORD, everywhere)
    ]
    assert said == [True, False]


def test_a_citation_differs_where_a_table_does():
    other = {**RECORD, "tables": {"hits.csv": "ac"}}
    assert digest_of_tables(other) != digest_of_tables(RECORD)
    assert citation(other, "Study") != citation(RECORD, "Study")
    assert citation(RECORD, "Study").startswith("Study. Report of Framescope 1")


def test_methods_say_what_a_study_lacks_whose_texts_are_not_fully_annotated():
    without = {**RECORD, "model": None, "config": {**RECORD["config"], "annotate": "none"}}
    assert methods_of(RECORD)["Annotation"] == "full"
    assert methods_of(without)["Model"] == "none"
    assert "keywords.csv and actor_roles.csv are empty" in methods_of(without)["Annotation"]
    names = {**RECORD, "config": {**RECORD["config"], "annotate": "names"}}
    counts = {"documents": 3, "words": 1200}
    assert "without a language model" in methods_text(without, counts)[0]
    assert "names were found with the spaCy pipeline m" in methods_text(names, counts)[0]


@pytest.mark.parametrize(
    ("baseline", "said"),
    [
        ("rest", "its baseline, all other texts; the interval of the ratio allows for the chance in both rates."),
        ({"name": "party: x", "documents": ["a"]}, "its baseline, the texts with party: x; the interval of the ratio"),
        (
            {"name": "base.csv", "rates": {"d": 1.0}},
            "the table base.csv; the interval of the ratio allows for the chance in the rate.",
        ),
    ],
)
def test_the_methods_for_a_paper_name_the_baseline_and_whose_chance_its_ratios_allow_for(baseline, said):
    def text_with(setting):
        record = {**RECORD, "config": {**RECORD["config"], "baseline": setting}}
        return " ".join(methods_text(record, {"documents": 2, "words": 900}))

    assert said in text_with(baseline)
    assert "its baseline" not in text_with("even")
