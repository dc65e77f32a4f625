from __future__ import annotations

from dataclasses import replace
from functools import partialmethod

import numpy as np
import pandas as pd
import pytest
from compare_frames import study
from varied_studies import EVEN, FIGURES, ONLY, STUDIES, assert_counted_alike, own_row, study_tables, tables_of, varied

from framescope.compare.emphasis.contrasts import contrast_differences, contrasts, said_once
from framescope.compare.emphasis.differences import section_differences
from framescope.compare.inference.pairs import REST
from framescope.compare.inputs import Tables, Testing
from framescope.compare.robust.robustness import robustness

BLOCKS = [[{"defence": 3}, {"economy": 1} if i in (2, 7) else {}] for i in range(10)]
OTHER = [[{"economy": 2}, {"defence": 1} if i in (3, 6) else {}] for i in range(10)]


def terms_of(frames: Tables, **terms: str) -> Tables:
    """The same tables with the hits of each theme under terms that take turns."""
    hits = frames.hits.copy()
    for theme, names in terms.items():
        own = hits["theme"] == theme
        hits.loc[own, "term"] = np.resize(names.split(), int(own.sum()))
    return replace(frames, hits=hits)


FRAMES = terms_of(study({"a": {"01": BLOCKS, "02": OTHER}}), defence="war army troops", economy="trade tax market")


def fate(table: pd.DataFrame, finding: str, variation: str) -> pd.Series:
    rows = table[(table["finding"] == finding) & (table["variation"] == variation)]
    assert len(rows) == 1
    return rows.iloc[0]


def kinds(table: pd.DataFrame) -> set[tuple[str, ...]]:
    told = table.assign(role=table["role"].mask(table["role"] != "", "by role"), rest=table["unit_b"] == REST)
    told["rest"] = told["rest"].map({True: "rest", False: ""})
    return set(told[["table", "unit", "role", "rest", "inference"]].itertuples(index=False, name=None))


@pytest.mark.parametrize("name", STUDIES)
def test_the_headline_row_of_every_finding_is_its_row_in_its_own_table(name: str):
    tables, table = study_tables(name), varied(name)
    headline = table[table["variation"] == "headline"]
    leans = said_once(tables["contrasts"], STUDIES[name].documents)["lean"] != "too little text"
    differing = [rows["verdict"] == "differs" for rows in tables.values() if "verdict" in rows]
    assert len(headline) == leans.sum() + sum(rows.sum() for rows in differing)
    for _, finding in headline.iterrows():
        row = own_row(finding, tables)
        assert finding[FIGURES].tolist() == pytest.approx(row[FIGURES].tolist(), rel=1e-12, nan_ok=True)
        assert finding["inference"] == row["inference"]


def test_findings_of_every_kind_are_varied():
    found = set.union(*(kinds(varied(name)) for name in STUDIES))
    contrast, theme = "contrast_differences", "document_differences"
    assert found == {
        *[("contrasts", unit, "", "", "block") for unit in ("section", "document", "role", "group")],
        *[("contrasts", unit, "", "", "document") for unit in ("role", "group")],
        *[(table, "section", "", "", how) for table in (contrast, "section_differences") for how in ("block",)],
        *[(table, "document", role, "", "block") for table in (contrast, theme) for role in ("", "by role")],
        *[(table, "document", "", "rest", "block") for table in (contrast, theme)],
        *[
            (table, u, "", "", h)
            for table in (contrast, theme)
            for u in ("role", "group")
            for h in ("block", "document")
        ],
    }


@pytest.mark.parametrize("name", STUDIES)
def test_a_variation_is_the_study_counted_so(name: str):
    frames, table = STUDIES[name], varied(name)
    unnamed = replace(frames, hits=frames.hits[~frames.hits["in_name"]])
    tables = {"contrasts": contrasts(unnamed, contrasts=ONLY, testing=EVEN), **tables_of(unnamed)}
    compared = 0
    for _, finding in table[table["variation"] == "without names"].iterrows():
        row = own_row(finding, tables)
        # Fewer hits may say too little.
        if row["inference"] == finding["inference"] and not np.isnan(row["low"]):
            compared += 1
            assert_counted_alike(finding, row, name)
    assert compared > 0.8 * (table["variation"] == "headline").sum()


def test_a_finding_that_depends_on_names_is_not_robust_without_them():
    named = replace(FRAMES, hits=FRAMES.hits.assign(in_name=FRAMES.hits["theme"] == "defence"))
    got = fate(
        robustness(named, contrasts=ONLY, testing=EVEN), "defence v. economy: a, 01: leans to defence", "without names"
    )
    assert not got["robust"]


