from pathlib import Path

import pytest
import spacy
from thinc.api import NumpyOps

from framescope.annotate.model import load_model
from framescope.annotate.model_files import model_digest, model_path
from framescope.annotate.token_rules import TOKEN_RULES

SPEECH = Path(__file__).parents[3] / "raw" / "speech.md"


@pytest.fixture(scope="module")
def pipeline():
    return load_model()


@pytest.mark.parametrize(
    "text", ["i. To remain neutral", "iv. To join the western bloc.", "2) Trade.", "(a) Peace and order."]
)
def test_the_marker_of_a_list_item_is_no_sentence_of_its_own(pipeline, text):
    assert [sentence.text for sentence in pipeline(text).sents] == [text]


def test_sentences_of_running_text_are_as_before(pipeline):
    doc = pipeline("Trade grew. In 1954 it fell.")
    assert [sentence.text for sentence in doc.sents] == ["Trade grew.", "In 1954 it fell."]


def test_numpy_multiplies_the_matrices_of_every_layer_and_the_annotations_are_those_of_the_package(pipeline):
    theirs = spacy.load(model_path("en_core_web_md"))
    paragraphs = [text for text in SPEECH.read_text(encoding="utf-8").split("\n\n") if text[:1].isalpha()]
    kept = ["TAG", "POS", "MORPH", "LEMMA", "DEP", "HEAD", "ENT_TYPE", "ENT_IOB", "SENT_START"]
    for ours, expected in zip(pipeline.pipe(paragraphs), theirs.pipe(paragraphs), strict=True):
        assert (ours.to_array(kept) == expected.to_array(kept)).all()
    layers = [layer for name in ("tok2vec", "parser", "ner") for layer in pipeline.get_pipe(name).model.walk()]
    assert layers
    assert not any(isinstance(layer.ops, NumpyOps) and layer.ops.use_blis for layer in layers)


def test_the_forms_of_lemmas_are_looked_up_and_not_searched_for_and_the_lemmas_are_those_of_the_package(pipeline):
    theirs = spacy.load(model_path("en_core_web_md"))
    text = "The wolves were hiding; the Leaves fell sooner than it had read, and she is axing and bettering boxes."
    assert [token.lemma_ for token in pipeline(text)] == [token.lemma_ for token in theirs(text)]
    lemmatizers = (pipeline.get_pipe(TOKEN_RULES).lemmatizer, theirs.get_pipe("lemmatizer"))
    index, lists = (lemmatizer.lookups.get_table("lemma_index") for lemmatizer in lemmatizers)
    assert {key: list(words) for key, words in index.items()} == dict(lists.items())
    assert not any(isinstance(words, list) for words in index.values())


def test_a_model_is_identified_by_its_files():
    assert model_digest("en_core_web_md") == model_digest("en_core_web_md")
    assert len(model_digest("en_core_web_md")) == 16


def test_a_model_that_is_not_installed_names_the_packages_that_provide_it():
    with pytest.raises(ModuleNotFoundError, match="The model en_core_web_lg is not installed"):
        load_model("en_core_web_lg")


@pytest.mark.parametrize("level", ["none", "names"])
def test_without_the_parser_sentences_end_at_full_stops_and_not_at_the_marker_of_a_list_item(level):
    doc = load_model(level=level)("iv. Mr. Smith left the U.S. army. Trade grew!")
    assert [sentence.text for sentence in doc.sents] == ["iv. Mr. Smith left the U.S. army.", "Trade grew!"]
    assert not doc.has_annotation("DEP")
    assert not doc.has_annotation("LEMMA")


def test_with_names_the_model_looks_for_names_and_with_none_there_is_no_model(monkeypatch):
    named = load_model(level="names")("Mr. Smith visited Canada.")
    assert {(entity.text, entity.label_) for entity in named.ents} == {("Smith", "PERSON"), ("Canada", "GPE")}

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a model is loaded")

    monkeypatch.setattr("framescope.annotate.model.spacy.load", refuse)
    monkeypatch.setattr("framescope.annotate.model.model_path", refuse)
    assert load_model(level="none")("Mr. Smith visited Canada.").ents == ()
    with pytest.raises(AssertionError, match="a model is loaded"):
        load_model(level="names")
