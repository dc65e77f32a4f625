"""Plain text and PDF-to-text dumps."""

import os
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framescope.document import ExtractionError
from framescope.extract.content import Content
from framescope.extract.pages.text.read import read_plain

RULE = " " * 48


def printed(*lines: str) -> str:
    """Lines as a dump prints them that puts a space and an empty line after each; "" ends a paragraph."""
    return "".join(
        " \n\n" if line == "" else line + "\n" if re.fullmatch(r" *|\d+", line) else line + " \n\n" for line in lines
    )


# Two pages: text runs across the page end, notes stand in mid-sentence, the second page begins with a heading.
DUMP = (
    "\n"
    + printed(
        "Abstract",
        "",
        "Two ports and one railway have tied the coast of the gulf to the inland",
        "provinces, and both governments call that tie their common good.",
        "",
        "The Harbour Question",
        "",
        "Trade through the northern harbour doubled in a decade, and the customs",
        "service grew with it.",
        "1",
        " A second line followed, for which counter-smuggling patrols were formed",
        "and paid from the tolls. The ministry held that well-",
        "ordered counter-",
        "smuggling work needed a tariff of its own and that the har-",
        "bour was to pay for it. The com-",
        "mon tariff, a common good, was set at two per cent of the value of all goods, and of",
    )
    + RULE
    + "\n"
    + printed("1", " Anna Verhoeven, “Tolls and Patrols,” Harbour Review 4, no. 2 (2011): 15-", "16.")
    + "https://example.org/tolls\n"
    + printed(
        " every vessel that came to the quay.",
        "2",
        " The guild named three demands:",
        "",
        "i. A lower toll",
        "ii. A second quay",
        "iii. A seat in the harbour board and a vote",
        "in its budget",
        "",
        "The board refused them all, and a spokesman of the guild said:",
        "",
        "We have asked for the least of what is ours, and we were sent away.",
        "3",
        "",
    )
    + RULE
    + "\n"
    + printed("2", " Ibid.,").removesuffix("\n")
    + printed(" Outlook", "", "Nothing was settled in that year.", "4", "")
)


@pytest.fixture(scope="module")
def dump() -> Content:
    return read_plain(DUMP)


def test_headings_are_found_without_typography_and_after_a_page_end(dump: Content) -> None:
    assert [section.title for section in dump.sections] == ["Abstract", "The Harbour Question", "Outlook"]
    assert [section.id for section in dump.sections] == ["01-abstract", "02-the-harbour-question", "03-outlook"]


def test_text_runs_across_a_page_end_and_around_notes(dump: Content) -> None:
    assert "of all goods, and of every vessel that came to the quay. The guild" in dump.sections[1].paragraphs[0].text


def test_hyphens_at_line_ends_follow_the_documents_own_vocabulary(dump: Content) -> None:
    text = dump.sections[1].paragraphs[0].text
    assert "counter-smuggling work" in text
    assert "the harbour was" in text
    assert "The common tariff" in text


def test_list_items_and_the_quotation_are_paragraphs_of_their_kind(dump: Content) -> None:
    paragraphs = dump.sections[1].paragraphs
    assert [paragraph.kind for paragraph in paragraphs] == ["prose", "item", "item", "item", "prose", "quote"]
    assert paragraphs[3].text == "iii. A seat in the harbour board and a vote in its budget"


def test_notes_leave_the_text_and_keep_number_section_and_status(dump: Content) -> None:
    assert [(note.number, note.section, note.status) for note in dump.notes] == [
        ("1", "02-the-harbour-question", "whole"),
        ("2", "02-the-harbour-question", "truncated"),
        ("3", "02-the-harbour-question", "missing"),
        ("4", "03-outlook", "missing"),
    ]
    assert dump.notes[0].text == "Anna Verhoeven, “Tolls and Patrols,” Harbour Review 4, no. 2 (2011): 15-16."
    assert any("3, 4" in warning for warning in dump.warnings)


def test_no_marker_is_left_in_the_text(dump: Content) -> None:
    text = " ".join(paragraph.text for section in dump.sections for paragraph in section.paragraphs)
    assert not re.search(r"\d", text)
    assert "\ue000" not in text


def test_link_targets_listed_at_a_page_end_are_left_out(dump: Content) -> None:
    assert [(item.kind, item.text) for item in dump.left_out] == [("link", "https://example.org/tolls")]


