"""Plain texts without pages: manuals, transcripts and dumps without layout."""

import pytest

from framescope.extract.pages.text.read import read_plain

FIRST = "The harbour was built in a year of peace, and the customs service\ngrew with it until the war came."
SECOND = "Tolls were raised twice in the decade that followed, and both times\nthe merchants of the province protested."


def texts(content):
    return [paragraph.text for section in content.sections for paragraph in section.paragraphs]


def test_bullets_are_list_items_and_no_note_signs():
    items = "\n\n".join(f"* the {name} of the harbour and all of its tolls*" for name in ("north", "south", "east"))
    content = read_plain(f"{FIRST}\n\n{items}\n\n{SECOND}\n")
    assert content.notes == []
    assert [p.kind for p in content.sections[0].paragraphs] == ["prose", "item", "item", "item", "prose"]


def test_a_bullet_on_a_line_of_its_own_belongs_to_the_next_line():
    content = read_plain(f"{FIRST}\n\n•\n\nthe north of the harbour;\n\n•\n\nthe south of it.\n\n{SECOND}\n")
    assert texts(content)[1:3] == ["the north of the harbour;", "the south of it."]


def test_numbered_paragraphs_that_nothing_calls_are_no_notes():
    numbered = "\n\n".join(f"{n}. The {n}th point is made here, and it is made at some length." for n in range(1, 6))
    content = read_plain(f"{FIRST}\n\n{numbered}\n\n{SECOND}\n")
    assert content.notes == []


def test_a_note_between_paragraphs_ends_at_the_blank_line_unless_what_follows_is_set_in():
    note = "[1] Port Review 4, 2011. It says\n    nothing of tolls.\n\n    Nor does any other."
    content = read_plain(f"{FIRST} [1]\n\n{note}\n\n{SECOND}\n")
    assert [(n.number, n.text) for n in content.notes] == [
        ("1", "Port Review 4, 2011. It says nothing of tolls. Nor does any other.")
    ]
    assert texts(content) == [FIRST.replace("\n", " "), SECOND.replace("\n", " ")]
    assert content.notes[0].section == content.sections[0].id


def test_underlined_lines_are_the_headings_and_the_signs_rank_them():
    parts = ["Ports\n*****", "The Harbour\n***********", "Tolls\n=====", "A Title That Is None", "Trade\n====="]
    content = read_plain("\n\n".join(f"{part}\n\n{FIRST}" for part in parts))
    assert content.title == "Ports"
    assert [(s.title, s.level) for s in content.sections if s.title] == [("The Harbour", 1), ("Tolls", 2), ("Trade", 2)]


def test_running_heads_joined_to_lines_are_taken_off_and_begin_pages():
    parts = {3: "tolls", 5: "trade", 7: "peace", 9: "ships"}
    paragraphs = "\n\n".join(
        f"Harbour Review {n} The {word} of the province were spoken of.\n\n" + f"Of {word} there was no end. " * 20
        for n, word in parts.items()
    )
    content = read_plain(paragraphs)
    assert "Harbour Review" not in " ".join(texts(content))
    assert [item.text for item in content.left_out] == [f"Harbour Review {n}" for n in (3, 5, 7, 9)]


@pytest.mark.parametrize("opening", ["In year {}", "Executive Order {}"])
def test_paragraphs_that_begin_alike_and_count_up_are_kept_whole(opening: str):
    paragraphs = [f"{opening.format(n)} gave the province its harbour, and the ships came back." for n in range(1, 9)]
    content = read_plain("\n\n".join(paragraphs) + "\n")
    assert texts(content) == paragraphs
    assert not content.left_out


def test_the_speaker_named_below_a_quotation_is_no_heading():
    quoted = (
        "“We will build the harbour, and we will build it in peace.”\n\nMinister Adeyemi\nHarbour Town, June 1, 2002"
    )
    content = read_plain(
        f"Ports\n\n{FIRST}\n\nThe Harbour Question\n\n{quoted}\n\n{FIRST}\n\nTolls and Trade\n\n{SECOND}\n"
    )
    assert [s.title for s in content.sections][-2:] == ["The Harbour Question", "Tolls and Trade"]


def test_titles_that_headings_below_repeat_are_a_table_of_contents():
    titles = ["1. The Harbour", "2. Tolls", "3. Trade", "4. Peace"]
    body = "\n\n".join(f"{title}\n\n{FIRST}" for title in titles)
    content = read_plain("\n\n".join(f"{title} ..... {n}" for n, title in enumerate(titles, 3)) + f"\n\n{body}\n")
    assert [s.title for s in content.sections] == titles
    assert len(texts(content)) == 4


