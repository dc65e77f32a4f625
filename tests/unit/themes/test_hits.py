"""The rows of the hits table."""

import pandas as pd
import pytest
import spacy
from spacy.tokens import Doc

from framescope.themes.hits import hit_rows
from framescope.themes.lexicon import Lexicon
from framescope.themes.matching import Matcher
from framescope.themes.terms import parse_term

TERMS = {
    "defence": ["army", "war", "defence", "arms"],
    "defence.threat": ["threat*"],
    "economy": ["trade", "econom*"],
    "diplomacy": ["foreign policy", "kashmir dispute", "summit"],
}
ACTORS = {"SEATO": "defence.alliances", "CPEC": "economy", "GAMES": "sport"}
NO_NAMES = pd.DataFrame(columns=["document", "paragraph", "start", "end", "actor_id"])


@pytest.fixture(scope="module")
def pipeline():
    pipeline = spacy.blank("en")
    pipeline.add_pipe("sentencizer")
    return pipeline


@pytest.fixture(scope="module")
def matcher():
    return Matcher(Lexicon.build((theme, parse_term(term)) for theme, terms in TERMS.items() for term in terms))


def paragraphs(pipeline, *texts, document="one", kind="prose", headings=()):
    docs: list[Doc] = []
    for heading in headings:
        docs.append(pipeline(heading))
        docs[-1].user_data.update(document=document, section="01", part="heading", paragraph=0, block=0)
    for number, text in enumerate(texts, 1):
        docs.append(pipeline(text))
        docs[-1].user_data.update(
            document=document, section="01", part="body", kind=kind, paragraph=number, block=number
        )
    return docs


def names(text, *found, document="one", paragraph=1):
    rows = [(document, paragraph, text.index(name), text.index(name) + len(name), actor) for name, actor in found]
    return pd.DataFrame(rows, columns=["document", "paragraph", "start", "end", "actor_id"])


def table(docs, matcher, entities=NO_NAMES, **options):
    options.setdefault("subject_above_share", 1.0)
    return pd.DataFrame(hit_rows(docs, matcher, entities, ACTORS.get, **options))


def test_sentences_are_numbered_through_a_document_and_offsets_are_the_paragraphs(pipeline, matcher):
    docs = paragraphs(pipeline, "All is well. The army left.", "Trade grew.") + paragraphs(
        pipeline, "War came.", document="two"
    )
    rows = table(docs, matcher)
    assert rows[["document", "paragraph", "sentence", "text"]].to_numpy().tolist() == [
        ["one", 1, 2, "army"],
        ["one", 2, 3, "Trade"],
        ["two", 1, 1, "War"],
    ]
    assert [docs[0].text[row.start : row.end] for row in rows[:1].itertuples()] == ["army"]
    assert list(rows.columns) == [
        "document", "section", "block", "paragraph", "sentence", "start", "end", "text", "theme", "term", "in_name",
        "negated", "contrasted", "subject_term", "voice",
    ]  # fmt: skip


def test_no_term_matches_inside_a_name(pipeline, matcher):
    text = "The Ministry of Defence met the army of the Trade Union Council."
    entities = names(text, ("Ministry of Defence", ""), ("Trade Union Council", "TUC"))
    assert table(paragraphs(pipeline, text), matcher, entities)["text"].tolist() == ["army"]


def test_a_term_may_hold_a_name_of_no_theme(pipeline, matcher):
    text = "The Kashmir dispute went on."
    assert table(paragraphs(pipeline, text), matcher, names(text, ("Kashmir", "")))["term"].tolist() == [
        "kashmir dispute"
    ]


def test_a_named_actor_counts_once_under_the_theme_its_row_declares_or_the_nearest_one(pipeline, matcher):
    text = "SEATO and the China-Pakistan Economic Corridor had no Games Trade."
    entities = names(text, ("SEATO", "SEATO"), ("China-Pakistan Economic Corridor", "CPEC"), ("Games Trade", "GAMES"))
    rows = table(paragraphs(pipeline, text), matcher, entities)
    assert rows[["theme", "term", "in_name"]].to_numpy().tolist() == [
        ["defence", "SEATO", True],
        ["economy", "CPEC", True],
    ]


