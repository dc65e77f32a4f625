"""The data block of the page: texts, hits, names and dates as lists by column, compressed together."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from framescope.compare import inputs
from framescope.compare.counts.groupings import COLUMN, grouping_kinds
from framescope.compare.description.timeline import OWN_DAYS, YEARS, calendar_year, counted_dates
from framescope.compare.spread.trajectory import parts_of_blocks
from framescope.document import Document, Paragraph
from framescope.present.figure_style import Tables, theme_order
from framescope.present.page.budget import MOST_RATES, MOST_WORDS
from framescope.present.page.formats import records
from framescope.present.page.periods import period_of, period_rates
from framescope.present.wording import section_names, short_titles, value_rows
from framescope.tables import conform

PLACE = ["document", "sentence"]
RATES = ["unit", "document", "section", "role", "group", "period", "theme", "level", "words", "hits"]
RATES += ["rate_per_1000", "rate_low", "rate_high"]
DIFFERENCES = ["rate_a", "rate_b", "log2_ratio", "low", "high", "p_corrected", "verdict"]


# This level of zlib takes a third of the time of its own choice, for a twelfth more room.
COMPRESSION = 4


def compressed(value: Any) -> str:
    """A value as JSON, compressed in the format that browsers call deflate (RFC 1950), in base 64."""
    data = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return base64.b64encode(zlib.compress(data, COMPRESSION)).decode()


def documents_included(documents: pd.DataFrame, first: Iterable[str] = (), words: int = MOST_WORDS) -> list[str]:
    """The ids of the documents whose texts the page contains, in the order of the documents.

    Documents in `first`, which the findings name, are chosen first, then the others in order, as long as they have no
    more than `words` words together.

    >>> documents_included(pd.DataFrame({"document": ["a", "b", "c"], "words": [5, 5, 5]}), ["c"], 10)
    ['a', 'c']
    """
    ranked = documents.assign(later=~documents["document"].isin(list(first))).sort_values("later", kind="stable")
    included = set(ranked.loc[ranked["words"].cumsum() <= words, "document"])
    return [document for document in documents["document"] if document in included]


def data_block(tables: Tables, read: Mapping[str, Document], elsewhere: Mapping[str, int]) -> dict[str, Any]:
    """The data for the scripts of the page: what is known of every document, the texts that the page contains, and
    tables as lists by column.

    `read` has the texts that the page contains, by document, and `elsewhere` the number of the script that has each
    other text. A document has the number of its place in `documents`.
    """
    called, periods = short_titles(tables["documents"]), period_of(tables)
    documents = [
        {key: row[key] for key in ("document", "title", "author", "group", "published")}
        | {"groups": {kind: row[COLUMN + kind] for kind in grouping_kinds(row)}}
        | {"called": called[row["document"]], "period": periods.get(row["document"], "")}
        | ({"shard": elsewhere[row["document"]]} if row["document"] in elsewhere else {})
        for row in records(tables["documents"])
    ]
    return {
        "documents": documents,
        "sections": _sections(tables),
        "texts": texts_block(tables, read, known_places(tables)),
        "rates": _rates(tables["theme_rates"], period_rates(tables), read),
        "differences": _differences(tables),
        "themes": theme_order(tables),
    }


class Known(NamedTuple):
    """What blocks of texts refer to: the number of each document, and the name and the number of each section."""

    documents: dict[str, int]
    names: Mapping[tuple[str, str], str]
    sections: dict[tuple[str, str], int]


def known_places(tables: Tables) -> Known:
    """The documents and sections of the study; a section is numbered by its place in the data block's `sections`."""
    numbers = _numbers(tables)
    sections = value_rows(tables["sections"], ["document", "section"])
    places = {key: place for place, key in enumerate(key for key in sections if key[0] in numbers)}
    return Known(numbers, section_names(tables["sections"]), places)


