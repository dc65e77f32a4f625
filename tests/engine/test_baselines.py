"""Studies that compare rates with those of a group, and with those of a table, from their settings to their tables."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from benchmarks.audit.__main__ import audit
from tests.conftest import finish


def rates_with(study: Path, baseline: str) -> pd.DataFrame:
    """The rates of documents after another run with this baseline."""
    with (study / "config.yaml").open("a", encoding="utf-8") as config:
        config.write(f"baseline: {baseline}\n")
    finish(study)
    rates = pd.read_csv(study / "results" / "tables" / "theme_rates.csv", keep_default_na=False, na_values=[""])
    return rates[rates["unit"] == "document"].set_index(["document", "theme"])


def test_rates_are_compared_with_a_group_in_which_no_text_of_their_own_is(study: Path):
    rates = rates_with(study, "{group: press}")
    harbour, letter = rates.loc["harbour"], rates.loc["letter"]
    assert harbour["baseline_per_1000"].tolist() == pytest.approx(letter["rate_per_1000"].tolist(), rel=1e-4)
    assert letter["ratio"].isna().all()
    assert audit(study).differences == []


def test_rates_are_compared_with_those_that_a_table_states(study: Path):
    stated = {"defence": 4.0, "economy": 10.0}
    rows = "".join(f"{theme},{rate}\n" for theme, rate in stated.items())
    (study / "base.csv").write_text(f"theme,rate_per_1000\n{rows}", encoding="utf-8")
    rates = rates_with(study, "base.csv")
    for theme, rate in stated.items():
        row = rates.loc["harbour", theme]
        assert row["baseline_per_1000"] == rate
        assert row["ratio"] == pytest.approx(row["rate_per_1000"] / rate, rel=1e-4)
    assert (
        rates.loc[("harbour", "energy"), "baseline_per_1000"] != rates.loc[("harbour", "energy"), "baseline_per_1000"]
    )
    assert audit(study).differences == []
