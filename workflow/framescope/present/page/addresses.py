"""Addresses of views: the fragment of the page's address says which view is shown and what is chosen in it.

A unit is written as its kind and its name: section:DOCUMENT/SECTION, document:DOCUMENT, role:ROLE, group:GROUP,
GROUPING:GROUP (such as party:left), part:DOCUMENT/ROLE (the sections of a role in a document), rest:DOCUMENT (all other
documents), tenth:DOCUMENT/3 (the third of ten parts of a document), published:2010 or published:2010-01-01/2019-12-31
(the documents of a year or of days).

What else is chosen: mentioned=1990 or 1990/1999 opens dates of these years, with dates=SERIES those of a series of the
timeline, and with covers=2/10 or covers=11 those that cover so many years, or as many and more; row=TABLE:5 marks the
sixth row of a table; note=DOCUMENT/2 opens the third note of a text; group=GROUPING:GROUP keeps of a unit the texts of
a group.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import quote_plus, urlencode

from framescope.compare.counts.groupings import name_column
from framescope.compare.inference.pairs import REST

# Units and themes are in many addresses, most of whose time is spent on quoting them.
_quoted = lru_cache(maxsize=4_096)(quote_plus)


def address(view: str, **chosen: str) -> str:
    """The fragment that opens a view with what is chosen in it; what is empty is left out.

    >>> address("sections", theme="defence", unit="section:speech/01-opening")
    '#view=sections&theme=defence&unit=section%3Aspeech%2F01-opening'
    """
    parts = {"view": view, **{key: value for key, value in chosen.items() if value}}
    return "#" + urlencode(parts, quote_via=_quoted)


def unit_of(row: Mapping[str, Any]) -> str:
    """The unit of a row of the tables `theme_rates`, `contrasts` and `corrected_shares`."""
    kind = str(row["unit"])
    if kind == "study":
        return "study:all"
    return f"section:{row['document']}/{row['section']}" if kind == "section" else f"{kind}:{row[name_column(kind)]}"


def pair_of(row: Mapping[str, Any]) -> tuple[str, str]:
    """The two units of a row of a table of differences."""
    a, b = (row.get("unit_a", row.get("section_a")), row.get("unit_b", row.get("section_b")))
    kind = str(row.get("unit", "section"))
    if kind == "section":
        return f"section:{row['document']}/{a}", f"section:{row['document']}/{b}"
    if kind == "document" and row.get("role"):
        return f"part:{a}/{row['role']}", f"part:{b}/{row['role']}"
    return f"{kind}:{a}", f"rest:{a}" if b == REST else f"{kind}:{b}"
