from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from framescope.present.page import columns, reading
from framescope.present.page.columns import data_block
from framescope.present.page.reading import report_tables
from framescope.present.page.story import names_of
from framescope.table_schemas import table_schemas
from framescope.tables import conform, write_table

DOCUMENTS, THEMES = [f"d{n}" for n in range(4)], ["economy", "defence"]


@pytest.fixture
def paths(tmp_path: Path) -> dict[str, Path]:
    """The tables of four texts with two sections each and two themes with a subtheme each."""
    units = [{"unit": "section", "document": d, "section": s} for d in DOCUMENTS for s in ("01", "02")]
    sections = pd.DataFrame(units).drop(columns="unit").assign(words=50)
    units += [{"unit": "document", "document": d} for d in DOCUMENTS] + [{"unit": "party", "group": "left"}]
    rates = [{**unit, "theme": theme, "level": 1, "hits": 2} for unit in units for theme in THEMES]
    rates += [{**row, "theme": f"{row['theme']}.taxes", "level": 2} for row in rates]
    made = {
        "documents": pd.DataFrame({"document": DOCUMENTS, "title": DOCUMENTS, "words": 100}),
        "sections": sections,
        "framing_by_section": sections,
        "theme_rates": pd.DataFrame(rates),
        "keywords": pd.DataFrame({"unit": ["document", "section"], "document": "d1", "term": "tax"}),
    }
    written = {}
    for name, table in table_schemas().items():
        if table.made_by or table.sheet:
            frame = made[name].reindex(columns=list(table.columns)) if name in made else conform([], name)
            written[name] = tmp_path / f"{name}.csv"
            write_table(frame, name, written[name])
    return written


def counts(tables, unit):
    rates = tables["theme_rates"]
    return rates[(rates["unit"] == unit) & (rates["level"] == 1)].groupby("document").size().to_dict()


def test_of_many_sections_the_rates_of_the_first_documents_are_read(paths, monkeypatch):
    assert counts(report_tables(paths), "section") == dict.fromkeys(DOCUMENTS, 4)
    monkeypatch.setattr(reading, "MOST_RATES", 15)
    monkeypatch.setattr(reading, "MOST_TABLE_ROWS", 3)
    tables = report_tables(paths)
    assert counts(tables, "section") == {"d0": 4, "d1": 4}
    assert counts(tables, "document") == dict.fromkeys(DOCUMENTS, 2)


def test_a_story_can_name_every_unit_and_subtheme_although_few_of_their_rates_are_read(paths, monkeypatch):
    monkeypatch.setattr(reading, "MOST_RATES", 1)
    monkeypatch.setattr(reading, "MOST_TABLE_ROWS", 1)
    tables = report_tables(paths)
    known = names_of(tables)
    assert known["theme"] == ["defence", "defence.taxes", "economy", "economy.taxes"]
    assert {"section:d3/02", "document:d3", "party:left", "part:d3/"} <= set(known["unit"])
    assert (tables["theme_rates"]["level"] == 2).sum() == 2 * (1 + 2)


def test_tables_that_the_page_does_not_show_and_texts_that_it_has_are_not_read(paths):
    tables = report_tables(paths)
    assert not set(tables) & reading.NOT_SHOWN
    assert not any("text" in tables[name] for name in ("sentences", "hits", "entities", "dates"))
    assert tables["keywords"]["unit"].tolist() == ["document"]


def test_rates_to_compare_are_bounded_by_sections_and_then_by_texts_that_the_page_lacks(paths, monkeypatch):
    tables = report_tables(paths)
    tables = {**tables, "documents": tables["documents"].assign(published="", group="")}
    for most, kept in ((30_000, {"section", "document", "party"}), (12, {"document", "party"})):
        monkeypatch.setattr(columns, "MOST_RATES", most)
        assert set(data_block(tables, {}, {})["rates"]["unit"]) == kept
    monkeypatch.setattr(columns, "MOST_RATES", 5)
    block = columns._rates(tables["theme_rates"], tables["theme_rates"].head(0), ["d2"])
    assert block["document"] == ["d2", "d2", "", ""]
    assert set(block["level"]) == {1}
