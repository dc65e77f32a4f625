import spacy
from spacy.tokens import Doc

from framescope.annotate.names.label_votes import agreed
from framescope.annotate.names.model import Name

VOCAB = spacy.blank("en")


def names_of(doc: Doc, **labels: str) -> list[Name]:
    """Names of one word that a model found, by their text."""
    return [Name(token.i, token.i + 1, labels[token.text], "model") for token in doc if token.text in labels]


def test_the_label_of_most_mentions_of_a_document_wins() -> None:
    docs = [VOCAB("Wulf spoke. Wulf left. Wulf wept.")]
    found = names_of(docs[0], Wulf="PERSON")
    found[1] = Name(found[1].start, found[1].end, "GPE", "model")
    assert [name.label for name in agreed(docs, [found])[0]] == ["PERSON"] * 3


def test_a_title_speaks_for_a_person() -> None:
    docs = [VOCAB("President Wulf spoke and Wulf left")]
    assert {name.label for name in agreed(docs, [names_of(docs[0], Wulf="GPE")])[0]} == {"PERSON"}


def test_a_tie_changes_nothing() -> None:
    docs = [VOCAB("Wulf spoke"), VOCAB("in Wulf")]
    found = [names_of(docs[0], Wulf="PERSON"), names_of(docs[1], Wulf="GPE")]
    assert agreed(docs, found) == found


def test_a_list_takes_the_label_of_most_of_its_members() -> None:
    docs = [VOCAB("They saw Aton, Beton, Ceton and Deton.")]
    found = names_of(docs[0], Aton="GPE", Beton="GPE", Ceton="PERSON", Deton="GPE")
    assert {name.label for name in agreed(docs, [found])[0]} == {"GPE"}


def test_known_names_keep_their_label() -> None:
    docs = [VOCAB("They saw Aton, Beton, Ceton and Deton.")]
    found = names_of(docs[0], Aton="GPE", Beton="GPE", Ceton="PERSON", Deton="GPE")
    found[2] = Name(found[2].start, found[2].end, "ORG", "known")
    assert [name.label for name in agreed(docs, [found])[0]] == ["GPE", "GPE", "ORG", "GPE"]


def test_two_of_three_members_decide_the_third_unless_it_is_a_full_name() -> None:
    docs = [VOCAB("They saw Aton, Beton and Ceton.")]
    found = names_of(docs[0], Aton="ORG", Beton="ORG", Ceton="PERSON")
    assert {name.label for name in agreed(docs, [found])[0]} == {"ORG"}
    docs = [VOCAB("They saw Aton, Beton and Jane Ceton.")]
    found = [*names_of(docs[0], Aton="ORG", Beton="ORG"), Name(6, 8, "PERSON", "model")]
    assert [name.label for name in agreed(docs, [found])[0]] == ["ORG", "ORG", "PERSON"]


def test_capitalised_words_between_the_commas_of_a_list_are_a_member() -> None:
    docs = [VOCAB("They saw Aton, Beton, Green Deton, and Ceton.")]
    found = names_of(docs[0], Aton="ORG", Beton="ORG", Ceton="ORG")
    names = sorted(agreed(docs, [found])[0], key=lambda name: name.start)
    assert [(docs[0][name.start : name.end].text, name.label) for name in names] == [
        ("Aton", "ORG"),
        ("Beton", "ORG"),
        ("Green Deton", "ORG"),
        ("Ceton", "ORG"),
    ]


def test_words_between_two_names_alone_or_with_small_words_are_no_member() -> None:
    for text in ("They saw Aton, Deton, and Ceton.", "They saw Aton, Beton, a green Deton, and Ceton."):
        doc = VOCAB(text)
        found = names_of(doc, Aton="ORG", Beton="ORG", Ceton="ORG")
        assert len(agreed([doc], [found])[0]) == len(found)
