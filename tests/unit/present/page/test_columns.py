import base64
import json
import zlib
from typing import Any

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from framescope.document import Call, Document, Note, Paragraph, Section, Source
from framescope.present.page.columns import compressed, data_block, documents_included, known_places, texts_block

TRENDS = ["unit", "measure", "group", "period", "first", "last", "theme", "words", "hits", "estimate", "low", "high"]
COLUMNS = ["document", "section", "paragraph", "sentence", "start", "end"]

DATE = ("199", "DATE", "1990-01-01", "1999-12-31", "", False)


def frame(rows: list[tuple], *further: str) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=[*COLUMNS, *further])


def tables() -> dict[str, pd.DataFrame]:
    rates = {c: [] for c in ["unit", "document", "section", "role", "group", "theme", "level", "words", "hits"]}
    rates |= {c: [] for c in ("rate_per_1000", "rate_low", "rate_high")}
    differences = {c: [] for c in ("unit", "role", "unit_a", "unit_b", "theme", "rate_a", "rate_b")}
    differences |= {c: [] for c in ("log2_ratio", "low", "high", "p", "p_corrected", "verdict")}
    of_sections = {c: values for c, values in differences.items() if c not in ("unit", "role", "unit_a", "unit_b")}
    return {
        "documents": pd.DataFrame(
            {"document": ["a", "b"], "title": ["A", ""], "author": "", "group": "", "published": ""}
        ),
        "sections": pd.DataFrame(
            {"document": ["a", "b"], "section": "01", "title": "", "role": "body", "role_source": "default"}
        ),
        "sentences": frame([("a", "01", 1, 1, 0, 7), ("a", "01", 1, 2, 8, 18)]).assign(
            words=2, quoted_words=0, block=1, voice=["author", "quoted"]
        ),
        "hits": frame([("a", "01", 1, 2, 10, 14, "war", "army", "")], "theme", "term", "set_aside").assign(
            voice="author", block=1
        ),
        "entities": frame([("a", "01", 1, 1, 0, 1, "X", "ORG")], "actor", "label"),
        "dates": frame([("a", "01", 1, 1, 2, 6, *DATE)], "value", "type", "first", "last", "anchor", "citation"),
        "theme_rates": pd.DataFrame(rates),
        "trends": pd.DataFrame({c: [] for c in TRENDS}),
        "document_differences": pd.DataFrame(differences),
        "section_differences": pd.DataFrame({**of_sections, "document": [], "section_a": [], "section_b": []}),
    }


def block_of(tables: dict[str, pd.DataFrame], read: dict[str, Document]) -> dict[str, Any]:
    return texts_block(tables, read, known_places(tables))


def text(said: str) -> Document:
    section = Section("01", None, 1, paragraphs=[Paragraph("prose", said)])
    return Document("a", "A", Source("a.txt", "", "text"), [section], [Note("1", "See.", "01")])


def test_offsets_count_as_scripts_count_them_where_characters_have_two_units():
    read = {name: frame.convert_dtypes() for name, frame in tables().items()}
    block = block_of(read, {"a": text("\U0001f600 said. An army came.")})
    assert compressed(block)
    assert (block["sentences"]["start"], block["sentences"]["end"]) == ([0, 9], [8, 19])
    assert (block["hits"]["sentence"], block["hits"]["start"], block["hits"]["end"]) == ([1], [11], [15])


def test_a_document_whose_text_is_not_held_has_no_sections_and_no_sentences():
    block = data_block(tables(), {}, {"b": 3})
    assert [entry.get("shard") for entry in block["documents"]] == [None, 3]
    assert block["texts"]["documents"] == {}
    assert block["texts"]["sentences"]["document"] == block["texts"]["hits"]["sentence"] == []


def test_values_are_numbered_and_come_back_by_their_numbers():
    block = block_of(tables(), {"a": text("Plain s. An army came.")})
    hits = block["hits"]
    assert hits["theme"]["values"][hits["theme"]["codes"][0]] == "war"
    assert block["sentences"]["quoted"] == [0, 1]
    assert block["documents"][0]["notes"] == [["1", "See.", "01", "whole"]]


def test_a_call_of_a_note_is_placed_as_scripts_count():
    read = text("\U0001f600 said. An army came.")
    read.sections[0].paragraphs[0].calls = [Call(7, 0)]
    [section] = block_of(tables(), {"a": read})["documents"][0]["sections"]
    assert section["paragraphs"] == [["prose", "\U0001f600 said. An army came.", [[8, 0]]]]


def test_a_sentence_knows_its_tenth_and_a_date_its_years_and_series():
    block = block_of(tables(), {"a": text("Plain s. An army came.")})
    assert block["sentences"]["tenth"] == [6, 6]
    assert block["dates"]["series"]["values"] == ["years"]
    assert block["dates"]["years"]["values"] == ["1990/1999"]


@given(
    st.recursive(
        st.none() | st.integers(-9, 9) | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_what_is_compressed_can_be_read_again_and_cannot_end_a_script(value):
    packed = compressed(value)
    assert json.loads(zlib.decompress(base64.b64decode(packed))) == value
    assert "<" not in packed


def test_texts_of_findings_are_held_first_when_not_all_fit():
    documents = pd.DataFrame({"document": list("abcd"), "words": [4, 4, 4, 4]})
    assert documents_included(documents, ["d"], 9) == ["a", "d"]
    assert documents_included(documents, [], 100) == list("abcd")
