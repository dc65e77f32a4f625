"""JATS: sections, notes and quotations in their places, everything else of an article left out and shown."""

from __future__ import annotations

import pytest

from framescope.document import ExtractionError
from framescope.extract.content import Content
from framescope.extract.markup.jats import read_jats
from framescope.extract.source.limits import Limits


def read(body: str, back: str = "", front: str = "") -> Content:
    meta = f"<article-meta><title-group><article-title>Tolls</article-title></title-group>{front}</article-meta>"
    return read_jats(f"<article><front>{meta}</front><body>{body}</body><back>{back}</back></article>", Limits())


def texts(content: Content) -> list[tuple[str | None, int, list[str]]]:
    return [
        (section.title, section.level, [paragraph.text for paragraph in section.paragraphs])
        for section in content.sections
    ]


def left_out(content: Content) -> set[tuple[str, str]]:
    return {(item.kind, item.text) for item in content.left_out}


def test_notes_are_tied_to_their_markers_and_uncited_ones_left_out():
    content = read(
        '<sec><title>Aims</title><p>They rose.<xref ref-type="fn" rid="f1"><sup>a</sup></xref> So what?</p></sec>',
        '<fn-group><fn id="f1"><label>a</label><p>Harbour Act.</p></fn><fn><p>No conflict.</p></fn></fn-group>',
    )
    assert texts(content) == [("Aims", 1, ["They rose. So what?"])]
    assert [(note.text, note.section) for note in content.notes] == [("Harbour Act.", "01-aims")]
    assert ("other", "No conflict.") in left_out(content)


def test_raised_citations_leave_the_text_and_references_are_shown_as_left_out():
    content = read(
        '<p>Others agree<sup><xref ref-type="bibr" rid="r1">1</xref>,<xref ref-type="bibr" rid="r2">2</xref></sup>, '
        'and one does not <xref ref-type="bibr" rid="r1">[1]</xref>.</p>',
        '<ref-list><title>References</title><ref id="r1"><mixed-citation>Doe 2013.</mixed-citation></ref>'
        '<ref id="r2"><mixed-citation>Roe 2014.</mixed-citation></ref></ref-list>',
    )
    assert texts(content) == [(None, 1, ["Others agree, and one does not [1]."])]
    assert {("reference", "Doe 2013."), ("reference", "Roe 2014.")} <= left_out(content)


def test_a_structured_abstract_is_one_section():
    content = read(
        "<sec><title>Aims</title><p>They rose.</p></sec>",
        front="<abstract><sec><title>Methods</title><p>We counted.</p></sec><sec><title>Results</title><p>40.</p></sec>"
        "</abstract>",
    )
    assert texts(content) == [("Abstract", 1, ["We counted.", "40."]), ("Aims", 1, ["They rose."])]


def test_acknowledgements_and_appendices_are_sections_after_the_body():
    content = read(
        "<sec><title>Aims</title><p>They rose.</p><sec><title>Ports</title><p>Two.</p></sec></sec>",
        "<ack><title>Acknowledgements</title><p>Thanks.</p></ack>"
        "<app-group><app><title>Appendix A</title><p>More.</p></app></app-group>",
    )
    assert texts(content) == [
        ("Aims", 1, ["They rose."]),
        ("Ports", 2, ["Two."]),
        ("Acknowledgements", 1, ["Thanks."]),
        ("Appendix A", 1, ["More."]),
    ]


def test_figures_tables_and_their_feet_are_left_out():
    content = read(
        "<p>They rose.</p><fig><caption><p>A crane</p></caption></fig><table-wrap><caption><p>By year</p></caption>"
        "<table><tbody><tr><td>2001</td></tr></tbody></table>"
        "<table-wrap-foot><p>Source: the board.</p></table-wrap-foot></table-wrap>"
    )
    assert texts(content) == [(None, 1, ["They rose."])]
    found = {("caption", "A crane"), ("caption", "By year"), ("table", "2001"), ("table", "Source: the board.")}
    assert found <= left_out(content)


def test_an_article_that_is_not_well_formed_says_where():
    with pytest.raises(ExtractionError, match="line 1"):
        read("<p>They rose.")
