"""A study with codes, a doubtful file and a story: agreement, corrected shares and doubts are those of the tables."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from tests.browser.conftest import PHONE, settled
from tests.conftest import finish

COUNTS = ("coded", "coded_with_theme", "lexicon_with_theme")
STORY = """# What two texts say

They speak of the same harbour.

## [Trade comes first](#view=sections&theme=economy&unit=document:harbour)

It has most words.

## [A way that is lost](#view=sectoins)

Here the view stays.

## [How sure is it?](#view=validity)
"""


@pytest.fixture(scope="module")
def report(finished: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the tiny study with two coders, of whom one sees less, and with a story."""
    study = tmp_path_factory.mktemp("coded") / "study"
    shutil.copytree(finished, study, copy_function=shutil.copy2)
    tables = study / "results" / "tables"
    sentences, hits = (pd.read_csv(tables / f"{name}.csv", keep_default_na=False) for name in ("sentences", "hits"))
    hits = hits[hits["counted"].astype(str) == "True"]
    themes = hits.groupby(["document", "sentence"])["theme"].agg(lambda found: "; ".join(sorted(set(found))))
    codes = sentences[["document", "sentence", "text"]].join(themes.rename("coder_1"), on=["document", "sentence"])
    codes = codes.fillna({"coder_1": "none"})
    codes["coder_2"] = codes["coder_1"].where(codes.index % 5 > 0, "none")
    codes.to_csv(study / "codes.csv", index=False)
    (study / "raw" / "memo.md").write_bytes(b"# Memo\r\n\r\nThe navy asks for caf\xe9s and for coal.\r\n")
    (study / "story.md").write_text(STORY, encoding="utf-8")
    with (study / "config.yaml").open("a", encoding="utf-8") as config:
        config.write("codes: codes.csv\n")
    said = finish(study)
    assert "story.md, line 9: expected the name of a view, found view=sectoins. The nearest is sections." in said
    return study / "results" / "report.html"


def rows_of(page: Page, table: str) -> list[list[str]]:
    rows = page.locator(f"#{table} tbody tr").all()
    return [[cell.split("\n")[0] for cell in row.locator("th, td").all_inner_texts()] for row in rows]


def test_agreement_by_theme_is_that_of_the_table(opened, report):
    table = pd.read_csv(report.parent / "tables" / "validation.csv", keep_default_na=False)
    shown = rows_of(opened("view=validity"), "agreement")
    assert len(shown) == len(table) > 0
    for said, (_, row) in zip(shown, table.iterrows(), strict=True):
        assert said[:4] == [row["theme"].replace("_", " ").replace(".", ": "), *(str(row[c]) for c in COUNTS)]
        expected = [row[name] for name in ("precision", "recall", "f1", "kappa_lexicon", "alpha_coders")]
        assert [float(cell or "nan") for cell in said[4:]] == pytest.approx(
            [float(value or "nan") for value in expected], abs=0.006, nan_ok=True
        )


def test_corrected_shares_stand_beside_the_lexicon_s_share_which_opens_its_sentences(opened, report):
    table = pd.read_csv(report.parent / "tables" / "corrected_shares.csv", keep_default_na=False)
    page = opened("view=validity")
    shown = rows_of(page, "corrected")
    for said, (_, row) in zip(shown, table.iterrows(), strict=True):
        for cell, column in zip(said[3:6], ("share_sentences", "share_corrected", "share_estimated"), strict=True):
            value = row[column]
            assert cell == "" if value == "" else float(cell) == pytest.approx(100 * float(value), abs=0.06)
    link = page.locator("#corrected a.cell").first
    link.click()
    settled(page)
    assert page.locator("#evidence #counted li").count() > 0


def test_a_warning_leads_to_the_text_that_it_is_about(opened):
    page = opened("view=validity")
    link = page.locator("#warned a").first
    name = link.inner_text()
    link.click()
    settled(page)
    assert page.locator("#reader article h3").inner_text() == name


def test_words_by_kind_are_all_words_of_the_table(opened, report):
    table = pd.read_csv(report.parent / "tables" / "text_accounting.csv")
    shown = {row[0]: int(row[2].replace(",", "")) for row in rows_of(opened("view=validity"), "kinds")}
    expected = table.groupby("kind")["words"].sum()
    assert shown == expected[expected > 0].to_dict()


def test_headings_of_the_story_lead_to_views_beside_which_the_story_goes_on(opened):
    page = opened("view=story")
    assert page.locator("#view-story h3 a").all_inner_texts() == ["Trade comes first", "How sure is it?"]
    assert "line 9" in page.locator(".problems").inner_text()
    page.get_by_role("link", name="Trade comes first").click()
    settled(page)
    assert "economy" in page.locator("#evidence-heading").inner_text()
    assert "It has most words." in page.locator("#chapter").inner_text()
    page.keyboard.press("Escape")
    settled(page)
    page.locator("#chapter").get_by_role("link", name="Next").click()
    settled(page)
    assert page.locator("#view-validity.shown #agreement").count() == 1
    assert page.locator("#chapter a").all_inner_texts() == ["Previous", "The whole story"]
    page.get_by_role("navigation", name="Views").get_by_role("link", name="Texts and groups").click()
    settled(page)
    assert page.locator("#chapter").is_hidden()


@pytest.mark.parametrize("state", ["story", "validity", "validity&story=1"])
def test_nothing_is_wrong_for_screen_readers_and_nothing_scrolls_sideways_on_a_phone(opened, state):
    found = Axe().run(opened(f"view={state}"), options={"resultTypes": ["violations"]}).response["violations"]
    assert [(rule["id"], [node["html"][:120] for node in rule["nodes"][:3]]) for rule in found] == []
    assert opened(f"view={state}", PHONE).evaluate("document.documentElement.scrollWidth") <= PHONE
