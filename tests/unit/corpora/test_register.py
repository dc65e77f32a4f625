"""The register: what jobs read of the documents of their batch, and when its digests change."""

from __future__ import annotations

from pathlib import Path

import pytest

from framescope.batches import batches
from framescope.corpora.documents import Documents
from framescope.corpora.register import Register, described, entries, published
from framescope.study import read_study

SPEECHES = [f"s{number},19{number:02},Ministry,Tolls rose in harbour {number}." for number in range(50, 90)]


def documents(folder: Path, speeches: list[str]) -> Documents:
    (folder / "raw").mkdir(exist_ok=True)
    (folder / "raw" / "paper.txt").write_text("Ships stayed.")
    (folder / "raw" / "speeches.csv").write_text("\n".join(["id,published,group,text", *speeches]) + "\n")
    return read_study({"documents": {"paper.txt": {"title": "A paper", "language": "en"}}}, folder).documents


def digests(found: Documents) -> tuple[dict[str, str], dict[str, str], str, str]:
    names = batches(found.estimated_words(), largest=8)
    register = Register(found, names)
    dates = {name: register.of_dates(name) for name in names}
    return register.of_sources, dates, register.of_dates(), register.of_metadata


@pytest.fixture
def written(tmp_path: Path) -> Path:
    found = documents(tmp_path, SPEECHES)
    Register(found, batches(found.estimated_words(), largest=8)).write(tmp_path / "register")
    return tmp_path


def test_a_job_reads_the_documents_of_its_batch_in_their_order(written):
    names = batches(documents(written, SPEECHES).estimated_words(), largest=8)
    assert len(names) > 4
    for name, members in names.items():
        assert [entry["document"] for entry in entries(written / "register", name)] == members
        assert set(published(written / "register", name)) == set(members) - {"paper"}


def test_a_row_is_described_with_its_digest_and_a_file_without(written):
    names = batches(documents(written, SPEECHES).estimated_words(), largest=8)
    found = {entry["document"]: entry for name in names for entry in entries(written / "register", name)}
    assert found["paper"] == {"document": "paper", "file": "raw/paper.txt", "language": "en"}
    row = found["speeches-s50"]
    assert (row["file"], row["row"], row["language"], len(row["sha256"])) == ("raw/speeches.csv", "s50", "", 64)


def test_metadata_and_places_of_all_documents_are_read_together(written):
    found = described(written / "register")
    assert found["metadata"]["paper"] == {"title": "A paper", "language": "en"}
    assert found["metadata"]["speeches-s50"] == {"published": "1950", "group": "Ministry", "row": "s50"}
    assert found["files"]["speeches-s50"] == "raw/speeches.csv, row s50"


def test_a_row_that_moves_in_its_table_changes_no_digest(tmp_path):
    assert digests(documents(tmp_path, SPEECHES)) == digests(documents(tmp_path, SPEECHES[::-1]))


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        ("Tolls rose in harbour 50.", "Tolls fell in harbour 50.", (1, 0, False, False)),
        ("s50,1950", "s50,1951", (0, 1, True, True)),
        ("1950,Ministry", "1950,Parliament", (0, 0, False, True)),
    ],
)
def test_only_the_digests_of_what_changed_change(tmp_path, old, new, changed):
    before = digests(documents(tmp_path, SPEECHES))
    after = digests(documents(tmp_path, [line.replace(old, new) for line in SPEECHES]))
    by_batch = [sum(was[name] != now[name] for name in was) for was, now in zip(before[:2], after[:2], strict=True)]
    assert (*by_batch, before[2] != after[2], before[3] != after[3]) == changed


def test_a_register_is_written_again_only_if_it_changes(written):
    before = (written / "register").stat().st_ino
    for speeches, same in ((SPEECHES, True), ([*SPEECHES, "s90,1990,Ministry,Tolls stayed."], False)):
        found = documents(written, speeches)
        Register(found, batches(found.estimated_words(), largest=8)).write(written / "register")
        assert ((written / "register").stat().st_ino == before) is same
