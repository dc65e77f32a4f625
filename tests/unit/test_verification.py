from pathlib import Path

import pytest

from framescope.verification import first_difference, main


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "rates.csv").write_text("theme,rate\nwar,1.5\ntrade,2\n", encoding="utf-8")
    return tmp_path / "a", tmp_path / "b"


def test_equal_tables_have_no_difference(folders, capsys):
    assert first_difference(*folders) is None
    assert main([str(folder) for folder in folders]) == 0
    assert capsys.readouterr().out == "The tables are the same.\n"


def test_the_first_differing_cell_is_named_by_table_line_and_column(folders, capsys):
    (folders[1] / "rates.csv").write_text("theme,rate\nwar,1.5\ntrade,3\n", encoding="utf-8")
    assert first_difference(*folders) == "rates.csv: line 3, rate: '2' and '3'"
    assert main([str(folder) for folder in folders]) == 1


def test_a_missing_row_or_table_is_named(folders):
    (folders[1] / "rates.csv").write_text("theme,rate\nwar,1.5\n", encoding="utf-8")
    assert first_difference(*folders) == f"rates.csv: line 3 is only in {folders[0]}"
    (folders[1] / "rates.csv").unlink()
    assert first_difference(*folders) == f"rates.csv: only in {folders[0]}"