def texts_block(tables: Tables, read: Mapping[str, Document], known: Known) -> dict[str, Any]:
    """Documents as they were read, by number, and their sentences, hits, names and dates as lists by column.

    A sentence has the number of its place in `sentences`. Offsets count UTF-16 units within a paragraph, as scripts do.
    """
    numbers = known.documents
    sentences = tables["sentences"][tables["sentences"]["document"].isin(list(read))]
    sentences = sentences.sort_values(PLACE, kind="stable", key=lambda c: c.map(numbers) if c.name == "document" else c)
    places = {key: place for place, key in enumerate(value_rows(sentences, PLACE))}
    wide = {document: _wide(text) for document, text in read.items()}
    ordered = sorted(read.items(), key=lambda item: numbers.get(item[0], -1))
    block: dict[str, Any] = {
        "documents": {numbers[name]: _text(text, known.names) for name, text in ordered if name in numbers}
    }
    block["sentences"] = {
        "document": [numbers[document] for document in sentences["document"].tolist()],
        "section": [known.sections[key] for key in value_rows(sentences, ["document", "section"])],
        **_offsets(sentences, wide),
        "words": sentences["words"].tolist(),
        "quoted": (sentences["voice"] == "quoted").astype(int).tolist(),
        "tenth": _tenths(sentences, tables),
    }
    for name, columns in (("hits", ["theme", "term", "set_aside"]), ("entities", ["actor", "label"])):
        block[name] = _mentions(tables[name], places, wide, columns)
    block["dates"] = _mentions(_with_years(tables["dates"], sentences), places, wide, ["value", "series", "years"])
    return block


def _numbers(tables: Tables) -> dict[str, int]:
    return {document: place for place, document in enumerate(tables["documents"]["document"])}


def _text(text: Document, called: Mapping[tuple[str, str], str]) -> dict[str, Any]:
    return {
        "sections": [
            {
                "section": s.id,
                "name": called[text.id, s.id],
                "level": s.level,
                "paragraphs": [[p.kind, p.text, _calls(p)] for p in s.paragraphs],
            }
            for s in text.sections
        ],
        "notes": [[n.number, n.text, n.section or "", n.status] for n in text.notes],
        "left_out": [[item.kind, item.text] for item in text.left_out],
    }


def _calls(paragraph: Paragraph) -> list[list[int]]:
    """Where a paragraph cites notes, in UTF-16 units, each with the place of the note among those of the document."""
    return [[utf16(paragraph.text, call.at), call.note] for call in paragraph.calls]


def _sections(tables: Tables) -> dict[str, list[Any]]:
    numbers, sections = _numbers(tables), tables["sections"]
    known = sections[sections["document"].isin(list(numbers))]
    columns = {name: known[name].tolist() for name in ("section", "role")}
    called = section_names(sections)
    names = [called[key] for key in value_rows(known, ["document", "section"])]
    return {"document": [numbers[document] for document in known["document"].tolist()], "name": names, **columns}


def _tenths(sentences: pd.DataFrame, tables: Tables) -> list[int]:
    """The tenth of its text in which the block of each sentence is, or 0 for a block without words of the author."""
    frames = inputs.Tables(sentences, conform([], "hits"), tables["sections"], tables["documents"])
    parts = parts_of_blocks(frames)
    known = dict(zip(value_rows(parts, ["document", "block"]), parts["part"].tolist(), strict=True))
    return [known.get(place, 0) for place in value_rows(sentences, ["document", "block"])]


