"""Tables for other programs (a workbook and LaTeX), and the record of how the results were made."""

from __future__ import annotations

import json
import math
import platform
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd
import xlsxwriter

from framescope import VERSION
from framescope.contents import sha256_of
from framescope.present.wording import short_titles
from framescope.table_schemas import table_schemas

Tables = Mapping[str, pd.DataFrame]

# xlsx stores the time of creation. A fixed time makes the file of a study the same in every run.
CREATED = datetime(2000, 1, 1)
# The cells of a sheet. To write so many takes about a second, and a spreadsheet opens the CSV file of a longer table.
MOST_CELLS = 100_000
# The limits of Excel for the name of a sheet and for the text of a cell, in characters.
LONGEST_SHEET_NAME = 31
LONGEST_CELL = 32_767
# Sections of the LaTeX table, some twenty pages; it would take minutes to make a longer one, and more to set it.
LONGEST_LATEX = 1_000
# What fits on a page of a paper, and the columns of a rate and its interval.
MOST_COLUMNS = 8
ENDS = ("rate", "low", "high")
LATEX_PACKAGES = "% \\usepackage{booktabs,longtable,array}\n"
# Cells with more letters are long. Columns of long ones share what short ones and the spaces leave of a page's width.
SHORT_CELL, PAGE, WIDTH_OF_SHORT, SPACE = 12, 0.96, 0.05, 0.01
# The width of the column of texts to be coded, in characters.
WIDTH_OF_TEXT = 90


def fits_a_sheet(rows: int, columns: int) -> bool:
    """Whether a table of this size has a sheet in the workbook."""
    return rows * columns <= MOST_CELLS


