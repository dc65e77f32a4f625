"""Tables become documents: what is recognised, what is skipped and why, and how a row is found again."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from framescope.corpora.listing import Rows, list_table, text_of
from framescope.corpora.rows import Listing, Refused
from framescope.document import ExtractionError
from framescope.problems import StudyError
from framescope.study import read_study

POLISH = "Rada portu podniosła opłaty. Żegluga ustała na tydzień, a cech pilotów złożył skargę, lecz źle. " * 12
ROWS = [
    {
        "id": "a1",
        "date": "2019-03-04",
        "speaker": "Anna Berg",
        "party": "Union",
        "text": 'She said "no".\n\nTolls rose.',
    },
    {"id": "b2", "date": "2020", "speaker": "Jon Falk", "party": "League", "text": POLISH},
]
TEI = """<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="p1"><teiHeader><fileDesc>
<titleStmt><title>Sitting of the harbour parliament</title></titleStmt>
<sourceDesc><bibl><date when="2019-03-05">5 March</date></bibl></sourceDesc></fileDesc>
<profileDesc><settingDesc><setting><date when="2019-03-04">4 March</date></setting></settingDesc>
<particDesc><listPerson><person xml:id="BergAnna"><persName><surname>Berg</surname> <forename>Anna</forename></persName>
</person></listPerson></particDesc></profileDesc></teiHeader>
<text><body><div type="debateSection"><head>On tolls</head><note type="speaker">Anna Berg:</note>
<u xml:id="p1.u1" who="#BergAnna" ana="#chair">
<seg>The tolls rose.</seg><seg>Ships <note>(laughter)</note>stayed out.</seg>
<kinesic type="applause"><desc>Applause.</desc></kinesic></u>
<u xml:id="p1.u2" who="#FalkJon" ana="#regular"><seg><w>Nobody</w><w join="right">answered</w><pc>.</pc></seg></u>
</div></body></text></TEI>
"""


def as_csv(delimiter: str = ",") -> str:
    lines = [list(ROWS[0]), *(list(row.values()) for row in ROWS)]
    return "\n".join(delimiter.join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines) + "\n"


def write(path: Path, data: str | bytes) -> Path:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def texts(path: Path, listing: Listing | None) -> list[str]:
    assert listing is not None
    return [text_of(path, listing, row)[0] for row in listing.rows]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1250"])
def test_encoding_and_delimiter_of_a_table_are_found(tmp_path, delimiter, encoding):
    path = write(tmp_path / "speeches.csv", as_csv(delimiter).encode(encoding))
    listing = list_table(path, {})
    assert texts(path, listing) == [row["text"] for row in ROWS]
    assert [row.facts["published"] for row in listing.rows] == ["2019-03-04", "2020"]
    assert [row.facts["speaker"] for row in listing.rows] == ["Anna Berg", "Jon Falk"]
    assert [json.loads(row.facts["metadata"]) for row in listing.rows] == [{"party": "Union"}, {"party": "League"}]


@pytest.mark.parametrize("suffix", ["csv", "tsv", "jsonl", "parquet"])
def test_every_format_of_tables_gives_the_same_documents(tmp_path, suffix):
    path = tmp_path / f"speeches.{suffix}"
    if suffix == "jsonl":
        write(path, "".join(json.dumps(row) + "\n" for row in ROWS))
    elif suffix == "parquet":
        pq.write_table(pa.Table.from_pylist(ROWS), path, row_group_size=1)
    else:
        write(path, as_csv("\t" if suffix == "tsv" else ","))
    listing = list_table(path, {"group": "party"})
    assert texts(path, listing) == [row["text"] for row in ROWS]
    assert [(row.id, row.facts["group"]) for row in listing.rows] == [("a1", "Union"), ("b2", "League")]


def test_bad_rows_are_skipped_with_their_line_and_the_rest_is_read(tmp_path):
    lines = [
        "id,date,text",
        "1,2019,Tolls rose.",
        "2,2019",
        "3,30 June,Tolls fell.",
        "1,2019,Ships stayed.",
        "4,2019,  ",
        '5,2019,"Never closed.',
        "6,2019,Pilots asked.",
    ]
    path = write(tmp_path / "speeches.csv", "\n".join(lines) + "\n")
    listing = list_table(path, {})
    assert [row.id for row in listing.rows] == ["1", "6"]
    assert texts(path, listing) == ["Tolls rose.", "Pilots asked."]
    assert listing.skipped == [
        ("line 3", "it has 2 columns, the first line of the table has 3"),
        ("line 4", "column date: expected a date such as 2018-06-30, 2018-06 or 2018; found '30 June'"),
        ("line 5", "its id 1 is that of line 2"),
        ("line 6", "its column text has no text"),
        ("line 7", "a quotation mark in it is never closed"),
    ]


def test_a_line_that_is_no_json_is_skipped_with_its_number(tmp_path):
    path = write(tmp_path / "speeches.jsonl", '{"text": "Tolls rose."}\n{"text": \n[1]\n\n{"text": "Ships stayed."}\n')
    listing = list_table(path, {})
    assert texts(path, listing) == ["Tolls rose.", "Ships stayed."]
    assert [place for place, _ in listing.skipped] == ["line 2", "line 3"]


def test_a_row_of_several_lines_at_the_end_of_a_table_is_whole(tmp_path):
    path = write(tmp_path / "speeches.csv", 'text\n"Tolls rose.\n\nShips stayed.\n"\n')
    assert texts(path, list_table(path, {})) == ["Tolls rose.\n\nShips stayed.\n"]


def test_a_table_without_a_column_of_texts_is_refused_with_what_it_has(tmp_path):
    with pytest.raises(Refused, match="none of its columns is called text \\(it has nr, remark\\)") as caught:
        list_table(write(tmp_path / "list.csv", "nr,remark\n1,x\n"), {})
    assert "corpora in config.yaml" in caught.value.remedy


def test_speeches_of_a_parliament_have_speaker_date_and_what_was_noted(tmp_path):
    path = write(tmp_path / "sitting.xml", TEI)
    listing = list_table(path, {})
    assert [text_of(path, listing, row) for row in listing.rows] == [
        ("The tolls rose.\n\nShips stayed out.", "(laughter) Applause."),
        ("Nobody answered.", ""),
    ]
    facts = [row.facts for row in listing.rows]
    assert [(f["speaker"], f["published"], f["title"]) for f in facts] == [
        ("Berg Anna", "2019-03-04", "On tolls"),
        ("FalkJon", "2019-03-04", "On tolls"),
    ]
    assert [json.loads(f["metadata"]) for f in facts] == [{"role": "chair"}, {"role": "regular"}]


def test_tei_without_utterances_is_one_document(tmp_path):
    assert list_table(write(tmp_path / "book.xml", "<TEI><text><body><p>Tolls.</p></body></text></TEI>"), {}) is None


def test_what_was_listed_is_remembered_until_the_file_changes(tmp_path):
    path, memory = write(tmp_path / "speeches.csv", as_csv()), tmp_path / "memory"
    first = list_table(path, {}, memory)
    kept = next(memory.iterdir())
    stored = pq.read_table(kept)
    speakers = stored.schema.get_field_index("speaker")
    pq.write_table(stored.set_column(speakers, "speaker", pa.array(["Remembered", "Jon Falk"])), kept)
    assert list_table(path, {}, memory).row("a1").facts["speaker"] == "Remembered"
    write(path, as_csv().replace("Anna Berg", "Anna Holt"))
    assert list_table(path, {}, memory).row("a1").facts["speaker"] == "Anna Holt"
    assert first.row("b2") == list_table(path, {}, memory).row("b2")


def test_a_damaged_memory_of_a_table_counts_as_absent(tmp_path):
    path, memory = write(tmp_path / "speeches.csv", as_csv()), tmp_path / "memory"
    first = list(list_table(path, {}, memory).rows)
    kept = next(memory.iterdir())
    for damaged in (b"", b"PAR1", kept.read_bytes()[:-40], kept.read_bytes()[:40] + b"x" * 40 + kept.read_bytes()[80:]):
        write(kept, damaged)
        assert list(list_table(path, {}, memory).rows) == first


def test_a_row_that_changed_after_it_was_listed_is_worth_another_try(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "raw").mkdir()
    path = write(tmp_path / "raw" / "speeches.csv", as_csv())
    row = list_table(path, {}).row("a1")
    assert Rows([], None).text("raw/speeches.csv", row.id, row.sha256)[0] == ROWS[0]["text"]
    write(path, as_csv().replace("Tolls rose", "Tolls fell"))
    with pytest.raises(ExtractionError, match=r"speeches\.csv, row a1: it was changed while the study ran") as caught:
        Rows([], None).text("raw/speeches.csv", row.id, row.sha256)
    assert caught.value.retry


@pytest.fixture
def study(tmp_path: Path) -> Path:
    (tmp_path / "raw").mkdir()
    write(tmp_path / "raw" / "speeches.csv", as_csv())
    write(tmp_path / "raw" / "paper.txt", "Tolls.")
    return tmp_path


def test_the_rows_of_a_table_are_documents_of_the_study_beside_its_files(study):
    documents = read_study({"corpora": [{"file": "speeches.csv", "group": "party"}]}, study).documents
    assert list(documents) == ["paper", "speeches-a1", "speeches-b2"]
    assert documents["speeches-a1"].place == "raw/speeches.csv, row a1"
    facts = {"group": "Union", "published": "2019-03-04", "row": "a1", "speaker": "Anna Berg"}
    assert documents["speeches-a1"].metadata == facts


def test_metadata_of_the_study_go_before_those_of_a_row_and_those_of_its_table_after(study):
    given = {"speeches.csv": {"genre": "speech", "speaker": "Nobody"}, "speeches-b2": {"speaker": "Jon Falk jr."}}
    documents = read_study({"documents": given}, study).documents
    assert [documents[d].metadata["speaker"] for d in ("speeches-a1", "speeches-b2")] == ["Anna Berg", "Jon Falk jr."]
    assert {entry.metadata.get("genre") for d, entry in documents.items() if entry.row} == {"speech"}


def test_a_row_and_a_file_with_one_id_are_an_error_that_names_both(study):
    write(study / "raw" / "speeches-a1.txt", "Tolls fell.")
    with pytest.raises(StudyError, match=r"raw/speeches-a1\.txt and raw/speeches\.csv, row a1 have one id"):
        read_study({}, study)


def test_columns_and_tables_that_are_not_there_are_said(study):
    corpora = [{"file": "speeches.csv", "text": "txt"}, {"file": "gone.csv"}, {"file": "paper.txt"}]
    with pytest.raises(StudyError) as caught:
        read_study({"corpora": corpora}, study)
    assert "corpora > speeches.csv > text: no column 'txt'. Did you mean text?" in str(caught.value)
    assert "corpora: no file gone.csv in raw/" in str(caught.value)
    assert "corpora > paper.txt: expected a table" in str(caught.value)


def test_skipped_rows_are_skipped_sources_of_the_study_with_their_line(study):
    write(study / "raw" / "speeches.csv", as_csv() + "c3,2020\n")
    (skipped,) = read_study({}, study).skipped
    assert skipped["file"] == "raw/speeches.csv, line 6"
