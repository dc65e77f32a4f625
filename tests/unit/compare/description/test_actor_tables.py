"""The tables of actors do not depend on how many documents are processed at a time."""

import numpy as np
import pandas as pd
import pytest
from compare_frames import study

from framescope.compare.description import actor_tables as module
from framescope.compare.inputs import Tables, Testing

ACTORS = [("Peru", "PE"), ("Chile", "CL"), ("Bolivia", "BO")]


def five_documents() -> tuple[Tables, dict[str, pd.DataFrame]]:
    """Documents of 30 sentences with themes, and mentions of three actors at random."""
    random = np.random.default_rng(1)
    block = [{"defence": 1}, {"economy": 1}, {}]
    frames = study({name: {"01": [block] * 10} for name in "edcba"})
    rows = [
        {**sentence, "actor": actor, "actor_id": identity, "label": "GPE", "text": actor, "rule": "", "years": ""}
        | {"years_from": "", "start": 0, "end": 1}
        for sentence in frames.sentences[["document", "section", "paragraph", "sentence"]].to_dict("records")
        for actor, identity in ACTORS
        if random.random() < 0.4
    ]
    relations = ["document", "section", "sentence", "actor", "actor_id", "role", "verb", "partner", "partner_id"]
    dates = ["document", "sentence", "first", "last", "citation"]
    mentions = {"entities": pd.DataFrame(rows), "relations": pd.DataFrame(columns=relations)}
    return frames, mentions | {"dates": pd.DataFrame(columns=dates)}


def made(frames: Tables, mentions: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The tables of actors, of which the parts are put together."""
    tables = module.actor_tables(frames, mentions, {}, Testing())
    return {name: pd.concat(list(parts), ignore_index=True) for name, parts in tables}


@pytest.mark.parametrize("at_once", [1, 2, 5])
def test_the_tables_are_the_same_however_many_documents_are_processed_at_a_time(
    at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    frames, mentions = five_documents()
    whole = made(frames, mentions)
    assert whole["actor_themes"]["low"].notna().any()
    assert set(whole["actor_pairs"]["document"]) == set("abcde")
    monkeypatch.setattr(module, "DOCUMENTS_AT_ONCE", at_once)
    in_parts = made(frames, mentions)
    for name, table in whole.items():
        pd.testing.assert_frame_equal(in_parts[name], table)


def test_a_study_without_sentences_has_tables_without_rows() -> None:
    frames, mentions = five_documents()
    nothing = Tables(*(frame.iloc[:0] for frame in (frames.sentences, frames.hits, frames.sections, frames.documents)))
    tables = made(nothing, {name: frame.iloc[:0] for name, frame in mentions.items()})
    assert [name for name, table in tables.items() if len(table)] == []
