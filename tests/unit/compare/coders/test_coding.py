from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.proportion import proportion_confint

from framescope.compare.coders.coding import CODING_TABLES, coding_of_study, coding_tables, read_codes, sentence_codes
from framescope.compare.inputs import Tables, Testing

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
THEMES = ["defence", "economy"]
STUDY = Tables(SENTENCES, HITS, SECTIONS, DOCUMENTS)


def test_without_hand_codes_the_tables_have_no_rows_and_no_others_are_read():
    tables = coding_of_study({"codes": []}, [], {}, [], Testing())
    assert tuple(tables) == CODING_TABLES
    assert all(table.empty for table in tables.values())
    assert read_codes([], [], SENTENCES, THEMES) is None
    assert sentence_codes(None) is None


def test_codes_in_a_file_are_found_by_their_text_and_measure_the_lexicon(tmp_path: Path):
    path = tmp_path / "codes.csv"
    path.write_text("text,theme\nWar came.,defence\nTrade grew.,economy\nIt rained.,none\nWar again.,defence\n")
    coded = read_codes([path], [""], SENTENCES, THEMES)
    assert coded is not None
    assert coded.problems == []
    contrasts = [{"name": "d v. e", "a": ["defence"], "b": ["economy"]}]
    tables = coding_tables(coded, STUDY, RATES, contrasts, Testing())
    defence = tables["validation"].set_index("theme").loc["defence"]
    assert (defence["precision"], defence["recall"]) == (0.5, 0.5)
    assert set(tables["corrected_shares"]["theme"]) == {"defence", "economy"}
    assert ("none", "defence") in set(
        zip(tables["confusion"]["theme_coded"], tables["confusion"]["theme_lexicon"], strict=True)
    )


def test_the_very_same_tables_are_made_of_the_codes(tmp_path: Path):
    path = tmp_path / "codes.csv"
    path.write_text("document,sentence,theme\nd,1,defence\nd,2,economy\nd,3,none\nd,4,defence\n")
    contrasts = [{"name": "d v. e", "a": ["defence"], "b": ["economy"]}]
    tables = coding_tables(read_codes([path], [""], SENTENCES, THEMES), STUDY, RATES, contrasts, Testing())
    rates = tables["coded_theme_rates"]
    section = rates[rates["unit"] == "section"].set_index("theme")
    assert section["sentences_with_hit"].to_dict() == {"defence": 2, "economy": 1}
    coded = tables["coded_contrasts"]
    assert coded.loc[coded["unit"] == "section", ["hits_a", "hits_b"]].to_numpy().tolist() == [[2, 1]]


def coded_tables(tmp_path: Path, codes: str) -> dict[str, pd.DataFrame]:
    path = tmp_path / "codes.csv"
    path.write_text(codes)
    contrasts = [{"name": "d v. e", "a": ["defence"], "b": ["economy"]}]
    return coding_tables(read_codes([path], [""], SENTENCES, THEMES), STUDY, RATES, contrasts, Testing(min_blocks=2))


def test_shares_of_coded_sentences_are_those_of_the_sentences_that_they_stand_for(tmp_path: Path):
    codes = "document,sentence,theme,weight\nd,1,defence,1\nd,2,economy,2\nd,3,none,5\nd,4,defence,2\n"
    tables = coded_tables(tmp_path, codes)
    rates = tables["coded_theme_rates"].set_index(["unit", "theme"])
    for unit in ("document", "section"):
        assert rates.loc[(unit, "defence"), "share_sentences"] == pytest.approx(3 / 10)
        assert rates.loc[(unit, "economy"), "share_sentences"] == pytest.approx(2 / 10)
        assert rates.loc[(unit, "economy"), "rate_per_1000"] == pytest.approx(1000 * 2 / 50)
        assert rates.loc[(unit, "economy"), "share_of_hits"] == pytest.approx(2 / 5)
    row = rates.loc[("document", "defence")]
    assert row[["words", "sentences", "hits", "sentences_with_hit", "blocks_with_hit"]].tolist() == [20, 4, 2, 2, 2]
    contrast = tables["coded_contrasts"].query("unit == 'document'").iloc[0]
    assert contrast[["hits_a", "hits_b"]].tolist() == [2, 1]
    assert contrast["share_a"] == pytest.approx(3 / 5)
    # Weights 1, 2, 5, 2 say as much as 100/34 equal ones, by which each is divided: 10/34 of its own.
    scale = 10 / 34
    assert contrast["log_odds"] == pytest.approx(np.log((3 * scale + 0.5) / (2 * scale + 0.5)))


def test_the_interval_of_a_weighted_share_is_wider_than_that_of_as_many_sentences_of_one_weight(tmp_path: Path):
    codes = "document,sentence,theme,weight\nd,1,defence,1\nd,2,economy,2\nd,3,none,5\nd,4,defence,2\n"
    row = coded_tables(tmp_path, codes)["coded_theme_rates"].set_index(["unit", "theme"]).loc[("document", "economy")]
    low, high = proportion_confint(0.2 * 4, 4, method="wilson")
    assert row["share_sentences"] == pytest.approx(0.2)
    assert row["share_low"] < low < high < row["share_high"]


def test_equal_weights_change_nothing(tmp_path: Path):
    codes = "d,1,defence\nd,2,economy\nd,3,none\nd,4,defence\n"
    plain = coded_tables(tmp_path, "document,sentence,theme\n" + codes)
    sevens = coded_tables(tmp_path, "document,sentence,theme,weight\n" + codes.replace("\n", ",7\n"))
    for name in ("coded_theme_rates", "coded_contrasts"):
        pd.testing.assert_frame_equal(plain[name], sevens[name])
