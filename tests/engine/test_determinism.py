"""The same study gives the same bytes, whatever surrounds the run."""

import shutil
from pathlib import Path

from tests.conftest import TINY, finish, tables


def test_cores_order_of_files_locale_time_zone_and_hash_seed_change_no_byte(finished, tmp_path):
    other = tmp_path / "other"
    (other / "raw").mkdir(parents=True)
    for path in sorted(TINY.iterdir()):
        if path.is_file():
            shutil.copy(path, other)
    for path in sorted((TINY / "raw").iterdir(), reverse=True):
        shutil.copy(path, other / "raw")
    finish(other, cores=1, environment={"LC_ALL": "C", "TZ": "Asia/Karachi", "PYTHONHASHSEED": "7"})
    assert tables(other) == tables(finished)
    for name in ("report.html", "findings.md", "tables.xlsx", "provenance.json", "README.md"):
        assert (other / "results" / name).read_bytes() == (Path(finished) / "results" / name).read_bytes(), name
    for figure in sorted((Path(finished) / "results" / "figures").iterdir()):
        assert (other / "results" / "figures" / figure.name).read_bytes() == figure.read_bytes(), figure.name