def test_a_section_of_running_text_may_be_called_sources_or_notes():
    for title in ("Sources", "Notes", "References"):
        content = read_plain(f"Background\n\n{FIRST}\n\n{title}\n\n{SECOND}\n\nConclusion\n\n{FIRST}\n")
        assert [section.title for section in content.sections] == ["Background", title, "Conclusion"]
        assert not content.left_out


def test_a_numbered_list_whose_numbers_the_text_calls_here_and_there_is_no_list_of_notes():
    paragraphs = [f"{n}. The {n}th of the tolls was raised.{n * (n == 3) or ''}" for n in range(1, 9)]
    content = read_plain(f"{FIRST}5\n\n" + "\n\n".join(paragraphs) + "\n")
    assert not content.notes


def test_the_number_of_a_paragraph_is_no_note_marker_and_neither_are_times_and_abbreviated_references():
    stamps = "\n\n".join(f"[00:{n:02d}:10] Under No. {n} of the plan, the tolls were raised." for n in range(1, 9))
    content = read_plain(f"{stamps}\n")
    assert not content.notes
    assert texts(content) == stamps.split("\n\n")


def test_lines_made_equally_long_by_blanks_are_no_table():
    lines = [
        "The   harbour was  built in a year  of   peace, and the customs",
        "service  grew   with it until the  war   came. Tolls were raised",
        "twice in   the decade   that followed,  and both times the   old",
        "merchants of the   province   protested. Nothing  came of  this,",
        "and   the ships went to   the other harbour  across   the water.",
    ]
    content = read_plain("\n".join(lines) + "\n")
    assert not content.left_out


def test_short_sentences_between_a_title_and_the_text_are_text():
    opening = "Mr. President, thank you.\n\nGood evening to all of you who came."
    content = read_plain(f"Address on the Harbour\n\n4 May 2011\n\n{opening}\n\n{FIRST}\n\nThe Tolls\n\n{SECOND}\n")
    assert content.title == "Address on the Harbour"
    assert texts(content)[:2] == opening.split("\n\n")


def test_lines_of_a_list_without_full_stops_are_no_headings():
    slogans = ["Open the harbour to all", "Pay the pilots well", "Mend the bridges", "Count the ships"]
    content = read_plain("\n\n".join([FIRST, *slogans, SECOND]) + "\n")
    assert [section.title for section in content.sections] == [None]
    assert texts(content)[1:5] == slogans


def test_a_marker_that_two_notes_answer_takes_no_letters_from_the_text():
    notes = "[1] The first letter of the pilots.\n\n[1] The second letter of the pilots."
    content = read_plain(f"{FIRST} [1] The pilots wrote to the guild of the harbour.\n\n{SECOND}\n\n{notes}\n")
    assert texts(content)[0] == " ".join(f"{FIRST} The pilots wrote to the guild of the harbour.".split())
    assert len(content.notes) == 2


def test_a_marker_on_a_line_of_its_own_ends_its_paragraph():
    content = read_plain(f"{FIRST}\n[1]\n\nmooring\n\n{SECOND}\n\n[1] The letter of the pilots.\n")
    assert texts(content)[0] == " ".join(FIRST.split())
    assert [note.section for note in content.notes] == [content.sections[0].id]


def test_numbers_without_a_text_are_no_notes():
    content = read_plain("1\n1\n1\nx1\n")
    read = [*texts(content), *(section.title or "" for section in content.sections), *(n.text for n in content.notes)]
    assert "".join(read).replace(" ", "").count("1") + len(content.notes) == 4


def test_heads_of_left_pages_with_the_number_first_are_taken_off_in_the_middle_of_a_sentence():
    parts = {3: "tolls", 5: "trade", 7: "peace", 9: "ships"}
    text = "\n\n".join(
        f"Harbour Review {n} The {word} of the province were spoken of.\n\n"
        + f"Of {word} there was no end. " * 20
        + f"Then the guild of {word} {n + 1} Harbour Review\nand of {word} alone met anew."
        for n, word in parts.items()
    )
    read = " ".join(texts(read_plain(text)))
    assert "Harbour Review" not in read
    assert "Then the guild of tolls and of tolls alone met anew." in read
