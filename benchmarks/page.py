"""Measure the pages of studies in Chromium: python benchmarks/page.py STUDY...

For each study that has been run: the size of its page; the time until the page answers, with the processor slowed to a
quarter; and the memory of the tab after the first screen, after a search of all words, and after reading a text. The
time is the median of `OPENINGS` openings, as elapsed time and as time of the processor, because other programs affect
the latter less. The memory is that of the process of the tab which it shares with no other process.
"""

from __future__ import annotations

import platform
import shutil
import sys
from pathlib import Path
from statistics import median

import psutil
from playwright.sync_api import Browser, Page, sync_playwright

OPENINGS = 5
SLOWED = 4
MEGABYTE = 1_000_000
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
# What is done in the page, one after another, before its memory is measured again.
VIEWS = ("view=overview", "view=words&search=the&order=right", "view=read", "view=compare")
SHOWN = "() => document.documentElement.dataset.shown === location.hash"


def wait(page: Page) -> None:
    """Wait until the view of the address is shown."""
    page.wait_for_function(SHOWN, timeout=120_000)


def opening(browser: Browser, address: str) -> tuple[float, float]:
    """Seconds until the page answers: on the clock with a slowed processor, and of the processor times its slowing."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    page.goto(address)
    wait(page)
    clock = page.evaluate("performance.getEntriesByName('shown')[0].startTime") / 1000
    page.close()
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(address)
    wait(page)
    metrics = {metric["name"]: metric["value"] for metric in session.send("Performance.getMetrics")["metrics"]}
    page.close()
    return clock, SLOWED * metrics["TaskDuration"]


def tab_megabytes(browser: Browser) -> float:
    """The memory of the process of the only tab that no other process shares."""
    session = browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    tabs = [psutil.Process(process["id"]) for process in processes if process["type"] == "renderer"]
    return max(tab.memory_full_info().uss for tab in tabs) / MEGABYTE


def memory(browser: Browser, address: str) -> list[float]:
    """The memory of the tab after each of `VIEWS`."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    taken = []
    page.goto(address)
    for view in VIEWS:
        page.evaluate("fragment => { location.hash = fragment }", view)
        wait(page)
        taken.append(tab_megabytes(browser))
    page.close()
    return taken


def main() -> None:
    """Print a table with a row for each study."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    print(f"{platform.machine()}, {psutil.cpu_count()} processors, load {psutil.getloadavg()[0]:.1f}\n")
    print("| study | MB | s on the clock | s of the processor | " + " | ".join(f"tab MB, {v}" for v in VIEWS) + " |")
    print("| --- " * (4 + len(VIEWS)) + "|")
    with sync_playwright() as playwright:
        for study in map(Path, sys.argv[1:]):
            report = (study / "results" / "report.html").resolve()
            # A browser for each study, so that no tab is left over from another.
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            times = [opening(browser, report.as_uri()) for _ in range(OPENINGS)]
            clock, processor = (median(column) for column in zip(*times, strict=True))
            used = " | ".join(f"{number:.0f}" for number in memory(browser, report.as_uri()))
            size = report.stat().st_size / MEGABYTE
            print(f"| {study.name} | {size:.2f} | {clock:.2f} | {processor:.2f} | {used} |")
            browser.close()


if __name__ == "__main__":
    main()
