"""Pictures of the report of the sample study for README and the tutorial, taken in Chromium: `make screenshots`."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).parent
REPORT = FOLDER.parents[1] / "results" / "report.html"
VIEWS = {
    "overview": "view=overview",
    "evidence": "view=texts&theme=defence&unit=document:security-brief",
}
SIZE = {"width": 1100, "height": 720}
# Milliseconds within which a view has read its data and drawn itself.
DRAWN = 2000


def main() -> int:
    """Take a picture of each view; the result is 1 if there is no report or no Chromium."""
    browser = shutil.which("chromium")
    if browser is None or not REPORT.is_file():
        print(f"This needs Chromium and {REPORT}, which `make` writes.", file=sys.stderr)
        return 1
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        page = running.new_page(viewport=SIZE)
        for name, fragment in VIEWS.items():
            page.goto(f"{REPORT.as_uri()}#{fragment}")
            page.wait_for_timeout(DRAWN)
            page.screenshot(path=FOLDER / f"{name}.png")
        running.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
