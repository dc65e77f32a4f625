"""The tables of editions: what became of each paragraph and section, and what the new edition stresses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from framescope.compare.editions.alignment import Pair, Paragraph, align_editions
from framescope.compare.inputs import Tables

KEPT, EDITED, MOVED, ADDED, DROPPED = "kept", "edited", "moved", "added", "dropped"
SIDES = ("old", "new")
FACTS = ("section", "paragraph", "words", "themes", "text")
EDITION_COLUMNS = ["old_document", "new_document", "change", "alike", *(f"{s}_{f}" for f in FACTS[:-1] for s in SIDES)]
EDITION_COLUMNS += ["old_text", "new_text"]
SECTION_COLUMNS = ["old_document", "new_document", *(f"{s}_{f}" for f in ("section", "title") for s in SIDES)]
SECTION_COLUMNS += ["change", KEPT, EDITED, MOVED, ADDED, DROPPED]
COUNTED = ("dropped", "added", "old", "new")
THEME_COLUMNS = [
    "old_document",
    "new_document",
    "theme",
    *(f"{part}_{f}" for part in COUNTED for f in ("hits", "words", "rate")),
]


@dataclass(frozen=True)
class Edition:
    """An edition: its sections and paragraphs in order, and in `facts` a row for each paragraph.

    `facts` has section, paragraph, words, themes and text; `hits` has a row for each paragraph and a column for each
    top-level theme.
    """

    document: str
    sections: pd.DataFrame
    paragraphs: list[Paragraph]
    facts: pd.DataFrame
    hits: pd.DataFrame


def edition_tables(tables: Tables, editions: Sequence[Sequence[str]]) -> dict[str, pd.DataFrame]:
    """The tables editions, edition_sections and edition_themes of pairs of documents, the old edition and the new.

    A pair of which one was left out after an error has no rows.
    """
    known = set(tables.documents["document"])
    parts: dict[str, list[pd.DataFrame]] = {"editions": [], "edition_sections": [], "edition_themes": []}
    for old, new in (_both(tables, pair) for pair in editions if set(pair) <= known):
        titles = [edition.sections["title"].fillna("").astype(str).tolist() for edition in (old, new)]
        pairs, sections = align_editions(old.paragraphs, new.paragraphs, (titles[0], titles[1]))
        changes = _changes(old, new, pairs)
        named = {"old_document": old.document, "new_document": new.document}
        parts["editions"].append(changes.assign(**named)[EDITION_COLUMNS])
        parts["edition_sections"].append(_section_changes(old, new, sections, changes).assign(**named)[SECTION_COLUMNS])
        parts["edition_themes"].append(_theme_changes(old, new, changes).assign(**named)[THEME_COLUMNS])
    columns = (EDITION_COLUMNS, SECTION_COLUMNS, THEME_COLUMNS)
    return {
        name: pd.concat(made, ignore_index=True) if made else pd.DataFrame(columns=own)
        for (name, made), own in zip(parts.items(), columns, strict=True)
    }


def _both(tables: Tables, pair: Sequence[str]) -> tuple[Edition, Edition]:
    hits = tables.headline().hits
    hits = hits.assign(top=hits["theme"].str.split(".").str[0])
    old, new = (_edition(tables, hits, document) for document in pair)
    return old, new


def _edition(tables: Tables, hits: pd.DataFrame, document: str) -> Edition:
    """The paragraphs of a document with the hits of top-level themes in each."""
    own = tables.sentences[tables.sentences["document"] == document]
    sections = tables.sections[tables.sections["document"] == document].reset_index(drop=True)
    groups = own.groupby(["paragraph", "section"], sort=True)
    facts = groups.agg(words=("words", "sum"), text=("text", " ".join)).reset_index()
    here = hits[hits["document"] == document].drop_duplicates(["sentence", "start", "end", "top"])
    counts = pd.crosstab(here["paragraph"], here["top"]).reindex(facts["paragraph"], fill_value=0)
    facts["themes"] = ["; ".join(f"{theme} {n}" for theme, n in row.items() if n) for row in counts.to_dict("records")]
    place = {section: number for number, section in enumerate(sections["section"])}
    paragraphs = [Paragraph(place[s], text) for s, text in zip(facts["section"], facts["text"], strict=True)]
    return Edition(document, sections, paragraphs, facts, counts.reset_index(drop=True))


def change_of(pair: Pair, old: Paragraph, new: Paragraph) -> str:
    """What became of a paragraph that both editions have; one that was moved may be edited too."""
    return MOVED if pair.moved else KEPT if old.words == new.words else EDITED


def _changes(old: Edition, new: Edition, pairs: Sequence[Pair]) -> pd.DataFrame:
    """A row for each paragraph of either edition, in the order of the new; dropped ones follow their predecessor."""
    rows: list[dict[str, Any]] = []
    after = {pair.old: pair.new for pair in pairs}
    for pair in pairs:
        change = change_of(pair, old.paragraphs[pair.old], new.paragraphs[pair.new])
        rows.append({"change": change, "alike": pair.alike, "old": pair.old, "new": pair.new, "at": pair.new})
    there = {pair.new for pair in pairs}
    rows += [{"change": ADDED, "new": n, "at": n} for n in range(len(new.paragraphs)) if n not in there]
    at = -1
    for number in range(len(old.paragraphs)):
        at = after.get(number, at)
        if number not in after:
            rows.append({"change": DROPPED, "old": number, "at": at + 0.5})
    columns = ["change", "alike", "old", "new", "at"]
    frame = pd.DataFrame(rows, columns=columns).sort_values(["at", "old"], kind="stable").reset_index(drop=True)
    for side, edition in zip(SIDES, (old, new), strict=True):
        own = edition.facts.reindex(frame[side])[list(FACTS)].add_prefix(f"{side}_").reset_index(drop=True)
        frame = pd.concat([frame, own], axis=1)
    return frame


def _section_changes(
    old: Edition, new: Edition, same: Sequence[tuple[int, int]], changes: pd.DataFrame
) -> pd.DataFrame:
    """A row for each section of either edition, with the number of paragraphs of each change.

    Paragraphs that both editions have, and added ones, are those of the new section; dropped ones of the old section.
    """
    by_old, by_new = dict(same), {second: first for first, second in same}
    places: list[tuple[int | None, int | None]] = [(by_new.get(n), n) for n in range(len(new.sections))]
    places += [(n, None) for n in range(len(old.sections)) if n not in by_old]
    rows = []
    for first, second in places:
        row: dict[str, Any] = {"change": ADDED if first is None else DROPPED if second is None else KEPT}
        for side, edition, number in (("old", old, first), ("new", new, second)):
            for name in ("section", "title"):
                row[f"{side}_{name}"] = "" if number is None else edition.sections[name].iat[number]
        for change in (KEPT, EDITED, MOVED, ADDED, DROPPED):
            side = "old" if change == DROPPED else "new"
            own = (changes["change"] == change) & (changes[f"{side}_section"] == row[f"{side}_section"])
            row[change] = int(own.sum()) if row[f"{side}_section"] else 0
        rows.append(row)
    return pd.DataFrame(rows, columns=SECTION_COLUMNS[2:])


def rate(hits: int, words: int) -> float:
    """Hits per 1,000 words: 1,000 hits / words; none without words. That parts of an edition have rates is ours.

    >>> rate(3, 600)
    5.0
    """
    return 1000 * hits / words if words else float("nan")


def _theme_changes(old: Edition, new: Edition, changes: pd.DataFrame) -> pd.DataFrame:
    """A row for each theme, those first whose rate in added paragraphs exceeds that in dropped ones most."""
    chosen = {
        "dropped": (old, changes.loc[changes["change"] == DROPPED, "old"]),
        "added": (new, changes.loc[changes["change"] == ADDED, "new"]),
        "old": (old, pd.Series(range(len(old.facts)))),
        "new": (new, pd.Series(range(len(new.facts)))),
    }
    rows = []
    for theme in sorted({*old.hits, *new.hits}):
        row: dict[str, Any] = {"theme": theme}
        for part, (edition, numbers) in chosen.items():
            places = numbers.astype(int).to_numpy()
            words = int(edition.facts["words"].to_numpy()[places].sum())
            hits = int(edition.hits[theme].to_numpy()[places].sum()) if theme in edition.hits else 0
            row |= {f"{part}_hits": hits, f"{part}_words": words, f"{part}_rate": rate(hits, words)}
        rows.append(row)
    table = pd.DataFrame(rows, columns=THEME_COLUMNS[2:])
    more = table["added_rate"].fillna(0) - table["dropped_rate"].fillna(0)
    return table.loc[more.sort_values(ascending=False, kind="stable").index].reset_index(drop=True)
