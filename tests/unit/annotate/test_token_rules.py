"""The remembered decisions on tokens are those of the package's own attribute ruler and lemmatizer."""

import pytest
import spacy
from spacy.pipeline import AttributeRuler

from framescope.annotate.model import load_model
from framescope.annotate.model_files import model_path
from framescope.annotate.token_rules import DECIDED, TOKEN_RULES, TokenRules, remember_token_rules


@pytest.fixture(scope="module")
def ours():
    return load_model()


@pytest.fixture(scope="module")
def theirs():
    return spacy.load(model_path("en_core_web_md"))


# Patterns of several words, once and again, side by side and at the end; no words, and spaces alone.
@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "The left left, and he has read what they read.",
        "Let's go. There is trade, there are tariffs, and there's peace.",
        "He ain't gonna pay; we got ta let's have it, c'm on, y'all.",
        "Let's let's",
        "I do what they do, but it is you that it hurt. \n\n He had had it.",
    ],
)
def test_decisions_are_those_of_the_package_before_and_after_they_are_remembered(ours, theirs, text):
    expected = theirs(text).to_array(DECIDED).tolist()
    for _ in range(2):
        assert ours(text).to_array(DECIDED).tolist() == expected


def test_a_pattern_of_several_words_decides_on_these_only_where_they_follow_each_other(ours):
    apart, together = ours("Let him see what is his, and 's is no word."), ours("Let's see.")
    assert together[1].lemma_ == "us"
    assert "us" not in [token.lemma_ for token in apart]


def test_a_token_with_the_same_word_tag_and_dependency_is_decided_once(ours, monkeypatch):
    ours("Trade grew and trade fell.")
    rules = ours.get_pipe(TOKEN_RULES)

    def refuse(*_: object) -> None:
        raise AssertionError("decided again")

    monkeypatch.setattr(TokenRules, "_decide", refuse)
    assert [token.lemma_ for token in rules(ours.make_doc(""))] == []
    assert [token.lemma_ for token in ours("Trade grew and trade fell.")] == [
        "trade",
        "grow",
        "and",
        "trade",
        "fall",
        ".",
    ]
    with pytest.raises(AssertionError, match="decided again"):
        ours("Embargoes fell.")


def test_decisions_in_a_memory_zone_are_not_remembered_beyond_it(ours):
    with ours.memory_zone():
        assert ours("The quagsprees fell.")[1].lemma_ == "quagspree"
    assert ours("The quagsprees fell.")[1].lemma_ == "quagspree"


def test_a_ruler_that_decides_other_attributes_stays_in_the_pipeline():
    pipeline = spacy.blank("en")
    ruler = pipeline.add_pipe("attribute_ruler")
    assert isinstance(ruler, AttributeRuler)
    pipeline.add_pipe("lemmatizer", config={"mode": "rule"})
    ruler.add([[{"LOWER": "trade"}]], {"ENT_TYPE": "ORG"})
    remember_token_rules(pipeline)
    assert pipeline.pipe_names == ["attribute_ruler", "lemmatizer"]
    other = spacy.blank("en")
    other.add_pipe("lemmatizer", config={"mode": "rule"})
    other.add_pipe("attribute_ruler")
    remember_token_rules(other)
    assert other.pipe_names == ["lemmatizer", "attribute_ruler"]
