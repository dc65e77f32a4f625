import math

import numpy as np
import pandas as pd
import pytest
from compare_frames import study
from scipy import stats

from framescope.compare.description.actor_themes import (
    actor_themes,
    jackknife_interval,
    sentence_themes,
    theme_log_odds,
)
from framescope.compare.emphasis.keyness import log_odds_dirichlet
from framescope.compare.inputs import Tables

ENTITY = ["document", "section", "paragraph", "sentence", "start", "end", "text", "label", "actor", "actor_id", "rule"]


def naming(frames: Tables, sentences: list[int], actor: str = "Peru", actor_id: str = "PE") -> pd.DataFrame:
    """An entities table in which the given sentences name one actor at a place no hit has."""
    chosen = frames.sentences[frames.sentences["sentence"].isin(sentences)]
    rows = [
        (row.document, row.section, row.paragraph, row.sentence, 90, 95, actor, "GPE", actor, actor_id, "known name")
        for row in chosen.itertuples()
    ]
    return pd.DataFrame(rows, columns=ENTITY)


@pytest.fixture
def frames() -> Tables:
    """Ten blocks of four sentences; the first two of each are about defence, in the first half of the text."""
    themed = [[{"defence.threat": 1}, {"defence.threat": 1, "economy": 1}, {}, {}] for _ in range(5)]
    plain = [[{}, {}, {}, {"economy": 1}] for _ in range(5)]
    return study({"d": {"01": themed, "02": plain}})


def test_a_sentence_has_the_themes_of_its_hits_and_their_parents(frames: Tables) -> None:
    table = sentence_themes(frames.hits)
    assert list(table[table["sentence"] == 2]["theme"]) == ["defence", "defence.threat", "economy"]


def test_shares_are_of_the_actor_s_sentences_and_the_baseline_of_all(frames: Tables) -> None:
    table = actor_themes(naming(frames, [1, 2, 3, 21]), frames.sentences, frames.hits).set_index("theme")
    defence = table.loc["defence"]
    assert (defence["n_actor"], defence["n_both"], defence["share"], defence["baseline"]) == (4, 2, 0.5, 10 / 40)


def test_log_odds_are_those_of_the_informative_dirichlet_prior(frames: Tables) -> None:
    named = [s for s in range(1, 21) if s % 2]
    table = actor_themes(naming(frames, named), frames.sentences, frames.hits, prior_sentences=8).set_index("theme")
    alpha = 8 * 10 / 40
    inside = math.log((5 + alpha) / (10 - 5 + 8 - alpha))
    outside = math.log((5 + alpha) / (30 - 5 + 8 - alpha))
    assert table.loc["defence", "log_odds"] == pytest.approx(inside - outside)
    assert table.loc["defence", "low"] < table.loc["defence", "log_odds"] < table.loc["defence", "high"]


def test_no_log_odds_below_ten_sentences_or_from_half_of_all_on(frames: Tables) -> None:
    for sentences in (list(range(1, 10)), list(range(1, 21))):
        table = actor_themes(naming(frames, sentences), frames.sentences, frames.hits)
        assert table[["log_odds", "low", "high"]].isna().all(axis=None)


def test_no_interval_below_eight_blocks(frames: Tables) -> None:
    few = frames.sentences["block"] <= 6
    hits = frames.hits[frames.hits["block"] <= 6]
    table = actor_themes(naming(frames, list(range(1, 11))), frames.sentences[few], hits)
    assert table["log_odds"].notna().all()
    assert table[["low", "high"]].isna().all(axis=None)


def test_an_actor_s_own_name_is_no_theme_it_is_named_with(frames: Tables) -> None:
    entities = naming(frames, [1, 2], "SEATO", "SEATO").assign(start=0, end=5)
    table = actor_themes(entities, frames.sentences, frames.hits)
    assert set(table["theme"]) == {"economy"}


def test_quoted_sentences_do_not_count(frames: Tables) -> None:
    quoted = frames.sentences.assign(voice=np.where(frames.sentences["sentence"] == 1, "quoted", "author"))
    table = actor_themes(naming(frames, [1, 2]), quoted, frames.hits).set_index("theme")
    assert table.loc["defence", "n_actor"] == 1


def test_the_interval_covers_no_difference_in_at_least_nine_of_ten_null_studies() -> None:
    generator = np.random.default_rng(7)
    covered = trials = 0
    for _ in range(60):
        blocks = [[{"defence": 1} if x < p else {} for x in generator.random(6)] for p in generator.beta(1, 4, 30)]
        frames = study({"d": {"01": blocks}})
        if frames.hits.empty:
            continue
        named = sorted(int(s) for s in generator.choice(np.arange(1, 181), 40, replace=False))
        table = actor_themes(naming(frames, named), frames.sentences, frames.hits)
        for row in table.itertuples():
            trials += 1
            covered += row.low <= 0 <= row.high
    assert trials >= 50
    assert covered / trials >= 0.9


def test_log_odds_of_a_theme_are_those_of_a_vocabulary_of_two_terms() -> None:
    both, actor, theme, total, prior = 5.0, 12.0, 9.0, 60.0, 10.0
    inside, outside = np.array([both, actor - both]), np.array([theme - both, total - actor - theme + both])
    expected = log_odds_dirichlet(inside, outside, prior * np.array([theme, total - theme]) / total)[0][0]
    got = theme_log_odds(prior, *(np.array([number]) for number in (both, actor, theme, total)))
    assert got.item() == pytest.approx(expected)


def test_the_jackknife_of_a_mean_is_scipys_interval_of_a_mean() -> None:
    values = np.random.default_rng(2).normal(size=15)
    rest = ((values.sum() - values) / 14)[:, np.newaxis]
    low, high = jackknife_interval(np.array([values.mean()]), rest, 0.9)
    assert (low.item(), high.item()) == pytest.approx(
        stats.t.interval(0.9, 14, loc=values.mean(), scale=stats.sem(values))
    )
