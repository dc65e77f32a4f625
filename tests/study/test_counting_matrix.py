"""Two short texts under three configurations, with counts that a reader can check by hand.

What each sentence has, by the lexicon (defence: army, navy, war; economy: trade, market) and the actors (the Harbour
League stands for defence); in square brackets what a configuration may leave out or let in:

    one                                                              words   defence                   economy
    The army guards the port.                                            5   army
    The army left.                                                       3   army
    The army came back in 1950.                                          6   army
    In 1960 they had no navy.                                            6   navy [negated]
    They want trade rather than war.                                     6   war [contrasted]          trade
    The Harbour League met the ministers.                                6   Harbour League [name]
    He said: "The army must go ... over."                             [14]   [army quoted]             [market quoted]
    > A market is a market.                                            [5]                             [market, twice]

    two
    Trade grows and the market is open.                                  7                             trade, market
    Trade is not war.                                                    4   war [negated]             trade
    The old harbour master ... wrote that "the navy ..." and left.  12 [9]   [navy quoted]             [trade quoted]
    Instead of war, they chose trade.                                    6   war [contrasted]          trade

Of the eight blocks of one, four have the army: more than .3, and less than .9.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest
import yaml
from tests.conftest import ROOT, finish

MATRIX = Path(__file__).parent / "matrix"
TABLES = ["sentences", "hits", "theme_rates", "framing_by_section", "contrasts", "document_differences", "timeline"]
CONTRAST = {"name": "defence v. economy", "a": ["defence"], "b": ["economy"]}
COMMON = {"contrasts": [CONTRAST], "focus_themes": ["defence"], "permutations": 99}
OWN = {"lexicon": "themes.yaml", "actors": "actors.csv"}
CONFIGURATIONS = {
    "as it comes": {**COMMON, **OWN},
    "less": {
        **COMMON,
        **OWN,
        "reference": "one",
        "counting": {"names": False, "negated": False, "contrasted": False},
    },
    "more": {**COMMON, **OWN, "reference": "two", "counting": {"quoted": True, "subject_share": 0.9}},
}
# Words, sentences, hits of defence and of economy in each text.
COUNTS = {
    "as it comes": {"one": (32, 6, 6, 1), "two": (29, 4, 2, 4)},
    "less": {"one": (32, 6, 3, 1), "two": (29, 4, 0, 4)},
    "more": {"one": (51, 8, 7, 4), "two": (38, 4, 3, 5)},
}
PAIRS = {"as it comes": ("one", "two"), "less": ("two", "one"), "more": ("one", "two")}


@pytest.fixture(scope="module")
def tables(tmp_path_factory) -> dict[str, dict[str, pd.DataFrame]]:
    """The tables of one study as they are after each configuration in turn."""
    study = tmp_path_factory.mktemp("matrix") / "study"
    shutil.copytree(MATRIX, study)
    wanted = [f"results/tables/{name}.csv" for name in TABLES]
    found = {}
    for name, config in CONFIGURATIONS.items():
        (study / "config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
        finish(study, "--", *wanted)
        found[name] = {table: pd.read_csv(study / path) for table, path in zip(TABLES, wanted, strict=True)}
    return found


def test_every_choice_in_counting_is_turned_at_least_once():
    schema = yaml.safe_load((ROOT / "workflow/framescope/schemas/config.schema.yaml").read_text(encoding="utf-8"))
    choices = {
        key: facts["default"]
        for key, facts in schema["properties"]["counting"]["properties"].items()
        if "const" not in facts
    }
    turned = {
        key
        for config in CONFIGURATIONS.values()
        for key, value in config.get("counting", {}).items()
        if value != choices[key]
    }
    assert turned == set(choices)


@pytest.mark.parametrize("document", ["one", "two"])
@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_words_sentences_hits_and_rates_are_those_a_reader_counts(tables, name, document):
    words, sentences, defence, economy = COUNTS[name][document]
    rates = tables[name]["theme_rates"]
    rows = rates[(rates["unit"] == "document") & (rates["document"] == document)].set_index("theme")
    assert set(rows["words"]) == {words}
    assert set(rows["sentences"]) == {sentences}
    assert rows["hits"].to_dict() == {"defence": defence, "economy": economy}
    assert rows["rate_per_1000"].to_dict() == pytest.approx(
        {"defence": 1000 * defence / words, "economy": 1000 * economy / words}, rel=1e-5
    )


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_sections_contrasts_and_differences_count_as_the_rates_do(tables, name):
    for document, (words, _, defence, economy) in COUNTS[name].items():
        framing = tables[name]["framing_by_section"].set_index("document").loc[document]
        assert framing["words"] == words
        assert framing["defence rate"] == pytest.approx(1000 * defence / words, rel=1e-5)
        contrasts = tables[name]["contrasts"]
        assert contrasts.loc[
            contrasts["document"] == document, ["hits_a", "hits_b"]
        ].drop_duplicates().to_numpy().tolist() == [[defence, economy]]
    differences = tables[name]["document_differences"]
    row = differences[(differences["unit"] == "document") & (differences["theme"] == "defence")].iloc[0]
    first, second = (COUNTS[name][document] for document in PAIRS[name])
    assert (row["unit_a"], row["unit_b"]) == PAIRS[name]
    assert (row["words_a"], row["words_b"]) == (first[0], second[0])
    assert (row["rate_a"], row["rate_b"]) == pytest.approx(
        (1000 * first[2] / first[0], 1000 * second[2] / second[0]), rel=1e-5
    )


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_hits_are_all_listed_and_those_counted_are_the_ones_in_the_rates(tables, name):
    hits = tables[name]["hits"]
    assert len(hits) == 19
    counted = hits[hits["counted"]].groupby(["document", "theme"]).size()
    expected = {(d, t): n for d, (*_, a, b) in COUNTS[name].items() for t, n in (("defence", a), ("economy", b)) if n}
    assert counted.to_dict() == expected
    assert (hits["set_aside"].isna() == hits["counted"]).all()


@pytest.mark.parametrize(("name", "subjects"), [("as it comes", {"army"}), ("less", {"army"}), ("more", set())])
def test_a_subject_term_is_one_in_more_than_the_given_share_of_blocks_and_counts_in_any_case(tables, name, subjects):
    hits = tables[name]["hits"]
    marked = hits[(hits["document"] == "one") & hits["subject_term"]]
    assert set(marked["term"]) == subjects
    assert marked.loc[marked["voice"] == "author", "counted"].all()


@pytest.mark.parametrize(
    ("name", "years"),
    [("as it comes", {"1950": 1, "1960": 1}), ("less", {"1950": 1}), ("more", {"1950": 1, "1960": 1})],
)
def test_a_year_stands_with_the_themes_whose_hits_count(tables, name, years):
    timeline = tables[name]["timeline"].astype({"period": str})
    rows = timeline[(timeline["theme"] == "defence") & (timeline["series"] == "years")]
    assert dict(zip(rows["period"], rows["mentions"], strict=True)) == years
