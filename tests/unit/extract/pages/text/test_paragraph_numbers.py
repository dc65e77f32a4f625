"""Numbers of paragraphs on lines of their own, and page numbers beside them."""

from __future__ import annotations

from framescope.extract.content import Content
from framescope.extract.pages.text.read import read_plain

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Friday")
KINGS = ("Alfred", "Bruno", "Charles", "David", "Edgar", "Frederick", "Godfrey", "Henry")
HEAD = "Report on the Harbour of the Old Town"


def paragraph(number: int) -> str:
    day = DAYS[number % len(DAYS)]
    return (
        f"On {day} the board met for the {number}th time and heard what the guild had\n"
        f"to say about the toll on grain, which had risen in the {number}th year of\n"
        f"the war of King {KINGS[number % len(KINGS)]}."
    )


def texts(content: Content) -> list[str]:
    return [paragraph.text for section in content.sections for paragraph in section.paragraphs]


def one_line(text: str) -> str:
    return " ".join(text.split())


def test_numbers_of_paragraphs_are_left_out_and_are_no_note_markers() -> None:
    content = read_plain("\n".join(f"{n}\n{paragraph(n)}\n" for n in range(1, 11)))
    assert texts(content) == [one_line(paragraph(n)) for n in range(1, 11)]
    assert [item.text for item in content.left_out] == [str(n) for n in range(1, 11)]
    assert not content.notes
    assert not content.warnings


def test_a_number_that_is_joined_to_its_paragraph_continues_the_count_of_the_others() -> None:
    lines = [f"{n}{' ' if n == 8 else chr(10)}{paragraph(n)}\n" for n in range(1, 11)]
    assert texts(read_plain("\n".join(lines)))[7] == one_line(paragraph(8))


def test_raised_numbers_that_divide_lines_remain_note_markers() -> None:
    pieces = []
    for n in range(1, 11):
        first, rest = paragraph(n).replace("\n", " ").split(" to say ")
        pieces.append(f"{first}.\n{n}\nThe rest\nof it is to say {rest}\n")
    content = read_plain("\n".join(pieces))
    assert [note.number for note in content.notes if note.status == "missing"] == [str(n) for n in range(1, 11)]


def test_page_numbers_beside_running_heads_make_pages_although_paragraphs_are_counted_too() -> None:
    pages = []
    for page in range(4, 12):
        numbered = [f"{n}\n{paragraph(n)}\n" for n in range(5 * page - 19, 5 * page - 14)]
        pages.append("\n".join([*numbered, f"{page}\n{HEAD}\n"]))
    content = read_plain("\n".join(pages))
    assert {paragraph.page for section in content.sections for paragraph in section.paragraphs} == set(range(1, 9))
    assert texts(content) == [one_line(paragraph(n)) for n in range(1, 41)]
    assert all(HEAD not in text for text in texts(content))


def test_numbers_of_notes_on_lines_of_their_own_are_no_numbers_of_paragraphs() -> None:
    def letter(n: int) -> str:
        king, day = KINGS[n % len(KINGS)], DAYS[n % len(DAYS)]
        return (
            f"King {king} to the guild, {day}, in the Letters of the Harbour, with the\nanswer of the guild of {king}."
        )

    pages = [
        f"{paragraph(n)}\nThe guild answered him.{n}\n\n{paragraph(n + 20)}\n\n{n}\n{letter(n)}\n" for n in range(1, 11)
    ]
    content = read_plain("\f".join(pages))
    assert [item.text for item in content.left_out if item.kind == "other"] == []
