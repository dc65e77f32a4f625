"""Titles, headings, speakers and hyphens of plain texts as programs and transcribers print them."""

import re
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framescope.extract.pages.text.read import read_plain

FIRST = "The harbour was built in a year of peace, and the customs service\ngrew with it until the war came."
SECOND = "Tolls were raised twice in the decade that followed, and both times\nthe merchants of the province protested."
TEXT = f"{FIRST}\n\n{SECOND}"


def texts(content):
    return [paragraph.text for section in content.sections for paragraph in section.paragraphs]


def titles(content):
    return [section.title for section in content.sections]


@pytest.mark.parametrize(
    "title",
    [
        "The National\nHarbour Strategy",
        "A HARBOUR STRATEGY\nFOR A NEW\nCENTURY",
        "Tolls of the Eastern\nand Western Quays",
    ],
)
def test_a_title_printed_in_several_lines_is_one_title(title):
    content = read_plain(f"{title}\n\nTHE OLD QUAY\nMAY 1999\n\nTrade and Tolls\n\n{TEXT}\n\nPilots\n\n{TEXT}\n")
    assert (content.title, titles(content)) == (title.replace("\n", " "), ["Trade and Tolls", "Pilots"])


def test_the_heading_below_a_title_is_no_part_of_it_if_text_follows_without_a_space():
    long = " ".join([FIRST.replace("\n", " ")] * 3)
    content = read_plain("\n".join(["The Harbour Review", "Trade and Tolls", long, "Pilots", long]) + "\n")
    assert (content.title, titles(content)) == ("The Harbour Review", ["Trade and Tolls", "Pilots"])


@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize("word", ["Chapter", "CHAPTER", "Kapitel", "Chapitre", "Parte", "Глава"])
def test_the_number_of_a_chapter_above_its_title_is_part_of_it_and_no_page_number(word, between):
    names = ["Trade and Tolls", "Pilots of the Quay", "Ships and Their Crews", "Peace and War"]
    parts = [f"{word} {n}{between}{name}\n\n" + f"{TEXT}\n\n" * 6 for n, name in enumerate(names, 1)]
    content = read_plain("The Harbour Review\n\n" + "".join(parts))
    assert titles(content) == [f"{word} {n} {name}" for n, name in enumerate(names, 1)]
    assert content.left_out == []


def test_a_heading_at_the_foot_of_a_page_is_not_joined_to_the_text_of_the_next():
    content = read_plain(f"Trade\n\n{TEXT}\n\nPilots and Ships\n\n1\f{TEXT}\n\nTolls\n\n{TEXT}\n\n2\f{TEXT}\n\n3\n")
    assert "Pilots and Ships" in titles(content)


def test_an_item_of_a_list_below_the_running_head_of_a_page_is_no_running_head():
    pages = [f"Harbour Review {n}\n\n{TEXT}\n\n{TEXT}\n" for n in range(1, 6)]
    items = "ii. no ship of the company came;\n\niii. no toll was paid;"
    pages[3] = f"Harbour Review 4\n\n{items}\n\n{TEXT}\n"
    assert "no ship of the company came;" in " ".join(texts(read_plain("\f".join(pages))))


@pytest.mark.parametrize(
    "heading",
    [
        "REPORT OF THE COMMITTEE APPOINTED TO INQUIRE INTO THE STATE OF THE QUAYS OF THE PROVINCE, THE CONDITION OF\n"
        "THE SHIPS, AND THE MEANS BY WHICH THE TOLLS THAT ARISE FROM THEM MAY BE BETTER COLLECTED AND SPENT",
        "Chapter II. Of the Measures Taken by the Several Offices of the Province since the Last Assembly for the\n"
        "Better Protection of the Trade in Grain",
    ],
)
def test_a_heading_in_capitals_or_with_the_number_of_a_chapter_may_be_as_long_as_a_sentence(heading):
    content = read_plain(f"The Harbour Review\n\nTrade\n\n{TEXT}\n\n{heading}\n\n{TEXT}\n\nPilots\n\n{TEXT}\n")
    assert titles(content) == ["Trade", heading.replace("\n", " "), "Pilots"]


def test_a_text_all_in_capitals_has_no_long_headings():
    text = "\n\n".join(
        [TEXT.upper(), "NO VESSEL CAME TO THE QUAY IN THOSE WEEKS AND THE BOARD KEPT COUNT " * 2, TEXT.upper()]
    )
    assert titles(read_plain(text + "\n")) == [None]


def test_headings_worded_like_sentences_may_be_right_above_their_text():
    names = ["What we know about the tolls", "How ships are protected today", "Why the guild refused"]
    text = "\n\n".join(f"{name}\n{FIRST}\n\n{SECOND}" for name in names)
    assert titles(read_plain(f"{TEXT}\n\n{text}\n")) == [None, *names]


@pytest.mark.parametrize(
    "names", [("PRESIDENT VERHOEVEN", "QUESTION"), ("Ms. Okafor", "Moderator"), ("Anna Okafor", "Ben Lind")]
)
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_lines_that_name_the_speakers_of_a_transcript_are_no_headings(names, between):
    turns = [f"{names[n % 2]}{between}{TEXT}" for n in range(6)]
    content = read_plain("Tolls and Trade\n\n" + "\n\n".join(turns) + "\n")
    assert titles(content) == ["Tolls and Trade"]
    assert [item.text for item in content.left_out] == [names[n % 2] for n in range(6)]


