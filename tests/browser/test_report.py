"""The report as a reader sees it: in Chromium, without a network, at desktop and at phone width."""

import html
import re
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
    page.on("console", lambda message: trouble.append(message.text) if message.type in ("error", "warning") else None)
    page.on("request", lambda request: trouble.append(request.url) if request.url.startswith("http") else None)
    page.goto((finished / "results" / "report.html").as_uri())
    page.wait_for_selector("#figure-heat-map svg")
    return page, trouble


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS.keys())
def test_the_page_opens_without_errors_or_warnings_and_asks_no_network(browser, finished, width):
    page, trouble = opened(browser, finished, width)
    page.wait_for_timeout(1500)
    assert trouble == []


def test_the_policy_of_the_page_names_its_two_scripts_and_no_other_source(finished):
    page = (finished / "results" / "report.html").read_text(encoding="utf-8")
    policy = html.unescape(re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)[1])
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert {name for name, sources in rules.items() if sources == "'none'"} == {
        "default-src",
        "base-uri",
        "form-action",
    }
    assert [s.partition("-")[0] for s in rules["script-src"].split()] == ["'sha256"] * 2
    assert [s.partition("-")[0] for s in rules["style-src"].split()] == ["'sha256"]
    assert (
        page.index("Content-Security-Policy") < page.index("<title>") < page.index("<style>") < page.index("<script>")
    )


PLANTED = """<script>window.stolen = "script"</script><img src="x:" onerror="window.stolen = 'handler'">
<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" onload="window.stolen = 'picture'">
<svg onload="window.stolen = 'drawing'"></svg><iframe srcdoc="<script>parent.stolen = 'frame'</script>"></iframe>
<p id="styled" style="color: rgb(1, 2, 3)">x</p><base href="http://127.0.0.1:9/">"""


def test_a_script_that_got_into_the_page_is_not_run(browser, finished, tmp_path):
    planted = (finished / "results" / "report.html").read_text(encoding="utf-8").replace("<main>", f"<main>{PLANTED}")
    (tmp_path / "report.html").write_text(planted, encoding="utf-8")
    page = browser.new_page()
    page.goto((tmp_path / "report.html").as_uri())
    page.wait_for_selector("#figure-heat-map svg")
    page.wait_for_timeout(500)
    assert page.evaluate("() => window.stolen || 'nothing'") == "nothing"
    assert page.evaluate("getComputedStyle(document.getElementById('styled')).color") != "rgb(1, 2, 3)"
    assert page.evaluate("document.baseURI").startswith("file:")
    free = planted.replace('http-equiv="Content-Security-Policy"', 'name="nothing"')
    (tmp_path / "free.html").write_text(free, encoding="utf-8")
    page.goto((tmp_path / "free.html").as_uri())
    page.wait_for_timeout(500)
    assert page.evaluate("() => window.stolen || 'nothing'") != "nothing", "the plant would do no harm anywhere"


def test_a_figure_tells_its_numbers_where_the_pointer_is(browser, finished):
    page, trouble = opened(browser, finished, WIDTHS["desktop"])
    page.locator("#figure-heat-map svg .mark-text text").first.hover()
    told = page.locator("#vg-tooltip-element")
    told.wait_for(state="visible")
    assert "defence" in told.inner_text() or "economy" in told.inner_text()
    assert trouble == []


def test_every_choice_in_a_figure_draws_it_anew_without_a_word_on_the_console(browser, finished):
    page, trouble = opened(browser, finished, WIDTHS["desktop"])
    choices = page.locator("figure select")
    assert choices.count() >= 3
    for place in range(choices.count()):
        for option in choices.nth(place).locator("option").all_text_contents():
            choices.nth(place).select_option(option)
            page.wait_for_timeout(100)
    shown = page.locator("#figure-rates svg").text_content()
    page.locator("#figure-rates select").select_option("harbour")
    page.wait_for_timeout(300)
    assert page.locator("#figure-rates svg").text_content() != shown
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
