"""Other defensible ways to count: each gives the same tables with one choice changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from framescope.compare.counts.choices import WITHOUT_NAMES, with_quotations, without_choices
from framescope.compare.counts.sentence_hits import sentence_hits
from framescope.compare.description.context import NONE, context_themes
from framescope.compare.inputs import ONCE, Tables, headline
from framescope.compare.opinion.opinions import NO_OPINION, by_second_opinion
from framescope.compare.robust.set_phrases import set_phrases, set_phrases_once

HEADLINE = "headline"
EVERYWHERE = "everywhere"
SECOND_OPINION = "second opinion"
# In contrasts with this theme, another one is added beside it or removed.
BESIDE = "economy"
CITATION = re.compile(
    r"\b(?:1[5-9]|20)\d\d[a-z]?\b|https?://|\bdoi\b|\bibid\b|\bop\. ?cit|\bet al\b|\bpp?\. ?\d|\bvol\. ?\d|\bno\. ?\d",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Variation:
    """Tables with the hits that are counted, the contrasts, and whether sentences with a hit are counted, not hits.

    `within_documents` marks a rule that differs between documents, and so applies only to findings within a document.
    """

    name: str
    tables: Tables
    contrasts: Sequence[Mapping[str, Any]]
    by_sentences: bool = False
    within_documents: bool = False


def variations(
    tables: Tables,
    contrasts: Sequence[Mapping[str, Any]],
    notes: tuple[pd.DataFrame, pd.DataFrame] | None = None,
    copies: str = EVERYWHERE,
    movable: str = "energy",
    opinion: pd.DataFrame = NO_OPINION,
    phrases: pd.DataFrame | None = None,
) -> Iterator[Variation]:
    """The headline count, then each variation of what is counted.

    `copies` says whether the headline count has copied passages once or everywhere; it is the other way round in a
    variation. `notes` are the sentences and hits of notes, with a column `number`; `movable` is a theme that is added
    beside the economy in contrasts without it, and removed from contrasts with it; `opinion` is the table of
    `opinion.opinions`; `phrases` are the `set_phrases` of the sentences, if they are known already. Opinions, notes and
    phrases may be those of other texts too.
    """
    everywhere, once = tables, tables.without_copies()
    tables, other, turned = (once, everywhere, EVERYWHERE) if copies == ONCE else (everywhere, once, ONCE)
    main = tables.headline()
    hits = main.hits
    yield Variation(HEADLINE, main, contrasts)
    remaining = without_choices(hits)
    yield Variation(WITHOUT_NAMES, main.with_hits(remaining.pop(WITHOUT_NAMES)), contrasts)
    yield Variation("with quotations", with_quotations(tables), contrasts)
    phrases = set_phrases([main.sentences]) if phrases is None else phrases
    yield Variation("set phrases once", main.with_hits(set_phrases_once(main.sentences, hits, phrases)), contrasts)
    framing = main.with_hits(hits[~hits["subject_term"].astype(bool)])
    yield Variation("without subject terms", framing, contrasts, within_documents=True)
    for name, kept in remaining.items():
        yield Variation(name, main.with_hits(kept), contrasts)
    moved = [_move(contrast, movable) for contrast in contrasts]
    yield Variation(f"{movable} in or out", main, moved)
    yield Variation("sentences, not hits", main, contrasts, by_sentences=True)
    yield Variation("theme of the passage", main.with_hits(with_passages(main.sentences, hits)), contrasts)
    if len(opinion):
        own = opinion[opinion["document"].isin(tables.documents["document"])]
        yield Variation(SECOND_OPINION, main.with_hits(by_second_opinion(main.sentences, hits, own)), contrasts)
    yield Variation(f"copied passages {turned}", other.headline(), contrasts)
    if notes is not None:
        of_texts = (table[table["document"].isin(tables.documents["document"])] for table in notes)
        yield Variation("with notes that argue", _with_notes(main, *of_texts), contrasts)


def _move(contrast: Mapping[str, Any], theme: str) -> Mapping[str, Any]:
    a, b = ([str(t) for t in contrast[side]] for side in ("a", "b"))
    without = {side: [t for t in themes if t != theme] for side, themes in (("a", a), ("b", b))}
    if theme not in a + b:
        # The theme is added only to sides with the economy.
        return {**contrast, **{side: [*themes, theme] for side, themes in (("a", a), ("b", b)) if BESIDE in themes}}
    # A side with only this theme would be empty without it.
    return {**contrast, **without} if without["a"] and without["b"] else contrast


def with_passages(sentences: pd.DataFrame, hits: pd.DataFrame) -> pd.DataFrame:
    """The hits, and one for each of the author's sentences without a hit whose neighbours have a theme.

    The theme is that of `context_themes`.
    """
    themes = context_themes(sentences, hits)
    filled = themes[(themes["theme"] == NONE) & (themes["context_theme"] != NONE)].drop(columns="theme")
    passages = sentence_hits(sentences, filled.rename(columns={"context_theme": "theme"}), hits)
    return pd.concat([hits, passages], ignore_index=True)


def _with_notes(tables: Tables, note_sentences: pd.DataFrame, note_hits: pd.DataFrame) -> Tables:
    """Tables to which the notes without signs of a citation are added, each as a block of its own.

    Each is placed at the end of its section, so that the blocks of a section remain together.
    """
    sentences, hits = tables.sentences.drop(columns="copied", errors="ignore"), tables.hits
    keys = ["document", "number"]
    cites = note_sentences["text"].str.contains(CITATION).groupby([note_sentences[k] for k in keys]).transform("any")
    ends = sentences.groupby(["document", "section"], as_index=False)["block"].max()
    argue = note_sentences[~cites].drop(columns="block", errors="ignore").merge(ends, on=["document", "section"])
    notes = argue[[*keys, "block"]].drop_duplicates(keys).reset_index(drop=True)
    # The numbers of blocks are multiplied so that all notes have room after any one of them.
    step = len(notes) + 1
    notes["block"] = notes["block"] * step + 1 + np.arange(len(notes))
    numbered = argue.drop(columns="block").merge(notes, on=keys)
    numbered["new"] = int(sentences["sentence"].max()) + 1 + np.arange(len(numbered)) if len(sentences) else 0
    note_hits = (
        headline(note_hits)
        .drop(columns="block", errors="ignore")
        .merge(numbered[[*keys, "sentence", "block", "new"]], on=[*keys, "sentence"])
    )
    body_and_notes = (
        (sentences.assign(block=sentences["block"] * step), numbered.assign(sentence=numbered["new"])),
        (hits.assign(block=hits["block"] * step), note_hits.assign(sentence=note_hits["new"])),
    )
    together = [pd.concat([body, notes[body.columns]], ignore_index=True) for body, notes in body_and_notes]
    return replace(tables, sentences=together[0], hits=together[1])
