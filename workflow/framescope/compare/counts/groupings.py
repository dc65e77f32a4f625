"""The columns of metadata by which documents can be modelled, and the groupings of a study that they make.

A grouping is a column of metadata, or a crossing of two, such as "party" or "party * genre". Its groups are a kind of
unit whose name is that of the grouping; rows of tables about them have the group in the column `group`.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Sequence

import pandas as pd

from framescope.problems import nearest

CROSS, BETWEEN = "*", " and "
# Before the name of a grouping in the column that has the group of each document.
COLUMN = "group by "
# Kinds of units that every study has; a grouping of this name would be taken for one of them.
KINDS = ("section", "document", "role", "group")
# The periods of a study are units in addresses of the report and in `trends`.
RESERVED = (*KINDS, "period")

# Columns of the documents table that say something about a text; the others identify or count it.
DESCRIBING = ("author", "group", "genre", "source", "language", "speaker")


def metadata_columns(documents: pd.DataFrame) -> pd.DataFrame:
    """A row for each document and a text column for each column of its metadata, empty where it has no value.

    `documents` has the columns of the documents table, of which `metadata` holds further columns as JSON.

    >>> documents = pd.DataFrame({"document": ["a", "b"], "group": ["x", ""], "metadata": ['{"party": "left"}', ""]})
    >>> metadata_columns(documents).to_dict("index")
    {'a': {'group': 'x', 'party': 'left'}, 'b': {'group': '', 'party': ''}}
    """
    index = pd.Index(documents["document"].astype(str), name="document")
    columns = {name: documents[name].to_numpy() for name in DESCRIBING if name in documents}
    stated = pd.DataFrame(columns, index=index).fillna("").astype(str)
    cells = documents["metadata"].fillna("") if "metadata" in documents else pd.Series("", index=documents.index)
    further = pd.DataFrame([json.loads(cell) if cell else {} for cell in cells], index=index)
    further = further[[name for name in further if name not in stated]].fillna("").astype(str)
    return pd.concat([stated, further], axis=1)


def with_groupings(documents: pd.DataFrame, groupings: Sequence[str]) -> pd.DataFrame:
    """The documents with a further column for each grouping, empty where a document lacks a value.

    >>> documents = pd.DataFrame({"document": ["a", "b"], "group": ["x", "y"], "genre": ["speech", ""]})
    >>> with_groupings(documents, ["group * genre"])["group by group * genre"].tolist()
    ['x and speech', '']
    """
    columns = metadata_columns(documents)
    values = {}
    for grouping in groupings:
        parts = columns[grouping_parts(grouping)]
        joined = parts.agg(BETWEEN.join, axis=1)
        values[COLUMN + grouping] = joined.where((parts != "").all(axis=1), "").to_numpy()
    return documents.assign(**values)


def grouping_parts(grouping: str) -> list[str]:
    """The columns that a grouping crosses.

    >>> grouping_parts("party * genre")
    ['party', 'genre']
    """
    return [part.strip() for part in grouping.split(CROSS)]


def grouping_kinds(columns: Iterable[Hashable]) -> tuple[str, ...]:
    """The groupings for which there is a column among those of documents or blocks."""
    return tuple(str(name).removeprefix(COLUMN) for name in columns if str(name).startswith(COLUMN))


def group_column(kind: str) -> str:
    """The column of documents and blocks that has the group of a kind of unit.

    >>> group_column("group"), group_column("party")
    ('group', 'group by party')
    """
    return kind if kind in KINDS else COLUMN + kind


def name_column(kind: str) -> str:
    """The column of a table that names a unit of this kind: of groupings `group`.

    >>> name_column("role"), name_column("party * genre")
    ('role', 'group')
    """
    return kind if kind in KINDS else "group"


def spans_documents(kind: str) -> bool:
    """Whether units of this kind may have several documents: roles, groups and the groups of groupings."""
    return kind not in ("section", "document")


def wrong_groupings(groupings: Sequence[str], documents: pd.DataFrame) -> list[str]:
    """A message for each grouping of which the documents do not have two groups."""
    columns, problems = metadata_columns(documents), []
    known = [str(name) for name in columns if (columns[name] != "").any()]
    for number, grouping in enumerate(groupings, start=1):
        place, parts = f"config.yaml: groups > {number} ({grouping})", grouping_parts(grouping)
        unknown = [name for name in parts if name not in known]
        if grouping in RESERVED and grouping != "group":
            problems.append(
                f"{place}: {grouping} is a kind of unit in every study, so that no grouping can have this name. Give "
                f"the column another name in the metadata, such as {grouping}_group."
            )
        elif len(parts) > 2 or grouping in KINDS or list(groupings).count(grouping) > 1:
            problems.append(
                f"{place}: expected a column of metadata, or two as in party * genre, each grouping once; `group` is "
                "compared without being named."
            )
        elif unknown:
            expected = nearest(unknown[0], known) if known else "The documents have no metadata."
            problems.append(f"{place}: no column {unknown[0]!r} in the metadata of the documents. {expected}")
        elif (values := with_groupings(documents, [grouping])[COLUMN + grouping].unique()).size < 2 + ("" in values):
            problems.append(f"{place}: expected two groups or more; found {', '.join(filter(None, values)) or 'none'}.")
    return problems