def test_a_lean_is_judged_by_the_baseline_which_is_counted_anew_under_a_variation():
    alike = [[{"defence": 1, "economy": 4}]] * 12
    frames = study({"a": {"01": [[{"defence": 3, "economy": 3}]] * 12}, "b": {"01": alike}})
    # The document b loses what a has less of, and a keeps all: then a has no more of defence than the baseline.
    named = replace(
        frames, hits=frames.hits.assign(in_name=(frames.hits["document"] == "b") & (frames.hits["theme"] == "economy"))
    )
    rows = contrasts(named, contrasts=ONLY)
    row = rows[(rows["unit"] == "document") & (rows["document"] == "a")].iloc[0]
    assert (row["lean"], row["share_a"]) == ("a", 0.5)
    table = robustness(named, contrasts=ONLY)
    finding = "defence v. economy: a: leans to defence"
    assert fate(table, finding, "headline")["robust"]
    assert not fate(table, finding, "without names")["robust"]


@pytest.mark.parametrize("baseline", ["rest", "d01", "lexicon"])
def test_the_headline_of_a_lean_is_robust_just_where_its_corrected_p_is_below_the_level(baseline: str):
    frames, testing = STUDIES["ten documents"], Testing(baseline=baseline)
    rows = contrasts(frames, contrasts=ONLY, testing=testing)
    table = robustness(frames, contrasts=ONLY, testing=testing)
    headline = table[table["variation"] == "headline"]
    leaning = ~headline["finding"].str.endswith("no lean")
    assert headline["robust"].all()
    assert leaning.sum() == rows["lean"].isin(["a", "b"]).sum()
    assert len(headline) == rows["p"].notna().sum()


def test_a_lean_is_robust_on_its_side_of_zero_and_no_lean_on_both():
    table = pd.concat([varied("three documents"), varied("ten documents")])
    leans = table[table["table"] == "contrasts"]
    side = leans["finding"].str.rsplit(": ", n=1).str[1]
    assert {"leans to defence", "no lean"} <= set(side)
    none = leans[side == "no lean"]
    assert none.loc[none["variation"] == "headline", "robust"].all()
    # A lean is robust by an interval at its corrected level, which is wider than the one that is shown.
    assert (leans.loc[(side == "leans to defence") & leans["robust"], "low"] > 0).all()
    assert (leans.loc[(side == "leans to economy") & leans["robust"], "high"] < 0).all()


@pytest.mark.parametrize("name", STUDIES)
def test_the_headline_of_a_finding_is_robust_just_where_its_corrected_p_is_below_the_level(name: str):
    tables, table = study_tables(name), varied(name)
    for _, finding in table[(table["variation"] == "headline") & ~table["finding"].str.endswith("no lean")].iterrows():
        assert finding["robust"] == (own_row(finding, tables)["p_corrected"] < 0.05), finding["finding"]


@pytest.mark.parametrize("name", ["three documents", "ten documents"])
def test_the_table_is_the_same_however_many_documents_are_counted_at_a_time(name: str, monkeypatch: pytest.MonkeyPatch):
    differences = {key: table for key, table in study_tables(name).items() if key != "contrasts"}
    monkeypatch.setattr(Tables, "in_parts", partialmethod(Tables.in_parts, 1))
    pd.testing.assert_frame_equal(
        robustness(STUDIES[name], contrasts=ONLY, testing=EVEN, **differences), varied(name), check_exact=True
    )


@pytest.mark.parametrize("way", ["once", "everywhere"])
def test_copied_passages_of_a_later_part_are_left_out_of_it_alone(way: str, monkeypatch: pytest.MonkeyPatch):
    tables = STUDIES["ten documents"]
    last = tables.sentences["document"] == tables.documents["document"].max()
    marked = replace(tables, sentences=tables.sentences.assign(copied=last & (tables.sentences["block"] == 1)))
    testing = replace(EVEN, copied_passages=way)
    whole = robustness(marked, contrasts=ONLY, testing=testing)
    assert len(whole)
    monkeypatch.setattr(Tables, "in_parts", partialmethod(Tables.in_parts, 1))
    in_parts = robustness(marked, contrasts=ONLY, testing=testing)
    pd.testing.assert_frame_equal(in_parts, whole, check_exact=True)


def test_established_differences_are_varied_and_others_are_not():
    tables = {
        "contrast_differences": contrast_differences(FRAMES, contrasts=ONLY),
        "section_differences": section_differences(FRAMES, focus_themes=["defence"]),
    }
    table = robustness(FRAMES, contrasts=ONLY, **tables)
    assert fate(table, "defence v. economy: a, 01 > 02", "headline")["robust"]
    assert fate(table, "defence: a, 01 > 02", "headline")["robust"]
    nothing = {name: rows.assign(verdict="not established") for name, rows in tables.items()}
    assert robustness(FRAMES, contrasts=ONLY, **nothing).empty


