import pytest
from hypothesis import given
from hypothesis import strategies as st

from framescope.present.page.story import read_story, wrong_in

KNOWN = {
    "view": ["overview", "sections", "compare"],
    "theme": ["defence", "economy"],
    "actor": ["Utopia"],
    "contrast": [],
    "document": ["speech", "letter"],
    "unit": ["document:speech", "group:press"],
}


def story(text: str):
    return read_story(text.encode(), KNOWN)


def test_a_heading_that_is_a_link_leads_to_its_view_with_its_place_in_the_story():
    told = story("Before.\n\n## [War *leads*](#view=sections&theme=defence)\n\nMuch of it.\n\n## Plain\n")
    assert [(part.heading, part.address) for part in told.parts] == [
        ("", ""),
        ("War <em>leads</em>", "#view=sections&theme=defence&story=1"),
        ("Plain", ""),
    ]
    assert "Much of it." in told.parts[1].body
    assert told.problems == []


@pytest.mark.parametrize(
    ("link", "problem"),
    [
        ("#view=section", "expected the name of a view, found view=section. The nearest is sections."),
        ("#view=sections&theme=defense", "expected the name of a theme, found theme=defense. The nearest is defence."),
        ("#view=compare&a=document:speach", "found a=document:speach. The nearest is document:speech."),
        ("#view=sections&actor=utopa", "expected the name of an actor, found actor=utopa. The nearest is Utopia."),
        ("#view=sections&them=defence", "expected a key of an address, found them. The nearest is theme."),
        ("#theme=defence", "expected #view=... with the name of a view, found #theme=defence."),
        ("#view=compare&contrast=x", "expected the name of a contrast, found contrast=x. The study has none."),
    ],
)
def test_a_link_that_leads_nowhere_is_plain_text_and_is_answered_with_line_find_and_nearest_name(link, problem):
    told = story(f"# Title\n\nA line\nand [a link]({link}).\n\n## [Heading]({link})\n")
    assert [said.partition(": ")[0] for said in told.problems] == ["story.md, line 4", "story.md, line 6"]
    assert all(problem in said for said in told.problems)
    assert [part.address for part in told.parts] == ["", ""]
    assert all("<a" not in part.body for part in told.parts)
    assert "<span>a link</span>" in told.parts[0].body


def test_links_to_other_pages_and_files_remain():
    told = story("See [the table](tables/hits.csv) and [a page](https://example.org/#view=x).")
    assert told.problems == []
    assert told.parts[0].body.count("<a href=") == 2


def test_markup_in_a_story_is_text():
    body = story("## <b>x</b>\n\n<script>alert(1)</script> [y](javascript:alert(1))").parts[0]
    assert "<script" not in body.body
    assert "<b>" not in body.heading
    assert "href" not in body.body


def test_a_file_in_another_encoding_is_a_problem_and_no_story():
    told = read_story("# Überschrift".encode("latin-1"), KNOWN)
    assert told.parts == []
    assert told.problems == ["story.md: byte 3 is not UTF-8. Save the file as UTF-8."]
    assert read_story("\ufeff# Überschrift".encode(), KNOWN).parts[0].heading == "Überschrift"


@given(st.text(alphabet="ab#[]()=&*_ \n:", max_size=60), st.sampled_from(KNOWN["theme"]))
def test_any_text_is_told_whole_and_never_fails(text, theme):
    told = story(f"{text}\n\n# Last [end](#view=sections&theme={theme})\n")
    assert told.parts[-1].address.startswith(f"#view=sections&theme={theme}")
    shown = "".join(part.heading + part.body for part in told.parts)
    assert set(text) & {"a", "b"} <= set(shown)


@given(st.text(max_size=20))
def test_addresses_that_are_not_of_this_page_are_never_wrong(text):
    assert list(wrong_in("tables/" + text, KNOWN)) == []
