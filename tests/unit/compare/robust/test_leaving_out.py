from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from compare_frames import study
from varied_studies import EVEN, FIGURES, ONLY, STUDIES, assert_counted_alike, own_row, tables_of, varied

from framescope.compare.emphasis.contrasts import contrasts
from framescope.compare.inference.pairs import REST
from framescope.compare.inputs import Tables, Testing
from framescope.compare.robust.robustness import robustness


def leave_out(frames: Tables, variation: str, name: str) -> Tables:
    if variation == "leave one term out":
        return replace(frames, hits=frames.hits[frames.hits["term"] != name])
    if variation == "leave one document out":
        return Tables(*(table[table["document"] != name] for table in vars(frames).values()))
    block, document = name.removeprefix("block ").split(" of ")
    both = (frames.sentences, frames.hits)
    gone = [(table["document"] == document) & (table["block"] == int(block)) for table in both]
    return replace(frames, sentences=frames.sentences[~gone[0]], hits=frames.hits[~gone[1]])


def one_of_each_kind(rows: pd.DataFrame) -> pd.DataFrame:
    kinds = rows.assign(by_role=rows["role"] != "", rest=rows["unit_b"] == REST)
    return rows.loc[kinds.drop_duplicates(["table", "unit", "by_role", "rest", "inference"]).index]


@pytest.mark.parametrize(
    ("name", "variation"),
    [
        ("three documents", "leave one term out"),
        ("three documents", "leave one block out"),
        ("ten documents", "leave one term out"),
        ("ten documents", "leave one block out"),
        ("ten documents", "leave one document out"),
        ("documents against the rest", "leave one term out"),
        ("documents against the rest", "leave one block out"),
        ("a text in runs", "leave one term out"),
        ("a text in runs", "leave one block out"),
    ],
)
def test_leaving_one_out_is_the_study_without_it(name: str, variation: str):
    rows = varied(name)
    left = one_of_each_kind(rows[rows["variation"] == variation])
    assert len(left) > 0
    for gone, findings in left.groupby("left_out"):
        fewer = leave_out(STUDIES[name], variation, str(gone))
        # A section that loses one of its eight blocks has seven.
        tables = {
            "contrasts": contrasts(fewer, contrasts=ONLY, testing=Testing(min_blocks=7, baseline="even")),
            **tables_of(fewer, min_blocks=7),
        }
        for _, finding in findings.iterrows():
            row = own_row(finding, tables)
            if finding["table"] == "contrasts":
                # What the study says of overdispersion is not asked anew for each loss.
                assert finding["estimate"] == pytest.approx(row["estimate"], rel=1e-9), finding["finding"]
            else:
                assert_counted_alike(finding, row, name)


def test_the_loss_that_is_shown_threatens_the_finding_most():
    rows = varied("three documents")
    finding = rows[(rows["table"] == "contrasts") & (rows["unit_a"] == "d00")].iloc[0]
    own = rows[(rows["finding"] == finding["finding"]) & (rows["variation"] == "leave one block out")].iloc[0]
    lows, highs = [], []
    for block in range(1, 25):
        fewer = leave_out(STUDIES["three documents"], "leave one block out", f"block {block} of d00")
        row = own_row(finding, {"contrasts": contrasts(fewer, contrasts=ONLY)})
        lows.append(row["low"])
        highs.append(row["high"])
    assert own["finding"].endswith("no lean")
    assert max(own["low"], -own["high"]) == pytest.approx(max(np.maximum(lows, np.negative(highs))), abs=0.02)


BLOCKS = [[{"defence": 3}, {"economy": 1} if i in (2, 7) else {}] for i in range(10)]


def test_a_finding_that_hangs_on_one_term_falls_without_it_and_names_it():
    frames = study({"a": {"01": BLOCKS}})
    rows = robustness(frames, contrasts=ONLY, testing=EVEN).set_index("variation")
    got = rows.loc[["leave one term out"]].iloc[0]
    assert (got["left_out"], got["robust"]) == ("defence", False)
    assert got["estimate"] == pytest.approx(np.log(0.5 / 2.5))


def test_a_word_that_two_terms_hit_is_not_lost_with_one_of_them():
    frames = study({"a": {"01": BLOCKS}})
    twice = pd.concat([frames.hits, frames.hits.assign(term="other " + frames.hits["term"])], ignore_index=True)
    rows = robustness(replace(frames, hits=twice), contrasts=ONLY, testing=EVEN).set_index("variation")
    own = rows.loc[["headline", "leave one term out"]]
    assert own["left_out"].tolist() == ["", ""]
    assert (
        own.loc["leave one term out", FIGURES].to_numpy().tolist() == own.loc["headline", FIGURES].to_numpy().tolist()
    )
