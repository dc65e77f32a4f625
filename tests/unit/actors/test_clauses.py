import pytest
import spacy

from framescope.actors.clauses import deeds, first_of, gift


def word(pipeline: spacy.Language, sentence: str, text: str) -> spacy.tokens.Token:
    return next(token for token in pipeline(sentence) if token.text == text)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Peru attacked Chile and annexed Arica.", {("attack", "agent"), ("annex", "agent")}),
        ("Peru was attacked by Chile.", {("attack", "patient")}),
        ("Peru wants to buy gas.", {("want", "agent"), ("buy", "agent")}),
        ("Chile, which feared Peru, sold weapons to Peru.", {("fear", "patient"), ("sell", "patient")}),
        ("Having lost the war, Peru paid.", {("lose", "agent"), ("pay", "agent")}),
        ("Defeated in the war, Peru paid.", {("defeat", "patient"), ("pay", "agent")}),
        ("It was Peru that paid.", {("pay", "agent")}),
        ("Peru is a state.", set()),
        ("Chile said that Peru would pay.", {("pay", "agent")}),
    ],
)
def test_a_noun_phrase_takes_part_in_verbs(
    pipeline: spacy.Language, sentence: str, expected: set[tuple[str, str]]
) -> None:
    doc = pipeline(sentence)
    found = {(verb.lemma_, role) for token in doc if token.text == "Peru" for verb, role in deeds(token)}
    assert found == expected


def test_a_coordinated_noun_takes_part_as_the_first_one_does(pipeline: spacy.Language) -> None:
    assert first_of(word(pipeline, "Chile, Bolivia and Peru voted.", "Peru")).text == "Chile"


def test_who_is_given_something_is_no_part_of_the_gift(pipeline: spacy.Language) -> None:
    verb = gift(word(pipeline, "Poland gave Ukraine tanks.", "Ukraine"))
    assert verb is not None
    assert verb.text == "gave"
    assert gift(word(pipeline, "Poland praised Ukraine.", "Ukraine")) is None
