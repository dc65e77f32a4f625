"""What is read of tables for the files that readers get, so that few rows of a large study are in memory."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from framescope.present.files import LONGEST_LATEX, fits_a_sheet
from framescope.tables import Where, column_names, read_table

Paths = Mapping[str, str | Path]
WHOLE_TEXTS: Where = {"unit": ["document"], "level": [1]}


def sheet_tables(paths: Paths, rows: Mapping[str, int]) -> dict[str, pd.DataFrame]:
    """The tables that have a sheet in the workbook; `rows` has their numbers of rows."""
    fitting = (name for name, path in paths.items() if fits_a_sheet(rows[name], len(column_names(path))))
    return {name: read_table(paths[name]) for name in fitting}


def latex_inputs(paths: Paths) -> dict[str, pd.DataFrame]:
    """What `latex_tables` needs."""
    return {
        "framing_by_section": read_table(paths["framing_by_section"], rows=LONGEST_LATEX),
        "models": read_table(paths["models"]),
        "documents": read_table(paths["documents"], ["document", "title"]),
        "theme_rates": read_table(paths["theme_rates"], ["theme", "hits"], where=WHOLE_TEXTS),
    }
