"""Two units side by side have the numbers of the tables, their verdict, and the sentences of both."""

from pathlib import Path

import pandas as pd
import pytest

A, B = "section:harbour/01-introduction", "section:harbour/02-trade"


@pytest.fixture(scope="module")
def tables(report: Path) -> dict[str, pd.DataFrame]:
    names = ("theme_rates", "section_differences", "hits")
    return {name: pd.read_csv(report.parent / "tables" / f"{name}.csv", keep_default_na=False) for name in names}


@pytest.mark.parametrize(("a", "b"), [(A, B), (B, A)])
def test_rates_intervals_and_verdicts_are_those_of_the_tables_on_either_side(opened, tables, a, b):
    page = opened(f"view=compare&a={a}&b={b}")
    rates = tables["theme_rates"].query("unit == 'section' and level == 1").set_index(["document", "section", "theme"])
    differences = tables["section_differences"].set_index(["section_a", "section_b", "theme"])
    for theme in ("defence", "economy"):
        row = page.locator(f"#compared tr[data-theme={theme}]")
        for side, unit in (("a", a), ("b", b)):
            place = rates.loc[(*unit.partition(":")[2].split("/"), theme)]
            said = row.locator(f"td.mirrored-{side}").inner_text().split()
            numbers = [float(place[name]) for name in ("rate_per_1000", "rate_low", "rate_high")]
            shown = [float(number) for word in said for number in word.split("–")]
            assert shown == pytest.approx(numbers, rel=0.02, abs=0.06)
        tested = differences.loc[("01-introduction", "02-trade", theme)]
        ratio = 2 ** (float(tested["log2_ratio"]) * (1 if a == A else -1))
        said = row.locator("td").last.inner_text()
        assert said.startswith(f"{tested['verdict']}, ratio ")
        assert float(said.split("ratio ")[1].split()[0]) == pytest.approx(ratio, abs=0.06)


def test_passages_of_both_sides_are_the_counted_hits_of_the_theme(opened, tables):
    page = opened(f"view=compare&a={A}&b={B}&theme=economy")
    hits = tables["hits"][tables["hits"]["counted"] & (tables["hits"]["theme"] == "economy")]
    for unit in (A, B):
        section = unit.rpartition("/")[2]
        marks = page.locator(f"section[data-side='{unit}'] mark").all_inner_texts()
        assert sorted(marks) == sorted(hits[(hits["document"] == "harbour") & (hits["section"] == section)]["text"])


def test_another_unit_is_chosen_from_the_list_and_the_address_keeps_it(opened):
    page = opened(f"view=compare&a={A}&b={B}")
    page.get_by_role("combobox", name="with").select_option("document:letter")
    page.wait_for_function("() => location.hash.includes('b=document%3Aletter')")
    page.wait_for_function("() => document.documentElement.dataset.shown === location.hash")
    assert "not tested" in page.locator("#compared tbody").inner_text()


def test_the_words_of_a_side_are_words_of_that_side(opened):
    page = opened(f"view=compare&a={A}&b={B}")
    words = page.locator("#comparison h3", has_text="Words that set them apart").locator(
        "xpath=following-sibling::div[1]/section"
    )
    assert "fleet" in words.nth(0).inner_text()
    assert "fleet" not in words.nth(1).inner_text().replace("The harbour and the fleet", "")


def test_two_periods_have_the_rates_of_the_table_of_trends(opened, report):
    trends = pd.read_csv(report.parent / "tables" / "trends.csv", keep_default_na=False)
    trends = trends.query("unit == 'period' and group == '' and measure == 'rate_per_1000'")
    page = opened("view=compare")
    page.get_by_role("combobox", name="Compare").select_option("period:2020")
    page.get_by_role("combobox", name="with").select_option("period:2021")
    page.wait_for_function("() => document.documentElement.dataset.shown === location.hash")
    assert page.locator("#compared thead th").all_inner_texts()[1:3] == ["the period 2020", "the period 2021"]
    for side, period in (("a", "2020"), ("b", "2021")):
        rates = trends[trends["period"] == period].set_index("theme")
        for theme in ("defence", "economy"):
            said = page.locator(f"#compared tr[data-theme={theme}] td.mirrored-{side}").inner_text().split()
            shown = [float(number) for word in said for number in word.split("–")]
            expected = [float(number) for number in rates.loc[theme, ["estimate", "low", "high"]] if number != ""]
            assert shown == pytest.approx(expected, rel=0.02, abs=0.06)
