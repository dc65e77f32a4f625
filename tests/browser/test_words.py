"""The concordance finds what is in sentences.csv, by words, patterns and regular expressions, and says where."""

import csv
import io
import re
from pathlib import Path

import pandas as pd
import pytest
from tests.browser.conftest import go, settled


@pytest.fixture(scope="module")
def sentences(report: Path) -> pd.DataFrame:
    return pd.read_csv(report.parent / "tables" / "sentences.csv", keep_default_na=False)


def found(page) -> list[str]:
    return page.locator("table.lines td.hit").all_inner_texts()


@pytest.mark.parametrize(
    ("asked", "pattern"),
    [
        ("search=fleet", r"\bfleet\b"),
        ("search=fleet*", r"\bfleet\w*"),
        ("search=the+fleet", r"\bthe fleet\b"),
        ("search=%3Fleet", r"\b\wleet\b"),
        ("search=fleet&forms=all", r"\bfleet(s|es|ed|ing)?\b"),
        ("search=(arm|nav)y&mode=regular", r"(arm|nav)y"),
    ],
)
def test_a_search_finds_every_place_in_the_sentences(opened, sentences, asked, pattern):
    page = opened(f"view=words&{asked}")
    expected = [hit[0] for text in sentences["text"] for hit in re.finditer(pattern, text, flags=re.IGNORECASE)]
    assert expected
    assert found(page) == expected
    assert page.locator("#found").inner_text().startswith(f"{len(expected)} found")


def test_a_search_is_typed_and_the_address_keeps_it(opened):
    page = opened("view=words")
    page.fill("#search", "exports")
    page.wait_for_selector("table.lines mark")
    assert "search=exports" in page.evaluate("location.hash")
    assert page.evaluate("document.activeElement.id") == "search"


def test_lines_are_kept_by_theme_and_by_unit(opened, sentences):
    page = opened("view=words&search=the&within=document:letter")
    expected = sentences.query("document == 'letter'")["text"].str.findall(r"(?i)\bthe\b").explode().dropna()
    assert len(found(page)) == len(expected) > 0
    go(page, "#view=words&search=the&theme=energy")
    rows = page.locator("table.lines tbody tr").all_inner_texts()
    assert rows
    assert all(re.search("gas|coal", row) for row in rows)


def test_lines_are_sorted_by_what_follows_and_by_what_comes_before(opened):
    page = opened("view=words&search=fleet*&order=right")
    after = [text.strip().lower() for text in page.locator("table.lines td:nth-child(3)").all_inner_texts()]
    assert after == sorted(after, key=lambda text: re.sub(r"[^\w ]", "", text))
    go(page, "#view=words&search=fleet*&order=left")
    before = [
        text.split()[-1].lower() if text.strip() else ""
        for text in page.locator("table.lines td.left").all_inner_texts()
    ]
    assert before == sorted(before)


def test_what_stands_around_the_words_found_is_cut_between_words(opened, sentences):
    page = opened("view=words&search=the")
    known = {word for text in sentences["text"] for word in text.split()}
    around = page.locator("table.lines td.left, table.lines td:nth-child(3)").all_text_contents()
    cut = [text for text in around if "…" in text]
    assert cut
    for text in cut:
        # The words next to those found may have lost what is joined to them, such as a quotation mark.
        words = text.replace("…", "").split()
        assert (words[0] if text.startswith("…") else words[-1]) in known


def test_a_wrong_regular_expression_is_named_and_nothing_breaks(opened):
    page = opened("view=words&search=(&mode=regular")
    assert "no regular expression" in page.locator("[role=alert]").inner_text()


def test_collocates_are_counted_within_five_words(opened, sentences):
    page = opened("view=words&search=fleet*")
    together = 0
    for text in sentences["text"]:
        words = re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", text.lower())
        for place, word in enumerate(words):
            if word.startswith("fleet"):
                around = words[max(0, place - 5) : place] + words[place + 1 : place + 6]
                together += around.count("the")
    row = page.locator("#collocates tr", has=page.get_by_role("link", name="the", exact=True))
    assert row.locator("td.n").first.inner_text() == str(together)


def test_a_keyword_opens_its_sentences(opened):
    page = opened("view=words")
    link = page.locator("#keywords a").first
    if not page.locator("#keywords a").count():
        pytest.skip("the tiny study has no keywords")
    term = link.inner_text()
    link.click()
    page.wait_for_selector("table.lines mark")
    assert term[:4].lower() in found(page)[0].lower()


def test_what_is_shown_is_written_as_csv(opened):
    page = opened("view=words&search=fleet*")
    with page.expect_download() as waiting:
        page.locator("#found button").click()
    rows = list(csv.reader(io.StringIO(Path(waiting.value.path()).read_text("utf-8"))))
    assert rows[0] == ["document", "section", "before", "found", "after"]
    assert [row[3] for row in rows[1:]] == found(page)


def test_a_line_leads_to_its_place_in_the_text(opened):
    page = opened("view=words&search=Moscow")
    page.locator("table.lines td.where a").first.click()
    page.wait_for_selector("#view-read.shown .sentence.here")
    settled(page)
    assert "Moscow" in page.locator(".sentence.here").inner_text()
