"""Themes in order, nested."""

from framescope.themes.lexicon import Lexicon
from framescope.themes.terms import parse_term

LEXICON = Lexicon.build(
    [
        ("defence.threat", parse_term("enemy")),
        ("economy", parse_term("trade")),
        ("defence", parse_term("army")),
        ("defence.arms", parse_term("tank*")),
        ("defence", parse_term("army")),
    ]
)


def test_parents_come_before_their_children_and_terms_are_kept_once():
    assert LEXICON.themes == ["defence", "defence.threat", "defence.arms", "economy"]
    assert next((theme, term.text) for theme, term in LEXICON) == ("defence", "army")
    assert len(list(LEXICON)) == 4


def test_the_nearest_theme_is_the_theme_itself_or_its_closest_ancestor():
    assert LEXICON.nearest("defence.threat") == "defence.threat"
    assert LEXICON.nearest("defence.unknown.deep") == "defence"
    assert LEXICON.nearest("culture") is None


def test_flattening_folds_themes_into_their_ancestors():
    flat = LEXICON.flatten(1)
    assert flat.themes == ["defence", "economy"]
    assert [term.text for term in flat.entries[0].terms] == ["army", "enemy", "tank*"]


def test_exclusions_are_no_counted_terms():
    lexicon = Lexicon.build([("a", parse_term("market")), ("a", parse_term("NOT market town"))])
    assert lexicon.counted_terms == [("a", "market")]


def test_terms_that_ask_for_lemmas_or_parts_of_speech_are_left_out_and_named_unless_texts_are_fully_annotated():
    asking = ["lemma:buy", "march/NOUN", "talks NEAR/4 lemma:trade"]
    lexicon = Lexicon.build([("economy", parse_term(text)) for text in ["tariff*", *asking]], ["line 1: odd"])
    assert lexicon.at_level("full") is lexicon
    for level in ("names", "none"):
        kept = lexicon.at_level(level)
        assert [term.text for _, term in kept] == ["tariff*"]
        assert kept.warnings[0] == "line 1: odd"
        assert [warning.split("'")[1] for warning in kept.warnings[1:]] == asking


def test_a_theme_all_of_whose_terms_are_left_out_remains_a_theme():
    lexicon = Lexicon.build([("economy", parse_term("lemma:buy")), ("defence", parse_term("army"))])
    assert lexicon.at_level("none").themes == ["economy", "defence"]
