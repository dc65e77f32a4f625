"""The tables of editions: each paragraph once, with its themes, and what is stressed in added paragraphs."""

import pandas as pd

from framescope.compare.editions.tables import edition_tables
from framescope.compare.inputs import Tables

KEPT = "The coast has been a place of fishing for as long as anybody can remember."
OLD = "We rely on the fleet and on the fleet alone to guard the coast in winter."
EDITED = "We rely on the fleet and on our friends to guard the coast in winter."
DROPPED = "Every soldier is paid by the crown and lives in barracks."
ADDED = "Markets for grain and wool open again in spring, and markets bring work."
HITS = {"fleet": "defence", "soldier": "defence.army", "markets": "economy"}


def study(editions: dict[str, list[tuple[str, str]]]) -> Tables:
    """Documents as paragraphs of one sentence with the title of their section; words of HITS are hits."""
    sentences, hits, sections = [], [], {}
    for document, paragraphs in editions.items():
        for number, (title, text) in enumerate(paragraphs, start=1):
            sections[document, title] = (document, title.lower(), title)
            place = (document, title.lower(), number, number, number)
            sentences.append((*place, 0, len(text.split()), "author", text))
            lowered = text.lower()
            for word, theme in HITS.items():
                starts = [at for at in range(len(text)) if lowered.startswith(word, at)]
                hits += [(*place, at, at + len(word), theme, "author") for at in starts]
    columns = ["document", "section", "block", "paragraph", "sentence", "start"]
    return Tables(
        pd.DataFrame(sentences, columns=[*columns, "words", "voice", "text"]),
        pd.DataFrame(hits, columns=[*columns, "end", "theme", "voice"]),
        pd.DataFrame(list(sections.values()), columns=["document", "section", "title"]),
        pd.DataFrame({"document": list(editions)}),
    )


TABLES = study(
    {
        "s-2015": [("Coast", KEPT), ("Coast", OLD), ("Army", DROPPED)],
        "s-2020": [("Coast", KEPT), ("Coast", EDITED), ("Trade", ADDED)],
    }
)


def test_every_paragraph_is_kept_edited_added_or_dropped_with_its_themes_and_both_texts():
    table = edition_tables(TABLES, [["s-2015", "s-2020"]])["editions"].astype(object).fillna("")
    shown = table[["change", "old_text", "new_text", "old_themes", "new_themes"]].to_numpy().tolist()
    assert shown == [
        ["kept", KEPT, KEPT, "", ""],
        ["edited", OLD, EDITED, "defence 2", "defence 1"],
        ["dropped", DROPPED, "", "defence 1", ""],
        ["added", "", ADDED, "", "economy 2"],
    ]


def test_sections_are_kept_added_and_dropped_with_the_numbers_of_their_paragraphs():
    table = edition_tables(TABLES, [["s-2015", "s-2020"]])["edition_sections"]
    columns = ["old_title", "new_title", "change", "kept", "edited", "moved", "added", "dropped"]
    assert table[columns].to_numpy().tolist() == [
        ["Coast", "Coast", "kept", 1, 1, 0, 0, 0],
        ["", "Trade", "added", 0, 0, 0, 1, 0],
        ["Army", "", "dropped", 0, 0, 0, 0, 1],
    ]


def test_themes_are_in_the_order_of_what_added_paragraphs_have_more_of_than_dropped_ones():
    table = edition_tables(TABLES, [["s-2015", "s-2020"]])["edition_themes"]
    columns = ["theme", "dropped_hits", "dropped_words", "added_hits", "added_words", "old_hits", "new_hits"]
    assert table[columns].to_numpy().tolist() == [["economy", 0, 11, 2, 13, 0, 2], ["defence", 1, 11, 0, 13, 3, 1]]
    assert table["added_rate"].round(1).tolist() == [153.8, 0.0]


def test_a_study_without_editions_and_one_whose_edition_was_left_out_have_empty_tables():
    for editions in ([], [["s-2015", "gone"]]):
        assert [len(table) for table in edition_tables(TABLES, editions).values()] == [0, 0, 0]
