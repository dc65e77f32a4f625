"""From the sample that is drawn to the tables of codes, as a researcher goes through it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook
from tests.conftest import finish
from xlsxwriter import Workbook

SAMPLE = "results/sample.csv"
WORDS = {"defence": ("fleet", "navy", "warship", "army"), "economy": ("trade", "export", "market", "tariff")}


def answer(text: str) -> str:
    """What a coder who looks for a few words writes of a sentence."""
    themes = [theme for theme, words in WORDS.items() if any(word in text.casefold() for word in words)]
    return "; ".join(themes) or "none"


def filled_in(sheet: list[list[object]]) -> list[list[object]]:
    """The sheet as two coders leave it, of whom the second overlooks the first sentence."""
    head, *rows = sheet
    text, first, second = head.index("text"), head.index("coder_1"), head.index("coder_2")
    for number, row in enumerate(rows):
        row[first] = answer(str(row[text]))
        row[second] = answer(str(row[text])).upper() if number else ""
    return [head, *rows]


def table(study: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(study / "results" / "tables" / f"{name}.csv", keep_default_na=False)


@pytest.fixture
def sampled(study: Path) -> Path:
    finish(study, "--", SAMPLE)
    return study


def with_codes(study: Path, name: str) -> Path:
    config = study / "config.yaml"
    kept = config.read_text(encoding="utf-8").partition("codes: ")[0]
    config.write_text(f"{kept}codes: {name}\n", encoding="utf-8")
    finish(study, "--", "results/tables/validation.csv")
    return study


def check(study: Path, place: str) -> None:
    coded = table(study, "validation").set_index(["unit", "theme"]).loc["study"]
    drawn = pd.read_csv(study / SAMPLE)
    assert set(coded.index) == {"defence", "economy"}
    assert set(coded["coded"]) == {len(drawn)}
    assert set(coded["kappa_coders"].astype(float)) == {1.0}
    shares = table(study, "corrected_shares")
    assert shares["share_corrected"].astype(float).between(0, 1).all()
    assert table(study, "code_problems").to_numpy().tolist() == [
        [place, "coder_2 gave no answer", "Write none if it has no theme. Not used."]
    ]


def test_after_a_coded_sample_the_next_is_drawn_and_both_are_read_as_one(study):
    with (study / "config.yaml").open("a", encoding="utf-8") as config:
        config.write("sample_size: 10\n")
    finish(study, "--", SAMPLE)
    for name in ("sample", "next_sample"):
        drawn = pd.read_csv(study / "results" / f"{name}.csv", keep_default_na=False)
        rows = filled_in([list(drawn.columns), *drawn.to_numpy().tolist()])
        pd.DataFrame(rows[1:], columns=rows[0]).to_csv(study / f"{name}.csv", index=False)
        with_codes(study, name + ".csv" if name == "sample" else "[sample.csv, next_sample.csv]")
        if name == "sample":
            finish(study, "--", "results/next_sample.csv")
    first, following = (pd.read_csv(study / f"{name}.csv") for name in ("sample", "next_sample"))
    assert set(following["round"]) == {2}
    assert not set(zip(first["document"], first["sentence"], strict=True)) & set(
        zip(following["document"], following["sentence"], strict=True)
    )
    coded = table(study, "validation").set_index(["unit", "theme"]).loc["study"]
    assert set(coded["coded"]) == {len(first) + len(following)}


def test_the_workbook_that_is_drawn_is_filled_in_named_and_read(sampled):
    rows = CalamineWorkbook.from_path(sampled / "results" / "sample.xlsx").get_sheet_by_index(0).to_python()
    with Workbook(sampled / "sample.xlsx") as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(filled_in(rows)):
            sheet.write_row(number, 0, row)
    check(with_codes(sampled, "sample.xlsx"), "sample.xlsx, row 2")


def test_the_csv_that_is_drawn_may_come_back_from_a_spreadsheet_with_semicolons(sampled):
    drawn = pd.read_csv(sampled / SAMPLE, keep_default_na=False)
    rows = filled_in([list(drawn.columns), *drawn.to_numpy().tolist()])
    pd.DataFrame(rows[1:], columns=rows[0]).to_csv(sampled / "codes.csv", sep=";", decimal=",", index=False)
    check(with_codes(sampled, "codes.csv"), "codes.csv, line 2")
