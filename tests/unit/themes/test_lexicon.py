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
