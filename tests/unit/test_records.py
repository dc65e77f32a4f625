from dataclasses import replace
from pathlib import Path

import pytest

from framescope.document import Document, Paragraph, Section, Source
from framescope.failures import DamagedError, Failure
from framescope.records import StoredTexts, counted_texts, is_worth_a_retry, sealed_records, stored_texts

DOCUMENT = Document("a", None, Source("raw/a.txt", "0", "txt"), [Section("01", None, 1)])
DOCUMENT.sections[0].paragraphs.append(Paragraph("prose", "The army met in February."))
LOG = "results/logs/texts.log"
REFUSED = {"document": "b", "file": "raw/b.pdf", "reason": "it is empty", "remedy": "Remove it.", "retry": False}


@pytest.fixture
def batch(tmp_path: Path) -> Path:
    path = tmp_path / "0.jsonl"
    path.write_text(sealed_records([DOCUMENT.to_dict(), REFUSED]), encoding="utf-8")
    return path


def test_a_batch_file_gives_back_its_documents_and_its_failures(batch: Path) -> None:
    assert list(stored_texts(batch)) == [DOCUMENT]
    rows = list(counted_texts(lambda document: [document], dict, [batch], LOG))
    assert rows == [[DOCUMENT], [{key: REFUSED[key] for key in ("file", "reason", "remedy")}]]


def test_texts_are_found_by_their_ids_in_whichever_batch_file_they_are(batch: Path, tmp_path: Path) -> None:
    other = replace(DOCUMENT, id="c\u00fc", title="\U0001f600 and two lines\n")
    last = replace(DOCUMENT, id="d")
    second = tmp_path / "1.jsonl"
    second.write_text(sealed_records([REFUSED, other.to_dict(), last.to_dict()]), encoding="utf-8")
    texts = StoredTexts([batch, second])
    assert dict(texts) == {"a": DOCUMENT, "c\u00fc": other, "d": last}
    assert "b" not in texts, "a source that gave no document has no text"


def test_texts_of_a_damaged_batch_file_are_refused_before_any_is_read(batch: Path) -> None:
    batch.write_bytes(batch.read_bytes().replace(b"February", b"Februarz"))
    with pytest.raises(DamagedError, match="Delete it and run again"):
        StoredTexts([batch])


def test_a_batch_file_with_any_bit_flipped_is_refused_with_a_remedy(batch: Path) -> None:
    whole = batch.read_bytes()
    for place in range(len(whole)):
        damaged = bytearray(whole)
        damaged[place] ^= 1
        batch.write_bytes(damaged)
        with pytest.raises(DamagedError, match="Delete it and run again"):
            list(stored_texts(batch))


def test_a_batch_file_cut_at_any_place_is_refused(batch: Path) -> None:
    whole = batch.read_bytes()
    for length in range(len(whole)):
        batch.write_bytes(whole[:length])
        with pytest.raises(DamagedError):
            list(counted_texts(lambda document: [document], dict, [batch], LOG))


def test_a_document_that_cannot_be_counted_is_a_failure_among_the_rows(batch: Path) -> None:
    failure, _ = counted_texts(lambda document: [1 / 0], dict, [batch], LOG)
    assert isinstance(failure, Failure)
    assert failure.document == "a"


def test_a_batch_file_is_worth_a_retry_for_a_source_that_took_too_long_and_not_for_one_that_is_bad(tmp_path: Path):
    path = tmp_path / "0.jsonl"
    quoting = Document("c", None, Source("raw/c.txt", "0", "txt"), [Section("01", '{"retry": true}', 1)])
    for last, expected in [(REFUSED, False), ({**REFUSED, "retry": True}, True)]:
        path.write_text(sealed_records([DOCUMENT.to_dict(), quoting.to_dict(), last]), encoding="utf-8")
        assert is_worth_a_retry(path) is expected
