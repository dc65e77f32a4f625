import pickle

from framescope.document import Document, ExtractionError, LeftOut, Note, Paragraph, Section, Source


def test_a_document_survives_its_record() -> None:
    document = Document(
        "d",
        "Title",
        Source("raw/d.txt", "0" * 64, "text", "utf-8", 2),
        [Section("01-introduction", "Introduction", 1, "introduction", "heading", [Paragraph("quote", "Words.", 1)])],
        [Note("1", "A note.", "01-introduction", "truncated")],
        [LeftOut("header", "Journal", 2)],
        ["a warning"],
    )
    assert Document.from_dict(document.to_dict()) == document


def test_an_extraction_error_keeps_its_parts_between_processes() -> None:
    error = pickle.loads(pickle.dumps(ExtractionError("a.pdf", "it is encrypted", "Save it without a password.")))
    assert (error.file, error.reason, error.remedy, error.retry) == (
        "a.pdf",
        "it is encrypted",
        "Save it without a password.",
        False,
    )
    assert str(error) == "a.pdf: it is encrypted. Save it without a password."
