from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from framescope.present import figure_style, figure_tables
from framescope.present.figure_style import styled
from framescope.present.figures import Settings
from framescope.present.gallery import FIGURES
from framescope.table_schemas import table_schemas
from framescope.tables import conform, read_table, write_table

DOCUMENTS, THEMES = [f"d{n}" for n in range(6)], ["economy", "defence"]


@pytest.fixture
def paths(tmp_path: Path) -> dict[str, Path]:
    """The tables of six texts, all but the first with two sections, without comparisons."""
    documents = pd.DataFrame({"document": DOCUMENTS, "title": DOCUMENTS, "words": range(6, 0, -1)})
    sections = [(d, s) for d in DOCUMENTS for s in ("01", "02") if (d, s) != ("d0", "02")]
    rates = [{"unit": "section", "document": d, "section": s, "theme": t} for d, s in sections for t in THEMES]
    rates += [{"unit": "document", "document": d, "theme": t} for d in DOCUMENTS for t in THEMES]
    rates += [{"unit": "party", "group": g, "theme": t} for g in ("left", "right") for t in THEMES]
    numbers = {"words": 100, "rate_per_1000": 20.0, "rate_low": 10.0, "rate_high": 30.0}
    facts = [{"level": 1, **row, "hits": 2, **numbers} for row in rates]
    facts += [{**row, "level": 2, "theme": f"{row['theme']}.taxes"} for row in facts]
    arcs = [{"document": d, "part": n, "theme": t, "words": 9} for d in DOCUMENTS for n in (1, 2) for t in THEMES]
    words = [{"unit": "document", "document": d, "term": t, "count": 2} for d in DOCUMENTS for t in ("tax", "toll")]
    actors = [{"actor": a, "unit": "document", "document": d, "author_sentences": 3} for a in "AB" for d in DOCUMENTS]
    made: dict[str, list[dict[str, object]] | pd.DataFrame] = {
        "documents": documents,
        "sections": pd.DataFrame(sections, columns=["document", "section"]).assign(title="Aid"),
        "framing_by_section": pd.DataFrame(sections, columns=["document", "section"]),
        "theme_rates": facts,
        "trajectory": [{**row, "rate_per_1000": 5.0, "hits": 1} for row in arcs],
        "keywords": [{**row, "rate": 3.0, "log_ratio": 2.0, "log_ratio_low": 1.0} for row in words],
        "actors": actors,
        "actor_themes": [{"document": "d1", "actor": a, "theme": "economy", "n_both": 1} for a in "ABC"],
        "actor_pairs": [
            {"document": "d1", "section": s, "actor": "A", "partner": "B", "theme": "all", "n": 2} for s in ("", "01")
        ],
    }
    written = {}
    for name, table in table_schemas().items():
        if table.sheet:
            frame = pd.DataFrame(made.get(name, []))
            frame = frame.reindex(columns=list(table.columns)) if len(frame) else conform([], name)
            written[name] = tmp_path / f"{name}.csv"
            write_table(frame, name, written[name])
    return written


@pytest.mark.parametrize("most", [2, 150])
def test_figures_of_the_rows_that_are_read_are_those_of_all_rows(paths, monkeypatch, most):
    for module in (figure_style, figure_tables):
        monkeypatch.setattr(module, "MOST_DOCUMENTS", most)
    monkeypatch.setattr(figure_tables, "MOST_ROWS", most)
    monkeypatch.setattr("framescope.present.section_figures.MOST_ROWS", most)
    monkeypatch.setattr(figure_style, "MOST_LONGEST", 2)
    read, every = figure_tables.figure_tables(paths), {name: read_table(path) for name, path in paths.items()}
    drawn = {}
    for figure in FIGURES:
        drawings, expected = figure.draw(read, Settings()), figure.draw(every, Settings())
        assert [styled(drawing.chart) for drawing in drawings] == [styled(drawing.chart) for drawing in expected]
        assert [(d.claim, d.note, d.option) for d in drawings] == [(d.claim, d.note, d.option) for d in expected]
        drawn[figure.name] = len(drawings)
    several = {"rates": 2, "trajectory": 2, "keyness": 2} if most == 2 else {"rates": 5, "trajectory": 6, "keyness": 6}
    assert {name: drawn[name] for name in several} == several
    assert drawn["groups"] == len(THEMES)
    assert drawn["actor-network"] == drawn["actor-themes"] == 1


def test_of_texts_that_are_not_drawn_only_the_rows_are_read_by_which_they_are_counted(paths, monkeypatch):
    for module in (figure_style, figure_tables):
        monkeypatch.setattr(module, "MOST_DOCUMENTS", 2)
    monkeypatch.setattr(figure_tables, "MOST_ROWS", 2)
    monkeypatch.setattr(figure_style, "MOST_LONGEST", 1)
    read = figure_tables.figure_tables(paths)
    assert read["trajectory"].groupby("document").size().to_dict() == {"d0": 4, **dict.fromkeys(DOCUMENTS[1:], 1)}
    assert read["keywords"].groupby("document").size().to_dict() == {"d0": 2, **dict.fromkeys(DOCUMENTS[1:], 1)}
    sections = read["theme_rates"].query("unit == 'section'").dropna(subset="hits")
    assert set(sections["document"]) == {"d1"}
    assert set(read["theme_rates"]["level"]) == {1}
