"""The counts behind every number, from the tables sentences and hits alone."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

# Columns that are text whatever they look like: an id may be all digits.
TEXTS = [
    "document",
    "section",
    "role",
    "role_source",
    "group",
    "title",
    "theme",
    "contrast",
    "unit",
    "unit_a",
    "unit_b",
]
TEXTS += [
    "section_a",
    "section_b",
    "voice",
    "family",
    "published",
    "genre",
    "left_out",
    "table",
    "measure",
    "set_aside",
]
# Columns of copied passages and editions.
TEXTS += ["first_document", "first_section", "first_published", "text", "first_text", "most_from"]
TEXTS += [f"{side}_{name}" for side in ("old", "new") for name in ("document", "section", "title", "text", "themes")]
TEXTS += ["lean", "verdict", "inference", "grouping", "test", "break_at", "break_low", "break_high", "first", "last"]
# Values of metadata, which may look like numbers.
TEXTS += ["value", "value_a", "value_b", "column", "model", "period", "metadata", "author", "speaker"]


def read(path: Path) -> pd.DataFrame:
    """A table as it stands: an id of digits stays text, an empty cell of text is ""."""
    if not path.exists():
        # A large study has its longest tables as Parquet alone.
        return pd.read_parquet(path.with_suffix(".parquet"))
    texts = dict.fromkeys(TEXTS, str)
    table = pd.read_csv(path, encoding="utf-8", keep_default_na=False, na_values=[""], dtype=texts)
    return table.fillna({column: "" for column in table if column in TEXTS})


def below(theme: str, themes: list[str]) -> bool:
    """Whether a theme is one of these or stands below one: defence.threat below defence."""
    return any(theme == each or theme.startswith(each + ".") for each in themes)


class Unit(NamedTuple):
    """A section, document, role or group by its names; of a document only a role, or all that it is not (`rest`)."""

    kind: str
    document: str = ""
    section: str = ""
    name: str = ""
    role: str = ""
    rest: bool = False


@dataclass(frozen=True)
class Counts:
    """Hits and sentences with a hit of sets of themes, a row a block or sentence and a column a set."""

    hits: np.ndarray
    sentences: np.ndarray


class Study:
    """The blocks of a study's author with their words and sentences, and the counted hits in them.

    For tests of differences (`tested`) sentences that are copies are left out, unless the study counts them everywhere.
    """

    def __init__(self, folder: Path, tested: bool = False) -> None:
        self.folder = folder
        self.config: dict[str, Any] = json.loads((folder / "results" / "provenance.json").read_text("utf-8"))["config"]
        self.min_blocks, self.confidence = int(self.config["min_blocks"]), float(self.config["confidence"])
        self.permutations = int(self.config["permutations"])
        self.contrasts = {str(c["name"]): ([*c["a"]], [*c["b"]]) for c in self.config["contrasts"]}
        self.sections, self.documents = self.table("sections"), self.table("documents")
        self.all_sentences, self.all_hits = self.table("sentences"), self.table("hits")
        if tested and self.config["copied_passages"] == "once":
            copies = self.table("copied_sentences")
            left_out = set(zip(copies["document"], copies["sentence"], strict=True))
            places = zip(self.all_sentences["document"], self.all_sentences["sentence"], strict=True)
            self.all_sentences = self.all_sentences[[place not in left_out for place in places]]
        whole = bool(self.config["counting"]["quoted"])
        sentences = self.all_sentences if whole else self.all_sentences[self.all_sentences["voice"] == "author"]
        own = sentences["words"] - (0 if whole else sentences["quoted_words"])
        self.sentences = sentences.assign(own=own).sort_values(["document", "block", "sentence"])
        counted = self.all_hits[self.all_hits["counted"].astype(bool)]
        own = set(zip(self.sentences["document"], self.sentences["sentence"], strict=True))
        inside = [key in own for key in zip(counted["document"], counted["sentence"], strict=True)]
        self.hits, self.misplaced = counted[inside], counted[[not each for each in inside]]
        self.words, self.number = (self.blocks[column].to_numpy(float) for column in ("words", "sentences"))
        self.inside = cache(self._inside)

    def table(self, name: str) -> pd.DataFrame:
        """A table of the study as it is shown."""
        return read(self.folder / "results" / "tables" / f"{name}.csv")

    @cached_property
    def blocks(self) -> pd.DataFrame:
        """A row a block of the author's: its place, role and group, words and sentences.

        `named` says that its section's role comes from a heading or the settings.
        """
        keys = ["document", "block", "section"]
        blocks = self.sentences.groupby(keys, as_index=False).agg(words=("own", "sum"), sentences=("own", "size"))
        roles = self.sections[["document", "section", "role", "role_source"]]
        groups = self.documents[["document", "group"]].assign(**self._groupings())
        blocks = blocks.merge(roles, on=["document", "section"], how="left").merge(groups, on="document", how="left")
        return blocks.assign(named=blocks["role_source"] != "default")

    def _groupings(self) -> dict[str, list[str]]:
        """The group of each document by each grouping of the study: the values of its columns, joined by "and"."""
        found = {}
        for grouping in self.config.get("groups", []):
            rows = []
            for document in self.documents.astype(object).fillna("").to_dict("records"):
                facts = {**json.loads(document["metadata"] or "{}"), **document}
                values = [str(facts.get(name.strip(), "")) for name in grouping.split("*")]
                rows.append(" and ".join(values) if all(values) else "")
            found[f"by {grouping}"] = rows
        return found

    @cached_property
    def top_themes(self) -> list[str]:
        """The themes of the highest level that have a counted hit."""
        return sorted({theme.split(".")[0] for theme in self.hits["theme"]})

    def count(self, sets: list[list[str]], rows: str = "block") -> Counts:
        """Counts of sets of themes by block or by sentence; a span that two themes of a set share is one hit."""
        places = self.blocks if rows == "block" else self.sentences
        place = {key: n for n, key in enumerate(zip(places["document"], places[rows], strict=True))}
        hits, sentences = np.zeros((2, len(places), len(sets)))
        spans, whole = ["document", "sentence", "start", "end"], ["document", "sentence"]
        for column, themes in enumerate(sets):
            own = self.hits[[below(theme, themes) for theme in self.hits["theme"]]]
            for table, identity in ((hits, spans), (sentences, whole)):
                once = own.drop_duplicates(identity)
                np.add.at(table, ([place[key] for key in zip(once["document"], once[rows], strict=True)], column), 1)
        return Counts(hits, sentences)

    def _inside(self, unit: Unit) -> np.ndarray:
        """Which blocks belong to a unit, as true and false."""
        blocks = self.blocks
        if unit.kind == "role":
            return np.asarray(blocks["named"] & (blocks["role"] == unit.name))
        if unit.kind not in ("section", "document"):
            return np.asarray(blocks["group" if unit.kind == "group" else f"by {unit.kind}"] == unit.name)
        own = blocks["document"] == unit.document
        if unit.kind == "section":
            return np.asarray(own & (blocks["section"] == unit.section))
        among = blocks["named"] & (blocks["role"] == unit.role) if unit.role else own | ~own
        return np.asarray(among & (~own if unit.rest else own))

    def by_document(self, inside: np.ndarray, *values: np.ndarray) -> tuple[np.ndarray, ...]:
        """Sums by document of the rows inside."""
        names = self.blocks["document"].to_numpy()[inside]
        member = (names[np.newaxis, :] == np.array(list(dict.fromkeys(names)), dtype=object)[:, np.newaxis]).astype(
            float
        )
        return tuple(member @ value[inside] for value in values)

    def documents_in(self, inside: np.ndarray) -> int:
        """In how many documents these blocks stand."""
        return int(self.blocks["document"][inside].nunique())