def test_headings_that_recur_in_each_chapter_stay_headings():
    parts = "\n\n".join(f"{name}\n\n{TEXT}" for name in ["Tolls", "Harbour Service", "Trade"] * 2)
    assert titles(read_plain(f"{FIRST} The service was old, and its trade small.\n\n{parts}\n")) == [
        None, "Tolls", "Harbour Service", "Trade", "Tolls", "Harbour Service", "Trade"
    ]  # fmt: skip


def test_the_time_of_day_at_which_a_meeting_begins_or_ends_is_no_heading():
    content = read_plain(f"Briefing on Tolls\n\nTrade\n\n{TEXT}\n\n1:05 P.M. EDT\n\n{TEXT}\n\nEND 2:01 P.M. EDT\n")
    assert titles(content) == ["Trade"]


def test_the_numbers_of_numbered_paragraphs_are_no_markers_of_missing_notes():
    parts = [f"{a}.{b} {FIRST}" for a in range(1, 4) for b in range(1, 4)]
    content = read_plain("\n\n".join(parts) + "\n")
    assert (content.notes, content.warnings) == ([], [])
    assert texts(content)[4] == f"2.2 {FIRST}".replace("\n", " ")


def test_a_page_number_above_a_contents_list_is_not_the_number_of_a_heading():
    names = ["Trade and Tolls", "Pilots of the Quay", "Ships and Crews", "Peace and War"]
    entries = "\n".join(f"{name} {'.' * (50 - len(name))} {n}" for n, name in enumerate(names, 3))
    text = "\n\n".join(f"{name}\n\n{TEXT}" for name in names)
    content = read_plain(f"The Harbour Review\n\n1\n\nContents\n{entries}\n\n2\n\n{text}\n")
    assert titles(content) == names


def test_notes_below_a_title_whose_numbers_are_in_round_brackets_are_notes():
    body = "\n\n".join(f"{FIRST}({n}) {SECOND}" for n in range(1, 5))
    notes = "\n\n".join(f"({n}) Port Review {n}, {2000 + n}." for n in range(1, 5))
    content = read_plain(f"Trade\n\n{body}\n\nNOTES\n\n{notes}\n")
    assert [(note.number, note.text) for note in content.notes] == [
        (str(n), f"Port Review {n}, {2000 + n}.") for n in range(1, 5)
    ]
    assert not any("(" in text for text in texts(content))


def test_list_items_in_round_brackets_without_such_a_list_of_notes_stay():
    text = "\n\n".join(f"({n}) {FIRST}" for n in range(1, 5))
    content = read_plain(f"{FIRST}(1) {SECOND}\n\n{text}\n")
    assert (content.notes, len(texts(content))) == ([], 5)


LINES = textwrap.wrap(
    f"{FIRST} {SECOND} Ships of the Anglo-Russian company were self-made. Defence of Russian ships failed. " * 8,
    90,
    break_on_hyphens=False,
)


@pytest.mark.parametrize(
    ("joined", "compound"),
    [
        ("the AngloRussian convention on tolls", "the Anglo-Russian convention on tolls"),
        ("the selfdefence of those ships", "the self-defence of those ships"),
        ("a shipsof-defence policy", "a ships-of-defence policy"),
        ("what Robert McMahon wrote", "what Robert McMahon wrote"),
        ("a PowerPoint on selfishness", "a PowerPoint on selfishness"),
    ],
)
def test_hyphens_lost_where_a_dump_joined_two_lines_are_put_back_and_other_words_stay(joined, compound):
    lines = [*LINES[:5], f"{LINES[5]} {joined} {LINES[6]}", *LINES[7:]]
    text = " ".join(texts(read_plain("\n".join(lines))))
    assert compound in text


@given(
    st.lists(
        st.sampled_from(["Ms. Okafor", "QUESTION", "Tolls", "(1)", "1.2", FIRST, SECOND, "NOTES", "Chapter 2"]),
        min_size=1,
    )
)
def test_no_word_of_such_texts_is_lost(pieces):
    content = read_plain("\n\n".join(pieces) + "\n")
    found = [content.title or "", *(title or "" for title in titles(content)), *texts(content)]
    found += [f"{note.number} {note.text}" for note in content.notes] + [item.text for item in content.left_out]
    assert sorted(re.findall(r"\w+", " ".join(found))) == sorted(re.findall(r"\w+", " ".join(pieces)))


def test_headings_in_capitals_that_are_in_the_line_of_their_paragraph_are_headings():
    names = ["TRADE AND ITS TOLLS", "THE PILOTS OF THE QUAY", "SHIPS AND THEIR CREWS", "OF PEACE AND WAR"]
    content = read_plain("\n\n".join([TEXT, *(f"{name} {FIRST}\n\n{SECOND}" for name in names)]) + "\n")
    assert (titles(content), texts(content)[2]) == ([None, *names], FIRST.replace("\n", " "))


def test_names_and_places_in_capitals_that_recur_at_the_beginning_of_paragraphs_are_text():
    text = "\n\n".join(f"THE OLD QUAY {FIRST}\n\nMR. JOHN VERHOEVEN {SECOND}" for _ in range(4))
    assert titles(read_plain(text + "\n")) == [None]


def test_a_line_that_goes_on_after_the_end_of_a_sentence_is_no_heading():
    line = "Our tolls match those of the east. However, the legacy of a decade in which '"
    content = read_plain(f"{TEXT}\n\nTrade\n\n{TEXT}\n\n{line}\n\nmany ships stayed out remains.\n\nPilots\n\n{TEXT}\n")
    assert titles(content) == [None, "Trade", "Pilots"]