def _with_years(dates: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """The dates in the texts of these sentences, with the series of the timeline and the first and last year of those
    that it counts by year.
    """
    own = dates[dates["document"].isin(sentences["document"].unique())].reset_index(drop=True)
    counted = counted_dates(own, sentences)
    counted = counted[counted["series"].isin([YEARS, OWN_DAYS])]
    first, last = (calendar_year(counted[end].to_numpy("int64")) for end in ("first", "last"))
    years = [f"{a}/{b}" for a, b in zip(first, last, strict=True)]
    known = pd.DataFrame({"series": counted["series"].to_numpy(), "years": years}, index=counted["mention"].to_numpy())
    return own.join(known)


def _wide(text: Document) -> dict[int, str]:
    """The paragraphs, numbered from 1, that have characters of two UTF-16 units; offsets in all others are the same."""
    paragraphs = (paragraph.text for section in text.sections for paragraph in section.paragraphs)
    return {place: text for place, text in enumerate(paragraphs, 1) if not text.isascii() and max(text) > "\uffff"}


def utf16(text: str, offset: int) -> int:
    """The number of UTF-16 units in the first `offset` characters.

    >>> utf16("a\\U0001f600b", 2)
    3
    """
    return offset + sum(character > "\uffff" for character in text[:offset])


def _offsets(rows: pd.DataFrame, wide: Mapping[str, Mapping[int, str]]) -> dict[str, list[int]]:
    """The columns paragraph, start and end of mentions or sentences, with offsets in UTF-16 units."""
    ends: dict[str, list[int]] = {column: rows[column].tolist() for column in ("paragraph", "start", "end")}
    concerned = rows["document"].isin([document for document, paragraphs in wide.items() if paragraphs])
    places, documents = np.flatnonzero(concerned).tolist(), rows["document"][concerned].tolist()
    for place, document in zip(places, documents, strict=True):
        text = wide[document].get(ends["paragraph"][place])
        if text is not None:
            ends["start"][place], ends["end"][place] = (utf16(text, ends[end][place]) for end in ("start", "end"))
    return ends


def _mentions(
    rows: pd.DataFrame, places: Mapping[Any, int], wide: Mapping[str, Any], columns: Sequence[str]
) -> dict[str, Any]:
    """Mentions by sentence, start and end; each column of text as a list of its values and a number for each row."""
    rows = rows[rows["document"].isin(list(wide))]
    block: dict[str, Any] = {"sentence": [places[key] for key in value_rows(rows, PLACE)]}
    block |= {end: offsets for end, offsets in _offsets(rows, wide).items() if end != "paragraph"}
    for column in columns:
        codes, values = pd.factorize(rows[column].fillna("").astype(str))
        block[column] = {"values": list(values), "codes": codes.tolist()}
    return block


def _rates(rates: pd.DataFrame, of_periods: pd.DataFrame, read: Collection[str]) -> dict[str, Any]:
    """Rates by theme of the highest level for the comparison of two units.

    If there are many, those of sections are left out, and if there still are, those of documents whose text the page
    does not contain.
    """
    rates, of_periods = (part[part["level"] == 1] for part in (rates, of_periods))
    if len(rates) + len(of_periods) > MOST_RATES:
        rates = rates[rates["unit"] != "section"]
    if len(rates) + len(of_periods) > MOST_RATES:
        rates = rates[(rates["unit"] != "document") | rates["document"].isin(read)]
    rates = pd.concat([part for part in (rates.assign(period=""), of_periods) if len(part)] or [rates])
    rates = rates.reindex(columns=RATES)
    return {column: json_values(rates[column]) for column in RATES}


def _differences(tables: Tables) -> dict[str, Any]:
    """The tested differences in themes, by the units and the theme that they compare."""
    sections = tables["section_differences"].rename(columns={"section_a": "unit_a", "section_b": "unit_b"})
    both = [sections.assign(unit="section", role=""), tables["document_differences"].assign(document="")]
    rows = pd.concat([part[part["p"].notna()] for part in both], ignore_index=True)
    keys = ["unit", "document", "role", "unit_a", "unit_b", "theme"]
    return {column: json_values(rows[column]) for column in [*keys, *DIFFERENCES]}


def json_values(column: pd.Series) -> list[Any]:
    """The values of a column as JSON has them: None for what is absent, numbers with at most six digits."""
    if pd.api.types.is_float_dtype(column.dtype):
        # Only what is absent differs from itself.
        return [None if value != value else float(f"{value:.6g}") for value in column.tolist()]
    values: list[Any] = column.astype(object).where(column.notna(), None).tolist()
    return values
