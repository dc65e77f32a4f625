from __future__ import annotations

from compare_frames import study

from framescope.compare.description.mentions import mention_tables

COUNTING = {"quoted": False, "names": True, "negated": True, "contrasted": True}


def test_hits_say_whether_they_are_counted_and_stand_in_their_sentences_in_the_same_order():
    frames = study({"a": {"01": [[{"defence": 1}, {"economy": 2}]]}})
    hits = frames.hits.assign(set_aside=["", "inside a name", ""])
    sentences = frames.sentences.assign(start=0, text="the arms")
    made = mention_tables({"sentences": sentences, "hits": hits.assign(start=4, end=8, text="arms")}, COUNTING)
    assert made["hits"]["counted"].tolist() == [True, False, True]
    assert made["concordance"]["theme"].tolist() == made["hits"]["theme"].tolist()
    assert made["concordance"]["left"].unique().tolist() == ["the "]
