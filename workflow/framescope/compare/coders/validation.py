"""Comparison of the lexicon with hand codes: precision and recall of its themes, agreement and confusion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from framescope.codes.code import ADJUDICATED
from framescope.compare.coders.accuracy import f1_score, weighted_share
from framescope.compare.coders.agreement import alpha_interval, kappa_interval, krippendorff_alpha, mean_kappa
from framescope.compare.coders.finding import Coded
from framescope.compare.counts.ancestors import with_ancestors
from framescope.compare.inputs import AS_CONFIGURED, Tables, Testing, headline
from framescope.table_schemas import table_schemas
from framescope.theme_paths import with_parents

NONE = "none"
FEWEST_CODES_OF_A_ROLE = 30


def _lexicon_units(hits: pd.DataFrame, kind: str) -> pd.DataFrame:
    return with_ancestors(headline(hits)[["document", kind, "theme"]].rename(columns={kind: "unit"}))


@dataclass(frozen=True)
class _Answers:
    """Units x coders (1, 0 or NaN), the coders' majority (NaN for a tie), the lexicon's values, and the weights."""

    coders: pd.DataFrame
    majority: pd.Series
    lexicon: pd.Series
    weight: pd.Series


def _answers(coded: Coded, hits: pd.DataFrame, theme: str) -> _Answers:
    rows = with_ancestors(coded.rows)
    coders = (
        rows.assign(has=(rows["theme"] == theme).astype(float))
        .pivot_table(index=["document", "unit"], columns="coder", values="has", aggfunc="max")
        .sort_index()
    )
    share = coders.mean(axis=1)
    of_lexicon = _lexicon_units(hits, coded.kind)
    places = pd.MultiIndex.from_frame(of_lexicon.loc[of_lexicon["theme"] == theme, ["document", "unit"]])
    lexicon = pd.Series(coders.index.isin(places), index=coders.index).astype(float)
    weight = coded.rows.groupby(["document", "unit"])["weight"].first().reindex(coders.index)
    return _Answers(coders, (share > 0.5).astype(float).where(share != 0.5), lexicon, weight)


def validation(
    coded: Coded, tables: Tables, testing: Testing = AS_CONFIGURED, *, themes: Sequence[str] | None = None
) -> pd.DataFrame:
    """The agreement of the lexicon's headline hits with the coders' majority in the coded units: a row for each theme.

    A unit has a theme if a hit, or a code, has it or a subtheme of it; units without a majority are left out.
    precision, recall and specificity are a `weighted_share` with Wilson's interval, f1 is `f1_score` with a bootstrap
    interval; the weights are those of the sample. alpha_coders (`krippendorff_alpha`) and kappa_coders (`mean_kappa`)
    compare coders, kappa_lexicon (`cohen_kappa`) the lexicon with the majority. There are rows for the study, and for
    each role with at least 30 coded units (unit "role").
    """
    listed = with_parents(sorted(set(coded.rows["theme"]) - {""})) if themes is None else list(themes)
    groups = [("study", "", coded)]
    groups += [("role", role, part) for role, part in _by_role(coded, tables.sections, tables.sentences)]
    rows = [
        {"unit": unit, "role": role, "theme": theme, **_accuracy(_answers(part, tables.hits, theme), testing)}
        for unit, role, part in groups
        for theme in listed
    ]
    return pd.DataFrame(rows)


def _by_role(coded: Coded, sections: pd.DataFrame, sentences: pd.DataFrame) -> list[tuple[str, Coded]]:
    place = sentences[["document", "section", coded.kind]].drop_duplicates(["document", coded.kind])
    roles = place.merge(sections[["document", "section", "role"]], on=["document", "section"])
    rows = coded.rows.merge(roles.rename(columns={coded.kind: "unit"}), on=["document", "unit"])
    parts = []
    for role, part in rows.groupby("role"):
        if part[["document", "unit"]].drop_duplicates().shape[0] >= FEWEST_CODES_OF_A_ROLE:
            parts.append((str(role), Coded(coded.kind, part[coded.rows.columns].reset_index(drop=True))))
    return parts


def _accuracy(answers: _Answers, testing: Testing) -> dict[str, float]:
    decided = answers.majority.notna()
    gold, lexicon = answers.majority[decided].to_numpy(bool), answers.lexicon[decided].to_numpy(bool)
    weight = answers.weight[decided].to_numpy(float)
    facts: dict[str, float] = {
        "coded": len(gold),
        "coded_with_theme": int(gold.sum()),
        "lexicon_with_theme": int(lexicon.sum()),
    }
    for name, right, among in (
        ("precision", gold, lexicon),
        ("recall", lexicon, gold),
        ("specificity", ~lexicon, ~gold),
    ):
        share = weighted_share(right, among, weight, testing.confidence)
        facts |= dict(zip((name, f"{name}_low", f"{name}_high"), share, strict=True))
    f1 = f1_score(gold, lexicon, weight, testing.confidence, testing.seed)
    facts |= dict(zip(("f1", "f1_low", "f1_high"), f1, strict=True))
    people = answers.coders.drop(columns=ADJUDICATED, errors="ignore")
    against = pd.DataFrame({"majority": answers.majority, "lexicon": answers.lexicon})
    settings = (testing.confidence, testing.seed)
    for name, value, interval in (
        ("alpha_coders", krippendorff_alpha(people), alpha_interval(people, *settings)),
        ("kappa_coders", mean_kappa(people), kappa_interval(people, *settings)),
        ("kappa_lexicon", mean_kappa(against), kappa_interval(against, *settings)),
    ):
        facts |= dict(zip((name, f"{name}_low", f"{name}_high"), (value, *interval), strict=True))
    return facts


def confusion(coded: Coded, hits: pd.DataFrame) -> pd.DataFrame:
    """The number of units for each pair of a top-level theme of the coders and one of the lexicon: a row for each.

    "none" means no theme.
    """
    rows = with_ancestors(coded.rows)
    rows = rows[~rows["theme"].str.contains(".", regex=False)]
    coders = rows.groupby(["document", "unit"])["coder"].nunique().rename("coders")
    votes = (
        rows.groupby(["document", "unit", "theme"])["coder"]
        .nunique()
        .rename("votes")
        .reset_index()
        .join(coders, on=["document", "unit"])
    )
    gold = votes[(votes["votes"] * 2 > votes["coders"]) & (votes["theme"] != "")][["document", "unit", "theme"]]
    of_lexicon = _lexicon_units(hits, coded.kind)
    of_lexicon = of_lexicon[~of_lexicon["theme"].str.contains(".", regex=False)]
    units = coded.rows[["document", "unit"]].drop_duplicates()
    sides = [
        units.merge(side, on=["document", "unit"], how="left").fillna({"theme": NONE}) for side in (gold, of_lexicon)
    ]
    pairs = sides[0].merge(sides[1], on=["document", "unit"], suffixes=("_coded", "_lexicon"))
    counted = pairs.groupby(["theme_coded", "theme_lexicon"]).size().rename("units").reset_index()
    return counted.sort_values(["theme_coded", "theme_lexicon"], ignore_index=True)


def coded_hits(coded: Coded, sentences: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Hand codes in the form of sentences and hits, so that every comparison can be computed from them.

    The sentences are those of coded units, with their `weight`. A theme that a majority of coders gave a unit is one
    hit in its first sentence, with the term "coded".
    """
    rows = coded.rows
    coders = rows.groupby(["document", "unit"])["coder"].nunique().rename("coders")
    votes = rows[rows["theme"] != ""].groupby(["document", "unit", "theme"])["coder"].nunique().rename("votes")
    gold = votes.reset_index().join(coders, on=["document", "unit"])
    gold = gold[gold["votes"] * 2 > gold["coders"]].rename(columns={"unit": coded.kind})
    units = rows[["document", "unit", "weight"]].drop_duplicates(["document", "unit"])
    units = units.rename(columns={"unit": coded.kind})
    kept = sentences.merge(units, on=["document", coded.kind])
    first = kept.drop_duplicates(["document", coded.kind])
    hits = gold[["document", coded.kind, "theme"]].merge(first, on=["document", coded.kind])
    matches = table_schemas()["matches"].columns
    flags = [name for name, column in matches.items() if column.type == "boolean"]
    hits = hits.assign(term="coded", **dict.fromkeys(flags, False))
    columns = [name for name in matches if name != "set_aside"]
    return kept, hits[columns].sort_values(["document", "sentence", "theme"], ignore_index=True)