def test_a_text_without_words_is_an_error() -> None:
    with pytest.raises(ExtractionError, match="no words"):
        read_plain(" \n\n--\f\n")


@pytest.mark.skipif(
    "FRAMESCOPE_SHARED" not in os.environ, reason="FRAMESCOPE_SHARED does not name the article's folder"
)
def test_the_article_gives_its_six_sections_and_all_its_notes() -> None:
    path = next(Path(os.environ["FRAMESCOPE_SHARED"], "raw").glob("000_*.txt"))
    content = read_plain(path.read_text(encoding="utf-8"))
    assert [len(section.paragraphs) for section in content.sections] == [1, 14, 13, 10, 16, 4]
    assert [section.title for section in content.sections][::5] == ["Abstract", "Conclusion"]
    assert [note.number for note in content.notes] == [str(number) for number in range(1, 40)]
    assert [note.number for note in content.notes if note.status == "missing"] == [str(n) for n in range(28, 40)]
    assert [note.number for note in content.notes if note.status == "truncated"] == ["26", "27"]
    kinds = [paragraph.kind for section in content.sections for paragraph in section.paragraphs]
    assert (kinds.count("item"), kinds.count("quote")) == (13, 1)
    assert len(content.left_out) == 4


# Pages by form feeds with running heads, markers that cling to words, notes without a rule above them.
FEEDS = (
    "Trade through the northern harbour doubled in ten years, and with it the cus-\n"
    "toms service grew, which the guild of pilots had paid for from its own tolls.1\n"
    "A second quay was built for the ships of the line, and a third for those that\n"
    "carried grain from the interior.2\n"
    "The pilots had asked for neither, and would have been content with what they\n"
    "1 Anna Verhoeven, Tolls and Patrols (Ghent: Dok, 2011), 15-16.\n"
    "2 Minutes of the Harbour Board, 12 March 1904, Archive of the Guild, Box 7;\n"
    "see also the Minutes of 14 April and those of\n"
    "\n"
    "1\n"
    "\fHarbour Quarterly\n"
    "\n"
    "had before the war.\n"
    "\n"
    "The Tariff and Its Friends\n"
    "No tariff pleases all of those who pay it, but this one had the merit that it\n"
    "could be read in an afternoon and reckoned in an hour by any clerk of the port.3\n"
    "May 1904, Box 8, and 3 June 1904, Box 9, Archive of the Guild.\n"
    "3 Minutes of the Harbour Board, 9 July 1905.\n"
    "\n"
    "2\n"
    "\fHarbour Quarterly\n"
    "\n"
    "The merchants signed it in the end, and the pilots with them.\n"
    "\n"
    "3\n"
)


def test_notes_without_a_rule_are_found_by_their_numbers_and_go_on_over_a_page_end() -> None:
    assert [note.text for note in read_plain(FEEDS).notes] == [
        "Anna Verhoeven, Tolls and Patrols (Ghent: Dok, 2011), 15-16.",
        "Minutes of the Harbour Board, 12 March 1904, Archive of the Guild, Box 7; see also the Minutes of 14 April and"
        " those of May 1904, Box 8, and 3 June 1904, Box 9, Archive of the Guild.",
        "Minutes of the Harbour Board, 9 July 1905.",
    ]


def test_form_feeds_part_pages_whose_heads_and_numbers_are_left_out() -> None:
    content = read_plain(FEEDS)
    assert [(item.kind, item.text) for item in content.left_out] == [
        ("page number", "1"),
        ("header", "Harbour Quarterly"),
        ("page number", "2"),
        ("header", "Harbour Quarterly"),
        ("page number", "3"),
    ]
    assert [section.title for section in content.sections] == [None, "The Tariff and Its Friends"]
    assert "would have been content with what they had before the war." in content.sections[0].paragraphs[-1].text


def test_markers_stand_apart_or_begin_a_line() -> None:
    text = (
        "Trade through the northern harbour doubled in ten years, and with it grew the\n"
        "customs service. 1 The guild of pilots paid for it from its own tolls.\n"
        "                                                                      2 Nobody\n"
        "else would have, as the board well knew when it wrote to all the merchants.\n"
        "1 Anna Verhoeven, Tolls and Patrols (Ghent: Dok, 2011), 15-16.\n"
        "2 Minutes of the Harbour Board, 9 July 1905.\n"
    )
    content = read_plain(text)
    assert [note.number for note in content.notes] == ["1", "2"]
    [only] = [paragraph.text for section in content.sections for paragraph in section.paragraphs]
    assert "service. The guild" in only
    assert "tolls. Nobody else" in only