def test_a_difference_is_told_with_its_units_and_role():
    told = set(varied("three documents")["finding"].str.replace("<", ">"))
    assert {
        "defence: d00, 01 > 02",
        "defence: d00 > d01",
        "defence: d00 > d01 (analysis)",
        "defence: role analysis > role introduction",
        "defence: group x > group y",
        "defence v. economy: group x > group y",
    } <= told


def test_a_finding_is_counted_in_thirteen_ways_in_this_order():
    notes = FRAMES.sentences.assign(number="1"), FRAMES.hits.assign(number="1")
    table = robustness(FRAMES, contrasts=ONLY, testing=EVEN, notes=notes)
    for _, rows in table.groupby("finding"):
        assert rows["variation"].tolist() == [
            "headline",
            "leave one term out",
            "leave one block out",
            "without names",
            "with quotations",
            "set phrases once",
            "without subject terms",
            "without negated and contrasted",
            "energy in or out",
            "sentences, not hits",
            "theme of the passage",
            "copied passages once" if rows["unit_b"].iloc[0] == "" else "copied passages everywhere",
            "with notes that argue",
        ]


def test_leans_count_copies_everywhere_and_a_text_that_only_repeats_another_has_no_lean_without_them():
    frames = study({"a": {"01": BLOCKS}, "b": {"01": BLOCKS}, "c": {"01": OTHER}})
    copied = frames.sentences["document"] == "b"
    marked = replace(frames, sentences=frames.sentences.assign(copied=copied))
    told = robustness(marked, contrasts=ONLY, testing=EVEN)
    of_copy = told[(told["document"] == "b") & (told["unit"] == "document")].set_index("variation")
    assert of_copy["robust"].to_dict()["headline"]
    assert not of_copy["robust"].to_dict()["copied passages once"]
    assert np.isnan(of_copy["estimate"].to_dict()["copied passages once"])
    of_first = told[(told["document"] == "a") & (told["unit"] == "document")].set_index("variation")
    assert of_first["estimate"].to_dict()["copied passages once"] == of_first["estimate"].to_dict()["headline"]


def test_a_difference_counts_copies_once_or_everywhere_as_the_study_says():
    blocks = [*BLOCKS, *BLOCKS, *BLOCKS]
    frames = study({"a": {"01": blocks}, "b": {"01": [*OTHER, *OTHER]}})
    copied = (frames.sentences["document"] == "a") & (frames.sentences["block"] > len(BLOCKS))
    marked = replace(frames, sentences=frames.sentences.assign(copied=copied))
    for way, other in (("once", "everywhere"), ("everywhere", "once")):
        testing = replace(EVEN, copied_passages=way)
        table = contrast_differences(marked, contrasts=ONLY, testing=testing)
        told = robustness(marked, contrasts=ONLY, contrast_differences=table, testing=testing)
        rows = told[(told["table"] == "contrast_differences") & (told["unit"] == "document")].set_index("variation")
        (own,) = table[table["unit"] == "document"]["delta_log_odds"]
        turned = contrast_differences(marked, contrasts=ONLY, testing=replace(EVEN, copied_passages=other))
        (varied_own,) = turned[turned["unit"] == "document"]["delta_log_odds"]
        assert rows["estimate"].to_dict()["headline"] == pytest.approx(own)
        assert rows["estimate"].to_dict()[f"copied passages {other}"] == pytest.approx(varied_own)
        assert own != pytest.approx(varied_own)


def test_a_rule_that_differs_from_text_to_text_varies_no_comparison_of_texts():
    told = pd.concat([varied(name) for name in STUDIES])
    within = (told["unit"] == "section") | ((told["unit"] == "document") & (told["unit_b"] == ""))
    varied_by_subject = told["variation"] == "without subject terms"
    assert set(within[varied_by_subject]) == {True}
    assert (varied_by_subject & within).sum() == ((told["variation"] == "headline") & within).sum()


def test_a_finding_over_documents_is_left_without_a_document_and_not_without_a_block():
    table = varied("ten documents")
    for variation, inference in (("leave one document out", {"document"}), ("leave one block out", {"block"})):
        assert set(table.loc[table["variation"] == variation, "inference"]) == inference


def test_a_lean_of_a_document_is_not_repeated_for_its_only_section_or_a_group_or_role_that_has_nothing_else():
    parts = {"a": {"01": [[{"defence": 3, "economy": 1}]] * 9}, "b": {"01": [[{"economy": 2, "defence": 1}]] * 9}}
    frames = study(parts, roles={"01": "body"}, groups={"a": "x", "b": "y"})
    table = robustness(frames, contrasts=ONLY, testing=EVEN)
    leans = table.loc[table["variation"] == "headline", "unit"].tolist()
    assert leans == ["document", "document", "role"]
