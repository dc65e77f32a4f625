"""The plain text of markup: blanks where words end, and nowhere else."""

import lxml.etree
import lxml.html
import pytest

from framescope.extract.source.limits import Limits
from framescope.extract.source.safe_xml import plain_text
from framescope.extract.web.article import read_html


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>to un<b>der</b>stand</p>", "to understand"),
        ("<p>H<sub>2</sub>O, <i>the</i> <i>sea</i></p>", "H2O, the sea"),
        ("<div><p>one</p><p>two</p>three</div>", "one two three"),
        ("<p>one<br/>two<!-- no -->and</p>", "one twoand"),
        ("<table><tr><td>1</td><td>2</td></tr></table>", "1 2"),
    ],
)
def test_elements_within_a_line_insert_no_blanks_and_those_that_stand_apart_do(markup, text):
    assert plain_text(lxml.etree.fromstring(markup)) == text
    assert plain_text(lxml.html.fromstring(markup)) == text


def test_the_text_after_an_element_is_not_its_own():
    element = lxml.etree.fromstring("<div><p>one</p>two</div>")
    assert plain_text(element[0]) == "one"


def test_a_heading_and_title_with_letters_in_bold_keep_their_words():
    page = b"<html><title>To un&shy;derstand</title><body><article><h1>To un<b>der</b>stand</h1>"
    page += b"<p>" + b"The harbour was built in a year of peace. " * 20 + b"</p></article></body></html>"
    content = read_html(page, Limits())
    assert [section.title for section in content.sections if section.title] == ["To understand"]


def test_markup_nested_a_hundred_thousand_deep_has_a_text():
    element = top = lxml.etree.Element("b")
    for _ in range(100_000):
        element = lxml.etree.SubElement(element, "b")
    element.text = "deep"
    assert plain_text(top) == "deep"
