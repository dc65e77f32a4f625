from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from compare_frames import study

from framescope.compare.counts.blocks import (
    by_document,
    count_blocks,
    count_sentences,
    theme_list,
    theme_sets,
    units_of,
)
from framescope.compare.inputs import Tables, headline

FRAMES = study({"b": {"01-one": [[{"defence.threat": 1, "economy": 2}, {}], [{"defence.sales": 1}]]}})


def test_a_parent_theme_counts_the_hits_of_its_children():
    counts = count_blocks(FRAMES, theme_sets(theme_list(FRAMES.hits, None)))
    assert counts.names == ("defence", "defence.sales", "defence.threat", "economy")
    assert counts.hits.tolist() == [[1, 0, 1, 2], [1, 1, 0, 0]]
    assert counts.words.tolist() == [40, 20]


def test_a_span_that_two_children_match_counts_once_for_their_parent():
    twice = pd.concat([FRAMES.hits, FRAMES.hits.assign(theme="defence.arms")])
    counts = count_blocks(FRAMES.with_hits(twice), theme_sets(["defence", "defence.arms"]))
    assert counts.hits.tolist() == [[3, 3], [1, 1]]


def test_a_longer_span_that_begins_where_another_does_is_a_hit_of_its_own():
    longer = FRAMES.hits.assign(end=FRAMES.hits["end"] + 4)
    counts = count_blocks(FRAMES.with_hits(pd.concat([FRAMES.hits, longer])), theme_sets(["economy"]))
    assert counts.hits.tolist() == [[4], [0]]
    assert counts.sentences_with_hit.tolist() == [[1], [0]]


def test_a_theme_whose_name_begins_like_another_is_not_its_child():
    hits = FRAMES.hits.assign(theme="defencelessness")
    assert count_blocks(FRAMES.with_hits(hits), theme_sets(["defence"])).hits.sum() == 0


def test_sentences_with_two_hits_count_once():
    counts = count_blocks(FRAMES, theme_sets(["economy"]))
    assert counts.hits.tolist() == [[2], [0]]
    assert counts.sentences_with_hit.tolist() == [[1], [0]]


def test_quoted_sentences_and_quoted_words_are_no_text_of_the_author():
    sentences = FRAMES.sentences.assign(quoted_words=5, voice=["author", "author", "quoted"])
    hits = FRAMES.hits[FRAMES.hits["sentence"] < 3]
    counts = count_blocks(replace(FRAMES, sentences=sentences, hits=hits), theme_sets(["economy"]))
    assert counts.words.tolist() == [30]
    assert counts.sentences.tolist() == [2]


def test_headline_hits_leave_out_quotations_but_keep_subject_terms_names_and_negations():
    flags = pd.DataFrame(
        [
            {"voice": "author", "subject_term": False, "in_name": True, "negated": True},
            {"voice": "quoted", "subject_term": False, "in_name": False, "negated": False},
            {"voice": "author", "subject_term": True, "in_name": False, "negated": False},
        ]
    )
    assert headline(flags).index.tolist() == [0, 2]


def test_a_hit_outside_the_authors_sentences_is_an_error_that_names_it():
    with pytest.raises(ValueError, match="document 'b', sentence 9"):
        count_blocks(FRAMES.with_hits(FRAMES.hits.assign(block=7, sentence=9)), theme_sets(["economy"]))


def test_a_section_without_a_row_is_an_error_that_names_it():
    with pytest.raises(ValueError, match="section '01-one'"):
        count_blocks(replace(FRAMES, sections=FRAMES.sections.iloc[:0]), theme_sets(["economy"]))


def test_the_order_of_rows_does_not_matter():
    shuffled = Tables(*(frame.sample(frac=1, random_state=3) for frame in vars(FRAMES).values()))
    sets = theme_sets(theme_list(FRAMES.hits, None))
    first, second = count_blocks(FRAMES, sets), count_blocks(shuffled, sets)
    assert np.array_equal(first.hits, second.hits)
    pd.testing.assert_frame_equal(first.blocks, second.blocks)


def test_sentences_are_counted_in_the_order_of_blocks_whatever_that_of_rows():
    texts = {"b": {"01": [[{"economy": 1}, {}], [{"economy": 3}]]}, "a": {"01": [[{}, {"economy": 2}]]}}
    frames = study(texts)
    turned = Tables(frames.sentences[::-1], frames.hits[::-1], frames.sections, frames.documents)
    for tables in (frames, turned):
        counts = count_sentences(tables, theme_sets(["economy"]))
        assert counts.blocks["document"].tolist() == ["a", "a", "b", "b", "b"]
        assert counts.hits[:, 0].tolist() == [0, 2, 1, 0, 3]


def test_a_hit_in_no_sentence_is_an_error_that_names_it():
    with pytest.raises(ValueError, match="sentence 99"):
        count_sentences(FRAMES.with_hits(FRAMES.hits.assign(sentence=99)), theme_sets(["economy"]))


def test_a_role_is_a_unit_where_two_documents_have_it_and_never_by_default():
    parts = {"01-introduction": [[{"economy": 1}]], "02-body": [[{}]], "03-theory": [[{}]]}
    frames = study(
        {"a": parts, "b": {k: v for k, v in parts.items() if k != "03-theory"}},
        roles={"01-introduction": "introduction", "03-theory": "theory"},
    )
    units = units_of(count_blocks(frames, theme_sets(["economy"])), "role")
    assert units.keys["role"].tolist() == ["introduction"]
    assert units.codes.tolist() == [0, -1, -1, 0, -1]


def test_documents_without_a_group_are_in_no_group():
    frames = study({d: {"01": [[{"economy": 1}]]} for d in "abc"}, groups={"a": "east", "c": "west"})
    units = units_of(count_blocks(frames, theme_sets(["economy"])), "group")
    assert units.keys["group"].tolist() == ["east", "west"]
    assert units.codes.tolist() == [0, -1, 1]


def test_counts_by_document_add_up_to_those_by_block():
    frames = study({d: {"01": [[{"economy": 2}], [{"economy": 1}]]} for d in "ab"}, groups={"a": "x", "b": "x"})
    counts = count_blocks(frames, theme_sets(["economy"]))
    collapsed, within = by_document(counts, units_of(counts, "group"))
    assert collapsed.hits.tolist() == [[3], [3]]
    assert within.codes.tolist() == [0, 0]


def test_an_unknown_kind_of_unit_is_an_error_that_names_those_there_are():
    with pytest.raises(ValueError, match="section, document, role, group"):
        units_of(count_blocks(FRAMES, theme_sets(["economy"])), "chapter")
