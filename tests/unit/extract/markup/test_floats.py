"""Captions, titles and notes of figures and tables in documents without styles for them."""

from __future__ import annotations

import pytest

from framescope.extract.content import Content
from framescope.extract.markup.pandoc import read_pandoc
from framescope.extract.source.limits import Limits


def read(source: str, format: str = "html") -> Content:
    return read_pandoc(source.encode(), format, Limits())


def texts(content: Content) -> list[str]:
    return [paragraph.text for section in content.sections for paragraph in section.paragraphs]


def captions(content: Content) -> list[str]:
    return [item.text for item in content.left_out if item.kind == "caption"]


@pytest.mark.parametrize(
    "label",
    [
        "Figure 2.1",
        "Table 3",
        "Tableau 3",
        "Abbildung 2",
        "Gráfico 4",
        "Cuadro 1.2",
        "Рисунок 5",
        "图2.1",
        "图 3",
        "表4",
    ],
)
def test_the_label_of_a_figure_alone_is_a_caption(label: str) -> None:
    content = read(f"<h2>Tolls</h2><p>The tolls rose.</p><p>{label}</p><p>They fell.</p>")
    assert texts(content) == ["The tolls rose.", "They fell."]
    assert captions(content) == [label]


@pytest.mark.parametrize(
    "text",
    [
        "Figure 2 shows that the tolls rose.",
        "Figure 2.12 shows them.",
        "图2.12显示，税收上升了。",
        "图2显示，税收上升了。",
        "Table 3 and Table 4 differ.",
    ],
)
def test_a_sentence_about_a_figure_is_text(text: str) -> None:
    assert texts(read(f"<h2>Tolls</h2><p>{text}</p>")) == [text]


@pytest.mark.parametrize(
    "note",
    [
        "Notes: tolls in crowns.",
        "Source: the board.",
        "Quelle: der Rat.",
        "Fuente: el gremio.",
        "注：单位为克朗。",
        "资料来源：港务局",
    ],
)
@pytest.mark.parametrize(
    "above", ["<p>Figure 2.1</p>", "<p><img src='chart.png'></p>", "<table><tr><td>1</td></tr></table>"]
)
def test_notes_and_sources_below_a_figure_belong_to_it(above: str, note: str) -> None:
    content = read(f"<h2>Tolls</h2><p>The tolls rose.</p>{above}<p>{note}</p><p>They fell.</p>")
    assert texts(content) == ["The tolls rose.", "They fell."]
    assert note in captions(content)


def test_a_note_in_running_text_is_text() -> None:
    assert "Note: pay at the quay." in texts(read("<h2>Tolls</h2><p>The tolls rose.</p><p>Note: pay at the quay.</p>"))


def test_a_heading_of_a_lower_level_below_a_label_is_the_title_of_the_figure() -> None:
    content = read("<h2>Tolls</h2><p>The tolls rose.</p><p>Figure 2</p><h3>Tolls by port</h3><p>They fell.</p>")
    assert [section.title for section in content.sections] == ["Tolls"]
    assert captions(content) == ["Figure 2", "Tolls by port"]


@pytest.mark.parametrize("heading", ["<h2>Ships</h2>", "<h3>2.1 Ships</h3>", "<h3>Conclusion</h3>"])
def test_a_heading_of_the_text_below_a_label_stays(heading: str) -> None:
    content = read(f"<h2>Tolls</h2><p>The tolls rose.</p><p>Figure 2</p>{heading}<p>They fell.</p>")
    assert len(content.sections) == 2


def test_the_label_of_a_figure_in_the_style_of_a_heading_is_a_caption() -> None:
    content = read("<h2>Tolls</h2><p>The tolls rose.</p><h2>Figure 4.1</h2><p>They fell.</p>")
    assert [section.title for section in content.sections] == ["Tolls"]
    assert captions(content) == ["Figure 4.1"]


TABLE = "<table><tr><td>Port</td><td>Toll</td></tr><tr><td>East</td><td>3</td></tr></table>"


def test_a_level_of_headings_that_sections_skip_and_that_are_above_tables_is_that_of_the_titles_of_tables() -> None:
    section = "<h3>{}</h3><p>The tolls rose.</p>"
    title = f"<h2>Tolls by port</h2>{TABLE}<p>They fell again.</p>"
    sections = "".join(section.format(name) + title for name in ("Ships", "Pilots", "Peace"))
    content = read(f"<h1>Tolls</h1><p>The tolls rose.</p>{sections}")
    assert [section.title for section in content.sections] == ["Tolls", "Ships", "Pilots", "Peace"]
    assert captions(content) == ["Tolls by port"] * 3


def test_sections_that_begin_with_a_table_stay_sections() -> None:
    sections = "".join(f"<h2>{name}</h2>{TABLE}<p>They fell.</p><h3>More</h3><p>Much.</p>" for name in ("East", "West"))
    content = read(f"<h1>Tolls</h1><p>The tolls rose.</p>{sections}")
    assert [section.title for section in content.sections] == ["Tolls", "East", "More", "West", "More"]
