"""Sections get their roles from titles, the study's own words first."""

from __future__ import annotations

import pytest

from framescope.document import Section
from framescope.extract.section_roles import ROLES, assign_roles, load_roles, plain_title, role_of
from framescope.identifiers import section_id

PATTERNS = load_roles()


def sections(*titles: str | tuple[str | None, int]) -> list[Section]:
    pairs = [title if isinstance(title, tuple) else (title, 1) for title in titles]
    return [Section(section_id(place, title), title, level) for place, (title, level) in enumerate(pairs, start=1)]


def roles(found: list[Section]) -> list[tuple[str, str]]:
    return [(section.role, section.role_source) for section in found]


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Abstract", "abstract"),
        ("EXECUTIVE SUMMARY", "abstract"),
        ("1. Introduction", "introduction"),
        ("I. Introduction: Two Ports, One Line", "introduction"),
        ("2 Theoretical Framework", "theory"),
        ("Literature Review", "theory"),
        ("Historical Background", "background"),
        ("A Brief History of the Quay", "background"),
        ("3.2 Findings and Discussion", "analysis"),
        ("Case Study: The Northern Quay", "analysis"),
        ("Theory: Three Ways of Reading a Treaty", "theory"),
        ("Five Proposals", "recommendations"),
        ("What the Board Should Do", "recommendations"),
        ("Policy Recommendations", "recommendations"),
        ("The Way Forward", "recommendations"),
        ("Conclusion", "conclusion"),
        ("VI – Conclusions and Outlook", "conclusion"),
        ("Concluding Remarks", "conclusion"),
        ("New Directions for Harbour Policy", None),
        ("Tolls and Their Collectors", None),
        (None, None),
    ],
)
def test_titles_tell_roles(title, role):
    assert role_of(title, PATTERNS) == role


def test_every_role_of_the_lexicon_is_a_role_and_has_patterns():
    assert set(PATTERNS) <= set(ROLES)
    assert all(PATTERNS.values())


def test_a_section_without_a_telling_title_is_body_by_default():
    found = sections("Tolls", (None, 1))
    assign_roles(found, PATTERNS)
    assert roles(found) == [("body", "default")] * 2


def test_a_subsection_has_the_role_of_its_section():
    found = sections("Introduction", ("The Ports", 2), "Tolls", ("Conclusion", 1), ("Last Words", 2))
    assign_roles(found, PATTERNS)
    assert [role for role, _ in roles(found)] == ["introduction", "introduction", "body", "conclusion", "conclusion"]


def test_the_title_over_a_whole_document_hands_no_role_down():
    found = sections(("Introduction to Harbours", 1), ("Tolls", 2), ("Conclusion", 2))
    assign_roles(found, PATTERNS)
    assert [role for role, _ in roles(found)] == ["introduction", "body", "conclusion"]


def test_what_the_study_states_of_a_section_goes_before_patterns():
    found = sections("Introduction", "Tolls")
    assign_roles(found, PATTERNS, {"tolls": "analysis", "01-introduction": "background"})
    assert roles(found) == [("background", "config"), ("analysis", "config")]


def test_the_study_may_add_patterns(tmp_path):
    own = load_roles(additions={"introduction": ["setting the scene"]})
    assert role_of("Setting the Scene", own) == "introduction"
    assert role_of("Introduction", own) == "introduction"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("opening: [start]", "opening is not a role"),
        ("abstract: summary", "expected a list"),
        ("- abstract", "expected roles"),
    ],
)
def test_a_lexicon_with_errors_says_where_and_what(tmp_path, text, complaint):
    path = tmp_path / "roles.yaml"
    path.write_text(text)
    with pytest.raises(ValueError, match=complaint) as caught:
        load_roles(path)
    assert "roles.yaml" in str(caught.value)


def test_numbers_of_titles_do_not_count():
    assert plain_title("  IV.  The Road   Ahead: ") == "the road ahead"
    assert plain_title("Chapter 3: Tolls") == "tolls"
    assert plain_title("I am the Law") == "i am the law"