def test_endnotes_and_references_at_the_end_leave_the_text() -> None:
    text = (
        "The Toll\n\nTrade through the northern harbour doubled in a decade.1 The board was content.2\n\n"
        "Notes\n\n1. Anna Verhoeven, Tolls and Patrols.\n2. Ibid.\n\n"
        "References\n\nVerhoeven, Anna. Tolls and Patrols.\n"
    )
    content = read_plain(text)
    assert paragraphs(text) == ["Trade through the northern harbour doubled in a decade. The board was content."]
    assert [(note.number, note.text) for note in content.notes] == [
        ("1", "Anna Verhoeven, Tolls and Patrols."),
        ("2", "Ibid."),
    ]
    assert [item.text for item in content.left_out if item.kind == "reference"] == [
        "References",
        "Verhoeven, Anna. Tolls and Patrols.",
    ]


def paragraphs(text: str) -> list[str]:
    return [paragraph.text for section in read_plain(text).sections for paragraph in section.paragraphs]


WRAPPED = (
    "The Toll and the Quay\n\n"
    "Trade through the northern harbour doubled in a decade, and the customs\n"
    "service grew with it. A second line followed.\n\n"
    "The Guild\n\n"
    "The guild of pilots asked for a lower toll and a second quay, and for a\n"
    "seat in the harbour board. The board refused.\n\n"
    "No vessel came to the quay in those weeks, and the guild kept count of\n"
    "the ships that did not.\n"
)


def test_ordinary_text_has_paragraphs_by_blank_lines_and_headings_by_their_words() -> None:
    content = read_plain(WRAPPED)
    assert content.title == "The Toll and the Quay"
    assert [(section.title, len(section.paragraphs)) for section in content.sections] == [(None, 1), ("The Guild", 2)]
    assert content.sections[0].paragraphs[0].text.endswith("customs service grew with it. A second line followed.")
    assert content.notes == content.left_out == content.warnings == []


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_paragraph_a_line_stays_a_paragraph(gap: str) -> None:
    lines = [
        f"This is the {word} sentence of its paragraph, and it is rather long. So is this one."
        for word in ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
    ]
    assert paragraphs(gap.join(lines)) == lines


def test_a_text_without_headings_is_one_section_without_title() -> None:
    content = read_plain("The board refused. It had no choice.\n\nThe guild went home, and it stayed there.\n")
    assert [(section.title, len(section.paragraphs)) for section in content.sections] == [(None, 2)]


@pytest.mark.parametrize("text", ["harbour", "The Toll", "The board refused.", "1. The toll\n2. The quay"])
def test_the_shortest_texts_are_read(text: str) -> None:
    assert words_of(read_plain(text)) == re.findall(r"\w+", text)


def test_numbers_in_ordinary_text_are_no_notes() -> None:
    text = (
        "He counted the ships in 3 rows.\n4 of them were new.\n\nIn 1904 a new quay was built for 200,000 guilders.5\n"
    )
    content = read_plain(text)
    assert content.notes == []
    assert words_of(content) == re.findall(r"\w+", text)


def test_pages_without_marks_are_found_by_their_numbers() -> None:
    names = ["harbour", "guild", "river", "city", "canal"]
    lines = [f"The {a} board and the {b} board met again and set the toll for the" for a in names for b in names]
    pages = ["\n".join([*lines[n:], *lines[:n], f"Harbour Quarterly {n}\n"]) for n in range(7, 12)]
    content = read_plain("".join(pages))
    assert [item.text for item in content.left_out] == [f"Harbour Quarterly {number}" for number in range(7, 12)]
    assert len(paragraphs("".join(pages))) == 1


def words_of(content: Content) -> list[str]:
    """All words of a Content; a note's number stands both in the text that calls it and before the note."""
    parts = [content.title or ""]
    for section in content.sections:
        parts += [section.title or "", *(paragraph.text for paragraph in section.paragraphs)]
    for note in content.notes:
        parts += [note.number] * (bool(note.section) + bool(note.text)) + [note.text]
    parts += [item.text for item in content.left_out]
    return re.findall(r"[^\W_]+", " ".join(parts))


