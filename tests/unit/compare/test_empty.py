from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pandas as pd
import pytest
from compare_frames import study

from framescope.compare.emphasis.contrasts import contrast_differences, contrasts
from framescope.compare.emphasis.differences import document_differences, section_differences
from framescope.compare.emphasis.framing import framing_tables
from framescope.compare.emphasis.keyness import keywords
from framescope.compare.emphasis.rates import theme_rates
from framescope.compare.inference.models import group_models
from framescope.compare.inputs import Tables
from framescope.compare.robust.robustness import robustness
from framescope.compare.spread.cooccurrence import theme_cooccurrence
from framescope.compare.spread.dispersion import dispersion
from framescope.compare.spread.modes import mode_shares
from framescope.compare.spread.trajectory import trajectory

FULL = study({"a": {"01": [[{"defence": 1}, {}]] * 9, "02": [[{"economy": 1}]] * 9}})


def framing_by_section(tables: Tables) -> pd.DataFrame:
    return framing_tables([theme_rates(tables)], tables)["framing_by_section"]


TABLES = [
    theme_rates,
    framing_by_section,
    contrasts,
    contrast_differences,
    section_differences,
    document_differences,
    trajectory,
    partial(dispersion, kind="document"),
    mode_shares,
    partial(theme_cooccurrence, level="sentence"),
    robustness,
    group_models,
]
STUDIES = {
    "without hits": replace(FULL, hits=FULL.hits.iloc[:0]),
    "of quotations": replace(
        FULL, sentences=FULL.sentences.assign(voice="quoted", quoted_words=20), hits=FULL.hits.assign(voice="quoted")
    ),
    "without documents": Tables(*(frame.iloc[:0] for frame in vars(FULL).values())),
}


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("name", STUDIES)
@pytest.mark.filterwarnings("error::RuntimeWarning")
def test_a_study_with_nothing_to_compare_has_the_columns_of_any_other(
    table: Callable[..., pd.DataFrame], name: str
) -> None:
    expected = [column for column in table(FULL) if " " not in column]
    assert [column for column in table(STUDIES[name]) if " " not in column] == expected


def test_texts_without_terms_have_no_key_terms():
    terms = pd.DataFrame(columns=["document", "section", "block", "term", "count"])
    assert keywords([terms], FULL.documents).empty
