"""Opening the report of the tiny study in Chromium; whatever a page complains of or asks for is trouble."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

DESKTOP, TABLET, PHONE = 1280, 768, 390
VIEWS = ("overview", "sections", "texts", "time", "actors", "words", "read", "compare", "validity", "methods")


@pytest.fixture(scope="session")
def report(finished: Path) -> Path:
    return finished / "results" / "report.html"


@pytest.fixture
def opened(browser: Browser, report: Path) -> Iterator[Callable[..., Page]]:
    """A function that opens the report at a fragment; at the end nothing may have gone wrong in any of its pages."""
    trouble: list[str] = []
    pages: list[Page] = []

    def open_page(fragment: str = "", width: int = DESKTOP, **options) -> Page:
        page = browser.new_page(viewport={"width": width, "height": 900}, **options)
        pages.append(page)
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("console", lambda said: trouble.append(said.text) if said.type in ("error", "warning") else None)
        page.on(
            "request", lambda asked: trouble.append(asked.url) if not asked.url.startswith(("file:", "blob:")) else None
        )
        page.goto(f"{report.as_uri()}#{fragment}")
        settled(page)
        return page

    yield open_page
    for page in pages:
        page.close()
    assert trouble == []


def settled(page: Page) -> None:
    """Wait until the view of the address is shown with all that it reads from the data."""
    page.wait_for_selector("html[data-shown]", state="attached")
    page.wait_for_function("() => document.documentElement.dataset.shown === location.hash")


def go(page: Page, fragment: str) -> None:
    """Go to another fragment, as a link would."""
    page.evaluate("fragment => { location.hash = fragment }", fragment)
    settled(page)
