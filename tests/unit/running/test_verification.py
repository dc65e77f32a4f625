from pathlib import Path

import pandas as pd
import pytest

from framescope.running import verification
from framescope.running.verification import first_difference


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "rates.csv").write_text("theme,rate\nwar,1.5\ntrade,2\n", encoding="utf-8")
    return tmp_path / "a", tmp_path / "b"


def test_equal_tables_have_no_difference(folders):
    assert first_difference(*folders) is None


def test_the_first_differing_cell_is_named_by_table_line_and_column(folders, capsys):
    (folders[1] / "rates.csv").write_text("theme,rate\nwar,1.5\ntrade,3\n", encoding="utf-8")
    assert first_difference(*folders) == "rates.csv: line 3, rate: '2' and '3'"


def test_a_missing_row_or_table_is_named(folders):
    (folders[1] / "rates.csv").write_text("theme,rate\nwar,1.5\n", encoding="utf-8")
    assert first_difference(*folders) == f"rates.csv: line 3 is only in {folders[0]}"
    (folders[1] / "rates.csv").unlink()
    assert first_difference(*folders) == f"rates.csv: only in {folders[0]}"


def test_a_table_is_compared_as_parquet_where_it_has_no_csv_file(folders):
    for folder, rate in zip(folders, (2, 3), strict=True):
        table = pd.DataFrame({"theme": ["war", "trade"], "rate": [None, rate]})
        for name in ("rates", "hits"):
            table.to_parquet(folder / f"{name}.parquet")
    assert first_difference(*folders) == "hits.parquet: line 3, rate: 2.0 and 3.0"
    (folders[1] / "hits.parquet").unlink()
    assert first_difference(*folders) == f"hits.parquet: only in {folders[0]}"
    (folders[0] / "hits.parquet").unlink()
    assert first_difference(*folders) is None


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """A study with a finished table, a source, and a folder of sources that is named as one of ours is."""
    for name, text in {"config.yaml": "", "raw/results/a.txt": "War.", "results/tables/rates.csv": "rate\n1\n"}.items():
        path = tmp_path / "study" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "study"


@pytest.mark.parametrize(("rate", "code", "said"), [(1, 0, "The tables are the same."), (2, 1, "line 2, rate: '1'")])
def test_a_study_is_verified_by_a_run_of_its_sources_alone(study, monkeypatch, capsys, rate, code, said):
    def start(fresh: Path, cores: str | None) -> int:
        files = {str(path.relative_to(fresh)) for path in fresh.rglob("*") if path.is_file()}
        assert files == {"config.yaml", "raw/results/a.txt"}
        (fresh / "results" / "tables").mkdir(parents=True)
        (fresh / "results" / "tables" / "rates.csv").write_text(f"rate\n{rate}\n", encoding="utf-8")
        return 0

    monkeypatch.setattr(verification, "start", start)
    assert verification.verify(study) == code
    assert said in capsys.readouterr().out


def test_a_study_whose_second_run_fails_is_not_called_the_same(study, monkeypatch, capsys):
    monkeypatch.setattr(verification, "start", lambda fresh, cores: 1)
    assert verification.verify(study) == 1
    assert capsys.readouterr().out == ""
