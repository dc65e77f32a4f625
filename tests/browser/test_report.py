"""The report as a reader sees it: in Chromium, without a network, at desktop and at phone width."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
WIDTHS = {"desktop": 1280, "phone": 390}

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


def opened(browser: Browser, finished, width: int) -> tuple[Page, list[str]]:
    page = browser.new_page(viewport={"width": width, "height": 900})
    trouble: list[str] = []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("console", lambda message: trouble.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: trouble.append(request.url) if request.url.startswith("http") else None)
    page.goto((finished / "results" / "report.html").as_uri())
    page.wait_for_selector("#figure-heat-map svg")
    return page, trouble


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS.keys())
def test_the_page_opens_without_errors_and_asks_no_network(browser, finished, width):
    page, trouble = opened(browser, finished, width)
    page.wait_for_timeout(1500)
    assert trouble == []


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS.keys())
def test_the_page_never_scrolls_sideways(browser, finished, width):
    page, _ = opened(browser, finished, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_every_figure_with_rows_is_drawn(browser, finished):
    page, _ = opened(browser, finished, WIDTHS["desktop"])
    places = page.locator("[id^=figure-]")
    assert places.count() >= 5
    for place in places.all():
        place.locator("svg").wait_for()


def test_every_link_of_the_contents_leads_somewhere(browser, finished):
    page, _ = opened(browser, finished, WIDTHS["desktop"])
    for link in page.locator("nav a").all():
        assert page.locator(str(link.get_attribute("href"))).count() == 1


def test_links_to_tables_lead_to_files(browser, finished):
    page, _ = opened(browser, finished, WIDTHS["desktop"])
    links = {str(link.get_attribute("href")).partition("#")[0] for link in page.locator("main a").all()}
    assert "tables/theme_rates.csv" in links
    assert [link for link in links if link and not (finished / "results" / link).exists()] == []


def test_the_concordance_is_filtered_by_theme_and_word(browser, finished):
    page, _ = opened(browser, finished, WIDTHS["desktop"])
    page.select_option("#theme", "energy")
    cells = page.locator("#concordance tbody tr td:nth-child(4)").all_inner_texts()
    assert set(map(str.lower, cells)) == {"gas", "coal"}
    page.fill("#word", "Qatar")
    rows = page.locator("#concordance tbody tr").all_inner_texts()
    assert rows
    assert all("qatar" in row.lower() for row in rows)


def test_the_skipped_source_is_shown_with_its_remedy(browser, finished):
    page, _ = opened(browser, finished, WIDTHS["desktop"])
    assert "raw/scan.pdf" in page.locator("#sources").inner_text()
