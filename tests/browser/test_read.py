"""A document as it was read: all of its words, its notes, what was left out, and what was found in it."""

from pathlib import Path

import pandas as pd
import pytest
from tests.browser.conftest import settled

from framescope.records import stored_texts


@pytest.fixture(scope="module")
def texts(report: Path):
    return {text.id: text for path in report.parent.glob("text/*.jsonl") for text in stored_texts(path)}


def test_every_paragraph_heading_and_note_of_every_document_is_shown_as_it_was_read(opened, texts):
    for name, text in texts.items():
        article = opened(f"view=read&document={name}").locator("#reader article")
        paragraphs = article.locator("p.prose, p.item, blockquote").all_text_contents()
        assert paragraphs == [each.text for section in text.sections for each in section.paragraphs]
        notes = " ".join(article.locator(".notes").all_text_contents())
        assert all(note.text in notes for note in text.notes)
        assert [title for section in text.sections if (title := section.title)] == [
            said for said in article.locator("h4").all_text_contents() if said != "Before the first heading"
        ]


def test_counted_hits_are_marked_and_a_switch_takes_the_marks_away(opened, report):
    hits = pd.read_csv(report.parent / "tables" / "hits.csv", keep_default_na=False)
    page = opened("view=read&document=harbour")
    marks = page.locator("#reader article mark.theme")
    assert sorted(marks.all_text_contents()) == sorted(hits.query("document == 'harbour' and counted")["text"])
    page.get_by_role("checkbox", name="Themes").uncheck()
    settled(page)
    assert marks.count() == 0
    assert page.locator("#reader article mark.date").count() > 0


def test_keys_go_from_hit_to_hit_and_back(opened):
    page = opened("view=read&document=harbour&sentence=3")
    first = page.locator(".sentence.here").get_attribute("id")
    page.keyboard.press("n")
    second = page.locator(".sentence.here").get_attribute("id")
    assert second != first
    assert page.locator(".sentence.here mark.theme").count() > 0
    page.keyboard.press("n")
    page.keyboard.press("p")
    assert page.locator(".sentence.here").get_attribute("id") == second


def test_two_documents_stand_beside_one_another_and_below_one_another_on_a_phone(opened):
    page = opened("view=read&document=harbour&beside=letter")
    left, right = (article.bounding_box() for article in page.locator("#reader article").all())
    assert left["x"] + left["width"] <= right["x"]
    page.set_viewport_size({"width": 390, "height": 800})
    upper, lower = (article.bounding_box() for article in page.locator("#reader article").all())
    assert upper["y"] + upper["height"] <= lower["y"]


def test_a_note_opens_where_it_is_cited_and_closes_with_the_keyboard_alone(opened, texts):
    [[name, text]] = [
        (name, text) for name, text in texts.items() if any(p.calls for s in text.sections for p in s.paragraphs)
    ][:1]
    calls = [call for section in text.sections for paragraph in section.paragraphs for call in paragraph.calls]
    page = opened(f"view=read&document={name}")
    links = page.locator("#reader a.call")
    numbers = [link.get_attribute("data-number") for link in links.all()]
    assert numbers == [text.notes[call.note].number for call in calls]
    links.first.focus()
    page.keyboard.press("Enter")
    settled(page)
    assert text.notes[calls[0].note].text in page.locator("#reader aside.note").inner_text()
    assert page.evaluate("document.activeElement.className") == "note"
    assert links.first.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    settled(page)
    assert page.locator("#reader aside.note").count() == 0
    assert page.evaluate("document.activeElement.className") == "call"


def test_notes_are_not_cited_while_they_are_switched_off(opened, texts):
    [name, *_] = [name for name, text in texts.items() if any(p.calls for s in text.sections for p in s.paragraphs)]
    assert opened(f"view=read&document={name}&hidden=notes").locator("#reader a.call").count() == 0


def test_a_bar_beside_each_section_says_how_many_hits_of_each_theme_it_has(opened):
    page = opened("view=read&document=harbour")
    assert "defence" in str(page.locator(".sectionbar svg").first.get_attribute("aria-label"))
