"""The theme of each sentence and its neighbours."""

import numpy as np
import pandas as pd
import pytest

from framescope.compare.description.context import context_themes, smoothed

SENTENCES = pd.DataFrame({"document": "one", "paragraph": [1, 1, 1, 1, 2, 2], "sentence": range(1, 7)})


def hits(*rows, **columns):
    table = pd.DataFrame(rows, columns=["sentence", "theme"]).assign(document="one", voice="author", subject_term=False)
    return table.assign(**columns)


def labels(found, column, **options):
    return context_themes(SENTENCES, found, **options)[column].tolist()


def test_a_sentence_takes_the_theme_of_most_of_its_hits_subthemes_counting_for_their_parent():
    found = hits((1, "defence.war"), (1, "defence.threat"), (1, "economy"), (5, "economy.trade"))
    assert labels(found, "theme") == ["defence", "none", "none", "none", "economy", "none"]


def test_a_sentence_between_two_of_a_theme_leans_on_them_and_one_beside_a_single_hit_does_not():
    found = hits((1, "defence"), (3, "defence"))
    assert labels(found, "context_theme") == ["defence", "defence", "defence", "none", "none", "none"]


def test_no_sentence_leans_on_another_paragraph():
    assert labels(hits((4, "defence"), (4, "defence")), "context_theme") == [
        "none", "none", "defence", "defence", "none", "none",
    ]  # fmt: skip


def test_its_own_hits_outweigh_a_neighbour():
    found = hits((1, "economy"), (2, "defence"))
    assert labels(found, "context_theme")[:2] == ["economy", "defence"]


def test_quoted_hits_give_no_theme():
    assert set(labels(hits((1, "defence"), voice="quoted"), "context_theme")) == {"none"}


def test_without_weights_both_columns_agree_and_a_hit_without_sentence_is_an_error():
    table = context_themes(SENTENCES, hits((1, "defence"), (3, "economy")), weights=())
    assert (table["theme"] == table["context_theme"]).all()
    with pytest.raises(ValueError, match="sentence 99"):
        context_themes(SENTENCES, hits((99, "defence")))


def test_neighbours_weigh_in_by_their_distance_within_the_paragraph():
    own = np.array([[0.0, 1.0], [2.0, 0.0], [0.0, 0.0], [4.0, 0.0]])
    assert smoothed(own, np.array([1, 1, 1, 2]), (0.5, 0.25)).tolist() == [[1, 1], [2, 0.5], [1, 0.25], [4, 0]]
    assert smoothed(own, np.array([1, 1, 1, 1]), ()).tolist() == own.tolist()
