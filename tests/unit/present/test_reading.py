import pandas as pd

from framescope.present import files, reading
from framescope.table_schemas import table_schemas
from framescope.tables import write_table


def written(folder, **tables):
    """Tables of a study without rows but for those given, by the paths of their files."""
    paths = {name: folder / f"{name}.csv" for name, table in table_schemas().items() if table.sheet}
    for name, path in paths.items():
        write_table(tables.get(name, []), name, path)
    return paths


def test_a_table_that_fits_no_sheet_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MOST_CELLS", 6)
    rows = pd.DataFrame({"document": ["a", "b"], "kind": "body", "words": 3})
    paths = {name: written(tmp_path, text_accounting=rows)[name] for name in ("skipped", "text_accounting")}
    assert len(reading.sheet_tables(paths, {"skipped": 0, "text_accounting": 2})["text_accounting"]) == 2
    assert set(reading.sheet_tables(paths, {"skipped": 0, "text_accounting": 3})) == {"skipped"}
