"""The least that a study can be still runs to its end."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from tests.conftest import finish


def test_a_note_that_names_nobody_in_a_folder_without_a_config_is_a_study(tmp_path: Path):
    (tmp_path / "raw").mkdir()
    note = "# Rain\n\nRain fell on the fields, and the harvest was late.\n\nThe mill stood idle for a week.\n"
    (tmp_path / "raw" / "note.md").write_text(note, encoding="utf-8")
    said = finish(tmp_path)
    assert "Framescope: 1 document, 2 sentences, 17 words, 0 skipped files." in said
    assert (tmp_path / "results" / "report.html").exists()
    assert pd.read_csv(tmp_path / "results" / "tables" / "actor_pairs.csv").empty
