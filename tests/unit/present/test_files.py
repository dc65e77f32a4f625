import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import pandas as pd
import pytest

from framescope.present.files import (
    fits_a_sheet,
    framing_for_latex,
    latex_table,
    latex_tables,
    provenance,
    write_workbook,
)

FORMULA = pd.DataFrame({"file": ["=1+1"], "reason": ["http://example.org"], "remedy": ["a"]})


def cells_of(path: Path) -> list[list[list[str | float]]]:
    """The cells that are filled, by sheet and row; a number as a number."""
    sheets = []
    with zipfile.ZipFile(path) as book:
        for name in sorted(name for name in book.namelist() if name.startswith("xl/worksheets/sheet")):
            rows = ElementTree.fromstring(book.read(name)).iterfind(".//{*}row")
            sheets.append([[_value(cell) for cell in row] for row in rows])
    return sheets


def _value(cell: ElementTree.Element) -> str | float:
    text = "".join(cell.itertext())
    kind = cell.get("t", "n")
    return float(text) if kind == "n" else {"b": {"1": "true", "0": "false"}}.get(kind, {}).get(text, text)


def test_a_workbook_is_the_same_bytes_each_time(tmp_path: Path):
    for name in ("a.xlsx", "b.xlsx"):
        write_workbook({"skipped": FORMULA}, tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_text_that_looks_like_a_formula_or_an_address_stays_text(tmp_path: Path):
    write_workbook({"skipped": FORMULA}, tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as book:
        sheet = book.read("xl/worksheets/sheet2.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet


@pytest.mark.parametrize("text", ["=1+1", "+1", "-2+3", "@SUM(A1)", "\t=1", "{=1}", '=HYPERLINK("http://x","y")'])
def test_a_cell_of_the_workbook_holds_the_very_text_and_a_number_is_a_number(tmp_path: Path, text: str):
    write_workbook(
        {"text_accounting": pd.DataFrame({"document": [text], "kind": "k", "words": -3})}, tmp_path / "a.xlsx"
    )
    with zipfile.ZipFile(tmp_path / "a.xlsx") as book:
        sheet = book.read("xl/worksheets/sheet2.xml").decode()
    assert f">{escape(text)}<" in sheet
    assert '<c r="A2" t="inlineStr">' in sheet
    assert '<c r="C2"><v>-3</v></c>' in sheet


def test_a_table_too_long_for_a_sheet_is_named_with_its_file_on_the_first(tmp_path: Path):
    write_workbook({"skipped": FORMULA}, tmp_path / "a.xlsx", {"documents": 2})
    first, second, _ = cells_of(tmp_path / "a.xlsx")
    assert [row[3:] for row in first] == [
        ["rows", "where"],
        [2, "too long for a sheet: tables/documents.csv"],
        [1, "sheet"],
    ]
    assert second[0] == list(FORMULA.columns)


def test_of_a_long_table_the_workbook_needs_only_the_number_of_rows(tmp_path: Path):
    write_workbook({}, tmp_path / "a.xlsx", {"skipped": 123_456})
    contents, *_, notes = cells_of(tmp_path / "a.xlsx")
    assert contents[1][-2:] == [123456, "too long for a sheet: tables/skipped.csv"]
    assert notes[0] == ["table", "column", "type", "about"]
    assert len(cells_of(tmp_path / "a.xlsx")) == 2


@pytest.mark.parametrize(("rows", "columns", "fits"), [(10_000, 10, True), (10_001, 10, False), (1_000, 101, False)])
def test_a_table_fits_a_sheet_by_the_number_of_its_cells(rows: int, columns: int, fits: bool):
    assert fits_a_sheet(rows, columns) is fits


def test_a_sheet_has_the_cells_of_its_table_whatever_their_type(tmp_path: Path):
    table = pd.DataFrame({"text": ["a" * 40_000, ""], "integer": pd.array([1, None], "Int64")})
    table = table.assign(number=[0.5, float("nan")], flag=pd.array([True, None], "boolean"), far=[1.0, float("inf")])
    write_workbook({"skipped": table}, tmp_path / "a.xlsx")
    assert cells_of(tmp_path / "a.xlsx")[1][1:] == [["a" * 32_767, 1, 0.5, "true", 1], ["inf"]]


PREAMBLE = "\\documentclass{article}\\usepackage[a4paper,margin=25mm]{geometry}"
MODELS = pd.DataFrame(
    {
        "model": "economy ~ party * genre + year + (1 | speaker)",
        "term": ["party: left & right", "year"],
        "ratio": [0.5, 1.25],
        "low": [0.4, 1.0],
        "high": [0.625, 1.5],
        "degrees_of_freedom": [7.25, 8.0],
        "p": [0.0001, 0.4],
        "documents": 40,
    }
)


def test_special_characters_are_escaped_for_latex():
    text = latex_table(pd.DataFrame({"a_b": ["50% & more_of {it} $5 #1 ~ ^ \\"], "n": [1.234]}), r"100 \%")
    assert r"a b & n \\" in text
    assert (
        r"50\% \& more\_of \{it\} \$5 \#1 \textasciitilde \space \textasciicircum \space \textbackslash  & 1.23 \\"
        in text
    )
    assert r"\caption{100 \%}" in text


def test_words_beside_the_rates_of_the_printed_table_are_those_that_the_rates_are_counted_over():
    framing = pd.DataFrame({"document": ["a"], "title": ["A"], "words": [893]})
    framing = framing.assign(**{"defence rate": 4.5, "defence low": 1.25, "defence high": 9.0})
    rates = pd.DataFrame({"unit": ["document"], "level": 1, "theme": "defence", "hits": 4, "words": 893})
    sections = pd.DataFrame({"document": ["a"], "words": [983]})
    printed = framing_for_latex({"framing_by_section": framing, "theme_rates": rates, "sections": sections}, [])
    assert printed.to_numpy().tolist() == [["A", 893, "4.5 [1.2,\u00a09.0]"]]


def test_the_printed_table_has_eight_columns_with_the_focus_themes_first():
    themes = [f"t{number}" for number in range(12)]
    framing = pd.DataFrame({"document": ["a", "b"], "title": ["A", "B"], "words": [800, 90]})
    framing = framing.assign(**{f"{theme} {end}": 1.0 for theme in themes for end in ("rate", "low", "high")})
    rates = pd.DataFrame({"unit": "document", "level": 1, "theme": themes, "hits": range(12)})
    printed = framing_for_latex(
        {"framing_by_section": framing, "theme_rates": rates, "documents": DOCUMENTS}, ["t3", "t0"]
    )
    assert printed["document"].tolist() == ["Harbours", "Tolls"]
    assert list(printed) == ["document", "section", "words", "t3", "t11", "t10", "t9", "t8"]


DOCUMENTS = pd.DataFrame({"document": ["a", "b"], "title": ["Harbours", "Tolls"]})


def test_the_printed_table_of_many_sections_is_cut_and_its_caption_says_so():
    sections = [f"{number:04d}" for number in range(1_234)]
    framing = pd.DataFrame({"document": "a", "section": sections, "title": sections, "words": 10})
    rates = pd.DataFrame({"unit": [], "level": [], "theme": [], "hits": []})
    tables = {"framing_by_section": framing, "theme_rates": rates, "models": MODELS}
    printed = latex_tables(tables, [], 0.95, len(sections))["latex"]
    assert "by section, the first 1,000 of 1,234, with" in printed
    assert "0999" in printed
    assert "1000 &" not in printed


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="needs pdflatex")
def test_a_long_table_with_every_special_character_is_set_by_latex_on_several_pages_and_fits_their_width(
    tmp_path: Path,
):
    titles = [f"A Section on Tolls, Harbours and 50% of {{it}} & more_of $5 #{place} ~ ^ \\" for place in range(60)]
    framing = pd.DataFrame({"document": ["a", "b"] * 30, "title": titles, "words": 893})
    themes = ["agriculture_infrastructure", "defence", "economy", "diplomacy", "history_ideology"]
    framing = framing.assign(**{f"{theme} {end}": 101.8 for theme in themes for end in ("rate", "low", "high")})
    rates = pd.DataFrame({"unit": "document", "level": 1, "theme": themes, "hits": 4})
    tables = {"framing_by_section": framing, "theme_rates": rates, "documents": DOCUMENTS, "models": MODELS}
    for name, written in latex_tables(tables, [], 0.95, 60).items():
        (tmp_path / f"{name}.tex").write_text(written, encoding="utf-8")
        paper = f"{PREAMBLE}{written.splitlines()[0].lstrip('% ')}\\begin{{document}}\\input{{{name}}}\\end{{document}}"
        (tmp_path / "paper.tex").write_text(paper, encoding="utf-8")
        command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "paper.tex"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout[-2000:]
        assert [
            float(width) for width in re.findall(r"Overfull .hbox \(([\d.]+)pt", done.stdout) if float(width) > 2
        ] == []
        pages = int(re.findall(r"Output written on paper.pdf \((\d+) page", done.stdout)[0])
        assert (name == "latex") == (pages > 1)


def test_notes_of_the_workbook_say_what_each_column_holds(tmp_path: Path):
    write_workbook({"skipped": FORMULA}, tmp_path / "a.xlsx")
    notes = cells_of(tmp_path / "a.xlsx")[-1]
    assert notes[0] == ["table", "column", "type", "about"]
    assert [row[1] for row in notes[1:]] == ["file", "reason", "remedy"]


def test_absent_numbers_are_empty_cells_in_latex():
    assert "x &  \\\\" in latex_table(pd.DataFrame({"a": ["x"], "n": [float("nan")]}), "c")


def test_provenance_names_versions_settings_and_each_table(tmp_path: Path):
    (tmp_path / "rates.csv").write_text("a\n1\n", encoding="utf-8")
    (tmp_path / "requirements.txt").write_text("spacy==3.8 \\\n    --hash=x\n", encoding="utf-8")
    steps = {"rates": {"script": "rates.py", "outputs": ["rates.csv"]}}
    record = json.loads(
        provenance([str(tmp_path / "rates.csv")], tmp_path / "requirements.txt", {"model": "m"}, "abc", {}, steps)
    )
    assert record["steps"] == steps
    assert record["libraries"] == {"spacy": "3.8"}
    assert record["model"] == {"name": "m", "digest": "abc"}
    assert len(record["tables"]["rates.csv"]) == 64


def test_provenance_of_a_study_without_a_model_names_none(tmp_path: Path):
    (tmp_path / "requirements.txt").write_text("spacy==3.8 \\\n    --hash=x\n", encoding="utf-8")
    assert json.loads(provenance([], tmp_path / "requirements.txt", {"model": "m"}, None, {}, {}))["model"] is None