def write_workbook(tables: Tables, path: str | Path, long: Mapping[str, int] = MappingProxyType({})) -> None:
    """Write one sheet for each table, between a sheet that lists them and notes on what their columns hold.

    Text that looks like a formula stays text. Rows are written one after another, so that few of them are in memory at
    a time. `long` has the numbers of rows of the tables that do not fit a sheet, and of which the first sheet names the
    CSV file.
    """
    schemas = table_schemas()
    lengths = {name: len(tables[name]) if name in tables else long.get(name, -1) for name in schemas}
    lengths = {name: length for name, length in lengths.items() if length >= 0}
    options = {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": True}
    with xlsxwriter.Workbook(path, options) as book:
        book.set_properties({"created": CREATED})
        contents = [
            {"table": name, "one row is": schemas[name].row, "about": schemas[name].about, "rows": length}
            | {"where": "sheet" if name in tables else f"too long for a sheet: tables/{name}.csv"}
            for name, length in lengths.items()
        ]
        _write_sheet(book, "contents", pd.DataFrame(contents))
        for name in lengths:
            if name in tables:
                _write_sheet(book, name, tables[name])
        _write_sheet(book, "notes", _columns(lengths))


def _columns(tables: Iterable[str]) -> pd.DataFrame:
    """What each column of the tables holds: table, column, type, about."""
    return pd.DataFrame(
        [
            {"table": name, "column": column, "type": facts.type, "about": facts.about}
            for name in tables
            for column, facts in table_schemas()[name].columns.items()
        ]
    )


def write_coding_sheet(sample: pd.DataFrame, path: str | Path) -> None:
    """Write a sample as a workbook to code in; weights, which depend on the lexicon's answer, are hidden."""
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(path, options) as book:
        book.set_properties({"created": CREATED})
        sheet = _write_sheet(book, "sample", sample)
        text, weight = sample.columns.get_loc("text"), sample.columns.get_loc("weight")
        sheet.set_column(text, text, WIDTH_OF_TEXT, book.add_format({"text_wrap": True, "valign": "top"}))
        sheet.set_column(weight, weight, None, None, {"hidden": True})


def _write_sheet(book: xlsxwriter.Workbook, name: str, frame: pd.DataFrame) -> xlsxwriter.worksheet.Worksheet:
    sheet = book.add_worksheet(name[:LONGEST_SHEET_NAME])
    sheet.freeze_panes(1, 0)
    bold = book.add_format({"bold": True})
    for place, column in enumerate(frame.columns):
        sheet.write_string(0, place, column, bold)
    cells = frame.astype(object).where(frame.notna(), None)
    for row, values in enumerate(cells.itertuples(index=False, name=None), 1):
        for place, value in enumerate(values):
            if isinstance(value, bool):
                sheet.write_boolean(row, place, value)
            elif isinstance(value, int | float) and math.isfinite(value):
                sheet.write_number(row, place, value)
            elif value is not None and value != "":
                sheet.write_string(row, place, str(value)[:LONGEST_CELL])
    return sheet


def latex_table(frame: pd.DataFrame, caption: str) -> str:
    """A table in LaTeX that may be longer than a page. Special characters are escaped; numbers have two decimals.

    Columns with long texts share the width of a page with margins of 25 millimetres. `caption` must already be valid
    LaTeX.
    """
    numeric = [pd.api.types.is_numeric_dtype(kind) for kind in frame.dtypes]
    longest = [max((len(str(cell)) for cell in frame[column]), default=0) for column in frame]
    long = [not number and letters > SHORT_CELL for number, letters in zip(numeric, longest, strict=True)]
    left = PAGE - SPACE * len(long) - WIDTH_OF_SHORT * long.count(False)
    share = f">{{\\raggedright\\arraybackslash}}p{{{left / max(sum(long), 3):.3f}\\linewidth}}"
    kinds = "".join("r" if number else share if wide else "l" for number, wide in zip(numeric, long, strict=True))
    style = frame.rename(columns=lambda name: str(name).replace("_", " ")).style.hide(axis="index")
    style = style.format(escape="latex", precision=2, na_rep="").format_index(escape="latex", axis="columns")
    table = style.to_latex(environment="longtable", hrules=True, caption=caption, column_format=kinds)
    return f"{LATEX_PACKAGES}{{\\footnotesize\\setlength{{\\tabcolsep}}{{2pt}}\n{table}}}\n"


def latex_tables(tables: Tables, focus: Sequence[str], confidence: float, sections: int) -> dict[str, str]:
    """The tables for a paper by name: `latex`, the rates by section, and `models`, the coefficients of models.

    The first has at most `LONGEST_LATEX` of the study's `sections`, and its caption says so; its titles and themes
    are those of all texts: `documents` is needed whole, and of `theme_rates` theme and hits of whole documents on
    themes of the highest level.
    """
    ends = f"{100 * confidence:g} \\% intervals"
    of = f", the first {LONGEST_LATEX:,} of {sections:,}" if sections > LONGEST_LATEX else ""
    shown = framing_for_latex(tables, focus, LONGEST_LATEX)
    framing = latex_table(shown, f"Hits per 1,000 words by section{of}, with {ends}")
    coefficients = models_for_latex(tables["models"])
    models = latex_table(coefficients, f"Ratios of rates, or of odds, in negative binomial models, with {ends}")
    return {"latex": framing, "models": "% The study states no models.\n" if coefficients.empty else models}


def models_for_latex(models: pd.DataFrame) -> pd.DataFrame:
    """The coefficients of models for a paper: a row for each term, with ratio, interval, degrees of freedom and p."""
    fitted = models[models["ratio"].notna()]
    cells = fitted[["ratio", "low", "high"]].itertuples(index=False)
    return pd.DataFrame(
        {
            "model": fitted["model"].where(~fitted["model"].duplicated(), ""),
            "term": fitted["term"],
            "ratio": [f"{ratio:.3g} [{low:.3g}, {high:.3g}]" for ratio, low, high in cells],
            "df": [f"{freedom:.1f}" for freedom in fitted["degrees_of_freedom"]],
            "p": ["< .001" if p < 0.001 else f"{p:.3f}" for p in fitted["p"]],
            "texts": fitted["documents"].astype(str).where(~fitted["model"].duplicated(), ""),
        }
    )


def framing_for_latex(tables: Tables, focus: Sequence[str], most: int = LONGEST_LATEX) -> pd.DataFrame:
    """The rates by section for a paper, in at most `MOST_COLUMNS` columns: document if there are several, section,
    words, and themes of the highest level, the focus themes first and then those with most hits.

    A rate is followed by its interval where the section has one. There are at most `most` rows, the first.
    """
    wide = tables["framing_by_section"].head(most)
    hits = tables["theme_rates"].groupby("theme")["hits"].sum()
    leading = hits[hits > 0].sort_values(ascending=False, kind="stable").index
    themes = [theme for theme in dict.fromkeys([*focus, *leading]) if theme in leading and f"{theme} rate" in wide]
    printed = pd.DataFrame(index=wide.index)
    if wide["document"].nunique() > 1:
        titles = wide["document"].map(short_titles(tables["documents"]))
        printed = printed.assign(document=titles.where(~wide["document"].duplicated(), ""))
    printed = printed.assign(section=wide["title"], words=wide["words"])
    for theme in themes[: MOST_COLUMNS - len(printed.columns)]:
        # The schema does not name these columns, so that absent values are read as empty text.
        cells = wide[[f"{theme} {end}" for end in ENDS]].apply(pd.to_numeric)
        printed[theme] = [_with_interval(*cell) for cell in cells.to_numpy()]
    return printed


def _with_interval(rate: float, low: float, high: float) -> str:
    r"""A rate with its interval in brackets.

    No line ends within the interval, but one may end before it.

    >>> _with_interval(4.52, 1.0, 20.11), _with_interval(4.52, float("nan"), float("nan"))
    ('4.5 [1.0,\xa020.1]', '4.5')
    """
    if pd.isna(rate):
        return ""
    return f"{rate:.1f}" if pd.isna(low) else f"{rate:.1f} [{low:.1f},\u00a0{high:.1f}]"


def provenance(
    tables: Iterable[str],
    requirements: str | Path,
    config: Mapping[str, Any],
    model_digest: str | None,
    data: Mapping[str, str],
    steps: Mapping[str, Mapping[str, Any]],
) -> str:
    """The record of how the tables were made, as JSON.

    It has the versions of Framescope, Python and the pinned libraries, the settings, the digest of the model (None if
    none was used), and the SHA-256 of the lexicon, of the tables of actors and eras, and of each table of results.
    `data` has the paths of the data files by name. `steps` has, for each rule of the workflow, its script, the digest
    of its code, and the files that it reads and writes, and is recorded as it is.
    """
    pins = [line.split(" ")[0] for line in Path(requirements).read_text(encoding="utf-8").splitlines() if "==" in line]
    record = {
        "config": dict(config),
        "data": {name: sha256_of(path) for name, path in data.items()},
        "framescope": VERSION,
        "libraries": dict(pin.split("==") for pin in pins),
        "model": {"name": config["model"], "digest": model_digest} if model_digest else None,
        "python": platform.python_version(),
        "steps": dict(steps),
        "tables": {Path(path).name: sha256_of(path) for path in sorted(tables)},
    }
    return json.dumps(record, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
