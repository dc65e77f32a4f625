"""Which themes an actor is named with, compared with the sentences of the same document that do not name it."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

from framescope.compare.counts.ancestors import with_ancestors
from framescope.compare.counts.blocks import Array
from framescope.compare.description.numbering import SENTENCE, numbered, sentence_places
from framescope.compare.inputs import AS_CONFIGURED, CONFIDENCE, Testing, headline

ACTOR = ["actor", "actor_id"]
COLUMNS = [
    "document",
    "actor",
    "actor_id",
    "theme",
    "n_actor",
    "n_both",
    "share",
    "baseline",
    "log_odds",
    "low",
    "high",
]
COUNTS = ["with_both", "with_actor", "with_theme", "all"]


def sentence_themes(hits: pd.DataFrame) -> pd.DataFrame:
    """The themes, with their parents, of each sentence with a hit of the author: document, sentence, theme."""
    chosen = headline(hits)[[*SENTENCE, "theme"]].drop_duplicates()
    return with_ancestors(chosen).sort_values([*SENTENCE, "theme"], ignore_index=True)


def actor_themes(
    entities: pd.DataFrame,
    sentences: pd.DataFrame,
    hits: pd.DataFrame,
    testing: Testing = AS_CONFIGURED,
    *,
    min_sentences: int = 10,
    prior_sentences: float = 10.0,
) -> pd.DataFrame:
    """A row for each actor and theme that occur together in a sentence of the author, by document.

    The arguments are the tables entities, sentences and hits. `n_actor` is the number of sentences that name the actor,
    `n_both` that of those with the theme; a hit inside the actor's own name does not count. `baseline` is the share of
    all the author's sentences with the theme, `share` that of the sentences that name the actor. `log_odds` compares
    the sentences with and without the actor (`theme_log_odds`); its interval is computed by leaving out each block in
    turn (`jackknife_interval`). log_odds is NaN if the actor is named in fewer than `min_sentences` sentences or in
    half of all or more; its interval also if there are fewer than `testing.min_blocks` blocks. That the unit of
    co-occurrence is the sentence is ours.

    By hand: three of four sentences name Peru, one of the three has the only hit.

    >>> sentences = pd.DataFrame({"document": "a", "sentence": [1, 2, 3, 4], "block": 1, "voice": "author"})
    >>> entities = pd.DataFrame({"sentence": [1, 2, 3], "actor": "Peru", "actor_id": "PE", "start": 0, "end": 4})
    >>> hits = pd.DataFrame({"sentence": [1], "theme": "defence", "start": 9, "end": 13, "voice": "author"})
    >>> hits, entities = hits.assign(document="a", subject_term=False), entities.assign(document="a", paragraph=1)
    >>> actor_themes(entities, sentences, hits)[["n_actor", "n_both", "share", "baseline"]].round(3).to_numpy().tolist()
    [[3.0, 1.0, 0.333, 0.25]]
    """
    written = sentences.loc[sentences["voice"] == "author", [*SENTENCE, "block"]].reset_index(drop=True)
    document, documents = numbered(written[["document"]])
    of_place = pd.DataFrame({"document": document, "block": written["block"].to_numpy(np.int64)})
    actor, actors = numbered(entities[ACTOR])
    mentions = entities[["start", "end"]].assign(place=sentence_places(entities, written), actor=actor)
    mentions = mentions[mentions["place"] >= 0]
    chosen = headline(hits)
    found = chosen[["theme", "start", "end"]].assign(place=sentence_places(chosen, written))
    found = found[found["place"] >= 0]
    themed = with_ancestors(found[["place", "theme"]].drop_duplicates())
    themed["theme"], themes = numbered(themed[["theme"]])
    both = with_ancestors(_hits_outside_names(mentions, found))
    both["theme"] = pd.Index(themes["theme"]).get_indexer(both["theme"])
    named = mentions[["place", "actor"]].drop_duplicates()
    named, themed, both = (rows.join(of_place, on="place") for rows in (named, themed, both))
    size = of_place.groupby("document").size().rename("size").reset_index()
    table = both.groupby(["document", "actor", "theme"]).size().rename("n_both").reset_index()
    table = table.merge(named.groupby(["document", "actor"]).size().rename("n_actor").reset_index())
    table = table.merge(themed.groupby(["document", "theme"]).size().rename("n_theme").reset_index()).merge(size)
    table["share"] = table["n_both"] / table["n_actor"]
    table["baseline"] = table["n_theme"] / table["size"]
    order = ["document", "n_actor", "actor", "theme"]
    table = table.sort_values(order, ascending=[name != "n_actor" for name in order], ignore_index=True)
    eligible = table[(table["n_actor"] >= min_sentences) & (2 * table["n_actor"] < table["size"])]
    intervals = np.full((3, len(table)), np.nan)
    for _, cells in _block_counts(eligible, of_place, named, themed, both).groupby("document"):
        rows = cells["row"].unique()
        counts = [cells[column].to_numpy(float).reshape(len(rows), -1).T.copy() for column in COUNTS]
        estimates = np.array(_estimates(counts, prior_sentences, testing.confidence))
        if len(counts[0]) < testing.min_blocks:
            estimates[1:] = np.nan
        intervals[:, rows] = estimates
    table["log_odds"], table["low"], table["high"] = intervals
    of_row = ((documents, "document"), (actors, "actor"), (themes, "theme"))
    names = [rows.iloc[table.pop(number)].reset_index(drop=True) for rows, number in of_row]
    return pd.concat([table, *names], axis=1)[COLUMNS]


def _hits_outside_names(mentions: pd.DataFrame, hits: pd.DataFrame) -> pd.DataFrame:
    """The themes of hits in the sentences that name an actor, without hits inside the actor's own name.

    `mentions` and `hits` have the place of their sentence, and their start and end.
    """
    pairs = mentions.merge(hits.assign(hit=np.arange(len(hits))), on="place", suffixes=("", "_hit"))
    inside = (pairs["start"] <= pairs["start_hit"]) & (pairs["end_hit"] <= pairs["end"])
    pairs = pairs[["place", "actor", "theme", "hit"]]
    within = pd.MultiIndex.from_frame(pairs.loc[inside, ["actor", "hit"]])
    outside = ~pd.MultiIndex.from_frame(pairs[["actor", "hit"]]).isin(within)
    return pairs.loc[outside, ["place", "actor", "theme"]].drop_duplicates()


def _block_counts(
    rows: pd.DataFrame, written: pd.DataFrame, named: pd.DataFrame, themed: pd.DataFrame, both: pd.DataFrame
) -> pd.DataFrame:
    """A row for each actor and theme in `rows`, whose index is in `row`, and block of their document, in this order:
    the numbers of sentences (`COUNTS`) with both, with the actor, with the theme, and of all.
    """
    of_blocks = written.groupby(["document", "block"]).size().rename("all").reset_index()
    cells = rows[["document", "actor", "theme"]].reset_index(names="row").merge(of_blocks, on="document")
    for name, sentences, keys in (
        ("with_both", both, ["actor", "theme"]),
        ("with_actor", named, ["actor"]),
        ("with_theme", themed, ["theme"]),
    ):
        place = ["document", "block", *keys]
        chosen = sentences[sentences["document"].isin(rows["document"])]
        cells = cells.merge(chosen.groupby(place).size().rename(name).reset_index(), on=place, how="left")
    return cells.fillna(dict.fromkeys(COUNTS, 0)).sort_values(["row", "block"])


def _estimates(counts: list[Array], prior: float, confidence: float) -> tuple[Array, Array, Array]:
    """Log-odds ratios of the columns over all blocks, and the ends of their intervals."""
    whole = [values.sum(axis=0) for values in counts]
    estimate = theme_log_odds(prior, *whole)
    rest = (total - values for total, values in zip(whole, counts, strict=True))
    return estimate, *jackknife_interval(estimate, theme_log_odds(prior, *rest), confidence)


def jackknife_interval(estimate: Array, rest: Array, confidence: float = CONFIDENCE) -> tuple[Array, Array]:
    """Ends of the interval of an estimate, from the estimates `rest` without each block (rows).

    estimate -+ t s, s^2 = (m - 1)/m sum (rest - mean of rest)^2 over m blocks, where t is the two-sided quantile of
    Student's t with m - 1 degrees of freedom (Efron and Tibshirani 1993, An Introduction to the Bootstrap, ch. 11).

    By hand: a mean of 1, 2, 3 is 2.5, 2 or 1.5 without one of them; s^2 = 2/3 x 0.5 = 1/3 and t = 4.303.

    >>> low, high = jackknife_interval(np.array([2.0]), np.array([[2.5], [2.0], [1.5]]))
    >>> round(low.item(), 3), round(high.item(), 3)
    (-0.484, 4.484)
    """
    m = len(rest)
    error = np.sqrt((m - 1) / m * np.sum((rest - rest.mean(axis=0)) ** 2, axis=0))
    reach = stats.t.ppf((1 + confidence) / 2, max(m - 1, 1)) * error
    return estimate - reach, estimate + reach


def theme_log_odds(prior: float, both: Array, actor: Array, theme: Array, total: Array) -> Array:
    """The log-odds of the theme in sentences with the actor minus those in sentences without: 0 is no difference.

    ln((both + a)/(actor - both + prior - a)) - ln((without + a)/(others - without + prior - a)), natural logarithms. Of
    `total` sentences, `actor` name the actor and `others` do not; `both` of the first and `without` of the second have
    the theme. The prior has the weight of `prior` sentences in which the theme has its rate in all sentences,
    a = prior theme / total (Monroe, Colaresi and Quinn 2008, Political Analysis 16, equation 16, for a vocabulary of
    two terms, with and without the theme).

    By hand: 10 of 40 sentences have the theme, 5 of the actor's 10; a = 2.5, ln(7.5/12.5) - ln(7.5/32.5).

    >>> theme_log_odds(10.0, *(np.array([number]) for number in (5.0, 10.0, 10.0, 40.0))).round(3).tolist()
    [0.956]
    """
    alpha = prior * np.clip(theme / total, 1e-6, 1 - 1e-6)
    without = np.maximum(theme - both, 0)
    inside = np.log((both + alpha) / (actor - both + prior - alpha))
    outside = np.log((without + alpha) / (total - actor - without + prior - alpha))
    return np.asarray(inside - outside)
