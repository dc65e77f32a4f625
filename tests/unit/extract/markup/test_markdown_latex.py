"""Markdown and LaTeX as people write them."""

from __future__ import annotations

import pytest

from framescope.document import ExtractionError
from framescope.extract.content import Content
from framescope.extract.markup.markdown_latex import read_markup
from framescope.extract.source.limits import Limits


def markdown(text: str) -> Content:
    return read_markup(text, "markdown", Limits())


def latex(text: str) -> Content:
    return read_markup(f"\\documentclass{{article}}\n\\begin{{document}}\n{text}\n\\end{{document}}", "latex", Limits())


def body(content: Content) -> list[tuple[str, str]]:
    return [(paragraph.kind, paragraph.text) for section in content.sections for paragraph in section.paragraphs]


def test_front_matter_in_toml_gives_the_title_and_no_text():
    content = markdown('+++\ntitle = "On Tolls"\ndraft = false\n+++\n\nThey rose.\n')
    assert (content.title, body(content)) == ("On Tolls", [("prose", "They rose.")])


def test_commands_of_site_generators_are_no_text():
    content = markdown("{{< youtube x >}}\n\n{% include nav.html %}\n\nThey rose.\n{: .lead}\n")
    assert body(content) == [("prose", "They rose.")]


@pytest.mark.parametrize("marker", ["-", "*", "+", "1."])
def test_a_list_right_under_its_introduction_is_a_list(marker):
    assert body(markdown(f"It asks:\n{marker} tolls\n")) == [("prose", "It asks:"), ("item", "tolls")]


def test_a_year_at_the_beginning_of_a_line_begins_no_list():
    assert body(markdown("The quay was closed in\n2011. It stayed closed.\n")) == [
        ("prose", "The quay was closed in 2011. It stayed closed.")
    ]


def test_citation_keys_in_brackets_are_references_and_handles_stay():
    content = markdown("As some say [@doe2013, p. 3], @roe writes, and a@b.org.\n")
    assert body(content) == [("prose", "As some say, @roe writes, and a@b.org.")]
    assert [item.text for item in content.left_out] == ["[@doe2013, p. 3]"]


def test_latex_notes_whose_mark_stands_apart_are_kept():
    content = latex("They rose.\\footnotemark{} And fell.\n\\footnotetext{Harbour Act.}")
    assert body(content) == [("prose", "They rose. And fell.")]
    assert [note.text for note in content.notes] == ["Harbour Act."]


def test_latex_macros_unfold_and_quotation_marks_are_kept():
    content = latex("\\newcommand{\\cpec}{Harbour Corridor}The \\cpec{} was ``planned'' --- twice.")
    assert body(content) == [("prose", "The Harbour Corridor was “planned” — twice.")]


def test_latex_citations_bibliography_and_displayed_formulas_are_left_out():
    content = latex(
        "They rose \\parencite{doe}, as \\textcite{roe} says.\n\\[ x = y \\]\n"
        "\\begin{thebibliography}{9}\\bibitem{doe} Doe, Tolls.\\end{thebibliography}"
    )
    assert body(content) == [("prose", "They rose, as roe says.")]
    assert [item.kind for item in content.left_out] == ["reference", "other", "reference"]


def test_files_that_latex_takes_in_are_named_in_a_warning():
    content = latex("They rose.\n\\input{chapters/tolls}\n% \\input{old}\n\\include{cranes}")
    assert content.warnings[0].startswith(
        "It includes files that are not in its folder and were not read: chapters/tolls, cranes."
    )


def test_latex_that_does_not_parse_says_where_and_what_to_do():
    with pytest.raises(ExtractionError, match=r"line \d+, column \d+\): expecting") as caught:
        latex("They rose. \\begin{quote} And fell.")
    assert "PDF" in caught.value.remedy
