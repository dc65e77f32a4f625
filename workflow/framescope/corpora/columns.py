"""The roles of the columns of a table: which one has the text of a document, and which have its metadata."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from framescope.problems import nearest

# Names by which a column is recognised if config.yaml does not name it, the most likely first.
RECOGNISED: dict[str, tuple[str, ...]] = {
    "text": ("text", "speech", "body", "content", "transcript", "full_text", "fulltext"),
    "id": ("id", "doc_id", "document", "speech_id", "text_id"),
    "title": ("title", "headline"),
    "author": ("author",),
    "published": ("published", "date", "year"),
    "group": ("group",),
    "genre": ("genre",),
    "source": ("source", "url"),
    "language": ("language", "lang"),
    "speaker": ("speaker", "speaker_name"),
}
FACTS = ("title", "author", "published", "group", "genre", "source", "language", "speaker")
# A longer cell of a further column is regarded as text and not as metadata.
LONGEST_FACT = 200
DATE = re.compile(r"(\d{4})(?:[-/.](\d\d?)(?:[-/.](\d\d?)(?:[T ][\d:.,Z+-]*)?)?)?")
GERMAN_DATE = re.compile(r"(\d\d?)\.(\d\d?)\.(\d{4})")
COMPACT_DATE = re.compile(r"(\d{4})(\d\d)(\d\d)")


def find_columns(header: Iterable[str], stated: Mapping[str, Any]) -> tuple[dict[str, str], list[str], list[str]]:
    """The column of each role (text, id, published ...), the further columns, and problems with stated columns.

    `stated` is an entry of `corpora` in config.yaml. Without a text column the roles have no "text".

    >>> find_columns(["nr", "Date", "text", "party"], {"group": "party"})
    ({'text': 'text', 'published': 'Date', 'group': 'party'}, ['nr'], [])
    """
    names = list(header)
    low = {name.casefold().strip().replace(" ", "_"): name for name in reversed(names)}
    roles: dict[str, str] = {}
    problems = []
    for role, known in RECOGNISED.items():
        if role in stated:
            roles[role] = stated[role]
            if stated[role] not in names:
                problems.append(f"{role}: no column {stated[role]!r}. {nearest(stated[role], names)}")
        elif found := next((low[name] for name in known if name in low and low[name] not in stated.values()), None):
            roles[role] = found
    further = stated.get("metadata", [name for name in names if name and name not in roles.values()])
    problems += [f"metadata: no column {name!r}. {nearest(name, names)}" for name in further if name not in names]
    return roles, list(further), problems


def facts_of(cells: Mapping[str, Any], roles: Mapping[str, str], further: Iterable[str]) -> dict[str, str]:
    """The metadata of a document in its row; `metadata` has the further columns as JSON.

    Raises: ValueError if the date is not valid.
    """
    facts = {role: value for role in FACTS if role in roles and (value := _plain(cells.get(roles[role])))}
    if "published" in facts:
        facts["published"] = iso_date(facts["published"])
    rest = {name: value for name in further if 0 < len(value := _plain(cells.get(name))) <= LONGEST_FACT}
    return facts | ({"metadata": json.dumps(rest, ensure_ascii=False)} if rest else {})


@lru_cache(maxsize=100_000)
def iso_date(text: str) -> str:
    """A day, month or year in ISO form.

    Raises: ValueError if the text is not a date.

    >>> iso_date("2018"), iso_date("2018/6/30"), iso_date("20180630"), iso_date("2018-06-30T12:00:00Z")
    ('2018', '2018-06-30', '2018-06-30', '2018-06-30')
    """
    text = text.removesuffix(".0")
    if match := COMPACT_DATE.fullmatch(text) or DATE.fullmatch(text):
        parts = [part for part in match.groups() if part]
    elif match := GERMAN_DATE.fullmatch(text):
        parts = list(reversed(match.groups()))
    else:
        raise ValueError(f"expected a date such as 2018-06-30, 2018-06 or 2018; found {text!r}")
    numbers = [int(part) for part in parts]
    if not all(low <= n <= high for n, (low, high) in zip(numbers, ((1, 9999), (1, 12), (1, 31)), strict=False)):
        raise ValueError(f"expected a date such as 2018-06-30, 2018-06 or 2018; found {text!r}")
    return "-".join(f"{n:0{width}}" for n, width in zip(numbers, (4, 2, 2), strict=False))


def _plain(value: Any) -> str:
    return "" if value is None or value != value else " ".join(str(value).split())
