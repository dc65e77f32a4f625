"""Every view: that it opens, at which widths, in light and dark, in print, and for readers who do not see it."""

import csv
import html
import io
import re
import struct
from pathlib import Path
from xml.etree import ElementTree

import pytest
from axe_playwright_python.sync_playwright import Axe
from pypdfium2 import PdfDocument
from tests.browser.conftest import DESKTOP, PHONE, TABLET, VIEWS

STATES = [
    *VIEWS,
    "sections&theme=defence&unit=document:harbour",
    "words&search=the+fleet",
    "read&document=harbour&sentence=3",
]


def test_the_navigation_has_a_link_to_every_view_and_each_shows_that_view_alone(opened):
    page = opened()
    links = page.locator("nav[aria-label=Views] a")
    assert [str(link.get_attribute("href")) for link in links.all()] == [f"#view={view}" for view in VIEWS]
    for view, link in zip(VIEWS, links.all(), strict=True):
        link.click()
        page.wait_for_selector(f"#view-{view}.shown")
        assert page.locator("section.view:visible").count() == 1
        assert link.get_attribute("aria-current") == "page"


@pytest.mark.parametrize("width", [DESKTOP, TABLET, PHONE])
def test_no_view_scrolls_sideways(opened, width):
    widths = {
        state: opened(f"view={state}", width).evaluate("document.documentElement.scrollWidth") for state in STATES
    }
    assert {state: wide for state, wide in widths.items() if wide > width} == {}


def test_at_a_phone_s_width_every_number_can_be_brought_into_sight(opened):
    page = opened("view=sections", PHONE)
    for cell in page.locator("#section-rates tbody td").all():
        cell.scroll_into_view_if_needed()
        box = cell.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE + 1


# In the dark only colours differ.
@pytest.mark.parametrize(("scheme", "rules"), [("light", None), ("dark", {"runOnly": ["color-contrast"]})])
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_wrong_with_a_view(opened, state, scheme, rules):
    page = opened(f"view={state}", color_scheme=scheme)
    found = Axe().run(page, options=rules or {"resultTypes": ["violations"]}).response["violations"]
    assert [(rule["id"], [node["html"][:120] for node in rule["nodes"][:3]]) for rule in found] == []


def test_dark_pages_have_light_letters_on_a_dark_ground(opened):
    page = opened(color_scheme="dark")
    ground, letters = (
        sum(map(int, re.findall(r"\d+", page.evaluate(f"getComputedStyle(document.body).{of}"))[:3]))
        for of in ("backgroundColor", "color")
    )
    assert ground < 150 < 500 < letters


def test_print_has_every_view_but_those_that_need_scripts_and_nothing_folded(opened, tmp_path):
    page = opened("view=words")
    page.emulate_media(media="print")
    shown = [str(view.get_attribute("id")) for view in page.locator("section.view:visible").all()]
    assert shown == [f"view-{view}" for view in VIEWS if view not in ("read", "compare")]
    assert page.locator("details").count() == 0
    assert page.locator("nav:visible, .tools:visible, select:visible, button:visible:not(thead button)").count() == 0
    cut = page.evaluate(
        "[...document.querySelectorAll('.scroll')].filter(e => getComputedStyle(e).overflowX !== 'visible').length"
    )
    assert cut == 0
    page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    assert (tmp_path / "page.pdf").stat().st_size > 20_000


def test_each_printed_page_of_a_table_has_its_head(opened, tmp_path):
    page = opened("view=sections")
    longer = """body => {
        body.rows[0].cells[0].textContent = "the repeated row";
        while (body.rows.length < 40) body.append(body.rows[0].cloneNode(true));
    }"""
    page.locator("#section-rates tbody").evaluate(longer)
    page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    printed = [each.get_textpage().get_text_range() for each in PdfDocument(tmp_path / "page.pdf")]
    pages = [text for text in printed if "the repeated row" in text]
    assert len(pages) > 1
    assert all(re.search(r"Section\s+Words", text) for text in pages)


def test_no_long_name_of_a_theme_is_broken_within_a_word_in_print(opened):
    page = opened("view=sections")
    page.emulate_media(media="print")
    lines = """table => {
        table.classList.add("upright");
        const name = table.querySelector("th.theme button"), all = document.createRange();
        name.textContent = "agriculture infrastructure";
        table.style.width = "10mm";
        all.selectNodeContents(name);
        return all.getClientRects().length;
    }"""
    assert page.locator("#section-rates").evaluate(lines) == 1


def test_without_scripts_the_page_is_a_paper_with_every_finding_figure_and_table(browser, report):
    page = browser.new_page(java_script_enabled=False)
    page.goto(report.as_uri())
    text = page.locator("main").inner_text()
    for said in (
        "What differs",
        "Trade has about",
        "What was tested",
        "How to cite",
        "Years the texts talk about",
    ):
        assert said in text
    assert page.locator("figure.drawing svg").count() == page.locator("figure.drawing").count() >= 5
    assert page.locator("section.view:visible").count() == len(VIEWS) - 2
    page.close()


def test_every_drawing_names_itself_and_what_its_marks_say(opened):
    page = opened("view=sections")
    drawings = page.locator("figure.drawing svg.marks")
    assert all(drawing.get_attribute("aria-label") for drawing in drawings.all())
    assert page.locator("figure#rates svg a[aria-label*=defence]").count() >= 2


