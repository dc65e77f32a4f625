"""A tiny study end to end, against golden tables and against what a reader counts."""

from pathlib import Path

import pandas as pd
import pytest
from tests.conftest import ROOT, finish, snakemake

GOLDEN = Path(__file__).parent / "golden"
NAMES = sorted(path.name for path in GOLDEN.glob("*.csv"))


def table(study: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(study / "results" / "tables" / f"{name}.csv", keep_default_na=False)


@pytest.mark.parametrize("name", NAMES)
def test_tables_are_the_golden_ones_byte_for_byte(finished, name):
    found = (finished / "results" / "tables" / name).read_text(encoding="utf-8")
    assert found == (GOLDEN / name).read_text(encoding="utf-8")


def test_every_table_of_the_schema_is_written_with_its_columns(finished):
    from framescope.table_schemas import table_schemas

    for name, schema in table_schemas().items():
        if schema.made_by:
            assert list(table(finished, name))[: len(schema.columns)] == list(schema.columns), name


def test_hits_of_a_short_section_are_those_a_reader_finds(finished):
    hits = table(finished, "hits")
    conclusion = hits[(hits["document"] == "letter") & (hits["section"] == "02-conclusion")]
    assert conclusion[["theme", "text"]].to_numpy().tolist() == [
        ["economy", "trade"],
        ["defence", "fleet"],
        ["economy", "market"],
    ]


def test_words_of_quotations_and_notes_are_outside_the_rates(finished):
    sentences = table(finished, "sentences")
    harbour = sentences[sentences["document"] == "harbour"]
    assert harbour.loc[harbour["voice"] == "quoted", "text"].str.startswith("The harbour is a market first").all()
    assert not sentences["text"].str.contains("A Book on Harbours").any()
    rates = table(finished, "theme_rates")
    author = harbour.loc[harbour["voice"] == "author", "words"].sum()
    of_harbour = rates[(rates["unit"] == "document") & (rates["document"] == "harbour")]
    assert set(of_harbour["words"]) == {author}


def test_list_items_belong_to_the_block_that_introduces_them(finished):
    sentences = table(finished, "sentences")
    listed = sentences[sentences["text"].str.contains("exports of rice|It must find new markets|gas from the north")]
    assert listed["block"].nunique() == 1


def test_every_word_that_was_read_is_accounted_for(finished):
    accounting = table(finished, "text_accounting")
    harbour = accounting[accounting["document"] == "harbour"].set_index("kind")["words"].astype(int)
    assert set(harbour.index) == {"body", "quotation", "heading", "note"}
    documents = table(finished, "documents").set_index("document")
    assert harbour["body"] + harbour["quotation"] == int(documents.loc["harbour", "words"])


def test_a_source_that_cannot_be_read_costs_that_source_only(finished):
    skipped = table(finished, "skipped")
    assert skipped["file"].tolist() == ["raw/scan.pdf"]
    assert skipped["reason"].str.len().gt(0).all()
    assert skipped["remedy"].str.len().gt(0).all()
    assert len(table(finished, "documents")) == 3


def test_navigation_of_a_web_page_is_no_sentence(finished):
    sentences = table(finished, "sentences")
    page = sentences.loc[sentences["document"] == "page", "text"]
    assert len(page) == 6
    assert not page.str.contains("Home|All rights reserved").any()


def test_a_section_has_an_interval_from_two_paragraphs_on_and_one_without_says_so(finished):
    rates = table(finished, "theme_rates")
    small = rates[(rates["document"] == "letter") & (rates["unit"] == "section")]
    blocks = small["blocks"].astype(int)
    assert set(blocks) > {1}
    assert ((small["rate_low"] != "") == (blocks > 1)).all()
    assert small.loc[blocks == 1, "note"].str.contains("description only").all()


def test_a_text_that_is_dropped_into_raw_is_compared(study):
    (study / "raw" / "new-paper.txt").write_text(
        "Introduction\n\nThe navy of Iran sailed to Karachi in 2023. Its fleet is small.\n", encoding="utf-8"
    )
    finish(study)
    assert "new-paper" in set(table(study, "documents")["document"])
    differences = table(study, "document_differences")
    assert "new-paper" in set(differences["unit_a"]) | set(differences["unit_b"])
    assert "new-paper" in (study / "results" / "report.html").read_text(encoding="utf-8")


def test_a_named_war_counts_by_the_date_of_the_text_that_names_it(study):
    for name, more in (("then", "It is long."), ("since", "It was long.")):
        text = f"Introduction\n\nMuch was said about the Second World War. {more}\n"
        (study / "raw" / f"{name}.txt").write_text(text, encoding="utf-8")
    config = study / "config.yaml"
    dated = 'documents:\n  then.txt: {published: "1944-01-11"}\n  since.txt: {published: "2020"}\n'
    config.write_text(config.read_text(encoding="utf-8").replace("documents:\n", dated), encoding="utf-8")
    finish(study)
    hits = table(study, "hits")
    # The study's lexicon knows defence, the theme of the present, and no history.
    assert hits.loc[hits["document"].isin(["then", "since"]), ["document", "theme", "term"]].to_numpy().tolist() == [
        ["then", "defence", "WW2"]
    ]


def test_a_reference_sets_each_text_against_it(study):
    config = study / "config.yaml"
    config.write_text(config.read_text(encoding="utf-8") + "reference: letter\n", encoding="utf-8")
    finish(study)
    differences = table(study, "document_differences")
    pairs = differences[differences["unit"] == "document"]
    assert set(pairs["unit_b"]) | set(pairs["unit_a"]) == {"harbour", "page", "letter"}
    assert ((pairs["unit_a"] == "letter") | (pairs["unit_b"] == "letter")).all()


def test_the_engines_own_report_is_made_without_a_network(study):
    done = snakemake(
        study,
        "--report",
        "engine.html",
        environment={"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"},
    )
    assert done.returncode == 0, done.stderr
    page = (study / "engine.html").read_text(encoding="utf-8")
    assert "What the tables support" in page


def test_a_wrong_configuration_is_told_in_whole_before_anything_runs(study):
    config = study / "config.yaml"
    text = config.read_text(encoding="utf-8").replace("a: [defence]", "a: [defense]")
    config.write_text(text + "reference: leter\n", encoding="utf-8")
    done = snakemake(study)
    assert done.returncode != 0
    assert "unknown theme 'defense'. Did you mean defence?" in done.stderr
    assert "no document 'leter'. Did you mean letter?" in done.stderr


def test_generated_documentation_is_up_to_date():
    from framescope.present.dictionary import data_dictionary, results_readme

    assert (ROOT / "docs" / "data-dictionary.md").read_text(encoding="utf-8") == data_dictionary()
    assert (ROOT / "results" / "README.md").read_text(encoding="utf-8") == results_readme(large=False)
