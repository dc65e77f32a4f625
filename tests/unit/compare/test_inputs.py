"""Which sentences and hits tests use."""

from compare_frames import study

from framescope.compare.inputs import Tables, Testing


def copied_study() -> Tables:
    """A text of three sentences with a hit each, of which the second is a copy, and in which one hit is quoted."""
    tables = study({"a": {"01": [[{"defence": 1}, {"economy": 1}], [{"defence": 1}]]}})
    voice = ["author", "author", "quoted"]
    return Tables(
        tables.sentences.assign(copied=[False, True, False]),
        tables.hits.assign(voice=voice),
        tables.sections,
        tables.documents,
    )


def test_tests_use_neither_copied_sentences_nor_their_hits_nor_hits_in_quotations():
    tested = copied_study().tested(Testing())
    assert tested.sentences["sentence"].tolist() == [1, 3]
    assert tested.hits["sentence"].tolist() == [1]


def test_a_study_may_count_copies_everywhere():
    tested = copied_study().tested(Testing(copied_passages="everywhere"))
    assert tested.sentences["sentence"].tolist() == [1, 2, 3]
    assert tested.hits["sentence"].tolist() == [1, 2]


def test_the_headline_count_has_copies():
    assert copied_study().headline().hits["sentence"].tolist() == [1, 2]


def test_sentences_that_are_not_marked_are_no_copies():
    tables = study({"a": {"01": [[{"defence": 1}]]}})
    assert tables.without_copies() is tables
