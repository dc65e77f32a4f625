"""Texts that are there twice, whole or in great part."""

from framescope.document import Document, Paragraph, ParagraphKind, Section, Source
from framescope.extract.accounting import document_facts
from framescope.extract.repeats import Repeats, find_repeats, text_of

TEXTS = [f"Paragraph {n} of the treaty says what its number is." for n in range(40)]


def document(name: str, *paragraphs: str, kind: ParagraphKind = "prose") -> Document:
    section = Section("01", None, 1, paragraphs=[Paragraph(kind, text) for text in paragraphs])
    return Document(name, None, Source(f"raw/{name}.txt", "", "text"), [section])


def repeats(*documents: Document) -> Repeats:
    texts = list(map(text_of, documents))
    found = find_repeats(texts)
    assert found == find_repeats(texts[::-1])
    return found


def test_a_text_that_reads_the_same_as_another_is_left_out_with_its_cause() -> None:
    pair = document("b", *TEXTS[:4]), document("a", *(text.replace(" ", "  ") for text in TEXTS[:4]))
    found = repeats(*pair)
    assert [found.kept(one.id) for one in pair] == [False, True]
    reason = "it reads the same as raw/a.txt"
    assert found.failure(text_of(pair[0])) == {
        "file": "raw/b.txt",
        "reason": reason,
        "remedy": "Remove one of the two.",
    }
    assert found.warnings == {}


def test_texts_that_share_over_half_of_their_blocks_name_each_other() -> None:
    found = repeats(document("a", *TEXTS[:10]), document("b", *TEXTS[4:14]))
    assert found.same == {}
    assert found.warnings == {
        "a": "shares 6 of its 10 blocks with raw/b.txt: rates count it in both",
        "b": "shares 6 of its 10 blocks with raw/a.txt: rates count it in both",
    }


def test_texts_that_share_half_of_their_blocks_are_not_warned_of() -> None:
    assert repeats(document("a", *TEXTS[:10]), document("b", *TEXTS[5:15])) == Repeats()


def test_an_excerpt_is_warned_of_and_the_longer_text_is_not() -> None:
    found = repeats(document("excerpt", *TEXTS[:3]), document("whole", *TEXTS))
    assert list(found.warnings) == ["excerpt"]


def test_the_text_with_most_in_common_is_named_and_the_others_are_counted() -> None:
    found = repeats(document("a", *TEXTS[:10]), document("b", *TEXTS[:9], "Other."), document("c", *TEXTS[:8], "End."))
    assert found.warnings["a"].startswith(
        "shares 9 of its 10 blocks with raw/b.txt, and as many or fewer with 1 other:"
    )


def test_a_phrase_that_all_texts_have_repeats_nothing() -> None:
    documents = [document(f"d{n}", "Mr. President,", TEXTS[n], f"I thank country {n}.") for n in range(40)]
    assert repeats(*documents) == Repeats()


def test_list_items_are_of_the_block_that_introduces_them() -> None:
    def listed(name: str, *items: str) -> Document:
        made = document(name, "We ask for:", *items, *TEXTS[:3])
        for paragraph in made.sections[0].paragraphs[1 : 1 + len(items)]:
            paragraph.kind = "item"
        return made

    assert "3 of its 4 blocks" in repeats(listed("a", "one", "two"), listed("b", "one", "three")).warnings["a"]


def test_the_warning_is_added_to_those_of_extraction() -> None:
    first, second = document("a", *TEXTS[:10]), document("b", *TEXTS[4:14])
    first.warnings = ["notes called in the text but not found: 3"]
    (facts,) = document_facts(first)
    assert repeats(first, second).warned(facts) == {
        **facts,
        "warnings": "notes called in the text but not found: 3; "
        "shares 6 of its 10 blocks with raw/b.txt: rates count it in both",
    }


def test_documents_without_a_word_repeat_nothing() -> None:
    assert repeats(document("a"), document("b")) == Repeats()
