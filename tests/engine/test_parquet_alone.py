"""A large study has its longest tables as Parquet alone."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.conftest import finish, tables

from framescope import command
from framescope.table_schemas import MOST_WORDS_AS_CSV, table_schemas

ALONE = [table for table in table_schemas().values() if table.parquet]


def test_a_study_has_its_longest_tables_as_parquet_alone_and_says_so_while_it_is_beyond_the_limit(
    finished: Path, study: Path, code: Path, planned: Callable[..., dict[str, int]]
) -> None:
    # So that the tiny study is beyond it.
    schemas = code / "workflow" / "framescope" / "table_schemas.py"
    limit = f"MOST_WORDS_AS_CSV = {MOST_WORDS_AS_CSV:_}"
    assert limit in schemas.read_text(encoding="utf-8")
    schemas.write_text(schemas.read_text(encoding="utf-8").replace(limit, "MOST_WORDS_AS_CSV = 100"), encoding="utf-8")
    finish(study, code=code)
    results = study / "results"
    small, large = tables(finished), tables(study)
    assert small.keys() - large.keys() == {f"tables/{table.name}.csv" for table in ALONE}
    assert large.items() <= small.items()
    assert planned(study, code) == {}

    recorded = json.loads((results / "provenance.json").read_bytes())["tables"]
    assert {f"tables/{name}" for name in recorded} == large.keys()
    for file in ("report.html", "README.md"):
        text = (results / file).read_text(encoding="utf-8")
        assert set(re.findall(r"tables/\w+\.(?:csv|parquet)", text)) == large.keys()
        assert "pandas.read_parquet in Python" in text
        assert "read_parquet" not in (finished / "results" / file).read_text(encoding="utf-8")
    assert command.main(["package", str(study)]) == 0
    with zipfile.ZipFile(results / "package.zip") as package:
        assert "| `study/results/tables/hits.parquet` |" in package.read("README.md").decode()

    # With the limit as it is the study is small again.
    finish(study)
    assert tables(study) == small
