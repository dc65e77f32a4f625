"""What a batch of texts has for tables: counted once, and the same whatever is taken from the cache."""

from collections import Counter
from functools import partial
from pathlib import Path

import pytest

from framescope.cache import Cache
from framescope.document import Document, Paragraph, Section, Source
from framescope.extract import accounting
from framescope.extract.repeats import find_repeats
from framescope.failures import DamagedError, Failure
from framescope.records import sealed_records

REFUSED = {"document": "c", "file": "raw/c.pdf", "reason": "it is empty", "remedy": "Remove it.", "retry": False}
FACTS = {"document_facts", "section_facts", "text_accounting"}


def document(name: str, text: str) -> Document:
    section = Section("01", "A title", 1, paragraphs=[Paragraph("prose", text)])
    return Document(name, None, Source(f"raw/{name}.txt", "0", "txt"), [section], warnings=["it is short"])


class Batch:
    """A batch file, with a count of how many times each document was read."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.path, self.read = folder, folder / "0.jsonl", Counter[str]()
        self.write(document("a", "The army met."), document("b", "The navy met."), document("d", "The  navy met."))
        facts = accounting.document_facts

        def document_facts(document: Document) -> list[dict[str, object]]:
            self.read[document.id] += 1
            if "broken" in document.sections[0].paragraphs[0].text:
                raise AttributeError("no year")
            return facts(document)

        monkeypatch.setattr(accounting, "document_facts", document_facts)

    def write(self, *documents: Document) -> None:
        self.path.write_text(sealed_records([*(one.to_dict() for one in documents), REFUSED]), encoding="utf-8")

    def counted(self, code: str = "code", fresh: bool = False) -> bytes:
        cache = partial(Cache, self.folder, "counts", fresh)
        return accounting.counted_batch(self.path, cache, code, "results/logs/texts.log")


@pytest.fixture
def batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Batch:
    return Batch(tmp_path, monkeypatch)


def test_documents_are_read_again_only_if_their_batch_or_the_code_has_changed(batch: Batch) -> None:
    first = batch.counted()
    assert batch.counted() == first
    assert batch.read == {"a": 1, "b": 1, "d": 1}
    assert batch.counted(fresh=True) == first
    assert batch.counted(code="other") == first
    assert batch.read == {"a": 3, "b": 3, "d": 3}
    batch.write(document("a", "The army left."))
    assert batch.counted() != first


def test_a_document_that_repeats_another_and_a_source_without_a_document_are_failures(batch: Batch) -> None:
    batches = [batch.counted()]
    repeats = find_repeats(accounting.texts_of(batches))
    rows = [list(rows) for rows in accounting.text_rows(batches, repeats) if not isinstance(rows, Failure)]
    assert [{name for name, _ in document} for document in rows] == [*2 * [FACTS], *2 * [{"failures"}]]
    assert [row["reason"] for _, row in rows[2] + rows[3]] == ["it reads the same as raw/b.txt", "it is empty"]
    words = [row for rows in rows[:2] for name, row in rows if name == "text_accounting"]
    assert [(row["document"], row["kind"], row["words"]) for row in words] == [
        *(("a", "body", 3), ("a", "heading", 2), ("b", "body", 3), ("b", "heading", 2))
    ]


def test_a_document_that_fails_is_tried_again_and_costs_no_other(batch: Batch) -> None:
    batch.write(document("a", "A broken text."), document("b", "The navy met."))
    for times in (1, 2):
        batches = [batch.counted()]
        outcomes = list(accounting.text_rows(batches, find_repeats(accounting.texts_of(batches))))
        (failure,) = (outcome for outcome in outcomes if isinstance(outcome, Failure))
        assert (failure.document, failure.reason) == ("a", "counting its words failed (AttributeError: no year)")
        assert "Traceback" in failure.trace
        assert {row["document"] for rows in outcomes if rows != failure for _, row in rows if "document" in row} == {
            "b"
        }
        assert batch.read["a"] == times


def test_a_batch_file_that_was_altered_is_refused_although_its_counts_are_kept(batch: Batch) -> None:
    batch.counted()
    batch.path.write_bytes(batch.path.read_bytes().replace(b"army", b"Army"))
    with pytest.raises(DamagedError):
        batch.counted()
