"""The sentences behind a number are those of hits.csv, counted and set aside, and of entities.csv for an actor."""

import re
from pathlib import Path
from urllib.parse import parse_qs

import pandas as pd
import pytest
from playwright.sync_api import Page
from tests.browser.conftest import go, settled


@pytest.fixture(scope="module")
def tables(report: Path) -> dict[str, pd.DataFrame]:
    names = ("hits", "sentences", "entities", "sections", "documents", "timeline")
    return {name: pd.read_csv(report.parent / "tables" / f"{name}.csv", keep_default_na=False) for name in names}


def shown(page: Page, part: str) -> list[tuple[str, str, str]]:
    """The entries of a part of the evidence: the sentence, its marked words in order, and the reason."""
    entries = page.locator(f"#evidence #{part} li")
    return sorted(
        (
            entry.locator(".text").inner_text(),
            " | ".join(entry.locator("mark").all_inner_texts()),
            " ".join(entry.locator(".reason").all_inner_texts()).removeprefix("Set aside: "),
        )
        for entry in entries.all()
    )


def expected(tables: dict[str, pd.DataFrame], theme: str, unit: str, counted: bool) -> list[tuple[str, str, str]]:
    """The same from the tables."""
    hits = tables["hits"].merge(tables["sections"][["document", "section", "role"]], on=["document", "section"])
    hits = hits.merge(tables["documents"][["document", "group"]], on="document")
    hits = hits.merge(tables["sentences"][["document", "sentence", "text"]].rename(columns={"text": "said"}))
    kind, _, name = unit.partition(":")
    place = hits["document"] + "/" + hits["section"] if kind == "section" else hits[kind]
    hits = hits[(place == name) & (hits["counted"] == counted)]
    hits = hits[(hits["theme"] == theme) | hits["theme"].str.startswith(f"{theme}.")]
    found = []
    for (_, _, reason), rows in hits.groupby(["document", "sentence", "set_aside"]):
        found.append((rows["said"].iloc[0], " | ".join(rows.sort_values("start")["text"]), reason))
    return sorted(found)


def test_every_cell_of_the_tables_of_rates_opens_the_sentences_of_hits_csv(opened, tables):
    page = opened("view=sections")
    links = page.eval_on_selector_all("table.rates a.cell", "all => all.map(a => a.getAttribute('href'))")
    asked = {(query["theme"][0], query["unit"][0]) for query in (parse_qs(link[1:]) for link in links)}
    assert len({unit.partition(":")[0] for _, unit in asked}) == 4
    aside = 0
    for theme, unit in sorted(asked):
        go(page, f"#view=sections&theme={theme}&unit={unit}")
        assert shown(page, "counted") == expected(tables, theme, unit, counted=True), (theme, unit)
        assert shown(page, "set-aside") == expected(tables, theme, unit, counted=False), (theme, unit)
        aside += len(expected(tables, theme, unit, counted=False))
    assert aside > 0


def test_the_number_of_hits_stands_above_the_sentences(opened, tables):
    page = opened("view=sections&theme=defence&unit=document:harbour")
    hits = tables["hits"].query("document == 'harbour' and counted")["theme"].str.startswith("defence").sum()
    assert f"Counted: {hits} hits in" in page.locator("#counted h3").inner_text()


def test_an_actor_opens_the_sentences_that_name_it(opened, tables):
    page = opened("view=actors")
    page.locator("#actors tr", has_text="Pakistan").first.locator("a.cell").click()
    settled(page)
    named = tables["entities"].query("actor == 'Pakistan'")[["document", "sentence"]].drop_duplicates()
    told = named.merge(tables["sentences"], on=["document", "sentence"])["text"]
    assert sorted(text for part in ("counted", "set-aside") for text, _, _ in shown(page, part)) == sorted(told)


def test_the_evidence_is_closed_with_the_escape_key_and_the_reader_is_where_they_were(opened):
    page = opened("view=sections")
    page.locator("#section-rates a.cell").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#evidence:not([hidden])")
    assert page.evaluate("document.activeElement.id") == "evidence"
    page.keyboard.press("Escape")
    page.wait_for_selector("#evidence", state="hidden")
    assert page.evaluate("document.activeElement.className") == "cell"


def test_a_sentence_of_the_evidence_leads_to_its_place_in_the_text(opened):
    page = opened("view=sections&theme=defence&unit=section:harbour/01-introduction")
    entry = page.locator("#counted li").nth(2)
    text = entry.locator(".text").inner_text()
    entry.locator("a.place").click()
    page.wait_for_selector("#view-read.shown .sentence.here")
    assert page.locator(".sentence.here").inner_text() == text


def test_arrow_keys_walk_through_the_numbers_of_a_table(opened):
    page = opened("view=sections")
    cells = page.locator("#section-rates a.cell")
    assert [cell.get_attribute("tabindex") for cell in cells.all()].count("0") == 1
    cells.first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    place = page.evaluate(
        "[document.activeElement.closest('tr').rowIndex, document.activeElement.closest('td').cellIndex]"
    )
    assert place == [2, 3]


def test_a_bar_of_years_opens_just_the_dates_that_it_counts(opened, tables):
    page = opened("view=time")
    timeline = tables["timeline"].astype({"period": str})
    addresses = page.locator("#timeline svg a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    wrong, lengths = [], set()
    for address in addresses:
        asked = {key: value for key, [value] in parse_qs(address[1:]).items()}
        least, _, most = asked.get("covers", "1/1000").partition("/")
        rows = timeline[(timeline["period"] == asked["mentioned"]) & (timeline["series"] == asked["dates"])]
        rows = rows[(rows["theme"] == asked.get("theme", "all")) & rows["years"].between(int(least), int(most or 1000))]
        go(page, address)
        told = page.locator("#counted h3").inner_text()
        lengths.add(asked.get("covers"))
        if told.split(": ")[1].split()[0] != str(rows["mentions"].sum()):
            wrong.append((address, told, rows["mentions"].sum()))
    assert wrong == []
    assert len(lengths) > 1


def test_marks_of_every_figure_open_sentences_unless_they_say_none(opened):
    page = opened("view=sections")
    empty: list[str] = []
    kinds = set()
    for figure in page.locator("figure.drawing").all():
        marks = figure.locator("svg a").evaluate_all(
            "all => all.map(a => [a.getAttribute('href'), a.getAttribute('aria-label')])"
        )
        for address, said in [*marks[:2], *marks[-2:]]:
            query = parse_qs(address[1:])
            if query["view"] == ["compare"]:
                continue
            kinds |= set(query) - {"view", "unit"}
            go(page, address)
            none = re.search(r": 0(\.0)? (hits|of)", said)
            if not none and page.locator("#evidence li").count() == 0:
                empty.append(f"{said}: {address}")
    assert empty == []
    assert {"theme", "actor", "partner", "mentioned", "dates", "word"} <= kinds
