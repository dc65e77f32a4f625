"""Sentences to code next."""

import numpy as np
import pandas as pd
import pytest

from framescope.compare.coders.coding import read_codes
from framescope.compare.coders.estimation import estimated_shares
from framescope.compare.coders.finding import Coded, codes_of_table, find_coded
from framescope.compare.coders.next_sample import draw_next, draw_next_sample
from framescope.compare.coders.sampling import draw_sample
from framescope.compare.coders.survey import Survey
from framescope.compare.inputs import Tables
from framescope.compare.opinion.opinions import NO_OPINION
from framescope.problems import StudyError

SIZE = 1000
RNG = np.random.default_rng(0)
SENTENCES = pd.DataFrame(
    {"document": "one", "section": "01", "sentence": range(1, SIZE + 1), "voice": "author"}
).assign(text=[f"Sentence {number}." for number in range(1, SIZE + 1)], paragraph=range(1, SIZE + 1))
FOUND = RNG.random(SIZE) < 0.2
HAS = np.where(FOUND, RNG.random(SIZE) < 0.5, RNG.random(SIZE) < 0.02)
SECTIONS = pd.DataFrame({"document": ["one"], "section": ["01"], "role": ["body"], "role_source": ["default"]})
TABLES = Tables(SENTENCES, SENTENCES[FOUND].assign(theme="defence"), SECTIONS, pd.DataFrame({"document": ["one"]}))
CODES = SENTENCES[["document", "sentence"]].assign(theme=np.where(HAS, "defence", ""))


def coded(sample: pd.DataFrame) -> Coded:
    rows = sample[["document", "sentence", "weight", "round"]].merge(CODES, on=["document", "sentence"])
    return Coded("sentence", rows.rename(columns={"sentence": "unit"}).assign(coder="coder"))


FIRST = draw_sample(SENTENCES, TABLES.hits, 100)


def following(size: int = 100, seed: int = 0) -> pd.DataFrame:
    return draw_next(Survey(coded(FIRST), TABLES), SENTENCES, ["defence"], size, seed)


@pytest.mark.parametrize("size", [5, 19, 100, 105, 899, 900, 5000])
def test_none_is_coded_already_and_the_weights_add_up_to_those_left(size):
    sample = following(size)
    assert not set(sample["sentence"]) & set(FIRST["sentence"])
    assert sample["weight"].sum() == pytest.approx(SIZE - len(FIRST))
    assert min(size, SIZE - len(FIRST)) * 0.9 <= len(sample) <= size
    assert list(sample.columns) == list(FIRST.columns)
    assert set(sample["round"]) == {2}


def test_uncertain_sentences_are_drawn_more_often_than_others():
    share = following()["sentence"].isin(SENTENCES.loc[FOUND, "sentence"]).mean()
    assert share > 2 * FOUND.mean()


def test_the_same_seed_draws_the_same_sentences():
    assert following().equals(following())
    assert not following().equals(following(seed=1))


def width_of(rounds: list[pd.DataFrame]) -> tuple[float, bool]:
    """The width of the interval from the codes of these rounds, and whether it has the true share."""
    sheet = pd.concat(rounds)[["document", "sentence", "weight", "round"]].merge(CODES, on=["document", "sentence"])
    files = find_coded(codes_of_table(sheet.assign(coder="coder")), SENTENCES)
    row = estimated_shares(Survey(files, TABLES), ["defence"], 0.95).iloc[0]
    low, high = row["estimated_low"], row["estimated_high"]
    return high - low, bool(low <= HAS.mean() <= high)


def test_intervals_of_two_rounds_have_the_true_share_and_are_narrower_than_with_a_second_round_at_random():
    covered, widths = [], []
    for seed in range(30):
        first = draw_sample(SENTENCES, TABLES.hits, 60, seed)
        second = draw_next(Survey(coded(first), TABLES), SENTENCES, ["defence"], 60, seed)
        at_random = SENTENCES.drop(index=first["sentence"] - 1).sample(60, random_state=seed).assign(round=2)
        chosen, has = width_of([first, second])
        covered.append(has)
        widths.append(chosen / width_of([first, at_random.assign(weight=(SIZE - 60) / 60)])[0])
    assert np.mean(covered) > 0.85
    assert np.mean(widths) < 0.97


def test_a_study_without_codes_is_told_to_code_a_sample_first():
    with pytest.raises(StudyError, match="Code a sample"):
        draw_next_sample(read_codes([], [], SENTENCES, []), TABLES, NO_OPINION, ["defence"], 10)


def test_a_study_whose_sentences_are_all_coded_is_told_so():
    everything = coded(SENTENCES.assign(weight=1.0, round=1))
    with pytest.raises(StudyError, match="all of the study are coded"):
        draw_next_sample(everything, TABLES, NO_OPINION, ["defence"], 10)


def test_if_no_sentence_had_a_theme_all_are_drawn_with_about_the_same_chance():
    nothing = coded(FIRST)
    nothing.rows["theme"] = ""
    weight = draw_next_sample(nothing, TABLES, NO_OPINION, ["defence"], 100)["weight"]
    assert weight.sum() == pytest.approx(SIZE - len(FIRST))
    assert weight.max() < 1.5 * weight.min()


def test_without_a_coded_theme_in_focus_all_coded_themes_choose():
    by_focus = draw_next_sample(coded(FIRST), TABLES, NO_OPINION, ["economy"], 50)
    assert by_focus.equals(draw_next_sample(coded(FIRST), TABLES, NO_OPINION, [], 50))
