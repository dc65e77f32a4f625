from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from compare_frames import study
from varied_studies import ONLY

from framescope.compare.counts.blocks import count_sentences, theme_sets
from framescope.compare.robust.variations import Variation, variations, with_passages

FRAMES = study({"a": {"01": [[{"defence": 1}, {"economy": 1}]] * 3, "02": [[{"economy": 2}]] * 3}})


def test_energy_changes_sides_by_contrast():
    moved = {v.name: v.contrasts for v in variations(FRAMES, ONLY)}
    assert moved["energy in or out"][0]["b"] == ["economy", "energy"]
    with_energy = [{"name": "x", "a": ["defence"], "b": ["economy", "energy"]}]
    back = {v.name: v.contrasts for v in variations(FRAMES, with_energy)}
    assert back["energy in or out"][0]["b"] == ["economy"]


def with_notes(sentences: pd.DataFrame, hits: pd.DataFrame) -> Variation:
    return {v.name: v for v in variations(FRAMES, ONLY, (sentences, hits))}["with notes that argue"]


def test_notes_without_a_citation_are_added_and_the_others_are_not():
    sentences = FRAMES.sentences.iloc[:2].assign(number=["1", "2"], sentence=[1, 2], block=0, section="01")
    sentences["text"] = ["Arms matter more than the treaty says.", "Cf. Smith, Arms and Men, 1998, pp. 4-9."]
    hits = FRAMES.hits.iloc[:2].assign(number=["1", "2"], sentence=[1, 2], block=0, section="01")
    added = with_notes(sentences, hits)
    assert len(added.tables.sentences) == len(FRAMES.sentences) + 1
    assert len(added.tables.hits) == len(FRAMES.hits) + 1
    new = added.tables.sentences.merge(FRAMES.sentences, on=["document", "sentence"], how="left", indicator=True)
    blocks = new.loc[new["_merge"] == "left_only", "block_x"]
    assert len(blocks) == 1
    assert not added.tables.hits[added.tables.hits["block"] == blocks.iloc[0]].empty


def test_notes_stand_at_the_end_of_their_section():
    sentences = FRAMES.sentences.iloc[:2].assign(number=["1", "2"], sentence=[1, 2], block=0, section=["02", "01"])
    sentences["text"] = "Arms matter more than the treaty says."
    hits = FRAMES.hits.iloc[:2].assign(number=["1", "2"], sentence=[1, 2], block=0, section=["02", "01"])
    added = with_notes(sentences, hits)
    themes = theme_sets(["defence", "economy"])
    counts = count_sentences(added.tables, themes)
    assert counts.blocks["section"].tolist() == ["01"] * 7 + ["02"] * 4
    assert counts.hits[[6, 10]].sum(axis=0).tolist() == [1, 1]


def test_a_sentence_without_a_hit_takes_the_theme_of_its_passage_once():
    block = [{"defence": 1}, {}, {"defence": 2}, {"economy": 1}]
    frames = study({"a": {"01": [block, [{}, {}]]}})
    counted = with_passages(frames.sentences, frames.hits)
    added = counted.iloc[len(frames.hits) :]
    assert added[["sentence", "theme", "block", "voice"]].to_numpy().tolist() == [[2, "defence", 1, "author"]]
    assert counted.iloc[: len(frames.hits)].equals(frames.hits)


def test_quoted_sentences_take_no_theme_from_their_passage():
    frames = study({"a": {"01": [[{"defence": 1}, {}, {"defence": 2}]]}})
    quoted = frames.sentences.assign(voice=["author", "quoted", "author"])
    assert len(with_passages(quoted, frames.hits)) == len(frames.hits)


@pytest.mark.parametrize(
    ("copies", "turned", "headline", "varied"), [("once", "everywhere", 1, 2), ("everywhere", "once", 2, 1)]
)
def test_copied_passages_are_counted_the_other_way_round(copies, turned, headline, varied):
    tables = study({"a": {"01": [[{"defence": 1}], [{"defence": 1}]]}})
    marked = replace(tables, sentences=tables.sentences.assign(copied=[False, True]))
    found = {v.name: len(v.tables.hits) for v in variations(marked, ONLY, copies=copies)}
    assert (found["headline"], found[f"copied passages {turned}"]) == (headline, varied)
    assert found["with quotations"] == headline
