import pandas as pd

from framescope.present.page.summaries import documents_shown, summary, totals


def tables() -> dict[str, pd.DataFrame]:
    framing = pd.DataFrame({"document": "a", "section": ["01", "02"], "words": [500, 393]})
    documents = pd.DataFrame({"document": ["a"], "sections": 2, "sentences": 40, "words": 983, "notes": 0})
    documents = documents.assign(group="press", published="2021-05", warnings="")
    reuse, editions = pd.DataFrame({"document": ["a"]}), pd.DataFrame({"change": ["kept", "edited"]})
    listed = {"skipped": pd.DataFrame(), "reuse": reuse, "editions": editions}
    return {"framing_by_section": framing, "documents": documents, **listed}


def test_words_of_documents_are_those_that_the_rates_are_counted_over():
    assert documents_shown(tables())[["words", "words_outside"]].to_numpy().tolist() == [[893, 90]]
    assert totals(tables())["words"] == 893


def test_totals_count_copied_passages_and_the_paragraphs_that_editions_changed():
    assert (totals(tables())["copied"], totals(tables())["changed"]) == (1, 1)


def test_the_study_is_told_in_one_sentence():
    said = summary(tables(), totals(tables()))
    assert said == (
        "How much each theme is emphasised in each section of 1 text, published in 2021: "
        "893 words, counted by a lexicon of themes."
    )
