from pathlib import Path

import pandas as pd

from framescope.compare.coders.coding import CODING_TABLES, coding_tables, read_codes, sentence_codes

SENTENCES = pd.DataFrame(
    {
        "document": "d",
        "section": "01-a",
        "block": [1, 2, 3, 4],
        "paragraph": [1, 2, 3, 4],
        "sentence": [1, 2, 3, 4],
        "start": 0,
        "end": 9,
        "words": 5,
        "quoted_words": 0,
        "voice": "author",
        "text": ["War came.", "Trade grew.", "It rained.", "War again."],
    }
)
HITS = pd.DataFrame(
    {
        "document": "d",
        "section": "01-a",
        "block": [1, 2, 3],
        "paragraph": [1, 2, 3],
        "sentence": [1, 2, 3],
        "start": 0,
        "end": 3,
        "theme": ["defence", "economy", "defence"],
        "term": ["war", "trade", "rain"],
        "voice": "author",
        "subject_term": False,
    }
)
SECTIONS = pd.DataFrame({"document": ["d"], "section": ["01-a"], "role": ["body"], "role_source": ["default"]})
DOCUMENTS = pd.DataFrame({"document": ["d"], "title": ["D"], "published": [""], "group": [""]})
RATES = pd.DataFrame(
    {
        "unit": "document",
        "document": "d",
        "section": "",
        "role": "",
        "group": "",
        "theme": ["defence", "economy"],
        "sentences": 4,
        "share_sentences": [0.5, 0.25],
    }
)


def test_without_hand_codes_the_tables_have_no_rows():
    tables = coding_tables(None, {}, RATES, [], 8, 0.95, 1)
    assert tuple(tables) == CODING_TABLES
    assert all(table.empty for table in tables.values())
    assert read_codes([], SENTENCES) is None
    assert sentence_codes(None) is None


def test_codes_in_a_file_are_found_by_their_text_and_measure_the_lexicon(tmp_path: Path):
    path = tmp_path / "codes.csv"
    path.write_text("text,theme\nWar came.,defence\nTrade grew.,economy\nIt rained.,none\nWar again.,defence\n")
    coded = read_codes([path], SENTENCES)
    assert coded is not None
    assert coded.not_found == []
    counted = {"sentences": SENTENCES, "hits": HITS, "sections": SECTIONS, "documents": DOCUMENTS}
    contrasts = [{"name": "d v. e", "a": ["defence"], "b": ["economy"]}]
    tables = coding_tables(coded, counted, RATES, contrasts, 8, 0.95, 1)
    defence = tables["validation"].set_index("theme").loc["defence"]
    assert (defence["precision"], defence["recall"]) == (0.5, 0.5)
    assert set(tables["corrected_shares"]["theme"]) == {"defence", "economy"}
    assert ("none", "defence") in set(
        zip(tables["confusion"]["theme_coded"], tables["confusion"]["theme_lexicon"], strict=True)
    )


def test_the_very_same_tables_are_made_of_the_codes(tmp_path: Path):
    path = tmp_path / "codes.csv"
    path.write_text("document,sentence,theme\nd,1,defence\nd,2,economy\nd,3,none\nd,4,defence\n")
    counted = {"sentences": SENTENCES, "hits": HITS, "sections": SECTIONS, "documents": DOCUMENTS}
    contrasts = [{"name": "d v. e", "a": ["defence"], "b": ["economy"]}]
    tables = coding_tables(read_codes([path], SENTENCES), counted, RATES, contrasts, 8, 0.95, 1)
    rates = tables["coded_theme_rates"]
    section = rates[rates["unit"] == "section"].set_index("theme")
    assert section["sentences_with_hit"].to_dict() == {"defence": 2, "economy": 1}
    coded = tables["coded_contrasts"]
    assert coded.loc[coded["unit"] == "section", ["hits_a", "hits_b"]].to_numpy().tolist() == [[2, 1]]
