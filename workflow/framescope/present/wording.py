"""How documents, numbers, names and rows are written for readers."""

from __future__ import annotations

import re
from collections.abc import Iterable
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


def records(table: pd.DataFrame) -> Iterable[tuple[int, Row]]:
    """The rows of a table with their places in it."""
    records: list[Any] = table.to_dict("records")
    return zip(table.index, records, strict=True)


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

    >>> many(1, "test"), many(2, "test")
    ('1 test', '2 tests')
    """
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def table_row(cells: Iterable[str]) -> str:
    """A row of a table in Markdown."""
    return f"| {' | '.join(cells)} |"