def test_negation_and_contrast_are_said_and_still_count(pipeline, matcher):
    rows = table(paragraphs(pipeline, "They want no army. They want trade rather than war."), matcher)
    assert rows.set_index("text")[["negated", "contrasted"]].to_dict("index") == {
        "army": {"negated": True, "contrasted": False},
        "trade": {"negated": False, "contrasted": False},
        "war": {"negated": False, "contrasted": True},
    }


def test_quoted_hits_are_told_from_the_authors(pipeline, matcher):
    text = (
        "The army, which had lost two bridges in that hard winter, said once more: "
        "“We shall never again go to war over a bridge.” Trade grew."
    )
    assert table(paragraphs(pipeline, text), matcher).set_index("text")["voice"].to_dict() == {
        "army": "author",
        "war": "quoted",
        "Trade": "author",
    }


def test_the_words_that_introduce_a_quotation_have_the_voice_of_their_sentence(pipeline, matcher):
    text = "The army said: “We shall never again go to war over a bridge.” Trade grew."
    assert table(paragraphs(pipeline, text), matcher).set_index("text")["voice"].to_dict() == {
        "army": "quoted",
        "war": "quoted",
        "Trade": "author",
    }


def test_terms_of_title_and_headings_are_the_documents_subject(pipeline, matcher):
    docs = paragraphs(
        pipeline, "Foreign policy, trade and war. SEATO met.", "Calm.", headings=["A foreign policy for SEATO"]
    )
    rows = table(
        docs,
        matcher,
        names(docs[1].text, ("SEATO", "SEATO")),
        titles={"one": "The trade of nations"},
        subject_above_share=0.5,
    )
    assert rows.set_index("text")["subject_term"].to_dict() == {
        "Foreign policy": True,
        "trade": True,
        "war": False,
        "SEATO": True,
    }


def test_the_heading_of_one_section_among_many_is_no_subject_of_the_document(pipeline, matcher):
    headings = ["Introduction", "Trade and SEATO", "Foreign policy", "A foreign policy at war", "Conclusion"]
    docs = paragraphs(pipeline, "Foreign policy, trade and war. SEATO met.", *["Calm."] * 3, headings=headings)
    rows = table(docs, matcher, names(docs[5].text, ("SEATO", "SEATO")), subject_above_share=0.3)
    assert rows.set_index("text")["subject_term"].to_dict() == {
        "Foreign policy": True,
        "trade": False,
        "war": False,
        "SEATO": False,
    }


def test_a_name_in_a_title_is_a_whole_word_of_it(pipeline, matcher):
    docs = paragraphs(pipeline, "UN met.", "Calm.")
    seen = table(docs, matcher, names("UN met.", ("UN", "CPEC")), titles={"one": "The union"}, subject_above_share=0.5)
    assert seen["subject_term"].tolist() == [False]


def test_terms_in_more_than_the_share_of_blocks_are_the_documents_subject(pipeline, matcher):
    docs = paragraphs(pipeline, "War and trade.", "War.", "War.", "Peace.", "Peace.")
    rows = table(docs, matcher, subject_above_share=0.3)
    assert rows.groupby("text")["subject_term"].all().to_dict() == {"War": True, "trade": False}


def test_another_documents_headings_do_not_matter(pipeline, matcher):
    docs = paragraphs(pipeline, "Calm.", headings=["On war"]) + paragraphs(pipeline, "War.", "Calm.", document="two")
    assert not table(docs, matcher)["subject_term"].any()


def test_a_document_without_hits_has_no_rows(pipeline, matcher):
    assert hit_rows(paragraphs(pipeline, "Nothing of note."), matcher, NO_NAMES, ACTORS.get) == []
