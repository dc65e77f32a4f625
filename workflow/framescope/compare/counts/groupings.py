"""The columns of metadata by which documents can be grouped or modelled."""

from __future__ import annotations

import json

import pandas as pd

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
