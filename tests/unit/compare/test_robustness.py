from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from compare_frames import Frames, study

from framescope.compare.contrasts import contrast_differences, contrasts
from framescope.compare.differences import section_differences
from framescope.compare.robustness import robustness
from framescope.compare.variations import set_phrases_once, variations

ONLY = ({"name": "defence v. economy", "a": ["defence"], "b": ["economy"]},)
BLOCKS = [[{"defence": 3}, {"economy": 1} if i in (2, 7) else {}] for i in range(10)]
OTHER = [[{"economy": 2}, {"defence": 1} if i in (3, 6) else {}] for i in range(10)]


def terms_of(frames: Frames, **terms: str) -> Frames:
    """The same tables with the hits of each theme under terms that take turns."""
    hits = frames.hits.copy()
    for theme, names in terms.items():
        own = hits["theme"] == theme
        hits.loc[own, "term"] = np.resize(names.split(), int(own.sum()))
    return frames._replace(hits=hits)


FRAMES = terms_of(study({"a": {"01": BLOCKS, "02": OTHER}}), defence="war army troops", economy="trade tax market")


def fate(table: pd.DataFrame, finding: str, variation: str) -> pd.Series:
    rows = table[table["finding"].str.contains(finding, regex=False) & (table["variation"] == variation)]
    assert len(rows) == 1
    return rows.iloc[0]


def test_the_headline_row_of_a_lean_is_that_of_the_contrasts():
    table, leans = robustness(*FRAMES, contrasts=ONLY), contrasts(*FRAMES, contrasts=ONLY)
    got, expected = fate(table, "a, 01: leans to a", "headline"), leans.iloc[0]
    assert [got["estimate"], got["low"], got["high"]] == pytest.approx(
        [expected["log_odds"], expected["low"], expected["high"]]
    )
    assert got["stands"]


def test_a_finding_that_hangs_on_names_falls_without_them():
    named = FRAMES._replace(hits=FRAMES.hits.assign(in_name=FRAMES.hits["theme"] == "defence"))
    got = fate(robustness(*named, contrasts=ONLY), "a, 01: leans to a", "without names")
    assert not got["stands"]


def test_a_finding_that_hangs_on_one_term_falls_without_it_and_names_it():
    single = terms_of(FRAMES, defence="war")
    got = fate(robustness(*single, contrasts=ONLY), "a, 01: leans to a", "leave one term out")
    assert (got["left_out"], got["stands"]) == ("war", False)
    assert got["estimate"] == pytest.approx(np.log(0.5 / 2.5))
    several = fate(robustness(*FRAMES, contrasts=ONLY), "a, 01: leans to a", "leave one term out")
    assert several["stands"]


def test_leaving_a_term_out_is_the_same_as_counting_without_it():
    table = robustness(*FRAMES, contrasts=ONLY)
    got = fate(table, "a, 01: leans to a", "leave one term out")
    without = FRAMES.hits[FRAMES.hits["term"] != got["left_out"]]
    expected = contrasts(FRAMES.sentences, without, *FRAMES[2:], contrasts=ONLY).iloc[0]
    assert [got["estimate"], got["low"]] == pytest.approx([expected["log_odds"], expected["low"]])


def test_leaving_a_block_out_is_the_same_as_a_text_without_it():
    got = fate(robustness(*FRAMES, contrasts=ONLY), "a, 01: leans to a", "leave one block out")
    gone = int(got["left_out"].removeprefix("block ").removesuffix(" of a"))
    fewer = [frame[frame["block"] != gone] for frame in FRAMES[:2]]
    expected = contrasts(*fewer, *FRAMES[2:], contrasts=ONLY).iloc[0]
    assert [got["estimate"], got["low"]] == pytest.approx([expected["log_odds"], expected["low"]])


def test_established_differences_are_varied_and_others_are_not():
    tables = {
        "contrast_differences": contrast_differences(*FRAMES, contrasts=ONLY),
        "section_differences": section_differences(*FRAMES, focus_themes=["defence"]),
    }
    table = robustness(*FRAMES, contrasts=ONLY, **tables)
    assert fate(table, "defence v. economy: a, 01 > 02", "headline")["stands"]
    assert fate(table, "defence: a, 01 > 02", "headline")["stands"]
    nothing = {name: rows.assign(verdict="not established") for name, rows in tables.items()}
    assert not robustness(*FRAMES, contrasts=ONLY, **nothing)["finding"].str.contains(">").any()


def test_energy_changes_sides_by_contrast():
    moved = {v.name: v.contrasts for v in variations(*FRAMES[:2], ONLY)}
    assert moved["energy in or out"][0]["b"] == ["economy", "energy"]
    with_energy = [{"name": "x", "a": ["defence"], "b": ["economy", "energy"]}]
    back = {v.name: v.contrasts for v in variations(*FRAMES[:2], with_energy)}
    assert back["energy in or out"][0]["b"] == ["economy"]


def test_there_are_at_most_ten_variations():
    notes = FRAMES.sentences.assign(number="1"), FRAMES.hits.assign(number="1")
    table = robustness(*FRAMES, contrasts=ONLY, notes=notes)
    assert set(table["variation"]) - {"headline"} == {
        "without names",
        "with quotations",
        "set phrases once",
        "with subject terms",
        "without negated and contrasted",
        "energy in or out",
        "sentences, not hits",
        "with notes that argue",
        "leave one term out",
        "leave one block out",
    }


def test_notes_without_a_citation_are_added_and_the_others_are_not():
    sentences = FRAMES.sentences.iloc[:2].assign(number=["1", "2"], sentence=[1, 2], block=0, section="01")
    sentences["text"] = ["Arms matter more than the treaty says.", "Cf. Smith, Arms and Men, 1998, pp. 4-9."]
    hits = FRAMES.hits.iloc[:2].assign(number=["1", "2"], sentence=[1, 2], block=0, section="01")
    added = {v.name: v for v in variations(*FRAMES[:2], ONLY, (sentences, hits))}["with notes that argue"]
    assert len(added.sentences) == len(FRAMES.sentences) + 1
    assert len(added.hits) == len(FRAMES.hits) + 1
    assert added.hits["block"].max() == added.sentences["block"].max() > FRAMES.sentences["block"].max()


def phrase_tables(texts: list[str], word: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    starts = [100 * i for i in range(len(texts))]
    sentences = pd.DataFrame(
        {"document": "a", "sentence": range(1, len(texts) + 1), "start": starts, "end": 0, "text": texts}
    )
    at = [text.index(word) + start for text, start in zip(texts, starts, strict=True)]
    hits = sentences[["document", "sentence"]].assign(start=at, end=[a + len(word) for a in at])
    return sentences, hits


def test_a_phrase_of_four_words_said_three_times_counts_once():
    said = ["Peace through collective armed strength prevails", "Collective armed strength prevails again"]
    sentences, hits = phrase_tables([*said, "Now collective armed strength prevails"], "armed")
    assert set_phrases_once(sentences, hits)["sentence"].tolist() == [1]


def test_a_phrase_said_twice_or_a_hit_outside_it_is_left_alone():
    said = ["Collective armed strength prevails", "Collective armed strength prevails", "An armed camp"]
    sentences, hits = phrase_tables(said, "armed")
    assert set_phrases_once(sentences, hits)["sentence"].tolist() == [1, 2, 3]