def test_every_mark_of_a_figure_is_reached_with_the_keyboard_and_opens_its_sentences(opened):
    page = opened("view=sections")
    marks = page.locator("figure#rates svg a")
    assert [mark.get_attribute("tabindex") for mark in marks.all()].count("0") == 1
    marks.first.focus()
    page.keyboard.press("ArrowRight")
    said = str(page.evaluate("document.activeElement.getAttribute('aria-label')"))
    page.keyboard.press("Enter")
    page.wait_for_selector("#evidence:not([hidden])")
    assert said.split(" in ")[0] in page.locator("#evidence-heading").inner_text()


def test_a_choice_draws_a_figure_anew_and_the_link_of_its_table_stays(opened):
    page = opened("view=sections")
    before = page.locator("#rates svg.marks").text_content()
    page.select_option("#rates select", index=1)
    page.wait_for_function("before => document.querySelector('#rates svg.marks').textContent !== before", arg=before)
    assert page.locator("#rates figcaption a[href='tables/theme_rates.csv']").count() == 1


def test_links_to_files_lead_to_files(opened, report):
    page = opened()
    links = {
        link.partition("#")[0]
        for link in page.eval_on_selector_all("a[href]", "all => all.map(a => a.getAttribute('href'))")
    }
    assert "tables/theme_rates.csv" in links
    assert [link for link in links if link and not (report.parent / link).exists()] == []


def test_the_policy_of_the_page_names_its_script_and_its_style_and_no_other_source(report):
    page = report.read_text(encoding="utf-8")
    policy = html.unescape(re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)[1])
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    none = {name for name, sources in rules.items() if sources == "'none'"}
    assert none == {"default-src", "base-uri", "form-action"}
    assert [source.partition("-")[0] for source in rules["script-src"].split()] == ["'sha256"]
    assert [source.partition("-")[0] for source in rules["style-src"].split()] == ["'sha256"]
    assert page.index("Content-Security-Policy") < page.index("<title>") < page.index("<style>")


PLANTED = """<script>window.stolen = "script"</script><img src="x:" onerror="window.stolen = 'handler'">
<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" onload="window.stolen = 'picture'">
<svg onload="window.stolen = 'drawing'"></svg><iframe srcdoc="<script>parent.stolen = 'frame'</script>"></iframe>
<p id="styled" style="color: rgb(1, 2, 3)">x</p><base href="http://127.0.0.1:9/">"""


def test_a_script_that_got_into_the_page_is_not_run(browser, report, tmp_path):
    planted = report.read_text(encoding="utf-8").replace('<main id="main" tabindex="-1">', f"<main>{PLANTED}")
    assert PLANTED in planted
    (tmp_path / "report.html").write_text(planted, encoding="utf-8")
    page = browser.new_page()
    page.goto((tmp_path / "report.html").as_uri())
    page.wait_for_selector("html[data-shown]", state="attached")
    page.wait_for_timeout(300)
    assert page.evaluate("() => window.stolen || 'nothing'") == "nothing"
    assert page.evaluate("getComputedStyle(document.getElementById('styled')).color") != "rgb(1, 2, 3)"
    assert page.evaluate("document.baseURI").startswith("file:")
    free = planted.replace('http-equiv="Content-Security-Policy"', 'name="nothing"')
    (tmp_path / "free.html").write_text(free, encoding="utf-8")
    page.goto((tmp_path / "free.html").as_uri())
    page.wait_for_timeout(300)
    assert page.evaluate("() => window.stolen || 'nothing'") != "nothing", "the plant would do no harm anywhere"
    page.close()


def test_a_figure_is_written_as_csv_svg_and_png_of_what_is_shown(opened):
    page = opened("view=sections")
    figure = page.locator("figure#contrasts")
    figure.get_by_role("button", name="Table of what is shown").click()
    page.wait_for_selector("#contrasts .values tbody tr")
    files = {}
    for name in ("CSV", "SVG", "PNG"):
        with page.expect_download() as waiting:
            figure.get_by_role("button", name=name, exact=True).click()
        assert waiting.value.suggested_filename == f"contrasts.{name.lower()}"
        files[name] = Path(waiting.value.path()).read_bytes()
    rows = list(csv.reader(io.StringIO(files["CSV"].decode())))
    heads, *shown = (row.locator("th, td").all_inner_texts() for row in figure.locator(".values tr").all())
    assert rows[0] == heads
    assert [row[0] for row in rows[1:]] == [row[0] for row in shown]
    drawing = ElementTree.fromstring(files["SVG"])
    assert "".join(drawing.itertext()).startswith(figure.locator("h3").inner_text()[:20])
    assert drawing.findall(".//{http://www.w3.org/2000/svg}a") == []
    assert files["PNG"].startswith(b"\x89PNG")
    wide, high = struct.unpack(">II", files["PNG"][16:24])
    assert [wide, high] == [int(2 * float(drawing.get(side))) for side in ("width", "height")]


def test_an_address_of_a_row_of_a_table_marks_the_row(opened):
    page = opened("view=validity&row=text_accounting:1")
    assert page.evaluate("document.activeElement.dataset.row") == "1"
    assert page.locator("tr.here").count() == 1
    assert page.locator("tr.here").get_attribute("data-row") == "1"
