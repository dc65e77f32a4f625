"""The rows of the hits table."""

import pandas as pd
import pytest
import spacy
from spacy.tokens import Doc

from framescope.actor_table import ActorRow, ActorTable
from framescope.table_schemas import table_schemas
from framescope.themes import hits
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
ACTORS = ActorTable(
    [
        ActorRow("SEATO", "SEATO", "pact", "defence.alliances"),
        ActorRow("Manila Arms Pact", "SEATO", "pact", "defence.alliances"),
        ActorRow("Great Fight", "WAR", "event", "diplomacy", "defence", "1939", "1945"),
        ActorRow("CPEC", "CPEC", "corridor", "economy"),
        ActorRow("Games Trade", "GAMES", "organisation", "sport"),
        ActorRow("Trade Union Council", "TUC", "organisation"),
    ]
)
COLUMNS = ["document", "paragraph", "start", "end", "label", "actor_id", "rule"]
NO_NAMES = pd.DataFrame(columns=COLUMNS)


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


def names(text, *found, label="ORG", rule="known name", document="one", paragraph=1):
    rows = [
        (document, paragraph, text.index(name), text.index(name) + len(name), label, actor, rule)
        for name, actor in found
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def table(docs, matcher, entities=NO_NAMES, **options):
    options.setdefault("subject_above_share", 1.0)
    return pd.DataFrame(hit_rows(docs, matcher, entities.to_dict("records"), ACTORS, **options))


def told(docs, matcher, entities):
    rows = table(docs, matcher, entities)
    return rows[["text", "in_name", "set_aside"]].to_numpy().tolist()


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
    assert list(rows.columns) == list(table_schemas()["matches"].columns)


def test_terms_inside_a_name_that_no_actors_table_knows_are_hits_that_say_so(pipeline, matcher):
    text = "The Ministry of Defence met the army."
    entities = names(text, ("Ministry of Defence", ""))
    assert told(paragraphs(pipeline, text), matcher, entities) == [["Defence", True, ""], ["army", False, ""]]


def test_terms_inside_a_name_of_the_actors_table_are_set_aside_with_the_reason(pipeline, matcher):
    text = "The Trade Union Council grew."
    entities = names(text, ("Trade Union Council", "TUC"))
    assert told(paragraphs(pipeline, text), matcher, entities) == [["Trade", True, "inside a name of the actors table"]]


@pytest.mark.parametrize(("label", "who"), [("PERSON", "a person"), ("GPE", "a place"), ("LOC", "a place")])
def test_terms_inside_the_name_of_a_person_or_place_are_set_aside_with_the_reason(pipeline, matcher, label, who):
    text = "He left Trade Hill."
    entities = names(text, ("Trade Hill", ""), label=label)
    assert told(paragraphs(pipeline, text), matcher, entities) == [["Trade", True, f"inside the name of {who}"]]


@pytest.mark.parametrize(("label", "reason"), [("LOC", ""), ("FAC", ""), ("GPE", "inside the name of a place")])
def test_the_last_word_of_a_place_that_is_no_city_or_state_says_what_it_is(pipeline, matcher, label, reason):
    text = "They met at Geneva Summit."
    entities = names(text, ("Geneva Summit", ""), label=label)
    assert told(paragraphs(pipeline, text), matcher, entities) == [["Summit", True, reason]]


def test_a_mention_that_only_refers_to_an_actor_is_no_name_of_the_table(pipeline, matcher):
    text = "The SEATO army came."
    entities = names(text, ("SEATO army", "SEATO"), rule="organ of a state")
    assert told(paragraphs(pipeline, text), matcher, entities) == [["army", True, ""]]


@pytest.mark.parametrize("text", ["The Manila Arms Pact (SEATO) met.", "SEATO (the Manila Arms Pact) met."])
def test_a_name_and_its_acronym_in_brackets_are_one_hit(pipeline, matcher, text):
    entities = names(text, ("Manila Arms Pact", "SEATO"), ("SEATO", "SEATO"))
    rows = table(paragraphs(pipeline, text), matcher, entities)
    assert rows["set_aside"].value_counts().to_dict() == {
        "": 1,
        "the name before it counts for both": 1,
        "inside a name that counts as a whole": 1,
    }


def test_two_names_of_one_actor_apart_are_two_hits(pipeline, matcher):
    text = "SEATO met, and the Manila Arms Pact held."
    entities = names(text, ("SEATO", "SEATO"), ("Manila Arms Pact", "SEATO"))
    assert (table(paragraphs(pipeline, text), matcher, entities)["set_aside"] == "").sum() == 2


@pytest.mark.parametrize(("text", "reason"), [("SEATO war", ""), ("SEATO pact", "the name before it counts for both")])
def test_a_word_behind_a_name_with_which_another_of_its_names_ends_is_part_of_the_mention(pipeline, text, reason):
    terms = [("defence", parse_term("pact")), ("defence", parse_term("war"))]
    rows = table(paragraphs(pipeline, text), Matcher(Lexicon.build(terms)), names(text, ("SEATO", "SEATO")))
    assert rows[["term", "set_aside"]].to_numpy().tolist() == [["SEATO", ""], [text.split()[1], reason]]


def test_a_term_may_hold_a_name_of_no_theme(pipeline, matcher):
    text = "The Kashmir dispute went on."
    assert table(paragraphs(pipeline, text), matcher, names(text, ("Kashmir", "")))["term"].tolist() == [
        "kashmir dispute"
    ]


def test_a_named_actor_counts_once_under_the_theme_its_row_declares_or_the_nearest_one(pipeline, matcher):
    text = "SEATO and the China-Pakistan Economic Corridor had no Games Trade."
    entities = names(text, ("SEATO", "SEATO"), ("China-Pakistan Economic Corridor", "CPEC"), ("Games Trade", "GAMES"))
    rows = table(paragraphs(pipeline, text), matcher, entities)
    rows = rows[rows["set_aside"] == ""]
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
    assert hit_rows(paragraphs(pipeline, "Nothing of note."), matcher, [], ACTORS) == []


def test_a_named_event_has_the_theme_of_the_date_its_document_was_published_on(pipeline, matcher):
    text = "The Great Fight goes on."
    docs = [doc for name in ("old", "new", "undated") for doc in paragraphs(pipeline, text, document=name)]
    found = pd.concat([names(text, ("Great Fight", "WAR"), document=name) for name in ("old", "new", "undated")])
    hits = table(docs, matcher, found, published={"old": "1944", "new": "2020"})
    assert hits[["document", "theme"]].to_numpy().tolist() == [
        ["old", "defence"],
        ["new", "diplomacy"],
        ["undated", "diplomacy"],
    ]


def test_each_term_of_a_long_paragraph_is_compared_only_with_the_name_before_it(pipeline, matcher, monkeypatch):
    compared = []
    monkeypatch.setattr(hits, "_ends_a_name", lambda *given: compared.append(given) or False)
    text = "SEATO saw a war. " * 50
    places = range(0, len(text), len("SEATO saw a war. "))
    entities = pd.concat([names(text, ("SEATO", "SEATO")).assign(start=at, end=at + 5) for at in places])
    rows = table(paragraphs(pipeline, text), matcher, entities)
    assert (rows["set_aside"] == "").sum() == 100
    assert [name.start for _, name, *_ in compared] == list(places)
