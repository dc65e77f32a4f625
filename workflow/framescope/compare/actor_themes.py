"""Which themes an actor is named with, against the sentences of the same document that do not name it."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

from framescope.compare.blocks import Array, headline, with_parents

SENTENCE = ["document", "sentence"]
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


def sentence_themes(hits: pd.DataFrame) -> pd.DataFrame:
    """The themes of each sentence with an author's hit, parents included: document, sentence, theme."""
    chosen = headline(hits)[[*SENTENCE, "theme"]].drop_duplicates()
    return _with_ancestors(chosen).drop_duplicates().sort_values([*SENTENCE, "theme"], ignore_index=True)


def _with_ancestors(frame: pd.DataFrame) -> pd.DataFrame:
    """Each row repeated for its theme and every parent of it."""
    names = {theme: with_parents([theme]) for theme in frame["theme"].unique()}
    return frame.assign(theme=frame["theme"].map(names)).explode("theme")


def actor_themes(
    entities: pd.DataFrame,
    sentences: pd.DataFrame,
    hits: pd.DataFrame,
    min_sentences: int = 10,
    min_blocks: int = 8,
    prior_sentences: float = 10.0,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """A row for each actor and theme named together in a document, over the author's sentences.

    Takes the entities, sentences and hits tables. `n_actor` sentences name the actor, `n_both` of them have the theme;
    a hit that is the actor's own name does not count for it. `baseline` is the share of all the author's sentences
    with the theme. `log_odds` compares the sentences with and without the actor: the log-odds ratio with informative
    Dirichlet prior of Monroe, Colaresi and Quinn (2008), Political Analysis 16, the prior worth `prior_sentences`
    sentences at the baseline. Its interval is from a delete-one-block jackknife with Student's t. log_odds is not a
    number below `min_sentences` sentences and from half of all on, its interval also below `min_blocks` blocks.
    """
    written = sentences.loc[sentences["voice"] == "author", [*SENTENCE, "block"]]
    named = entities[[*SENTENCE, *ACTOR]].drop_duplicates().merge(written, on=SENTENCE)
    themed = sentence_themes(hits).merge(written, on=SENTENCE)
    both = named.merge(_foreign_themes(entities, hits), on=[*SENTENCE, *ACTOR])
    frames = [
        _of_document(str(document), group, named, themed, both, min_sentences, min_blocks, prior_sentences, confidence)
        for document, group in written.groupby("document", sort=True)
    ]
    if not frames:
        return pd.DataFrame(columns=COLUMNS)
    return pd.concat(frames, ignore_index=True)[COLUMNS]


def _foreign_themes(entities: pd.DataFrame, hits: pd.DataFrame) -> pd.DataFrame:
    """Themes of the sentences that name an actor, by hits other than the actor's own name."""
    place = ["document", "paragraph"]
    mentions = entities[[*place, *SENTENCE[1:], *ACTOR, "start", "end"]]
    pairs = mentions.merge(headline(hits)[[*SENTENCE, "start", "end", "theme"]], on=SENTENCE, suffixes=("", "_hit"))
    pairs["own"] = (pairs["start"] <= pairs["start_hit"]) & (pairs["end_hit"] <= pairs["end"])
    own = pairs.groupby([*SENTENCE, *ACTOR, "theme", "start_hit", "end_hit"], sort=False)["own"].any().reset_index()
    foreign = own.loc[~own["own"], [*SENTENCE, *ACTOR, "theme"]].drop_duplicates()
    return _with_ancestors(foreign).drop_duplicates()


def _of_document(
    document: str,
    written: pd.DataFrame,
    named: pd.DataFrame,
    themed: pd.DataFrame,
    both: pd.DataFrame,
    min_sentences: int,
    min_blocks: int,
    prior_sentences: float,
    confidence: float,
) -> pd.DataFrame:
    named, themed, both = (frame[frame["document"] == document] for frame in (named, themed, both))
    total = len(written)
    n_actor = named.groupby(ACTOR).size().rename("n_actor")
    with_theme = themed.groupby("theme").size().rename("with_theme")
    table = both.groupby([*ACTOR, "theme"]).size().rename("n_both").reset_index()
    table = table.merge(n_actor.reset_index(), on=ACTOR).merge(with_theme.reset_index(), on="theme")
    table = table.assign(
        document=document, share=table["n_both"] / table["n_actor"], baseline=table["with_theme"] / total
    )
    table[["log_odds", "low", "high"]] = np.nan
    table = table.sort_values(["n_actor", *ACTOR, "theme"], ascending=[False, True, True, True], ignore_index=True)
    eligible = table.index[(table["n_actor"] >= min_sentences) & (2 * table["n_actor"] < total)]
    blocks = pd.Index(sorted(written["block"].unique()))
    size = _by_block(written, blocks)
    for row in eligible:
        actor, actor_id, theme = table.loc[row, [*ACTOR, "theme"]]
        of_actor = named[(named["actor"] == actor) & (named["actor_id"] == actor_id)]
        shared = both[(both["actor"] == actor) & (both["actor_id"] == actor_id) & (both["theme"] == theme)]
        counts = [
            _by_block(shared, blocks),
            _by_block(of_actor, blocks),
            _by_block(themed[themed["theme"] == theme], blocks),
            size,
        ]
        estimate, low, high = _jackknife(counts, prior_sentences, confidence)
        table.loc[row, "log_odds"] = estimate
        if len(blocks) >= min_blocks:
            table.loc[row, ["low", "high"]] = [low, high]
    return table


def _by_block(frame: pd.DataFrame, blocks: pd.Index) -> Array:
    return np.asarray(frame.groupby("block").size().reindex(blocks, fill_value=0), dtype=float)


def _jackknife(counts: list[Array], prior: float, confidence: float) -> tuple[float, float, float]:
    """Log-odds ratio over all blocks and its interval from leaving each block out in turn."""
    whole = [np.array([values.sum()]) for values in counts]
    estimate = float(_log_odds(prior, *whole)[0])
    rest = _log_odds(prior, *(total - values for total, values in zip(whole, counts, strict=True)))
    m = len(rest)
    if m < 2:
        return estimate, float("nan"), float("nan")
    error = float(np.sqrt((m - 1) / m * np.sum((rest - rest.mean()) ** 2)))
    reach = float(stats.t.ppf((1 + confidence) / 2, m - 1)) * error
    return estimate, estimate - reach, estimate + reach


def _log_odds(prior: float, both: Array, actor: Array, theme: Array, total: Array) -> Array:
    """Log-odds of the theme with the actor against without it, each smoothed by `prior` sentences at the baseline."""
    alpha = prior * np.clip(theme / total, 1e-6, 1 - 1e-6)
    without = np.maximum(theme - both, 0)
    inside = np.log((both + alpha) / (actor - both + prior - alpha))
    outside = np.log((without + alpha) / (total - actor - without + prior - alpha))
    return np.asarray(inside - outside)
