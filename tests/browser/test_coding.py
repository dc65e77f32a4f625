"""The page for coding: five sentences are coded, saved and read back, and nobody is kept out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from framescope.codes.reading import read_file
from framescope.present.coding.page import coding_page

THEMES = ["defence", "defence.threat", "economy"]
SENTENCES = pd.DataFrame(
    {
        "document": "harbour",
        "paragraph": [1, 1, 1, 1, 2, 2],
        "sentence": [1, 2, 3, 4, 5, 6],
        "text": [
            "The fleet sails.",
            'Trade grows, <b>and</b> "tariffs" fall.',
            "It rained.",
            "The army buys grain.",
            "Guns are dear.",
            "Nobody threatens us.",
        ],
    }
)
SAMPLE = SENTENCES[SENTENCES["sentence"] != 3].assign(section="01", coder_1="", coder_2="", weight=1.5, round=2)
PHONE = 390


@pytest.fixture
def visit(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """A function that opens the page, by default in a browser that remembers nothing; no page may complain."""
    path = tmp_path / "coding.html"
    path.write_text(coding_page(SAMPLE, SENTENCES, THEMES, "A <harbour>"), encoding="utf-8")
    trouble: list[str] = []
    contexts: list[BrowserContext] = []

    def open_page(context: BrowserContext | None = None, width: int = 1280, **options) -> Page:
        kept = context or browser.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(kept)
        page = kept.new_page()
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("console", lambda said: trouble.append(said.text) if said.type in ("error", "warning") else None)
        page.on(
            "request", lambda asked: trouble.append(asked.url) if not asked.url.startswith(("file:", "blob:")) else None
        )
        page.goto(path.as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert trouble == []


def start(page: Page, name: str) -> None:
    page.fill("#coder", name)
    page.keyboard.press("Enter")
    page.wait_for_selector("#desk:visible")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def saved(page: Page, path: Path) -> Path:
    with page.expect_download() as download:
        page.click("#save")
    # The sample of these tests is the second one.
    assert download.value.suggested_filename == "codes_2.csv"
    assert "write codes: [codes.csv, codes_2.csv] into config.yaml" in page.inner_text("#said")
    download.value.save_as(path)
    return path


def code_all(page: Page, name: str, second: str = "2") -> None:
    """Code the five sentences of the sample by keys: defence, economy (or another), both, none, defence.threat."""
    start(page, name)
    press(page, "1", "ArrowRight", second, "ArrowRight", "1", "2", "ArrowRight", "0", "?", "ArrowRight")
    page.get_by_label("defence.threat").check()


def answers(path: Path) -> list[tuple[int | None, str, tuple[str, ...], float | None]]:
    reading = read_file(path, THEMES)
    assert reading.problems == []
    return sorted(
        (code.sentence, code.coder, theme, code.weight) for code in reading.codes for theme in code.themes or ("",)
    )


EXPECTED = [(1, "defence"), (2, "economy"), (4, "defence"), (4, "economy"), (5, ""), (6, "defence.threat")]


def test_five_sentences_coded_by_keyboard_are_saved_and_read_back(visit, tmp_path):
    page = visit()
    code_all(page, 'Zoë, "the second"')
    page.fill("#note", 'a "hard" one,\nwith a line')
    assert page.inner_text("#done").startswith("5 of 5 coded")
    path = saved(page, tmp_path / "codes.csv")
    assert answers(path) == [(number, 'Zoë, "the second"', theme, 1.5) for number, theme in EXPECTED]
    table = pd.read_csv(path, keep_default_na=False)
    assert table.loc[table["sentence"] == 5, "unsure"].tolist() == ["yes"]
    assert table.loc[table["sentence"] == 6, "note"].tolist() == ['a "hard" one,\nwith a line']


def test_a_sentence_is_shown_with_its_neighbours_and_without_what_others_said(visit):
    page = visit()
    start(page, "a")
    press(page, "ArrowRight", "ArrowRight")
    assert page.inner_text("#sentence") == "The army buys grain."
    assert page.inner_text("#before") == 'Trade grows, <b>and</b> "tariffs" fall. It rained.'
    page.click("#to-start")
    code_all(page, "b")
    page.click("#to-start")
    start(page, "c")
    assert page.locator("#themes input:checked").count() == 0
    assert page.locator("text=1.5").count() == 0


def test_work_goes_on_where_it_stopped_in_the_same_browser_and_from_a_file_in_another(visit, tmp_path):
    first = visit()
    start(first, "a")
    press(first, "1", "ArrowRight", "2")
    path = saved(first, tmp_path / "codes.csv")
    again = visit(first.context)
    start(again, "a")
    assert again.inner_text("#place").endswith("sentence 3 of 5")
    elsewhere = visit()
    elsewhere.set_input_files("#file", path)
    elsewhere.wait_for_function("() => document.getElementById('coders').textContent.includes('a: 2 of 5')")
    start(elsewhere, "a")
    assert elsewhere.inner_text("#place").endswith("sentence 3 of 5")


def test_differences_are_settled_side_by_side_and_saved_under_a_name_of_their_own(visit, tmp_path):
    page = visit()
    code_all(page, "a")
    page.click("#to-start")
    code_all(page, "b", second="0")
    page.click("#to-settle")
    assert page.locator("#list li").count() == 1
    page.click("#list button:has-text('economy')")
    assert page.locator("#list button[aria-pressed=true]").inner_text() == "economy"
    rows = answers(saved(page, tmp_path / "codes.csv"))
    assert [row for row in rows if row[1] == "adjudicated"] == [(2, "adjudicated", "economy", 1.5)]


def test_a_file_that_is_not_of_this_page_is_refused_with_what_is_expected(visit, tmp_path):
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    page = visit()
    page.set_input_files("#file", path)
    page.wait_for_function(
        "() => document.getElementById('said').textContent.includes('other.csv: expected a codes_2.csv')"
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_wrong(visit, scheme):
    page = visit(color_scheme=scheme)
    code_all(page, "a")
    page.click("#to-start")
    code_all(page, "b", second="0")
    for view in ("desk", "settle", "start"):
        if view != "desk":
            page.click(f"#to-{view}")
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        assert [(rule["id"], [node["html"][:120] for node in rule["nodes"][:3]]) for rule in found] == [], view


def test_nothing_is_wider_than_a_phone_and_touch_alone_suffices(visit, tmp_path):
    page = visit(width=PHONE, has_touch=True)
    page.fill("#coder", "a")
    page.tap("text=Start, or go on")
    page.get_by_label("economy").tap()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    page.tap("#next")
    page.tap("#to-settle")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    assert answers(saved(page, tmp_path / "codes.csv")) == [(1, "a", "economy", 1.5)]