LINE = st.one_of(
    st.lists(st.from_regex(r"[A-Za-z]{1,9}[.,;:]?", fullmatch=True), min_size=1, max_size=12).map(" ".join),
    st.sampled_from(
        [
            "1",
            "2",
            " 3",
            "12",
            "• one",
            "i. two",
            "2. three",
            "http://a.org/b",
            "Introduction",
            "Table 1. A",
            "x1",
            "end.1",
            "Notes",
            "References",
            "Contents",
            "1 Ibid.",
            "page 2",
            "a   b   c",
            "7 Alpha",
            "Beta 8",
            "____________",
            "*",
        ]
    ),
)


@settings(max_examples=300)
@given(
    st.lists(st.tuples(LINE, st.sampled_from(["\n", "\n", "\n\n", " \n\n", "\f", "\n \n\n"])), min_size=1, max_size=60)
)
def test_no_word_is_lost_or_made_up(lines: list[tuple[str, str]]) -> None:
    text = "".join(line + end for line, end in lines)
    try:
        content = read_plain(text)
    except ExtractionError:
        assert not re.search(r"[^\W_]", text)
        return
    assert sorted("".join(words_of(content))) == sorted("".join(re.findall(r"[^\W_]+", text)))


@pytest.mark.parametrize("line", ["1", "7 Alpha", "12. The toll of the quay.", "alpha beta gamma", "a\n"])
def test_a_long_text_of_lines_alike_is_read_whole(line: str) -> None:
    text = "\n".join([line] * 5_000)
    assert sorted(words_of(read_plain(text))) == sorted(re.findall(r"[^\W_]+", text))


@pytest.mark.parametrize("sign", ["\u0131", "\u0130", "9" * 5_000, "\u00b2", "\u0661", "\u00b9" * 4])
def test_odd_letters_and_digits_in_recurring_lines_and_notes_are_text(sign: str) -> None:
    page = f"{sign} The Toll Review {sign}\n\nThe toll was raised{sign} in that year.{sign}\n\n{sign} See it.\n"
    text = "\f".join([page] * 4)
    assert "".join(words_of(read_plain(text))).count("Toll") == 4


def test_markers_of_any_digits_are_put_in_order() -> None:
    notes = "".join(f"{sign} See the book.\n" for sign in ("1", "2", "9" * 5_000))
    assert "Toll" in "".join(words_of(read_plain(f"The Toll.1 It rose.2\n\nNotes\n{notes}")))


def pages(first: str, top: str, last: str) -> str:
    """Three pages of text; the second begins with `top`, the first ends with `first` and the second with `last`."""
    things = iter(
        ["ships", "cranes", "moles", "pilots", "sheds", "scales", "barges", "tugs", "nets", "ropes", "carts", "mules"]
    )
    text = [
        "\n".join(
            f"The {next(things)} of the harbour cost more than in the year before, as the board knew\n"
            f"when it met, and the merchants wrote that all {next(things)} should be paid by the town."
            for _ in range(2)
        )
        for _ in range(3)
    ]
    return f"{text[0]}\n{first}\n\f{top}\n{last}{text[1]}\n\f{text[2]}\n"


@pytest.mark.parametrize("item", ["i. Expansion of the Northern Quay.", "i. Quays and moles (what the north built)"])
def test_an_item_of_a_list_at_the_top_of_a_page_is_no_heading(item: str) -> None:
    content = read_plain(pages("It asked for three things:", item, "\nii. Lower tolls.\n\n"))
    kinds = [paragraph.kind for section in content.sections for paragraph in section.paragraphs]
    assert kinds.count("item") == 2


def test_a_numbered_title_at_the_top_of_a_page_is_a_heading() -> None:
    content = read_plain(pages("So it ended.", "ii. Tolls of the Northern Quay", "\n"))
    assert [section.title for section in content.sections][1:] == ["ii. Tolls of the Northern Quay"]


def test_a_sentence_that_ends_some_of_the_pages_is_a_refrain_and_no_footer():
    refrain = "We shall not forget the harbour and its people."
    years = [f"In {year} the ships of the province came to the old harbour." for year in range(1901, 1907)]
    pages = [f"{text}\n\n{refrain}\n" if n % 2 else f"{text}\n" for n, text in enumerate(years)]
    content = read_plain("\f".join(pages))
    text = " ".join(p.text for section in content.sections for p in section.paragraphs)
    assert text.count(refrain) == 3
    assert all(year in text for year in years)
