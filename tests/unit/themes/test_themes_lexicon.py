"""The lexicon that comes along: its themes, and the words that deceive dictionaries."""

from pathlib import Path

import pytest

from framescope.themes.formats import load_lexicon
from framescope.themes.lexicon import Lexicon
from framescope.themes.matching import Matcher

PATH = Path(__file__).parents[3] / "workflow/framescope/lexicons/themes.yaml"


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon(PATH)


@pytest.fixture(scope="module")
def matcher(lexicon) -> Matcher:
    return Matcher(lexicon)


def tops(matcher, text):
    return {matcher.entries[entry].theme.partition(".")[0] for entry in matcher.entries_in_text(text)}


def test_the_lexicon_is_read_without_a_warning_and_from_plain_text(lexicon, matcher):
    assert lexicon.warnings == ()
    assert not matcher.needs_annotation


def test_its_thirteen_themes_are_there_in_order(lexicon):
    assert [theme for theme in lexicon.themes if "." not in theme] == [
        "defence", "economy", "energy", "diplomacy", "technology", "culture", "history_ideology", "environment",
        "law_crime", "society_health", "labour_migration", "governance_rights", "agriculture_infrastructure",
    ]  # fmt: skip


def test_defence_tells_topics_and_stances_apart(lexicon):
    assert {
        "defence.nuclear", "defence.terrorism", "defence.arms_trade", "defence.exercises", "defence.alliances",
        "defence.threat",
    } <= set(lexicon.themes)  # fmt: skip


def test_no_term_stands_in_two_subthemes_of_one_theme(lexicon):
    seen: dict[tuple[str, str], str] = {}
    for theme, term in lexicon:
        if not term.exclusion:
            other = seen.setdefault((theme.partition(".")[0], term.text), theme)
            assert other == theme, f"{term.text} stands in {other} and in {theme}"


def test_every_term_can_find_itself(lexicon, matcher):
    for theme, term in lexicon:
        if not term.exclusion and not term.conditions:
            text = " ".join(word.glob.replace("*", "xx").replace("?", "s") for word in term.phrase)
            assert theme.partition(".")[0] in tops(matcher, text), term.text


@pytest.mark.parametrize(
    ("text", "theme", "present"),
    [
        ("They capitalise on the moment.", "economy", False),
        ("The envoy left the capital.", "economy", False),
        ("Flows of capital dried up.", "economy", True),
        ("Capitalism won.", "economy", True),
        ("The balance of power shifted.", "economy", False),
        ("The balance of power shifted.", "history_ideology", True),
        ("The balance of payments shifted.", "economy", True),
        ("They struck a balance.", "economy", False),
        ("Nuclear weapons remain.", "defence", True),
        ("Nuclear weapons remain.", "energy", False),
        ("Nuclear power is cheap.", "energy", True),
        ("Nuclear power is cheap.", "defence", False),
        ("Two nuclear powers and rivals met.", "defence", True),
        ("Voters were up in arms.", "defence", False),
        ("They were welcomed with open arms.", "defence", False),
        ("They bought arms.", "defence", True),
        ("A rising power spoke.", "energy", False),
        ("The power of words.", "energy", False),
        ("Power plants were built.", "energy", True),
        ("Social security was cut.", "defence", False),
        ("Food security was at risk.", "defence", False),
        ("National security was at risk.", "defence", True),
        ("The Cold War ended.", "defence", False),
        ("The Cold War ended.", "history_ideology", True),
        ("The war ended.", "defence", True),
        ("The war on poverty ended.", "defence", False),
        ("A trade war began.", "defence", False),
        ("A trade war began.", "economy", True),
        ("A quiet market town.", "economy", False),
        ("The market fell.", "economy", True),
        ("A heart attack.", "defence", False),
        ("An attack at dawn.", "defence", True),
        ("The West Bank.", "economy", False),
        ("A bank failed.", "economy", True),
        ("Tear gas was used.", "energy", False),
        ("A gas pipeline.", "energy", True),
        ("Of its own accord.", "diplomacy", False),
        ("A peace accord.", "diplomacy", True),
        ("Legal aid.", "economy", False),
        ("Economic aid.", "economy", True),
        ("Military aid.", "economy", False),
        ("Military aid.", "defence", True),
        ("The electoral college met.", "culture", False),
        ("Trade unions met.", "economy", False),
        ("The trade union met.", "labour_migration", True),
        ("Agriculture grew.", "culture", False),
        ("A joint naval exercise.", "defence", True),
        ("The summit ended.", "diplomacy", True),
        ("Foreign policy matters.", "diplomacy", True),
        ("She has the energy and vision to lead.", "energy", False),
        ("A satellite was launched.", "technology", True),
        ("Greenhouse gas emissions.", "energy", False),
        ("Greenhouse gas emissions.", "environment", True),
    ],
)
def test_words_that_deceive_dictionaries_are_told_apart(matcher, text, theme, present):
    assert (theme in tops(matcher, text)) is present
