"""How documents, numbers, names and rows are written for readers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pandas as pd

from framescope.compare.emphasis.identity import Row

LONG_TITLE = 40


def short_titles(documents: pd.DataFrame) -> dict[str, str]:
    """The name of each document for readers: its title, without the subtitle after a colon if it is long.

    If two documents had the same name, both have the whole title, and if these are equal, the id after it. The name of
    a document without a title is its id.

    >>> titles = ["Speech", "Speech", "Roads and Harbours of the Northern Coast: A Report", ""]
    >>> list(short_titles(pd.DataFrame({"document": list("abcd"), "title": titles})).values())
    ['Speech (a)', 'Speech (b)', 'Roads and Harbours of the Northern Coast', 'd']
    """
    ids = documents["document"].astype(str)
    whole = documents["title"].fillna("").astype(str).str.split().str.join(" ")
    whole = whole.where(whole != "", ids)
    short = whole.str.split(": ", n=1).str[0].where(whole.str.len() > LONG_TITLE, whole)
    name = short.where(~short.duplicated(keep=False), whole)
    return dict(zip(ids, name.where(~name.duplicated(keep=False), name + " (" + ids + ")"), strict=True))


def in_order(rows: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """The rows, by document in the order of the table of documents, which is that of publication where it is known.

    >>> rows = pd.DataFrame({"document": ["a", "b", "a"], "section": ["01", "01", "02"]})
    >>> in_order(rows, pd.DataFrame({"document": ["b", "a"]}))["section"].tolist()
    ['01', '01', '02']
    """
    places = {document: place for place, document in enumerate(documents["document"])}
    return rows.sort_values("document", kind="stable", key=lambda column: column.map(places))


def section_names(sections: pd.DataFrame) -> dict[tuple[str, str], str]:
    """What each section is called, by document and id: its heading, or where it stands if it has none.

    >>> rows = {"document": ["a", "a", "b"], "section": ["01", "02", "01"], "title": ["", "Aid", None]}
    >>> list(section_names(pd.DataFrame(rows)).values())
    ['the part before the first heading', 'Aid', 'the whole text']
    """
    alone = ~sections["document"].duplicated(keep=False)
    place = alone.map({True: "the whole text", False: "the part before the first heading"})
    titles = sections["title"].fillna("").astype(str)
    keys = value_rows(sections.astype({"document": str, "section": str}), ["document", "section"])
    return dict(zip(keys, titles.where(titles != "", place).tolist(), strict=True))


def records(table: pd.DataFrame) -> Iterable[tuple[int, Row]]:
    """The rows of a table with their places in it."""
    records: list[Any] = table.to_dict("records")
    return zip(table.index, records, strict=True)


def value_rows(table: pd.DataFrame, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """The values of some columns, row by row. Listed first, because text is slow to get from a column one by one.

    >>> list(value_rows(pd.DataFrame({"document": ["a", "b"], "words": [3, 5]}), ["words", "document"]))
    [(3, 'a'), (5, 'b')]
    """
    return zip(*(table[column].tolist() for column in columns), strict=True)


def escape(text: str) -> str:
    r"""Text of the study as one line of Markdown that shows it as it is: nothing in it is markup.

    Left out are control characters and those that turn the direction of all that follows: they would turn our own words
    and numbers too. Source of what is markup: CommonMark 0.31.

    >>> escape("1. <b>War</b> &amp; ~~peace~~")
    '1\\. \\<b\\>War\\</b\\> \\&amp; \\~\\~peace\\~\\~'
    """
    plain = re.sub(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", "", " ".join(text.split()))
    escaped = re.sub(r"[\\`*_\[\]<>#|~]|&(?=#?\w+;)", r"\\\g<0>", plain)
    # At the beginning of a list's entry these would open another list, as "6." does and "6.2" does not.
    return re.sub(r"^(\d+(?=[.)](?:\s|$))|(?=[-+=]))(.)", r"\1\\\2", escaped)


def number(value: float) -> str:
    """A number with two digits that say something.

    >>> number(0.123), number(12.34), number(1234.5)
    ('0.12', '12.3', '1234')
    """
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 1 else f"{value:.2g}"


def p_text(value: float) -> str:
    """A p as it is written in a sentence."""
    return "p < .001" if value < 0.001 else f"p = {value:.3f}" if value < 0.1 else f"p = {value:.2f}"


def many(count: int, noun: str) -> str:
    """A number of things.

    >>> many(1, "test"), many(2000, "test")
    ('1 test', '2,000 tests')
    """
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


def table_row(cells: Iterable[str]) -> str:
    """A row of a table in Markdown."""
    return f"| {' | '.join(cells)} |"
