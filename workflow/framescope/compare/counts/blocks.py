"""Counts by block, the unit of inference, as the matrices from which all comparisons are computed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from framescope.compare.counts.groupings import (
    COLUMN,
    KINDS,
    group_column,
    grouping_kinds,
    name_column,
    spans_documents,
)
from framescope.compare.inputs import Tables, places
from framescope.theme_paths import is_within, with_parents

Array = NDArray[np.float64]
Codes = NDArray[np.int64]
# The columns of sentences and hits from which blocks are counted.
COUNTED = {
    "sentences": ("document", "section", "block", "sentence", "start", "words", "quoted_words", "voice"),
    "hits": ("document", "section", "block", "sentence", "start", "end", "theme", "voice"),
}
# Numbers up to this one can be multiplied by the number of themes.
LARGEST_NUMBER = 2**47


@dataclass(frozen=True)
class BlockCounts:
    """The counts of each block of the author's text: a row for each block, in the order of documents and of reading.

    `blocks` has document, section, block, role, role_source, group and a column for each grouping; `words` and
    `sentences` are the numbers of the author's words and sentences; `hits` and `sentences_with_hit` have a column for
    each name in `names`.
    """

    blocks: pd.DataFrame
    words: Array
    sentences: Array
    names: tuple[str, ...]
    hits: Array
    sentences_with_hit: Array

    def taken(self, rows: Codes) -> BlockCounts:
        """The counts of the blocks in these rows."""
        numbers = {name: getattr(self, name)[rows] for name in ("words", "sentences", "hits", "sentences_with_hit")}
        return replace(self, blocks=self.blocks.iloc[rows].reset_index(drop=True), **numbers)


@dataclass(frozen=True)
class Units:
    """The units of one kind: `keys` has a row for each unit; `codes` is the unit of each block, or -1."""

    kind: str
    keys: pd.DataFrame
    codes: Codes

    def parts(self, most: int) -> Iterator[tuple[Units, Codes]]:
        """At most so many of the units at a time, each time with the rows of their blocks, which their codes are of."""
        for start in range(0, max(len(self.keys), 1), most):
            rows = np.flatnonzero((self.codes >= start) & (self.codes < start + most))
            keys = self.keys.iloc[start : start + most].reset_index(drop=True)
            yield Units(self.kind, keys, self.codes[rows] - start), rows


def theme_list(hits: pd.DataFrame, themes: Sequence[str] | None) -> list[str]:
    """The given themes and their parents, or, if none are given, those of the hits in alphabetical order."""
    return with_parents(sorted(hits["theme"].unique()) if themes is None else themes)


def theme_sets(themes: Iterable[str]) -> dict[str, list[str]]:
    """For each theme a set with only this theme, for `count_blocks`."""
    return {theme: [theme] for theme in themes}


def count_blocks(tables: Tables, sets: Mapping[str, Sequence[str]], blocks: pd.DataFrame | None = None) -> BlockCounts:
    """Counts of the given hits by block for sets of themes, each of which includes the subthemes of its themes.

    A span that is a hit of two themes of a set counts once. Every block with a sentence of the author is a row, with or
    without hits. `blocks` are the `author_blocks` of the tables, if they are known already.

    Raises:
        ValueError: a hit is in no sentence of the author, or a section has no row in `sections`.
    """
    hits, names = tables.hits, tuple(sets)
    blocks = author_blocks(tables) if blocks is None else blocks
    document, document_ids = pd.factorize(blocks["document"])
    section, section_ids = pd.factorize(blocks["section"])
    hit_document = places(hits["document"], document_ids)
    hit_section = places(hits["section"], section_ids)
    block, hit_block = (frame["block"].to_numpy(np.int64) for frame in (blocks, hits))
    sections, numbers = len(section_ids), int(max(block.max(initial=0), hit_block.max(initial=0))) + 1
    rows = pd.Index((document * sections + section) * numbers + block)
    place = rows.get_indexer((hit_document * sections + hit_section) * numbers + hit_block)
    place[(hit_document < 0) | (hit_section < 0) | (hit_block < 0)] = -1
    if (place < 0).any():
        row = hits.iloc[int(np.argmax(place < 0))]
        raise ValueError(f"hits: document {row.document!r}, sentence {row.sentence}: no sentence of the author's there")
    themes, theme_names = pd.factorize(hits["theme"])
    member = np.array([[is_within(theme, *sets[name]) for name in names] for theme in theme_names], dtype=bool)
    hit, column = _members(member.reshape(len(theme_names), len(names)), themes)
    sentence = _identify(hit_document, hits["sentence"].to_numpy(np.int64))
    span = _identify(sentence, hits["start"].to_numpy(np.int64), hits["end"].to_numpy(np.int64))
    return BlockCounts(
        blocks=blocks.drop(columns=["words", "sentences"]),
        words=blocks["words"].to_numpy(float),
        sentences=blocks["sentences"].to_numpy(float),
        names=names,
        hits=_tabulate(span[hit], place[hit], column, (len(blocks), len(names))),
        sentences_with_hit=_tabulate(sentence[hit], place[hit], column, (len(blocks), len(names))),
    )


def author_blocks(tables: Tables) -> pd.DataFrame:
    """A row for each block with a sentence of the author: its document, section, block, role, role_source and group,
    the numbers of the author's words and sentences in it, and a column for each grouping.

    Raises:
        ValueError: a section has no row in `sections`.
    """
    counted = tables.sentences[["document", "section", "block", "words", "quoted_words"]]
    author = counted[tables.sentences["voice"] == "author"]
    sizes = pd.DataFrame(
        {
            "document": author["document"].astype(str),
            "section": author["section"].astype(str),
            "block": author["block"].to_numpy(np.int64),
            "words": author["words"].to_numpy(float) - author["quoted_words"].to_numpy(float),
            "sentences": 1.0,
        }
    )
    sizes = sizes.groupby(["document", "block", "section"], sort=True, as_index=False).sum()
    roles = tables.sections[["document", "section", "role", "role_source"]].drop_duplicates(["document", "section"])
    place = ["document", "section", "block"]
    blocks = sizes[[*place, "words", "sentences"]].merge(roles, on=["document", "section"], how="left")
    if blocks["role"].isna().any():
        row = blocks[blocks["role"].isna()].iloc[0]
        raise ValueError(f"sections: no row for document {row.document!r}, section {row.section!r}")
    documents = tables.documents.set_index("document")
    position = documents.index.get_indexer(pd.Index(blocks["document"]))
    for column in ("group", *(COLUMN + kind for kind in grouping_kinds(documents))):
        group = documents[column] if column in documents else pd.Series("", index=documents.index)
        # The last is the group of a document that is not known.
        groups = np.append(group.fillna("").astype(str).to_numpy(object), "")
        blocks[column] = pd.Series(groups[position], dtype="str")
    return blocks


def count_sentences(tables: Tables, sets: Mapping[str, Sequence[str]]) -> BlockCounts:
    """`count_blocks` with a row for each sentence of the author instead of each block, in the order of blocks."""
    sentences, hits = tables.sentences, tables.hits
    document, ids = pd.factorize(sentences["document"], sort=True)
    block, number = (sentences[column].to_numpy(np.int64) for column in ("block", "sentence"))
    in_order = (document * (block.max(initial=0) + 1) + block) * (number.max(initial=0) + 1) + number
    place, _ = pd.factorize(in_order, sort=True)
    known = pd.MultiIndex.from_arrays([document, number])
    row = known.get_indexer(pd.MultiIndex.from_arrays([places(hits["document"], ids), hits["sentence"]]))
    # A hit in no known sentence has the row -1, and gets the last place, which is that of no block.
    hit_place = np.append(place, -1)[row]
    numbered = replace(tables, sentences=sentences.assign(block=place), hits=hits.assign(block=hit_place))
    return count_blocks(numbered, sets)


def _members(member: NDArray[np.bool_], rows: Codes) -> tuple[Codes, Codes]:
    """The places and columns of the members in `member[rows]`, as `np.nonzero` gives them, without making this."""
    number = member.sum(axis=1)
    column = np.nonzero(member)[1]
    first = np.cumsum(number) - number
    place = np.repeat(np.arange(len(rows)), number[rows])
    start = np.cumsum(number[rows]) - number[rows]
    return place, column[np.arange(len(place)) + np.repeat(first[rows] - start, number[rows])]


def _identify(*columns: Codes) -> Codes:
    """One number for each distinct row of the columns, whose numbers are not negative."""
    identity = columns[0]
    for values in columns[1:]:
        size = int(values.max(initial=0)) + 1
        if int(identity.max(initial=0)) * size > LARGEST_NUMBER:
            identity = pd.factorize(identity)[0]
        identity = identity * size + values
    return identity


def _tabulate(identity: Codes, row: Codes, column: Codes, shape: tuple[int, int]) -> Array:
    """The number of distinct identities in each row and column."""
    first = np.flatnonzero(~pd.Series(identity * shape[1] + column).duplicated())
    cell = row[first] * shape[1] + column[first]
    return np.bincount(cell, np.ones(len(cell)), shape[0] * shape[1]).reshape(shape)


def units_of(counts: BlockCounts, kind: str) -> Units:
    """The units of a kind: sections, documents, roles, groups, or the groups of a grouping.

    A role is a unit if at least two documents have it; default roles, which were neither recognised nor given, are not.
    Documents without a group belong to no unit.

    Raises:
        ValueError: the kind is neither section, document, role or group nor a grouping.
    """
    blocks = counts.blocks
    known = (*KINDS, *grouping_kinds(blocks))
    if kind not in known:
        raise ValueError(f"unit: expected one of {', '.join(known)}, found {kind!r}")
    if kind == "section":
        columns, use = ["document", "section"], np.ones(len(blocks), dtype=bool)
    elif kind == "document":
        columns, use = ["document"], np.ones(len(blocks), dtype=bool)
    elif kind == "role":
        named = blocks["role_source"] != "default"
        shared = blocks[named].groupby("role")["document"].nunique()
        columns, use = ["role"], (named & blocks["role"].isin(shared.index[shared >= 2])).to_numpy(bool)
    else:
        columns = [group_column(kind)]
        use = (blocks[columns[0]] != "").to_numpy(bool)
    codes = np.full(len(blocks), -1, dtype=np.int64)
    chosen = blocks.loc[use, columns]
    # Sections and documents are in the order of reading; roles and groups have no such order and are alphabetical.
    grouping = chosen.groupby(columns, sort=spans_documents(kind))
    codes[use] = grouping.ngroup().to_numpy(np.int64)
    keys = pd.DataFrame("", index=range(grouping.ngroups), columns=["document", "section", "role", "group"])
    firsts = blocks.loc[grouping.head(1).index].assign(code=codes[grouping.head(1).index]).sort_values("code")
    if kind == "section":
        keys[["document", "section", "role"]] = firsts[["document", "section", "role"]].to_numpy()
    else:
        keys[name_column(kind)] = firsts[columns[0]].to_numpy()
    if kind in ("section", "document"):
        keys["group"] = firsts["group"].to_numpy()
    return Units(kind, keys, codes)


def unit_kinds(tables: Tables) -> tuple[str, ...]:
    """The kinds of units of a study: sections, documents, roles, groups, and its groupings."""
    return (*KINDS, *grouping_kinds(tables.documents))


def add_up(values: Array, codes: Codes, units: int) -> Array:
    """Sums of the rows of `values` by unit; rows of unit -1 are left out."""
    inside = codes >= 0
    ends = np.append(0, np.cumsum(inside))
    indicator = sparse.csc_array((np.ones(ends[-1]), codes[inside], ends), shape=(units, len(codes)))
    return np.asarray(indicator @ values, dtype=np.float64)


def by_document(counts: BlockCounts, units: Units) -> tuple[BlockCounts, Units]:
    """The same counts with a row for each document within each unit instead of each block."""
    rows, firsts = documents_of_units(counts.blocks, units.codes)
    return in_rows(counts, rows, firsts), Units(units.kind, units.keys, units.codes[firsts])


def documents_of_units(blocks: pd.DataFrame, codes: Codes) -> tuple[Codes, Codes]:
    """The number of each block's document within its unit, -1 for no unit; and the first block of each number.

    Numbers are in the order of units and, within these, of the ids of documents.
    """
    document, ids = pd.factorize(blocks["document"], sort=True)
    inside = np.flatnonzero(codes >= 0)
    rows = np.full(len(codes), -1, dtype=np.int64)
    rows[inside] = pd.factorize(codes[inside] * len(ids) + document[inside], sort=True)[0]
    return rows, inside[np.unique(rows[inside], return_index=True)[1]]


def in_rows(counts: BlockCounts, rows: Codes, firsts: Codes) -> BlockCounts:
    """The same counts with a row for each number in `rows`, which is that of each block, or -1.

    `firsts` are the blocks whose document, section and so on the rows have.
    """
    total = len(firsts)
    return replace(
        counts,
        blocks=counts.blocks.iloc[firsts].reset_index(drop=True),
        words=add_up(counts.words, rows, total),
        sentences=add_up(counts.sentences, rows, total),
        hits=add_up(counts.hits, rows, total),
        sentences_with_hit=add_up(counts.sentences_with_hit, rows, total),
    )
